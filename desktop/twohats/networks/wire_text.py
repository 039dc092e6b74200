"""Text as it can travel: what no file and no network takes is taken out."""

import re
from collections.abc import Iterable

# Control characters but tab and line feed; U+FFFE and U+FFFF are not characters.
_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def sendable(text: str) -> str:
    """The same text without control characters, with plain line ends; half characters become U+FFFD."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _UNSENDABLE.sub("", unified))


def sendable_line(text: str) -> str:
    """The same on one line, for titles, tags and alt texts."""
    return " ".join(sendable(text).split())


def sendable_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without leading # and without doubles (case does not count), in their order."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = sendable_line(tag).lstrip("#").strip()
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())
