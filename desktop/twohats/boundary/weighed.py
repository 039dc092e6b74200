"""What was found, weighed for a hat: one hit a place, and how findings before and after a change compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from twohats.boundary.policy import RulePolicy
from twohats.boundary.rule import Hit
from twohats.boundary.sentences import Plain
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.policy import normalise

Counts: TypeAlias = Mapping[tuple[str, str], tuple[int, Severity]]
"""How many findings there are of a rule about some words, and the gravest of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its weight; start..end in code points of the field, `sentence` its number."""

    row: RulePolicy
    hit: Hit
    severity: Severity
    start: int
    end: int
    sentence: int
    by_rule: bool
    sure: float


@dataclass(frozen=True, slots=True)
class Read:
    """`words` are the sentences in plain form, with one before them and one after them ("" for none); `spoken` their
    languages."""

    form: Plain
    places: Sequence[tuple[int, int]]
    words: list[str]
    spoken: Sequence[str]
    found: list[Found]
    complete: bool


def fold(found: Sequence[Found]) -> list[Found]:
    """One finding a place: the gravest, then what its rule is sure of before what it holds for milder than usual,
    then clients before others before the author, then the longest."""
    ranked = sorted(found, key=_rank)
    kept: list[Found] = []
    for one in ranked:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept


def _rank(found: Found) -> tuple[object, ...]:
    usual = found.row.severities[Hat.PROFESSIONAL]
    is_milder = found.hit.severity is not None and found.hit.severity < usual
    place = place_of(found.row.rule)
    return -found.severity, is_milder, place[0], -(found.end - found.start), place, found.start


def place_of(rule: str) -> tuple[int, int, str]:
    """Where a rule stands among its fellows: by kind, clients first, then by number. For sorting."""
    number = "".join(character for character in rule[1:] if character.isdigit())
    letter = _ORDER.find(rule[:1]) if rule else -1
    return (letter if letter >= 0 else len(_ORDER), int(number or 0), rule)


def to_field(read: Read, found: Found, stretch: tuple[int, int]) -> tuple[int, int]:
    begin = read.places[found.sentence][0]
    return read.form.to_field(begin + stretch[0], begin + stretch[1])


def neighbours(read: Read, number: int) -> tuple[str, str]:
    """The sentences beside one; a line break before the one that begins a paragraph of its own."""

    def parted(first: int) -> str:
        return "\n" if "\n\n" in read.form.text[read.places[first][1] : read.places[first + 1][0]] else ""

    before = parted(number - 1) if number else ""
    after = parted(number) if number + 1 < len(read.places) else ""
    return before + read.words[number], after + read.words[number + 2]


def key_of(text: str, found: Found) -> tuple[str, str]:
    if not found.by_rule:  # its edges move with the words around it; only how many there are can be compared
        return found.row.rule, ""
    return found.row.rule, normalise(text[found.start : found.end])


def counts(text: str, found: Sequence[Found]) -> dict[tuple[str, str], tuple[int, Severity]]:
    """How often each is found, by `key_of`, and how grave the gravest of them is."""
    counted: dict[tuple[str, str], tuple[int, Severity]] = {}
    for one in found:
        key = key_of(text, one)
        count, severity = counted.get(key, (0, one.severity))
        counted[key] = (count + 1, max(severity, one.severity))
    return counted


_ORDER = "CTDSH"
