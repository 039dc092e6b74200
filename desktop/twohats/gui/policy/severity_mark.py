"""How loud a rule is, as a word over the same line that stands under the words in the editor."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.theme import Theme
from twohats.model.finding import Severity

WORDS = {Severity.STOP: "Stop", Severity.WARN: "Warn", Severity.NOTE: "Note", Severity.SILENT: "Silent"}
_TOKENS = {Severity.STOP: "stop", Severity.WARN: "warn", Severity.NOTE: "note", Severity.SILENT: "text-soft"}


class SeverityMark(QWidget):
    """Stop has a double line, Warn a wave, Note dots, Silent none."""

    def __init__(self, theme: Theme, severity: Severity, about: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._severity = severity
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{about}: {WORDS[severity]}" if about else WORDS[severity])
        theme.theme_changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(12, 600)).horizontalAdvance(WORDS[self._severity])
        return QSize(width + 2, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.color(_TOKENS[self._severity])
        painter.setPen(colour)
        painter.setFont(theme.font(12, 600 if self._severity > Severity.SILENT else 400))
        painter.drawText(QRectF(0, 0, self.width(), px(18)), Qt.AlignmentFlag.AlignVCenter, WORDS[self._severity])
        end, y = float(self.width() - 2), float(px(20))
        match self._severity:
            case Severity.STOP:
                painter.setPen(QPen(colour, 1.6))
                painter.drawLine(QPointF(0, y - 1), QPointF(end, y - 1))
                painter.drawLine(QPointF(0, y + 2), QPointF(end, y + 2))
            case Severity.WARN:
                painter.setPen(QPen(colour, 1.4))
                painter.drawPath(_wave(end, y))
            case Severity.NOTE:
                painter.setPen(QPen(colour, 2, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(0, y), QPointF(end, y))
            case Severity.SILENT:
                pass

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _wave(end: float, y: float) -> QPainterPath:
    path = QPainterPath(QPointF(0, y))
    x, up = 0.0, True
    while x < end:
        path.quadTo(QPointF(x + 2, y - 3 if up else y + 3), QPointF(x + 4, y))
        x, up = x + 4, not up
    return path
