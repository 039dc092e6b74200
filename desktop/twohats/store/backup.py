"""Copies of the store, under the same key: whole, looked at again, and a few of them."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from twohats.model.errors import StoreError
from twohats.store.seal import ALL_PAGES, Seal, look_at
from twohats.store.transactions import Database

_KEPT = 5
_FRESH_FOR = timedelta(hours=20)


def back_up(database: Database, key: str, folder: Path) -> Path:
    """Makes the next copy by number, and drops the oldest beyond five.

    Raises StoreFull, and StoreError("backup_failed") when the copy is not whole or cannot be put in place.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        earlier = _numbered(folder)
        target = folder / f"twohats-{max(earlier, default=0) + 1:04}.db"
        unfinished = target.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        try:
            database.copy_to(unfinished)
            if look_at(unfinished, key, ALL_PAGES) is not Seal.WHOLE:
                raise StoreError("backup_failed")
        except StoreError:
            unfinished.unlink(missing_ok=True)
            raise
        unfinished.chmod(0o600)
        settle(unfinished)
        unfinished.rename(target)
        for number in sorted(earlier)[: 1 - _KEPT]:
            earlier[number].unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError("backup_failed", errno=problem.errno or 0) from None
    return target


def is_due(folder: Path, now: datetime) -> bool:
    """Whether no copy is younger than most of a day. One from the future says nothing: the clock was wrong."""
    made = [datetime.fromtimestamp(copy.stat().st_mtime, UTC) for copy in copies(folder)]
    return not any(now - _FRESH_FOR < at <= now for at in made)


def copies(folder: Path) -> tuple[Path, ...]:
    """The oldest first."""
    return tuple(path for _, path in sorted(_numbered(folder).items()))


def settle(path: Path) -> None:
    """On the disk when it returns."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _numbered(folder: Path) -> dict[int, Path]:
    # By number, not by time: with the clock set back the newest would look old.
    names = ((path.stem.removeprefix("twohats-"), path) for path in folder.glob("twohats-*.db"))
    return {int(number): path for number, path in names if number.isdecimal()}
