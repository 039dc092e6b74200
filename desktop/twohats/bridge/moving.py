"""Taking everything along: a whole export, and its import into an empty profile, off the main thread."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.model.errors import TwoHatsError


class Moving(QObject):
    """`exported` and `imported` carry the number of rows; `failed` a code and facts. One at a time: `busy_changed`."""

    exported = Signal(str, int)
    imported = Signal(int)
    failed = Signal(str, dict)
    busy_changed = Signal(bool)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def export_to(self, path: str) -> None:
        """Writes the file; the person has said that one which is there may be replaced."""
        if self._begin():
            services = self._services

            def work() -> int:
                return services.whole.export_all(Path(path), services.clock())

            self._tasks.run(Lane.PICTURES, work, lambda rows: self._end(rows, path), self._fail)

    def import_from(self, path: str) -> None:
        """Reads the file into this profile, if it is empty."""
        if self._begin():
            self._tasks.run(
                Lane.DISK, lambda: self._services.whole.import_all(Path(path)), lambda rows: self._end(rows), self._fail
            )

    def _begin(self) -> bool:
        if self._is_busy:
            return False
        self._is_busy = True
        self.busy_changed.emit(True)
        return True

    def _end(self, rows: int, path: str = "") -> None:
        self._is_busy = False
        self.busy_changed.emit(False)
        if path:
            self.exported.emit(path, rows)
        else:
            self.imported.emit(rows)

    def _fail(self, problem: TwoHatsError) -> None:
        self._is_busy = False
        self.busy_changed.emit(False)
        self.failed.emit(problem.code, dict(problem.facts))
