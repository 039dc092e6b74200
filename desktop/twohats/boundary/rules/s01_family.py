"""S1: the author's family, partner and friends."""

import re
from collections.abc import Iterator

from twohats.boundary import grammar
from twohats.boundary.own_life import COUNT, GAP, Reach, Sign, Signs
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category

_OWN = Category.RELATIONSHIPS
_KIN = grammar.any_of("partners", "children", "parents", "relatives", "friends")
_SMALL = (
    "(?:son|daughter|twins|triplets|toddler|baby|newborn|eldest|youngest|oldest|firstborn|little (?:one|girl"
    "|boy)|boys|girls"
    r"|marriage|wedding|honeymoon|anniversary|grandson|granddaughter|grandkids|grandchildren|in-laws|nanny|babysitter)"
)
_ROLE = (
    "(?:mum|mom|mam|mother|mama|dad|father|papa|parent|wife|husband|grandmother|grandfather|grandma|grandpa|grandad)"
)
_NAME = r"(?:mum|mom|mam|dad|daddy|mummy|mommy|nan|nana|nanna|grandma|grandpa|granny|gran|grandad|granddad|hubby)"
_NOBODY_ELSES = "".join(
    rf"(?<!\b{word} )"
    for word in ("your", "the", "a", "new", "his", "her", "their", "or", "as", "every", "each", "one", "first-time")
)
_AT_WORK = (
    r"(?!(?:'s)? (?:therap|practice|practition|medicine|doctor|physician|law\b|court|service|system|group"
    "|workshop|planning"
    r"|health|clinic|hospital|ward\b|room\b|meeting|friendly|organi[sz]ation|agenc|school\b|universit"
    "|institution|charit|site"
    r"|and colleague|and co-|and mentor|in crime|client|patient|book|caseload|psych|nurs|list\b))(?!-)"
)
_NOT_AT_WORK = (
    "(?!(?:business|practice|research|writing|lab|training|work|academic|study|clinical|fellow|client|patient"
    r"|whole team)\b)"
)
_CLINICAL = (
    "(?:saw|see|seeing|treat|treated|assess|assessed|refer|referred|supervise|supervised|teach|taught|cite"
    "|quote|quoted|read|thank|thanked|invited"
    "|interviewed|examined|discharged|admitted|prescribed|met|recommend|follow|followed|introduce|welcome"
    "|congratulate|diagnosed|scanned|reviewed|if)"
)
_VERB = (
    "(?:is|was|has|had|just|never|always|used|says|said|told|thinks|thought|made|makes|took|takes|came|comes"
    "|went|goes|got"
    "|gets|rang|rings|called|calls|asked|asks|wants|wanted|does|doesn't|did|didn't|isn't|wasn't|won't|died"
    "|keeps|loves|loved"
    r"|hates|bought|moved|gave|turned|turns|would|still|finally|cooked|texted|proofread|and i|had to|taught)"
)

