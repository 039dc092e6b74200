"""The folder `updates` in the data folder: the newest feed that was ever seen, with its signatures, and downloads.

The feed lies there as it was signed, so whoever changes it is found out. Who deletes it makes the program forget, but
could as well delete the program.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from twohats.model.errors import BadInput
from twohats.model.ports import Sink
from twohats.model.update import SignedFeed

_FEED, _SIGNATURE = "feed.json", "feed.json.sig"
_LONGEST = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")


class UpdateShelf:
    """Meets Shelf. Nothing is made on disk before something is kept."""

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder / "updates"

    def seen(self) -> SignedFeed | None:
        """None where there is none, or only half of one."""
        try:
            feed, signature = (self._read(name) for name in (_FEED, _SIGNATURE))
        except OSError:
            return None
        return SignedFeed(feed, signature)

    def keep(self, feed: SignedFeed) -> None:
        """In place of the one before. Raises BadInput("update_not_written")."""
        self.put(_SIGNATURE, lambda into: into.write(feed.signature))
        self.put(_FEED, lambda into: into.write(feed.feed))

    def put(self, name: str, fill: Callable[[Sink], object]) -> Path:
        """Raises BadInput("update_not_written"), and what `fill` raises; then nothing is left behind."""
        target = self.path(name)
        unfinished = target.with_name(f"{name}.part")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with unfinished.open("wb") as file:
                    fill(_Careful(file))
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(target)
            finally:
                unfinished.unlink(missing_ok=True)
        except OSError as problem:
            raise BadInput("update_not_written", errno=problem.errno or 0) from None
        return target

    def path(self, name: str) -> Path:
        """Where a file of that name lies, or would. Raises ValueError for a name that could lead elsewhere."""
        if not _NAME.fullmatch(name):
            raise ValueError("not a name of ours")
        return self._folder / name

    def clear(self, but: str = "") -> None:
        """What cannot be deleted now stays: a set-up that runs goes at the next look."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.name not in (but, _FEED, _SIGNATURE):
                    with suppress(OSError):
                        file.unlink()

    def _read(self, name: str) -> bytes:
        with self.path(name).open("rb") as file:
            return file.read(_LONGEST)


class _Careful:
    """Tells a full disk from a network that failed."""

    def __init__(self, into: Sink) -> None:
        self._into = into

    def write(self, piece: bytes, /) -> None:
        try:
            self._into.write(piece)
        except OSError as problem:
            raise BadInput("update_not_written", errno=problem.errno or 0) from None
