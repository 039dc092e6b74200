"""What is kept of each post, chained by hash to the one before.

The hash covers what does not change: text, findings, answers, where it was to go. How each target stands is read from
its delivery, and is not covered.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from twohats.model.account import Account
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.identity import Hat
from twohats.model.record import Record, RecordedTarget
from twohats.store import words
from twohats.store.encoding import (
    Json,
    moment_json,
    moment_of,
    read,
    receipt_of,
    recorded_finding_json,
    recorded_finding_of,
    written,
)
from twohats.store.tables import deliveries, records, settings
from twohats.store.transactions import Database

_HEAD = "records_head"
_FIRST = "0" * 64
_TRIGRAM = 3


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
        wanted = select(records).where(records.c.is_undone == 0)
        if hat is not None:
            wanted = wanted.where(records.c.hat == hat.value)
        terms = words.terms(query)
        if terms:
            wanted = wanted.where(_has_words(terms))
        with self._database.reading() as connection:
            newest_first = wanted.order_by(records.c.number.desc()).limit(limit).offset(offset)
            rows = connection.execute(newest_first).mappings().all()
            standing = _standing(connection, [row["post_id"] for row in rows])
        return [_record(row, standing) for row in rows]

    def count(self) -> int:
        """How many the list shows."""
        with self._database.reading() as connection:
            return connection.execute(
                select(func.count()).select_from(records).where(records.c.is_undone == 0)
            ).scalar_one()

    def count_sent(self) -> int:
        """How many posts have arrived somewhere, taken down since or not."""
        arrived = deliveries.c.state.in_([DeliveryState.SENT.value, DeliveryState.TAKEN_DOWN.value])
        with self._database.reading() as connection:
            return connection.execute(select(func.count(deliveries.c.post_id.distinct())).where(arrived)).scalar_one()

    def first_broken(self) -> int | None:
        """The number of the first record that was changed or is missing; None when the chain holds."""
        previous = _FIRST
        number = 0
        with self._database.reading() as connection:
            head = connection.execute(select(settings.c.value).where(settings.c.name == _HEAD)).scalar_one_or_none()
            rows = connection.execute(select(records).order_by(records.c.number)).mappings()
            for number, row in enumerate(rows, start=1):
                if not _holds(row, number, previous):
                    return number
                previous = row["hash"]
        return None if (head or written([0, _FIRST])) == written([number, previous]) else number + 1


def append(connection: Connection, record: Record, accounts: Sequence[Account], given: Sequence[Delivery]) -> None:
    """Chains a record to the last one, within the transaction that queues the post."""
    last = connection.execute(
        select(records.c.number, records.c.hash).order_by(records.c.number.desc()).limit(1)
    ).first()
    number, previous = (last.number + 1, last.hash) if last else (1, _FIRST)
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
        text("INSERT INTO record_words (rowid, words) VALUES (:number, :words)"), {"number": number, "words": searched}
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
        "findings": [recorded_finding_json(finding) for finding in record.findings],
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
    if row["number"] != number or _hash(row["body"]) != row["hash"]:
        return False
    kept = read(row["body"])
    return bool(
        kept["number"] == number
        and kept["previous_hash"] == previous
        and kept["post_id"] == row["post_id"]
        and kept["hat"] == row["hat"]
    )


def _has_words(terms: Sequence[str]) -> ColumnElement[bool]:
    # LIKE is answered from the trigram index for three letters and more; without ESCAPE, or it would not be.
    found = select(literal_column("rowid", Integer)).select_from(text("record_words"))
    for place, term in enumerate(terms):
        name = f"term_{place}"
        if len(term) >= _TRIGRAM and "%" not in term and "_" not in term:
            found = found.where(text(f"words LIKE :{name}").bindparams(**{name: f"%{term}%"}))
        else:
            found = found.where(text(f"instr(words, :{name}) > 0").bindparams(**{name: term}))
    return records.c.number.in_(found)


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
        findings=tuple(recorded_finding_of(finding) for finding in kept["findings"]),
        targets=tuple(_target(target, standing[target["delivery_id"]]) for target in kept["targets"]),
        posted_at=moment_of(kept["posted_at"]),
        checked_by=kept["checked_by"],
        number=row["number"],
        previous_hash=kept["previous_hash"],
        hash=row["hash"],
        was_quiet=kept.get("was_quiet", False),
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
