"""Text as it can travel: what no file and no network takes is taken out."""

from collections.abc import Iterable

from twohats.model.plain_text import sendable as sendable


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
