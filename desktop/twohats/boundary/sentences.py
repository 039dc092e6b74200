"""Cuts a field into sentences, in the plain form that rules read, and finds the way back to the field's own characters.

Plain form: straight quotes, ordinary spaces, ordinary hyphens, no marks of Markdown or HTML, nothing invisible.
Zero-width characters inside a word, or stars around it, would otherwise hide it from every pattern. Targets of links
follow at the end, each as a sentence of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from twohats.boundary.markup import Marks, Stretch, marks_in
from twohats.model.plain_text import UNSENDABLE

WINDOW = 900  # characters; a longer "sentence" is cut, so that the cost of a check stays in line with its length


@dataclass(frozen=True, slots=True)
class Plain:
    """A field in plain form. `origin[i]` is where character i stands in the field; None when nothing moved.

    `wide` says where a character ends that the field writes with several (&eacute;), by where it starts. `pairs` are
    marks that open and close, the inner first. Both in code points of the field.
    """

    text: str
    origin: Sequence[int] | None = None
    wide: Mapping[int, int] = field(default_factory=dict)
    pairs: Sequence[tuple[Stretch, Stretch]] = ()

    def to_field(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the field behind a stretch of the plain text; neither may be empty.

        It takes the closing mark of what it opens and the opening mark of what it closes, where only marks lie
        between, so that a change leaves no lone star behind; a whole sentence takes the marks around it too.
        """
        if self.origin is None:
            return start, end
        first, last = self.origin[start], self._end(end - 1)
        if last <= first:  # across two sentences out of order, at the targets of links
            places = self.origin[start:end]
            return min(places), max(places) + 1
        return self._with_marks(first, last, start, end) if self.pairs else (first, last)

    def _with_marks(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        floor = self._end(start - 1) if start else 0
        ceiling = self.origin[end] if self.origin and end < len(self.text) else self.pairs[-1][1][1] + last
        whole = self._is_whole(start, end)
        for (opens, opened), (closes, closed) in self.pairs:
            if first < closes < last < closed:  # words, and the target of their link
                first, last = min(first, max(opens, floor)), closed
            if closes > ceiling or opened < floor:
                continue
            is_after = last <= closes and closed <= ceiling
            is_before = floor <= opens and opened <= first
            if (first <= opens and opened <= last and is_after) or (whole and is_before and is_after):
                last = closed
            if first <= closes and closed <= last and is_before:
                first = opens
        return first, last

    def _end(self, index: int) -> int:
        place = self.origin[index] if self.origin else index
        return self.wide.get(place, place + 1)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether the stretch reaches from the end of one sentence to the end of the next."""
        before = self.text[max(0, start - 4) : start].rstrip(" ")
        after = self.text[end : end + 1]
        begins = not self.text[:start].strip() if start < 4 else before[-1:] in _ENDS
        return begins and (not after or after == "\n" or (after == " " and self.text[end - 1] in _ENDS))


def plain(text: str) -> Plain:
    """The plain form of a field."""
    seen, places = _visible(text)
    marks = marks_in(seen)
    if marks is None:
        return Plain(seen.translate(_substitutes()), places)
    form = _without(seen, marks)
    if places is None:
        return form
    return Plain(
        form.text,
        [places[index] for index in form.origin or range(len(form.text))],
        {places[start]: places[end - 1] + 1 for start, end in form.wide.items()},
        [((places[a], places[b - 1] + 1), (places[c], places[d - 1] + 1)) for (a, b), (c, d) in form.pairs],
    )


def split(text: str) -> Sequence[tuple[int, int]]:
    """The sentences of a plain text as (start, end), without the spaces around them."""
    found: list[tuple[int, int]] = []
    for start, end in _lines(text):
        begin = start
        for stop in _STOP.finditer(text, start, end):
            first, last = stop.span()
            if last < end and last - first == 1 and text[first] == "." and _is_abbreviated(text, begin, last):
                continue
            _add(found, text, begin, last)
            begin = last
        _add(found, text, begin, end)
    return found


# What is never sent, and what Unicode says a reader does not see (Default_Ignorable_Code_Point, with U+FEFF).
_INVISIBLE = re.compile(
    UNSENDABLE[:-1] + "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|\r(?=\n)"
)
_ENDS = frozenset(".!?\u2026\"')]\n")
# Full stops, closing quotes and brackets, then a space or the end.
_STOP = re.compile(r"[.!?\u2026]{1,9}[\"')\]]{0,3}(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|rev|vs|etc|e\.g|i\.e|approx|no|dept|tel|ext|ave|rd|fig|al|cf|jr|sr|inc|ltd|co|est|hon)"
    r"|\b[a-z])\.$",
    re.IGNORECASE,
)
_NOT_ABBREVIATED = re.compile(r"(?:\b(?:i|a|no|co)|\b(?:etc|al))\.$", re.IGNORECASE)
_WRAPPED_AT = 60  # characters: a line this long with no stop, before a small letter, was wrapped by a mail program


def _visible(text: str) -> tuple[str, list[int] | None]:
    """A text without what nobody sees, and where its characters stand; None when all do where they did."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text, None
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for found in _INVISIBLE.finditer(text):
        pieces.append(text[position : found.start()])
        places.extend(range(position, found.start()))
        position = found.end()
    if position:
        pieces.append(text[position:])
        places.extend(range(position, len(text)))
        text = "".join(pieces)
    return text.replace("\r", "\n"), places if position else None


def _without(text: str, marks: Marks) -> Plain:
    """The plain form of a text with its marks taken out, what stands behind links put at its end."""
    pieces: list[str] = []
    origin: list[int] = []
    wide: dict[int, int] = {}

    def take(start: int, end: int) -> None:
        pieces.append(text[start:end])
        origin.extend(range(start, end))

    def put(characters: str, place: int) -> None:
        pieces.append(characters)
        origin.extend([place] * len(characters))

    def take_shown(start: int, end: int) -> None:
        position = start
        for number in range(bisect_left(cuts, (start,)), len(cuts)):
            cut_start, cut_end = cuts[number]
            if cut_start >= end:
                break
            if cut_start > position:
                take(position, cut_start)
            if cut_start >= position and cut_start in written:
                stand_in = written[cut_start][1]
                if not _INVISIBLE.match(stand_in):
                    put(stand_in, cut_start)
                    wide[cut_start] = cut_end
            position = max(position, cut_end)
        if position < end:
            take(position, end)

    written = marks.written
    cuts = sorted([*marks.dropped, *((start, end) for start, (end, _) in written.items())])
    take_shown(0, len(text))
    for aside in marks.asides:
        put("\n\n", aside.start)
        if aside.lead[1]:
            take_shown(*aside.lead)
            put(" ", aside.start)
        take(aside.start, aside.end)
    return Plain("".join(pieces).translate(_substitutes()), origin, wide, marks.pairs)


@cache
def _substitutes() -> dict[int, str]:
    table = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\u2032"), "'")
    table |= dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"), '"')
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2043"), "-")
    table |= dict.fromkeys((0x2028, 0x2029), "\n")
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


def _is_abbreviated(text: str, begin: int, end: int) -> bool:
    """Whether the full stop before `end` belongs to its word, in a sentence from `begin` on."""
    word = text[max(begin, end - 11) : end]
    if not _ABBREVIATION.search(word):
        return False
    following = text[end:].lstrip()[:1]
    return not (_NOT_ABBREVIATED.search(word) and following.isupper())


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Adds a sentence without the spaces around it, in pieces when it is too long."""
    words = text[start:end].lstrip()
    start = end - len(words)
    end = start + len(words.rstrip())
    while end - start > WINDOW:
        cut = text.rfind(" ", start + WINDOW // 2, start + WINDOW)
        cut = cut if cut > 0 else start + WINDOW
        found.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append((start, end))
