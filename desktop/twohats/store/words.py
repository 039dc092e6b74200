"""Text folded for searching: case, accents and spaces do not matter; and the short preview of a text."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST_PREVIEW = 120
# Combining accents, and surrogates, which cannot be written as UTF-8.
_NOT_SEARCHED = re.compile("[\u0300-\u036f\ud800-\udfff]+")


def folded(parts: Iterable[str]) -> str:
    """One searchable line: lower case, without accents, NUL or lone surrogates, single spaces."""
    text = "\n".join(part for part in parts if part)
    if not text.isascii():
        text = _NOT_SEARCHED.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return " ".join(text.lower().replace("\x00", " ").split())


def terms(query: str) -> tuple[str, ...]:
    """The words that all must occur, folded as the text is."""
    return tuple(dict.fromkeys(folded((query,)).split()))


def preview(*candidates: str) -> str:
    """The first words of the first text that has any, on one line."""
    for text in candidates:
        line = " ".join(_visible(text[: 4 * _LONGEST_PREVIEW]).split())
        if line:
            return line if len(line) <= _LONGEST_PREVIEW else line[: _LONGEST_PREVIEW - 1].rstrip() + "…"
    return ""


def _visible(text: str) -> str:
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
