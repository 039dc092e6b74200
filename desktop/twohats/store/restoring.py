"""A store whose file is damaged is put back from its newest good copy; the damaged file is kept beside it.

A copy knows nothing of what came after it. Drafts that can still be read in the damaged file are brought along; what
was on its way then is held, since it may have left, or been taken back, meanwhile.
"""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from twohats.model.delivery import DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import StoreError, StoreFull, StoreUnreadable
from twohats.model.restored import Restored
from twohats.store.backup import copies, settle
from twohats.store.database import BACKUP_FOLDER, Store, open_store
from twohats.store.encoding import draft_of, read, text_map_json, written
from twohats.store.file_lock import locked
from twohats.store.key import FILE_NAME, LOCK_NAME
from twohats.store.migrations import LADDER, Ladder
from twohats.store.seal import ALL_PAGES, Seal, look_at
from twohats.store.tables import deliveries, drafts
from twohats.store.transactions import Database, damage_note

_ASIDE = "damaged"
_OPEN_STATES = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN)


def open_or_restore(folder: Path, key: str, now: datetime, ladder: Ladder = LADDER) -> tuple[Store, Restored | None]:
    """As open_store(); a damaged store is restored first, if there is a good copy. Only for who holds the profile
    alone. Raises as open_store() does, StoreUnreadable("store_damaged") where no copy is good."""
    path = folder / FILE_NAME
    try:
        if damage_note(path).exists() and path.exists():
            _look_through(path, key)
        store = open_store(folder, key, ladder)
    except StoreUnreadable as problem:
        if problem.code != "store_damaged":
            raise
    else:
        damage_note(path).unlink(missing_ok=True)
        return store, None
    try:
        with locked(folder / LOCK_NAME):
            made_at, aside = _put_back(folder, key, now)
    except OSError as problem:
        raise StoreFull("store_not_writable", errno=problem.errno or 0) from None
    store = open_store(folder, key, ladder)
    with store.database.writing() as connection:
        hold_open(connection, "store_restored")
    rescued = _rescue(store, aside / FILE_NAME, key)
    return store, Restored(made_at, aside, rescued)


def hold_open(connection: Connection, problem: str) -> None:
    """Holds all deliveries that could leave by themselves, under a code: the person says what becomes of them."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.state.in_([state.value for state in _OPEN_STATES]))
        .values(state=DeliveryState.HELD.value, problem=problem, problem_facts=written(text_map_json({})))
    )


def _look_through(path: Path, key: str) -> None:
    """Damage was met while the program ran, perhaps far behind what is looked at usually. Raises StoreUnreadable."""
    database = Database(path, key)
    try:
        database.fold_journal()
    finally:
        database.close()
    if look_at(path, key, ALL_PAGES) is not Seal.WHOLE:
        raise StoreUnreadable("store_damaged")


def _put_back(folder: Path, key: str, now: datetime) -> tuple[datetime, Path]:
    """When the copy was made that stands there now, and where the damaged file lies."""
    path = folder / FILE_NAME
    good = next(
        (copy for copy in reversed(copies(folder / BACKUP_FOLDER)) if look_at(copy, key, ALL_PAGES) is Seal.WHOLE), None
    )
    if good is None:
        raise StoreUnreadable("store_damaged")
    made_at = datetime.fromtimestamp(good.stat().st_mtime, UTC)
    unfinished = path.with_suffix(".new")
    shutil.copy(good, unfinished)
    unfinished.chmod(0o600)
    settle(unfinished)
    aside = _free_place(folder / f"{_ASIDE}-{now.astimezone(UTC):%Y%m%d-%H%M%S}")
    aside.mkdir(mode=0o700)
    # The journal first: it must never lie beside a file that it does not belong to.
    for name in (f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", FILE_NAME):
        if (folder / name).exists():
            (folder / name).rename(aside / name)
    unfinished.rename(path)
    damage_note(path).unlink(missing_ok=True)
    return made_at, aside


def _free_place(wanted: Path) -> Path:
    number, place = 1, wanted
    while place.exists():
        number += 1
        place = wanted.with_name(f"{wanted.name}-{number}")
    return place


def _rescue(store: Store, damaged: Path, key: str) -> int:
    """Brings along the drafts that the damaged file holds newer than the copy; says how many. Read from a copy of it,
    so that the file itself stays as it was found."""
    readable = damaged.with_name("reading.db")
    try:
        for suffix in ("", "-wal"):
            journal = damaged.with_name(damaged.name + suffix)
            if journal.exists():
                shutil.copy(journal, readable.with_name(readable.name + suffix))
        database = Database(readable, key)
        try:
            return sum(_bring_along(store, draft) for draft in _readable_drafts(database))
        finally:
            database.close()
    except (StoreError, OSError, SQLAlchemyError, ValueError, KeyError):  # nothing in it makes sense any more
        return 0
    finally:
        for left in (*readable.parent.glob(f"{readable.name}*"), damage_note(readable)):
            with suppress(OSError):  # it lies in the folder of what is damaged, and harms nobody
                left.unlink(missing_ok=True)


def _readable_drafts(database: Database) -> list[Draft]:
    """One by one: what lies on a damaged page fails alone."""
    with database.reading() as connection:
        last = connection.execute(select(func.max(drafts.c.number))).scalar_one() or 0
    found = []
    for number in range(1, last + 1):
        try:
            with database.reading() as connection:
                is_kept = (drafts.c.number == number, drafts.c.deleted_at.is_(None), drafts.c.post_id == "")
                body = connection.execute(select(drafts.c.body).where(*is_kept)).scalar_one_or_none()
        except StoreError:
            continue
        if body is not None:
            found.append(draft_of(read(body)))
    return found


def _bring_along(store: Store, draft: Draft) -> bool:
    standing = store.drafts.get(draft.id)
    if standing is not None and (standing.revision >= draft.revision or standing.post_id):
        return False
    return store.drafts.save(draft)
