"""Quiet bars where words will stand: what an empty preview shows."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.theme import Theme

_TITLE_PX = 14
_LINE_PX = 8
_GAP_PX = 10
_WIDTHS = (0.62, 0.3, 1.0, 0.94, 0.98, 0.55)


class Skeleton(QWidget):
    """A title, a by-line and four lines of an article that has not been written."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Nothing written yet")
        theme.theme_changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        height = _TITLE_PX + (_LINE_PX + _GAP_PX) * (len(_WIDTHS) - 1) + _GAP_PX
        return QSize(80, self._theme.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line"))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        y = 0.0
        for number, share in enumerate(_WIDTHS):
            height = self._theme.px(_TITLE_PX if number == 0 else _LINE_PX)
            width = self.width() * share
            bar = QRectF(self.width() - width if is_mirrored else 0, y, width, height)
            painter.drawRoundedRect(bar, height / 2, height / 2)
            y += height + self._theme.px(_GAP_PX) * (1.5 if number == 1 else 1)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
