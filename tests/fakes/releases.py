"""A publisher of releases on loopback: a real server, a key of its own, feeds made and signed as a release is."""

import importlib.util
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.fakes.bad_server import BadServer, Reply

from twohats.flows.updates import Updates
from twohats.model.update import Channel, Version
from twohats.networks.http import Http
from twohats.networks.release_server import HttpReleaseServer
from twohats.updates.shelf import UpdateShelf
from twohats.updates.signature import Ed25519Signatures

_ROOT = Path(__file__).resolve().parents[2]
NOTES = "https://example.org/two-hats/new"
SET_UP = b"MZ an invented set-up " * 40_000
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def load_make_feed() -> ModuleType:
    """packaging/update/make_feed.py; its folder is named like a package of PyPI, so it is loaded by its place."""
    spec = importlib.util.spec_from_file_location("make_feed", _ROOT / "packaging" / "update" / "make_feed.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_feed = load_make_feed()


@dataclass
class Publisher:
    """Publishes on a server that can be told to misbehave. `folder` holds the built files."""

    server: BadServer
    folder: Path
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    now: datetime = NOW

    @property
    def address(self) -> str:
        return f"{self.server.url}/feed.json"

    def publish(
        self,
        version: str = "9.1.0",
        *,
        published: datetime | None = None,
        min_version: str = "0.1.0",
        file: Path | None = None,
        **changes: object,
    ) -> bytes:
        """Puts feed, signature and the Windows set-up up. `changes` replace what the feed tells before it is signed."""
        built = file or self._built(version)
        made = make_feed.feed_of(
            version,
            min_version,
            published or self.now - timedelta(hours=1),
            NOTES,
            self.server.url,
            {"windows-x64": built},
        )
        feed = json.dumps({**json.loads(made), **changes}).encode() if changes else made
        self.put_up(feed, make_feed.signed(feed, [self.key]))
        self.server.tell("GET", built.name, Reply(body=built.read_bytes()))
        return feed

    def put_up(self, feed: bytes, signature: bytes) -> None:
        self.server.tell("GET", "/feed.json", Reply(body=feed))
        self.server.tell("GET", "/feed.json.sig", Reply(body=signature))

    def updates(
        self,
        data_folder: Path,
        *,
        own: str = "9.0.0",
        channel: Channel = Channel.SETUP,
        platform: str = "windows-x64",
        keys: tuple[str, ...] | None = None,
    ) -> Updates:
        """What a program of that version and channel has; it knows this publisher's key, unless told others."""
        return Updates(
            HttpReleaseServer(self.address, Http(connect_s=5.0, read_s=20.0, pause=lambda _seconds: None)),
            Ed25519Signatures((make_feed.public_half(self.key),) if keys is None else keys),
            UpdateShelf(data_folder),
            channel,
            Version.read(own),
            platform,
            lambda: self.now,
        )

    def _built(self, version: str) -> Path:
        file = self.folder / f"TwoHats-setup-{version}.exe"
        self.folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(SET_UP + version.encode())
        return file
