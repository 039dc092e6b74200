"""S5: the author's dating, love, sex, body, gender and orientation."""

import re
from collections.abc import Iterator

from twohats.boundary.own_life import Reach, Sign, Signs, fold, says_i
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

_LOVE = Category.RELATIONSHIPS
_SEX = Category.CONDUCT
_SELF = Category.DEMOGRAPHICS
_PERSON = (
    "(?:guy|man|woman|girl|boy|bloke|lad|lady|person|somebody|someone|paediatrician|nurse|doctor|barista"
    "|colleague|dude)"
)
_ORIENTATION = (
    "(?:gay|lesbian|bi|bisexual|pansexual|queer|asexual|trans|transgender|nonbinary|non-binary|genderqueer"
    "|straight(?! (?:in|to|with|up|out|away|talking))|cis|cisgender"
    r"|intersex|aromantic)"
)
_PEOPLE = (
    "(?:Black|black|white|brown|asian|latina|latino|latinx|hispanic|african|indian|chinese|native|indigenous"
    "|aboriginal|irish|nigerian|mixed[- ]race|biracial|muslim|jewish|m[aā]ori|pakistani|filipina|filipino"
    "|polish|roma|mexican|arab|caribbean|first nations)"
)
_GENDER = r"(?:woman|man|girl|guy|boy|bloke|male|female|lady|dude|mother|lesbian)"

