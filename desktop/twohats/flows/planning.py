"""Posts for later: who keeps them, when they are too late, and how they are moved, taken back and looked after.

A planned post leaves within a few minutes of its time, or asks. What the network keeps goes there at once, with its
time; what waits here is checked again with the day's rules before it leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from twohats.flows.logins import Logins
from twohats.flows.places import Places
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import BadInput, NotApproved, OutcomeUnknown, Refused, TwoHatsError, Unreachable
from twohats.model.plan import Keeper, KeptPlan, Plan, offset_words, plan_at, read_anew
from twohats.model.ports import DATED, PART, PLANNED_FOR, Clock, KeepsPlans, Network, PlanStore, QueueStore
from twohats.model.rendition import AFTER, Rendition

GRACE = timedelta(minutes=5)
"""How late a planned post may leave without a word: a computer that wakes, or a network that is away for a moment, does
not make a post another one; an hour may, when somebody has read something else meanwhile."""
NOT_MOVED_THERE = "not_moved_there"
"""The problem of a planned post for which its network kept the time from before a zone's rules changed."""
NOT_KNOWN_MOVED = "not_known_moved_there"
"""The same where the network has not answered: whether it moved the post is not known then."""
_OUT = ("out_already", "left_already")
_CHANGEABLE = (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.FAILED)
_FAR = timedelta(days=3660)
_SHOWN = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class MovedPlan:
    """A plan that means another moment than before, since its zone has other rules now."""

    before: KeptPlan
    now: KeptPlan


@dataclass(frozen=True, slots=True)
class StayedPlan:
    """A plan that means another moment by now, and whose network did not move the post. `problem` and its `facts` say
    which place that is, and what both times are."""

    kept: KeptPlan
    problem: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ZonesRead:
    """What became of the plans whose zones have other rules now."""

    moved: tuple[MovedPlan, ...] = ()
    stayed: tuple[StayedPlan, ...] = ()


