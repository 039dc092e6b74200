"""C3: clues about one unnamed person in care that together may point to somebody."""

import re
from collections.abc import Iterable

from twohats.boundary import grammar
from twohats.boundary.clues import Clue, ClueKind, clues_in
from twohats.boundary.grammar import any_of, compile
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Severity
from twohats.model.span import Field

_ONE_PERSON = compile(
    rf"\b(?:an?|one|my|this|that|another)\s+(?:[\w'-]{{1,24}}\s){{0,3}}?(?:{grammar.PERSON}|{grammar.CLIENT_ROLES}|twin)\b"
)
_ONE_AT_WORK = compile(
    rf"\b(?:an?|one|my|this|that|another)\s+(?:[\w'-]{{1,24}}\s)?{any_of('jobs')}\b"
    rf"|^\W{{0,5}}(?:(?:elderly|young|retired|former|teenage|middle-aged)\s+)?"
    rf"(?:{grammar.PERSON}|{any_of('jobs')}|twin|{grammar.AGE})\b"
    rf"|\b(?:\d{{2}}\s?[mf]|{grammar.AGE})\b"
)
_CARE = compile(
    r"\b(?:I|we|I've|we've|I'm|we're)\s+(?:am\s+|are\s+|have\s+|once\s+|just\s+|recently\s+|first\s+|been\s+)?"
    rf"{grammar.CARE}\s"
    r"|^\W{0,5}(?:saw|seeing|treating|treated|assessed|admitted|discharged|met|supervised|consulted\s+on)\s+"
    r"(?:a|an|my|this|another)\b"
    r"|\b(?:my|a|the|this|our|one|new|former)\s+(?:\w+\s+)?(?:client|patient|service\s+user)\b"
    r"(?!\s+(?:portal|safety|group|leaflet))"
    r"|\bmy\s+caseload\b|\b(?:in|our|my|this|last|first|final)\s+sessions?\b|\breferral\b"
    r"|\b(?:in|on|to)\s+(?:my|our)\s+(?:clinic|ward|unit|consulting\s+room|practice|office|couch|books)\b"
    r"|\b(?:presented|presents|presenting)\s+with\b|\b(?:came|comes|sent|referred)\s+to\s+(?:me|us|see\s+me)\b"
)
_WORDY = compile(  # a sentence with one of these is more than a clinician's jotting
    r"\b(?:is|are|was|were|am|be|been|has|have|had|can|could|will|would|should|may|might|must|do|does|did|I|we|you|your|our\s+new"
    r"|join|read|call|see|know|knows|need|needs|why|how|what|when|talk|workshop|webinar|course|group|groups|guide|tips"
    r"|awareness|free|new|study|studies|trial|film|book|novel|play|podcast|training|support|services?|team|clinic)\b"
)
_PRINT = compile(
    r"\b(?:stud(?:y|ies)|research|trial|survey|participants|paper|review|talk|lecture|workshop|webinar|book|novel|film|movie|series"
    r"|documentary|podcast|memoir|character|exam|question|quiz|vignette|demonstration|video|isn't|not|hotline|helpline|line|interpreters?|course|conference|training|colleague|author|speaker|join\s+us|welcome|obituary)\b"
)
_LEAST, _MANY = 2, 3

# Somebody in particular, told of: kin are left to the rules about the author's own life.
_PLAIN_PERSON = (
    r"(?:man|woman|boy|girl|lad|lass|guy|bloke|chap|lady|gentleman|gent|fella|kid|toddler|teenager|teen|couple|widow|widower"
    rf"|newborn|infant|pensioner|newcomer|veteran|{any_of('jobs')}|[\w-]+-year-old|year\s\d{{1,2}}|\w+\sgrader)"
)
_SOMEONE = compile(
    r"\b(?:a|an|the|this|that|one|another|today's|yesterday's|my(?!\s[\w-]+-year-old))\s"
    r"(?:(?!of|and|or|for|in|on|to|with|at|if|who|new|first|good|typical|average|every|gay|queer|straight|tea|three|my)"
    r"[\w'-]{1,20}\s){0,2}?"
    rf"{_PLAIN_PERSON}\b(?!-)(?!'?s?\s+(?:group|club|cent(?:re|er)|class|clinic|health|mental|guide|right|day|network"
    r"|association|programme|program|support|training|mode|sessions?|conference|talk|leave|union|and\s+I))"
)
_ANYBODY = grammar.Patterns(_ONE_PERSON, _ONE_AT_WORK, _SOMEONE)
_HAPPENED = compile(
    r"\b(?:\w{2,}ed|was|were|had|told|said|came|went|got|left|took|made|gave|sat|wept|slept|ate|drank|saw|heard|found|brought"
    r"|kept|lost|won|fell|broke|walked|stood|wrote|read|ran|rang|sang|knew|felt|began|woke|held|lay|hasn't|hadn't|wasn't"
    r"|couldn't|didn't|wouldn't|finally)\b"
)
_WHEN = compile(
    rf"\b(?:{grammar.RECENTLY}|{grammar.CLOCK}|after\s(?:\w+\s){{1,2}}(?:weeks|months|years|sessions)|this\s\w+day)\b"
)
_WHERE = compile(
    r"\b(?:clinic|ward|session|surgery|trolley|theatre|resus|triage|shift|rounds|home\svisits?|caseload|booth|bay|bed|couch"
    r"|waiting\sroom|on\scall|referral|discharged|dressing|drip|operation|transplant|delivered|hospice|therapy|counsell?ing"
    r"|rehab|stroke|sectioned|overdose|tablets|detox|relapse|physio|our\shour|my\soffice|my\sroom|my\scounter|icu)\b"
)
_NOT_TOLD = compile(
    r"\b(?:if|when|whether|should|can|could|would|may|might|must|often|usually|many|most|every|each|any|poem|actor|composite"
    r"|fictional|novelist|invented|imagine|suppose|colleague|trainee|student|journalist|reporter|museum|supervisor|taught|staff|team"
    r"|founder|founded|opened|accused|chairs?|charity|volunteer|president|minister|senator|award|prize|statue|my\s+(?:own|wife|husband|son|daughter))\b"
)


