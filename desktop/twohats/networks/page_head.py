"""What a page says of itself at its head.

Pages come from anywhere, and the parser of the standard library takes time that grows with the square of what a hostile
one holds. So tags are found here, in one pass, and it reads them one by one.
"""

import codecs
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from twohats.networks.wire_text import sendable_line

_MOST_CHARACTERS = 512 * 1024
_MOST_TAGS = 300
_LONGEST_TAG = 8 * 1024
_LONGEST_TITLE = 2000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_START = re.compile(r"<(?:(?P<name>!--|meta|base|title|script|style|noscript|svg|body)(?![\w:-])|/head)", re.IGNORECASE)
_REST_OF_TAG = re.compile(r"""[^"'>]*+(?:(?:"[^"]*+"|'[^']*+')[^"'>]*+)*+>""")
# Of the codecs that Python knows, those that pages are written in; others take long, or decode no text.
_LETTERS = ("utf-8", "utf-16", "iso", "cp", "koi8", "gb", "hz", "big5", "euc", "shift", "mac", "tis", "ascii", "latin")
# What is not looked into, and where it ends.
_CLOSED = {
    "!--": re.compile("-->"),
    **{name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "noscript", "svg")},
}
_TITLE_END = re.compile("</title", re.IGNORECASE)


@dataclass(slots=True)
class PageHead:
    """`title` is the page's own, `base` where its addresses begin (empty: at its own), `told` what stands in its meta
    tags, by property or name in lower case; the first of each counts."""

    title: str = ""
    base: str = ""
    told: dict[str, str] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first of these that is told, on one line."""
        return next((told for name in names if (told := sendable_line(self.told.get(name, "")))), "")


def head_of(data: bytes, content_type: str = "") -> PageHead:
    """What a page says, in the letters that it says it is in; pages that lie are read all the same. Never raises."""
    text = _decoded(data[: 4 * _MOST_CHARACTERS], content_type)[:_MOST_CHARACTERS]
    head = PageHead()
    at = tags = 0
    while tags < _MOST_TAGS and (found := _START.search(text, at)):
        name, at = (found["name"] or "").lower(), found.end()
        if name in ("", "body"):
            break
        if name in _CLOSED:
            end = _CLOSED[name].search(text, at)
            if end is None:
                break
            at = end.end()
            continue
        tags += 1
        rest = _REST_OF_TAG.match(text, at, at + _LONGEST_TAG)
        if rest is None:
            continue
        at = rest.end()
        if name == "title":
            end = _TITLE_END.search(text, at, at + _LONGEST_TITLE)
            head.title = head.title or sendable_line(html.unescape(text[at : end.start() if end else at]))
        else:
            _read(head, name, _attributes(text[found.start() : at]))
    return head


class _OneTag(HTMLParser):
    """The attributes of the tag that is fed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[tuple[str, str | None]] = ()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = attrs


def _attributes(tag: str) -> dict[str, str]:
    parser = _OneTag()
    parser.feed(tag)
    return {name: value or "" for name, value in reversed(parser.found)}


def _read(head: PageHead, tag: str, given: dict[str, str]) -> None:
    if tag == "base":
        head.base = head.base or given.get("href", "").strip()
        return
    name = (given.get("property") or given.get("name", "")).strip().lower()
    if given.get("content", "").strip():
        head.told.setdefault(name, given["content"])


def _decoded(data: bytes, content_type: str) -> str:
    told = _CHARSET.search(content_type) or _CHARSET.search(data[:4096].decode("latin-1"))
    try:
        name = codecs.lookup(told.group(1)).name if told else "utf-8"
    except LookupError:
        name = "utf-8"
    return data.decode(name if name.startswith(_LETTERS) else "utf-8", "replace")
