"""What is known of newer versions: versions, releases, the channel that the program came by, and what a look found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Self

_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Three numbers; the first that differs decides."""

    major: int
    minor: int
    patch: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError for anything but three plain numbers with dots between."""
        found = _VERSION.fullmatch(text)
        if found is None:
            raise ValueError("not a version")
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


class Channel(Enum):
    """How this copy of the program was handed out. Stores and package systems bring updates themselves."""

    SETUP = "setup"
    DMG = "dmg"
    TAR = "tar"
    DEB = "deb"
    FLATPAK = "flatpak"
    STORE = "store"
    SOURCE = "source"

    @property
    def may_look(self) -> bool:
        """Whether looking for newer versions is on offer at all."""
        return self in (Channel.SETUP, Channel.DMG, Channel.TAR)

    @property
    def may_install(self) -> bool:
        """Whether the program can be replaced from inside; elsewhere the person is shown the page."""
        return self is Channel.SETUP


@dataclass(frozen=True, slots=True)
class Package:
    """The file for one system. `size` in bytes, `sha256` in 64 small hexadecimal digits."""

    url: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Release:
    """What the signed feed tells. Versions below `min_version` cannot be replaced in one step: they get the page.

    `published` is aware UTC: when the feed was signed, which is done anew while a release stands for long.
    """

    version: Version
    min_version: Version
    published: datetime
    notes_url: str
    packages: Mapping[str, Package]


@dataclass(frozen=True, slots=True)
class SignedFeed:
    """A feed and its signatures, as they came: bytes that nobody has looked into yet."""

    feed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What was found at a moment (aware UTC). `package` is there when the newer version can be installed from here."""

    release: Release
    is_newer: bool
    package: Package | None
    at: datetime
