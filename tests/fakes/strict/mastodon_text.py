"""What a Mastodon server makes of a text: how long it finds it, and the HTML that it shows."""

import html
import re

import regex

_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']")
_MENTION = re.compile(r"(?<![=/\w])@(\w+)(?:@[\w.-]+\w)?")
_HASHTAG = re.compile(r"(?<![=/)\w&])#(\w*[^\W\d]\w*)")
_PREFIX = re.compile(r"https?://(?:www\.)?")


def length(text: str, url_length: int) -> int:
    """Grapheme clusters; a URL as long as the server says, a mention without its host."""
    shorter = _MENTION.sub(r"@\1", _URL.sub("x" * url_length, text))
    return len(regex.findall(r"\X", shorter))


def mentioned(text: str, known: set[str]) -> list[str]:
    """Who of the `known` is mentioned, each once."""
    return list(dict.fromkeys(name for name in _MENTION.findall(text) if name in known))


def as_html(text: str, base: str, known: set[str]) -> str:
    """Paragraphs and line breaks; addresses shortened for the eye; hashtags and `known` people as links."""
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    return "".join(
        f"<p>{'<br />'.join(_line(line, base, known) for line in paragraph.split(chr(10)))}</p>"
        for paragraph in paragraphs
        if text
    )


def _line(line: str, base: str, known: set[str]) -> str:
    shown, at = [], 0
    for found in _URL.finditer(line):
        shown += [_words(line[at : found.start()], base, known), _link(found[0])]
        at = found.end()
    return "".join([*shown, _words(line[at:], base, known)])


def _words(words: str, base: str, known: set[str]) -> str:
    def mention(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known:
            return found[0]
        link = f'<a href="{base}/@{name}" class="u-url mention">@<span>{name}</span></a>'
        return f'<span class="h-card" translate="no">{link}</span>'

    def hashtag(found: re.Match[str]) -> str:
        href = f"{base}/tags/{found[1].lower()}"
        return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{found[1]}</span></a>'

    escaped = html.escape(words, quote=True).replace("&#x27;", "&#39;")
    return _HASHTAG.sub(hashtag, _MENTION.sub(mention, escaped))


def _link(url: str) -> str:
    prefix = _PREFIX.match(url)
    hidden = prefix[0] if prefix else ""
    seen, rest = url[len(hidden) :][:30], url[len(hidden) :][30:]
    kind = "ellipsis" if rest else ""
    spans = [("invisible", hidden), (kind, seen), ("invisible", rest)]
    inside = "".join(f'<span class="{name}">{html.escape(text)}</span>' for name, text in spans)
    return f'<a href="{html.escape(url)}" target="_blank" rel="nofollow noopener" translate="no">{inside}</a>'
