"""Tells when a widget has been painted."""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
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
    """Counts the paints of one widget, each when it is on the screen: what its window paints with it is flushed too.

    `last_at_s` is when the last one was, by `time.perf_counter`.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        self.last_at_s = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # Comes right behind the painting of the window, and before whatever else waits.
            QCoreApplication.postEvent(self, QEvent(_PAINTED), _NEXT)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == _PAINTED:
            self.count += 1
            self.last_at_s = time.perf_counter()
            return True
        return super().event(event)


_PAINTED = QEvent.Type(QEvent.registerEventType())
_NEXT = Qt.EventPriority.HighEventPriority.value
