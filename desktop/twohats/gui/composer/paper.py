"""The sheet of paper under the writing: a raised ground whose frame takes the hat's colour."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twohats.gui.theme import CARD_RADIUS, Theme
from twohats.model.identity import Hat


class Paper(QWidget):
    """Put things into `body`. The frame is a hairline until there is a hat."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hat: Hat | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.setSpacing(4)
        theme.theme_changed.connect(self.update)

    def set_hat(self, hat: Hat | None) -> None:
        if hat is not self._hat:
            self._hat = hat
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self._hat else 1
        painter.setPen(QPen(self._theme.accent(self._hat) if self._hat else self._theme.color("line"), width))
        painter.setBrush(self._theme.color("surface-raised"))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)
