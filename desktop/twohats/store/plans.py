"""When deliveries are to go, and who keeps them until then. Each move is one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.plan import Keeper, KeptPlan, Plan
from twohats.store.encoding import receipt_json, text_map_json, written
from twohats.store.tables import deliveries, plans
from twohats.store.transactions import Database


class Plans:
    """Meets PlanStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_delivery(self, delivery_id: str) -> KeptPlan | None:
        """The plan of a delivery; None when it was to go at once."""
        found = self._read(select(plans).where(plans.c.delivery_id == delivery_id))
        return found[0] if found else None

    def of_post(self, post_id: str) -> Sequence[KeptPlan]:
        """The plans of a post's deliveries, the earliest first."""
        return self._read(select(plans).where(plans.c.post_id == post_id))

    def between(self, first: datetime, last: datetime) -> Sequence[KeptPlan]:
        """What is, or was, to go from `first` until before `last`, the earliest first."""
        return self._read(select(plans).where(plans.c.at >= first, plans.c.at < last))

    def in_state(self, *states: DeliveryState) -> Sequence[KeptPlan]:
        """The plans of deliveries in any of the states, the earliest first."""
        return self._read(_joined().where(deliveries.c.state.in_([state.value for state in states])))

    def to_settle(self, now: datetime) -> Sequence[KeptPlan]:
        """What a network was to publish by itself until now, and nobody has looked whether it did."""
        is_sent = deliveries.c.state == DeliveryState.SENT.value
        is_open = (plans.c.keeper == Keeper.THERE.value) & (plans.c.is_settled == 0)
        return self._read(_joined().where(is_sent, is_open, plans.c.at <= now))

    def keep(self, kept: KeptPlan) -> None:
        """Writes a plan anew: read by other rules for its zone, or kept by somebody else."""
        with self._database.writing() as connection:
            connection.execute(update(plans).where(plans.c.delivery_id == kept.delivery_id).values(**_moving(kept)))

    def settle(self, delivery_id: str) -> None:
        """It is known what became of it there."""
        with self._database.writing() as connection:
            connection.execute(update(plans).where(plans.c.delivery_id == delivery_id).values(is_settled=1))

    def move(self, kept: KeptPlan, moved: Delivery, was: DeliveryState) -> bool:
        """Writes a plan and the delivery that waits for it, in one transaction. False, and nothing changed, when that
        stands in another state meanwhile."""
        with self._database.writing() as connection:
            changed = connection.execute(
                update(deliveries)
                .where(deliveries.c.id == moved.id, deliveries.c.state == was.value)
                .values(
                    state=moved.state.value,
                    due_at=moved.due_at,
                    problem=moved.problem,
                    problem_facts=written(text_map_json(dict(moved.problem_facts))),
                    receipt=written(receipt_json(moved.receipt)) if moved.receipt else None,
                )
            )
            if changed.rowcount != 1:
                return False
            connection.execute(update(plans).where(plans.c.delivery_id == kept.delivery_id).values(**_moving(kept)))
        return True

    def _read(self, query: Select[tuple[object, ...]]) -> Sequence[KeptPlan]:
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(plans.c.at, plans.c.delivery_id)).mappings()
            return [_kept(row) for row in rows]


def add(connection: Connection, kept: Sequence[KeptPlan]) -> None:
    """Writes the plans of a post, within the transaction that queues it."""
    for one in kept:
        connection.execute(
            insert(plans).values(delivery_id=one.delivery_id, post_id=one.post_id, is_settled=0, **_moving(one))
        )


def _joined() -> Select[tuple[object, ...]]:
    return select(plans).join(deliveries, deliveries.c.id == plans.c.delivery_id)


def _moving(kept: KeptPlan) -> dict[str, object]:
    return {
        "local": kept.plan.local.isoformat(timespec="minutes"),
        "zone": kept.plan.zone,
        "at": kept.plan.at,
        "keeper": kept.keeper.value,
    }


def _kept(row: RowMapping) -> KeptPlan:
    plan = Plan(datetime.fromisoformat(row["local"]), row["zone"], row["at"])
    return KeptPlan(row["delivery_id"], row["post_id"], plan, Keeper(row["keeper"]))
