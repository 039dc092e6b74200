"""C4: the hour, the bed, the door or the admission that stands for one client."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Fix, Hit, Rule, Sentence, Surroundings
from twohats.model.finding import SuggestionKind

HITS = (
    # written before the rule
    "My Monday 2pm cancelled again.",
    "Three admissions at Larchmont General before breakfast.",
    "Home visit on Quarry Lane this morning and nobody answered.",
    "My 4 o'clock just asked for a refund on his childhood.",
    "First couple of the day did not speak at all.",
    "Bed 11 sang to the night nurse until four.",
    "My Thursday noon forgot her shoes.",
    "9:30 told me the dog had eaten the worksheet.",
    "The lady in room 12 thinks I am the plumber.",
    "Bay 2 bed 5 tried to tip me.",
    # written after it
    "My one o'clock sat in the car park the whole hour.",
    "My 11am ran over, huge breakthrough about the brother.",
    "Look at my 3pm, who argued with the clock.",
    "Last night's visit on Fell Street ended with tea.",
    "Made it out to the family on Pine Road before the snow.",
    "My Wednesday evening gentleman only talks with the lamp off.",
    "Just out of my noon and I need a minute.",
    "Today's four o'clock brought cake.",
)
NEAR_MISSES = (
    # written before the rule
    "Groups run Mondays at 2.",
    "Larchmont General hired two psychologists.",
    "Book a Thursday slot online.",
    "My 10:30 today is a webinar on sleep.",
    "Bed 11 will be closed for repairs.",
    "Home visits are free for newborns.",
    "Room 12 is now a quiet room.",
    "We open at 9:30 on Fridays.",
    "Admissions close at the end of March.",
    "My Tuesday lecture moves to hall B.",
    # written after it
    "Our first couples workshop of the year is full.",
    "My 3pm talk is in the main hall.",
    "The noon group has two places left.",
    "Admissions for self-harm rose by 12% last year.",
    "My Friday afternoon is free for supervision.",
    "Doors at 7 o'clock, talk at 7.30.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every appointment, bed, address or admission that somebody happened in."""
    text = sentence.text
    if not _ANY.is_possible(text):
        return
    words = care.words_of(text)
    told = care.tells(words, 0, len(words)) or _AFTER_SLOT.search(text) is not None
    spans = [care.clause(text, found.start("who")) for found in _SLOT.finditer(text) if told or found.group("person")]
    if spans and _AN_EVENT.search(text):
        spans = []
    if not _ROOM_NEWS.search(text):
        spans.extend(
            care.clause(text, found.start("who")) for found in _PLACE.finditer(text) if told or found.group("someone")
        )
    spans.extend(care.clause(text, found.start("who")) for found in _VISIT.finditer(text))
    if not spans or not care.is_told_as_story(sentence, around):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end, fixes=tuple(_without_time(text, start)))


def _without_time(text: str, start: int) -> Iterator[Fix]:
    """ "My Monday 2pm cancelled" -> "A client cancelled": the hour goes."""
    found = _SLOT.match(text, start)
    if found is not None and not found.group("person") and found.group("mine"):
        article = "A client" if text[start].isupper() else "a client"
        yield Fix(SuggestionKind.GENERALISE, start, found.end(), article)


