"""Opens the store: makes it when there is none, brings it up to date, and never writes to one that it cannot read."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select

from twohats.model.draft import BIN_KEPT_FOR
from twohats.model.errors import StoreFull, StoreUnreadable
from twohats.model.tally import COUNTS_KEPT_FOR
from twohats.store.backup import back_up, is_due
from twohats.store.drafts import Drafts
from twohats.store.file_lock import locked
from twohats.store.key import FILE_NAME, LOCK_NAME, fresh_key
from twohats.store.media import MediaFiles
from twohats.store.migrations import LADDER, Ladder
from twohats.store.plans import Plans
from twohats.store.profile import ProfileBook
from twohats.store.queue import Queue
from twohats.store.records import Records
from twohats.store.seal import Seal, look_at
from twohats.store.tables import alembic_version, metadata
from twohats.store.tallies import Tallies
from twohats.store.transactions import Database, is_key

__all__ = ["FILE_NAME", "Store", "fresh_key", "open_store"]

BACKUP_FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Everything in it is safe from any thread."""

    drafts: Drafts
    media: MediaFiles
    queue: Queue
    plans: Plans
    records: Records
    profile: ProfileBook
    tallies: Tallies
    _database: Database
    _key: str

    @property
    def database(self) -> Database:
        """For the rooms of the store alone."""
        return self._database

    def backup_now(self) -> Path:
        """A copy in the folder `backups`, looked at again; the newest five are kept. Raises StoreError."""
        return back_up(self._database, self._key, self._database.path.parent / BACKUP_FOLDER)

    def back_up_if_due(self, now: datetime) -> Path | None:
        """A copy, unless the newest is less than most of a day old. It reads every page: damage shows here, if nowhere
        else. Raises StoreError."""
        folder = self._database.path.parent / BACKUP_FOLDER
        return self.backup_now() if is_due(folder, now) else None

    def export_all(self, target: Path, now: datetime) -> int:
        """Everything but secrets into one file; says how many rows it holds. Raises StoreError."""
        from twohats.store.whole_export import export_all

        return export_all(self._database, target, now)

    def import_all(self, source: Path) -> int:
        """Everything from such a file into this store, if nothing was written here yet; says how many rows came.
        Raises BadInput, StoreError: nothing has changed then."""
        from twohats.store.whole_import import import_all

        return import_all(self._database, source)

    def tidy(self, now: datetime) -> None:
        """Forgets for good what has been in the bin, and what has been counted, for as long as it is kept."""
        self.drafts.purge_deleted(now - BIN_KEPT_FOR)
        self.tallies.forget_before((now - COUNTS_KEPT_FOR).date())

    def close(self) -> None:
        self._database.close()


def open_store(folder: Path, key: str, ladder: Ladder = LADDER) -> Store:
    """The store in a folder, made if there is none; brought up to date, with a backup first, if it is older.

    Raises StoreUnreadable("store_wrong_key" | "store_damaged" | "store_newer"): the file is then as it was;
    StoreFull("store_full" | "store_not_writable"), StoreError("store_busy" | "backup_failed").
    """
    if not is_key(key):
        raise StoreUnreadable("store_wrong_key")
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with locked(folder / LOCK_NAME):
                _make(path, key, ladder)
        _look_before_opening(path, key)
        database = Database(path, key)
        try:
            if _revision(database, ladder) != ladder.top:
                with locked(folder / LOCK_NAME):
                    _bring_up_to_date(database, key, ladder)
        except BaseException:
            database.close()
            raise
    except OSError as problem:
        raise StoreFull("store_not_writable", errno=problem.errno or 0) from None
    return Store(
        drafts=Drafts(database),
        media=MediaFiles(database),
        queue=Queue(database),
        plans=Plans(database),
        records=Records(database),
        profile=ProfileBook(database),
        tallies=Tallies(database),
        _database=database,
        _key=key,
    )


def _make(path: Path, key: str, ladder: Ladder) -> None:
    """Makes the file beside its place, whole, and then moves it there: a crash leaves all or nothing."""
    if path.exists():  # another process was quicker
        return
    if _journal_of(path).exists():
        # A journal without its file: SQLite would play it into the new one.
        raise StoreUnreadable("store_damaged")
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    database = Database(unfinished, key, is_being_made=True)
    try:
        with database.writing() as connection:
            metadata.create_all(connection)
            connection.execute(insert(alembic_version).values(version_num=ladder.top))
    finally:
        database.close()
    unfinished.rename(path)
    if os.name == "posix":
        _settle_folder(path.parent)


def _settle_folder(folder: Path) -> None:
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def _look_before_opening(path: Path, key: str) -> None:
    match look_at(path, key):
        case Seal.WHOLE:
            return
        case Seal.FOREIGN:
            raise StoreUnreadable("store_wrong_key")
        case Seal.NOT_SEALED:
            raise StoreUnreadable("store_damaged")
        case Seal.BROKEN:
            # A crash while the journal was folded in leaves torn pages; the journal still has them whole.
            journal = _journal_of(path)
            if not journal.exists() or journal.stat().st_size == 0:
                raise StoreUnreadable("store_damaged")


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _revision(database: Database, ladder: Ladder) -> str:
    """The schema of the file. Raises StoreUnreadable("store_newer") for one that this program does not know."""
    with database.reading() as connection:
        revision = _stamp(connection)
    if revision not in ladder.revisions:
        raise StoreUnreadable("store_newer")
    return revision


def _stamp(connection: Connection) -> str:
    if not inspect(connection).has_table(alembic_version.name):
        raise StoreUnreadable("store_damaged")
    return connection.execute(select(alembic_version.c.version_num)).scalar_one_or_none() or ""


def _bring_up_to_date(database: Database, key: str, ladder: Ladder) -> None:
    if _revision(database, ladder) == ladder.top:  # another process was quicker
        return
    back_up(database, key, database.path.parent / BACKUP_FOLDER)
    # Loaded here: most starts need no step, and Alembic takes as long to load as the rest of the store.
    from twohats.store.migrations.climb import climb

    with database.changing_schema() as connection:
        climb(connection, ladder)