def find(sentence: Sentence, around: Surroundings) -> Iterable[Hit]:
    """Two clues warn, three or more stop, when the sentence tells of one person in care."""
    text = sentence.text
    if sentence.field is Field.FILE_NAME or len(text) < 12 or not _ANYBODY.is_possible(text) or _is_about_many(text):
        return ()
    named = [found for pattern in (_ONE_PERSON, _ONE_AT_WORK) if (found := pattern.search(text))]
    person = min(named, key=lambda found: found.start(), default=None)
    hits = (person and _adding_up(text, person, around)) or _told_of(text, around)
    return () if hits and _PRINT.search(around.before) else hits


def _adding_up(text: str, person: re.Match[str], around: Surroundings) -> tuple[Hit, ...]:
    """Clues of different kinds about one person in care."""
    clues = clues_in(text)
    if len({clue.kind for clue in clues}) < _LEAST or not _is_care(text, around, clues):
        return ()
    kinds = {clue.kind for clue in clues} | _continued(around.after)
    start = min(clues[0].start, person.start())
    end = max(clues[-1].end, person.end())
    severity = Severity.STOP if len(kinds) >= _MANY else Severity.WARN
    signs = tuple((clue.start, clue.end) for clue in clues)
    return (Hit(start, end, severity=severity, reason="many" if severity is Severity.STOP else "", clues=signs),)


def _told_of(text: str, around: Surroundings) -> tuple[Hit, ...]:
    """Somebody in particular, with two of these: what happened, when, and where care is given."""
    someone = _SOMEONE.search(text)
    if someone is None or _NOT_TOLD.search(text):
        return ()
    happened = _HAPPENED.search(text, someone.end()) is not None
    dated = _WHEN.search(text) is not None
    cared_for = _WHERE.search(text) is not None
    if not ((happened and (dated or cared_for)) or (dated and (cared_for or _is_where_care_is_given(around)))):
        return ()
    return (Hit(someone.start(), len(text.rstrip(" .!?\u2026")), severity=Severity.WARN),)


def _is_where_care_is_given(around: Surroundings) -> bool:
    return _WHERE.search(around.before) is not None or _WHERE.search(around.after) is not None


def _is_about_many(text: str) -> bool:
    return (
        grammar.is_citation(text)
        or grammar.is_hypothetical(text)
        or grammar.is_general(text)
        or grammar.is_question(text)
        or _PRINT.search(text) is not None
    )


def _is_care(text: str, around: Surroundings, clues: tuple[Clue, ...]) -> bool:
    if _CARE.search(text):
        return True
    kinds = {clue.kind for clue in clues}
    ailing = bool(kinds & {ClueKind.CONDITION, ClueKind.INJURY})
    if ailing and (_CARE.search(around.before) or _CARE.search(around.after)):
        return not _is_about_many(around.before)
    return ailing and len(kinds) >= _LEAST and not _WORDY.search(text) and len(text) < 160


def _continued(after: str) -> set[ClueKind]:
    """The kinds of clue that the next sentence adds, when it goes on about the same person."""
    if not _GOES_ON.match(after) or _is_about_many(after):
        return set()
    return {clue.kind for clue in clues_in(after)}


_GOES_ON = compile(r"\W{0,9}(?:he|she|they|his|her|their)\b")

RULE = Rule(
    id="C3",
    find=find,
    needs=_ANYBODY,
    hits=(
        "A 34-year-old firefighter from Westbrook with selective mutism.",
        "Saw a teacher from the middle school, panic attacks since the fire.",
        "Elderly twin, rare dementia, our little town.",
        "Mother of quadruplets, postpartum psychosis, last week.",
        "I am treating a retired lighthouse keeper with Capgras.",
        "My patient, a Sikh bus driver, lost his left hand in March.",
        "We admitted a pregnant cellist with catatonia last night.",
        "On my caseload: a widower of 81 who hears voices.",
        "Yesterday's newcomer swore in two languages and thanked us in a third.",
        "Hand clinic: a fisherman who lost a thumb tied his first bowline and wept.",
    ),
    near_misses=(
        "Firefighters have high PTSD rates.",
        "A 2019 study of 34-year-olds.",
        "Selective mutism starts before five.",
        "Talk for teachers at Westbrook Library.",
        "In the film, a 34-year-old firefighter from Westbrook stops speaking.",
        "Many patients are teachers, and many of them have insomnia.",
        "Imagine a 50-year-old farmer with depression who never sees a doctor.",
        "Join us in Harrow for a day on anxiety and autism.",
        "The man who founded our clinic was a carpenter.",
        "A teenager may need a week before the first session feels safe.",
        "If you are a nurse or a teacher with long covid, this group is for you.",
    ),
)