_SIGNS = Signs(
    Sign(rf"(?<!not )my (?:own )?{_NOT_AT_WORK}{GAP}{_KIN}(?:'s?)?(?![\w']){_AT_WORK}", _OWN),
    Sign(rf"my (?:own )?{GAP}(?:{COUNT}|\w{{3,7}}teen)[- ](?:year|month|week)[- ]old\b", _OWN),
    Sign(rf"our (?:own )?(?:[\w-]{{1,14}} )?{_SMALL}\b{_AT_WORK}", _OWN),
    Sign(rf"our {COUNT} (?:kids|children|sons|daughters|kiddos)\b", _OWN),
    Sign(r"our (?:first|second|third|fourth) (?:is|was|arrived|arrives|came|baby|child)\b", _OWN),
    Sign(
        r"(?:hubby|wifey|the missus|the in-laws|the mrs|the hubby|the wife|the kiddos|the kids and i|the hubs)\b", _OWN
    ),
    Sign(
        rf"(?<!\w )(?:wife|husband|daughter|son|mum|mom|dad|boyfriend|girlfriend|missus|sister|brother) {_VERB}\b", _OWN
    ),
    Sign(rf"{_NOBODY_ELSES}{_NAME}(?:'s)? {_VERB}\b", _OWN, is_name=True),
    Sign(rf"(?<=[a-z,] ){_NOBODY_ELSES}{_NAME}(?![\w-])", _OWN, is_name=True),
    Sign(
        "(?:love|miss|thank|thanks|happy birthday|ringing|rang|calling|visiting) (?:you "
        rf"|u )?(?:so much )?{_NAME}\b",
        _OWN,
    ),
    Sign(
        rf"(?:i'm|i am|as|being|am|me,) (?:a |the )?(?:\w+ )?{_ROLE} (?:of|to) (?:{COUNT}|a|an|twins|boys|girls)\b",
        _OWN,
    ),
    Sign(
        rf"(?<!\w )(?:proud )?{_ROLE} (?:of|to) (?:{COUNT}|twins|boys|girls)\b(?! (?:percent|in|out))",
        _OWN,
        Reach.WORDS,
    ),
    Sign(rf"(?:as|being) an? (?:\w+ )?{_ROLE},? (?:i|i'm|i've|i'd|myself|my)\b", _OWN),
    Sign(rf"(?:i'm|i am) (?:a|the) (?:\w+ )?{_ROLE}\b", _OWN),
    Sign(rf"(?:{_ROLE}|a parent) since\b", _OWN),
    Sign(
        r"(?:i|we) (?:have|had|have got|raised|adopted|foster|fostered) (?:\w+ ){0,2}(?:kids?|children|sons?|daughters?"
        "|brothers?|sisters?|siblings|husband|wife|girlfriend|boyfriend|toddler|newborn|twins|teenagers?"
        r"|grandchildren)\b",
        _OWN,
    ),
    Sign(
        "(?:mine|that one person|the one) was (?:my )?(?:mum|mom|dad|nan|gran|granny|grandma|grandad|grandpa"
        r"|an aunt|an uncle)\b",
        _OWN,
    ),
    Sign(
        r"(?:with|and) the (?:in-laws|kids|kiddos|grandkids|wife|husband|missus|family)\b(?=[ ,]{0,2}(?:$"
        "|[.!?,;)#]))",
        _OWN,
    ),
    Sign(
        r"#(?!\w{0,12}midwi)\w{0,20}(?:mum|mom|dad|wife|wifey|hubby|husband|daughter|mother|sister|bestfriend"
        "|bestfriends|bff"
        "|boyfriend|girlfriend"
        "|girldad|boymom|bestie|besties|siblings|cousins?|mylove|mykids|mybaby|grandma|grandpa|myson|auntie"
        r"|(?<=\w)family|family(?=life|love|time|fun|trip|vibes|goals))"
        r"(?:life|love|goals|time|day|fun|vibes|trip|roadtrip|treat|problems)?\b",
        _OWN,
        Reach.WORDS,
    ),
    # Somebody close who is only "he" or "she", and what passes between them and the author.
    Sign(
        r"(?:he|she) (?:(?!and\b|or\b|to\b|that\b|if\b)\w+ ){1,4}me\b(?! (?:know|if|about (?:the|her"
        "|his) (?:symptoms|care|dose)))",
        _OWN,
    ),
    Sign(
        rf"(?:i|i'm|i've|i'd) (?:(?!{_CLINICAL}\b)[\w']+ ){{1,4}}(?:him|her(?= (?:and|but|so|because|to|in|at|about"
        r"|for|when|again|anymore|that|if|like|with|back|more|so|as|on|every)\b)|her(?![\w ]))(?! (?:in"
        "|for) (?:session|therapy|clinic|treatment|supervision))",
        _OWN,
    ),
    Sign(
        r"(?:i|we|i've|we've) (?:\w+ )?(?:been|known|lived|stayed) (?:\w+ )?(?:together|with (?:him|a man|a woman"
        r"|this (?:man|woman|guy|girl)|someone|somebody|each other))\b",
        _OWN,
    ),
    Sign(
        r"(?:our|my) (?:\w+ )?relationship\b(?! (?:with (?:the |our )?(?:team|referr|data|patients|clients"
        "|supervis|work|food|time|money|my (?:job|work|phone|body))|counsel|therap|quality|research))",
        _OWN,
    ),
    Sign(r"(?<!people )in my life\b(?=[^.!?]{0,3}(?:$|[.!?#@❤]))", _OWN),
    Sign(
        "(?:i|we) (?:have|had|made|lost|met|need|don't have|have no"
        r"|had no) (?:\w+ ){0,3}friends?\b(?! (?:of the (?:clinic|practice|hospital)|request|and colleagues))",
        _OWN,
    ),
    Sign(
        "(?:an? |some |one |two |old |close |good |best ){1,3}friends? (?:of mine|told me|from (?:college|school|uni"
        r"|home|work)|and i\b|who (?:got|had|lives|moved|died|told))",
        _OWN,
    ),
    Sign(
        r"(?:mine|ours) (?:\w+ )?(?:used to (?:say|tell|make|let)|told me|tells me|left me|died|passed away"
        r"|cheated|snores|slept|has (?:moved|left|started) (?:out|school|me|nursery))\b",
        _OWN,
    ),
)


