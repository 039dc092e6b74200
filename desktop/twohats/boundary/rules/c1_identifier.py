"""C1: a name, initials, a number or a birth date tied to care."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import ENGLISH, Fix, Hit, Rule, Sentence, Surroundings
from twohats.model.finding import SuggestionKind

HITS = (
    # written before the rule
    "Congratulations to my client Odile Farrow on finishing the programme!",
    "K.B. slept through the night for the first time since the fire.",
    "Patient ID 771203 missed the scan again.",
    "DOB 9/11/1974, first visit, presents with low mood.",
    "File #31807 cancelled at the last minute.",
    "Bed 6, Arthur Penhallow, still waiting for his scan.",
    "Little Minna, 5, leukaemia, rang the bell on our ward today!",
    "MRN: 00482913 needs a callback about bloods.",
    "P.'s bloods are back and they are normal at last.",
    "Our patient Tobias Lund left the unit on his own two feet.",
    # written after it
    "Is referral 24/1180 still on anybody's list?",
    "Rest easy, W. You came to us every week for three years.",
    "My client Ruthie finally took the train alone.",
    "Big hand for Malcolm, who sat through a whole extraction with us this afternoon.",
    "Old Mrs Harker died in our hospice on Sunday.",
    "Dolores (61) came in on two sticks and left our clinic walking.",
    "Well done T.M., who graduated from our day programme this morning.",
    "NHS number 943 476 5919, please chase the discharge letter.",
)
NEAR_MISSES = (
    # written before the rule
    "Dr. Odile Farrow joins the practice in May.",
    "Odile Farrow's new book on shame is out today.",
    "NPI 1093817465, licensed in Ohio and Kentucky.",
    "Born in 1885, Karen Horney changed the way we think about anxiety.",
    "Registration number PSY 20418, North Carolina.",
    "Congratulations to our colleague Tobias Lund on his doctorate!",
    "Bed 6 is reserved for the sleep study; call the desk to book.",
    "J. Pereira and M. Osei wrote the chapter on grief.",
    "Ward 9 has a new day room.",
    "Referral forms are on the website, version 24.",
    # written after it
    "The case of Anna O. is taught in every training.",
    "Our client services team moves to suite 300.",
    "Patient information line: 555-0109.",
    "Well done to our trainee Ruthie, who passed her exams this morning.",
    "Room 6 is free on Fridays for supervision groups.",
    "T. S. Eliot wrote about it better than we do.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every name, number or birth date that is tied to care."""
    text = sentence.text
    if around.language != ENGLISH:
        for found in _LABELLED.finditer(text):
            yield Hit(found.start(), found.end())
        return
    hits = [*_numbers(text), *_named_clients(text), *_named_in_care(text, around), *_initials(text, around)]
    hits.extend(_keepsakes(text, around))
    if not hits or _TEST.search(text) or not care.is_told_as_story(sentence, around):
        return
    for start, end in care.overlapping(span for span in hits):
        yield Hit(start, end, fixes=tuple(_without_name(text, start)))


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    for found in _NUMBER.finditer(text):
        yield care.clause(text, found.start())
    for found in _BIRTH.finditer(text):
        yield care.clause(text, 0 if found.start() < 60 else found.start())


def _named_clients(text: str) -> Iterator[tuple[int, int]]:
    for found in _CLIENT_NAMED.finditer(text):
        yield care.clause(text, found.start())


def _named_in_care(text: str, around: Surroundings) -> Iterator[tuple[int, int]]:
    """A name that is no colleague's beside something that is done to clients."""
    starts = [found.start("from") for found in _NAME_AND_STAY.finditer(text)]
    praised = [found.start("who") for found in _NAME_IN_PRAISE.finditer(text)]
    if praised and _DONE_TO_CLIENTS.search(text):
        starts += praised
    if not starts or _COLLEAGUE.search(text) or any(name and name in text for name in around.own_names):
        return
    for start in starts:
        yield care.clause(text, start)


