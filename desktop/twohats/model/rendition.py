"""What exactly goes to one account: the only source of both preview and payload."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


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


@dataclass(frozen=True, slots=True)
class Rendition:
    """One draft as one account will get it.

    `payload` is everything sent, by name (values are text; the network turns them into its request). `html` is the body
    as a reader sees it, for the preview. `problems` are codes of what stops it from being sent ("empty", "too_long").
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
