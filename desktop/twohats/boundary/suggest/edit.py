"""One change of a sentence, as small as it can be told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of start..end of a sentence (code points)."""

    start: int
    end: int
    text: str


def as_small_as_can_be(before: str, after: str) -> Edit:
    """The stretch in which two forms of a sentence differ, whole words at both its ends, never empty in `before`."""
    after = after.strip()
    start, most = 0, min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    first, last, stop = start, len(before) - end, len(after) - end
    while first > 0 and (_inside(before, first) or _inside(after, first)):
        first -= 1
    while last < len(before) and (_inside(before, last) or _inside(after, stop)):
        last, stop = last + 1, stop + 1
    if first == last:  # nothing goes: one character beside it stands for the place
        if first > 0:
            first -= 1
        elif before:
            last, stop = 1, stop + 1
    return Edit(first, last, after[first:stop])


def _inside(text: str, at: int) -> bool:
    """Whether a place lies within a word, an address or a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before in _WITHIN:
        return after.isalnum() and at > 1 and text[at - 2].isalnum()
    if after in _WITHIN:
        return before.isalnum() and text[at + 1 : at + 2].isalnum()
    return before.isalnum() and after.isalnum()


_WITHIN = "'\u2019.@-_/:+"