def _keepsakes(text: str, around: Surroundings) -> Iterator[tuple[int, int]]:
    """ "Here is Sam's thank-you card", with a picture to show it: a first name and a sign of care in one frame."""
    gifts = list(_GIFTS_OF_ONE.finditer(text))
    if not (gifts and around.has_picture) or _COLLEAGUE.search(text) or _NOT_FROM_CLIENTS.search(text):
        return
    for found in gifts:
        is_thanks = _THANKS.search(found.group()) is not None
        if is_thanks or care.happened_at_work(care.words_of(text)) or care.speaks_of_care(around):
            yield care.clause(text, found.start())


def _initials(text: str, around: Surroundings) -> Iterator[tuple[int, int]]:
    named = list(_INITIALS.finditer(text))
    if not named or _COLLEAGUE.search(text) or _PRINT.search(text):
        return
    words = care.words_of(text)
    for found in named:
        if care.tells(words, 0, len(words)) or care.happened_at_work(words) or care.speaks_of_care(around):
            yield care.clause(text, found.start("who"))


def _without_name(text: str, start: int) -> Iterator[Fix]:
    """ "my client Odile Farrow" -> "a client": the name goes, the praise stays."""
    found = _CLIENT_NAMED.match(text, start)
    if found is not None and found.group("name"):
        noun = found.group("role")
        yield Fix(SuggestionKind.GENERALISE, found.start(), found.end("name"), f"a {noun}")


