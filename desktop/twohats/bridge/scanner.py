"""Work that follows the typing: waits a little, runs in a lane, and only the newest counts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from twohats.bridge.courtesy import Overtaken
from twohats.bridge.tasks import Lane, Tasks
from twohats.model.errors import TwoHatsError


class Scanner(QObject):
    """`prepare` makes the job for what is on the desk now; `came` carries its result. While one job runs, only the
    newest waits. A job that was overtaken is made anew."""

    came = Signal(object)
    failed = Signal(object)

    def __init__(
        self, tasks: Tasks, lane: Lane, delay_ms: int, prepare: Callable[[], Callable[[], Any]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._lane = lane
        self._prepare = prepare
        self._is_running = False
        self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._start)

    def ask(self) -> None:
        """Soon: every new call starts the wait again."""
        self._timer.start()

    def ask_at_once(self) -> None:
        """Without waiting for the typing to pause."""
        self._timer.stop()
        self._start()

    def _start(self) -> None:
        if self._is_running:
            self._is_wanted = True
            return
        self._is_running = True
        self._is_wanted = False
        job = self._prepare()

        def work() -> object:
            try:
                return job()
            except Overtaken:
                return _OVERTAKEN

        self._tasks.run(self._lane, work, self._finish, self._give_up)

    def _finish(self, result: object) -> None:
        self._go_on()
        if result is not _OVERTAKEN:
            self.came.emit(result)
        elif not self._is_running and not self._timer.isActive():
            self.ask()

    def _give_up(self, problem: TwoHatsError) -> None:
        self._go_on()
        self.failed.emit(problem)

    def _go_on(self) -> None:
        self._is_running = False
        if self._is_wanted:
            self._start()


_OVERTAKEN = object()
