"""Quiet bars where words will stand: what an empty preview shows."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.theme import Theme

ARTICLE = ((14, 0.62), (8, 0.3), (8, 1.0), (8, 0.94), (8, 0.98), (8, 0.55))
"""A title, a by-line and four lines: each a height in pixels, and a share of the width."""

POST = ((8, 0.96), (8, 1.0), (8, 0.62))
"""Three lines of a short post."""

_GAP_PX = 10

Bars = tuple[tuple[int, float], ...]


class Skeleton(QWidget):
    """What has not been written. `tint` gives the colour of the bars; the theme's line without it."""

    def __init__(self, theme: Theme, bars: Bars = ARTICLE, tint: Callable[[], QColor] | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._bars = bars
        self._tint = tint or (lambda: theme.color("line"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Nothing written yet")
        theme.theme_changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(
            80, sum(self._theme.px(height) + self._gap(number) for number, (height, _) in enumerate(self._bars))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tint())
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        y = 0.0
        for number, (height, share) in enumerate(self._bars):
            width = self.width() * share
            bar = QRectF(self.width() - width if is_mirrored else 0, y, width, self._theme.px(height))
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
            y += bar.height() + self._gap(number)

    def _gap(self, number: int) -> int:
        """Below one bar; more between what heads an article and its text."""
        return self._theme.px(_GAP_PX * (1.5 if number == 1 and self._bars is ARTICLE else 1))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
