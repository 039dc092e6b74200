"""The re-scan as the window sees it: begun, followed, stopped; in a lane of its own that steps aside for the typing."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal

from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows.rescan import Progress, Report, Source, Stopped, look_through
from twohats.flows.rescan_sources import of_archive, of_records
from twohats.model.errors import BadInput, TwoHatsError
from twohats.model.identity import Hat
from twohats.model.ports import Checker

_TELLS_EVERY_S = 0.1
_PAUSE_S = 0.7  # after an edit: the check of what is being written goes first


class Rescans(QObject):
    """One at a time. `progressed` now and then, then `finished` with the report, also of what was stopped, or `failed`.

    `checker_with` makes a checker that calls what it is given between its small steps: not the one of the typing, whose
    memory of what it read would be lost.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str, dict)
    saved = Signal(str)
    not_saved = Signal()
    _told = Signal(object)

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        checker_with: Callable[[Callable[[], None]], Checker],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._checker_with = checker_with
        self._stopped = threading.Event()
        self._quiet_until = 0.0
        self._told_at = 0.0
        self._is_running = False
        # Queued: whoever hears of it hears it on the main thread, though it is told in the lane.
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        return self._is_running

    def look_through_records(self, under: Hat | None) -> None:
        """All that stands somewhere; under one hat, or each post under the one that it was posted under."""
        self._begin(lambda: of_records(self._services.records, self._services.queue), under)

    def look_through_archive(self, path: Path, under: Hat) -> None:
        """All posts of an archive that a network gave out."""

        def opened() -> Source:
            from twohats.archives.opening import open_archive  # with all that unpacks: now, not at the start

            return of_archive(open_archive(path), self._services.records, self._services.queue)

        self._begin(opened, under)

    def stop(self) -> None:
        """What was seen until now is the report."""
        self._stopped.set()

    def note_edit(self, *_what: object) -> None:
        """Something is being written: that goes first."""
        self._quiet_until = monotonic() + _PAUSE_S

    def save(self, path: Path, words: str) -> None:
        """Writes a report to a file that its owner alone may read. `saved` with its name follows, or `not_saved`."""

        def write() -> str:
            try:
                _write(path, words)
            except OSError as problem:
                raise BadInput("unreadable_file", file=path.name) from problem
            return path.name

        self._tasks.run(Lane.DISK, write, self.saved.emit, lambda _problem: self.not_saved.emit())

    def _begin(self, source: Callable[[], Source], under: Hat | None) -> None:
        if self._is_running:
            return
        self._is_running = True
        self._stopped.clear()
        services = self._services

        def work() -> Report:
            profile = services.profile
            checker = self._checker_with(self._give_way)
            return look_through(
                source(), under, checker, profile.identities(), profile.policy(), services.clock(), self._tell
            )

        self._tasks.run(Lane.RESCAN, work, self._finish, self._fail)

    def _give_way(self) -> None:
        """Asked in the lane, between small steps."""
        self._services.courtesy.give_way()
        while (left := self._quiet_until - monotonic()) > 0 and not self._stopped.wait(left):
            pass
        if self._stopped.is_set():
            raise Stopped

    def _tell(self, progress: Progress) -> None:
        now = monotonic()
        if now - self._told_at >= _TELLS_EVERY_S:
            self._told_at = now
            self._told.emit(progress)
        if self._stopped.is_set():
            raise Stopped

    def _finish(self, report: Report) -> None:
        self._is_running = False
        self.finished.emit(report)

    def _fail(self, problem: TwoHatsError) -> None:
        self._is_running = False
        self.failed.emit(problem.code, dict(problem.facts))


def _write(path: Path, words: str) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    try:
        place = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(place, "w", encoding="utf-8", newline="") as file:
            file.write(words)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
