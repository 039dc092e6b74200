"""Several pictures in one place, as each network lays them out."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.preview.look import Look, Tiles
from twohats.gui.theme import Theme

_GAP_PX = 3
_TALLEST = 1.25  # of the width
_FLATTEST = 0.4
_SHARED, _STACKED = 0.62, 0.84
_VEIL = QColor(0, 0, 0, 170)
_UNREADABLE = "This picture cannot be shown"

Place = tuple[float, float, float, float]
"""x, y, width and height, as shares of the whole."""


def places(tiles: Tiles, count: int) -> tuple[Place, ...]:
    """Where each picture stands; fewer than `count` when the network shows the rest on request."""
    if count <= 1:
        return ((0, 0, 1, 1),) * count
    match tiles:
        case Tiles.QUARTERS:
            if count == 2:
                return _row(2, 0, 1)
            if count == 3:
                return ((0, 0, 0.5, 1), (0.5, 0, 0.5, 0.5), (0.5, 0.5, 0.5, 0.5))
            return (*_row(2, 0, 0.5), *_row(2, 0.5, 0.5))
        case Tiles.ONE_ABOVE:
            if count == 2:
                return _row(2, 0, 1)
            return ((0, 0, 1, 0.66), *_row(min(3, count - 1), 0.66, 0.34))
        case Tiles.FIVE:
            if count == 2:
                return _row(2, 0, 1)
            if count == 3:
                return ((0, 0, 1, 0.6), *_row(2, 0.6, 0.4))
            if count == 4:
                return (*_row(2, 0, 0.5), *_row(2, 0.5, 0.5))
            return (*_row(2, 0, 0.58), *_row(3, 0.58, 0.42))
        case _:
            assert_never(tiles)


class TilesView(QWidget):
    """`alts` tells which pictures have an alt text."""

    def __init__(self, theme: Theme, look: Look, pixmaps: Sequence[QPixmap], alts: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._pixmaps = tuple(pixmaps)
        self._alts = tuple(alts)
        self._places = places(look.picture.tiles, len(self._pixmaps))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        told = [alt or "a picture without alt text" for alt in self._alts]
        self.setAccessibleName(f"{len(told)} pictures: {'; '.join(told)}" if len(told) > 1 else "".join(told))
        theme.theme_changed.connect(self.update)

    @property
    def hidden_count(self) -> int:
        """How many pictures the network shows on request alone."""
        return len(self._pixmaps) - len(self._places)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if len(self._pixmaps) > 1:
            is_stacked = self._look.picture.tiles is not Tiles.QUARTERS and len(self._pixmaps) > 2
            return round(width * (_STACKED if is_stacked else _SHARED))
        only = self._pixmaps[0]
        share = _SHARED if only.isNull() else only.height() / max(1, only.width())
        return max(1, round(width * min(_TALLEST, max(_FLATTEST, share))))

    def sizeHint(self) -> QSize:
        return QSize(160, 1)  # how tall it is, only its width can tell

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect())
        corners = QPainterPath()
        corners.addRoundedRect(whole, self._look.picture.radius, self._look.picture.radius)
        painter.setClipPath(corners)
        for number, place in enumerate(self._places):
            box = self._box(place)
            self._draw(painter, box, self._pixmaps[number])
            if self._look.picture.tells_alt and self._alts[number]:
                self._write_plate(painter, box, "ALT")
            if number == len(self._places) - 1 and self.hidden_count:
                self._veil(painter, box)

    def _box(self, place: Place) -> QRectF:
        gap = self._theme.px(_GAP_PX) / 2
        x, y, width, height = place
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = 1 - x - width
        # Half a gap on each side that has a neighbour; none at the edges of the whole.
        left = x * self.width() + (gap if x > 0 else 0)
        top = y * self.height() + (gap if y > 0 else 0)
        right = (x + width) * self.width() - (gap if x + width < 0.999 else 0)
        bottom = (y + height) * self.height() - (gap if y + height < 0.999 else 0)
        return QRectF(left, top, right - left, bottom - top)

    def _draw(self, painter: QPainter, box: QRectF, pixmap: QPixmap) -> None:
        theme = self._theme
        if pixmap.isNull():
            painter.fillRect(box, self._look.color(theme, "band"))
            painter.setPen(self._look.color(theme, "soft"))
            painter.setFont(theme.font(12))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, _UNREADABLE)
            return
        painter.drawPixmap(box, pixmap, covering(pixmap, box))

    def _write_plate(self, painter: QPainter, box: QRectF, words: str) -> None:
        """A small dark plate in the corner: it must be legible on any picture."""
        theme = self._theme
        font = theme.font(10, 600)
        width, height = theme.px(30), theme.px(16)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = box.right() - width - theme.px(6) if is_mirrored else box.left() + theme.px(6)
        plate = QRectF(x, box.bottom() - height - theme.px(6), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(font)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _veil(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, _VEIL)
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(self._theme.font(17, 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"+{self.hidden_count}")


def covering(picture: QPixmap, box: QRectF) -> QRectF:
    """The middle of a picture that has the shape of a box."""
    width, height = picture.width(), picture.height()
    scale = min(width / max(1.0, box.width()), height / max(1.0, box.height()))
    part_width, part_height = box.width() * scale, box.height() * scale
    return QRectF((width - part_width) / 2, (height - part_height) / 2, part_width, part_height)


def _row(count: int, y: float, height: float) -> tuple[Place, ...]:
    return tuple((number / count, y, 1 / count, height) for number in range(count))
