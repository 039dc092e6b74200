"""Sends what is due: a timer that sleeps until the next delivery, one attempt at a time for each account."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from twohats.bridge.library import Library
from twohats.bridge.services import Services
from twohats.bridge.session import Session
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows.planning import ZonesRead
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import TwoHatsError

_LONGEST_SLEEP_MS = 30_000  # a clock that jumps must not leave a post asleep
_AGAIN_AFTER_MS = 5_000
_FIRST_LOOK_S = 5
_NEXT_LOOK_S = 45
_LOOKS = 4
_LOOK_AFTER_EVERY_S = 120.0
_LOOK_OVER_EVERY_S = 600.0
_FIRST_LOOK_OVER_S = 60.0


class Pump(QObject):
    """Nothing leaves but through here. `start` first settles what an earlier run was cut off in.

    It looks at the clock twice a minute, however far away the next post is: timers stand still while a computer sleeps,
    and clocks are set. What is late then is held by the publisher, and asks. `plans_moved` carries MovedPlan values: a
    country has changed its clocks since those posts were planned.
    """

    plans_moved = Signal(object)

    def __init__(
        self,
        services: Services,
        library: Library,
        tasks: Tasks,
        may_send: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        """`may_send`: whether this process, and no other, sends for the profile."""
        super().__init__(parent)
        self._may_send = may_send
        self._is_ours = False
        self._held: dict[str, float] = {}
        self._services = services
        self._library = library
        self._tasks = tasks
        self._busy_accounts: set[str] = set()
        self._looks: dict[str, int] = {}
        self._looked_after: dict[str, float] = {}
        self._looked_over = monotonic() - _LOOK_OVER_EVERY_S + _FIRST_LOOK_OVER_S
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.wake)
        library.queue_woken.connect(self.wake)

    def start(self) -> None:
        """Begins, as soon as no other process sends for this profile; first settles what that one was cut off in."""
        if not self._may_send():
            QTimer.singleShot(_AGAIN_AFTER_MS, self, self.start)
            return
        self._is_ours = True
        for delivery in self._services.publisher.recover(frozenset(self._held)):
            self._library.tell_delivery(delivery)
        for delivery in self._services.queue.in_state(DeliveryState.UNKNOWN):
            self._look_later(delivery, 0)
        # Networks may be told of other times too: off the main thread.
        self._tasks.run(Lane.WIRE, self._services.publisher.planner.read_zones_anew, self._tell_moved, self._tell)
        self.wake()

    def follow(self, session: Session) -> None:
        """Keeps the undo windows that the desk opens."""
        session.window_opened.connect(self.hold)
        session.window_ended.connect(self.release)
        session.queued.connect(self.wake)

    def wake(self) -> None:
        """Sends what is due now, and sleeps until the next is."""
        # Set first: whatever fails below, the pump wakes again.
        self._timer.start(_AGAIN_AFTER_MS)
        if not self._is_ours:
            return
        try:
            self._send_what_is_due()
        except TwoHatsError as problem:
            self._library.problem.emit(problem.code, dict(problem.facts))

    def hold(self, post_id: str, window_s: int) -> None:
        """Keeps a post for its undo window by a clock that nobody can set."""
        self._held[post_id] = monotonic() + window_s
        self.wake()

    def release(self, post_id: str) -> None:
        """The window was cut short, or the post taken back."""
        self._held.pop(post_id, None)
        self.wake()

    def _send_what_is_due(self) -> None:
        for post_id in [post_id for post_id, until in self._held.items() if until <= monotonic()]:
            del self._held[post_id]
            self._services.publisher.send_now(post_id)  # due, even if the system's clock was set back meanwhile
        for moved in self._services.publisher.order.release():
            self._library.tell_delivery(moved)
        now = self._services.clock()
        for delivery in self._services.queue.due(now):
            if delivery.account_id not in self._busy_accounts and delivery.post_id not in self._held:
                self._send(delivery)
        self._look_after_plans()
        self._look_over_plans()
        soonest = self._services.queue.next_due()
        waits_ms = [_LONGEST_SLEEP_MS, *(int((until - monotonic()) * 1000) + 10 for until in self._held.values())]
        if soonest and soonest > now:
            waits_ms.append(int((soonest - now) / timedelta(milliseconds=1)) + 10)
        self._timer.start(max(10, min(waits_ms)))

    def _look_after_plans(self) -> None:
        """Whether networks have published what they kept; each is asked again after a while."""
        planner = self._services.publisher.planner
        for kept in planner.to_settle():
            if self._looked_after.get(kept.delivery_id, -_LOOK_AFTER_EVERY_S) + _LOOK_AFTER_EVERY_S > monotonic():
                continue
            self._looked_after[kept.delivery_id] = monotonic()
            look = partial(planner.look_after, kept.delivery_id)
            # A site that does not answer now is asked later; nobody need be told.
            self._tasks.run(Lane.WIRE, look, lambda moved: self._library.tell_delivery(moved) if moved else None)

    def _look_over_plans(self) -> None:
        """What networks keep is checked with the day's rules now and then."""
        if self._looked_over + _LOOK_OVER_EVERY_S > monotonic():
            return
        self._looked_over = monotonic()

        def tell(stopped: Sequence[Delivery]) -> None:
            for delivery in stopped:
                self._library.tell_delivery(delivery)

        self._tasks.run(Lane.SCAN, self._services.publisher.look_over, tell)

    def _tell_moved(self, read: ZonesRead) -> None:
        if read.moved:
            self.plans_moved.emit(read.moved)
            for zone, count in sorted(Counter(one.now.plan.zone for one in read.moved).items()):
                self._tell(TwoHatsError("plan_moved", zone=zone, count=count))
        for stayed in read.stayed:
            self._tell(TwoHatsError(stayed.problem, **stayed.facts))
        if read.moved or read.stayed:
            self._library.tell_queue_changed()
        self.wake()

    def _tell(self, problem: TwoHatsError) -> None:
        self._library.problem.emit(problem.code, dict(problem.facts))

    def _send(self, delivery: Delivery) -> None:
        self._busy_accounts.add(delivery.account_id)

        def done(moved: Delivery | None) -> None:
            self._busy_accounts.discard(delivery.account_id)
            if moved is not None:
                self._library.tell_delivery(moved)
                if moved.state is DeliveryState.UNKNOWN:
                    self._look_later(moved, _FIRST_LOOK_S)
            self.wake()

        def failed(problem: TwoHatsError) -> None:
            self._busy_accounts.discard(delivery.account_id)
            self._library.problem.emit(problem.code, dict(problem.facts))
            self._timer.start(_AGAIN_AFTER_MS)

        self._tasks.run(Lane.WIRE, lambda: self._services.publisher.deliver(delivery.id), done, failed)

    def _look_later(self, delivery: Delivery, after_s: int) -> None:
        self._looks[delivery.id] = self._looks.get(delivery.id, 0) + 1
        QTimer.singleShot(after_s * 1000, self, lambda: self._look(delivery))

    def _look(self, delivery: Delivery) -> None:
        def done(moved: Delivery | None) -> None:
            if moved is None:
                return
            if moved.state is not DeliveryState.UNKNOWN:
                self._library.tell_delivery(moved)
                self.wake()
            elif self._looks[delivery.id] < _LOOKS:
                self._look_later(moved, _NEXT_LOOK_S)

        self._tasks.run(
            Lane.WIRE,
            lambda: self._services.publisher.look(delivery.id),
            done,
            lambda problem: self._library.problem.emit(problem.code, dict(problem.facts)),
        )
