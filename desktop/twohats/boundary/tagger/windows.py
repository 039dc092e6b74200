"""Parts a long text for the tagger: a few sentences at a time, each part with its neighbours for context."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WHOLE = 900  # characters; a text up to this is read in one piece, as the posts were from which the tagger learned
# Of 250 posts of 420 to 900 characters, 6 were gated otherwise than when read whole, and 7 marked; 1.15 times the text
# was read. Parts of 200 characters, each paragraph by itself, with 80 around: 12, 13 and 1.97.
_PART = 240
_PARAGRAPH = 120  # a shorter one goes with the next: a heading, a line of a list
_CONTEXT = 20


@dataclass(frozen=True, slots=True)
class Window:
    """`start`..`end` is what is read, `first`..`last` what it is read for; code points of the text."""

    start: int
    end: int
    first: int
    last: int


def windows(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Window]:
    """Windows that together are read for every sentence once. An edit changes its own window and those beside it."""
    if not sentences:
        return
    if len(text) <= WHOLE:
        yield Window(0, len(text), 0, len(text))
        return
    parts = list(_parts(text, sentences))
    for number, (first, last) in enumerate(parts):
        start = max(parts[number - 1][0], first - _CONTEXT) if number else first
        end = min(parts[number + 1][1], last + _CONTEXT) if number + 1 < len(parts) else last
        yield Window(_word_start(text, start, first), _word_end(text, end, last), first, last)


def _parts(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences in a row, up to about _PART characters; a paragraph begins a new part unless that before is short."""
    first, last = sentences[0]
    for start, end in sentences[1:]:
        if end - first > _PART or (last - first >= _PARAGRAPH and "\n" in text[last:start]):
            yield first, last
            first = start
        last = end
    yield first, last


def _word_start(text: str, start: int, first: int) -> int:
    """The place of the first whole word from `start` on, so that the context does not begin within one."""
    if start == 0 or text[start - 1].isspace():
        return start
    while start < first and not text[start].isspace():
        start += 1
    return start


def _word_end(text: str, end: int, last: int) -> int:
    if end == len(text) or text[end].isspace():
        return end
    while end > last and not text[end - 1].isspace():
        end -= 1
    return end
