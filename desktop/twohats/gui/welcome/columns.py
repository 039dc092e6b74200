"""Two columns while there is room for them, else one below the other."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from twohats.gui.theme import GAP_REGION, Theme


class Columns(QWidget):
    """Side by side from `needs_px` (before text scaling) on. Shares say how the width is divided."""

    def __init__(self, theme: Theme, *parts: QWidget, needs_px: int = 520, shares: tuple[int, ...] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._needs_px = needs_px
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_REGION)
        for number, part in enumerate(parts):
            self._row.addWidget(part, shares[number] if shares else 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._turn()

    def _turn(self) -> None:
        fits = self.width() >= self._theme.px(self._needs_px)
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction is not self._row.direction():
            self._row.setDirection(direction)
