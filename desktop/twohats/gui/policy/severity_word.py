"""How loud a rule is, as a word over the same line that stands under the words in the editor."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.composer.marks import paint_underline, tone_of
from twohats.gui.findings.severity_mark import SEVERITY_WORDS
from twohats.gui.theme import Theme
from twohats.model.finding import Severity


class SeverityWord(QWidget):
    """Stop has a double line, Warning a wave, Note dots; a rule that is silent has none."""

    def __init__(self, theme: Theme, severity: Severity, about: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._severity = severity
        self._word = SEVERITY_WORDS.get(severity, "Silent")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{about}: {self._word}" if about else self._word)
        theme.theme_changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(12, 600)).horizontalAdvance(self._word)
        return QSize(width + 2, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_silent = self._severity is Severity.SILENT
        colour = theme.color("text-soft" if is_silent else tone_of(self._severity))
        painter.setPen(colour)
        painter.setFont(theme.font(12, 400 if is_silent else 600))
        painter.drawText(QRectF(0, 0, self.width(), px(18)), Qt.AlignmentFlag.AlignVCenter, self._word)
        if not is_silent:
            paint_underline(painter, 0, px(19), self.width() - 2, self._severity, colour)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
