"""The sign of a finding: the letter of its kind over the shape that stands under its words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.composer.marks import letter_of, paint_underline, tone_of
from twohats.gui.theme import Theme
from twohats.model.finding import Finding, Severity

SEVERITY_WORDS = {Severity.STOP: "Stop", Severity.WARN: "Warning", Severity.NOTE: "Note"}


class SeverityMark(QWidget):
    """The same letter and shape as beside and under the text, so that a card is found again there."""

    def __init__(self, theme: Theme, finding: Finding, size_px: int = 28) -> None:
        super().__init__()
        self._theme = theme
        self._finding = finding
        self._size_px = size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(SEVERITY_WORDS.get(finding.severity, "Note"))
        self.setToolTip(self.accessibleName())
        theme.theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size_px)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = tone_of(self._finding.severity)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{tone}-soft"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(self._theme.color(tone))
        painter.setFont(self._theme.font(13, 600))
        painter.drawText(box.adjusted(0, 0, 0, -7), Qt.AlignmentFlag.AlignCenter, letter_of(self._finding))
        width = min(16.0, box.width() - 8)
        left = (box.width() - width) / 2
        paint_underline(painter, left, box.height() - 10, width, self._finding.severity, self._theme.color(tone))
