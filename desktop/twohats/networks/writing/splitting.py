"""Cuts a text into the parts of a thread: between paragraphs if it can, else sentences, else words.

Never inside a link, a mention or a hashtag, and inside a word only where it alone is longer than a part. The text of
all pieces with their gaps is the whole text again. Numbers (" 2/3") stand at the end of a part and count with it.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import regex

from twohats.networks.writing.counting import GRAPHEME
from twohats.networks.writing.entities import Dialect, entities_in

Fits = Callable[[str], bool]
"""Whether a text is short enough for one post."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part without its number, and the white space that the cut behind it took (which may be none)."""

    text: str
    gap: str = ""


def split(text: str, fits: Fits, dialect: Dialect, *, is_numbered: bool = False) -> tuple[str, ...]:
    """The posts of a thread, as they are sent; one where the text fits, even if it is empty.

    What leads somewhere in the dialect stays whole; if it alone is too long, it makes a part that does not fit. `fits`
    must find no text too long that is a beginning of one that fits. Takes about twelve calls of it for each part.
    """
    parts = tuple(piece.text for piece in pieces(text, fits, dialect, is_numbered=is_numbered))
    return numbered(parts) if is_numbered else parts


def pieces(text: str, fits: Fits, dialect: Dialect, *, is_numbered: bool = False) -> tuple[Piece, ...]:
    """The same without numbers, but with room for them if `is_numbered`: what a person then edits."""
    end = _end_of_words(text)
    if not end or fits(text[:end]):
        return (Piece(text[:end], text[end:]),)
    cutter = _Cutter(text, end, dialect)
    if not is_numbered:
        return cutter.cut(fits)
    digits = 1
    while True:
        room = _number("9" * digits, "9" * digits)
        cut = cutter.cut(lambda part: fits(part + room), most=10**digits - 1)  # noqa: B023 - called within this turn
        if cut:
            return cut
        digits += 1


def numbered(parts: Sequence[str]) -> tuple[str, ...]:
    """Each part with its number; a single one has none."""
    if len(parts) < 2:
        return tuple(parts)
    return tuple(part + _number(n, len(parts)) for n, part in enumerate(parts, 1))


class _Level(IntEnum):
    """What a cut ends, from the best to the worst."""

    PARAGRAPH = 0
    LINE = 1
    SENTENCE = 2
    CLAUSE = 3
    WORD = 4


@dataclass(frozen=True, slots=True)
class _Cut:
    """The piece before ends at `start`, the one behind begins at `end`."""

    start: int
    end: int
    level: _Level


# How full a part must be, of what it could hold at most, for a cut of this kind to end it.
_LEAST = {_Level.PARAGRAPH: 0.3, _Level.LINE: 0.4, _Level.SENTENCE: 0.45, _Level.CLAUSE: 0.8, _Level.WORD: 0.0}
# The last part is weighed against the one before it when it is shorter than this share of it.
_SHORT = 0.4
# What a cut costs beside unevenness, which is 0 for two halves and 1 for a whole and nothing.
_COST = {_Level.PARAGRAPH: 0.0, _Level.LINE: 0.1, _Level.SENTENCE: 0.25, _Level.CLAUSE: 0.6, _Level.WORD: 0.8}
_MOST_TRIES = 40
# Code points from which on a word is looked into before it is counted whole.
_LONG_WORD = 500

# White space that may be cut away; no-break spaces hold together.
_SPACE = " \t\n\v\f\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
# Or nothing at all behind a stop of Chinese and Japanese, with the brackets and quotes that close there.
_GAP = regex.compile(
    rf"[{_SPACE}]++(?![\p{{M}}\u200d])|(?<=[。！？，、；：][」』）”’]?)(?![。！？，、；：」』）”’\p{{M}}\u200d{_SPACE}])"
)
_IS_SPACE = regex.compile(rf"[{_SPACE}]")
_SENTENCE_END = regex.compile(r"[.!?…。！？]['\"”’»)\]）」』]*+$")
_CLAUSE_END = regex.compile(r"[,;:–—，、；：]['\"”’»)\]）」』]*+$")
_NOT_AN_END = regex.compile(
    r"(?:^|[\s(\[\"“‘])(?:\p{L}|\d{1,2}|(?:\p{L}\.)+\p{L}|dr|mr|mrs|ms|prof|st|vs|cf|no|nr|bzw|approx)\.$",
    regex.IGNORECASE,
)
_BULLET = regex.compile(r"(?:^|\n)[ \t]*+(?:[-*+•–]|\d{1,3}[.)])$")
_LOOKED_BACK = 12  # characters before a cut that say what it ends


def _end_of_words(text: str) -> int:
    end = len(text)
    while end and _IS_SPACE.match(text, end - 1):
        end -= 1
    return end


def _number(index: object, total: object) -> str:
    return f" {index}/{total}"


