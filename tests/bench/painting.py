"""Tells when a widget has been painted."""

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Watches every window of the application until one of them has been painted: any, or one that holds a `field`."""

    def __init__(self, application: QApplication, field: type[QWidget] = QWidget) -> None:
        super().__init__()
        self.painted: QWidget | None = None
        self.painted_at_s = 0.0
        self._application = application
        self._field = field
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            window = watched.window()
            if self._field is QWidget or window.findChild(self._field) is not None:
                self.painted = window
                self.painted_at_s = time.monotonic()
                self._application.removeEventFilter(self)
        return False


class PaintsOf(QObject):
    """Counts the paints of one widget, each when all that its window paints with it is painted and flushed.

    `last_at_s` is when the last one was, by `time.perf_counter`.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        self.last_at_s = 0.0
        self._widget, self._window = widget, widget.window()
        self._is_painted = False
        widget.installEventFilter(self)

    def await_next(self) -> None:
        """From now on until the next paint: watched all the time, a window that is a bare field would be slowed by it
        more than one that holds a field."""
        self._window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is self._widget:
            self._is_painted = True
        elif event.type() == QEvent.Type.UpdateRequest and watched is self._window:
            self._is_painted = False
            watched.event(event)  # handed on from here, to see its end: Qt paints in it, and does nothing else
            if self._is_painted:
                self.count += 1
                self.last_at_s = time.perf_counter()
                self._window.removeEventFilter(self)
            return True
        return False
