"""Taking records along as the window sees it: begun, followed, stopped; in a lane of its own, and keys go first."""

import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal

from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows.export_records import Export, Redaction, export_of
from twohats.model.errors import TwoHatsError
from twohats.model.record import RecordFilter

Write = Callable[[Export, Path, str, Callable[[int, int], bool]], bool]
"""Writes an export to a file of some kind, telling how many of how many are written; stops at False, and gives it."""

_TELLS_EVERY_S = 0.1


class RecordExports(QObject):
    """One at a time. `progressed` with how many of how many; then `written` with the file and how many, `stopped`, or
    `failed` with a code and facts."""

    progressed = Signal(int, int)
    written = Signal(str, int)
    stopped = Signal()
    failed = Signal(str, dict)
    _told = Signal(int, int)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._stopping = threading.Event()
        self._told_at = 0.0
        # Queued: told in the lane, heard on the main thread.
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def begin(self, wanted: RecordFilter, left_out: frozenset[Redaction], path: Path, kind: str, write: Write) -> None:
        """Writes the file; the person has said that one which is there may be replaced. What was being written before
        stops, and nothing more is heard of it."""
        self._stopping.set()
        stopping = self._stopping = threading.Event()
        services = self._services

        def tell(done: int, count: int) -> bool:
            services.courtesy.give_way()
            self._tell(done, count)
            return not stopping.is_set()

        def work() -> int | None:
            made = export_of(services.records, services.queue, services.plans, wanted, left_out, services.clock())
            return made.count if write(made, path, kind, tell) else None

        def end(count: int | None) -> None:
            if stopping is not self._stopping:
                return
            if count is None:
                self.stopped.emit()
            else:
                self.written.emit(str(path), count)

        def fail(problem: TwoHatsError) -> None:
            if stopping is self._stopping:
                self.failed.emit(problem.code, dict(problem.facts))

        self._tasks.run(Lane.PAPERS, work, end, fail)

    def stop(self) -> None:
        """Ends it soon; there is no file then."""
        self._stopping.set()

    def _tell(self, done: int, count: int) -> None:
        now = monotonic()
        if now - self._told_at >= _TELLS_EVERY_S:
            self._told_at = now
            self._told.emit(done, count)
