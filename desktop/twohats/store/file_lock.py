"""One process at a time makes or changes a store. The lock goes with the process that held it, even after a kill."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from twohats.model.errors import StoreError

_PATIENCE_S = 30.0
_LOOK_EVERY_S = 0.02


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock of a file, made if it is not there. Raises OSError, and StoreError("store_busy") after 30 s."""
    deadline = time.monotonic() + _PATIENCE_S
    with path.open("ab") as file:
        while not _take(file):
            if time.monotonic() > deadline:
                raise StoreError("store_busy")
            time.sleep(_LOOK_EVERY_S)
        try:
            yield
        finally:
            _give_back(file)


class Claim:
    """A lock that is asked for without waiting, and kept until it is given back or the process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether it is ours now. Raises OSError when the file cannot be made."""
        if self._file is not None:
            return True
        file = self._path.open("ab")
        if _take(file):
            self._file = file
            return True
        file.close()
        return False

    def give_back(self) -> None:
        if self._file is not None:
            _give_back(self._file)
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
