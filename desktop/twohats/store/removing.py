"""Removes whole records that are old enough, and leaves the links of the chain.

A record is removed with its deliveries, their steps, plans and order, its approval, its draft, and its words in the
index. One that waits, is held, whose answer is unknown, or that failed somewhere has not arrived: it stays, however
old.
"""

from datetime import datetime

from sqlalchemy import Connection, Select, delete, exists, func, insert, select, text

from twohats.model.delivery import DeliveryState
from twohats.store.encoding import read
from twohats.store.tables import (
    approvals,
    deliveries,
    delivery_steps,
    drafts,
    orders,
    plans,
    record_places,
    records,
    records_removed,
)

_OVER = [state.value for state in (DeliveryState.SENT, DeliveryState.CANCELLED, DeliveryState.TAKEN_DOWN)]
_PLANNED_THERE = "planned_there"


def count_older(connection: Connection, before: datetime) -> tuple[int, int]:
    """How many would be removed, and how many stay since they have not arrived."""
    over = connection.execute(select(func.count()).select_from(_over(before).subquery())).scalar_one()
    older = select(func.count()).select_from(record_places).where(record_places.c.posted_at < before)
    return over, connection.execute(older).scalar_one() - over


def remove_older(connection: Connection, before: datetime, now: datetime, most: int) -> int:
    """Removes the oldest of them within a transaction that is open; how many."""
    numbers = list(connection.execute(_over(before).limit(most)).scalars())
    for number in numbers:
        _remove(connection, number, now)
    return len(numbers)


def _over(before: datetime) -> Select[int]:
    """Numbers of records from before that time with no delivery that has yet to arrive."""
    is_open = exists().where(
        deliveries.c.post_id == records.c.post_id,
        deliveries.c.state.not_in(_OVER) | deliveries.c.receipt.contains(_PLANNED_THERE),
    )
    return (
        select(records.c.number)
        .join(record_places, record_places.c.number == records.c.number)
        .where(record_places.c.posted_at < before, ~is_open)
        .order_by(records.c.number)
    )


def _remove(connection: Connection, number: int, now: datetime) -> None:
    row = connection.execute(select(records).where(records.c.number == number)).mappings().one()
    of_post = select(deliveries.c.id).where(deliveries.c.post_id == row["post_id"])
    connection.execute(
        insert(records_removed).values(
            number=number, previous_hash=read(row["body"])["previous_hash"], hash=row["hash"], removed_at=now
        )
    )
    connection.execute(delete(delivery_steps).where(delivery_steps.c.delivery_id.in_(of_post)))
    connection.execute(delete(orders).where(orders.c.delivery_id.in_(of_post)))
    connection.execute(delete(plans).where(plans.c.post_id == row["post_id"]))
    connection.execute(delete(deliveries).where(deliveries.c.post_id == row["post_id"]))
    connection.execute(delete(approvals).where(approvals.c.post_id == row["post_id"]))
    connection.execute(delete(drafts).where(drafts.c.post_id == row["post_id"]))
    connection.execute(text("DELETE FROM record_words WHERE rowid = :number"), {"number": number})
    connection.execute(delete(record_places).where(record_places.c.number == number))
    connection.execute(delete(records).where(records.c.number == number))
