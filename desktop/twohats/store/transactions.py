"""The encrypted file: connections to it, and reading and writing in transactions.

Durability over speed: a commit is on the disk when it returns (synchronous FULL), since no approved post may be lost.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from twohats.model.errors import MixedIdentities, StoreError, StoreFull, StoreUnreadable, TwoHatsError
from twohats.store.seal import salt_of

_BUSY_TIMEOUT_MS = 5000
_CACHE_KIB = 24 * 1024  # decrypted pages; a search reads most of the words of 10,000 drafts
_WRITES = "twohats_writes"


class Database:
    """One file. Safe from any thread: each transaction has a connection of its own, from a pool.

    After the file was found damaged nothing is written to it any more.
    """

    def __init__(self, path: Path, key: str, *, is_being_made: bool = False) -> None:
        self.path = path
        self._key = key
        # A file that is being made has no journal beside it, and can be moved in place when it is whole.
        self._journal = "DELETE" if is_being_made else "WAL"
        self._is_damaged = False
        # Between processes SQLite itself lets one write at a time, and whoever waits looks again now and then. Between
        # threads a lock hands over at once: eight places that a post goes to do not wait for each other longer.
        self._turn = threading.Lock()
        # hide_parameters: no text of a draft in an exception.
        # use_lifo: the connection that read last has the pages still decrypted.
        self._engine = create_engine(
            "sqlite://",
            module=dbapi2,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=10,
            pool_use_lifo=True,
            hide_parameters=True,
        )
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of everything. Raises StoreError."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, the only one that writes; on the disk when the block ends, undone when it raises.

        Raises StoreFull, StoreUnreadable, StoreError("store_busy"), and MixedIdentities when a trigger says so.
        """
        if self._is_damaged:
            raise StoreUnreadable("store_damaged")
        with self._in_turn(), self._translated(), self._engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def changing_schema(self) -> Iterator[Connection]:
        """As writing(), with foreign keys at rest: SQLite rebuilds a table by dropping the old one."""
        with self._translated(), self._engine.connect() as plain:
            _raw(plain).execute("PRAGMA foreign_keys = OFF")
            try:
                connection = plain.execution_options(**{_WRITES: True})
                with connection.begin():
                    yield connection
            finally:
                plain.invalidate()  # not back into the pool in this state

    def copy_to(self, target: Path) -> None:
        """A whole, compact copy under the same key, of one moment. Raises StoreError."""
        with self._translated(), self._engine.connect() as connection:
            raw = _raw(connection)
            raw.execute("VACUUM INTO ?", (str(target),))

    def fold_journal(self) -> None:
        """Writes what the journal holds into the file. Raises StoreError."""
        with self._translated(), self._engine.connect() as connection:
            _raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Closes the connections that are not in use; the last to close folds the journal into the file."""
        self._engine.dispose()

    def _connect(self) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
        raw = dbapi2.connect(
            str(self.path), isolation_level=None, check_same_thread=False, timeout=_BUSY_TIMEOUT_MS / 1000
        )
        try:
            raw.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal
            raw.execute(f"PRAGMA key = \"x'{self._key}{salt_of(self._key)}'\"")
            raw.execute(f"PRAGMA journal_mode = {self._journal}")
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("PRAGMA foreign_keys = ON")
            # One full disk is enough: temporary tables stay in memory, and are never a plain file.
            raw.execute("PRAGMA temp_store = MEMORY")
            raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        except BaseException:
            raw.close()
            raise
        return raw

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=_BUSY_TIMEOUT_MS / 1000):
            raise StoreError("store_busy")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as problem:
            told = _told(problem.orig)
            if told is None:
                raise
            self._note_damage(told)
            raise told from None
        except dbapi2.Error as problem:
            told = _told(problem)
            if told is None:
                raise
            self._note_damage(told)
            raise told from None

    def _note_damage(self, told: TwoHatsError) -> None:
        if told.code == "store_damaged" and not self._is_damaged:
            self._is_damaged = True
            with suppress(OSError):  # the next start then looks at fewer pages; this one has stopped writing
                damage_note(self.path).touch(mode=0o600)


def damage_note(path: Path) -> Path:
    """The empty file that says: damage was met while the store was open, so look at every page before the next use."""
    return path.with_suffix(".damaged")


def is_key(key: str) -> bool:
    """Whether it is 32 bytes in hex."""
    return re.fullmatch(r"[0-9a-f]{64}", key) is not None


def _begin(connection: Connection) -> None:
    # IMMEDIATE: a writer waits for its turn at the start, and never fails in the middle for having read too early.
    is_writer = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


def _raw(connection: Connection) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
    return connection.connection.driver_connection


def _told(problem: BaseException | None) -> StoreError | MixedIdentities | None:
    """SQLite's result codes (https://sqlite.org/rescode.html) as ours. None: a fault of our own."""
    if isinstance(problem, dbapi2.IntegrityError):
        return MixedIdentities("mixed_identities") if "mixed identities" in str(problem) else None
    match getattr(problem, "sqlite_errorcode", 0) & 0xFF:
        case 13:  # FULL
            return StoreFull("store_full")
        case 11 | 26:  # CORRUPT, NOTADB
            return StoreUnreadable("store_damaged")
        case 3 | 8 | 10 | 14:  # PERM, READONLY, IOERR (a quota, a disk that fails), CANTOPEN
            return StoreFull("store_not_writable")
        case 5 | 6:  # BUSY, LOCKED
            return StoreError("store_busy")
        case _:
            return None
