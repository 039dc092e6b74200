"""D4: running down an employer, colleagues, insurers or referrers."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Category, Severity

HITS = (
    # written before the rule
    "My clinic director is a clown.",
    "Dr. Ellery is a quack.",
    "This hospital hates its staff.",
    "The insurance reviewers are idiots, every one.",
    "My manager hasn't answered an email since June.",
    "Our trust failed the inspection and buried the report.",
    "Nineteen shifts until I hand in my notice.",
    "The board is closing our unit and staff haven't been told.",
    "My boss texted me at midnight about a missed signature.",
    "Management axed our interpreters to save a bonus.",
    # written after it
    "The agency still owes me for August.",
    "Our clinic bills long sessions for short ones and nobody wants to hear it.",
    "I'm done with this department.",
    "Passed over for promotion again, third time.",
    "Chiropractors: conmen with nicer tables.",
    "I lodged a grievance against my line manager.",
    "My supervisor takes credit for every poster I make.",
    "Between us, the merger is signed.",
)
NEAR_MISSES = (
    # written before the rule
    "Prior authorisation delays care; here are data.",
    "I disagree with Ellery (2020) on method.",
    "Unions improve retention.",
    "My manager encouraged me to write this guide.",
    "Our clinic moved to Oak Street.",
    "The board meets in May.",
    "Managers can protect teams from burnout.",
    "Our hospital opened a new garden for staff.",
    "My supervisor taught me to sit with silence.",
    "Insurers should publish their denial rates.",
    # written after it
    "The trust announced two new posts.",
    "Dr. Ellery is a fine teacher.",
    "Our director presents the annual report on Monday.",
    "Staff surveys tell us what retention depends on.",
    "The agency pays within thirty days.",
    "Our unit came first in the hand hygiene audit.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every complaint, gossip or abuse about the author's own place, its people, or the trades around it."""
    text = sentence.text
    if not _ANY.is_possible(text) or grammar.is_citation(text) or _GUIDE.search(text):
        return
    for found in _NAMED_ABUSE.finditer(text):
        start, end = care.clause(text, found.start())
        yield Hit(start, end, category=Category.CONDUCT, severity=Severity.STOP)
        return
    for found in _TRADE_ABUSE.finditer(text):
        start, end = care.clause(text, found.start())
        yield Hit(start, end, category=Category.CONDUCT)
        return
    spans = [care.clause(text, found.start("from")) for found in _OWN_PLACE.finditer(text)]
    for start, end in care.overlapping(spans):
        yield Hit(start, end, category=Category.WORKPLACE)


