"""S3: the author's losses, separations, births, weddings, birthdays and age."""

from twohats.boundary import grammar
from twohats.boundary.own_life import COUNT, GAP, Reach, Sign, Signs
from twohats.boundary.rule import Rule
from twohats.model.finding import Category

_KIN = Category.RELATIONSHIPS
_SELF = Category.DEMOGRAPHICS
_OWN = Category.PRIVATE_LIFE
_PET = grammar.any_of("pets")
_TENS = (
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
)
_AGE = rf"(?:[1-9]\d|{_TENS}|sixteen|seventeen|eighteen|nineteen|fourteen|fifteen)"
_NOT_COUNTING = (
    "(?! ?(?:%|percent|per cent|minutes?|mins?|hours?|days?|weeks?|months?|miles?|km|kg|pages?|people"
    r"|patients|clients|places|of\b"
    r"|out of|in (?:the|a) (?:list|queue|team)|staff|beds|cases|colleagues|sessions|at\b|years? (?:in|into|of"
    "|as|with|at|on|to|away"
    "|post|late|behind|ahead|qualified|sober|clean|running|teaching|now)|seconds|points|hundred|thousand"
    r"|million|[:/.,]\d|st\b|nd\b|rd\b|th\b))"
)

_SIGNS = Signs(
    Sign(
        "(?:we|i|who|and) (?:just |have |finally |recently )?(?:buried|lost|said goodbye to|scattered|cremated"
        "|laid to rest)"
        " (?:my|our(?! (?:founder|funding|way|building|lease))|mum|mom|dad|mam|gran|nan|grandma|grandad|grandpa"
        r"|him|her|the (?:baby|dog|cat)|a (?:baby|parent|pregnancy|son|daughter|child))\b",
        _KIN,
    ),
    Sign(
        rf"(?:my|our) {GAP}{_PET} (?:just |has |have |had )?(?:died|passed(?: away| on)?|was put (?:down|to sleep)"
        rf"|is gone|crossed the)\b|put (?:my|our) {GAP}{_PET} (?:down|to sleep)\b",
        _OWN,
    ),
    Sign(r"my (?:\w+ ){0,3}(?:funeral|eulogy|wake|headstone)\b", _KIN),
    Sign(
        "(?:losing|lost|buried|bury|burying|grieving|missing|miss) (?:my|our) (?!mind|job|keys|phone|voice|temper"
        "|train|flight|bus|way|shit|place|bet|weight|patience|virginity|glasses|bag|wallet|license|licence|spot"
        r"|hair|faith|house|home)(?:\w+ )?\w+",
        _KIN,
    ),
    Sign(
        "my first (?:christmas|thanksgiving|eid|diwali|mother's day|father's day|birthday|easter|hanukkah"
        r"|holidays?) (?:without|since|as)\b",
        _KIN,
    ),
    Sign(
        r"(?:i'm|i am|i was|we're|we are|i'll be) (?:\w+ )?(?:\w+ weeks? )?(?:pregnant|expecting(?= (?:a|our|my"
        "|twins|in|again)|[.!?, ]*$)|widowed|engaged(?! (?:in|with|by))|newlyweds?|married(?! to the (?:idea|job"
        r"|method))|divorced|divorcing|separated(?! by)|newly single|single\b(?!-)|recently single|getting married"
        "|getting divorced|getting hitched|a (?:widow|widower|newlywed|bride|divorcee|single (?:mum|mom|dad"
        "|parent|mother|father))|having a (?:baby|girl|boy)|due (?:in|on|any)|on (?:maternity|paternity"
        r"|parental) leave|trying for a baby|trying to conceive|adopting|remarried)\b",
        _KIN,
    ),
    Sign(
        r"(?:due any (?:day|minute)|(?:our|my) due date|baby (?:is |number \w+ is |no\. ?\d is )?(?:due|on the way"
        "|on board)|my (?:maternity|paternity|parental) leave|my (?:baby|bridal) shower|my bump|baby bump"
        r"|gender reveal|our (?:small person|new arrival|bundle of joy|rainbow baby))\b",
        _KIN,
    ),
    Sign(r"(?:when|where|because) (?:a|our) (?:small person|new arrival) (?:is|arrives)", _KIN),
    Sign(r"(?:i|she|he|they) said yes\b", _KIN),
    Sign(
        r"(?:he|she) proposed\b|i proposed (?:to|on|last|in)\b|i asked (?:him|her) to marry\b|popped the question", _KIN
    ),
    Sign(
        r"(?:we|i|we've|i've) (?!(?:see|treat|serve|welcome|support)\b)(?:\w+ ){0,2}(?:got married"
        "|get married|got divorced|got engaged|eloped"
        "|tied the knot|broke up|split up|have split|split last|separated (?:last|in|after|two|three|a)|divorced"
        "|got hitched|got back together|moved in together|walked down the aisle|filed for divorce"
        r"|renewed our vows|said our vows|said i do)\b",
        _KIN,
    ),
    Sign(
        r"(?:we|i) (?:just )?welcomed (?:a|our|my) (?:\w+ )?(?:baby|son|daughter|boy|girl|twins|grandson"
        r"|granddaughter)\b",
        _KIN,
    ),
    Sign(
        "(?:my|our) (?:own |first |second |whole |failed |late |first )?(?:marriage|divorce|separation|wedding"
        "|honeymoon|engagement|break-?up|proposal|hen (?:do|night|party)|stag (?:do|night|party)"
        "|bachelorette(?: party)?|bachelor party|wedding anniversary|miscarriage|stillbirth|adoption"
        r"|custody (?:battle|case|hearing)|love life)\b(?! (?:counsel|therap|group|workshop|work\b|course|clients"
        "|practice|research|book|program))",
        _KIN,
    ),
    Sign(r"(?:since|after|before|during) (?:the|my) divorce\b", _KIN),
    Sign(r"the divorce (?:is|was|came|went|finally|papers)\b", _KIN),
    Sign(rf"{COUNT} years? (?:married|together|of marriage|wed|as a married)\b", _KIN),
    Sign(
        r"(?:been|we've been|were|be) (?:\w+ )?(?:married|together|engaged|divorced|separated) (?:for|since|over"
        r"|almost|nearly|about)\b",
        _KIN,
    ),
    Sign(
        r"happy (?:\d{1,2}(?:st|nd|rd|th)? )?(?:b-?day|birthday|bday|anniversary(?= (?:to (?!me in)|my|babe|mom"
        "|mum|dad)))(?! (?:to (?:the|our|nhs)"
        "|,? (?:nhs|medicare)))",
        _KIN,
    ),
    Sign(r"cost me a (?:marriage|husband|wife|relationship)\b", _KIN),
    Sign(r"(?:ours|mine) would have (?:been|started|turned)\b", _KIN),
    Sign(
        r"#(?:\w{0,14}(?:married|wedding|engaged|justmarried|pregnant|pregnancy|babybump|honeymoon|bridetobe"
        r"|shesaidyes|isaidyes|weddingday|newborn|babyshower|bachelorette)\w{0,8}|rip(?:dad|mum|mom|grandma"
        r"|grandpa|nan)|missyou\w{0,8}|bridetobe|gettinghitched)\b",
        _KIN,
        Reach.WORDS,
    ),
    # Age and birthdays.
    Sign(
        "(?:i'm|i am|im|i was|i'll be|i will be|i just turned|i turn|i turned|i've hit|i hit|i've turned"
        r"|i've just turned|i'm turning|i'm only|i'm nearly|i'm almost|turning(?= \w+ (?:on|tomorrow|today"
        rf"|next))) (?:only |just |nearly |almost |about |like |now )?{_AGE}\b{_NOT_COUNTING}(?:[- ]years?[- ]old)?",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        r"(?:i'm|i am|im|i was) (?:a |an )?(?:\w+ )?(?:teenager|teen|minor|millennial|boomer|gen x|gen z|xennial"
        r"|senior citizen|pensioner|retiree|\d\d[ -]?(?:yo|y/o|something)|[1-9]\d[mf])\b",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        "(?:i'm|i am|i was|me,) in my (?:early|mid|late)?[ -]?(?:teens|twenties|thirties|forties|fifties|sixties"
        r"|seventies|\d0'?s)\b",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        "(?:it's|it is|today is|today's|tomorrow is|tomorrow's|celebrating|for|on|spent"
        r"|and) my (?:own )?(?:\d{1,2}(?:st|nd|rd|th)? |big )?(?:birthday|b-?day|bday)\b",
        _SELF,
    ),
    Sign(
        r"my (?:own )?(?:\d{1,2}(?:st|nd|rd|th)? |\w+(?:th|st) |big )?(?:birthday|b-?day|bday"
        r"|bday party)\b(?! (?:card from|present from the team))",
        _SELF,
    ),
    Sign(
        "(?:birthday girl|birthday boy|bday girl|bday boy|bday festivities|birthday month|birthday weekend"
        r"|birthday week)\b",
        _SELF,
    ),
    Sign(
        rf"(?<!\w )(?<![:.]){_AGE} (?:today(?! is)|and counting today)\b(?! (?:at|from|in the|we))",
        _SELF,
        Reach.WORDS,
    ),
    Sign(rf"(?:at|aged|age) (?:the (?:ripe )?age of )?{_AGE},? i\b{_NOT_COUNTING}", _SELF, Reach.WORDS),
    Sign(
        rf"at the (?:ripe |tender |grand )?(?:old )?age of {_AGE}\b(?=[^.!?]{{0,40}}\b(?:i|my)\b)", _SELF, Reach.WORDS
    ),
    Sign(r"(?:i was|i'm|me,) born (?:in|on) (?:the )?\d", _SELF, Reach.AHEAD),
    Sign(r"the big (?:three|four|five|six|seven|3|4|5|6|7)[- ](?:oh|o|0)\b", _SELF, Reach.AHEAD),
    Sign(r"#(?:\w{0,10}birthday\w{0,8}|\w{0,6}bday\w{0,8}|turning\d\d|\d\dandfabulous)\b", _SELF, Reach.WORDS),
    Sign(
        rf"(?:i'm|i am|im|i was|as) an? (?:\w+ )?{_AGE}[- ](?:years?|yr)s?[- ]old\b(?: (?:man|woman|male|female|guy"
        "|girl|student|mom|mum|dad))?",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        r"(?:i'm|i am|im|i was|as) an? (?:\w+ )?(?:(?:first|second|third|fourth|final)[- ]year (?:\w+ )?student"
        r"|college student|university student|high school student|(?:\w+ )?(?:freshman|sophomore)"
        r"|undergrad(?:uate)?)\b(?! (?:therapist|nurse|midwife|doctor|psychologist|physio))",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        "(?:we|my (?:husband|wife|partner) and i)(?:'re| are) (?:both )?in our (?:early |mid |late "
        r"|mid-)?(?:twenties|thirties|forties|fifties|sixties|seventies|\d0'?s)\b",
        _SELF,
    ),
    Sign(
        r"i graduated (?:high school|college|from (?:high school|college)|in (?:19|20)\d\d|with the class of)\b",
        _SELF,
        Reach.AHEAD,
    ),
    Sign(
        rf"(?:a|this|the|one) (?:\w+ )?(?:man|woman|bloke|lady|guy|girl) of {_AGE}\b(?=[^.!?]{{0,30}}(?:$|[.!?]"
        r"| i\b| me\b| like me))(?! (?:who|with|came|was|in bed|can|may|might|could|should"
        "|will|needs?|deserves?|is (?:not|as|no|still))\\b)",
        _SELF,
        Reach.WORDS,
    ),
    Sign(
        r"(?<!\w )(?:xennial|millennial|gen x|gen z|boomer|aries|taurus|gemini|leo|virgo|libra|scorpio|sagittarius"
        "|capricorn|aquarius|pisces)(?:,| here| season| and proud)",
        _SELF,
        Reach.AHEAD,
    ),
)

