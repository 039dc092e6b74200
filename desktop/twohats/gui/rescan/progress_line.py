"""How far a long piece of work has come: a quiet line that fills up."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from twohats.gui.theme import Theme

_STEPS = 1000
_HEIGHT_PX = 8


class ProgressLine(QProgressBar):
    """Told as a fraction, 0..1; screen readers hear per cent."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.updateGeometry)

    def show_fraction(self, fraction: float) -> None:
        self.setValue(round(_STEPS * min(1.0, max(0.0, fraction))))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(_HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect())
        round_px = ground.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(ground, round_px, round_px)
        done = ground.width() * self.value() / _STEPS
        if done > 0:
            side = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            painter.setBrush(theme.color("text"))
            left = ground.right() - done if side else ground.left()
            painter.drawRoundedRect(QRectF(left, 0, max(done, ground.height()), ground.height()), round_px, round_px)
