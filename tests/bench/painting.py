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
    """Counts the paints of one widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False
