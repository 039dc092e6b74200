"""Letting old records go as the window sees it: counted first, removed when the person says so, off the main thread."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.model.errors import TwoHatsError

_DAYS_A_YEAR = 365.25


class Retention(QObject):
    """`counted` with the time before which they are old, how many would go, and how many stay since they have not
    arrived; `removed` with how many went; `failed` with a code and facts."""

    counted = Signal(object, int, int)
    removed = Signal(int)
    failed = Signal(str, dict)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks

    def count(self, years: int) -> None:
        """Changes nothing."""
        records = self._services.records
        before = self._services.clock() - timedelta(days=years * _DAYS_A_YEAR)
        self._tasks.run(
            Lane.PAPERS, lambda: records.count_older(before), lambda told: self.counted.emit(before, *told), self._fail
        )

    def remove(self, before: datetime) -> None:
        """Removes what was counted, for good."""
        records, now = self._services.records, self._services.clock()
        self._tasks.run(Lane.PAPERS, lambda: records.remove_older(before, now), self.removed.emit, self._fail)

    def _fail(self, problem: TwoHatsError) -> None:
        self.failed.emit(problem.code, dict(problem.facts))
