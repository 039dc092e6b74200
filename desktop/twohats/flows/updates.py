"""Newer versions: reads the signed feed, refuses what is not right with it, fetches the package it promised.

Nothing in the feed counts before its signature does. The newest feed that was ever seen is kept, and none that is older
or tells of an older version counts after it: whoever can answer for the server can hold back, but never lead back.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any  # Any: what JSON holds

from twohats.model.errors import BadInput, Refused
from twohats.model.ports import Clock, ReleaseServer, Shelf, Signatures, Sink
from twohats.model.update import Channel, Look, Package, Release, SignedFeed, Version

FORMAT = "two-hats-feed"
STALE_AFTER = timedelta(days=60)
"""A feed is signed anew at least every month, so an older one was held back by somebody, or the clock is ahead."""
_MOST_PACKAGE_BYTES = 1 << 30
_MOST_PLATFORMS = 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20
_LEFT_FOR = "left-for"
_LONGEST_VERSION = 40

Progress = Callable[[int, int], None]


class Updates:
    """`own` is the version that runs, `platform` the system's name in the feed."""

    def __init__(
        self,
        server: ReleaseServer,
        signatures: Signatures,
        shelf: Shelf,
        channel: Channel,
        own: Version,
        platform: str,
        clock: Clock,
    ) -> None:
        self._server = server
        self._signatures = signatures
        self._shelf = shelf
        self._platform = platform
        self._clock = clock
        self.channel = channel
        self.own = own

    @property
    def is_on_offer(self) -> bool:
        """Whether this copy of the program may look at all."""
        return self.channel.may_look and self._signatures.is_ready

    @property
    def host(self) -> str:
        """Who is asked."""
        return self._server.host

    def look(self) -> Look:
        """Asks the server. Raises BadInput("update_off"), Unreachable, Refused with the code of what is not right, and
        BadInput("update_not_written")."""
        if not self.is_on_offer:
            raise BadInput("update_off")
        came = self._server.read()
        release = self._read(came)
        self._refuse_older(release)
        self._refuse_stale(release)
        self._shelf.keep(came)
        look = self._judged(release)
        self._shelf.clear(but=_name_of(release) if look.package else "")
        return look

    def fetch(self, look: Look, tell: Progress = lambda _done, _all: None) -> Path:
        """Downloads the package, unless it is there. `tell` hears of bytes so far, and of how many there will be.

        Raises BadInput("update_none_here") when the look found nothing to install, Refused("update_damaged"),
        BadInput("update_not_written"), Unreachable.
        """
        release, package = look.release, look.package
        if package is None or release.version <= self.own:
            raise BadInput("update_none_here")
        name = _name_of(release)
        if self._is_whole(self._shelf.path(name), package):
            return self._shelf.path(name)

        def fill(into: Sink) -> None:
            counted = _Counted(into, package.size, tell)
            self._server.download(package, counted)
            if counted.size != package.size or counted.sha256 != package.sha256:
                raise Refused("update_damaged")

        return self._shelf.put(name, fill)

    def checked(self, look: Look) -> Path:
        """The downloaded package, held against the signed feed once more: right before it is started.

        Raises Refused("update_damaged"), BadInput("update_none_here").
        """
        if look.package is None:
            raise BadInput("update_none_here")
        path = self._shelf.path(_name_of(look.release))
        if not self._is_whole(path, look.package):
            raise Refused("update_damaged")
        return path

    def note_leaving(self, look: Look) -> None:
        """Notes which version the set-up is started for. Raises BadInput("update_not_written")."""
        version = str(look.release.version).encode()
        self._shelf.put(_LEFT_FOR, lambda into: into.write(version))

    def not_put_in(self) -> Version | None:
        """The version that the program was left for the last time, where the older one runs again. Told once.

        A set-up that was refused or broke off says nothing to anybody, since it runs silently.
        """
        note = self._shelf.path(_LEFT_FOR)
        try:
            with note.open("rb") as file:
                wanted = Version.read(file.read(_LONGEST_VERSION).decode("ascii"))
            note.unlink()
        except (OSError, ValueError):
            return None
        return wanted if wanted > self.own else None

    def _judged(self, release: Release) -> Look:
        is_newer = release.version > self.own
        may_install = is_newer and self.channel.may_install and self.own >= release.min_version
        package = release.packages.get(self._platform) if may_install else None
        return Look(release, is_newer, package, self._clock())

    def _refuse_older(self, release: Release) -> None:
        seen = self._shelf.seen()
        if seen is None or not self._signatures.fit(seen.feed, seen.signature):
            return  # nothing, or no feed of ours: what cannot be trusted must not hold back either
        try:
            before = self._parsed(seen.feed)
        except Refused:
            return  # of a form that is not read any more
        if release.published < before.published or release.version < before.version:
            raise Refused("feed_went_back", seen=str(before.version), told=str(release.version))

    def _refuse_stale(self, release: Release) -> None:
        age = self._clock() - release.published
        if age > STALE_AFTER:
            raise Refused("feed_stale", days=age.days, limit=STALE_AFTER.days)

    def _read(self, came: SignedFeed) -> Release:
        if came.feed.lstrip()[:1] == b"<":
            raise Refused("feed_not_a_list")  # a page of a hotel, a firewall or a site that has moved
        if not self._signatures.fit(came.feed, came.signature):
            raise Refused("feed_not_signed")
        return self._parsed(came.feed)

    def _parsed(self, feed: bytes) -> Release:
        try:
            told = json.loads(feed.decode("utf-8"))
            if told["format"] != FORMAT or told["format_version"] != 1:
                raise ValueError("another format")
            release = Release(
                version=Version.read(told["version"]),
                min_version=Version.read(told["min_version"]),
                published=_moment(told["published"]),
                notes_url=told["notes"],
                packages=_packages(told["platforms"]),
            )
            urls = [package.url for package in release.packages.values()]
            if not (
                release.notes_url.startswith("https://") and all(map(self._server.may_ask, [*urls, told["notes"]]))
            ):
                raise ValueError("not an address we would go to")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Refused("feed_not_a_list") from None
        return release

    def _is_whole(self, path: Path, package: Package) -> bool:
        try:
            with path.open("rb") as file:
                seen, size = hashlib.sha256(), 0
                while piece := file.read(_PIECE):
                    seen.update(piece)
                    size += len(piece)
        except OSError:
            return False
        return size == package.size and seen.hexdigest() == package.sha256


class _Counted:
    """Counts and digests what passes."""

    def __init__(self, into: Sink, promised: int, tell: Progress) -> None:
        self._into, self._promised, self._tell = into, promised, tell
        self._seen = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._seen.hexdigest()

    def write(self, piece: bytes, /) -> None:
        self._into.write(piece)
        self._seen.update(piece)
        self.size += len(piece)
        self._tell(self.size, self._promised)


def _name_of(release: Release) -> str:
    """Made of our own numbers, never of the address."""
    return f"TwoHats-setup-{release.version}.exe"


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)


def _packages(told: Mapping[str, Any]) -> dict[str, Package]:
    if len(told) > _MOST_PLATFORMS:
        raise ValueError("too many systems")
    found = {}
    for name, one in told.items():
        size, sha256, url = one["size"], one["sha256"], one["url"]
        if type(size) is not int or not 0 < size <= _MOST_PACKAGE_BYTES or not _SHA256.fullmatch(sha256):
            raise ValueError("not a package")
        found[name] = Package(str(url), sha256, size)
    return found
