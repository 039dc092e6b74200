"""A question in place, for what cannot be taken back: asked once, plainly, with the safe answer first."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label


class AskOnce(QFrame):
    """Hidden until something is asked. `closed` when it was answered either way; Escape leaves everything as it is."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._wish: Callable[[], object] | None = None
        self.setProperty("role", "banner")
        self.setProperty("tone", "stop")
        self._label = Label("", wraps=True)
        self.leave_button = Button(theme, "Leave it")
        self.sure_button = Button(theme, "", "danger")
        self.leave_button.clicked.connect(self.close_question)
        self.sure_button.clicked.connect(self._do)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.sure_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._label)
        column.addLayout(row)
        self.hide()

    @property
    def sentence(self) -> str:
        return self._label.text()

    def ask(self, sentence: str, verb: str, wish: Callable[[], object]) -> None:
        """Shows the question; `wish` is done when the person presses the verb."""
        self._wish = wish
        self._label.setText(sentence)
        self.sure_button.set_words(verb)
        self.setAccessibleName(sentence)
        self.show()
        self.leave_button.setFocus()
        announce(self, sentence)

    def close_question(self) -> None:
        """Leaves everything as it is."""
        self._wish = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
        else:
            super().keyPressEvent(event)

    def _do(self) -> None:
        wish = self._wish
        self.close_question()
        if wish is not None:
            wish()