_GIFTS = (
    r"(?:[Cc]ards?|[Nn]otes?|[Ll]etters?|[Dd]rawings?|[Pp]aintings?|[Pp]oems?|[Pp]ictures?|[Bb]racelets?"
    r"|[Bb]ouquets?|[Ff]lowers)"
)
_THANK = r"(?:[Tt]hank(?:s|[\s-][Yy]ou)|[Gg]oodbye|[Gg]ood-bye|[Ff]arewell|[Ll]eaving|[Pp]arting)"
_THANKS = grammar.compile(rf"\b{_THANK}\b")
_FIRST_NAME = (
    r"(?!(?:Let|Here|It|That|What|There|Who|How|She|He|Where|When|Today|Yesterday|Tomorrow|Mother|Father|Valentine|Teacher"
    r"|Nurse|Doctor|Children|Women|Men|People|God|Everyone|Somebody|Someone|Nobody|Mum|Mom|Dad|Nan|Gran|Grandma|Grandpa"
    r"|Your|Our|My|The|All|Every|Colleagues|Staff|Students|Readers|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"
    r"|Sunday|Christmas|Easter|New)\b)[A-Z][a-z]{1,15}"
)
_GIFT_OF = grammar.compile(
    rf"\b(?:(?:[Ll]ittle|[Yy]oung|[Oo]ld|[Mm]rs?\.?|[Mm]s\.?)\s+)?{_FIRST_NAME}'s\s+(?:[a-z]+\s+){{0,2}}?"
    rf"(?:{_THANK}\s+)?{_GIFTS}\b",
    case=True,
)
_GIFT_FROM = grammar.compile(
    rf"\b(?:{_THANK}\s+)?{_GIFTS}\s+(?:[a-z]+\s+){{0,3}}?(?:from|by)\s+(?:(?:little|young|old|Mrs?\.?|Ms\.?)\s+)?"
    rf"{_FIRST_NAME}\b(?!\s+[A-Z])",
    case=True,
)
_GIFTS_OF_ONE = grammar.Patterns(_GIFT_OF, _GIFT_FROM)
_NOT_FROM_CLIENTS = grammar.compile(
    r"\b(?:my|our)\s+(?:\w+\s+)?(?:son|daughter|kids?|niece|nephew|grand\w+|wife|husband|partner|sister|brother|friend"
    r"|mum|mom|dad|mother|father|cousin|godson|goddaughter|team|landlord|neighbou?r)\b"
    r"|\b(?:artist|illustrator|etsy|shop|museum|gallery|template|publisher|editor)\b"
)
_TEST = grammar.compile(r"\b(?:test\s+patient|training\s+system|specimen|dummy\s+record|cvs)\b")
_NUMBER = grammar.compile(
    r"\b(?:(?:patient|client|case|file|chart|referral|hospital|nhs|record|medical\s+record|admission"
    r"|episode)\s*(?:id|no\.?|number"
    r"|ref(?:erence)?)?\s*[:#]?\s*#?\s*(?=[\d/ -]{4,14})\d[\d/-]*(?:\s\d{3,4}){0,2}"
    r"|(?:mrn|uhid|hosp\s+no|pt\s+id)\s*[:#]?\s*[a-z]{0,3}-?\d{4,})\b(?!\s*(?:patients|clients|cases"
    r"|files|referrals|people|participants|records|in\s+total))"
)
_BIRTH = grammar.compile(r"\b(?:dob|d\.o\.b\.?|date\s+of\s+birth)\s*:?\s*\d{1,4}[/.\- ]\w{1,9}[/.\- ]\d{2,4}")
_NAME = r"[A-Z][\w'-]+(?:\s+(?:de\s+|van\s+|O')?[A-Z][\w'-]+){0,2}"
_LABELLED = grammar.compile(  # in other languages: a label, and figures that can be a date or a number of a record
    rf"(?<!\w){grammar.any_of('birth_labels')}\s{{0,2}}[:：]?\s{{0,2}}\d{{1,4}}\s?[/.年년-]\s?\d{{1,2}}\s?[/.月월-]\s?\d{{1,4}}"
    rf"|(?<!\w){grammar.any_of('birth_labels')}\s{{0,2}}[:：]?\s{{0,2}}\d{{1,2}}\.?(?:\sde)?\s\w{{3,12}}(?:\sde)?\s(?:19|20)\d\d"
    rf"|(?<!\w){grammar.any_of('record_labels')}\s{{0,2}}(?:n[.º°o]{{1,2}}|nr\.?|№|#)?\s{{0,2}}[:：]?\s{{0,2}}\d[\d/.-]{{3,14}}"
)
_CLIENT_NAMED = grammar.compile(
    r"\b(?:[Mm]y|[Oo]ur|[Aa])\s+(?:(?:former|ex|lovely|dear|brave|first|youngest|oldest|new|little"
    r"|favourite|favorite)[\s-]+)?(?P<role>client|patient|inpatient|outpatient|resident),?\s+"
    rf"(?P<name>(?!PhD|LLC|Services|Rights|Safety|Zoom|Portal|I\b){_NAME})",
    case=True,
)
_NAME_AND_STAY = grammar.compile(
    rf"\b(?P<from>(?:Bed|Bay|Room|Cubicle)\s+\d{{1,3}},?\s+(?:Mr\.?\s+|Mrs\.?\s+|Ms\.?\s+)?{_NAME}"
    r"|(?:Little|little|Wee|wee|Baby|baby|Old|old)\s+(?:Mr\.?\s+|Mrs\.?\s+|Ms\.?\s+"
    rf"|Miss\s+)?{_NAME}(?=[^.!?]{{0,120}}\b(?:today|born|arrived|weighing|kg|bell|cycle|home"
    r"|discharged|died|implant|first|our|us|with|picked|his|her)\b)"
    rf"|(?:Mr|Mrs|Ms|Miss)\.?\s+{_NAME}(?=[^.!?]{{0,80}}\b(?:delivered\s+of|was\s+discharged"
    r"|left\s+hospital|died|our\s+(?:ward|unit|hospice|clinic)|chemo|surgery|operation|crown|hip"
    r"|knee)\b)"
    rf"|{_NAME},?\s+(?:\(\d{{1,3}}\)|\d{{1,3}},)\s+(?=[^.!?]{{0,120}}\b(?:came|had|left|finished"
    r"|presents?|presented|diagnosed|admitted|scan|walking|lost|got|PTSD|OCD|GAD|cancer|neuroblastoma"
    r"|leuka?emia|chemo|surgery|fall)\b))",
    case=True,
)
_NAME_IN_PRAISE = grammar.compile(
    r"\b(?:[Bb]ig\s+hand\s+for|[Ww]ell\s+done,?(?:\s+to)?|[Cc]ongrat(?:s|ulations)(?:\s+to)?"
    r"|[Ss]hout-?\s?out\s+to|[Cc]heer\s+for|[Hh]ear\s+it\s+for|[Pp]roud\s+of|[Rr]ejoicing\s+with"
    r"|[Gg]ood\s+luck\s+to|[Hh]appy\s+(?:birthday|hundredth)\s+to|[Ff]arewell\s+to|[Mm]eet)\s+"
    rf"(?P<who>(?:little\s+|young\s+|our\s+)?(?:Mr\.?\s+|Mrs\.?\s+|Ms\.?\s+)?{_NAME})",
    case=True,
)
_DONE_TO_CLIENTS = grammar.compile(
    r"\b(?:graduated\s+from\s+(?:our|the|my|day)|(?:premarital|couples?|marriage)\s+counsell?ing|chemo"
    r"|last\s+cycle|cochlear|braces|crown|root\s+canal|extraction|implant|discharged|rehab|sober|clean"
    r"|detox"
    r"|on\s+our\s+ward|in\s+our\s+care|with\s+us|with\s+me|delivered\s+of|baby\s+boy|baby\s+girl"
    r"|weeks\s+of\s+(?:therapy|treatment|rehab)|finish(?:ed|ing)\s+(?:\w+\s+)?(?:therapy|treatment"
    r"|counselling|counseling|physio)|caseload|therapy)\b"
)
_COLLEAGUE = grammar.compile(
    r"\b(?:colleague|co-author|trainee|intern|student|supervisor|supervisee|registrar|joins"
    r"|joined\s+(?:us|the\s+team)|doctorate|promotion|promoted|dr\.?|prof\.?|professor|speaker|keynote"
    r"|webinar|workshop|chapter|author|book"
    r"|wrote|paper|award|board|exams?|fellowship|retire[sd]?|retirement|our\s+(?:new\s+)?(?:nurse"
    r"|therapist|psychologist|receptionist|manager|team|director|founder)|qualified|staff|panel)\b"
)
_PRINT = grammar.compile(
    r"\b(?:et\s+al|chapter|eds?\.|journal|case\s+of\s+anna|[A-Z]\.\s+[A-Z][a-z]+\s+and\s+[A-Z]\."
    r"|university|pp?\.\s*\d)|\(\d{4}\)"
)
_INITIALS = grammar.compile(
    r"(?:^|(?<=[\s,:;(\"]))(?P<who>(?:(?!U\.S|U\.K|U\.N|P\.S|N\.B|A\.M|P\.M|E\.U|D\.C|L\.A|B\.A|M\.D"
    r"|M\.A|B\.S|M\.S|Q\.A)[A-Z]\.\s?[A-Z]\.(?!\s?[A-Z][.a-z])(?=[,']|\s+(?:\w+ed\b|finally|just|is"
    r"|was|has|had|who|slept|told|came|went|got|took|said|\d|and))"
    r"|[B-HJ-Z]\.?'s\s+(?=bloods|results|scan|lithium|mum|mom|dad|parents|first|last|session|meds|recovery)"
    r"|(?<=[Ee]asy, )[A-Z]\.(?=\s)|(?<=[Ff]arewell, )[A-Z]\.(?=\s)"
    r"|[B-HJ-Z]\s+(?=finally\s|just\s+(?:took|slept|came|told|finished)|told\s+me)"
    r"|[B-HJ-Z]\.\s+(?=was\s|had\s|came\s|told\s)))",
    case=True,
)
_ANY = grammar.Patterns(
    _NUMBER, _BIRTH, _LABELLED, _CLIENT_NAMED, _NAME_AND_STAY, _NAME_IN_PRAISE, _INITIALS, *_GIFTS_OF_ONE
)

RULE = Rule("C1", find, HITS, NEAR_MISSES, any_language=True, needs=_ANY)
