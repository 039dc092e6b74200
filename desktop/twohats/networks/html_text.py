"""The words of a piece of HTML, as networks send posts."""

import html
import re

_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|div|li|blockquote|h[1-6]|pre)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MOST = 200_000


def words_of(markup: str) -> str:
    """Paragraphs and lines stay; all else that is not said goes."""
    text = _BLOCK_END.sub("\n\n", _BREAK.sub("\n", markup[:_MOST].replace("\n", " ")))
    return re.sub(r"\n{3,}", "\n\n", html.unescape(_TAG.sub("", text))).strip()
