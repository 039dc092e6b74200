"""Weak signs about one person that together can point to somebody: age, work, place, an event, an illness."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from twohats.boundary import grammar
from twohats.boundary.grammar import any_of, compile


class ClueKind(Enum):
    AGE = "age"
    WORK = "work"
    CONDITION = "condition"
    PLACE = "place"
    EVENT = "event"
    FAMILY = "family"
    HERITAGE = "heritage"
    EMPLOYER = "employer"
    INJURY = "injury"


@dataclass(frozen=True, slots=True)
class Clue:
    """One sign; start..end in code points of the sentence."""

    kind: ClueKind
    start: int
    end: int


@lru_cache(maxsize=256)
def clues_in(sentence: str) -> tuple[Clue, ...]:
    """The clues of a sentence, by place; of two that overlap the earlier kind of the list above stays."""
    kept: list[Clue] = []
    for clue in _all(sentence):
        if not any(clue.start < other.end and other.start < clue.end for other in kept):
            kept.append(clue)
    return tuple(sorted(kept, key=lambda clue: clue.start))


_COUNT = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twins|triplets|quadruplets|quintuplets)"
)
_DISASTER = (
    r"(?:fire|flood|floods|crash|accident|shooting|attack|bombing|explosion|earthquake|hurricane|tornado|storm|wildfire"
    r"|derailment|collapse|robbery|stabbing|war|siege|avalanche|landslide|shipwreck|sinking|trial|funeral|layoffs|closure)"
)
_SCHOOL_OR_FIRM = (
    r"(?:school|primary|college|university|academy|nursery|kindergarten|plant|mill|factory|shipyard|dockyard|mine|colliery"
    r"|base|barracks|prison|parish|church|mosque|temple|abbey|station|depot|quarry|brewery|bakery|embassy|convent|council)"
)

_PATTERNS = (
    (
        ClueKind.AGE,
        compile(
            rf"\b{grammar.AGE}|\b(?:elderly|middle[\s-]aged|teenage|septuagenarian|octogenarian|nonagenarian|centenarian)\b"
            rf"|\b(?:man|woman|boy|girl|lad|lass|teenager|client|patient)\s+of\s+(?:\d{{1,2}}|{grammar.NUMBER_WORD})\b"
        ),
    ),
    (
        ClueKind.FAMILY,
        compile(
            rf"\b(?:mother|father|mum|mom|dad|parent|grandmother|grandfather)\s+of\s+{_COUNT}\b"
            r"|\b(?:twin|triplet|only\s+child|orphan|widow|widower|single\s+(?:mother|father|mum|mom|dad)|newly\s+divorced|adopted"
            rf"|foster\s+child|pregnant)\b|\b(?:with|has|have)\s+{_COUNT}\s+(?:children|kids|sons|daughters|brothers|sisters)\b"
        ),
    ),
    (ClueKind.WORK, compile(rf"\b(?:retired\s+|former\s+|ex[\s-])?{any_of('jobs')}\b(?!\s+training)")),
    (ClueKind.CONDITION, compile(rf"\b(?:rare\s+(?:\w+\s+)?)?{any_of('conditions')}(?!\w)|\brare\s+\w+")),
    (
        ClueKind.INJURY,
        compile(
            r"\b(?:gunshot|amput\w{2,6}|paraly[sz]ed|burns?\s+(?:to|on|over)|badly\s+burned|stabbed|shot\s+(?:in|by)|crushed|head\s+injury"
            r"|spinal\s+injury|broken\s+(?:back|neck|pelvis|jaw)|lost\s+(?:his|her|their|an?|both)\s+(?:left\s+|right\s+)?"
            r"(?:leg|legs|arm|arms|hand|hands|foot|eye|finger|fingers|sight|hearing|voice))\b"
        ),
    ),
    (
        ClueKind.EMPLOYER,
        compile(
            rf"\b(?:from|at|in)\s+(?:the|our|a)\s+(?:[\w-]+\s+){{0,2}}{_SCHOOL_OR_FIRM}\b|\b(?:works|worked|working|teaches|taught|studies"
            r"|studying)\s+(?:at|for)\s+\w+"
        ),
    ),
    (
        ClueKind.EVENT,
        compile(
            rf"\b(?:since|after|before|during|in)\s+(?:the|that|last\s+\w+'s|this\s+\w+'s)\s+(?:[\w-]+\s+){{0,2}}{_DISASTER}\b"
            rf"|\b{grammar.RECENTLY}\b|\b(?:on\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{grammar.MONTH}\b|\b{grammar.MONTH}\s+\d{{1,2}}\b"
            r"|\b(?:in|since)\s+(?:19|20)\d\d\b"
        ),
    ),
    (
        ClueKind.PLACE,
        compile(
            r"\b(?:our|this|a|the\s+same)\s+(?:little\s+|small\s+|tiny\s+|remote\s+|\w+\s+)?(?:town|village|hamlet|island|valley|parish"
            r"|estate|peninsula|croft)\b"
        ),
    ),
    (ClueKind.HERITAGE, compile(rf"\b{any_of('heritage')}\b(?=\s+\w)")),
)
_OF_THE_HOUSE = compile(  # who works where care is given, beside the person in care
    r"\b(?:the|your|our|their)\s(?:\w+\s)?(?:surgeon|paramedic|social\sworker|interpreter|translator|priest|imam|rabbi|pastor"
    r"|vicar|minister|dentist|nursery\snurse)$"
)
_NAMED_PLACE = compile(
    r"\b(?:from|in|near|outside|of)\s+((?!January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|English|French|Spanish)[A-Z][a-z]{2,20}(?:[\s-][A-Z][a-z]{2,20}){0,2})\b",
    case=True,
)


def _all(sentence: str) -> Iterator[Clue]:
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            if kind is ClueKind.WORK and _OF_THE_HOUSE.search(sentence[: found.end()]):
                continue
            yield Clue(kind, found.start(), found.end())
    for found in _NAMED_PLACE.finditer(sentence):
        yield Clue(ClueKind.PLACE, found.start(1), found.end(1))
