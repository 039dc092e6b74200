"""From approval to receipt: nothing is sent that was not approved, and nothing is sent twice."""

import random
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from twohats.flows.journal import DeliveryJournal
from twohats.flows.logins import Logins
from twohats.flows.order import Order
from twohats.flows.places import Places
from twohats.flows.planning import GRACE, Planner
from twohats.flows.records import record_of
from twohats.flows.review import Verdict
from twohats.model.account import Account
from twohats.model.approval import Approval
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import (
    BadInput,
    ByHand,
    NetworkError,
    NotApproved,
    OutcomeUnknown,
    Refused,
    SignedOut,
    StoppedMidway,
    StoreError,
    TooFast,
    Unreachable,
    VaultError,
)
from twohats.model.finding import Finding, Severity
from twohats.model.plan import Keeper, KeptPlan, Plan
from twohats.model.ports import (
    NOT_THERE,
    Checker,
    Clock,
    DraftStore,
    Network,
    NewId,
    PlanStore,
    ProfileStore,
    QueueStore,
    Reactions,
)
from twohats.model.receipt import Receipt
from twohats.model.rendition import AFTER

_FIRST_WAIT_S = 15.0
_LONGEST_WAIT_S = 15 * 60.0
# A server can take a request, outlive our patience and write the post later. PHP ends a script after 30 s by default
# (php.net, max_execution_time, read 2026-11-22) and common proxies after 60 s; only then is "not there" an answer.
_SETTLED_AFTER_S = 90
_MISSED_AFTER_S = 60
_STOPPED_THERE = "new_stop_there"
_KEEP_AGAIN_AFTER_S = (0.2, 1.0, 3.0)


