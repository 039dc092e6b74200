"""The name of a post in an address, and in a folder."""

import re
import unicodedata

_FIRST_WORDS = 8
_FALLBACK = "post"
# Names that Windows keeps for devices, and words that mean something else in a blog's addresses.
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))} | {
    *("feed", "rdf", "rss", "rss2", "atom", "embed", "page", "index", "tags", "categories"),
}
_NOT_IN_SLUG = re.compile(r"[^\w]+|_+")


def slug_of(title: str, text: str, limit_bytes: int) -> str:
    """A slug from the title, or else the first words of the text; never empty, at most `limit_bytes` of UTF-8.

    Latin letters lose their accents; other scripts stay, being read in addresses as they are.
    """
    words = _words(title) or _words(_without_marks(text))[:_FIRST_WORDS]
    slug = _fitting(words, limit_bytes)
    if not slug:
        return _FALLBACK
    # A number alone would be taken for a year or a page.
    if slug in _RESERVED or slug.replace("-", "").isdigit():
        return f"{_FALLBACK}-{slug}"[:limit_bytes]
    return slug


def _words(text: str) -> list[str]:
    # Only the start can matter, and normalising a whole post at every key would not be free.
    plain = unicodedata.normalize("NFKD", text[:2000]).casefold().replace("'", "").replace("’", "")
    letters = "".join(c for c in plain if not _is_latin_accent(c))
    return [word for word in _NOT_IN_SLUG.split(unicodedata.normalize("NFC", letters)) if word]


def _is_latin_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _without_marks(text: str) -> str:
    """Markdown without the addresses of its links and pictures."""
    return re.sub(r"\]\([^()\s]{0,2000}\)", "]", text[:4000])


def _fitting(words: list[str], limit_bytes: int) -> str:
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer.encode()) > limit_bytes:
            break
        slug = longer
    if not slug and words:
        slug = words[0].encode()[:limit_bytes].decode("utf-8", "ignore")
    return slug
