"""The words of a post that an archive gives as HTML: in one pass, however broken or hostile the markup is."""

import html
import re

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "blockquote", "pre", "figure", "figcaption", "table", "tr", "section", "article")
) | {f"h{level}" for level in range(1, 7)}
_UNSAID = ("script", "style")
_GAP = re.compile(r"[ \t]*\n[ \t\n]*\n[ \t]*")


def words_of(markup: str, *, keeps_lines: bool = False) -> str:
    """Paragraphs and lines stay; tags, comments, scripts and styles go.

    `keeps_lines`: line ends of the source are line ends, as in WordPress, which makes paragraphs of them itself.
    """
    if not keeps_lines:
        markup = markup.replace("\n", " ")
    pieces: list[str] = []
    place = 0
    while (opens := markup.find("<", place)) >= 0:
        pieces.append(html.unescape(markup[place:opens]))
        place = _past(markup, opens, pieces)
    pieces.append(html.unescape(markup[place:]))
    lines = "".join(pieces).split("\n")
    return _GAP.sub("\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


def _past(markup: str, opens: int, pieces: list[str]) -> int:
    """The place behind what begins with this "<"."""
    if markup.startswith("<!--", opens):
        return _behind(markup, "-->", opens + 4)
    tag = _TAG.match(markup, opens)
    if tag is None:
        pieces.append("<")
        return opens + 1
    name = tag[1].lower()
    if name in _UNSAID and markup[opens + 1] != "/":
        return _behind(markup, f"</{name}>", tag.end())
    if name == "br":
        pieces.append("\n")
    elif name in _BLOCKS:
        pieces.append("\n\n")
    return tag.end()


def _behind(markup: str, end: str, start: int) -> int:
    """Behind the next `end`; at the end of all where there is none, so that nothing is looked through twice."""
    found = markup.find(end, start)
    return found + len(end) if found >= 0 else len(markup)