RULE = Rule(
    id="S3",
    find=_SIGNS.find,
    needs=_SIGNS.patterns,
    hits=(
        "We buried Dad the week the clocks changed.",
        "The divorce is final and the kettle is mine.",
        "I'm pregnant and tired of ginger biscuits.",
        "I'm getting married in a barn in May.",
        "I will be off from June, since I'm expecting our second.",
        "This is my first Christmas without my brother.",
        "Eleven years married this Sunday.",
        "My own divorce taught me the paperwork.",
        "We got engaged on a ferry.",
        "He proposed between two night shifts.",
        "It's my birthday, cake by the printer.",
        "I turn fifty on Monday.",
        "I'm 34 and still afraid of fax machines.",
        "I'm in my late forties, so yes, I remember dial-up.",
        "Losing my sister changed how I listen.",
        "Leave starts Friday #babybump",
        "At sixty-one I learned to swim.",
        "43 today, no fuss please.",
    ),
    near_misses=(
        "Grief keeps its own diary.",
        "Divorce and children: an evening for parents, 5 June.",
        "Mood in pregnancy: what the new review says.",
        "The practice turns ten on Saturday.",
        "The clinic mourns its founder, Dr. Hale.",
        "I'm 12 pages into the new guideline.",
        "I was 20 minutes late to my own lecture.",
        "If I'm pregnant, can I stay on my medicine?",
        "Anniversaries of a loss can catch people off guard.",
        "Adults over 50 are screened too seldom.",
        "I'm engaged in a study of sleep.",
        "Happy birthday to our clinic.",
        "Losing my train of thought is part of teaching.",
        '"I\'m getting divorced" is how many first calls begin.',
        "My book turned ten this year.",
    ),
)