_PEOPLE = (
    r"(?:lady|gentleman|man|woman|lad|lass|couple|chap|bloke|guy|kid|teen|girl|boy|barrister|family"
    r"|client|patient|farmer|teacher|nurse|banker|lawyer|widow|widower|student|dad|mum|mom|newcomer)"
)
_SLOT = grammar.compile(
    r"(?P<who>\b(?P<mine>my|our|today's|yesterday's|this\s+(?:morning"
    rf"|afternoon)'s)\s+(?:{care.DAY}\s+)?(?:(?:at\s+)?{care.HOUR}|(?<=day\s)(?:noon|midday|four|five|six|two"
    r"|three|nine|ten))(?!\s*(?:talk|lecture|class|workshop|webinar|meeting|group|slot|train|flight"
    r"|alarm|keynote|supervision|call|coffee|run|shift|[\w-]+\s+(?:group|class|workshop)|-))"
    rf"|\b(?:my|our|today's|yesterday's)\s+{care.DAY}\s+(?:(?:morning|afternoon|evening|night"
    rf"|noon)\s+)?(?P<person>{_PEOPLE})\b"
    rf"|^{care.HOUR}\s+(?=told|asked|said|cried|no-showed|cancelled|canceled|just|brought|came)"
    r"|\b(?:first|last|second|third|next)\s+(?:couple|client|patient|family"
    r"|one)\s+(?:of\s+the\s+(?:day|morning|night|shift)|off\s+the\s+\w+|through\s+the\s+door)\b)"
)
_AFTER_SLOT = grammar.compile(
    r"\b(?:again|no-show(?:ed)?|late|cancels|arriving|arguing|ran\s+over|running\s+late|only\s+talks|won't)\b"
)
_AN_EVENT = grammar.compile(
    r"\b(?:keynote|webinar|lecture|talk|workshop|seminar|train|flight|meeting|rehearsal|dentist"
    r"|haircut|podcast|interview|slides|main\s+hall|hall\s+b|supervision\s+group)\b"
)
_PLACE = grammar.compile(
    r"(?P<who>\b(?:(?:bay|ward)\s+\d{1,2},?\s+)?bed\s+(?:\d{1,3}|(?:one|two|three|four|five|six"
    r"|seven|eight|nine|ten)\b)"
    r"|(?P<someone>\b(?:the|a|an|our|my|yesterday's|today's)\s+(?:[\w'-]+\s+){0,3}?(?:lady|gentleman"
    r"|man|woman|lad|mum|mom"
    r"|dad|couple|boy|girl|baby|twins|chap|fella|patient|widow|widower|one|gran|granny|nun|teen"
    r"|kid)\s+(?:in|from|on)\s+(?:bed"
    r"|room|bay|cubicle|theatre|ward|flat|cell)\s+(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|^bed\s+\d{1,3}\s+you\b)"
    rf"|\b(?:consulting\s+room|room|cubicle|resus|flat)\s+\d{{1,3}}\s+(?:just\s+now|on\s+{care.DAY}"
    r"|this\s+morning|last\s+night|today)\b"
    rf"|\bin\s+bed\s+\d{{1,3}}\b)"
)
_ROOM_NEWS = grammar.compile(
    r"\b(?:closed|repairs|renovat\w+|new\s+(?:room|bed)|painted|reopen\w*|for\s+(?:hire|rent)|moved\s+to|reserved)\b"
)
_VISIT = grammar.compile(
    r"(?P<who>\b(?:two|three|four|five|six|seven|\d)\s+no-shows?\s+(?:since|this\s+(?:week|month)|in\s+a\s+row)\b"
    r"|\bhome\s+visit\s+(?:on|off|in|to|at|near)\s+(?:the\s+)?[\w' ]{2,30}?(?=\s+(?:this|today"
    r"|yesterday|last|and|where|,|:|road)|[,:.])"
    r"|\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+)admissions?\s+(?:at|to"
    r"|from|in|before|after|since|overnight|last\s+night|tonight)\b(?!\s+(?:rose|fell))"
    r"|\b(?:last\s+night's|yesterday's|today's|this\s+morning's|friday's|monday's|thursday's"
    r"|the)\s+(?:visit|job|call-?out|callout)\s+(?:on|in|at|to|last|off)\s+[\w' ]{3,30}"
    r"|\b(?:made\s+it\s+(?:out\s+)?to|visited|drove\s+out\s+to|called\s+on)\s+(?:a|the)\s+(?:family"
    r"|couple|lady|man|woman|house|farm)\s+(?:on|in|off|at|near)\s+"
    r"|\b(?:sent|closed|stitched|delivered|lost|blue-lighted|resuscitated|intubated)\s+(?:one|two"
    r"|a\s+(?:leg|baby|\d[\d.]*))\s+[\w\s]{0,30}?(?:by\s+ambulance|on\s+\w+day|last\s+night|today"
    r"|this\s+morning|from\s+the)\b"
    r"|\bjust\s+out\s+of\s+my\s+(?:noon|\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m)?)\b)"
)
_ANY = grammar.Patterns(_SLOT, _PLACE, _VISIT)

RULE = Rule("C4", find, HITS, NEAR_MISSES, needs=_ANY)
