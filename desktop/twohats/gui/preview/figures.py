"""A few words with numbers that change at every key: nothing around them moves unless their width does."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.theme import Theme


class Figures(QWidget):
    """Quiet, or in the colour of a state. A label would have the whole page laid out anew for each number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = ""
        self._tone = ""
        self._font = theme.counter_font()
        self._width = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)

    def text(self) -> str:
        return self._words

    def show_words(self, words: str, *, spoken: str = "", tone: str = "") -> None:
        """`spoken` where the words alone say too little; `tone` "stop" when it is over its limit."""
        if (words, tone) != (self._words, self._tone):
            self._words, self._tone = words, tone
            self._fit()
            self.update()
        if (spoken or words) != self.accessibleName():
            self.setAccessibleName(spoken or words)
            self.setToolTip(spoken)

    def sizeHint(self) -> QSize:
        return QSize(self._width, round(QFontMetricsF(self._font).height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(self._theme.color(self._tone or "text-soft"))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        end = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect(), end | Qt.AlignmentFlag.AlignVCenter, self._words)

    def _fit(self) -> None:
        width = round(QFontMetricsF(self._font).horizontalAdvance(self._words)) + 1
        if width != self._width:
            self._width = width
            self.updateGeometry()

    def _restyle(self) -> None:
        self._font = self._theme.counter_font()
        self._width = -1
        self._fit()
        self.update()
