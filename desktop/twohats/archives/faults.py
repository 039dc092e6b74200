"""What hostile or broken files make the readers of the standard library raise, told as one sentence's code."""

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from twohats.model.errors import BadInput

_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,  # a way of packing that zipfile does not know
    UnicodeError,  # in the names of files
    ValueError,  # negative places, numbers that are none
    OverflowError,
    RecursionError,
    IndexError,
    OSError,  # gzip.BadGzipFile, and a disk that cannot be read
)


@contextmanager
def told_as_damaged() -> Iterator[None]:
    """Raises BadInput("archive_damaged") for whatever goes wrong inside, but for what is told already."""
    try:
        yield
    except _DAMAGED as problem:
        raise BadInput("archive_damaged") from problem
