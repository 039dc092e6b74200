"""Keeps a page that is scrolled from changing what lies under the pointer."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class QuietWheel(QObject):
    """For numbers and choices on a page that scrolls: the wheel turns them only once they were chosen on purpose."""

    def __init__(self, *controls: QWidget) -> None:
        super().__init__(controls[0])
        for control in controls:
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's own gives the focus to whom the wheel meets
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()  # then the page gets it
            return True
        return super().eventFilter(watched, event)
