"""C8: notes, lists and screens of the practice, pasted or pictured."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Severity
from twohats.model.span import Field

HITS = (
    # written before the rule
    "S: reports poor sleep O: tearful A: adjustment disorder P: review in two weeks",
    "Progress note 14/3: patient reports less craving, plan to reduce dose.",
    "Mon 9 Farraday (EMDR), 10 the Koroms (couple), 11 Little B (play).",
    "Invoice for Anna Prior, two sessions, code 90837, unpaid since May.",
    'Intake form of the week: under "reason for visit" he wrote "my horoscope".',
    "Handover: bed 4 for scan, bed 5 self-discharged, side room confused overnight.",
    "Photo of my appointment list for Tuesday, names and all.",
    "Pt denies SI, reports low mood, mother in hospital.",
    "The whiteboard behind me with all the patients' names.",
    "Tomorrow's schedule: 9 Okoro, 10 Winter, 11 the twins.",
    # written after it
    'From the notes: "client states that he has not left the flat since March".',
    "Tonight's theatre list: Bowen hip, Achterberg knee, Silva gallbladder.",
    'Chart says "lives alone with nine cats, declines help".',
    "Screenshot of the waiting list with initials.",
    "O/E: pale, BP 90/50, Hx of falls, lives with son.",
)
NEAR_MISSES = (
    # written before the rule
    "How to write a SOAP note in ten minutes.",
    "A blank intake form is on the website.",
    "Progress notes belong to the record; process notes do not.",
    "Our schedule for the training day: 9 welcome, 10 ethics, 11 coffee.",
    "Template for an invoice, free to adapt.",
    "Whiteboard sessions help teams think.",
    "The intake form takes ten minutes to fill in.",
    "Photo of our new waiting room.",
    "Waiting list figures for the county are out.",
    "S is for subjective, O is for objective.",
    # written after it
    "Screenshots of charts never belong in a group chat.",
    "Notes from a conference on chronic pain.",
    "Monday's programme: 9 registration, 10 keynote, 11 posters.",
    "Send your invoice to accounts by the 5th.",
    "Our chart shows rates by county.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every stretch that is, or shows, a paper of care; in a picture's words the bare mention is enough."""
    text = sentence.text
    spans = [care.clause(text, found.start("from")) for found in _PAPERS.finditer(text)]
    spans.extend((0, found.end()) for found in _FROM_NOTES.finditer(text))
    spans.extend(_parts_of_note(text, around))
    in_picture = _IN_PICTURE.search(text) if sentence.field in {Field.ALT, Field.FILE_NAME} else None
    if not (spans or in_picture) or _TEACHING.search(text):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)
    if in_picture and not spans:
        yield Hit(in_picture.start(), in_picture.end(), severity=Severity.STOP)


def _parts_of_note(text: str, around: Surroundings) -> Iterator[tuple[int, int]]:
    """ "S: low mood. O: tearful. A: ...": the lettered parts of a note, on one line or over several."""
    own = list(_PART.finditer(text))
    if not own:
        return
    nearby = f"{around.before}\n{text}\n{around.after}"
    letters = "".join(found.group("letter")[0] for found in _PART.finditer(nearby))
    if _DEFINES_PARTS.search(nearby):
        return
    is_whole = any(order in letters for order in _ORDERS)
    is_begun = any(order[at : at + 2] in letters for order in _ORDERS for at in range(len(order) - 1))
    if is_whole or (is_begun and _CLINICAL.search(nearby)):
        yield care.clause(text, own[0].start("letter"))


