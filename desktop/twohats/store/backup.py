"""Copies of the store, under the same key: whole, looked at again, and a few of them."""

import os
from pathlib import Path

from twohats.model.errors import StoreError
from twohats.store.seal import Seal, look_at
from twohats.store.transactions import Database

_KEPT = 5
_ALL_PAGES = 1 << 40


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
            if look_at(unfinished, key, _ALL_PAGES) is not Seal.WHOLE:
                raise StoreError("backup_failed")
        except StoreError:
            unfinished.unlink(missing_ok=True)
            raise
        unfinished.chmod(0o600)
        _settle(unfinished)
        unfinished.rename(target)
        for number in sorted(earlier)[: 1 - _KEPT]:
            earlier[number].unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError("backup_failed", errno=problem.errno or 0) from None
    return target


def _numbered(folder: Path) -> dict[int, Path]:
    # By number, not by time: with the clock set back the newest would look old.
    names = ((path.stem.removeprefix("twohats-"), path) for path in folder.glob("twohats-*.db"))
    return {int(number): path for number, path in names if number.isdecimal()}


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
