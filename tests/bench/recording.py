"""Searching 100,000 records, and taking 10,000 of them along, beside bare SQLCipher asking a copy of the same file."""

import hashlib
import json
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2
from tests.bench.measure import Row, p95, timed_ms
from tests.bench.texts import post_of
from tests.unit.store.posts import post

from twohats.flows.export_records import export_of
from twohats.gui.sent.export_files import write
from twohats.model.account import account_of
from twohats.model.approval import approval_digest
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.model.record import RecordFilter
from twohats.store.database import FILE_NAME, Store, open_store
from twohats.store.encoding import moment_json, receipt_json, rendition_of, written
from twohats.store.finding import AFTER_WORDS
from twohats.store.key import fresh_key
from twohats.store.seal import salt_of
from twohats.store.words import folded

MANY, TAKEN, PAGE = 100_000, 10_000, 200
BELOW_MS = 50
START = datetime(2000, 1, 1, tzinfo=UTC)
_EVERY = timedelta(minutes=130)
_YEAR = timedelta(days=365)
_TIMES = 15
_PORTION = 1_000
_PLACES = (
    account_of(Hat.PROFESSIONAL, id="site", network="wordpress", label="Practice blog"),
    account_of(Hat.PROFESSIONAL, id="talk", network="mastodon", label="@robin@lake.test"),
    account_of(Hat.PROFESSIONAL, id="work", network="linkedin", label="Robin Vale"),
    account_of(Hat.PERSONAL, id="home", network="threads", label="Garden diary"),
)
_OLD = {"first": START + 5 * _YEAR, "until": START + 6 * _YEAR}
_SEARCHES = (
    RecordFilter(),
    RecordFilter(hat=Hat.PERSONAL),
    RecordFilter(network="threads"),
    RecordFilter(**_OLD),
    RecordFilter(hat=Hat.PROFESSIONAL, network="linkedin", **_OLD),
    RecordFilter("heron"),
    RecordFilter("the"),
    RecordFilter("sleep guideline"),
    RecordFilter("my"),
    RecordFilter("zq"),
    RecordFilter("no such words"),
    RecordFilter("note 77123"),
    RecordFilter("heron", hat=Hat.PERSONAL),
    RecordFilter("worry", network="threads"),
    RecordFilter("worry", network="bluesky"),
    RecordFilter("worry", **_OLD),
    RecordFilter("worry", hat=Hat.PROFESSIONAL, network="linkedin", **_OLD),
    RecordFilter("the", first=START, until=START + timedelta(days=30)),
)
"""Common and rare words, short ones, some that are nowhere; each with and without what else can be asked for."""

Asked = tuple[str, Sequence[Any]]


def rows() -> Iterator[Row]:
    """Filling is not in it."""
    with tempfile.TemporaryDirectory(prefix="two-hats-bench-") as place:
        key = fresh_key()
        store = open_store(Path(place), key)
        _fill(store)
        if store.records.first_broken() is not None or store.records.count() != MANY:
            raise ValueError("what is measured must be the real thing")
        store.database.fold_journal()
        copy = Path(place) / "bare.db"
        shutil.copyfile(Path(place) / FILE_NAME, copy)
        bare = _opened(copy, key)
        yield from _searches(store, bare)
        yield from _export(store, bare, Path(place) / "records.pdf")
        store.close()
        bare.close()


def _searches(store: Store, bare: Any) -> Iterator[Row]:
    """Both take turns, and each turn has its own order: neither finds more pages decrypted than the other."""
    ours_ms: list[float] = []
    bare_ms: list[float] = []
    order = random.Random(8)
    searches = [(wanted, _statements(lambda w=wanted: store.records.find(w, PAGE))) for wanted in _SEARCHES]  # type: ignore[misc]
    for _ in range(_TIMES):
        order.shuffle(searches)
        for wanted, statements in searches:
            ours_ms.append(timed_ms(lambda w=wanted: store.records.find(w, PAGE)))  # type: ignore[misc]
            bare_ms.append(timed_ms(lambda s=statements: _replay(bare, s)))  # type: ignore[misc]
    middle = statistics.median(ours_ms)
    yield Row(f"search {MANY:,} records, page of {PAGE}", middle, "ms", statistics.median(bare_ms))
    late = p95(ours_ms)
    word = "within" if late <= BELOW_MS else "ABOVE"
    yield Row(f"search {MANY:,} records, p95 ({word} {BELOW_MS} ms)", late, "ms", p95(bare_ms))


def _export(store: Store, bare: Any, path: Path) -> Iterator[Row]:
    wanted = RecordFilter(until=START + (TAKEN + 1) * _EVERY)
    reads = _statements(lambda: [(r, store.queue.of_post(r.post_id)) for r in store.records.walk(wanted)])
    bare_ms = timed_ms(lambda: _replay(bare, reads))
    reads.clear()
    memory: dict[int, float] = {}

    def tell(done: int, count: int) -> bool:
        if done % _PORTION == 0:
            memory[done] = _memory_mb()
        return count == TAKEN

    made = export_of(store.records, store.queue, store.plans, wanted, frozenset(), START)
    ours_ms = timed_ms(lambda: write(made, path, "pdf", tell))
    if TAKEN not in memory or not path.read_bytes().startswith(b"%PDF"):
        raise ValueError("all of them were to be written")
    yield Row(f"export {TAKEN:,} records to PDF, beside reading them", ours_ms, "ms", bare_ms)
    yield Row(f"export, memory at the end, beside after {_PORTION:,}", memory[TAKEN], "MB", memory[_PORTION], 1.1)


