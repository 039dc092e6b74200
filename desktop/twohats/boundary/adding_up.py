"""Adds up weak signs over the sentences of a post: details of one unnamed person in care that together may name them.

A rule sees one sentence; here the story is followed from sentence to sentence, as far as it is told without a break.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twohats.boundary import grammar
from twohats.boundary.clues import Clue, clues_in
from twohats.boundary.joining import Heard
from twohats.boundary.rule import Hit
from twohats.boundary.tagger.reading import Limits, Reading
from twohats.model.finding import Category, Severity

HINT = 0.25  # the tagger's probability from which a stretch may tell of a client, if details stand beside it
_WARNS, _STOPS = 2, 3  # kinds of details (DOMAIN, C3)


def add_up(
    heard: Sequence[Heard], reading: Reading, sentences: Sequence[tuple[int, int]], text: str, limits: Limits
) -> list[Heard]:
    """The hits, and for each story of a client whose details add up one C3 in place of what was said more softly.

    `sentences` are the places of the sentences in `text`, in code points.
    """
    kept = list(heard)
    for story in _stories(heard, reading, sentences):
        words = [text[slice(*sentences[number])] for number in story.sentences]
        if any(_is_of_many(one) for one in words):
            continue
        clues = [(number, clue) for number, one in zip(story.sentences, words, strict=True) for clue in clues_in(one)]
        kinds = {clue.kind for _, clue in clues}
        if len(kinds) < _WARNS:
            continue
        is_sure = story.is_by_rule or story.sure >= limits.mark
        severity = Severity.STOP if len(kinds) >= _STOPS and is_sure else Severity.WARN
        softer = [one for one in kept if one.sentence in story.sentences and _tells_of_a_client(one)]
        if any(one.hit.severity is None or one.hit.severity >= severity for one in softer):
            continue
        kept = [one for one in kept if one not in softer]
        kept.append(_combination(story, clues, sentences, severity))
    return kept


@dataclass(frozen=True, slots=True)
class _Story:
    """Sentences in a row that tell of a client; start..end is the first of their stretches, in the text."""

    sentences: tuple[int, ...]
    start: int
    end: int
    sure: float
    is_by_rule: bool


def _stories(heard: Sequence[Heard], reading: Reading, sentences: Sequence[tuple[int, int]]) -> Iterator[_Story]:
    places: dict[int, list[tuple[int, int, float, bool]]] = {}
    for one in heard:
        if _tells_of_a_client(one):
            begin = sentences[one.sentence][0]
            place = (begin + one.hit.start, begin + one.hit.end, one.sure, one.by_rule)
            places.setdefault(one.sentence, []).append(place)
    for stretch in reading.stretches:
        if stretch.category is Category.CLIENT and stretch.sure >= HINT:
            for number, (start, end) in enumerate(sentences):
                if start <= stretch.start and stretch.end <= end:
                    places.setdefault(number, []).append((stretch.start, stretch.end, stretch.sure, False))
    run: list[int] = []
    for number in sorted(places):
        if run and number - run[-1] > 1:
            yield _story(run, places)
            run = []
        run.append(number)
    if run:
        yield _story(run, places)


def _story(run: Sequence[int], places: dict[int, list[tuple[int, int, float, bool]]]) -> _Story:
    told = [place for number in run for place in places[number]]
    start, end, _, _ = told[0]
    return _Story(tuple(run), start, end, max(place[2] for place in told), any(place[3] for place in told))


def _combination(
    story: _Story, clues: Sequence[tuple[int, Clue]], sentences: Sequence[tuple[int, int]], severity: Severity
) -> Heard:
    first = story.sentences[0]
    begin = sentences[first][0]
    signs = tuple(
        (sentences[number][0] + clue.start - begin, sentences[number][0] + clue.end - begin) for number, clue in clues
    )
    reason = "many" if severity is Severity.STOP else ""
    hit = Hit(story.start - begin, story.end - begin, Category.CLIENT, severity, reason, clues=signs)
    return replace(Heard("C3", hit, first), by_rule=story.is_by_rule, sure=story.sure)


def _tells_of_a_client(one: Heard) -> bool:
    return one.rule.startswith("C")


def _is_of_many(sentence: str) -> bool:
    return grammar.is_citation(sentence) or grammar.is_hypothetical(sentence)
