"""What is on its way: approvals and deliveries. Each move is one transaction, on the disk when it returns."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, func, insert, select, update

from twohats.model.approval import Approval, approval_digest
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import MixedIdentities, NotApproved
from twohats.model.identity import Hat
from twohats.model.plan import KeptPlan
from twohats.model.record import Record
from twohats.model.rendition import AFTER
from twohats.store import plans
from twohats.store.drafts import hand_back, hand_over
from twohats.store.encoding import (
    answer_json,
    answer_of,
    finding_json,
    finding_of,
    moment_json,
    read,
    receipt_json,
    receipt_of,
    rendition_json,
    rendition_of,
    text_map_json,
    text_map_of,
    written,
)
from twohats.store.records import append, note_undone
from twohats.store.tables import approvals, deliveries, delivery_steps, orders
from twohats.store.transactions import Database

_WHOLE = select(deliveries, orders.c.after_id, orders.c.link).outerjoin(orders, orders.c.delivery_id == deliveries.c.id)
# Made once: to build a statement anew took longer than to ask it.
_ONE = _WHOLE.where(deliveries.c.id == bindparam("wanted"))
_MOVE_ONE = update(deliveries).where(deliveries.c.id == bindparam("wanted"))
_MAY_LEAVE = orders.c.after_id.is_(None) | orders.c.link.is_not(None)


class Queue:
    """Meets QueueStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, approval: Approval, given: Sequence[Delivery], record: Record, planned: Sequence[KeptPlan] = ()
    ) -> None:
        """One transaction: the approval, one row a target, their plans and order, the record, the draft handed over.

        Raises MixedIdentities if anything in it wears another hat than the approval, NotApproved("not_as_approved") if
        the bytes, the accounts or the posts are not those that were approved. Nothing is kept then.
        """
        _refuse_what_was_not_approved(approval, given, record)
        hat = approval.targets.hat.value
        with self._database.writing() as connection:
            connection.execute(
                insert(approvals).values(
                    id=approval.id,
                    post_id=approval.post_id,
                    draft_id=approval.draft_id,
                    hat=hat,
                    digest=approval.digest,
                    policy_version=approval.policy_version,
                    rules_version=approval.rules_version,
                    approved_at=approval.approved_at,
                    body=written(_approval_json(approval)),
                )
            )
            for position, delivery in enumerate(given):
                connection.execute(
                    insert(deliveries).values(
                        id=delivery.id,
                        position=position,
                        post_id=delivery.post_id,
                        draft_id=delivery.draft_id,
                        approval_id=approval.id,
                        approval_digest=delivery.approval_digest,
                        hat=delivery.hat.value,
                        account_id=delivery.account_id,
                        key=delivery.key,
                        rendition=written(rendition_json(delivery.rendition)),
                        **_moving(delivery),
                    )
                )
            for delivery in given:
                if delivery.after_id:
                    connection.execute(insert(orders).values(delivery_id=delivery.id, after_id=delivery.after_id))
            plans.add(connection, planned)
            append(connection, record, approval.targets.accounts, given)
            hand_over(connection, approval.draft_id, approval.post_id)

    def get(self, delivery_id: str) -> Delivery | None:
        with self._database.reading() as connection:
            row = connection.execute(_ONE, {"wanted": delivery_id}).mappings().one_or_none()
        return _delivery(row) if row else None

    def claim(self, delivery_id: str, now: datetime) -> Delivery | None:
        """Moves one due row from waiting to sending and commits; None when somebody else has it or it is not due.

        Only one process writes at a time, so that of two who claim the same row one finds it gone.
        """
        with self._database.writing() as connection:
            row = connection.execute(_ONE, {"wanted": delivery_id}).mappings().one_or_none()
            delivery = _delivery(row) if row else None
            if delivery is None or not delivery.is_due(now):
                return None
            claimed = delivery.claimed(now)
            connection.execute(_MOVE_ONE, {"wanted": delivery_id, **_moving(claimed)})
        return claimed

    def save(self, delivery: Delivery, was: DeliveryState) -> bool:
        """Writes a move if the row still stands in state `was`; False otherwise.

        When the last delivery of a post is cancelled, its text is among the drafts again.
        """
        with self._database.writing() as connection:
            changed = connection.execute(
                update(deliveries)
                .where(deliveries.c.id == delivery.id, deliveries.c.state == was.value)
                .values(**_moving(delivery))
            )
            has_moved = changed.rowcount == 1
            if has_moved and delivery.link is not None:
                known = (orders.c.delivery_id == delivery.id) & orders.c.link.is_(None)
                connection.execute(update(orders).where(known).values(link=delivery.link))
            if has_moved and delivery.state is DeliveryState.CANCELLED:
                _note_cancelled(connection, delivery.post_id)
        return has_moved

    def steps(self, delivery_id: str) -> Mapping[str, str]:
        """What attempts have noted, by step."""
        wanted = select(delivery_steps.c.step, delivery_steps.c.value).where(
            delivery_steps.c.delivery_id == delivery_id
        )
        with self._database.reading() as connection:
            return {row.step: row.value for row in connection.execute(wanted)}

    def note_step(self, delivery_id: str, step: str, value: str) -> None:
        """On the disk when it returns; a step that was noted before takes the new value."""
        here = (delivery_steps.c.delivery_id == delivery_id) & (delivery_steps.c.step == step)
        with self._database.writing() as connection:
            connection.execute(delete(delivery_steps).where(here))
            connection.execute(insert(delivery_steps).values(delivery_id=delivery_id, step=step, value=value))

    def undo(self, post_id: str) -> bool:
        """One transaction: takes back a post of which nothing was tried yet; its text is among the drafts again.

        False, and nothing changed, when any of its deliveries does not wait for its first attempt any more.
        """
        with self._database.writing() as connection:
            given = _of_post(connection, post_id)
            if not given or any(d.state is not DeliveryState.WAITING or d.attempts for d in given):
                return False
            for delivery in given:
                moved = _moving(delivery.cancelled())
                connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**moved))
            _note_cancelled(connection, post_id)
        return True

    def due(self, now: datetime) -> Sequence[Delivery]:
        """Waiting rows whose time has come, the longest due first; none that waits until another is out."""
        waiting = deliveries.c.state == DeliveryState.WAITING.value
        return self._read(_WHOLE.where(waiting, deliveries.c.due_at <= now, _MAY_LEAVE))

    def waiting_for_others(self) -> Sequence[Delivery]:
        """Waiting rows that may not leave before another is out."""
        waiting = deliveries.c.state == DeliveryState.WAITING.value
        return self._read(_WHOLE.where(waiting, orders.c.after_id.is_not(None), orders.c.link.is_(None)))

    def in_state(self, *states: DeliveryState) -> Sequence[Delivery]:
        """Rows in any of the states, the earliest due first."""
        return self._read(_WHOLE.where(deliveries.c.state.in_([state.value for state in states])))

    def next_due(self) -> datetime | None:
        """When the next waiting row may leave; None when nothing waits, but for what waits until another is out."""
        waiting = deliveries.c.state == DeliveryState.WAITING.value
        with self._database.reading() as connection:
            joined = deliveries.outerjoin(orders, orders.c.delivery_id == deliveries.c.id)
            soonest = select(func.min(deliveries.c.due_at)).select_from(joined).where(waiting, _MAY_LEAVE)
            return connection.execute(soonest).scalar_one_or_none()

    def of_post(self, post_id: str) -> Sequence[Delivery]:
        """In the order of the targets."""
        with self._database.reading() as connection:
            return _of_post(connection, post_id)

    def approved_under(self, post_id: str) -> tuple[str, int] | None:
        wanted = select(approvals.c.rules_version, approvals.c.policy_version).where(approvals.c.post_id == post_id)
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return (row.rules_version, row.policy_version) if row else None

    def answered(self, post_id: str) -> frozenset[str]:
        wanted = select(approvals.c.body).where(approvals.c.post_id == post_id)
        with self._database.reading() as connection:
            body = connection.execute(wanted).scalar_one_or_none()
        if body is None:
            return frozenset()
        kept = read(body)
        answered = [answer_of(answer).finding for answer in kept["answers"]]
        let_through = [finding_of(finding) for finding in kept["findings"]] if kept.get("was_quiet") else []
        return frozenset(finding.key for finding in (*answered, *let_through))

    def _read(self, query: Select[tuple[object, ...]]) -> Sequence[Delivery]:
        ordered = query.order_by(deliveries.c.due_at, deliveries.c.post_id, deliveries.c.position)
        with self._database.reading() as connection:
            return [_delivery(row) for row in connection.execute(ordered).mappings()]


