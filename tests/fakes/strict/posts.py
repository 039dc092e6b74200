"""Posts, pictures and people as the fakes keep them; a test looks at them with a reader's eyes."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

PORTRAIT = base64.b64decode("R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
"""What any of the people look like: one red dot (GIF)."""


@dataclass
class Picture:
    """A picture that was uploaded. `alt` is what a reader who cannot see is told."""

    id: str
    data: bytes
    mime: str
    owner: str
    at_s: float
    alt: str = ""
    ready_at_s: float = 0.0

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class Person:
    """An account on the network."""

    id: str
    name: str
    handle: str


@dataclass
class Post:
    """`text` is what readers see. `sent` is the request that made it, as data."""

    id: str
    author: str
    text: str
    at_s: float
    url: str = ""
    visibility: str = "public"
    reply_to: str = ""
    root: str = ""
    pictures: tuple[Picture, ...] = ()
    link: dict[str, str] = field(default_factory=dict)
    language: str = ""
    warning: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    is_comment: bool = False
    is_published: bool = True
    deleted_at_s: float | None = None


def mime_of(data: bytes) -> str:
    """What the first bytes say; empty when it is no picture that anybody takes."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/gif" if data[:6] in (b"GIF87a", b"GIF89a") else ""
