"""Streams that stop: at too much, at too much for what was packed, and at one piece too large for the memory."""

from typing import IO, Protocol

from twohats.archives.limits import CHUNK_BYTES, FREE_BYTES, MIB, MOST_AT_ONCE_BYTES, MOST_RATIO
from twohats.model.errors import BadInput


class Readable(Protocol):
    """What is read here: a file, or something that unpacks one. At the end it gives no bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


class Guarded:
    """A file whose reader may not ask for more at once than fits the memory: lengths in it are anybody's."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Raises BadInput("archive_damaged") when too much is asked for."""
        data = self._file.read(min(size, MOST_AT_ONCE_BYTES + 1) if size >= 0 else MOST_AT_ONCE_BYTES + 1)
        if len(data) > MOST_AT_ONCE_BYTES or size > MOST_AT_ONCE_BYTES:
            raise BadInput("archive_damaged")
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()


class Allowance:
    """How many bytes may still be unpacked, for several streams together."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.given_bytes = 0

    def expect(self, size: int) -> None:
        """What is said to come. Raises BadInput("archive_too_large") with the limit, before it is read in vain."""
        if self.given_bytes + size > self.most_bytes:
            raise BadInput("archive_too_large", limit=f"{self.most_bytes // MIB:,} MB")

    def take(self, size: int) -> None:
        """What came, whatever was said. Raises as `expect` does."""
        self.expect(size)
        self.given_bytes += size


class Unpacked:
    """What comes out of a packed file of `packed_bytes`, as long as it stays in proportion."""

    def __init__(self, inner: Readable, packed_bytes: int, allowance: Allowance) -> None:
        self._inner = inner
        self._packed_bytes = packed_bytes
        self._allowance = allowance
        self._given_bytes = 0

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """Raises BadInput("archive_too_large"), or ("archive_bomb") when little became far too much."""
        data = self._inner.read(min(size, MOST_AT_ONCE_BYTES) if size >= 0 else CHUNK_BYTES)
        self._given_bytes += len(data)
        check_ratio(self._given_bytes, self._packed_bytes)
        self._allowance.take(len(data))
        return data


def check_ratio(given_bytes: int, packed_bytes: int) -> None:
    """Raises BadInput("archive_bomb")."""
    if given_bytes > FREE_BYTES and given_bytes > MOST_RATIO * max(packed_bytes, 1):
        raise BadInput("archive_bomb")
