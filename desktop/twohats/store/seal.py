"""Looks at a store's file without opening it: whose key it was sealed with, and whether a page was changed.

SQLCipher 4 ends each page of 4,096 bytes with an initialisation vector (16) and an HMAC-SHA512 (64) over all before it
and the page's number; page 1 begins with the salt, which is not covered
(https://www.zetetic.net/sqlcipher/design/, read 2026-11-22). Nothing here writes.
"""

import hashlib
import hmac
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

PAGE_BYTES = 4096
# About 30 ms on two slow cores. Pages beyond are found out when they are read.
_CHECKED_PAGES = 1024
ALL_PAGES = 1 << 40
_MAC_BYTES = 64
_SALT_BYTES = 16


class Seal(Enum):
    WHOLE = "whole"
    BROKEN = "broken"  # our key, but some page was changed
    FOREIGN = "foreign"  # no page knows the key
    NOT_SEALED = "not_sealed"  # not a store at all: empty, zeros, cut off


def salt_of(key: str) -> str:
    """The salt (hex) that goes with a key (hex). Fixed by the key, so that a changed header does not lock the file."""
    return hashlib.sha256(b"two hats salt" + bytes.fromhex(key)).hexdigest()[: 2 * _SALT_BYTES]


def look_at(path: Path, key: str, page_limit: int = _CHECKED_PAGES) -> Seal:
    """What the seals of the first `page_limit` pages say. Raises OSError."""
    size = path.stat().st_size
    if size == 0:
        return Seal.NOT_SEALED
    fits, is_blank = [], True
    for number, page in _pages(path, page_limit):
        fits.append(_is_sealed(page, number, key))
        is_blank = is_blank and not any(page)
    if any(fits):
        return Seal.WHOLE if all(fits) and size % PAGE_BYTES == 0 else Seal.BROKEN
    return Seal.NOT_SEALED if is_blank or size % PAGE_BYTES else Seal.FOREIGN


def _pages(path: Path, limit: int) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        for number in range(1, limit + 1):
            page = file.read(PAGE_BYTES)
            if not page:
                return
            yield number, page


def _is_sealed(page: bytes, number: int, key: str) -> bool:
    if len(page) != PAGE_BYTES:
        return False
    covered = page[_SALT_BYTES if number == 1 else 0 : -_MAC_BYTES]
    mac = hmac.digest(_mac_key(key), covered + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(mac, page[-_MAC_BYTES:])


def _mac_key(key: str) -> bytes:
    mixed = bytes(byte ^ 0x3A for byte in bytes.fromhex(salt_of(key)))
    return hashlib.pbkdf2_hmac("sha512", bytes.fromhex(key), mixed, 2, 32)