def _statements(work: Callable[[], object]) -> list[Asked]:
    """What is asked of the database while some work is done, word for word."""
    asked: list[Asked] = []

    def note(_connection: object, _cursor: object, statement: str, values: Sequence[Any], *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return asked


def _replay(bare: Any, statements: Sequence[Asked]) -> None:
    """The same reads, the JSON in them read too."""
    bare.execute("BEGIN")
    for statement, values in statements:
        for row in bare.execute(statement, values).fetchall():
            for value in row:
                if isinstance(value, str) and value.startswith("{"):
                    json.loads(value)
    bare.execute("COMMIT")


def _memory_mb() -> float:
    """What the process holds now; where the system does not say, the most that it has held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    if sys.platform == "win32":
        raise OSError("measured on Linux and macOS alone")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _opened(path: Path, key: str) -> Any:
    bare = dbapi2.connect(str(path), isolation_level=None)
    bare.execute(f"PRAGMA key = \"x'{key}{salt_of(key)}'\"")
    for setting in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -24576"):
        bare.execute(f"PRAGMA {setting}")
    return bare


def _fill(store: Store) -> None:
    """One post for each place goes in as posts do; the others are their copies with other words, in portions."""
    for account in _PLACES:
        store.profile.save_account(account)
    for number, account in enumerate(_PLACES, start=1):
        made = post(number, accounts=(account,), hat=account.hat, at=START + number * _EVERY)
        store.queue.add(made.approval, made.deliveries, made.record)
    words = _Words()
    for start in range(len(_PLACES) + 1, MANY + 1, _PORTION):
        _copy(store, range(start, min(start + _PORTION, MANY + 1)), words)


def _copy(store: Store, numbers: range, words: "_Words") -> None:
    with store.database.writing() as connection:
        ask = connection.exec_driver_sql
        kinds = {
            table: [dict(row) for row in ask(f"SELECT * FROM {table} ORDER BY rowid LIMIT {len(_PLACES)}").mappings()]
            for table in ("approvals", "deliveries", "records", "record_places")
        }
        body_of = [json.loads(row["body"]) for row in kinds["records"]]
        first_at = kinds["record_places"][0]["posted_at"] - _EVERY // timedelta(microseconds=1)
        _, previous = json.loads(ask("SELECT value FROM settings WHERE name = 'records_head'").scalar_one())
        new: dict[str, list[dict[str, Any]]] = {table: [] for table in kinds}
        for number in numbers:
            kind = number % len(_PLACES)
            at, text = START + number * _EVERY, words.of(number)
            post_id, approval_id, delivery_id = f"post-{number}", f"approval-{number}", f"delivery-{number}"
            delivery = kinds["deliveries"][kind]
            rendition = json.loads(delivery["rendition"]) | {"html": f"<p>{text}</p>", "payload": {"body": text}}
            parts = (rendition_of(rendition).digest,)
            digest = approval_digest(Hat(delivery["hat"]), (delivery["account_id"],), parts)
            approval = {"id": approval_id, "post_id": post_id, "digest": digest}
            new["approvals"].append(kinds["approvals"][kind] | approval)
            moved = {
                "id": delivery_id,
                "post_id": post_id,
                "approval_id": approval_id,
                "approval_digest": digest,
                "key": f"key-{number}",
                "rendition": written(rendition),
                "state": DeliveryState.SENT.value,
                "receipt": written(receipt_json(Receipt(str(number), f"https://lake.test/{number}", at))),
            }
            new["deliveries"].append(delivery | moved)
            targets = [{**body_of[kind]["targets"][0], "delivery_id": delivery_id}]
            told = {
                "post_id": post_id,
                "approval_digest": digest,
                "text": text,
                "posted_at": moment_json(at),
                "targets": targets,
            }
            body = written(body_of[kind] | told | {"number": number, "previous_hash": previous})
            previous = hashlib.sha256(body.encode()).hexdigest()
            new["records"].append(
                kinds["records"][kind] | {"number": number, "post_id": post_id, "hash": previous, "body": body}
            )
            new["record_places"].append(
                kinds["record_places"][kind]
                | {"number": number, "posted_at": first_at + number * (_EVERY // timedelta(microseconds=1))}
            )
        for table, made in new.items():
            columns = list(made[0])
            marks = ", ".join("?" * len(columns))
            ask(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", [tuple(row.values()) for row in made])
        said = [
            (
                row["number"],
                folded((words.of(row["number"]), _PLACES[row["number"] % len(_PLACES)].label)) + AFTER_WORDS,
            )
            for row in new["records"]
        ]
        ask("INSERT INTO record_words (rowid, words) VALUES (?, ?)", said)
        ask("UPDATE settings SET value = ? WHERE name = 'records_head'", (written([numbers[-1], previous]),))


class _Words:
    """Posts of some hundred characters, each with a dozen names that hardly another has."""

    def __init__(self) -> None:
        chance = random.Random(7)
        parts = ("ba", "ne", "lo", "ri", "ta", "mo", "sel", "dor", "vin", "ka", "pel", "ur", "ost", "em", "ja", "thi")
        self._names = ["".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(20_000)]
        self._long = post_of(40_000)

    def of(self, number: int) -> str:
        chance = random.Random(number)
        begin, length = chance.randrange(39_000), chance.randint(100, 900)
        bird = "heron" if number % 100 == 0 else "finch"
        names = " ".join(chance.choices(self._names, k=12))
        return f"Note {number} on the {bird}. {self._long[begin : begin + length]} {names}"
