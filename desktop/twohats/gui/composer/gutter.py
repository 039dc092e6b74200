"""The margin left of the text: the letter of each finding's kind, beside the line where it begins."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from twohats.gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter beside a line: where the line lies, and in which tone."""

    top: float
    height: float
    letter: str
    tone: str


class Gutter(QWidget):
    """Letters alone: the shape under the words tells how grave it is, the letter what it is about."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letters: tuple[Letter, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.theme_changed.connect(self.update)

    @property
    def letters(self) -> tuple[Letter, ...]:
        return self._letters

    def show_letters(self, letters: tuple[Letter, ...]) -> None:
        """Repaints only if anything changed: this is asked at every key."""
        if letters != self._letters:
            self._letters = letters
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("surface-raised"))
        painter.setFont(self._theme.font(12, 600))
        for letter in self._letters:
            painter.setPen(self._theme.color(letter.tone))
            box = QRectF(0, letter.top, self.width() - 6, letter.height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, letter.letter)
