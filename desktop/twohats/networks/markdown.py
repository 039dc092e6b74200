"""One renderer of Markdown, for the preview and for what is sent.

CommonMark with tables. HTML in the text is shown as text, never passed on. Line ends are kept as typed: the same draft
goes to places where they count.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from twohats.model.rendition import RenderedPicture

# The first < of a line that could begin a block of HTML, behind marks of lists and quotes; not that of <https://...>.
_BLOCK_START = re.compile(r"^([\s>*+\-\d.)]*)<(?![a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>|[\w.+-]+@[\w.-]+>)")
_MAY_BE_CODE = re.compile(r"[`~]|^[\s>]*(?:\t| {4})")
# What is not a tag though it holds a <: an escape, `code`, <https://...>, the address of a link; or else a bare <.
_TAG_START = re.compile(
    r"\\.|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|`+"
    r"|<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>|<[\w.+-]+@[\w.-]+>|\]\(\s*<[^<>\n]*>|<",
    re.DOTALL,
)
_MOST_PASSES = 6


@lru_cache(maxsize=8)
def html_of(text: str) -> str:
    """The body of a page, as XHTML. Never raises on any text."""
    markdown = _renderer()
    return str(markdown.renderer.render(_parsed(text), markdown.options, {})).strip()


def html_with_pictures(text: str, pictures: Sequence[RenderedPicture]) -> str:
    """The body with the pictures below it, in their order; one that the text itself points to by name stays there."""
    placed = pictures_in(text)
    figures = [_figure(picture) for picture in pictures if picture.name not in placed]
    return "\n".join(part for part in (html_of(text), *figures) if part)


@lru_cache(maxsize=8)
def markdown_as_seen(text: str) -> str:
    """Markdown for places that render it themselves, so that they show what the preview shows.

    Line ends inside a paragraph become hard breaks; HTML is written so that it stays text.
    """
    return _with_hard_breaks(_with_html_as_text(text)).strip("\n")


def with_pictures_below(
    body: str, pictures: Sequence[RenderedPicture], links: Mapping[str, str], placed: frozenset[str]
) -> str:
    """Markdown with the pictures below it; those in `placed` are pointed to by the text itself and stay there."""
    for name in placed & links.keys():
        body = body.replace(f"]({name})", f"]({links[name]})")
    lines = [f"![{_escaped(p.alt)}]({links[p.name]})" for p in pictures if p.name not in placed]
    return "\n\n".join(part for part in (body, *lines) if part)


@lru_cache(maxsize=8)
def pictures_in(text: str) -> frozenset[str]:
    """The addresses of the pictures that the text points to."""
    if "![" not in text:
        return frozenset()
    tokens = _inline(_parsed(text))
    return frozenset(str(token.attrs.get("src", "")) for token in tokens if token.type == "image")


@cache
def _renderer(sees_html: bool = False) -> MarkdownIt:
    options = {"html": sees_html, "linkify": False, "typographer": False, "breaks": True, "xhtmlOut": True}
    return MarkdownIt("commonmark", options).enable("table")


@lru_cache(maxsize=2)
def _parsed(text: str) -> Sequence[Token]:
    """The tokens of a text; kept, because a rendering asks for them up to three times."""
    return _renderer().parse(text)


def _inline(tokens: Iterable[Token]) -> Iterable[Token]:
    for token in tokens:
        yield from token.children or ()


def _figure(picture: RenderedPicture) -> str:
    return f'<figure class="wp-block-image"><img src="{escape(picture.name)}" alt="{escape(picture.alt)}" /></figure>'


def _with_hard_breaks(text: str) -> str:
    lines = text.split("\n")
    for token in _parsed(text):
        if token.type != "inline" or token.map is None or not _has_soft_break(token):
            continue
        for number in range(token.map[0], min(token.map[1], len(lines)) - 1):
            line = lines[number].rstrip(" ")
            is_open = (len(line) - len(line.rstrip("\\"))) % 2 == 1  # a backslash that escapes what follows it
            if not line or (is_open and line == lines[number]):
                continue  # at the very end of a line it is a hard break already
            # Spaces behind such a backslash are read in two ways; a second backslash in one.
            lines[number] = f"{line} \\" if is_open else f"{line}  "
    return "\n".join(lines)


def _with_html_as_text(text: str) -> str:
    """A block of HTML hides what is inside it, so taking one apart can show the next: again until nothing is left."""
    for _ in range(_MOST_PASSES):
        if "<" not in text:
            return text
        opened = _with_outer_html_as_text(text)
        if opened == text:
            return text
        text = opened
    return text.replace("<", "&lt;")


def _with_outer_html_as_text(text: str) -> str:
    lines = text.split("\n")
    for token in _renderer(sees_html=True).parse(text):
        if token.map is None:
            continue
        start, end = token.map
        if token.type == "html_block":
            # Up to where code could begin: whether it does is seen only when the block before it is none any more.
            for number in range(start, end):
                if number > start and _MAY_BE_CODE.search(lines[number]):
                    break
                lines[number] = _BLOCK_START.sub(r"\1&lt;", lines[number])
        elif any(child.type == "html_inline" for child in token.children or ()):
            lines[start:end] = _with_tags_as_text("\n".join(lines[start:end])).split("\n")
    return "\n".join(lines)


def _with_tags_as_text(source: str) -> str:
    return _TAG_START.sub(lambda found: "&lt;" if found.group() == "<" else found.group(), source)


def _has_soft_break(token: Token) -> bool:
    return any(child.type == "softbreak" for child in token.children or ())


def _escaped(alt: str) -> str:
    for mark in ("\\", "[", "]", "*", "_", "`", "<"):
        alt = alt.replace(mark, f"\\{mark}")
    return alt