_SURNAME = r"(?:the\s+)?[A-Z][a-z'-]{2,20}(?:\s+[A-Z][a-z'-]*)?"
_PART = grammar.compile(
    r"(?:^|[\s/|;,*(-])(?P<letter>[SOAPDBIR]|Subjective|Objective|Assessment|Plan|Data|Behaviou?r|Intervention|Response)"
    r"\s?[:=]\s",
    case=True,
)
_ORDERS = ("SOA", "OAP", "DAP", "BIR", "IRP")
_DEFINES_PARTS = grammar.compile(  # a lesson on notes, not a note
    r"\b(?:S|O|A|P|D|B)\s?[:=]\s(?:is\s|for\s|the\s|stands|subjective|objective|assessment|plan\b|what|how|your|stop\b"
    r"|specific|observe\b|ask\b|action\b|data\b|behaviou?r\b)"
    r"|\bQ\s?[:=]\s|\b(?:template|acronym|stands\s+for|how\s+to|example\s+note|learning\s+objectives?)\b"
)
_CLINICAL = grammar.compile(
    r"\b(?:reports?|denies|endorses|presents|states|pt|client|patient|mood|affect|tearful|anxious|anxiety|sleep|appetite|si"
    r"|suicidal|orient\w+|insight|gad|mdd|ptsd|adhd|ocd|depress\w+|adjustment|disorder|follow[\s-]?up|review|refer\w*|cbt"
    r"|emdr|sertraline|mg|weeks?|pain|bp|continue)\b"
)
_PAPERS = grammar.Patterns(
    grammar.compile(
        r"(?P<from>\b(?:pt|patient|client)\s+(?:denies|reports|presents\s+with|states|endorses|c/o"
        r"|complains\s+of)\b(?!\s+(?:should|often))[^.!?]{4,})"
    ),
    grammar.compile(
        r"(?P<from>\b(?:o/e|hx|pmh|rx|hpi|imp)\s*:\s*[^.!?]{4,}\b(?:lives|hx|bp|pain|scan|mg|year|falls)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|[Tt]omorrow's\s+(?:schedule|list|clinic)"
        r"|[Tt]onight's\s+(?:\w+\s+)?list|[Tt]oday's\s+(?:\w+\s+)?(?:list|clinic|diary|planner)"
        r"|[Tt]heatre\s+list"
        r"|[Aa]ppointments?(?:\s+list)?)\b[^.!?\n]{0,20}?:?\s+(?:\d{1,2}(?:[:.]\d\d)?\s+)?(?!Welcome"
        rf"|Keynote|Ethics){_SURNAME}\s*(?:\([\w\s-]{{2,20}}\)|hip|knee|gallbladder|hernia|chemo"
        r"|review)?,\s+(?:and\s+)?(?:\d{1,2}(?:[:.]\d\d)?\s+(?!coffee|lunch|keynote|ethics"
        r"|posters)(?:the\s+)?[A-Z]|[A-Z][a-z]+\s+(?:hip|knee|gallbladder|hernia)))",
        case=True,
    ),
    grammar.compile(r"(?P<from>\binvoice\s+(?:for|to)\s+[A-Z][a-z]+\s+[A-Z][a-z]+)", case=True),
    grammar.compile(
        r"(?P<from>\bInvoice\s+(?:for|to)\s+[A-Z][a-z]+\s+[A-Z][a-z]+[^.!?]{0,60}\b(?:session|sessions"
        r"|code|unpaid|visit))",
        case=True,
    ),
    grammar.compile(r"\bintake\s+form\s+of\s+the\s+\w+:\s*(?P<from>\S)"),
    grammar.compile(r"(?P<from>\bunder\s+\"[^\"]{3,40}\"\s+(?:he|she|they|one\s+\w+)\s+(?:wrote|put|ticked|answered))"),
    grammar.compile(
        r"(?P<from>\b(?:from\s+(?:the|my|her|his)\s+notes|(?:the|her|his)?\s*chart\s+says|notes\s+say"
        r"|referral\s+(?:letter\s+)?(?:says|reads))\s*:?\s*\")"
    ),
    grammar.compile(
        r"(?P<from>\b(?:progress|session|process|nursing|case|admission|discharge)\s+notes?\s+(?:\d"
        r"|of\s+(?:today|yesterday)|from\s+(?:today|yesterday|this\s+morning))[^.!?]{0,20}:)"
    ),
    grammar.compile(r"(?P<from>\bhandover\s*:\s*(?:bed|bay|room|side\s+room)\b)"),
    grammar.compile(
        r"(?P<from>\b(?:photo|picture|pic|screenshot|screen\s?shot|snap|scan)\s+of\s+(?:my|our|the|a|his"
        r"|her)\s+(?:\w+\s+){0,2}?(?:appointment\s+list|appointments|schedule|diary|planner|caseload"
        r"|waiting\s+list|patient\s+list|clinic\s+list|chart|notes|whiteboard|ward\s+board|intake\s+form"
        r"|file|handover)\b[^.!?]{0,30}\b(?:names?|initials|patients?|clients?|and\s+all|on\s+\w+day"
        r"|for\s+\w+day))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:the|our|my)\s+(?:\w+\s+)?whiteboard\b[^.!?]{0,40}\b(?:patients'?|clients'?|names|initials)\b)"
    ),
)
_FROM_NOTES = grammar.compile(
    r"\bit(?:'s|\s+is)\s+(?:all\s+)?in\s+(?:her|his|your|the)\s+(?:notes|file|chart|records?)\b"
)
_TEACHING = grammar.compile(
    r"\b(?:template|blank|how\s+to|never\s+belong|example\s+note|free\s+to\s+adapt|training\s+day|programme)\b"
)
_IN_PICTURE = grammar.compile(
    r"\b(?:intake[\s_-]forms?|progress[\s_-]notes?|session[\s_-]notes?|case[\s_-]notes?"
    r"|patient[\s_-]lists?|client[\s_-]lists?|whiteboard|schedule|appointment[\s_-]list"
    r"|clinic[\s_-]list|medical[\s_-]records?|patient[\s_-]chart|handover[\s_-]sheet|caseload)\b"
)

RULE = Rule("C8", find, HITS, NEAR_MISSES, needs=grammar.Patterns(*_PAPERS, _FROM_NOTES, _PART, _IN_PICTURE))
