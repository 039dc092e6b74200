"""Claiming rows of a queue of 10,000, beside bare SQLCipher with the same settings on a copy of the same file: the same
reads and writes."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from tests.bench.measure import Row, median_ms, timed_ms
from tests.unit.store.posts import post

from twohats.model.account import account_of
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.store.database import FILE_NAME, Store, open_store
from twohats.store.key import fresh_key
from twohats.store.seal import salt_of

POSTS, TARGETS = 100, 100
CLAIMED = 500
TARGET = 2.0
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_TIMES = 5
_ROUND = 50
_WHOLE = "SELECT deliveries.*, after_id, link FROM deliveries LEFT JOIN orders ON orders.delivery_id = deliveries.id "
_MAY_LEAVE = "(after_id IS NULL OR link IS NOT NULL)"
_DUE = f"{_WHOLE} WHERE state = 'waiting' AND due_at <= ? AND {_MAY_LEAVE} ORDER BY due_at, post_id, position"
_ONE = f"{_WHOLE} WHERE deliveries.id = ?"
_MOVE = (
    "UPDATE deliveries SET state = ?, due_at = ?, attempts = ?, started_at = ?, problem = ?, problem_facts = ?,"
    " receipt = ? WHERE id = ?"
)


def rows() -> Iterator[Row]:
    """What is due is listed; then rows are claimed one by one, each on the disk before the next. Filling is not in
    it. Both take turns, so that a disk that is slow for a while is slow for both."""
    with tempfile.TemporaryDirectory(prefix="two-hats-bench-") as place:
        key = fresh_key()
        store = open_store(Path(place), key)
        _fill(store)
        store.database.fold_journal()
        copy = Path(place) / "bare.db"
        shutil.copyfile(Path(place) / FILE_NAME, copy)
        bare = _opened(copy, key)
        due = store.queue.due(NOW)
        now = bare.execute("SELECT max(due_at) FROM deliveries").fetchone()[0]
        if len(due) != POSTS * TARGETS or len(_due(bare, now)) != len(due):
            raise ValueError("all of it is due, in both")
        name = f"list the {len(due):,} rows that are due"
        yield Row(
            name, median_ms(lambda: store.queue.due(NOW), _TIMES), "ms", median_ms(lambda: _due(bare, now), _TIMES)
        )

        ids = [delivery.id for delivery in due[:CLAIMED]]
        ours_ms, bare_ms = _in_turns(
            ids,
            lambda delivery_id: store.queue.claim(delivery_id, NOW),
            lambda delivery_id: _claim(bare, delivery_id, now),
        )
        if len(store.queue.in_state(DeliveryState.SENDING)) != CLAIMED:
            raise ValueError("all were claimed")
        rate = 1000 / ours_ms
        yield Row(f"claim a row of {len(due):,}: {rate:.0f} a second", ours_ms, "ms", bare_ms, TARGET)
        _all_sent(store, ids)
        store.close()
        bare.close()


def _all_sent(store: Store, ids: Sequence[str]) -> None:
    """A claimed row can be brought to its end: what was measured is the real thing."""
    sending = store.queue.get(ids[0])
    if sending is None or not store.queue.save(sending.sent(Receipt("1", "", NOW)), DeliveryState.SENDING):
        raise ValueError("a claimed row was not sending")


def _in_turns(ids: Sequence[str], ours: Callable[[str], object], bare: Callable[[str], object]) -> tuple[float, float]:
    """Milliseconds a row, for both."""
    ours_ms = bare_ms = 0.0
    for start in range(0, len(ids), _ROUND):
        some = ids[start : start + _ROUND]
        ours_ms += timed_ms(lambda some=some: [ours(one) for one in some])  # type: ignore[misc]
        bare_ms += timed_ms(lambda some=some: [bare(one) for one in some])  # type: ignore[misc]
    return ours_ms / len(ids), bare_ms / len(ids)


def _due(bare: Any, now: object) -> list[object]:
    found = bare.execute(_DUE, (now,)).fetchall()
    return [json.loads(row["rendition"]) for row in found]


def _claim(bare: Any, delivery_id: str, now: object) -> None:
    bare.execute("BEGIN IMMEDIATE")
    row = bare.execute(_ONE, (delivery_id,)).fetchone()
    json.loads(row["rendition"])
    moved = ("sending", row["due_at"], row["attempts"] + 1, now, row["problem"], row["problem_facts"], row["receipt"])
    bare.execute(_MOVE, (*moved, delivery_id))
    bare.execute("COMMIT")


def _opened(path: Path, key: str) -> Any:
    bare = dbapi2.connect(str(path), isolation_level=None)
    bare.row_factory = dbapi2.Row
    bare.execute(f"PRAGMA key = \"x'{key}{salt_of(key)}'\"")
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -24576"):
        bare.execute(f"PRAGMA {setting}")
    return bare


def _fill(store: Store) -> None:
    accounts = [account_of(Hat.PROFESSIONAL, id=f"a{n}", network="folder", label=f"Blog {n}") for n in range(TARGETS)]
    for account in accounts:
        store.profile.save_account(account)
    for number in range(POSTS):
        made = post(number, f"Note {number}. " + "Sleep comes easier with a routine. " * 8, accounts, at=NOW)
        store.queue.add(made.approval, [replace(one, due_at=NOW) for one in made.deliveries], made.record)
