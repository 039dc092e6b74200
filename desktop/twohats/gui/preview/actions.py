"""What readers could do with a post, as quiet glyphs; nothing here can be pressed."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui import wording
from twohats.gui.icons import paint_icon
from twohats.gui.preview.look import Look
from twohats.gui.theme import Theme

_GLYPH_PX, _WORD_PX, _HEIGHT_PX = 16, 12, 26
_GAP_PX, _APART_PX = 5, 18


class Actions(QWidget):
    """In the network's order. Words stand beside the glyphs where the network writes them, and where there is room."""

    def __init__(self, theme: Theme, look: Look) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._words = tuple(wording.sentence("action", name) for name in look.actions.names)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(80, self._theme.px(_HEIGHT_PX) + (1 if self._look.actions.has_line else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        actions, theme = self._look.actions, self._theme
        painter = QPainter(self)
        if actions.has_line:
            painter.setPen(QPen(self._look.color(theme, "line"), 1))
            painter.drawLine(0, 0, self.width(), 0)
        if not actions.names:
            return
        metrics = QFontMetricsF(theme.font(_WORD_PX))
        side = theme.px(_GLYPH_PX)
        widths = [side + theme.px(_GAP_PX) + metrics.horizontalAdvance(word) for word in self._words]
        has_words = actions.has_words and sum(widths) + theme.px(8) * (len(widths) - 1) <= self.width()
        if not has_words:
            widths = [float(side)] * len(widths)
        x = 0.0
        apart = float(theme.px(_APART_PX))
        if actions.is_spread and len(widths) > 1:
            apart = min((self.width() - sum(widths)) / (len(widths) - 1), theme.px(96))
            if actions.has_words:  # each in the middle of its share
                apart = (self.width() - sum(widths)) / len(widths)
                x = apart / 2
        painter.setFont(theme.font(_WORD_PX))
        for name, word, width in zip(actions.names, self._words, widths, strict=True):
            self._draw(painter, x, width, name, word if has_words else "")
            x += width + apart

    def _draw(self, painter: QPainter, x: float, width: float, name: str, word: str) -> None:
        theme = self._theme
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = theme.px(_GLYPH_PX)
        middle = (self.height() + (1 if self._look.actions.has_line else 0)) / 2
        soft = self._look.color(theme, "soft")
        glyph_x = self.width() - x - side if is_mirrored else x
        paint_icon(painter, QRectF(glyph_x, middle - side / 2, side, side), name, soft)
        if word:
            room = width - side - theme.px(_GAP_PX)
            word_x = glyph_x - theme.px(_GAP_PX) - room if is_mirrored else glyph_x + side + theme.px(_GAP_PX)
            painter.setPen(soft)
            painter.drawText(
                QRectF(word_x, middle - theme.px(10), room + 1, theme.px(20)), Qt.AlignmentFlag.AlignVCenter, word
            )

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