_ABUSE = (
    r"(?:quacks?|clowns?|idiots?|morons?|frauds?|crooks?|con\s?men|con\s?man|conmen|charlatans?"
    r"|muppets?|butchers?|liars?|bullies|bully|disgrace|joke|jokes|hacks?|incompetents?|incompetent"
    r"|cowards?|thieves|thief|dinosaurs?|imbeciles?|parasites?|vultures?|leeches|psychopaths?"
    r"|sociopaths?|narcissists?|useless|clueless|brainless)"
)
_NAMED_ABUSE = grammar.compile(
    r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?\s+(?:is"
    r"|was)\s+(?i:(?:such\s+|clearly\s+|just\s+|nothing\s+but\s+"
    rf"|simply\s+)?(?:an?\s+)?(?:\w+\s+)?{_ABUSE})\b",
    case=True,
)
_TRADE_ABUSE = grammar.compile(
    r"\b(?:(?:the|these|those|utili[sz]ation|insurance|prior-auth|medicare)\s+)?(?:insurers?"
    r"|insurance\s+(?:companies|reviewers?|people)|(?:utili[sz]ation\s+)?reviewers?|chiropractors?"
    r"|homeopaths?|naturopaths?|gps|referrers|psychiatrists|psychologists|physios|social\s+workers"
    r"|surgeons|commissioners|coaches|wellness\s+coaches|dentists|lawyers|osteopaths"
    rf"|life\s+coaches)(?:\s+(?:are|is)\s+|:\s+|,\s+)(?:\w+\s+){{0,3}}?{_ABUSE}\b"
)
_MINE = r"(?:my|our)"
_CHIEF = (
    r"(?:(?:clinical|medical|clinic|practice|line|ward|service|unit|team|program|programme|general"
    r"|office)\s+)?(?:director|manager|managers|boss|bosses|supervisor|lead|head|chief|consultant"
    r"|matron|employer|management|leadership|partners?|owner|ceo|principal|dean|chair|administrator"
    r"|department\s+head)"
)
_PLACE = (
    r"(?:(?:\w+\s+)?(?:clinic|hospital|trust|unit|department|service|agency|practice|centre|center"
    r"|ward|team|office|school|university|group\s+practice|site|board|employer|company|chain|shop))"
)
_BAD = (
    r"(?:axed|scrapped|cut|closing|closes|buried|failed|fails|fail|flunked|bills|pockets|pocketed|owes"
    r"|hates|refuses|refused|ignores|ignored|forgot|'forgot'|lied|lies|bullies|bullied|screams?"
    r"|shouted|shouts|throws|threw|cancelled|canceled|punishes|punished|threatened|doesn't\s+(?:care"
    r"|want)|don't\s+(?:care|want)|won't|hasn't|haven't|couldn't\s+care|can't|still\s+hasn't|never"
    r"|takes\s+(?:the\s+)?credit|took\s+(?:the\s+)?credit|put\s+(?:his|her)\s+name|texted\s+me"
    r"|called\s+(?:it|me)|blames|blamed|keeps\s+\d|calls\s+us|underpa\w+|understaffed|short-?staffed"
    r"|toxic|useless|hopeless|a\s+(?:clown|joke|bully|shambles|mess|nightmare|disgrace|dinosaur"
    r"|tyrant)|an\s+idiot|clueless|incompetent|broke|is\s+sinking|came\s+(?:bottom|last))"
)
_OWN_PLACE = grammar.Patterns(
    grammar.compile(
        rf"(?P<from>\b{_MINE}\s+{_CHIEF}\b(?:,[^.!?]{{0,60}},|\s+(?:is|was|are|has|just|even|also|here"
        rf"|at\s+\w+|who))?\s*(?:\w+\s+){{0,5}}?{_BAD}\b(?!\s+(?:to\s+(?:be|share|sell)|wait)))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:my|our"
        rf"|this)\s+{_PLACE}\s+(?:\w+\s+){{0,4}}?{_BAD}\b(?!\s+(?:for\s+(?:the\s+)?(?:holiday|christmas"
        r"|bank)|at\s+\d|on\s+\d|early|down\s+on)))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:management|leadership|the\s+(?:board|bosses|managers|owner|agency|trust|partners"
        r"|director|chain))\s+(?:\w+\s+){0,4}?(?:axed|scrapped|buried|pockets|owes\s+me|still\s+owes"
        r"|hasn't\s+announced|haven't\s+told|is\s+closing|are\s+closing|doesn't\s+want|lied|refuses|hates"
        r"|has\s+no\s+idea|couldn't\s+care)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:\w+\s+(?:shifts?|days?|weeks?)\s+(?:until|till|before|to\s+go\s+(?:until"
        r"|till))\s+(?:i|i'm|my)\b[^.!?]{0,50}\b(?:notice|out|leave|quit|free|last\s+day|resign\w*)))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:i|i'm|i've|i\s+am|i\s+have)\s+(?:am\s+|so\s+|finally\s+"
        r"|now\s+)?(?:done\s+with\s+this\s+(?:trust|place|job|hospital|department|agency|clinic|team)"
        r"|hand(?:ed|ing)?\s+in\s+my\s+notice|quit\s+my\s+job|looking\s+to\s+(?:get\s+out|leave)"
        r"|looking\s+for\s+(?:a\s+way\s+out|another\s+job|a\s+new\s+job)|thinking\s+(?:about"
        r"|of)\s+(?:changing|leaving|quitting)\s+(?:my\s+)?(?:job|work|profession)|can't\s+stand\s+(?:this"
        r"|my)\s+(?:job|place|department|boss)))"
    ),
    grammar.compile(r"(?P<from>\bmy\s+notice\s+(?:goes\s+in|is\s+in|went\s+in)\b)"),
    grammar.compile(r"(?P<from>\bpassed\s+over\s+(?:again\s+)?(?:for|again)\b)"),
    grammar.compile(
        r"(?P<from>\b(?:lodged|filed|raised|made)\s+a\s+(?:formal\s+)?(?:grievance"
        r"|complaint)\s+against\s+(?:my|our|the)\b)"
    ),
    grammar.compile(
        r"(?P<from>\bthe\s+(?:\w+\s+)?(?:merger|takeover|closure|redundancies|layoffs)\s+(?:is"
        r"|are)\s+(?:signed|done|decided|coming)\b[^.!?]{0,60})"
    ),
    grammar.compile(
        r"(?P<from>\b(?:redundancy\s+letters|months?\s+without\s+(?:salary|pay)|payroll\s+gossip"
        r"|staff\s+(?:haven't|have\s+not)\s+been\s+told)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:mine|ours)\s+(?:has\s+been\s+cancelled|texted\s+me|lasted\s+\w+\s+hours|shouted"
        r"|forgot)\b[^.!?]{0,60}\b(?:manager|consultant|boss|because|weeks)\b)"
    ),
    grammar.compile(r"(?P<from>\bis\s+my\s+(?:boss|manager|director)\s+(?:doing|trying|allowed)\b)"),
    grammar.compile(r"(?P<from>\bthe\s+department\s+i\s+\w+\s+(?:\w+\s+)?in,?\s+i\s+can't\s+stand\b)"),
    grammar.compile(
        r"(?P<from>\b(?:somebody|someone)\s+on\s+(?:our|my)\s+team\s+is\s+(?:accused|suspended"
        r"|under\s+investigation)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:four|five|six|three|two|\d+)\s+(?:bosses|managers)\s+in\s+\w+\s+(?:years?|months?)\b)"
    ),
    grammar.compile(
        r"(?P<from>\bthis\s+(?:hospital|clinic|trust|place|agency)\s+(?:hates|doesn't\s+care"
        r"|is\s+a\s+(?:joke|mess|shambles))\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:former|last|ex-|old)\s*(?:job|boss|employer|workplace"
        r"|manager)\s+(?:\w+\s+){0,2}?(?:bullied|underpaid|fired|cheated|lied|screamed|walked\s+out)\b)"
    ),
)
_ANY = grammar.Patterns(_NAMED_ABUSE, _TRADE_ABUSE, *_OWN_PLACE)
_GUIDE = grammar.compile(r"\b(?:how\s+to|tips\s+for|ways\s+to)\b")

RULE = Rule("D4", find, HITS, NEAR_MISSES, needs=_ANY)
