"""What is seen while the profile opens: the desk drawn in outline, not yet alive."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from twohats.gui.theme import CARD_RADIUS, CONTROL_RADIUS, GAP, GAP_REGION, Theme
from twohats.gui.window_memory import WindowMemory

_RAIL_PX = 184
_RAIL_FOLDED_PX = 60
_FOLDS_BELOW_PX = 1100
_SWITCH_PX = 52


class OpeningWindow(QWidget):
    """Stands where the window will stand, so that nothing jumps when it comes."""

    def __init__(self, theme: Theme, memory: WindowMemory) -> None:
        super().__init__()
        self._theme = theme
        self.setWindowTitle("Two Hats")
        self.setAccessibleName("Two Hats is opening")
        memory.place(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(QRectF(0, 0, self.width(), 4), theme.color("line-strong"))
        rail = theme.px(_RAIL_PX if self.width() >= theme.px(_FOLDS_BELOW_PX) else _RAIL_FOLDED_PX)
        painter.fillRect(QRectF(0, 4, rail, self.height()), theme.color("surface-sunken"))
        left, top = rail + GAP_REGION, 20
        width = (self.width() - rail) * 0.58 - 2 * GAP_REGION
        half, switch = (width - GAP) / 2, theme.px(_SWITCH_PX)
        pen = QPen(theme.color("line"), 1)
        _frame(painter, QRectF(left, top, half, switch), switch / 2, pen, None)
        _frame(painter, QRectF(left + half + GAP, top, half, switch), CONTROL_RADIUS, pen, None)
        sheet_top = top + switch + theme.px(56)
        sheet = QRectF(left, sheet_top, width, self.height() - sheet_top - theme.px(92))
        _frame(painter, sheet, CARD_RADIUS, pen, theme.color("surface-raised"))
        painter.fillRect(QRectF(left + width + GAP_REGION, 4, 1, self.height()), theme.color("line"))
        painter.end()


def _frame(painter: QPainter, box: QRectF, radius: float, pen: QPen, fill: QColor | None) -> None:
    painter.setPen(pen)
    painter.setBrush(fill or QColor(0, 0, 0, 0))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