def _refuse_what_was_not_approved(approval: Approval, given: Sequence[Delivery], record: Record) -> None:
    hat = approval.targets.hat
    accounts = approval.targets.accounts
    if any(wearer.hat is not hat for wearer in (*accounts, *given, record)):
        raise MixedIdentities("mixed_identities")
    digest = approval_digest(
        hat, tuple(account.id for account in accounts), tuple(rendition.digest for rendition in approval.renditions)
    )
    approved = [
        (approval.post_id, approval.draft_id, digest, account.id, rendition.digest)
        for account, rendition in zip(accounts, approval.renditions, strict=False)
    ]
    to_go = [(d.post_id, d.draft_id, d.approval_digest, d.account_id, d.rendition.digest) for d in given]
    by_id = {delivery.id: delivery.account_id for delivery in given}
    fits = (
        len(accounts) == len(approval.renditions)
        and approval.digest == digest == record.approval_digest
        and approval.post_id == record.post_id
        and approved == to_go
        and all(delivery.rendition.account_id == delivery.account_id for delivery in given)
        and all(by_id.get(d.after_id, "") == d.rendition.payload.get(AFTER, "") and not d.link for d in given)
    )
    if not fits:
        raise NotApproved("not_as_approved")


def _of_post(connection: Connection, post_id: str) -> Sequence[Delivery]:
    wanted = _WHOLE.where(deliveries.c.post_id == post_id).order_by(deliveries.c.position)
    return [_delivery(row) for row in connection.execute(wanted).mappings()]


