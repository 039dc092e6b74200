"""The plate that heads everything of one hat: its mark, its name, and the word for it, in its shape and colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.theme import Theme
from twohats.gui.widgets.glyph import hat_name, paint_hat
from twohats.model.identity import Hat, Identity

_HEIGHT_PX = 44
_MARK_PX = 26


class HatPlate(QWidget):
    """Personal is a pill, Professional a plate with square corners. Long names are shortened, and spoken whole."""

    def __init__(self, theme: Theme, hat: Hat) -> None:
        super().__init__()
        self._theme = theme
        self._hat = hat
        self._identity: Identity | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(hat_name(hat))
        theme.theme_changed.connect(self._restyle)

    def show_identity(self, identity: Identity) -> None:
        self._identity = identity
        spoken = f"{hat_name(self._hat)}: {identity.display_name}"
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(96), self._theme.px(_HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = box.height() / 2 if self._hat is Hat.PERSONAL else 6
        painter.setPen(QPen(theme.accent(self._hat), 1))
        painter.setBrush(theme.accent_soft(self._hat))
        painter.drawRoundedRect(box, radius, radius)

        side = theme.px(_MARK_PX)
        inset = (self.height() - side) / 2
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        mark = QRectF(self.width() - inset - side if is_mirrored else inset, inset, side, side)
        icon_name = self._identity.icon if self._identity else ""
        paint_hat(painter, mark, theme, self._hat, icon_name)

        room = self.width() - side - inset * 2 - theme.px(14)
        left = theme.px(14) if is_mirrored else mark.right() + inset * 0.8
        align = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        middle = self.height() / 2
        name_font, word_font = theme.font(13, 600), theme.font(12)
        name = self._identity.display_name if self._identity else hat_name(self._hat)
        painter.setFont(name_font)
        painter.setPen(theme.color("text"))
        self._write(painter, QRectF(left, middle - theme.px(18), room, theme.px(18)), align, name)
        painter.setFont(word_font)
        painter.setPen(theme.color("text-soft"))
        self._write(painter, QRectF(left, middle, room, theme.px(17)), align, hat_name(self._hat))

    def _write(self, painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, words: str) -> None:
        shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, shown)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
