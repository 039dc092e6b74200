"""What exactly goes to one account: the only source of both preview and payload."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from twohats.model.wording import LinkCard

AFTER = "after"
"""The name in a payload of the account whose post has to be out first."""
LINK_TO_COME = "link_to_come"
"""The name in a payload of the address that stands where that post's link will be, as long as that can get."""
_MARK = "link-to-come-"


@dataclass(frozen=True, slots=True)
class RenderedPicture:
    """A picture as it leaves: neutral name, digest of the bytes (SHA-256, hex), alt text."""

    name: str
    digest: str
    mime: str
    alt: str


@dataclass(frozen=True, slots=True)
class Count:
    """`used` of `limit` in the network's own unit; a limit of None means there is none."""

    used: int
    limit: int | None = None
    unit: str = "characters"

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.used > self.limit


class EntityKind(Enum):
    LINK = "link"
    MENTION = "mention"
    HASHTAG = "hashtag"


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a part, in code points, that leads somewhere. `target` is the address, the handle without its @,
    or the tag without its #; a mention that nobody answers to is none."""

    kind: EntityKind
    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a thread as readers see it. `fold_at` is the code point where "see more" cuts it, None if nowhere."""

    text: str
    count: Count
    entities: tuple[Entity, ...] = ()
    fold_at: int | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """One draft as one account will get it.

    `payload` is everything sent, by name (values are text; the network turns them into its request). `html` is the body
    as a reader sees it, for the preview. `problems` are codes of what stops it from being sent ("empty", "too_long");
    `notes` codes of what the person should know ("pictures_left_out"). On a social network `parts` are the posts of the
    thread (one where it is none) and `html` is empty; parts, card, audience and warning are what the payload says, as a
    reader sees it. `cost_mills` is what the network charges for sending it, in thousandths of a US dollar.
    """

    account_id: str
    network: str
    title: str
    html: str
    payload: Mapping[str, str]
    pictures: tuple[RenderedPicture, ...] = ()
    tags: tuple[str, ...] = ()
    excerpt: str = ""
    count: Count = field(default_factory=lambda: Count(0))
    problems: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    card: LinkCard | None = None
    audience: str = ""
    warning: str = ""
    notes: tuple[str, ...] = ()
    cost_mills: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over exactly what is sent: account, network, payload, pictures."""
        sent = {
            "account": self.account_id,
            "network": self.network,
            "payload": dict(self.payload),
            "pictures": [[p.name, p.digest, p.mime, p.alt] for p in self.pictures],
        }
        return hashlib.sha256(
            json.dumps(sent, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
        ).hexdigest()


def link_to_come(root: str, longest: int) -> str:
    """An address below `root` that stands for one not known yet, of `longest` characters (of more, where its own words
    need them)."""
    return f"{root.rstrip('/')}/{_MARK}".ljust(longest, "0")


def is_to_come(address: str) -> bool:
    """Whether an address stands for one that is not known yet."""
    return address.rpartition("/")[2].startswith(_MARK)


def with_link(rendition: Rendition, link: str) -> Rendition:
    """The same with `link` in the place that was kept for it, and nothing else changed."""
    place = rendition.payload.get(LINK_TO_COME, "")
    if not place:
        return rendition
    payload = {name: value.replace(place, link) for name, value in rendition.payload.items() if name != LINK_TO_COME}
    return replace(rendition, payload=payload, parts=tuple(_linked(part, place, link) for part in rendition.parts))


def _linked(part: Part, place: str, link: str) -> Part:
    def moved(at: int) -> int:
        return at + part.text[:at].count(place) * (len(link) - len(place))

    entities = tuple(
        replace(one, start=moved(one.start), end=moved(one.end), target=one.target.replace(place, link))
        for one in part.entities
    )
    fold_at = None if part.fold_at is None else moved(part.fold_at)
    return replace(part, text=part.text.replace(place, link), entities=entities, fold_at=fold_at)
