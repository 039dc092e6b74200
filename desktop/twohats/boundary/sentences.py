"""Cuts a field into sentences, in the plain form that rules read, and finds the way back to the field's own characters.

Plain form: straight quotes, ordinary spaces, ordinary hyphens, nothing invisible. Zero-width and direction characters
inside a word would otherwise hide it from every pattern.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

WINDOW = 900  # characters; a longer "sentence" is cut, so that the cost of a check stays in line with its length


@dataclass(frozen=True, slots=True)
class Plain:
    """A field in plain form. `origin[i]` is where character i stands in the field; None when nothing moved."""

    text: str
    origin: tuple[int, ...] | None = None

    def to_field(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the field behind a stretch of the plain text; neither may be empty."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def plain(text: str) -> Plain:
    """The plain form of a field."""
    replaced = text.translate(_substitutes())
    if not _INVISIBLE.search(replaced):
        return Plain(replaced)
    kept = [index for index, character in enumerate(replaced) if not _INVISIBLE.match(character)]
    return Plain("".join(replaced[index] for index in kept), tuple(kept))


def split(text: str) -> Sequence[tuple[int, int]]:
    """The sentences of a plain text as (start, end), without the spaces around them."""
    return [
        window
        for start, end in _lines(text)
        for sentence in _within(text, start, end)
        for window in _windows(text, *sentence)
    ]


_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f\x00-\x08\x0e-\x1f\x7f]"
)
# Full stops, closing quotes and brackets, then a space or the end.
_STOP = re.compile(r"[.!?\u2026]{1,9}[\"')\]]{0,3}(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|rev|vs|etc|e\.g|i\.e|approx|no|dept|tel|ext|ave|rd|fig|al|cf|jr|sr|inc|ltd|co|est|hon)"
    r"|\b[a-z])\.$",
    re.IGNORECASE,
)
_NOT_ABBREVIATED = re.compile(r"(?:\b(?:i|a|no|co)|\b(?:etc|al))\.$", re.IGNORECASE)
_WRAPPED_AT = 60  # characters: a line this long with no stop, before a small letter, was wrapped by a mail program


@cache
def _substitutes() -> dict[int, str]:
    table = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\u2032"), "'")
    table |= dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"), '"')
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2043"), "-")
    return table | dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    position = text.find("\n")
    while position >= 0:
        after = text[position + 1 : position + 2]
        wrapped = position - start > _WRAPPED_AT and text[position - 1] not in ".!?:;\u2026" and after.islower()
        if not wrapped:
            yield start, position
            start = position + 1
        position = text.find("\n", position + 1)
    yield start, len(text)


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        word = text[max(begin, stop.start() - 10) : stop.end()]
        last = stop.end() >= end
        if not last and stop.group() == "." and _ABBREVIATION.search(word):
            following = text[stop.end() :].lstrip()[:1]
            if not (_NOT_ABBREVIATED.search(word) and following.isupper()):
                continue
        yield begin, stop.end()
        begin = stop.end()
    yield begin, end


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > WINDOW:
        cut = text.rfind(" ", start + WINDOW // 2, start + WINDOW)
        cut = cut if cut > 0 else start + WINDOW
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
