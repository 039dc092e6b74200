"""A line that must stand elsewhere exactly as it stands here, with a button that copies it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Sunken
from twohats.gui.widgets.labels import Label

_TELLS_MS = 2000


class CopyLines(Sunken):
    """One line below the other, each with its button."""

    def __init__(self, theme: Theme, lines: tuple[str, ...]) -> None:
        super().__init__(padding=8, spacing=4)
        self.buttons: list[Button] = []
        for line in lines:
            self.body.addLayout(self._row(theme, line))

    def _row(self, theme: Theme, line: str) -> QHBoxLayout:
        words = Label(line, wraps=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = Button(theme, "Copy", "small", "copy")
        button.setAccessibleName(f"Copy {line}")
        button.clicked.connect(lambda: self._copy(button, line))
        self.buttons.append(button)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(words, 1)
        row.addWidget(button)
        return row

    def _copy(self, button: Button, line: str) -> None:
        QGuiApplication.clipboard().setText(line)
        announce(self, "Copied.")
        self._say(button, "Copied", "check", line)
        QTimer.singleShot(_TELLS_MS, button, lambda: self._say(button, "Copy", "copy", line))

    def _say(self, button: Button, word: str, icon_name: str, line: str) -> None:
        button.set_words(word)
        button.set_icon(icon_name)
        button.setAccessibleName(f"{word} {line}")
