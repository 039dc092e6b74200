"""A draft written in Markdown as plain text, for networks that show every sign as it is.

Signs of emphasis, headings and code go; a link becomes its words and its address. All else stays as it was written,
also what Markdown would read as signs and nobody meant so: snake_case, 2*3*4, *_*, addresses with underscores. So only
lines that hold such signs are written anew, and each keeps what stands before it: bullets, numbers, quotes, indents.
"""

import re
from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from twohats.networks.writing.links import links_in


@lru_cache(maxsize=8)
def plain(text: str) -> str:
    """Never raises on any text. Line ends become plain ones."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _Draft(unified).written() if _MAY_HOLD_SIGNS.search(unified) else unified


# What makes a text worth reading as Markdown.
_MAY_HOLD_SIGNS = re.compile(
    r"[\\`*_\[<]|&#?\w+;|^[ \t>*+\-\d.)]*(?:#{1,6}[ \t]|~~~)|^[ \t>]*(?:={3,}|-{3,})[ \t]*$", re.MULTILINE
)
_SIGN = re.compile(r"[\\`*_\[\]&~]")
# Names and faces that stay as they are.
_NAME = re.compile(r"[@#＃][\w@.\-]*[^\W_]|¯\\_\(ツ\)_/¯|[*^<>\-;=]_+[*^<>\-;=](?![^\s.,!?)])")
# What stands before an address that is part of Markdown's own signs.
_IN_SIGNS = re.compile(r"(?:\]\(\s*<?|<|\]:\s*<?)$")
_LOOKED_BACK = 8
_END_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*$")
_END_SIGNS = re.compile(r"[ \t]+#+[ \t]*$")
_LEAST_UNDERLINE = 3
_SPACE = " \t"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})


class _Draft:
    """One text on its way: its lines (None: gone), and what stays behind a sign that Markdown reads as a word."""

    def __init__(self, text: str) -> None:
        self._sign = next((sign for sign in map(chr, range(0xE000, 0xF900)) if sign not in text), "")
        self._kept: list[str] = []
        self._lines: list[str | None] = list(self._masked(text).split("\n"))
        self._used: set[str] = set()

    def written(self) -> str:
        env: MutableMapping[str, Any] = {}  # Any: the parser's own, here for definitions of links
        for token in _parser().parse("\n".join(map(str, self._lines)), env):
            if token.map is None:
                continue
            if token.type == "inline":
                self._write_inline(token.map[0], token)
            elif token.type == "heading_open":
                self._write_heading(token.map[0], token.map[1], token.markup)
            elif token.type == "fence":
                self._drop_fence(token.map[0], token.map[1])
        for definition in env.get("references", {}).values():
            if definition["href"] in self._used:
                for number in range(*definition["map"]):
                    self._lines[number] = None
        return self._unmasked("\n".join(line for line in self._lines if line is not None))

    def _masked(self, text: str) -> str:
        """Addresses, mentions and hashtags that hold signs of Markdown, taken out."""
        if not self._sign:
            return text
        spans = [(start, _end_of_address(text, start, end)) for start, end in links_in(text)]
        spans += [found.span() for found in _NAME.finditer(text)]
        pieces, at, reached = [], 0, 0
        for start, end in sorted(spans):
            if start < reached:
                continue
            reached = end
            if _SIGN.search(text, start, end) and not _IN_SIGNS.search(text[max(0, start - _LOOKED_BACK) : start]):
                pieces += [text[at:start], f"{self._sign}{len(self._kept)}{self._sign}"]
                self._kept.append(text[start:end])
                at = end
        return "".join([*pieces, text[at:]])

    def _unmasked(self, text: str) -> str:
        if not self._kept:
            return text
        return re.sub(f"{self._sign}(\\d+){self._sign}", lambda found: self._kept[int(found[1])], text)

    def _write_heading(self, start: int, end: int, sign: str) -> None:
        """Takes the signs before the words, or the line below them."""
        if sign[0] in "=-":
            if len((self._lines[end - 1] or "").strip(" \t>")) >= _LEAST_UNDERLINE:
                self._lines[end - 1] = None
            return
        before, _, words = (self._lines[start] or "").partition(sign)
        words = _END_SIGNS.sub("", words).strip(_SPACE)
        if words.strip("#"):
            self._lines[start] = before + words

    def _drop_fence(self, start: int, end: int) -> None:
        """One that nobody closed is a row of tildes, and stays."""
        if end - 1 > start and _END_FENCE.match(self._lines[end - 1] or ""):
            self._lines[start] = self._lines[end - 1] = None

    def _write_inline(self, start: int, token: Token) -> None:
        found = [part.strip(_SPACE) for part in token.content.split("\n")]
        text = self._text_of(token.children or ())
        written = [part.strip(_SPACE) for part in text.split("\n")]
        olds = [(line or "").rstrip(_SPACE) for line in self._lines[start : start + len(found)]]
        if written == found or not all(map(str.endswith, olds, found)):
            return
        for number, (old, part) in enumerate(zip(olds, found, strict=True)):
            is_gone = number >= len(written) or (part and not written[number])
            before = old[: len(old) - len(part)]
            self._lines[start + number] = None if is_gone else before + written[number]
        self._close_gap(start, start + len(found))

    def _close_gap(self, start: int, end: int) -> None:
        """A paragraph that went takes the blank line behind it along."""
        is_gone = all(line is None for line in self._lines[start:end])
        if is_gone and end < len(self._lines) and not (self._lines[end] or "").strip():
            self._lines[end] = None

    def _text_of(self, children: Sequence[Token]) -> str:
        out: list[str] = []
        opened: list[tuple[int, int, str]] = []  # where emphasis began, how many words there were, what stood before
        words, last = 0, ""
        link, place = Token("link_open", "a", 1), 0
        for number, child in enumerate(children):
            match child.type:
                case "em_open" | "strong_open":
                    opened.append((len(out), words, last))
                    out.append("")
                case "em_close" | "strong_close":
                    begun, words_before, before = opened.pop()
                    if words == words_before or _is_product(before, children[number + 1 : number + 2], child.markup):
                        out[begun] = child.markup
                        out.append(child.markup)
                case "link_open":
                    link, place = child, len(out)
                case "link_close":
                    out[place:] = [self._link("".join(out[place:]), link)]
                case "softbreak" | "hardbreak":
                    out.append("\n")
                case "image":
                    out.append(_picture(child))
                case _:
                    out.append(child.content)
                    words += any(map(str.isalnum, child.content))
            last = out[-1][-1:] if out and out[-1] else last
        return "".join(out)

    def _link(self, words: str, link: Token) -> str:
        href = str(link.attrs.get("href", ""))
        self._used.add(href)
        if link.info == "auto":
            return words
        address = href.removeprefix("mailto:").replace(quote(self._sign), self._sign)
        if not href.startswith(("https://", "http://", "mailto:")):
            return words  # to another page of the same blog, which is nothing here
        if not words or _bare(self._unmasked(words)) == _bare(self._unmasked(address)):
            return address
        return f"{words} ({address})"


def _end_of_address(text: str, start: int, end: int) -> int:
    """Before the underscores at its end, since they may close what was emphasised, and before the words' bracket."""
    closed = text.find("](", start, end)
    end = closed if closed >= 0 else end
    while end > start and text[end - 1] == "_":
        end -= 1
    return end


def _is_product(before: str, after: Sequence[Token], sign: str) -> bool:
    """Whether it is 2*3*4 or a*b*c rather than emphasis."""
    behind = after[0].content[:1] if after else ""
    if before.isdigit() and behind.isdigit():
        return True
    return sign == "*" and (before + behind).isascii() and before.isalnum() and behind.isalnum()


def _picture(image: Token) -> str:
    """Those of the draft go along by themselves."""
    address = str(image.attrs.get("src", ""))
    if not address.startswith(("https://", "http://")):
        return ""
    return f"{image.content} ({address})" if image.content else address


def _bare(address: str) -> str:
    return address.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
