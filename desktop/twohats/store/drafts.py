"""Drafts, and what they were before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    delete,
    func,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from twohats.model.draft import Draft, DraftSummary, DraftVersion
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.store import words
from twohats.store.encoding import draft_json, draft_of, read, written
from twohats.store.media import forget_unused
from twohats.store.tables import draft_findings, draft_versions, draft_words, drafts
from twohats.store.transactions import Database

_KEEP_EVERY = timedelta(seconds=60)
_KEEP_FOR = timedelta(days=30)
_TRIGRAM = 3
_BIG_CHANGE = 200  # code points that came or went at once


class Drafts:
    """Meets DraftStore. A save is one transaction, on the disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, draft: Draft) -> bool:
        """Writes the draft as it is now; what was there is set aside as a version now and then.

        False, and nothing changed, when a newer revision stands there. A deleted draft stays so, and one that was
        handed over too: `post_id` counts only when the row is made, after that the queue alone sets and clears it.
        """
        with self._database.writing() as connection:
            row = connection.execute(select(drafts.c.body).where(drafts.c.id == draft.id)).one_or_none()
            if row is not None:
                before = draft_of(read(row.body))
                if before.revision > draft.revision:
                    return False
                if _is_worth_keeping(connection, before, draft):
                    _keep_version(connection, before, draft.edited_at)
            _write(connection, draft)
        return True

    def set_aside(self, draft_id: str) -> None:
        """Keeps what stands there as a version, whatever the minute says, unless it is empty or the newest one is the
        same."""
        with self._database.writing() as connection:
            body = connection.execute(select(drafts.c.body).where(drafts.c.id == draft_id)).scalar_one_or_none()
            if body is not None:
                now = draft_of(read(body))
                _keep_version(connection, now, now.edited_at)

    def get(self, draft_id: str) -> Draft | None:
        """The draft, deleted or handed over or not."""
        with self._database.reading() as connection:
            row = connection.execute(select(drafts.c.body, drafts.c.post_id).where(drafts.c.id == draft_id)).first()
        return replace(draft_of(read(row.body)), post_id=row.post_id) if row else None

    def list(
        self,
        query: str = "",
        hat: Hat | None = None,
        deleted: bool = False,
        limit: int = 200,
        *,
        since: datetime | None = None,
        has_findings: bool = False,
    ) -> Sequence[DraftSummary]:
        """The newest first; every word of `query` must occur somewhere (any case, with or without accents).

        `since`: edited then or later; `has_findings`: the last check found something to warn of or to stop.
        """
        columns = (drafts.c.id, drafts.c.preview, drafts.c.hat, drafts.c.edited_at, drafts.c.deleted_at)
        wanted = select(*columns).where(*_listed(deleted)).order_by(drafts.c.edited_at.desc()).limit(limit)
        if hat is not None:
            wanted = wanted.where(drafts.c.hat == hat.value)
        if since is not None:
            wanted = wanted.where(drafts.c.edited_at >= since)
        if has_findings:
            grave = select(draft_findings.c.draft_id).where(draft_findings.c.severity >= Severity.WARN)
            wanted = wanted.where(drafts.c.id.in_(grave))
        terms = words.terms(query)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.where(_has_words(terms)) if terms else wanted).all()
        return [
            DraftSummary(row.id, row.preview, Hat(row.hat) if row.hat else None, row.edited_at, row.deleted_at)
            for row in rows
        ]

    def note_findings(self, draft_id: str, severity: Severity) -> None:
        """Keeps how grave the gravest finding of a draft is. One that is not kept is left out."""
        known = select(literal(draft_id), literal(int(severity))).where(
            select(drafts.c.id).where(drafts.c.id == draft_id).exists()
        )
        with self._database.writing() as connection:
            connection.execute(
                insert(draft_findings)
                .from_select(["draft_id", "severity"], known)
                .on_conflict_do_update(["draft_id"], set_={"severity": int(severity)})
            )

    def count(self) -> int:
        with self._database.reading() as connection:
            return connection.execute(
                select(func.count()).select_from(drafts).where(*_listed(deleted=False))
            ).scalar_one()

    def delete(self, draft_id: str, at: datetime) -> None:
        """Into the bin, from where it can be taken back."""
        with self._database.writing() as connection:
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(deleted_at=at))

    def undelete(self, draft_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(deleted_at=None))

    def versions(self, draft_id: str) -> Sequence[DraftVersion]:
        """Earlier states, the newest first. What the draft is now is not among them."""
        wanted = select(draft_versions).where(draft_versions.c.draft_id == draft_id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(draft_versions.c.number.desc())).all()
        kept = [(row, draft_of(read(row.body))) for row in rows]
        return [DraftVersion(draft_id, row.number, row.saved_at, then.text, then.title) for row, then in kept]

    def version(self, draft_id: str, number: int) -> Draft | None:
        """The draft as it was in a kept version."""
        wanted = select(draft_versions.c.body).where(
            draft_versions.c.draft_id == draft_id, draft_versions.c.number == number
        )
        with self._database.reading() as connection:
            body = connection.execute(wanted).scalar_one_or_none()
        return draft_of(read(body)) if body else None

    def purge_deleted(self, before: datetime) -> int:
        """Forgets for good what was deleted before a time, with versions and pictures; says how many drafts."""
        return self._forget(drafts.c.deleted_at < before)

    def forget_deleted(self, draft_id: str) -> None:
        """Forgets a deleted draft for good, with versions and pictures. One that is not deleted stays."""
        self._forget(drafts.c.id == draft_id)

    def empty_bin(self) -> None:
        """Forgets all that are deleted for good."""
        self._forget()

    def _forget(self, *which: ColumnElement[bool]) -> int:
        """Of the deleted ones those that all of `which` holds for."""
        unwanted = (drafts.c.deleted_at.is_not(None), *which)
        with self._database.writing() as connection:
            bodies = connection.execute(select(drafts.c.body).where(*unwanted)).scalars().all()
            versions = select(draft_versions.c.body).join(drafts, drafts.c.id == draft_versions.c.draft_id)
            bodies = [*bodies, *connection.execute(versions.where(*unwanted)).scalars()]
            gone = connection.execute(delete(drafts).where(*unwanted)).rowcount
            forget_unused(connection, {digest for body in bodies for digest in _pictures(draft_of(read(body)))})
        return gone


