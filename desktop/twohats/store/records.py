"""What is kept of each post, chained by hash to the one before.

The hash covers what does not change: text, findings, answers, where it was to go. How each target stands is read from
its delivery, and is not covered.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from heapq import merge
from operator import itemgetter

from sqlalchemy import Connection, RowMapping, exists, func, insert, select, text, union, update

from twohats.model.account import Account
from twohats.model.approval import approval_digest
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.identity import Hat
from twohats.model.plan import Keeper
from twohats.model.record import Record, RecordedTarget, RecordFilter
from twohats.store import finding, removing, words
from twohats.store.encoding import (
    Json,
    moment_json,
    moment_of,
    read,
    receipt_of,
    recorded_finding_json,
    recorded_finding_of,
    rendition_of,
    written,
)
from twohats.store.tables import deliveries, plans, record_places, records, records_removed, settings
from twohats.store.transactions import Database

_HEAD = "records_head"
_FIRST = "0" * 64
_AT_ONCE = 200
_ARRIVED = [DeliveryState.SENT.value, DeliveryState.TAKEN_DOWN.value]
_NOT_ARRIVED = [state.value for state in DeliveryState if state.value not in _ARRIVED]  # named: an index finds them
_CHAIN = select(records).order_by(records.c.number)


class Records:
    """Meets RecordStore. A post that was undone before anything left stays in the chain, and out of the list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, post_id: str) -> Record | None:
        """The record of a post, undone or not."""
        with self._database.reading() as connection:
            row = connection.execute(select(records).where(records.c.post_id == post_id)).mappings().one_or_none()
            return _record(row, _standing(connection, [post_id])) if row else None

    def search(self, query: str = "", hat: Hat | None = None, limit: int = 200, offset: int = 0) -> Sequence[Record]:
        """The newest first; every word must occur in text, title, tags, excerpt, alt texts, or the name of a target."""
        return self.find(RecordFilter(query, hat), limit, offset)

    def find(self, wanted: RecordFilter, limit: int = 200, offset: int = 0) -> Sequence[Record]:
        """As search(), by all that a filter can ask for."""
        with self._database.reading() as connection:
            numbers = finding.numbers_of(connection, wanted, is_newest_first=True, limit=limit, offset=offset)
            return _records(connection, numbers)

    def walk(self, wanted: RecordFilter) -> Iterator[Record]:
        """All of them, the oldest first, read a few at a time; what is added meanwhile comes last."""
        last = 0
        while True:
            with self._database.reading() as connection:
                numbers = finding.numbers_of(connection, wanted, is_newest_first=False, after=last, limit=_AT_ONCE)
                found = _records(connection, numbers)
            if not numbers:
                return
            yield from found
            last = numbers[-1]

    def count_of(self, wanted: RecordFilter) -> int:
        """How many there are."""
        with self._database.reading() as connection:
            return finding.count_of(connection, wanted)

    def count(self) -> int:
        """How many the list shows."""
        with self._database.reading() as connection:
            return connection.execute(
                select(func.count()).select_from(records).where(records.c.is_undone == 0)
            ).scalar_one()

    def count_sent(self) -> int:
        """How many posts have arrived somewhere, taken down since or not. What waits on its network has not."""
        # All but those that have not: those are few, and the state of every delivery would take seconds to read.
        waiting_there = select(plans.c.delivery_id).where(plans.c.keeper == Keeper.THERE.value, plans.c.is_settled == 0)
        other = deliveries.alias()
        candidates = union(
            select(deliveries.c.post_id).where(deliveries.c.state.in_(_NOT_ARRIVED)),
            select(plans.c.post_id).where(plans.c.keeper == Keeper.THERE.value, plans.c.is_settled == 0),
        ).subquery()
        has_arrived = exists().where(
            other.c.post_id == candidates.c.post_id, other.c.state.in_(_ARRIVED), other.c.id.not_in(waiting_there)
        )
        missing = select(func.count()).select_from(candidates).where(~has_arrived)
        with self._database.reading() as connection:
            posts = connection.execute(select(func.count()).select_from(records)).scalar_one()
            return posts - connection.execute(missing).scalar_one()

    def head(self) -> tuple[int, str]:
        """Number and hash of the newest record, as written down apart from it; 0 and zeros while there is none."""
        with self._database.reading() as connection:
            return _head(connection)

    def first_broken(self, pause: Callable[[], None] = lambda: None) -> int | None:
        """The number of the first record that was changed or is missing; None when the chain holds. `pause` is called
        again and again meanwhile; what it raises ends the reading.

        Number and hash of the newest stand apart, so that a chain cut off at its end is noticed too. What went to each
        place is kept beside the record: whether it is what was approved is computed anew.
        """
        by_seal, by_approval = self._first_unsealed(pause), self._first_unlike_its_approval(pause)
        return min((one for one in (by_seal, by_approval) if one is not None), default=None)

    def _first_unsealed(self, pause: Callable[[], None]) -> int | None:
        previous = _FIRST
        number = 0
        with self._database.reading() as connection:
            head = _head(connection)
            kept = ((row["number"], row) for row in connection.execute(_CHAIN).mappings())
            gone = {row["number"]: row for row in connection.execute(select(records_removed)).mappings()}
            for number, row in enumerate(_links(kept, gone), start=1):
                if number % _AT_ONCE == 0:
                    pause()
                if not _holds(row, number, previous):
                    return number
                previous = row["hash"]
        return None if head == (number, previous) else number + 1

    def _first_unlike_its_approval(self, pause: Callable[[], None]) -> int | None:
        last = 0
        while True:
            pause()
            with self._database.reading() as connection:
                asked = select(records.c.number, records.c.post_id, records.c.body).order_by(records.c.number)
                rows = connection.execute(asked.where(records.c.number > last).limit(_AT_ONCE)).mappings().all()
                parts = _digests(connection, [row["post_id"] for row in rows])
            for row in rows:
                if not _is_as_approved(read(row["body"]), parts):
                    return int(row["number"])
            if not rows:
                return None
            last = rows[-1]["number"]

    def count_older(self, before: datetime) -> tuple[int, int]:
        """How many records from before that time would be removed, and how many stay since they have not arrived."""
        with self._database.reading() as connection:
            return removing.count_older(connection, before)

    def remove_older(self, before: datetime, now: datetime, tell: Callable[[int], bool] = lambda _gone: True) -> int:
        """Removes records from before that time that are over, with all that was kept of them; how many. The links of
        the chain stay, so that it can be checked as before. A few at a time: whoever else writes has a turn between,
        and `tell` hears how many are gone; at False the others stay."""
        removed = 0
        while True:
            with self._database.writing() as connection:
                some = removing.remove_older(connection, before, now, _AT_ONCE)
            removed += some
            if some < _AT_ONCE or not tell(removed):
                return removed