class Publisher:
    """Moves deliveries. Every method may block on the network or the disk, and is safe on any one thread."""

    def __init__(
        self,
        *,
        queue: QueueStore,
        drafts: DraftStore,
        profile: ProfileStore,
        networks: Mapping[str, Network],
        logins: Logins,
        checker: Checker,
        clock: Clock,
        new_id: NewId,
        plans: PlanStore,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._queue = queue
        self._drafts = drafts
        self._profile = profile
        self._networks = networks
        self._logins = logins
        self._checker = checker
        self._clock = clock
        self._new_id = new_id
        self._pause = pause
        self._places = Places(profile, networks)
        self.order = Order(queue=queue, plans=plans, profile=profile, networks=networks)
        self.planner = Planner(
            queue=queue, plans=plans, places=self._places, networks=networks, logins=logins, clock=clock
        )

    def queue_up(
        self,
        verdict: Verdict,
        approval: Approval,
        window_s: int,
        plan: Plan | None = None,
        keeper: Keeper = Keeper.HERE,
    ) -> tuple[Delivery, ...]:
        """Writes approval, deliveries and record in one transaction; nothing leaves before the undo window ends.

        With a plan, nothing leaves before its time, but for what its network keeps until then, if that is wished. What
        was approved as following another waits for that one. Raises BadInput("plan_past").
        """
        due_at = self._clock() + timedelta(seconds=window_s)
        pairs = zip(approval.targets.accounts, approval.renditions, strict=True)
        deliveries = tuple(
            Delivery(
                id=self._new_id(),
                post_id=approval.post_id,
                draft_id=approval.draft_id,
                approval_digest=approval.digest,
                hat=approval.targets.hat,
                account_id=account.id,
                rendition=rendition,
                key=self._new_id(),
                state=DeliveryState.WAITING,
                due_at=due_at,
            )
            for account, rendition in pairs
        )
        ids = {delivery.account_id: delivery.id for delivery in deliveries}
        deliveries = tuple(replace(d, after_id=ids.get(d.rendition.payload.get(AFTER, ""), "")) for d in deliveries)
        planned: tuple[KeptPlan, ...] = ()
        if plan is not None:
            deliveries, planned = self.planner.planned(deliveries, plan, keeper)
        self._queue.add(approval, deliveries, record_of(verdict, approval, self._allowed(verdict)), planned)
        return deliveries

    def deliver(self, delivery_id: str) -> Delivery | None:
        """One attempt. None when it is not due, or another process has it. Held, when its planned time has passed."""
        waiting = self._queue.get(delivery_id)
        if waiting is not None and waiting.is_due(self._clock()):
            missed = self.planner.missed(waiting, self.planner.of(delivery_id), self.order.since(waiting))
            if missed is not None:
                return missed if self._queue.save(missed, DeliveryState.WAITING) else None
        claimed = self._queue.claim(delivery_id, self._clock())
        if claimed is None:
            return None
        try:
            moved = self._attempt(claimed)
        except Exception:
            # Our own fault, or a plug-in's: whether anything left is not known, and the row must not hang.
            self._keep(claimed.lost_sight("unknown", self._clock()))
            raise
        self._keep(moved)
        return moved

    def recover(self, own_posts: Collection[str] = ()) -> Sequence[Delivery]:
        """At start: rows found *sending* were cut off before the answer. They become *unknown*, to be looked up.

        What never left, because the program was closed or cut off in its undo window, is held and asked about: no post
        goes late, or after its Undo is gone, without a word; so is a planned one whose time has passed, while those
        whose time is to come go on waiting. What has to follow a blog post waits for that; if that has come out a while
        ago, it asks too. `own_posts` are those whose window stands open here.
        """
        found = list(self.order.release())
        now = self._clock()
        plans = self.planner.of_waiting()
        for delivery in self._queue.in_state(DeliveryState.WAITING):
            if delivery.waits_for_blog:
                continue  # it goes with the blog's post, which asks by itself
            since = self.order.since(delivery)
            if delivery.id in plans:
                missed = self.planner.missed(delivery, plans[delivery.id], since)
            elif delivery.after_id and delivery.attempts == 0:
                missed = delivery.held("missed_blog") if since and now - since > GRACE else None
            else:
                is_overdue = now - delivery.due_at > timedelta(seconds=_MISSED_AFTER_S)
                is_late = delivery.post_id not in own_posts and (delivery.attempts == 0 or is_overdue)
                missed = delivery.held("missed") if is_late else None
            if missed is not None and self._queue.save(missed, DeliveryState.WAITING):
                found.append(missed)
        for delivery in self._queue.in_state(DeliveryState.SENDING):
            lost = delivery.lost_sight("cut_off", now)
            if self._queue.save(lost, DeliveryState.SENDING):
                found.append(lost)
        return found

    def look(self, delivery_id: str) -> Delivery | None:
        """For an *unknown* one: asks the network whether the post is there. Sent if so; unknown still when the network
        cannot tell, or when the request is so young that the server may still be at it; else waiting again."""
        delivery = self._queue.get(delivery_id)
        if delivery is None or delivery.state is not DeliveryState.UNKNOWN:
            return None
        try:
            account, network = self._place(delivery)
            journal = DeliveryJournal(self._queue, delivery.id)
            receipt = self._logins.act(
                account, network, lambda login: network.find(delivery.leaving, login, delivery.key, journal)
            )
        except (NetworkError, VaultError, BadInput, NotApproved):
            return delivery
        if receipt is None and self._may_still_arrive(delivery):
            return delivery
        moved = delivery.sent(receipt) if receipt else self.planner.waits_again(delivery)
        self._queue.save(moved, DeliveryState.UNKNOWN)
        return moved

    def look_over(self) -> Sequence[Delivery]:
        """What networks keep until its time, and today's rules or policy would stop: it is said, and stays there."""
        stopped = []
        for kept in self.planner.kept_there():
            delivery = self._queue.get(kept.delivery_id)
            if delivery is None or delivery.problem == _STOPPED_THERE or not self._has_new_rules(delivery):
                continue
            if self._is_stopped_now(delivery):
                moved = delivery.still_waits_there(_STOPPED_THERE)
                if self._queue.save(moved, DeliveryState.SENT):
                    stopped.append(moved)
        return stopped

    def settle(self, delivery_id: str, has_arrived: bool) -> Delivery | None:
        """The person looked, and says whether an *unknown* post is there."""
        delivery = self._queue.get(delivery_id)
        if delivery is None or delivery.state is not DeliveryState.UNKNOWN:
            return None
        if not has_arrived:
            self._queue.note_step(delivery.id, NOT_THERE, self._clock().isoformat())
        receipt = Receipt(remote_id="", url="", sent_at=delivery.started_at or self._clock(), note="told_by_person")
        moved = delivery.sent(receipt) if has_arrived else self.planner.again(delivery)
        self._queue.save(moved, DeliveryState.UNKNOWN)
        return moved

    def posted_by_hand(self, delivery_id: str) -> Delivery | None:
        """The person has brought there what no program may, and says so."""
        delivery = self._queue.get(delivery_id)
        if delivery is None or not delivery.waits_for_hand:
            return None
        moved = delivery.posted_by_hand(self._clock())
        return moved if self._queue.save(moved, DeliveryState.HELD) else None

    def try_again(self, delivery_id: str) -> Delivery | None:
        """Only for what failed or was held: it waits again, due now, with the same key. For what has to follow another,
        that one is tried first."""
        delivery = self._queue.get(delivery_id)
        leader = self.order.leader(delivery) if delivery is not None and delivery.has_yet_to_follow else None
        again = self.try_again(leader.id) if leader is not None else None
        if delivery is None or delivery.state is DeliveryState.WAITING:
            return again
        if delivery.state not in (DeliveryState.FAILED, DeliveryState.HELD):
            return None
        moved = self.planner.again(delivery)
        return moved if self._queue.save(moved, delivery.state) else None

    def leave_short(self, delivery_id: str) -> Delivery | None:
        """Lets a thread that stopped midway stand as far as it came: nothing more of it is sent."""
        delivery = self._queue.get(delivery_id)
        if delivery is None or not delivery.is_stopped_midway:
            return None
        moved = delivery.left_short()
        return moved if self._queue.save(moved, DeliveryState.FAILED) else None

    def undo(self, post_id: str) -> bool:
        """Takes back a post of which nothing has left; its draft is a draft again. False, and nothing changed, when
        something already has."""
        return self._queue.undo(post_id)

    def cancel(self, delivery_id: str) -> Delivery | None:
        """Gives up one that has not arrived, and what has to follow it."""
        delivery = self._queue.get(delivery_id)
        if delivery is None or delivery.is_over or delivery.state is DeliveryState.SENDING:
            return None
        for behind in self.order.behind(delivery):
            self._queue.save(behind.cancelled(), behind.state)
        moved = delivery.cancelled()
        return moved if self._queue.save(moved, delivery.state) else None

    def send_now(self, post_id: str) -> None:
        """Cuts the undo window short, or the time that was planned."""
        for delivery in self._queue.of_post(post_id):
            if delivery.state is DeliveryState.WAITING:
                self._queue.save(self.planner.hurry(delivery), DeliveryState.WAITING)

    def take_down(self, delivery_id: str) -> Delivery | None:
        """Deletes the post where it went. Raises NetworkError or VaultError when it could not; nothing changes then."""
        delivery = self._queue.get(delivery_id)
        if delivery is not None and delivery.receipt is not None and delivery.receipt.waits_there:
            self.planner.look_after(delivery_id)  # it may be out by now, under another name
            delivery = self._queue.get(delivery_id)
        if delivery is None or not delivery.is_out or delivery.receipt is None:
            return None
        receipt = delivery.receipt
        account, network = self._place(delivery)
        self._logins.act(account, network, lambda login: network.delete(receipt, login))
        moved = delivery.taken_down()
        self._queue.save(moved, delivery.state)
        return moved

    def reactions(self, delivery_id: str) -> Reactions | None:
        """Replies and likes; None where the network does not let us read them. Raises NetworkError, VaultError."""
        delivery = self._queue.get(delivery_id)
        if delivery is None or not delivery.is_out or delivery.receipt is None or delivery.receipt.waits_there:
            return None
        receipt = delivery.receipt
        account, network = self._place(delivery)
        return self._logins.act(account, network, lambda login: network.reactions(receipt, login))

    def _attempt(self, delivery: Delivery) -> Delivery:
        now = self._clock()
        try:
            account, network = self._place(delivery)
            leader = self.order.leader(delivery)
            if delivery.after_id and (leader is None or leader.state is not DeliveryState.SENT):
                return delivery.held("blog_gone")
            if self._is_stopped_now(delivery):
                return delivery.held("new_stop")
            waits_here = self.planner.prepare(delivery)
            if waits_here is not None:
                return waits_here
            journal = DeliveryJournal(self._queue, delivery.id)
            receipt = self._logins.act(
                account, network, lambda login: network.publish(delivery.leaving, login, delivery.key, journal)
            )
        except Unreachable as problem:
            wait_s = _wait_s(delivery.attempts)
            return delivery.refused_for_now(now + timedelta(seconds=wait_s), problem.code, **problem.facts)
        except TooFast as problem:
            wait_s = max(problem.retry_after_s, 1.0)
            return delivery.refused_for_now(now + timedelta(seconds=wait_s), problem.code, **problem.facts)
        except (SignedOut, NotApproved, BadInput, ByHand, VaultError) as problem:
            return delivery.held(problem.code, **problem.facts)
        except StoppedMidway as problem:
            return delivery.stopped_midway(problem.receipt, problem.code, **problem.facts)
        except Refused as problem:
            if problem.code == "not_kept_there":
                return self.planner.keep_here(delivery, problem.code)
            return delivery.failed(problem.code, **problem.facts)
        except (OutcomeUnknown, NetworkError) as problem:
            return delivery.lost_sight(problem.code, self._clock(), **problem.facts)
        return delivery.sent(receipt)

    def _allowed(self, verdict: Verdict) -> tuple[Finding, ...]:
        """What the owner's allowances let pass in this very post: what is found without them, and not with them."""
        if verdict.identity is None:
            return ()
        policy = replace(self._profile.policy(), allowances=())
        bare = self._checker.check(verdict.draft, verdict.identity, policy)
        found = {(finding.rule, finding.span) for finding in verdict.findings}
        return tuple(finding for finding in bare.findings if (finding.rule, finding.span) not in found)

    def _keep(self, moved: Delivery) -> None:
        """Writes how an attempt ended; a store that is busy for a moment must not leave it *sending*."""
        for pause_s in _KEEP_AGAIN_AFTER_S:
            try:
                self._queue.save(moved, DeliveryState.SENDING)
                return
            except StoreError:
                self._pause(pause_s)
        self._queue.save(moved, DeliveryState.SENDING)

    def _may_still_arrive(self, delivery: Delivery) -> bool:
        # A negative age, with the clock set back, tells nothing: then too it is not sent again.
        age = self._clock() - (delivery.started_at or self._clock())
        return age < timedelta(seconds=_SETTLED_AFTER_S)

    def _place(self, delivery: Delivery) -> tuple[Account, Network]:
        """Where it goes; compares identity and bytes once more before anything leaves."""
        return self._places.of(delivery)

    def _has_new_rules(self, delivery: Delivery) -> bool:
        return self._queue.approved_under(delivery.post_id) != (self._checker.version, self._profile.policy().version)

    def _is_stopped_now(self, delivery: Delivery) -> bool:
        """Whether today's rules or policy stop what was approved under older ones. What was planned is checked in any
        case; where its draft is gone, nobody can."""
        is_planned = self.planner.of(delivery.id) is not None
        if not (is_planned or self._has_new_rules(delivery)):
            return False
        policy = self._profile.policy()
        draft = self._drafts.get(delivery.draft_id)
        if draft is None:
            return is_planned
        identity = next(i for i in self._profile.identities() if i.hat is delivery.hat)
        result = self._checker.check(draft, identity, policy)
        answered = self._queue.answered(delivery.post_id)
        stops = [f for f in result.findings if f.severity is Severity.STOP and f.key not in answered]
        return bool(stops) or not result.complete


def _wait_s(attempts: int) -> float:
    """Back-off in seconds: doubling from 15 s to 15 min, with jitter so that many do not knock at once."""
    base = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(10, max(0, attempts - 1)))
    return base * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