class _Cutter:
    """One text with the places where it may be cut."""

    def __init__(self, text: str, end: int, dialect: Dialect) -> None:
        self._text = text
        self._end = end
        self._entities = entities_in(text, dialect)
        self._starts = [entity.start for entity in self._entities]
        allowed = (cut for cut in _places(text, end) if not self._is_whole_at(cut.start))
        self._cuts = [*allowed, _Cut(end, len(text), _Level.PARAGRAPH)]
        self._ends = [cut.start for cut in self._cuts]
        self._inside: tuple[int, list[int]] = (0, [])
        self._reaches = {True: 1, False: 1}  # how many steps the last part had: between words, and inside one

    def cut(self, fits: Fits, most: int = sys.maxsize) -> tuple[Piece, ...]:
        """None at all when it takes more than `most`."""
        made: list[tuple[int, _Cut]] = []
        at = 0
        while at < self._end:
            if len(made) == most:
                return ()
            cut = self._next(at, fits)
            made.append((at, cut))
            at = cut.end
        self._even_out(made, fits)
        return tuple(Piece(self._text[start : cut.start], self._text[cut.start : cut.end]) for start, cut in made)

    def _next(self, at: int, fits: Fits) -> _Cut:
        first = bisect_right(self._ends, at)
        if self._ends[first] - at > _LONG_WORD:
            inside = self._inside_word(at, self._cuts[first], fits)
            if inside.start < self._ends[first]:
                return inside
        furthest = self._furthest(at, first, self._ends, fits)
        if furthest < first:
            return self._inside_word(at, self._cuts[first], fits)
        if furthest == len(self._cuts) - 1:
            return self._cuts[furthest]
        reach = self._ends[furthest] - at
        for level, share in _LEAST.items():
            least = bisect_left(self._ends, at + share * reach, first, furthest)
            for n in range(furthest, least - 1, -1):
                if self._cuts[n].level == level:
                    return self._cuts[n]
        return self._cuts[furthest]

    def _inside_word(self, at: int, word: _Cut, fits: Fits) -> _Cut:
        """Between two graphemes of a word that is too long, or behind an entity that is."""
        if self._inside[0] != word.start:
            self._inside = (word.start, list(self._graphemes(at, word.start)))
        ends = self._inside[1]
        first = bisect_right(ends, at)
        furthest = max(first, self._furthest(at, first, ends, fits))
        if ends[furthest] == word.start:
            return word
        return _Cut(ends[furthest], ends[furthest], _Level.WORD)

    def _furthest(self, at: int, first: int, ends: Sequence[int], fits: Fits) -> int:
        """The last of `ends` from `first` on that fits; first - 1 when none does. It looks where it found the last."""
        low, high = first - 1, len(ends)
        guess, step = min(first + self._reaches[ends is self._ends], high) - 1, 1
        while high - low > 1:
            if fits(self._text[at : ends[guess]]):
                low = guess
                guess += step
            else:
                high = guess
                guess -= step
            step *= 2
            if not low < guess < high:
                guess = (low + high) // 2
        self._reaches[ends is self._ends] = max(1, low - first + 1)
        return low

    def _even_out(self, made: list[tuple[int, _Cut]], fits: Fits) -> None:
        """Moves the last cut towards the middle where the last part would be a mere rest."""
        if len(made) < 2:
            return
        (start, cut), (rest, last) = made[-2:]
        if last.start - rest >= _SHORT * (cut.start - start):
            return
        span = range(bisect_right(self._ends, start), bisect_left(self._ends, last.start))
        whole = last.start - start
        costs = sorted(
            (_COST[self._cuts[n].level] + abs(self._ends[n] - start - whole / 2) * 2 / whole, n) for n in span
        )
        for _, n in costs[:_MOST_TRIES]:
            other = self._cuts[n]
            if fits(self._text[start : other.start]) and fits(self._text[other.end : last.start]):
                made[-2:] = [(start, other), (other.end, last)]
                return

    def _graphemes(self, start: int, end: int) -> Iterable[int]:
        for found in GRAPHEME.finditer(self._text, start, end):
            if not self._is_whole_at(found.end()):
                yield found.end()

    def _is_whole_at(self, place: int) -> bool:
        """Whether a cut there would go through an entity."""
        n = bisect_left(self._starts, place) - 1
        return n >= 0 and place < self._entities[n].end


@lru_cache(maxsize=4)
def _places(text: str, end: int) -> tuple[_Cut, ...]:
    """Where a text may be cut, but for what must stay whole; the same for all networks, which ask one after another."""
    found = []
    for gap in _GAP.finditer(text, 0, end):
        start, stop = gap.span()
        level = _level(text, start, stop) if 0 < start < end else None
        if level is not None:
            found.append(_Cut(start, stop, level))
    return tuple(found)


def _level(text: str, start: int, end: int) -> _Level | None:
    """What a cut there ends; None where nothing may be cut."""
    lines = text.count("\n", start, end)
    if lines:
        return _Level.PARAGRAPH if lines > 1 else _Level.LINE
    if text[start - 1].isalnum():
        return _Level.WORD
    back = max(0, start - _LOOKED_BACK)
    if _BULLET.search(text, back, start):
        return None
    if _SENTENCE_END.search(text, back, start):
        is_end = not text[end : end + 1].islower() and not _NOT_AN_END.search(text, back, start)
        return _Level.SENTENCE if is_end else _Level.WORD
    return _Level.CLAUSE if _CLAUSE_END.search(text, back, start) else _Level.WORD
