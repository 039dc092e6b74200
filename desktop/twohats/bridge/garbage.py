"""Collects Python's garbage on the main thread only."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400


class GarbageCollector(QObject):
    """While it runs, no collection happens in a lane.

    Python collects wherever an allocation happens to tip the scale; a worker's thread would then free widgets and
    timers of the main thread, which Qt answers with a warning at best and an abort at worst (seen with PySide6 6.11.3).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._collect_what_is_due)

    def start(self) -> None:
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    def _collect_what_is_due(self) -> None:
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return
