"""What is planned, as a calendar shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from twohats.bridge.services import Services
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import BadInput
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, KeptPlan, Plan, after_gap
from twohats.model.record import Record, RecordFilter

_TITLE_MOST = 60


@dataclass(frozen=True, slots=True)
class PlannedTarget:
    """One account that a planned post goes to. `goes_by`: whether it goes even if this computer is off."""

    delivery_id: str
    account_id: str
    network: str
    label: str
    goes_by: Keeper
    state: DeliveryState
    problem: str


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post at its time. `title` are its first words where it has none.

    `state` is "planned" (all of it waits), "out" (all of it has left), "held" (some of it asks), "partly" (some has
    left), or "taken_back". `goes_by` is THERE only where all targets that still wait go even if this computer is off.
    `can_move`: it can be moved, and taken back.
    """

    post_id: str
    hat: Hat
    title: str
    plan: Plan
    targets: tuple[PlannedTarget, ...]
    state: str
    goes_by: Keeper
    can_move: bool


def planned_posts(services: Services, first: date, last: date, zone: str) -> tuple[PlannedPost, ...]:
    """What is, or was, planned from the beginning of `first` to the end of `last`, as days are in `zone`; the earliest
    first. A post whose targets have different times stands at each. Raises BadInput("zone_unknown"), StoreError."""
    kept = services.plans.between(*_moments(first, last, zone))
    at_once: dict[tuple[datetime, str], list[KeptPlan]] = {}
    for one in kept:
        at_once.setdefault((one.plan.at, one.post_id), []).append(one)
    found = (_post(services, post_id, plans) for (_, post_id), plans in at_once.items())
    return tuple(post for post in found if post is not None)


def posted(services: Services, first: date, last: date, zone: str) -> tuple[Record, ...]:
    """The records of those days, the earliest first. Raises BadInput("zone_unknown"), StoreError."""
    begin, end = _moments(first, last, zone)
    return tuple(services.records.walk(RecordFilter(first=begin, until=end)))


def _moments(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def _post(services: Services, post_id: str, plans: Sequence[KeptPlan]) -> PlannedPost | None:
    record = services.records.get(post_id)
    keepers = {kept.delivery_id: kept.keeper for kept in plans}
    deliveries = [d for d in services.queue.of_post(post_id) if d.id in keepers]
    if record is None or not deliveries:
        return None
    labels = {target.delivery_id: target.label for target in record.targets}
    targets = tuple(
        PlannedTarget(
            delivery.id,
            delivery.account_id,
            delivery.rendition.network,
            labels.get(delivery.id, delivery.rendition.network),
            keepers[delivery.id],
            delivery.state,
            delivery.problem,
        )
        for delivery in deliveries
    )
    waiting = [keepers[d.id] for d in deliveries if _waits(d)]
    is_there = bool(waiting) and all(keeper is Keeper.THERE for keeper in waiting)
    return PlannedPost(
        post_id=post_id,
        hat=record.hat,
        title=record.title or _first_words(record.text),
        plan=plans[0].plan,
        targets=targets,
        state=_state(deliveries),
        goes_by=Keeper.THERE if is_there else Keeper.HERE,
        can_move=any(map(_can_move, deliveries)) and all(_can_move(d) or _is_back(d) for d in deliveries),
    )


def _state(deliveries: Sequence[Delivery]) -> str:
    left = [d for d in deliveries if not _is_back(d)]
    if not left:
        return "taken_back"
    if any(d.state in (DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.UNKNOWN) or d.problem for d in left):
        return "held"
    waiting = [_waits(d) for d in left]
    if all(waiting):
        return "planned"
    return "partly" if any(waiting) else "out"


def _waits(delivery: Delivery) -> bool:
    is_there = delivery.receipt is not None and delivery.receipt.waits_there
    return delivery.state is DeliveryState.WAITING or (delivery.state is DeliveryState.SENT and is_there)


def _can_move(delivery: Delivery) -> bool:
    return _waits(delivery) or (
        delivery.state in (DeliveryState.HELD, DeliveryState.FAILED) and not delivery.is_stopped_midway
    )


def _is_back(delivery: Delivery) -> bool:
    return delivery.state in (DeliveryState.CANCELLED, DeliveryState.TAKEN_DOWN)


def _midnight(day: date, zone: str) -> datetime:
    try:
        return after_gap(datetime.combine(day, time()), zone).at
    except OverflowError as problem:
        raise BadInput("time_out_of_reach") from problem


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _TITLE_MOST else words[: _TITLE_MOST - 1].rstrip() + "…"
