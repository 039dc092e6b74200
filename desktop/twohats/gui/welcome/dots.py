"""How far one is: a dot a step, the present one long."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.theme import Theme

_DOT_PX = 8
_LONG_PX = 24
_GAP_PX = 8


class Dots(QWidget):
    def __init__(self, theme: Theme, steps: int) -> None:
        super().__init__()
        self._theme = theme
        self._steps = steps
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)
        self.show_step(0)

    def show_step(self, at: int) -> None:
        """Counts from 0."""
        self._at = at
        self.setAccessibleName(f"Step {at + 1} of {self._steps}")
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(_DOT_PX + _GAP_PX) * (self._steps - 1) + px(_LONG_PX), px(_DOT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        x = 0.0
        for step in range(self._steps):
            width = px(_LONG_PX if step == self._at else _DOT_PX)
            painter.setBrush(self._theme.color("text" if step <= self._at else "line-strong"))
            painter.setOpacity(1.0 if step <= self._at else 0.6)
            painter.drawRoundedRect(QRectF(x, 0, width, px(_DOT_PX)), px(_DOT_PX) / 2, px(_DOT_PX) / 2)
            x += width + px(_GAP_PX)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
