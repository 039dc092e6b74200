"""LinkedIn's "little" format: each reserved character is escaped, and hashtags are written as templates.

https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format, read 2026-11-22. A text
with an unescaped one is taken and cut there without a word, so everything goes through here. Addresses too: LinkedIn
finds them in the text that it has read.
"""

import re

from twohats.model.rendition import EntityKind
from twohats.networks.writing.entities import LINKEDIN, entities_in


def escape(text: str) -> str:
    """What is sent for a text."""
    pieces, at = [], 0
    for entity in entities_in(text, LINKEDIN):
        if entity.kind is EntityKind.HASHTAG:
            sign = _escaped(text[entity.start])
            pieces += [_escaped(text[at : entity.start]), f"{{hashtag|{sign}|{_escaped(entity.target)}}}"]
            at = entity.end
    return "".join([*pieces, _escaped(text[at:])])


def unescape(little: str) -> str:
    """What a reader sees of it, also of what others wrote: a mention is its name."""
    return _TEMPLATE.sub(_shown, little)


_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_TEMPLATE = re.compile(
    r"\\(?P<plain>[\\|{}@\[\]()<>#*_~])"
    r"|\{hashtag\|\\?(?P<sign>[#＃])\|(?P<tag>(?:\\.|[^\\|{}])*+)\}"
    r"|@\[(?P<name>(?:\\.|[^\\\[\]])*+)\]\(urn:[^()\s]*+\)"
)
_ESCAPE = re.compile(r"\\([\\|{}@\[\]()<>#*_~])")


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)


def _shown(found: "re.Match[str]") -> str:
    if found["plain"]:
        return found["plain"]
    if found["sign"]:
        return found["sign"] + _ESCAPE.sub(r"\1", found["tag"])
    return _ESCAPE.sub(r"\1", found["name"])
