"""Waiting for the browser or the network, with a way out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label


class WaitingPage(QWidget):
    stopped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._label = Label("", wraps=True)
        self.stop_button = Button(theme, "Stop waiting")
        self.stop_button.clicked.connect(self.stopped)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._label)
        column.addLayout(foot)
        column.addStretch(1)

    @property
    def words(self) -> str:
        return self._label.text()

    def show_words(self, words: str) -> None:
        self._label.setText(words)
