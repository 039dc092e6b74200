"""Opens an archive of any network we know, by what lies in it: nobody must say which it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from twohats.archives import facebook, mastodon, wordpress, x
from twohats.archives.bounded import Allowance, Unpacked
from twohats.archives.faults import told_as_damaged
from twohats.archives.limits import MOST_TEXT_BYTES
from twohats.archives.packing import Packed, Tape, Told, open_packed
from twohats.archives.reading import Sieve
from twohats.model.archive import ArchivedPost
from twohats.model.errors import BadInput

_HEAD_BYTES = 4096
_XML = (b"<?xml", b"<rss")


def open_archive(path: Path) -> "OpenedArchive":
    """Raises BadInput: "archive_unreadable" where there is no such file, "archive_unknown" where it is nothing we
    know, and what is told of hostile and broken ones."""
    try:
        if not path.is_file():  # neither a folder nor a pipe, which would never end
            raise BadInput("archive_unreadable")
        file = path.open("rb")
        size_bytes = path.stat().st_size
    except OSError as problem:
        raise BadInput("archive_unreadable") from problem
    try:
        found = _recognised(file, size_bytes)
    except BaseException:
        file.close()
        raise
    return OpenedArchive(file, found)


@dataclass(frozen=True, slots=True)
class _Found:
    network: str
    read: Callable[[Sieve], Iterator[ArchivedPost]]
    fraction: Callable[[], float]


class OpenedArchive:
    """Meets model.archive.Archive."""

    def __init__(self, file: IO[bytes], found: _Found) -> None:
        self._file = file
        self._found = found
        self._sieve = Sieve()

    @property
    def network(self) -> str:
        return self._found.network

    @property
    def fraction(self) -> float:
        return self._found.fraction() if not self._file.closed else 1.0

    @property
    def left_out(self) -> Mapping[str, int]:
        return self._sieve.left_out

    def posts(self) -> Iterator[ArchivedPost]:
        """All of them, once; then it is closed. Raises BadInput, "archive_no_posts" where there was not one entry."""
        count = 0
        try:
            for post in self._found.read(self._sieve):
                count += 1
                yield post
        finally:
            self.close()
        if not count and not self._sieve.left_out:
            raise BadInput("archive_no_posts")

    def close(self) -> None:
        self._file.close()


def _recognised(file: IO[bytes], size_bytes: int) -> _Found:
    packed = open_packed(file, size_bytes)
    if packed is None:
        return _plain(file, size_bytes)
    # The names on a tape are known when it has been read; only Mastodon makes one.
    reader = _OF_TAPES if isinstance(packed, Tape) else _reader_of(packed.names)
    return _Found(reader.network, lambda sieve: reader.posts(packed, sieve), lambda: packed.fraction)


@dataclass(frozen=True, slots=True)
class _Reader:
    network: str
    is_this: Callable[[tuple[str, ...]], bool]
    posts: Callable[[Packed, Sieve], Iterator[ArchivedPost]]


_READERS = (
    _Reader(x.NETWORK, x.is_this, x.posts),
    _Reader(mastodon.NETWORK, mastodon.is_this, mastodon.posts),
    _Reader(facebook.NETWORK, facebook.is_this, facebook.posts),
    _Reader(wordpress.NETWORK, wordpress.is_this, wordpress.posts),
)
_OF_TAPES = _READERS[1]


def _reader_of(names: tuple[str, ...]) -> _Reader:
    found = next((reader for reader in _READERS if reader.is_this(names)), None)
    if found is None:
        raise BadInput("archive_unknown")
    return found


def _plain(file: IO[bytes], size_bytes: int) -> _Found:
    """One file that was taken out of an archive, or the export of WordPress."""
    with told_as_damaged():
        head = file.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
        file.seek(0)
    if head.startswith(_XML):
        network, read = wordpress.NETWORK, wordpress.posts_of_file
    elif head.startswith(b"window.YTD.tweet"):
        network, read = x.NETWORK, x.posts_of_file
    elif head.startswith(b"{") and b'"orderedItems"' in head:
        network, read = mastodon.NETWORK, mastodon.posts_of_file
    elif head.startswith((b"[", b"{")) and b'"timestamp"' in head:
        network, read = facebook.NETWORK, facebook.posts_of_file
    else:
        raise BadInput("archive_unknown")
    allowance = Allowance(MOST_TEXT_BYTES)
    allowance.expect(size_bytes)
    stream = Unpacked(Told(file), size_bytes, allowance)
    return _Found(network, lambda sieve: read(stream, sieve), lambda: file.tell() / max(size_bytes, 1))
