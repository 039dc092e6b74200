"""What is done for the store while the desk stands: a while after the start, so that nothing waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from twohats.bridge.tasks import Lane, Tasks
from twohats.model.errors import TwoHatsError

_TIDY_AFTER_MS = 60_000
_COPY_AFTER_MS = 120_000
_COPY_EVERY_MS = 3_600_000


class Upkeep(QObject):
    """Takes away what has lain in the bin for a month, and makes the copy of the day, if there is none yet.

    `tidy` and `back_up_if_due` run in lanes and raise TwoHatsError. `problem` carries code and facts of what went wrong
    with a copy. Its timers are its own: Qt would call a plain object that is gone (seen with PySide6 6.11.3, whose
    `singleShot` with a context keeps no hold on the object of a method).
    """

    problem = Signal(str, dict)

    def __init__(self, tasks: Tasks, tidy: Callable[[], object], back_up_if_due: Callable[[], object]) -> None:
        super().__init__()
        self._tasks = tasks
        self._tidy = tidy
        self._back_up_if_due = back_up_if_due
        self._tidying = _timer(self, self._begin_tidying)
        self._first_copy = _timer(self, self._begin_copy)
        self._copies = QTimer(self)
        self._copies.timeout.connect(self._begin_copy)

    def start(self) -> None:
        self._tidying.start(_TIDY_AFTER_MS)
        self._first_copy.start(_COPY_AFTER_MS)
        self._copies.start(_COPY_EVERY_MS)

    def stop(self) -> None:
        for timer in (self._tidying, self._first_copy, self._copies):
            timer.stop()

    def _begin_tidying(self) -> None:
        self._tasks.run(Lane.DISK, self._tidy)

    def _begin_copy(self) -> None:
        # Beside the work, since it reads the whole store.
        self._tasks.run(Lane.PICTURES, self._back_up_if_due, None, self._tell)

    def _tell(self, problem: TwoHatsError) -> None:
        self.problem.emit(problem.code if problem.code == "store_damaged" else "daily_copy_failed", {})


def _timer(parent: QObject, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(then)
    return timer
