"""Patterns that are built when first used, and that dismiss most sentences without the regex engine.

Hundreds of patterns look at every sentence, and nearly all of them find nothing. So the words of a sentence say first
which patterns can match it at all (see `sieve`). What is left looks at the sentence in small letters before it looks at
the sentence itself, since the engine skips ahead several times faster when it need not ignore case.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from threading import Lock

from twohats.boundary.needs import in_small_letters, small_letters
from twohats.boundary.sieve import Sieve


class Pattern:
    """A regular expression; one object for each source (see `compile`). `bit` is its own in the sieve."""

    __slots__ = ("_built", "_case", "_known", "_small", "bit", "source")

    def __init__(self, source: str, case: bool) -> None:
        self.source = source
        self.bit = 0  # none yet
        self._case = case
        self._known: dict[str, bool] = {}
        self._built: re.Pattern[str] | None = None
        self._small: re.Pattern[str] | None = None

    def __repr__(self) -> str:
        return f"Pattern({self.source!r})"

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place where it matches, or None."""
        return self._pattern().search(text, start) if self._may_match(text) else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match that begins exactly at `start`, or None."""
        return self._pattern().match(text, start) if self.is_possible(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text, or None."""
        return self._pattern().fullmatch(text) if self.is_possible(text) else None

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Every match, left to right, none overlapping."""
        return self._pattern().finditer(text, start) if self._may_match(text) else iter(())

    def is_possible(self, text: str) -> bool:
        """Whether the words of a text leave a match possible: a "no" is certain, and costs next to nothing."""
        bit = self.bit or _bit_of(self)
        return _sieve.possible(text) & bit != 0

    def built(self) -> tuple[re.Pattern[str], ...]:
        """The expressions behind it, for those who prove them quick."""
        return (self._pattern(),) if self._case else (self._pattern(), self._in_small_letters())

    def _may_match(self, text: str) -> bool:
        bit = self.bit or _bit_of(self)
        if not _sieve.possible(text) & bit:
            return False
        if self._case:
            return True
        known = self._known.get(text)  # many rules ask the same pattern about the same few sentences in turn
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known = {}
            known = self._known[text] = self._in_small_letters().search(_lowered(text)) is not None
        return known

    def _pattern(self) -> re.Pattern[str]:
        if self._built is None:
            self._built = re.compile(self.source, re.RegexFlag(0) if self._case else re.IGNORECASE)
        return self._built

    def _in_small_letters(self) -> re.Pattern[str]:
        if self._small is None:
            self._small = re.compile(in_small_letters(self.source))
        return self._small


class Patterns:
    """Several patterns asked together: those that are not possible cost nothing at all."""

    __slots__ = ("_bits", "_patterns")

    def __init__(self, *patterns: Pattern) -> None:
        self._patterns = patterns
        self._bits = 0

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self._patterns)

    @property
    def bits(self) -> int:
        """Their bits together, for `possible`."""
        return self._bits or self._all_bits()

    def is_possible(self, text: str) -> bool:
        """Whether the words of a text leave a match of any of them possible."""
        bits = self.bits
        return _sieve.possible(text) & bits != 0

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match of the first, then of the second, and so on."""
        for pattern in self._possible(text):
            yield from pattern.finditer(text)

    def found_in(self, text: str) -> Iterator[Pattern]:
        """Those that match somewhere."""
        return (pattern for pattern in self._possible(text) if pattern.search(text))

    def scan(self, text: str) -> Iterator[tuple[Pattern, re.Match[str]]]:
        """Every match with its pattern, left to right, none overlapping; of those at one place the first pattern's."""
        ahead = [(pattern, found) for pattern in self._possible(text) if (found := pattern.search(text))]
        while ahead:
            first, match = min(ahead, key=lambda one: one[1].start())
            yield first, match
            end = max(match.end(), match.start() + 1)
            ahead = [
                (pattern, later)
                for pattern, found in ahead
                if (later := found if found.start() >= end else pattern.search(text, end))
            ]

    def _possible(self, text: str) -> Sequence[Pattern]:
        bits = self.bits  # first: whoever has none yet is in the next sieve
        bits &= _sieve.possible(text)
        return [pattern for pattern in self._patterns if pattern.bit & bits] if bits else ()

    def _all_bits(self) -> int:
        bits = 0
        for pattern in self._patterns:
            bits |= pattern.bit or _bit_of(pattern)
        self._bits = bits
        return bits


@cache
def compile(source: str, *, case: bool = False) -> Pattern:
    """The pattern of a source; one object for each. `case` makes capitals count."""
    pattern = Pattern(source, case)
    _patterns.append(pattern)
    return pattern


def possible(text: str) -> int:
    """The bits of all patterns whose match the words of a text leave possible; for bits that were asked for before."""
    return _sieve.possible(text)


_REMEMBERED = 8  # texts
_patterns: list[Pattern] = []
_sieving = Lock()
_sieve = Sieve(())


def _bit_of(pattern: Pattern) -> int:
    """The bit of a pattern that has none yet; a new sieve holds all there are by now.

    A pattern gets its bit once the sieve that knows it is in place, so that nobody asks an older one about it.
    """
    global _sieve
    with _sieving:
        if not pattern.bit:
            known = list(_patterns)
            _sieve = Sieve([one.source for one in known])
            for number, one in enumerate(known):
                one.bit = 1 << number
    return pattern.bit


@lru_cache(maxsize=64)
def _lowered(text: str) -> str:
    return small_letters(text)
