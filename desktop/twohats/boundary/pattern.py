"""Patterns that are built when first used, and that dismiss most sentences without the regex engine.

Hundreds of patterns look at every sentence, and nearly all of them find nothing. So a pattern is first asked whether
the sentence holds one of the words that each of its matches needs, then once more in small letters, where the engine
skips ahead several times faster than when it must ignore case.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, TypeAlias


class Pattern:
    """A regular expression; one object for each source (see `compile`)."""

    __slots__ = ("_built", "_case", "_known", "_needs", "_small", "source")

    def __init__(self, source: str, case: bool) -> None:
        self.source = source
        self._case = case
        self._needs: tuple[str, ...] | None = None
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
        return self._pattern().match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text, or None."""
        return self._pattern().fullmatch(text)

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Every match, left to right, none overlapping."""
        return self._pattern().finditer(text, start) if self._may_match(text) else iter(())

    def built(self) -> tuple[re.Pattern[str], ...]:
        """The expressions behind it, for those who prove them quick."""
        small = () if self._case else (re.compile(in_small_letters(self.source)),)
        return (self._pattern(), *small)

    def _may_match(self, text: str) -> bool:
        known = self._known.get(text)  # many rules ask the same pattern about the same few sentences in turn
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known = {}
            known = self._known[text] = self._may_match_afresh(text)
        return known

    def _may_match_afresh(self, text: str) -> bool:
        lowered = _lowered(text)
        if self._needs is None:
            self._needs = needed_words(self.source)
        if self._needs:
            for word in self._needs:
                if word in lowered:
                    break
            else:
                return False
        if self._case:
            return True
        if self._small is None:
            self._small = re.compile(in_small_letters(self.source))
        return self._small.search(lowered) is not None

    def _pattern(self) -> re.Pattern[str]:
        if self._built is None:
            self._built = re.compile(self.source, re.RegexFlag(0) if self._case else re.IGNORECASE)
        return self._built


@cache
def compile(source: str, *, case: bool = False) -> Pattern:
    """The pattern of a source; one object for each. `case` makes capitals count."""
    return Pattern(source, case)


def in_small_letters(source: str) -> str:
    """The source of a pattern for text in small letters: escapes (\\W) and the marks of groups ((?P<x>) stay."""
    return re.sub(r"\\.|\(\?P[<=>]\w*|[^\W\d_]", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), source)


def needed_words(source: str) -> tuple[str, ...]:
    """Pieces of text in small letters, one of which stands in every match; () when none can be named."""
    if _parse is None:
        return ()
    pieces = _needed(_parse(in_small_letters(source)))
    return tuple(sorted(pieces)) if pieces else ()


_REMEMBERED = 8  # texts
_MOST_WORDS = 40  # more than these are no quicker than the expression itself
_LEAST_LETTERS = 2

_Tree: TypeAlias = Any  # plain lists and tuples, as deep as the expression

try:
    # Undocumented, hence the care: without it every answer is the same, only slower.
    from re import _parser  # type: ignore[attr-defined]

    _parse: Callable[[str], _Tree] | None = _parser.parse
except ImportError:
    _parse = None


@lru_cache(maxsize=64)
def _lowered(text: str) -> str:
    return text.lower()


def _needed(sequence: Iterable[_Tree]) -> frozenset[str] | None:
    """The best of what the parts of a sequence need: few pieces, and long ones."""
    offers: list[frozenset[str]] = []
    run = ""
    for kind, value in [*sequence, (None, None)]:
        if str(kind) == "LITERAL" and value < 0x10000:
            run += chr(value)
            continue
        if len(run) >= _LEAST_LETTERS:
            offers.append(frozenset((run,)))
        run = ""
        pieces = _needed_by(str(kind), value)
        if pieces and len(pieces) <= _MOST_WORDS:
            offers.append(pieces)
    return min(offers, key=lambda offer: sum(4.0 ** -len(piece) for piece in offer), default=None)


def _needed_by(kind: str, value: _Tree) -> frozenset[str] | None:
    match kind:
        case "BRANCH":
            branches = [_needed(branch) for branch in value[1]]
            return None if None in branches else frozenset().union(*(branch for branch in branches if branch))
        case "SUBPATTERN":
            return _needed(value[3])
        case "ATOMIC_GROUP":
            return _needed(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if value[0] >= 1:
            return _needed(value[2])
        case "ASSERT":
            return _needed(value[1])
        case _:
            return None
