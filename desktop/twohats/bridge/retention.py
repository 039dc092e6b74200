"""Letting old records go as the window sees it: counted first, removed when the person says so, off the main thread."""

import threading
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.model.errors import TwoHatsError

_DAYS_A_YEAR = 365.25


class Retention(QObject):
    """`counted` with the time before which they are old, how many would go, and how many stay since they have not
    arrived; `progressed` with how many are gone, `removed` with how many went; `failed` with a code and facts."""

    counted = Signal(object, int, int)
    progressed = Signal(int)
    removed = Signal(int)
    failed = Signal(str, dict)
    _told = Signal(int)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._stopping = threading.Event()
        # Queued: told in the lane, heard on the main thread.
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def count(self, years: int) -> None:
        """Changes nothing."""
        records = self._services.records
        before = self._services.clock() - timedelta(days=years * _DAYS_A_YEAR)
        self._tasks.run(
            Lane.PAPERS, lambda: records.count_older(before), lambda told: self.counted.emit(before, *told), self._fail
        )

    def remove(self, before: datetime) -> None:
        """Removes what was counted, for good."""
        services, now = self._services, self._services.clock()

        def tell(gone: int) -> bool:
            services.courtesy.give_way()
            self._told.emit(gone)
            return not self._stopping.is_set()

        work = partial(services.records.remove_older, before, now, tell)
        self._tasks.run(Lane.PAPERS, work, self.removed.emit, self._fail)

    def stop(self) -> None:
        """What is not removed yet stays; the program is being closed."""
        self._stopping.set()

    def _fail(self, problem: TwoHatsError) -> None:
        self.failed.emit(problem.code, dict(problem.facts))