def _note_cancelled(connection: Connection, post_id: str) -> None:
    """When nothing of a post is left to come: its text is a draft again, and if nothing was tried, the post is out of
    the list of records."""
    given = _of_post(connection, post_id)
    if any(delivery.state is not DeliveryState.CANCELLED for delivery in given):
        return
    hand_back(connection, post_id)
    if not any(delivery.attempts for delivery in given):
        note_undone(connection, post_id)


def _approval_json(approval: Approval) -> dict[str, object]:
    return {
        "account_ids": [account.id for account in approval.targets.accounts],
        "approved_at": moment_json(approval.approved_at),
        "findings": [finding_json(finding) for finding in approval.findings],
        "answers": [answer_json(answer) for answer in approval.answers],
        "was_quiet": approval.was_quiet,
    }


def _moving(delivery: Delivery) -> dict[str, object]:
    """The columns that may change. A trigger keeps the others."""
    return {
        "state": delivery.state.value,
        "due_at": delivery.due_at,
        "attempts": delivery.attempts,
        "started_at": delivery.started_at,
        "problem": delivery.problem,
        "problem_facts": written(text_map_json(dict(delivery.problem_facts))),
        "receipt": written(receipt_json(delivery.receipt)) if delivery.receipt else None,
    }


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["id"],
        post_id=row["post_id"],
        draft_id=row["draft_id"],
        approval_digest=row["approval_digest"],
        hat=Hat(row["hat"]),
        account_id=row["account_id"],
        rendition=rendition_of(read(row["rendition"])),
        key=row["key"],
        state=DeliveryState(row["state"]),
        due_at=row["due_at"],
        attempts=row["attempts"],
        started_at=row["started_at"],
        receipt=receipt_of(read(row["receipt"])) if row["receipt"] else None,
        problem=row["problem"],
        problem_facts=tuple(sorted(text_map_of(read(row["problem_facts"])).items())),
        after_id=row["after_id"] or "",
        link=row["link"],
    )
