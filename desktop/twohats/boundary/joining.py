"""Joins what the rules and the tagger say of the same words: one hit a place, told by whoever spoke."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from twohats.boundary.policy import RuleBook, row_of
from twohats.boundary.rule import Hit
from twohats.boundary.tagger.reading import Limits, Reading, Stretch
from twohats.model.finding import Category, Severity
from twohats.model.identity import Hat

# The rule at home in a category: whose weight, reasons and allowances a stretch takes that the tagger alone found.
HOME: Mapping[Category, str] = {
    Category.RELATIONSHIPS: "S1",
    Category.HEALTH: "S2",
    Category.WHEREABOUTS: "S8",
    Category.CONTACT: "S9",
    Category.DEMOGRAPHICS: "S13",
    Category.BELIEFS: "S4",
    Category.FINANCES: "S7",
    Category.PRIVATE_LIFE: "S11",
    Category.FEELINGS: "S10",
    Category.WORKPLACE: "D4",
    Category.CLIENT: "C2",
    Category.THIRD_PARTY: "T4",
    Category.CONDUCT: "D9",
}
READ = "read"  # the reason's variant when nothing but the reading speaks


@dataclass(frozen=True, slots=True)
class Heard:
    """A hit in a sentence. `rule` is an id; `sentence` its number; `by_rule` False: the tagger alone; `sure` is the
    tagger's probability, 0 when it saw nothing there."""

    rule: str
    hit: Hit
    sentence: int
    by_rule: bool = True
    sure: float = 0.0


def join(
    heard: Sequence[Heard], reading: Reading, sentences: Sequence[tuple[int, int]], book: RuleBook, limits: Limits
) -> list[Heard]:
    """Every rule's hit with how sure the tagger is of it, and what the tagger alone found.

    `sentences` are the places of the sentences in the text that was read, in code points. A hit of a rule that the
    tagger does not believe at all is held for a note: two readers that disagree do not stop a person at the gate.
    """
    joined = [_weighed(one, reading, sentences, book, limits) for one in heard]
    taken = [_place(one, sentences) for one in heard]
    for stretch in reading.stretches:
        if stretch.sure < limits.mark or any(start < stretch.end and stretch.start < end for start, end in taken):
            continue
        joined += _of_stretch(stretch, sentences, book, limits)
    return joined


def _weighed(
    one: Heard, reading: Reading, sentences: Sequence[tuple[int, int]], book: RuleBook, limits: Limits
) -> Heard:
    start, end = _place(one, sentences)
    sure = max((s.sure for s in reading.stretches if s.start < end and start < s.end), default=0.0)
    if sure or reading.support(start, end) >= limits.doubt:
        return replace(one, sure=sure)
    usual = one.hit.severity or row_of(book, one.rule).severities[Hat.PROFESSIONAL]
    if usual is not Severity.WARN:
        return one
    return replace(one, hit=replace(one.hit, severity=Severity.NOTE))


def _of_stretch(
    stretch: Stretch, sentences: Sequence[tuple[int, int]], book: RuleBook, limits: Limits
) -> Iterator[Heard]:
    rule = HOME[stretch.category]
    usual = row_of(book, rule).severities[Hat.PROFESSIONAL]
    for number, (start, end) in enumerate(sentences):
        if start <= stretch.start and stretch.end <= end:
            severity = min(usual, _severity(stretch, limits))
            hit = Hit(stretch.start - start, stretch.end - start, stretch.category, severity, READ)
            yield Heard(rule, hit, number, by_rule=False, sure=stretch.sure)
            return


def _severity(stretch: Stretch, limits: Limits) -> Severity:
    if stretch.sure < limits.gate:
        return Severity.NOTE
    if stretch.category is Category.CLIENT and stretch.sure >= limits.hold:
        return Severity.STOP
    return Severity.WARN


def _place(one: Heard, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    start = sentences[one.sentence][0]
    return start + one.hit.start, start + one.hit.end
