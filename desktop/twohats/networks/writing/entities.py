"""Stretches of a text that lead somewhere: links, mentions and hashtags, by what each network knows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from twohats.model.rendition import Entity, EntityKind
from twohats.networks.writing.links import ACCENTED, address_of, links_in


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one network sees in a text. `mention` finds a name without its @, in a group called name; None: no mentions
    without a person's number, which text alone does not hold."""

    mention: "regex.Pattern[str] | None" = None
    has_bare_links: bool = True
    has_hashtags: bool = True


_BEFORE_NAME = r"(?<![A-Za-z0-9_!#$%&*@＠])[@＠]"
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"

# twitter-text, conformance/extract.yml; 15 characters are the most today, 20 the most that the rules link.
X = Dialect(regex.compile(rf"{_BEFORE_NAME}(?P<name>[A-Za-z0-9_]{{1,20}}+)(?![A-Za-z0-9_@＠{ACCENTED}]|://)"))
LINKEDIN = Dialect()
FACEBOOK = Dialect()
THREADS = Dialect(
    regex.compile(rf"{_BEFORE_NAME}(?P<name>[A-Za-z0-9_]++(?:\.++[A-Za-z0-9_]++)*+)(?![@＠{ACCENTED}]|://)")
)
# https://docs.joinmastodon.org/spec/webfinger/: a name, and its server where it is another one.
MASTODON = Dialect(
    regex.compile(
        r"(?<![\w=/])@(?P<name>[A-Za-z0-9_]++(?:[.\-]++[A-Za-z0-9_]++)*+(?:@[\w\-]++(?:\.[\w\-]++)*+)?+)(?!@|://)"
    ),
    has_bare_links=False,
)
# https://atproto.com/specs/handle: a domain of ASCII labels whose last does not begin with a digit.
BLUESKY = Dialect(
    regex.compile(rf"(?<![\w@])@(?P<name>{_NAME}(?:\.{_NAME})++)(?<=\.[A-Za-z][A-Za-z0-9\-]{{0,62}})(?![@\w])")
)
DIALECTS = {
    "x": X,
    "linkedin": LINKEDIN,
    "facebook": FACEBOOK,
    "threads": THREADS,
    "mastodon": MASTODON,
    "bluesky": BLUESKY,
}
"""By network."""


def entities_in(text: str, dialect: Dialect) -> tuple[Entity, ...]:
    """All of them, in order, none overlapping another. A link goes before what is inside it."""
    found = [
        Entity(EntityKind.LINK, start, end, address_of(text[start:end]))
        for start, end in links_in(text, dialect.has_bare_links)
    ]
    if dialect.mention and ("@" in text or "＠" in text):
        found += _named(dialect.mention, EntityKind.MENTION, text)
    if dialect.has_hashtags and ("#" in text or "＃" in text):
        found += _named(_HASHTAG, EntityKind.HASHTAG, text)
    found.sort(key=lambda entity: (entity.start, entity.kind is not EntityKind.LINK))
    return tuple(_apart(found))


def byte_ranges(text: str, entities: Iterable[Entity]) -> tuple[tuple[int, int], ...]:
    """Start and end of each entity in bytes of UTF-8, as Bluesky's facets want them. They must be in order."""
    ranges, at, seen = [], 0, 0
    for entity in entities:
        at += _bytes(text[seen : entity.start])
        length = _bytes(text[entity.start : entity.end])
        ranges.append((at, at + length))
        at, seen = at + length, entity.end
    return tuple(ranges)


# Letters, marks, digits and the joiners that some languages write inside a word; with one letter at least.
_JOINERS = "_\u200c\u200d\ua67e\u05be\u05f3\u05f4～〜゛゜゠・〃་༌·"
_IN_TAG = rf"\p{{L}}\p{{M}}\p{{Nd}}{_JOINERS}"
_HASHTAG = regex.compile(
    rf"(?<![&{_IN_TAG}--[\ufe0e\ufe0f]])[#＃](?![\ufe0f\u20e3])(?=[\p{{Nd}}{_JOINERS}]*+[\p{{L}}\p{{M}}])"
    rf"(?P<name>[{_IN_TAG}]++)(?![#＃]|://)",
    regex.V1,
)


def _named(what: "regex.Pattern[str]", kind: EntityKind, text: str) -> Iterator[Entity]:
    for found in what.finditer(text):
        yield Entity(kind, found.start(), found.end(), found["name"])


def _apart(found: Iterable[Entity]) -> Iterator[Entity]:
    reached = 0
    for entity in found:
        if entity.start >= reached:
            reached = entity.end
            yield entity


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
