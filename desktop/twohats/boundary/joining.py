"""Joins what the rules and the tagger say of the same words: one hit a place, told by whoever spoke."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from twohats.boundary import grammar
from twohats.boundary.policy import RuleBook, row_of
from twohats.boundary.rule import Hit
from twohats.boundary.tagger.reading import Limits, Reading, Stretch
from twohats.boundary.telling import variant
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
# What these rules look for is what the tagger has learned to see; of the others' matters it knows little or nothing.
SEEN = frozenset(("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "C2", "D4"))


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
    heard: Sequence[Heard],
    reading: Reading,
    text: str,
    sentences: Sequence[tuple[int, int]],
    book: RuleBook,
    limits: Limits,
) -> list[Heard]:
    """Every rule's hit that stands, with how sure the tagger is of it, and what the tagger alone found.

    `sentences` are the places of the sentences in `text`, which was read, in code points. Where both speak of the same
    words, the tagger's edges and, but for a stop, its category are the better ones. A warning of a rule about what the
    tagger has learned to see, and does not see at all, is let go: two readers that disagree stop nobody at the gate.
    """
    stretches = [stretch for stretch in reading.stretches if stretch.sure >= limits.mark]
    joined: list[Heard] = []
    for one in heard:
        start, end = _place(one, sentences)
        over = [stretch for stretch in stretches if stretch.start < end and start < stretch.end]
        severity = _usual(one, book)
        if over:
            best = max(over, key=lambda stretch: stretch.sure)
            if best.category is _category(one, book):
                joined.append(_with_edges(one, best, sentences[one.sentence]))
            elif severity is Severity.STOP or one.rule not in SEEN:
                joined.append(replace(one, sure=best.sure))
        elif severity is Severity.STOP or one.rule not in SEEN or reading.support(start, end) >= limits.doubt:
            joined.append(one)
    taken = [_place(one, sentences) for one in joined]
    for stretch in stretches:
        if not any(start < stretch.end and stretch.start < end for start, end in taken):
            joined += _of_stretch(stretch, text, sentences, book, limits)
    return joined


def _usual(one: Heard, book: RuleBook) -> Severity:
    return one.hit.severity or row_of(book, one.rule).severities[Hat.PROFESSIONAL]


def _category(one: Heard, book: RuleBook) -> Category:
    return one.hit.category or row_of(book, one.rule).category


def _with_edges(one: Heard, stretch: Stretch, sentence: tuple[int, int]) -> Heard:
    """The hit with how sure the tagger is, and with its edges where they lie in the same sentence."""
    start, end = stretch.start - sentence[0], stretch.end - sentence[0]
    if start < 0 or stretch.end > sentence[1] or one.hit.clues:
        return replace(one, sure=stretch.sure)
    return replace(one, hit=replace(one.hit, start=start, end=end), sure=stretch.sure)


def _of_stretch(
    stretch: Stretch, text: str, sentences: Sequence[tuple[int, int]], book: RuleBook, limits: Limits
) -> Iterator[Heard]:
    rule = HOME[stretch.category]
    usual = row_of(book, rule).severities[Hat.PROFESSIONAL]
    for number, (start, end) in enumerate(sentences):
        if start <= stretch.start and stretch.end <= end:
            severity = min(usual, _severity(stretch, limits))
            if stretch.sure < limits.gate and stretch.category in _NAMED and not _FIRST_PERSON.search(text[start:end]):
                return
            first, last = stretch.start - start, stretch.end - start
            if severity is Severity.WARN and _is_nobodys(text[start:end], first, last):
                severity = Severity.NOTE
            reason = variant(stretch.category, text[stretch.start : stretch.end])
            hit = Hit(first, last, stretch.category, severity, reason)
            yield Heard(rule, hit, number, by_rule=False, sure=stretch.sure)
            return


def _severity(stretch: Stretch, limits: Limits) -> Severity:
    if stretch.sure < limits.gate:
        return Severity.NOTE
    if stretch.category is Category.CLIENT and stretch.sure >= limits.hold:
        return Severity.STOP
    return Severity.WARN


def _is_nobodys(sentence: str, start: int, end: int) -> bool:
    """Whether the words are quoted, reported from print or film, or supposed."""
    return (
        grammar.is_hypothetical(sentence)
        or grammar.is_citation(sentence)
        or grammar.is_quotation(sentence, start, end)
        or _SUPPOSED.search(sentence) is not None
    )


# Faith, origin, orientation and illness are topics too, and nobody is to be marked for naming them.
_NAMED = frozenset((Category.DEMOGRAPHICS, Category.BELIEFS, Category.HEALTH))
_FIRST_PERSON = grammar.compile(rf"\b{grammar.FIRST_PERSON}\b")
_SUPPOSED = re.compile(r"^\W*(?:if|suppose|imagine|say)\b.*\?\W*$", re.IGNORECASE)


def _place(one: Heard, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    start = sentences[one.sentence][0]
    return start + one.hit.start, start + one.hit.end
