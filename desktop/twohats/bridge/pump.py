"""Sends what is due: a timer that sleeps until the next delivery, one attempt at a time for each account."""

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from twohats.bridge.library import Library
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import TwoHatsError

_LONGEST_SLEEP_MS = 30_000
_FIRST_LOOK_S = 5
_NEXT_LOOK_S = 45
_LOOKS = 4


class Pump(QObject):
    """Nothing leaves but through here. `start` first settles what an earlier run was cut off in."""

    def __init__(self, services: Services, library: Library, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._library = library
        self._tasks = tasks
        self._busy_accounts: set[str] = set()
        self._looks: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.wake)
        library.queue_woken.connect(self.wake)

    def start(self) -> None:
        """Rows found *sending* become *unknown* and are looked up; then what is due goes."""
        for delivery in self._services.publisher.recover():
            self._library.tell_delivery(delivery)
        for delivery in self._services.queue.in_state(DeliveryState.UNKNOWN):
            self._look_later(delivery, 0)
        self.wake()

    def wake(self) -> None:
        """Sends what is due now, and sleeps until the next is."""
        now = self._services.clock()
        for delivery in self._services.queue.due(now):
            if delivery.account_id not in self._busy_accounts:
                self._send(delivery)
        soonest = self._services.queue.next_due()
        # A clock that jumps must not leave a post asleep: never sleep longer than half a minute.
        wait_ms = (
            int((soonest - now) / timedelta(milliseconds=1)) + 10 if soonest and soonest > now else _LONGEST_SLEEP_MS
        )
        self._timer.start(max(10, min(_LONGEST_SLEEP_MS, wait_ms)))

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
            self._timer.start(5000)

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