def append(connection: Connection, record: Record, accounts: Sequence[Account], given: Sequence[Delivery]) -> None:
    """Chains a record to the last one, within the transaction that queues the post."""
    last, previous = _head(connection)
    number = last + 1
    body = written(_body(record, accounts, given) | {"number": number, "previous_hash": previous})
    digest = _hash(body)
    connection.execute(
        insert(records).values(
            number=number, post_id=record.post_id, hat=record.hat.value, is_undone=0, hash=digest, body=body
        )
    )
    searched = words.folded(
        (record.title, record.text, record.excerpt, *record.tags, *record.alt_texts, *(a.label for a in accounts))
    )
    connection.execute(
        text("INSERT INTO record_words (rowid, words) VALUES (:number, :words)"),
        {"number": number, "words": searched + finding.AFTER_WORDS},
    )
    networks = sorted({account.network for account in accounts})
    connection.execute(
        insert(record_places).values(
            number=number,
            posted_at=record.posted_at,
            networks=f" {' '.join(networks)} ",
            was_quiet=int(record.was_quiet),
        )
    )
    connection.execute(
        text("INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT DO UPDATE SET value = :value"),
        {"name": _HEAD, "value": written([number, digest])},
    )


def note_undone(connection: Connection, post_id: str) -> None:
    """Takes a post out of the list, within the transaction that cancels all of it before any attempt."""
    connection.execute(update(records).where(records.c.post_id == post_id).values(is_undone=1))


def _body(record: Record, accounts: Sequence[Account], given: Sequence[Delivery]) -> Json:
    return {
        "post_id": record.post_id,
        "hat": record.hat.value,
        "posted_as": record.posted_as,
        "text": record.text,
        "title": record.title,
        "tags": list(record.tags),
        "excerpt": record.excerpt,
        "alt_texts": list(record.alt_texts),
        "approval_digest": record.approval_digest,
        "findings": [recorded_finding_json(found) for found in record.findings],
        "targets": [
            {"delivery_id": d.id, "account_id": a.id, "network": a.network, "label": a.label}
            for a, d in zip(accounts, given, strict=True)
        ],
        "posted_at": moment_json(record.posted_at),
        "checked_by": record.checked_by,
        "was_quiet": record.was_quiet,
    }


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()


