"""Links and files that macOS hands to the running program as events, where other systems start it with an argument."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from twohats.model.errors import BadInput
from twohats.model.wish import wish_of


class Application(QApplication):
    """`wanted` carries a wish, `refused` the code of what was none.

    It looks at its own events alone: a filter would be asked about every key and every paint.
    """

    wanted = Signal(object)
    refused = Signal(str)

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        try:
            wish = wish_of(event.file() or event.url().toString())
        except BadInput as problem:
            self.refused.emit(problem.code)
        else:
            self.wanted.emit(wish)
        return True