class Planner:
    """Plans of deliveries. What touches a network may block; safe on any one thread."""

    def __init__(
        self,
        *,
        queue: QueueStore,
        plans: PlanStore,
        places: Places,
        networks: Mapping[str, Network],
        logins: Logins,
        clock: Clock,
    ) -> None:
        self._queue = queue
        self._plans = plans
        self._places = places
        self._networks = networks
        self._logins = logins
        self._clock = clock

    def unfit_to_keep(self, rendition: Rendition, at: datetime) -> str:
        """Why the network cannot keep this until `at`: a code; "" when it can."""
        if AFTER in rendition.payload:
            return "goes_after_blog"
        keeping, account = _keeping(self._networks.get(rendition.network)), self._places.account(rendition.account_id)
        if keeping is None or account is None:
            return "not_kept_there"
        return keeping.unfit_to_keep(rendition, account, at, self._clock())

    def keeper_of(self, rendition: Rendition, plan: Plan, wished: Keeper) -> Keeper:
        """Who keeps it until then: its network where that is wished and can be, as far as is known."""
        if wished is Keeper.THERE and not self.unfit_to_keep(rendition, plan.at):
            return Keeper.THERE
        return Keeper.HERE

    def planned(
        self, deliveries: Sequence[Delivery], plan: Plan, keeper: Keeper
    ) -> tuple[tuple[Delivery, ...], tuple[KeptPlan, ...]]:
        """New deliveries with the times at which they may leave, and their plans. Those that their network can keep, if
        that is wished, leave at once. Raises BadInput("plan_past")."""
        now = self._clock()
        if plan.at <= now:
            raise BadInput("plan_past")
        kept = tuple(KeptPlan(d.id, d.post_id, plan, self.keeper_of(d.rendition, plan, keeper)) for d in deliveries)
        due = {one.delivery_id: now if one.keeper is Keeper.THERE else plan.at for one in kept}
        return tuple(replace(delivery, due_at=due[delivery.id]) for delivery in deliveries), kept

    def of(self, delivery_id: str) -> KeptPlan | None:
        """The plan of a delivery; None where it was to go at once."""
        return self._plans.of_delivery(delivery_id)

    def of_waiting(self) -> Mapping[str, KeptPlan]:
        """The plans of all that waits, by delivery."""
        return {kept.delivery_id: kept for kept in self._plans.in_state(DeliveryState.WAITING)}

    def kept_there(self) -> Sequence[KeptPlan]:
        """What networks keep, and whose time is to come."""
        now = self._clock()
        found = self._plans.between(now, now + _FAR)
        return [kept for kept in found if kept.keeper is Keeper.THERE and self._waits_there(kept.delivery_id)]

    def missed(self, delivery: Delivery, kept: KeptPlan | None, since: datetime | None = None) -> Delivery | None:
        """The same held, when its time has passed by more than the grace and nothing of it has left. It asks then, for
        whatever reason it is late: the program was closed, the computer slept, the clock jumped, nothing answered.
        `since`: when it could first leave, where it had to wait for another."""
        if (
            kept is None
            or self._clock() - max(kept.plan.at, since or kept.plan.at) <= GRACE
            or self._has_begun(delivery)
        ):
            return None
        return delivery.held("missed_plan", planned=_words(kept.plan))

    def prepare(self, delivery: Delivery) -> Delivery | None:
        """Before an attempt: notes for the network which date the post bears, and whether it is to keep it. Where it
        cannot any more, the post waits here instead, and the delivery comes back with its new time."""
        kept = self._plans.of_delivery(delivery.id)
        if kept is None:
            return None
        is_kept_there = kept.keeper is Keeper.THERE
        if is_kept_there and self.unfit_to_keep(delivery.rendition, kept.plan.at):
            self._plans.keep(replace(kept, keeper=Keeper.HERE))
            is_kept_there = False
        at = kept.plan.at.isoformat()
        dates = self._queue.steps(delivery.id).get(DATED, "").split()
        self._queue.note_step(delivery.id, DATED, " ".join([*(date for date in dates if date != at), at]))
        self._queue.note_step(delivery.id, PLANNED_FOR, at if is_kept_there else "")
        if kept.keeper is Keeper.THERE and not is_kept_there and kept.plan.at > self._clock():
            return delivery.refused_for_now(kept.plan.at, "")
        return None

    def keep_here(self, delivery: Delivery, problem: str) -> Delivery:
        """What its network will not keep after all waits here, and says why."""
        kept = self._plans.of_delivery(delivery.id)
        if kept is None:
            return delivery.failed(problem)
        self._plans.keep(replace(kept, keeper=Keeper.HERE))
        return delivery.refused_for_now(kept.plan.at, problem)

    def again(self, delivery: Delivery) -> Delivery:
        """What failed or was held waits again: for its plan if that is ahead, else from now on. A person asked."""
        kept = self._plans.of_delivery(delivery.id)
        now = self._clock()
        if kept is not None and kept.plan.at <= now:
            self._plans.keep(self._for_now(kept))
        elif kept is not None and kept.keeper is Keeper.HERE:
            return delivery.tried_again(kept.plan.at)
        return delivery.tried_again(now)

    def waits_again(self, delivery: Delivery) -> Delivery:
        """What certainly did not arrive waits again, for its plan where that is ahead. Nobody asked: what is too late
        then is held."""
        kept = self._plans.of_delivery(delivery.id)
        now = self._clock()
        is_ahead = kept is not None and kept.keeper is Keeper.HERE and kept.plan.at > now
        return delivery.tried_again(kept.plan.at if kept is not None and is_ahead else now)

    def hurry(self, delivery: Delivery) -> Delivery:
        """A waiting one leaves now, whatever was planned. A person asked, or its undo window has ended."""
        kept = self._plans.of_delivery(delivery.id)
        if kept is not None and kept.keeper is Keeper.HERE:
            self._plans.keep(self._for_now(kept))
        return delivery.sent_now(self._clock())

    def read_zones_anew(self) -> ZonesRead:
        """At the start: what waits here goes by the time on the wall, and countries change their clocks. What the
        network keeps is moved there too; where that fails, it stays as it was, says so, and is tried again at the next
        start."""
        moved, stayed = [], []
        for kept in self._plans.in_state(*_CHANGEABLE, DeliveryState.SENT):
            plan = read_anew(kept.plan)
            delivery = self._queue.get(kept.delivery_id)
            if delivery is None or kept.plan.at <= self._clock():
                continue
            if plan.at == kept.plan.at:
                self._forget_stay(delivery)
                continue
            after = self._moved(delivery, kept, plan)
            if isinstance(after, KeptPlan):
                moved.append(MovedPlan(kept, after))
            elif delivery.state is DeliveryState.SENT and after.code not in _OUT:
                stayed.append(self._stayed(delivery, kept, plan, after))
        return ZonesRead(tuple(moved), tuple(stayed))

    def move(self, post_id: str, plan: Plan) -> str:
        """Plans a post for another time. The code of why not; "" when all of it has moved.

        What has left, and readers have, stays; then the rest is not moved either ("left_already")."""
        if plan.at <= self._clock():
            return "plan_past"
        return self._for_all(post_id, plan)

    def take_back(self, post_id: str) -> str:
        """A planned post becomes a draft again. The code of why not; "" when nothing of it will go."""
        pairs = self._pairs(post_id)
        problem = self._problem_of(pairs)
        if problem:
            return problem
        for delivery, _ in pairs:
            if delivery.state is not DeliveryState.SENT:
                continue
            try:
                self._take_back_there(delivery)
            except TwoHatsError as problem_there:
                return problem_there.code
        for delivery, _ in pairs:
            if delivery.state in _CHANGEABLE and not self._queue.save(delivery.cancelled(), delivery.state):
                return "left_already"
        return ""

    def to_settle(self) -> Sequence[KeptPlan]:
        """What networks were to publish by now, and nobody has looked whether they did."""
        return self._plans.to_settle(self._clock())

    def look_after(self, delivery_id: str) -> Delivery | None:
        """Whether the network has published what it kept: the delivery with its link then, or with what is wrong. None
        when that cannot be told now. Raises NetworkError and VaultError when it cannot be asked."""
        delivery = self._queue.get(delivery_id)
        kept = self._plans.of_delivery(delivery_id)
        if delivery is None or kept is None or delivery.state is not DeliveryState.SENT:
            return None
        receipt = delivery.receipt
        if receipt is None or not receipt.waits_there:
            self._plans.settle(delivery_id)
            return None
        account, network = self._places.of(delivery)
        keeping = _keeping(network)
        if keeping is None:
            return None
        try:
            out = self._logins.act(account, network, lambda login: keeping.came_out(delivery.rendition, receipt, login))
        except Refused as problem:
            if problem.code != "gone_there":
                raise
            moved = delivery.still_waits_there("gone_there")
            self._plans.settle(delivery_id)
        else:
            if out is None and self._clock() - kept.plan.at <= GRACE:
                return None
            moved = delivery.moved_there(out) if out else delivery.still_waits_there("still_waits_there")
            if out:
                self._plans.settle(delivery_id)
        self._queue.save(moved, DeliveryState.SENT)
        return None if moved == delivery else moved

    def _waits_there(self, delivery_id: str) -> bool:
        delivery = self._queue.get(delivery_id)
        return delivery is not None and delivery.receipt is not None and delivery.receipt.waits_there

    def _for_now(self, kept: KeptPlan) -> KeptPlan:
        return replace(kept, plan=plan_at(self._clock(), kept.plan.zone), keeper=Keeper.HERE)

    def _has_begun(self, delivery: Delivery) -> bool:
        """Whether readers have a part of it already: half a thread is worse than a late one."""
        return any(step.startswith(PART) for step in self._queue.steps(delivery.id))

    def _pairs(self, post_id: str) -> list[tuple[Delivery, KeptPlan]]:
        plans = {kept.delivery_id: kept for kept in self._plans.of_post(post_id)}
        return [(d, plans[d.id]) for d in self._queue.of_post(post_id) if d.id in plans]

    def _problem_of(self, pairs: Sequence[tuple[Delivery, KeptPlan]]) -> str:
        if not pairs:
            return "left_already"
        for delivery, _ in pairs:
            waits_there = delivery.state is DeliveryState.SENT and delivery.receipt and delivery.receipt.waits_there
            is_changeable = delivery.state in (*_CHANGEABLE, DeliveryState.CANCELLED) and not delivery.is_stopped_midway
            if not (is_changeable or waits_there):
                return "left_already"
        return ""

    def _for_all(self, post_id: str, plan: Plan) -> str:
        pairs = self._pairs(post_id)
        problem = self._problem_of(pairs)
        # What lies with a network first: it may say no, and then nothing here has moved yet.
        for delivery, kept in sorted(pairs, key=lambda pair: pair[0].state is not DeliveryState.SENT):
            if problem or delivery.state is DeliveryState.CANCELLED:
                continue
            after = self._moved(delivery, kept, plan)
            problem = after.code if isinstance(after, TwoHatsError) else ""
        return problem

    def _moved(self, delivery: Delivery, kept: KeptPlan, plan: Plan) -> KeptPlan | TwoHatsError:
        """Moves one delivery to a plan, or says why it could not."""
        after = replace(kept, plan=plan)
        if delivery.state is DeliveryState.SENT:
            try:
                moved = self._moved_there(delivery, plan.at)
            except TwoHatsError as problem:
                return problem
        else:
            keeper = self.keeper_of(delivery.rendition, plan, kept.keeper)
            after = replace(after, keeper=keeper)
            moved = delivery.due_from(self._clock() if keeper is Keeper.THERE else plan.at)
        return after if self._plans.move(after, moved, delivery.state) else NotApproved("left_already")

    def _stayed(self, delivery: Delivery, kept: KeptPlan, meant: Plan, why: TwoHatsError) -> StayedPlan:
        """Notes on a delivery that its network did not move it, unless something graver stands there."""
        problem = NOT_KNOWN_MOVED if isinstance(why, OutcomeUnknown | Unreachable) else NOT_MOVED_THERE
        account = self._places.account(delivery.account_id)
        facts = {
            "place": account.label if account and account.label else delivery.rendition.network,
            "zone": kept.plan.zone,
            "kept": _words(plan_at(kept.plan.at, kept.plan.zone)),
            "meant": _words(meant),
        }
        if delivery.problem in ("", NOT_MOVED_THERE, NOT_KNOWN_MOVED):
            self._queue.save(delivery.still_waits_there(problem, **facts), DeliveryState.SENT)
        return StayedPlan(kept, problem, facts)

    def _forget_stay(self, delivery: Delivery) -> None:
        """The zone has its old rules again, so that the network is right."""
        if delivery.problem in (NOT_MOVED_THERE, NOT_KNOWN_MOVED):
            self._queue.save(delivery.still_waits_there(""), DeliveryState.SENT)

    def _moved_there(self, delivery: Delivery, at: datetime) -> Delivery:
        receipt = delivery.receipt
        account, network = self._places.of(delivery)
        keeping = _keeping(network)
        if receipt is None or not receipt.waits_there or keeping is None:
            raise NotApproved("left_already")
        problem = keeping.unfit_to_keep(delivery.rendition, account, at, self._clock())
        if problem:
            raise BadInput(problem)
        moved = self._logins.act(account, network, lambda login: keeping.replan(delivery.rendition, receipt, login, at))
        return delivery.moved_there(moved)

    def _take_back_there(self, delivery: Delivery) -> None:
        receipt = delivery.receipt
        account, network = self._places.of(delivery)
        keeping = _keeping(network)
        if receipt is None or keeping is None:
            raise NotApproved("left_already")
        try:
            out = self._logins.act(account, network, lambda login: keeping.came_out(delivery.rendition, receipt, login))
        except Refused as problem:
            if problem.code != "gone_there":
                raise
            out = None  # taken back there already
        if out is not None:
            self._queue.save(delivery.moved_there(out), DeliveryState.SENT)
            self._plans.settle(delivery.id)
            raise NotApproved("left_already")
        self._logins.act(account, network, lambda login: network.delete(receipt, login))
        self._queue.save(delivery.taken_back_there(), DeliveryState.SENT)


def _words(plan: Plan) -> str:
    return f"{plan.local:{_SHOWN}} ({offset_words(plan)})"


def _keeping(network: object) -> KeepsPlans | None:
    return network if isinstance(network, KeepsPlans) else None
