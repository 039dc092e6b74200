"""Finds addresses in text as X does, from which the other networks differ little.

Rules: https://github.com/twitter/twitter-text (config v3, conformance/extract.yml and validate.yml), read 2026-11-22.
A link is http(s):// or a bare domain that ends in a known top-level domain, then port, path and query. Punctuation and
a closing bracket that was not opened inside are the sentence's. Everything here takes time linear in the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex

from twohats.assets import resources

ACCENTED = "À-ÖØ-öø-ɏɓɔɖɗəɛɣɨɯɲʉʻ\u0300-\u036fḀ-ỿ"
"""Latin letters beyond ASCII, for a set of a regular expression."""


def links_in(text: str, has_bare: bool = True) -> Sequence[tuple[int, int]]:
    """Start and end of each link, in code points and in order; without bare domains if `has_bare` is off."""
    if not _MAY_LINK.search(text):
        return ()
    return _remembered(text, has_bare) if len(text) <= _LONGEST_REMEMBERED else tuple(_found(text, has_bare))


def address_of(link: str) -> str:
    """The address that a link leads to: bare domains get https://."""
    return link if _SCHEME.match(link) else f"https://{link}"


_LONGEST = 4096  # with the scheme; MAX_URL_LENGTH of the rules above
_LONGEST_LABEL = 63  # RFC 1035, in Punycode
_MAY_LINK = re.compile(r"\.[^\W\d_]")  # a full stop before a letter, which prose has seldom
_SCHEME = regex.compile(r"https?://", regex.IGNORECASE)
_NOT_AFTER = r"(?<![A-Za-z0-9@＠$#＃])"
_HOST = r"[\p{L}\p{M}\p{N}\p{S}_\-\u200d--[$+<=>^`|~]]"
_BARE = rf"[A-Za-z0-9{ACCENTED}_\-]"
_SCHEMED = rf"{_NOT_AFTER}(?P<scheme>[hH][tT][tT][pP][sS]?://){_HOST}++(?:\.{_HOST}++)++"
_WITH_SCHEME = regex.compile(_SCHEMED, regex.V1)
_ANY = regex.compile(
    rf"{_SCHEMED}|(?<![A-Za-z0-9@＠$#＃_./{ACCENTED}\-]){_BARE}++(?:\.(?:{_BARE}++|[\p{{L}}\p{{M}}]++))++", regex.V1
)
# X's own short links end where their name does.
_SHORT_LINK = regex.compile(r"https?://t\.co/[a-z0-9]++", regex.IGNORECASE)
_PORT = regex.compile(r":[0-9]++")
_IN_PATH = rf"a-zA-Z\p{{Cyrillic}}0-9!*';:=+,.$/%#\[\]\-–_~@|&{ACCENTED}"
_PATH = regex.compile(rf"/(?:[{_IN_PATH}]++|\((?!\))[{_IN_PATH}]*+(?:\([{_IN_PATH}]++\)[{_IN_PATH}]*+)?\))*+")
_PATH_END = regex.compile(rf"[+\-a-zA-Z\p{{Cyrillic}}0-9=_#/){ACCENTED}]")
_QUERY = regex.compile(r"\?[a-zA-Z0-9!?*'();:&=+$/%#\[\]\-_.,~|@]*+")
_QUERY_END = regex.compile(r"[a-zA-Z0-9\-_&=#/]")
_ASCII_LABEL = regex.compile(r"[A-Za-z0-9\-]*+")


# A draft is looked through for each network in turn, and at each key again, part by part.
_LONGEST_REMEMBERED = 5_000


@lru_cache(maxsize=512)
def _remembered(text: str, has_bare: bool) -> tuple[tuple[int, int], ...]:
    return tuple(_found(text, has_bare))


def _found(text: str, has_bare: bool) -> Iterator[tuple[int, int]]:
    reached = 0
    for found in (_ANY if has_bare else _WITH_SCHEME).finditer(text):
        start, host_start = found.start(), found.end("scheme") if found["scheme"] else found.start()
        if start < reached:
            continue
        host_end = _host_end(text, host_start, found.end())
        if not host_end:
            continue
        if not found["scheme"]:
            start = max(start, text.rfind("_", start, host_end) + 1)  # X takes no underscore into a bare domain
        reached = _end(text, start, host_end, is_bare=not found["scheme"])
        if reached - start <= _LONGEST:
            yield start, reached


@cache
def _top_level() -> frozenset[str]:
    lines = (resources() / "domains" / "top_level.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@cache
def _longest_top_level() -> int:
    return max(map(len, _top_level()))


def _host_end(text: str, start: int, end: int) -> int:
    """Where the longest host that ends in a top-level domain ends; 0 when there is none."""
    if text[end : end + 1] in ("@", "＠"):
        return 0  # an e-mail address
    best, at = 0, start
    previous = ""
    for label in text[start:end].split("."):
        if at > start:
            length = _top_level_length(text, at, at + len(label))
            if length and "_" not in previous:
                best = at + length
        if not _is_label(label):
            break
        previous = label
        at += len(label) + 1
    return best


def _top_level_length(text: str, start: int, end: int) -> int:
    """How much of a label is a top-level domain."""
    found = _ASCII_LABEL.match(text, start, end)
    length = found.end() - start if found else 0
    name = text[start : start + length].lower()
    if name:
        is_known = name in _top_level() or (name.startswith("xn--") and len(name) > len("xn--"))
        return length if is_known and text[start + length : start + length + 1] not in ("@", "+") else 0
    for length in range(min(end - start, _longest_top_level()), 0, -1):
        if text[start : start + length] in _top_level():
            return length
    return 0


def _is_label(label: str) -> bool:
    if not 0 < len(label) <= _LONGEST_LABEL or label[0] in "-_" or label[-1] in "-_":
        return False
    if label.isascii():
        return True
    if unicodedata.combining(label[0]):
        return False  # it belongs to what stands before
    in_ascii = label.lower().encode("punycode")
    return not label.lower().startswith("xn--") and len(in_ascii) + len("xn--") <= _LONGEST_LABEL


def _end(text: str, start: int, host_end: int, is_bare: bool) -> int:
    short = _SHORT_LINK.match(text, start)
    if short:
        return _trimmed(text, _QUERY, _QUERY_END, short.end())
    port = _PORT.match(text, host_end)
    at = port.end() if port else host_end
    end = _trimmed(text, _PATH, _PATH_END, at)
    if is_bare and end == at:
        return host_end  # X takes port and query into a bare domain only where there is a path
    return _trimmed(text, _QUERY, _QUERY_END, end)


def _trimmed(text: str, what: "regex.Pattern[str]", last: "regex.Pattern[str]", start: int) -> int:
    found = what.match(text, start)
    if not found:
        return start
    end = found.end()
    while end > start and not last.match(text, end - 1):
        end -= 1
    return end
