"""Listing and searching 10,000 drafts and 10,000 records, beside plain sqlite3 without encryption doing the same."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.measure import Row, median_ms
from tests.bench.texts import post_of

from twohats.model.account import account_of, targets_of
from twohats.model.approval import Approval, approval_digest
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.identity import Hat
from twohats.model.record import Record
from twohats.model.rendition import Rendition
from twohats.store.database import Store, open_store
from twohats.store.key import fresh_key

MANY = 10_000
PAGE = 200
TIMES = 15
START = datetime(2026, 1, 1, tzinfo=UTC)
ACCOUNT = account_of(Hat.PROFESSIONAL, id="blog", network="folder", label="Practice blog")
_LONG = post_of(5_000)


def rows() -> Iterator[Row]:
    """The first 200 of a list, and a search for a word that one in a hundred holds. Filling is not in it."""
    with tempfile.TemporaryDirectory(prefix="two-hats-bench-") as place:
        store = open_store(Path(place), fresh_key())
        plain = sqlite3.connect(Path(place) / "plain.db")
        _fill(store, plain)
        drafts_sql = "SELECT id, preview, hat, edited_at FROM drafts {} ORDER BY edited_at DESC LIMIT 200"
        records_sql = "SELECT body FROM records {} ORDER BY number DESC LIMIT 200"
        has_word = "WHERE instr(words, 'heron') > 0"
        in_index = "WHERE number IN (SELECT rowid FROM record_words WHERE words LIKE '%heron%')"
        measured = (
            ("list 200 of 10,000 drafts", lambda: store.drafts.list(limit=PAGE), drafts_sql.format("")),
            ("search 10,000 drafts", lambda: store.drafts.list("heron", limit=PAGE), drafts_sql.format(has_word)),
            ("list 200 of 10,000 records", lambda: store.records.search(limit=PAGE), records_sql.format("")),
            ("search 10,000 records", lambda: store.records.search("heron", limit=PAGE), records_sql.format(in_index)),
        )
        for name, ours, sql in measured:
            found = len(ours())
            if found != len(_ask(plain, sql)) or not found:
                raise ValueError(f"{name}: both must find the same")
            yield Row(name, median_ms(ours, TIMES), "ms", median_ms(lambda sql=sql: _ask(plain, sql), TIMES))
        plain.close()
        store.close()


def _ask(plain: sqlite3.Connection, sql: str) -> list[object]:
    rows = plain.execute(sql).fetchall()
    return [json.loads(row[0]) for row in rows] if len(rows[0]) == 1 else rows


def _fill(store: Store, plain: sqlite3.Connection) -> None:
    store.profile.save_account(ACCOUNT)
    plain.executescript(
        "CREATE TABLE drafts (id, preview, hat, edited_at, words, body);"
        "CREATE INDEX by_time ON drafts (edited_at);"
        "CREATE TABLE records (number INTEGER PRIMARY KEY, hat, body);"
        "CREATE VIRTUAL TABLE record_words USING fts5 (words, tokenize = 'trigram');"
    )
    for number in range(MANY):
        at = START + timedelta(minutes=number)
        text = _text(number)
        store.drafts.save(Draft(f"draft-{number}", at, at, hat=Hat.PROFESSIONAL, text=text))
        _post(store, number, at, text)
        body = json.dumps({"text": text, "at": at.isoformat(), "targets": [ACCOUNT.label]})
        plain.execute(
            "INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?)",
            (f"draft-{number}", text[:120], "professional", at.isoformat(), text.lower(), body),
        )
        plain.execute("INSERT INTO records VALUES (?, ?, ?)", (number + 1, "professional", body))
        plain.execute("INSERT INTO record_words (rowid, words) VALUES (?, ?)", (number + 1, text.lower()))
    plain.commit()


def _text(number: int) -> str:
    bird = "heron" if number % 100 == 0 else "finch"
    begin = number * 37 % 4_000
    return f"Note {number} on the {bird}. {_LONG[begin : begin + 600]}"


def _post(store: Store, number: int, at: datetime, text: str) -> None:
    rendition = Rendition(ACCOUNT.id, "folder", title="", html="", payload={"content": text})
    digest = approval_digest(Hat.PROFESSIONAL, (ACCOUNT.id,), (rendition.digest,))
    post_id, draft_id = f"post-{number}", f"posted-{number}"
    approval = Approval(
        id=f"approval-{number}",
        post_id=post_id,
        draft_id=draft_id,
        targets=targets_of(Hat.PROFESSIONAL, (ACCOUNT,)),
        renditions=(rendition,),
        findings=(),
        answers=(),
        policy_version=0,
        rules_version="bench",
        approved_at=at,
        digest=digest,
    )
    delivery = Delivery(
        id=f"delivery-{number}",
        post_id=post_id,
        draft_id=draft_id,
        approval_digest=digest,
        hat=Hat.PROFESSIONAL,
        account_id=ACCOUNT.id,
        rendition=rendition,
        key=f"key-{number}",
        state=DeliveryState.WAITING,
        due_at=at,
    )
    record = Record(
        post_id=post_id,
        hat=Hat.PROFESSIONAL,
        posted_as="Dr A. Lee",
        text=text,
        title="",
        tags=(),
        excerpt="",
        alt_texts=(),
        approval_digest=digest,
        findings=(),
        targets=(),
        posted_at=at,
        checked_by="bench",
    )
    store.queue.add(approval, (delivery,), record)