_SIGNS = Signs(
    # Dating and love.
    Sign(
        "(?:swiped (?:right|left)|(?:on|my|from|off|deleted|joined) (?:own )?(?:tinder|bumble|hinge|grindr"
        r"|match\.com|okcupid)\b|date night\b(?! (?:with these|ideas|for couples))|(?:my|our|went on a"
        r"|a) first date\b(?! (?:for|can))|(?:second|third|blind) date (?:tomorrow|tonight|with|on|went|was)\b"
        r"|date no\. ?\d|one[- ]night stand|friends with benefits|walk of shame|situationship|booty call"
        "|netflix and chill)",
        _LOVE,
    ),
    Sign(
        r"(?:i|i'm|i've|i was|we're|we|i've been) (?:\w+ )?(?:dating|seeing (?:someone|somebody|this (?:guy|girl"
        r"|man|woman)|each other)|hooking up|hooked up|slept with|sleeping with|cheated|cheating|in love\b"
        "|falling in love|fell in love|falling for|head over heels|smitten|crushing on|in an open relationship"
        r"|in a (?:\w+ )?relationship|long distance|exclusive\b|single again|still single|a virgin|ghosted"
        "|being ghosted|heartbroken|dumped|got dumped|broke up|broken up)",
        _LOVE,
    ),
    Sign(
        r"(?:i|i'm|we) (?:\w+ )?(?:love|loved|miss|missed|adore|adored|want|need|kissed|hate|forgave"
        r"|married) (?:him|her)\b(?! (?:work|book|point|paper|idea|talk|writing|research|attitude|voice|song|new"
        "|music|show|tv|class|humou?r))",
        _LOVE,
    ),
    Sign(
        "(?:cheated on me|broke up with me|dumped me|left me for|leaving me for|(?:he|she) loves me|(?:he"
        r"|she) (?:still )?(?:doesn't|does not|didn't) love me|sleeps? next to me|in bed with (?:me|him|her))\b",
        _LOVE,
    ),
    Sign(
        rf"(?:a|this|the|that|my|met a|met this|met someone|some) (?:\w+ )?{_PERSON} (?:that |who |whom )?(?:i'm"
        r"|i am|i was|i've been|i) (?:\w+ )?(?:dating|seeing|in love with|falling|sleeping with|love|loved|like"
        r"|talking to|interested in|married|kissed|met (?:online|on tinder))\b",
        _LOVE,
    ),
    Sign(
        r"(?:my (?:own )?(?:\w+ )?(?:date|crush|love life|man|woman|lover|fling|situationship|bae|baby daddy"
        "|baby mama|valentine|sweetheart|boo|sex life|virginity|soulmate|queen|king|one and only"
        r"|heart belongs))\b(?! (?:of birth|is set|and time))",
        _LOVE,
    ),
    Sign(
        r"(?:i have|i've had|i've got|i had|i've) (?:\w+ )?(?:a crush on|feelings for|a thing for|the hots for"
        r"|butterflies)\b",
        _LOVE,
    ),
    Sign(
        r"(?:i|really|i just) (?:want|need|wish i had) (?:a|my own) (?:\w+ )?(?:boyfriend|girlfriend|bf|gf"
        r"|relationship|man|woman|husband|wife|baby)\b",
        _LOVE,
    ),
    Sign(
        r"#(?:datenight|mancrush\w*|womancrush\w*|wcw|mcm|bae\w*|relationshipgoals|tinder\w*|singlelife|myman"
        r"|mylove|mygirl|myboo|myvalentine|heartbroken|loveofmylife|couplegoals)\b",
        _LOVE,
        Reach.WORDS,
    ),
    # Sex and bodies.
    Sign(
        "(?:(?:got|getting|gets|a bit) (?:steamy|frisky|laid|naked|freaky)|turns? me on|turned on by|(?:i'm|i am"
        r"|so|feeling) (?:\w+ )?(?:horny|aroused|kinky)|(?:i|we) (?:\w+ )?(?:had sex|have sex|made love|make love"
        r"|shagged|masturbat\w*|sext\w*)|call me any ?time, (?:handsome|gorgeous)|can call me any time"
        "|sit on my face|my panties|my (?:nudes|boobs|tits|dick|cock|ass|butt|bum|cleavage|vagina|penis)"
        "|nude selfie|beach body|bikini body|thirst trap|sexy selfie|would (?:totally )?(?:bang|smash|shag|do him"
        "|do her)|(?:he|she) (?:can|could) (?:get it|have me)|hot as (?:hell|fuck)|feeling sexy|sexy time"
        r"|bedroom eyes|make(?:s)? me (?:wet|hard))\b",
        _SEX,
    ),
    Sign(
        r"#(?:sexy\w{0,8}|beachbody|bikinibody|thirsttrap|nsfw|horny|sexting|nudes|hotguys|hotgirls|thicc)\b",
        _SEX,
        Reach.WORDS,
    ),
    # What the author is.
    Sign(
        "(?:i'm|i am|im|i came out as|being|as|i identify as|me,) (?:an? |the )?(?:only |openly |proud(?:ly)? "
        rf"|out |straight |cis )?(?:{_PEOPLE} )?{_ORIENTATION}\b(?! (?:affirming|clients?|patients?|youth|people"
        r"|friendly|health|issues|month|community))(?: (?:\w+ )?(?:man|woman|person|guy|girl|clinician|therapist"
        "|psychologist|doctor|nurse|dad|mum|mom))?",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        "(?:as|being|i'm|i am|from|speaking as|for|me,|seats me,) (?:an? |the |this |one |such a )(?:only |proud "
        "|fellow |young |old |older |middle[- ]aged |bald |short |tall |fat "
        rf"|working[- ]class )?(?:{_PEOPLE} )?(?:{_ORIENTATION} ){_GENDER}\b",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        "(?:as|being|i'm|i am|speaking as|i was|i'm not) (?:an? |the |the only )(?:only |proud |young |old "
        rf"|older |middle[- ]aged |bald |short |tall |working[- ]class )?(?:{_PEOPLE} )?{_GENDER}\b(?=,? (?:i|i'm"
        r"|i've|i'd|we|my|myself|who|in (?:this|orthop|my|surgery|the (?:profession|field)))\b)",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        f"(?:the )?only (?:{_PEOPLE}|{_ORIENTATION}) (?:woman|man|person|face|therapist|psychologist|doctor|nurse"
        r"|one)? ?(?:on|in|at) (?:the|this|that|my|it)\b",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        r"(?:i've|i have|i) (?:\w+ )?(?:transitioned|came out(?: as| to| at| in)|come out as|socially transitioned"
        r"|changed my pronouns|use they/them)\b",
        _SELF,
    ),
    Sign(r"(?:bi|gay|straight|queer|trans) as (?:they come|a|the)\b", _SELF),
    Sign(
        "(?:gay|queer|lesbian|bi|trans|black|white) (?:black |white |asian )?(?:man|woman|lesbian"
        r"|guy) (?:that )?i am\b",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        r"#(?!\w{0,20}(?:health|mental|therap|histor|month|matter|week|rights|clinic))(?:queer\w{2,14}"
        r"|lesbian\w{0,10}|gay(?:man|guy|boy|pride|life|dad)\w{0,6}|transwoman|transman|transgirl"
        r"|asiangirls?|blackgirl\w{0,8}|blackmen\w*|latina\w{0,8}|melanin\w{0,8}|teamnatural|redhead|blonde"
        r"|brunette)\b",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        r"(?:i'm|i am|im|being|as) (?:just |only |still )?an? (?:\w+ ){0,2}(?:guy|man|woman|girl|dude|bloke|male"
        r"|female|lady)\b(?! (?:of|with a|who (?:work|treat|see)|in (?:a|white)))",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        "(?:love making|made? out|making out|make love|made love|my erection|kissed (?:me|him|her)"
        r"|in love with (?:me|him|her)|still in love|love of my life|my boo\b|really like this (?:guy|girl|man"
        r"|woman)|flirt(?:s|ing|ed)? with (?:me|girls|him|her|someone|other))\b",
        _LOVE,
    ),
    Sign(
        r"one of the (?:few|only|\w+) (?:men|women|gay men|trans women|black women|lesbians) (?:on|in|at"
        r"|here)\b(?=[^.!?]{0,40}\b(?:i|me|my|we)\b)",
        _SELF,
    ),
    Sign(
        r"(?<!\w )(?:cis|straight|gay|queer|bi|trans|white|black|brown)(?: (?:guy|bloke|woman|man"
        r"|girl))?, (?:straight|cis|queer|married|[a-z]+ (?:lutheran|catholic|jewish|muslim))\b(?! and )",
        _SELF,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterator[Hit]:
    text = fold(sentence.text)
    for hit in _SIGNS.find(sentence, surroundings):
        if hit.category is not _SELF or not _is_of_anybody(text, text[hit.start : hit.end]):
            yield hit


def _is_of_anybody(text: str, words: str) -> bool:
    """Whether who somebody is belongs to nobody in particular ("being gay", "as a trans woman you"): nobody says I."""
    return _ANYBODY.match(words) is not None and not says_i(text) and not _HERE.search(text)


_ANYBODY = re.compile(r"(?:as|being)\b(?! (?:they come|a whole))")
_HERE = re.compile(r"\bin this (?:trade|room|field|profession|job|department|office|hospital|school|team|line|place)\b")

RULE = Rule(
    id="S5",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "Swiped right on a man with a ferret, no regrets.",
        "Date night ended at the launderette.",
        "I'm dating again and it shows in my calendar.",
        "Honestly, that actor can call me any time.",
        "Beach body pending.",
        "I have a crush on the man from the post room.",
        "I miss her every single evening.",
        "Things got steamy in the sauna.",
        "He broke up with me by text.",
        "I'm a lesbian, and the form had no box.",
        "As a gay man I read that chapter twice.",
        "Being a woman in this trade is a full shift of its own.",
        "I've transitioned and my badge has caught up.",
        "Second date tomorrow, wish me calm.",
        "Off to the coast with the man I'm dating.",
        "Weekend plans #datenight",
    ),
    near_misses=(
        "Sex therapy begins with trust.",
        "Dating after loss: five questions to ask.",
        "Body image in teens and what parents can do.",
        "A queer-affirming practice in the town centre.",
        "Women in surgery meet on Tuesday.",
        "I love her work on attachment.",
        "If I'm in a relationship, should I tell my therapist?",
        "I work with gay men and their families.",
        "Low desire is common after birth.",
        '"He loves me, he loves me not" is not an assessment.',
        "Set the date of the next meeting.",
        "Trans youth deserve careful care.",
        "The guideline on sexual health was updated.",
        "A first date can be planned like an exposure task.",
    ),
)
