"""Links and files that macOS hands to the running program as events, where other systems start it with an argument."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from twohats.model.errors import BadInput
from twohats.model.wish import wish_of


class FileOpenEvents(QObject):
    """`wanted` carries a wish, `refused` the code of what was none. Hears what the application is sent."""

    wanted = Signal(object)
    refused = Signal(str)

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().eventFilter(watched, event)
        try:
            wish = wish_of(event.file() or event.url().toString())
        except BadInput as problem:
            self.refused.emit(problem.code)
        else:
            self.wanted.emit(wish)
        return True