def _pictures(draft: Draft) -> set[str]:
    """The digests of all pictures that a draft holds, those of cards too."""
    return {media.digest for media in draft.media} | {
        card.picture_digest for card in draft.cards if card.picture_digest
    }


def hand_over(connection: Connection, draft_id: str, post_id: str) -> None:
    """Marks a draft as handed over to be posted, within the transaction that takes it."""
    connection.execute(update(drafts).where(drafts.c.id == draft_id).values(post_id=post_id))


def hand_back(connection: Connection, post_id: str) -> None:
    """Makes the text of a post a draft again, within the transaction that cancels it. One that was handed over once
    more since, for another post, stays with that."""
    connection.execute(update(drafts).where(drafts.c.post_id == post_id).values(post_id=""))


def _listed(deleted: bool) -> tuple[ColumnElement[bool], ...]:
    if deleted:
        return (drafts.c.deleted_at.is_not(None),)
    return drafts.c.deleted_at.is_(None), drafts.c.post_id == ""


def _has_words(terms: Sequence[str]) -> ColumnElement[bool]:
    # LIKE is answered from the trigram index for three letters and more; without ESCAPE, or it would not be.
    indexed = {f"term_{place}": term for place, term in enumerate(terms) if _is_indexed(term)}
    scanned = [term for term in terms if not _is_indexed(term)]
    found = select(draft_words.c.number)
    if indexed:
        clauses = [text(f"words LIKE :{name}").bindparams(**{name: f"%{term}%"}) for name, term in indexed.items()]
        numbers = select(literal_column("rowid", Integer)).select_from(text("draft_index")).where(*clauses)
        found = found.where(draft_words.c.number.in_(numbers)) if scanned else numbers
    return drafts.c.number.in_(found.where(*(func.instr(draft_words.c.words, term) > 0 for term in scanned)))


