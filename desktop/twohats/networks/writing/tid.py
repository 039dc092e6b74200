"""Names of records on Bluesky, made from what is known before sending, so that a second try writes the same record.

https://atproto.com/specs/tid, read 2026-11-22: 53 bits of microseconds and 10 bits of a clock's mark, as 13 characters
that sort as the time does.
"""

import hashlib
from datetime import UTC, datetime, timedelta


def tid(key: str, when: datetime, part: int = 0) -> str:
    """The same for the same delivery (`key`), time and part; later parts of a thread sort behind earlier ones.

    `when` is aware, and exact to the millisecond: the rest is taken from the key, so that two deliveries of one moment
    have names of their own (of 900,000).
    """
    mark = int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    milliseconds = max(0, (when.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1))
    microseconds = milliseconds * 1000 + mark // _CLOCKS % _MARKS + part
    return encoded((microseconds % _MICROSECONDS) * _CLOCKS + mark % _CLOCKS)


def encoded(number: int) -> str:
    """A number below 2**63 as 13 characters of base32-sortable."""
    return "".join(_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))


_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCKS = 1 << 10
_MICROSECONDS = 1 << 53
_MARKS = 900
