"""Opens what files are packed in, zip or tar, and gives the wanted ones as streams. Nothing is unpacked to the disk.

So no name of a file can lead anywhere. An archive with names that try to, or with links, is refused all the same: no
network makes such a one.
"""

import gzip
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Protocol, cast

from twohats.archives.bounded import Allowance, Guarded, Readable, Unpacked, check_ratio
from twohats.archives.faults import told_as_damaged
from twohats.archives.limits import CHUNK_BYTES, MOST_FILES, MOST_TAPE_BYTES, MOST_TEXT_BYTES
from twohats.model.errors import BadInput

_ENCRYPTED = 0x1
_ZIP, _GZIP = b"PK", b"\x1f\x8b"
_TAR_PLACE, _TAR = 257, b"ustar"
_DRIVE = re.compile(r"[A-Za-z]:")


class Packed(Protocol):
    """`names` are those of the files inside, as far as they are known before reading."""

    names: tuple[str, ...]

    @property
    def fraction(self) -> float: ...

    def files(self, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Readable]]:
        """The wanted files, one after another; each is read before the next is asked for. Raises BadInput."""
        ...


def open_packed(file: IO[bytes], size_bytes: int) -> Packed | None:
    """What is packed in a file; None when it is not packed. Raises BadInput."""
    with told_as_damaged():
        head = file.read(512)
        file.seek(0)
        if head.startswith(_ZIP):
            return Zip(file, size_bytes)
        if head.startswith(_GZIP):
            return Tape(file, size_bytes, is_zipped=True)
        if head[_TAR_PLACE : _TAR_PLACE + len(_TAR)] == _TAR:
            return Tape(file, size_bytes, is_zipped=False)
    return None


class Zip:
    """A zip, also one of more than 4 GB. Raises BadInput for an encrypted one, and for names that lead elsewhere."""

    def __init__(self, file: IO[bytes], size_bytes: int) -> None:
        self._allowance = Allowance(MOST_TEXT_BYTES)
        self._wanted_bytes = 0
        # Guarded has what zipfile uses of a file.
        self._zip = zipfile.ZipFile(cast("IO[bytes]", Guarded(file)))
        self._entries = self._zip.infolist()
        if len(self._entries) > MOST_FILES:
            raise BadInput("archive_too_many", limit=f"{MOST_FILES:,}")
        for entry in self._entries:
            _check(entry.filename, is_link=stat.S_ISLNK(entry.external_attr >> 16))
            if entry.compress_size > size_bytes or entry.header_offset > size_bytes:
                raise BadInput("archive_damaged")
        self.names = tuple(_plain(entry.filename) for entry in self._entries)

    @property
    def fraction(self) -> float:
        return min(1.0, self._allowance.given_bytes / self._wanted_bytes) if self._wanted_bytes else 0.0

    def files(self, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Readable]]:
        """In the order of their names. Raises BadInput."""
        wanted = [(name, one) for name, one in zip(self.names, self._entries, strict=True) if is_wanted(name)]
        wanted = sorted((pair for pair in wanted if not pair[1].is_dir()), key=lambda pair: pair[0])
        size_bytes = sum(entry.file_size for _, entry in wanted)
        self._allowance.expect(size_bytes)
        self._wanted_bytes += size_bytes
        for name, entry in wanted:
            if entry.flag_bits & _ENCRYPTED:
                raise BadInput("archive_encrypted")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadInput("archive_damaged")
            with told_as_damaged():
                opened = self._zip.open(entry)
            with opened:
                yield name, Told(Unpacked(opened, entry.compress_size, self._allowance))


class Tape:
    """A tar, packed by gzip or not: read once, from its beginning to its end."""

    def __init__(self, file: IO[bytes], size_bytes: int, *, is_zipped: bool) -> None:
        self._file = file
        self._size_bytes = size_bytes
        self._tape = _Forward(file, is_zipped=is_zipped)
        # _Forward has what tarfile uses of a file that it reads in order.
        self._tar = tarfile.TarFile(fileobj=cast("IO[bytes]", self._tape), mode="r", encoding="utf-8", errors="replace")
        self.names: tuple[str, ...] = ()

    @property
    def fraction(self) -> float:
        return min(1.0, self._file.tell() / self._size_bytes) if self._size_bytes else 1.0

    def files(self, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Readable]]:
        """In the order in which they lie there. Raises BadInput."""
        allowance = Allowance(MOST_TEXT_BYTES)
        count = 0
        while (entry := self._next()) is not None:
            count += 1
            if count > MOST_FILES:
                raise BadInput("archive_too_many", limit=f"{MOST_FILES:,}")
            _check(entry.name, is_link=not (entry.isreg() or entry.isdir()))
            name = _plain(entry.name)
            if not entry.isreg() or not is_wanted(name):
                continue
            allowance.expect(entry.size)
            with told_as_damaged():
                opened = self._tar.extractfile(entry)  # a stream over it: nothing is extracted
            if opened is not None:
                # What tarfile buffers would be asked for whole: its size is anybody's.
                yield name, Told(Unpacked(opened, entry.size, allowance))

    def _next(self) -> tarfile.TarInfo | None:
        with told_as_damaged():
            entry = self._tar.next()
        vars(self._tar)["members"] = []  # all that it ever saw, which is never asked for again
        return entry


class _Forward:
    """An unpacked tape that is read in order; going on without reading is reading past. Never backwards."""

    def __init__(self, file: IO[bytes], *, is_zipped: bool) -> None:
        guarded = Guarded(file)
        self._packed = file
        self._allowance = Allowance(MOST_TAPE_BYTES)
        # Guarded has what gzip uses of a file.
        self._data: Readable = gzip.GzipFile(fileobj=cast("IO[bytes]", guarded)) if is_zipped else guarded
        self._place = 0

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = 0) -> int:
        if whence != 0 or place < self._place:
            raise ValueError("a tape is read forwards")
        while self._place < place and self.read(min(CHUNK_BYTES, place - self._place)):
            pass
        return self._place

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        pieces: list[bytes] = []
        if size < 0 or size > CHUNK_BYTES * 16:
            raise BadInput("archive_damaged")  # a head of the tape that claims to be huge
        while size > 0 and (data := self._data.read(size)):
            pieces.append(data)
            size -= len(data)
            self._place += len(data)
            self._allowance.take(len(data))
        check_ratio(self._place, self._packed.tell())
        return b"".join(pieces)


class Told:
    """A stream whose faults are told as ours."""

    def __init__(self, inner: Readable) -> None:
        self._inner = inner

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        with told_as_damaged():
            return self._inner.read(size)


def _check(name: str, *, is_link: bool) -> None:
    plain = _plain(name)
    if is_link:
        raise BadInput("archive_link")
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in PurePosixPath(plain).parts:
        raise BadInput("archive_bad_name")


def _plain(name: str) -> str:
    name = name.replace("\\", "/")
    return name.removeprefix("./")
