"""Where a network folds a post until a reader asks for more, at the end of a word."""

from collections.abc import Mapping
from typing import Any

from twohats.networks.limits import limits_of
from twohats.networks.writing.counting import GRAPHEME


def fold(text: str, network: str) -> int | None:
    """The code point up to which a text is shown; None where all of it is, or the network folds nothing.

    Networks fold after so many lines on the screen. How many letters a line holds is a measure of a wide screen, so
    this is where the fold will about be.
    """
    try:
        rule: Mapping[str, Any] | None = limits_of(network).get("fold")  # Any: numbers and links
    except FileNotFoundError:
        return None  # a network that others wrote
    return fold_after(text, int(rule["lines"]), int(rule["width"])) if rule else None


def fold_after(text: str, lines: int, width: int) -> int | None:
    """The same for any number of lines of `width` graphemes."""
    start, left = 0, lines
    end = len(text.rstrip())
    while start < end:
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        taken, stop = _rows(text, start, line_end, left, width)
        if stop is not None:
            return stop if text[stop:end].strip() else None
        left -= taken
        start = line_end + 1
        if not left:
            shown = len(text[:line_end].rstrip())
            return shown if start < end else None
    return None


def _rows(text: str, start: int, end: int, left: int, width: int) -> tuple[int, int | None]:
    """How many rows one line takes, at least one; or where it is cut, when it takes more than are left."""
    most = left * width
    seen, cut = 0, start
    for found in GRAPHEME.finditer(text, start, end):
        seen += 1
        if seen > most:
            return left, _word_end(text, start, cut)
        cut = found.end()
    return max(1, -(-seen // width)), None


def _word_end(text: str, start: int, cut: int) -> int:
    """The end of the last word before the cut; the cut itself inside the first word."""
    if text[cut : cut + 1].isspace():
        return len(text[:cut].rstrip())
    for at in range(cut - 1, start, -1):
        if text[at].isspace():
            return max(start, len(text[:at].rstrip()))
    return cut