def _find(sentence: Sentence, surroundings: Surroundings) -> Iterator[Hit]:
    for hit in _SIGNS.find(sentence, surroundings):
        text = sentence.text.lower()
        if _ADDRESSED.search(text[hit.start : hit.end]):
            continue
        yield hit


_ADDRESSED = re.compile(  # "thank you, my friend": the reader, not a friend
    "(?<!with )(?<!to )(?<!for )(?<!of )(?<!and )(?<!from )(?<!at )(?<!about )(?<!told )(?<!miss "
    ")(?<!lost )(?<!love )(?<!helping )"
    r"\bmy (?:dear )?friends?\Z"
)

RULE = Rule(
    id="S1",
    find=_find,
    needs=_SIGNS.patterns,
    hits=(
        "My wife and I have started ballroom lessons.",
        "My sister-in-law is staying for a month and the kettle never rests.",
        "I wrote this chapter while my son slept on my shoulder.",
        "Our youngest has discovered the drum kit.",
        "Hubby burnt the lasagne again.",
        "Late start today, the kids and I overslept.",
        "As a mum of three I know that bedtime voice.",
        "New face at the desk, dad of two, fond of lists.",
        "Mum rang twice during the keynote.",
        "We spent Sunday clearing the loft with Dad.",
        "Registration is open; my seven-year-old drew the logo.",
        "Wife says I talk about attachment in my sleep.",
        "Clinic notes done, off to the zoo #dadlife",
        "I have two daughters and no bathroom to myself.",
        "My best friend thinks supervision is a kind of detention.",
        "Being a parent, I find that one hard to teach.",
        "We leave early on Friday with the in-laws.",
        "My late grandmother kept bees and grudges.",
    ),
    near_misses=(
        "Family sessions run on Wednesday evenings.",
        "Fathers of newborns are rarely asked how they sleep.",
        "Our family therapy team has two openings.",
        "My colleague Dr. Ines Falk and I gave this talk in Bergen.",
        "My practice partner covers the phones in August.",
        "If my child refuses school, whom do I call?",
        '"My mother never listens" is a sentence many of us could finish.',
        "Your mother may not change, but your answer can.",
        "Mum and baby are seen together at six weeks.",
        "How to tell your dad that you need help.",
        "In the film, my sister is the one who leaves.",
        "My supervisor taught me to wait for the second answer.",
        "Our children's ward has new murals.",
        "Thank you, my friend.",
        "The parents' panel meets on Tuesday.",
        "My family medicine residents start on Monday.",
        "Our partner hospital hosts the masterclass.",
    ),
)