def _is_indexed(term: str) -> bool:
    return len(term) >= _TRIGRAM and "%" not in term and "_" not in term


def _write(connection: Connection, draft: Draft) -> None:
    values = {
        "hat": draft.hat.value if draft.hat else None,
        "revision": draft.revision,
        "edited_at": draft.edited_at,
        "preview": words.preview(draft.title, draft.text, draft.excerpt, " ".join(draft.tags)),
        # The column alone says whether it was handed over: an earlier state must not say it for today.
        "body": written(draft_json(replace(draft, post_id=""))),
    }
    number = connection.execute(
        insert(drafts)
        .values(id=draft.id, deleted_at=None, post_id=draft.post_id, **values)
        .on_conflict_do_update(["id"], set_=values)
        .returning(drafts.c.number)
    ).scalar_one()
    others = draft.other_words.text if draft.other_words else ""
    own_words = (draft.warning, others, *draft.worded_parts)
    searched = words.folded(
        (draft.title, draft.text, draft.excerpt, *draft.tags, *(m.alt for m in draft.media), *own_words)
    )
    connection.execute(
        insert(draft_words)
        .values(number=number, words=searched)
        .on_conflict_do_update(["number"], set_={"words": searched}, where=draft_words.c.words != searched)
    )


def _is_worth_keeping(connection: Connection, before: Draft, after: Draft) -> bool:
    """Whether a minute of writing has passed since the last version, or much changes at once."""
    if _content(before) == _content(after):
        return False
    last = _newest_version(connection, before.id)
    # abs: with the clock set back, one version more is kept, not none for hours.
    is_time = abs(after.edited_at - (last.kept_at if last else before.created_at)) >= _KEEP_EVERY
    return is_time or _changed_length(before.text, after.text) >= _BIG_CHANGE


def _keep_version(connection: Connection, draft: Draft, kept_at: datetime) -> None:
    """Keeps a state as the newest version, unless it is empty or is that already; lets go of what is too old."""
    last = _newest_version(connection, draft.id)
    if draft.is_empty or (last and _content(draft_of(read(last.body))) == _content(draft)):
        return
    number = last.number + 1 if last else 1
    connection.execute(
        insert(draft_versions).values(
            draft_id=draft.id,
            number=number,
            saved_at=draft.edited_at,
            kept_at=kept_at,
            body=written(draft_json(draft)),
        )
    )
    connection.execute(
        delete(draft_versions).where(
            draft_versions.c.draft_id == draft.id,
            draft_versions.c.saved_at < kept_at - _KEEP_FOR,
            draft_versions.c.number < number,
        )
    )


def _newest_version(connection: Connection, draft_id: str) -> Row[int, datetime, str] | None:
    return connection.execute(
        select(draft_versions.c.number, draft_versions.c.kept_at, draft_versions.c.body)
        .where(draft_versions.c.draft_id == draft_id)
        .order_by(draft_versions.c.number.desc())
        .limit(1)
    ).one_or_none()


def _content(draft: Draft) -> tuple[object, ...]:
    words = frozenset((hat, draft.text_for(hat)) for hat in Hat)  # the same, whichever of both hats it wears
    return words, draft.title, draft.excerpt, draft.tags, draft.media, draft.wordings, draft.warning


def _changed_length(before: str, after: str) -> int:
    """How many code points lie between what both texts begin with and what both end with, in the longer one."""
    shorter = min(len(before), len(after))
    start = _same_length(shorter, lambda n: before[:n] == after[:n])
    end = _same_length(shorter - start, lambda n: before[len(before) - n :] == after[len(after) - n :])
    return max(len(before), len(after)) - start - end


def _same_length(longest: int, is_same: Callable[[int], bool]) -> int:
    """The largest n up to `longest` for which `is_same(n)` holds, if it holds for every smaller one too."""
    low, high = 0, longest
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(middle):
            low = middle
        else:
            high = middle - 1
    return low
