"""An icon as a small widget, and the mark of a hat: icon and shape together."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.icons import hat_icon, paint_icon
from twohats.gui.theme import Theme
from twohats.model.identity import Hat


class Glyph(QWidget):
    """One icon in a token's colour; nothing for the keyboard to stop at."""

    def __init__(self, theme: Theme, icon_name: str, tint: str = "text", size_px: int = 18) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._tint_name = tint
        self._size_px = size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)

    def set_icon(self, icon_name: str, tint: str) -> None:
        self._icon_name = icon_name
        self._tint_name = tint
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size_px)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.rect()), self._icon_name, self._theme.color(self._tint_name))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class HatMark(QWidget):
    """The sign of a hat: a round ground with its house, or a squared one with its badge, in the hat's colour."""

    def __init__(self, theme: Theme, hat: Hat | None, chosen_icon: str = "", size_px: int = 24) -> None:
        super().__init__()
        self._theme = theme
        self._size_px = size_px
        self._hat = hat
        self._chosen_icon = chosen_icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_hat(hat, chosen_icon)
        theme.theme_changed.connect(self._restyle)

    def set_hat(self, hat: Hat | None, chosen_icon: str = "") -> None:
        self._hat = hat
        self._chosen_icon = chosen_icon
        self.setAccessibleName(hat_name(hat))
        self.setToolTip(hat_name(hat))
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size_px)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_hat(painter, QRectF(self.rect()), self._theme, self._hat, self._chosen_icon)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def paint_hat(painter: QPainter, box: QRectF, theme: Theme, hat: Hat | None, chosen_icon: str = "") -> None:
    """The hat's ground and icon, drawn into a box."""
    radius = box.height() / 2 if hat is Hat.PERSONAL else box.height() / 5
    painter.setPen(theme.accent(hat))
    painter.setBrush(theme.accent_soft(hat))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    inset = box.height() * 0.18
    paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), hat_icon(hat, chosen_icon), theme.accent(hat))


def hat_name(hat: Hat | None) -> str:
    """The hat in a word."""
    return {Hat.PERSONAL: "Personal", Hat.PROFESSIONAL: "Professional", None: "No hat yet"}[hat]