def _holds(row: RowMapping, number: int, previous: str) -> bool:
    if "body" not in row:
        return bool(row["number"] == number and row["previous_hash"] == previous)
    if row["number"] != number or _hash(row["body"]) != row["hash"]:
        return False
    kept = read(row["body"])
    return bool(
        kept["number"] == number
        and kept["previous_hash"] == previous
        and kept["post_id"] == row["post_id"]
        and kept["hat"] == row["hat"]
    )


def _digests(connection: Connection, post_ids: Sequence[str]) -> dict[str, str]:
    """The digest of what went, or is to go, to each place of some posts, by delivery."""
    asked = select(deliveries.c.id, deliveries.c.rendition).where(deliveries.c.post_id.in_(post_ids))
    return {row.id: rendition_of(read(row.rendition)).digest for row in connection.execute(asked)}


def _is_as_approved(kept: Json, digests: Mapping[str, str]) -> bool:
    targets = kept["targets"]
    if any(target["delivery_id"] not in digests for target in targets):
        return False
    accounts = tuple(target["account_id"] for target in targets)
    parts = tuple(digests[target["delivery_id"]] for target in targets)
    return approval_digest(Hat(kept["hat"]), accounts, parts) == str(kept["approval_digest"])


def _head(connection: Connection) -> tuple[int, str]:
    kept = connection.execute(select(settings.c.value).where(settings.c.name == _HEAD)).scalar_one_or_none()
    number, digest = read(kept) if kept else (0, _FIRST)
    return int(number), str(digest)


def _links(kept: Iterator[tuple[int, RowMapping]], gone: dict[int, RowMapping]) -> Iterator[RowMapping]:
    """Records and the links of removed ones, in the order of their numbers."""
    return (row for _number, row in merge(kept, sorted(gone.items()), key=itemgetter(0)))


def _records(connection: Connection, numbers: Sequence[int]) -> list[Record]:
    rows = connection.execute(select(records).where(records.c.number.in_(numbers))).mappings().all()
    standing = _standing(connection, [row["post_id"] for row in rows])
    found = {row["number"]: row for row in rows}
    return [_record(found[number], standing) for number in numbers]


def _standing(connection: Connection, post_ids: Sequence[str]) -> dict[str, RowMapping]:
    """How the deliveries of some posts stand, by delivery."""
    wanted = select(deliveries.c.id, deliveries.c.state, deliveries.c.problem, deliveries.c.receipt)
    rows = connection.execute(wanted.where(deliveries.c.post_id.in_(post_ids))).mappings()
    return {row["id"]: row for row in rows}


def _record(row: RowMapping, standing: dict[str, RowMapping]) -> Record:
    kept = read(row["body"])
    return Record(
        post_id=kept["post_id"],
        hat=Hat(kept["hat"]),
        posted_as=kept["posted_as"],
        text=kept["text"],
        title=kept["title"],
        tags=tuple(kept["tags"]),
        excerpt=kept["excerpt"],
        alt_texts=tuple(kept["alt_texts"]),
        approval_digest=kept["approval_digest"],
        findings=tuple(recorded_finding_of(found) for found in kept["findings"]),
        targets=tuple(_target(target, standing[target["delivery_id"]]) for target in kept["targets"]),
        posted_at=moment_of(kept["posted_at"]),
        checked_by=kept["checked_by"],
        number=row["number"],
        previous_hash=kept["previous_hash"],
        hash=row["hash"],
        was_quiet=kept.get("was_quiet", False),
        sealed=row["body"],
    )


def _target(kept: Json, delivery: RowMapping) -> RecordedTarget:
    receipt = receipt_of(read(delivery["receipt"])) if delivery["receipt"] else None
    return RecordedTarget(
        delivery_id=kept["delivery_id"],
        account_id=kept["account_id"],
        network=kept["network"],
        label=kept["label"],
        state=delivery["state"],
        url=receipt.url if receipt else "",
        remote_id=receipt.remote_id if receipt else "",
        problem=delivery["problem"],
    )
