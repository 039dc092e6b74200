"""A few words within a post that open more of it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from twohats.gui.preview.look import Look
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import is_enter

_SIZE_PX = 13
_RING_PX = 4


class WordButton(QAbstractButton):
    """In the network's own colour. The ring of the focus lies around the words, so that they stand in line with the
    text above when the button is placed `inset` further out."""

    inset = _RING_PX

    def __init__(self, theme: Theme, look: Look, words: str, *, is_soft: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._is_soft = is_soft
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)

    def set_words(self, words: str, spoken: str = "") -> None:
        """Other words; `spoken` tells more where they alone would not say what they open."""
        if words != self.text():
            self.setText(words)
            self.updateGeometry()
        self.setAccessibleName(spoken or words)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._theme.font(_SIZE_PX)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * _RING_PX + 1, self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(_SIZE_PX)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(self._look.color(theme, "soft" if self._is_soft else "accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(theme.focus_pen())
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
