"""The picture of an account, in its hat's shape; the shape of its network where there is none."""

import base64
import binascii

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.icons import network_icon, paint_icon
from twohats.gui.theme import Theme
from twohats.model.account import Account
from twohats.model.identity import Hat


class Portrait(QWidget):
    """Round under the personal hat, squared under the professional one, or as `corner` says: the share of its side that
    is round. Its words stand beside it."""

    def __init__(self, theme: Theme, size_px: int = 36, corner: float | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._size_px = size_px
        self._corner = corner
        self._hat: Hat | None = None
        self._icon_name = "globe"
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def show_account(self, account: Account) -> None:
        """The account's portrait, if it has one that can be read."""
        self._hat = account.hat
        self._icon_name = network_icon(account.network)
        self._picture = _picture_of(account.settings.get("portrait", ""))
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size_px)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        own = 0.5 if self._hat is Hat.PERSONAL else 0.2
        radius = box.height() * (own if self._corner is None else self._corner)
        if self.has_picture:
            shape = QPainterPath()
            shape.addRoundedRect(box, radius, radius)
            painter.save()
            painter.setClipPath(shape)
            painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))
            painter.restore()
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if self.has_picture else theme.color("surface-sunken"))
        painter.drawRoundedRect(box, radius, radius)
        if not self.has_picture:
            inset = box.height() * 0.24
            paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), self._icon_name, theme.color("text"))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _picture_of(portrait: str) -> QPixmap:
    """The picture in the account's setting: a PNG in base64."""
    picture = QPixmap()
    try:
        picture.loadFromData(base64.b64decode(portrait, validate=True))
    except (binascii.Error, ValueError):
        return QPixmap()
    return picture
