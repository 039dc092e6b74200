"""The card of a link, as a network builds it from the page's title, description and picture."""

from urllib.parse import urlsplit

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.icons import paint_icon
from twohats.gui.preview.look import Look
from twohats.gui.preview.pictures import Album
from twohats.gui.preview.tiles import covering
from twohats.gui.theme import Theme
from twohats.model.wording import LinkCard

_TITLE_PX, _SOFT_PX = 13, 12
_MOST_LINES = {"title": 2, "description": 2, "host": 1}
_PADDING_PX, _GAP_PX, _SMALL_PX = 10, 3, 72
_WIDE_RATIO = 0.525  # 1200 by 630
_HIGHEST_PX = 220
_GLYPH = "globe"


class LinkCardView(QWidget):
    """Nothing is fetched for it: the picture comes from the store, or is left out."""

    def __init__(self, theme: Theme, look: Look, album: Album) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._album = album
        self._card = LinkCard("", "")
        self._picture = QPixmap()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.theme_changed.connect(self._restyle)

    @property
    def words(self) -> tuple[str, ...]:
        """Its lines from the top, before they are shortened."""
        return tuple(words for _kind, words in self._lines())

    def show_card(self, card: LinkCard) -> None:
        """Shows another card; nothing is done when it is the same."""
        if card == self._card:
            return
        self._card = card
        self._picture = self._album.picture(card.picture_digest) if card.picture_digest else QPixmap()
        self.setAccessibleName(f"Link card: {', '.join(self.words)}")
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        picture = self._picture_box(width)
        words = self._words_height(self._words_width(width))
        if self._look.card.is_wide:
            return round(picture.height() + words)
        return round(max(picture.height(), words))

    def sizeHint(self) -> QSize:
        return QSize(160, 1)  # how tall it is, only its width can tell

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme = self._look, self._theme
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(whole, look.card.radius, look.card.radius)
        painter.save()
        painter.setClipPath(shape)
        if look.card.has_band:
            painter.fillRect(self.rect(), look.color(theme, "band"))
        picture = self._picture_box(self.width())
        if not picture.isEmpty():
            self._draw_picture(painter, self._placed(picture))
        painter.restore()
        top = picture.height() if look.card.is_wide else 0.0
        left = 0.0 if look.card.is_wide else picture.width()
        height = self._words_height(self._words_width(self.width()))
        if not look.card.is_wide:
            top = (self.height() - height) / 2
        self._write(painter, left + self._inset, top)
        if not look.card.is_full_width:
            painter.setPen(QPen(look.color(theme, "line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(shape)

    def _lines(self) -> list[tuple[str, str]]:
        card = self._card
        host = (urlsplit(card.url).hostname or "").removeprefix("www.")
        told = {
            "title": card.title or host,
            "description": card.description,
            "host": host.upper() if self._look.card.has_loud_host else host,
        }
        return [(kind, told[kind]) for kind in self._look.card.lines if told[kind]]

    def _write(self, painter: QPainter, left: float, top: float) -> None:
        theme, look = self._theme, self._look
        width = self._words_width(self.width())
        y = top + theme.px(_PADDING_PX) * 0.8
        for kind, words in self._lines():
            font = self._font(kind)
            metrics = QFontMetricsF(font)
            indent = 0.0
            if kind == "host" and look.card.has_host_line:
                y += theme.px(3)
                painter.setPen(QPen(look.color(theme, "line"), 1))
                painter.drawLine(QPointF(left, y), QPointF(left + width, y))
                y += theme.px(4)
                side = theme.px(_SOFT_PX)
                box = QRectF(left, y + (metrics.height() - side) / 2, side, side)
                paint_icon(painter, self._placed(box), _GLYPH, look.color(theme, "soft"))
                indent = side + theme.px(4)
            painter.setFont(font)
            painter.setPen(look.color(theme, "text" if kind == "title" else "soft"))
            for line in _broken(words, font, width - indent, _MOST_LINES[kind]):
                box = QRectF(left + indent, y, width - indent + 1, metrics.height())
                leading = Qt.AlignmentFlag.AlignRight if self._is_mirrored else Qt.AlignmentFlag.AlignLeft
                painter.drawText(self._placed(box), leading | Qt.TextFlag.TextSingleLine, line)
                y += metrics.height()
            y += theme.px(_GAP_PX)

    def _draw_picture(self, painter: QPainter, box: QRectF) -> None:
        """Fills its place, cut at the edges; a glyph where the picture cannot be read."""
        if self._picture.isNull():
            painter.fillRect(box, self._look.color(self._theme, "band"))
            side = self._theme.px(20)
            middle = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint_icon(painter, middle, "picture", self._look.color(self._theme, "soft"))
            return
        painter.drawPixmap(box, self._picture, covering(self._picture, box))

    def _picture_box(self, width: int) -> QRectF:
        if not self._card.picture_digest:
            return QRectF()
        if self._look.card.is_wide:
            return QRectF(0, 0, width, min(self._theme.px(_HIGHEST_PX), round(width * _WIDE_RATIO)))
        side = min(self._theme.px(_SMALL_PX), width / 3)
        return QRectF(0, 0, side, max(side, self._words_height(width - side - 2 * self._inset)))

    def _words_width(self, width: int) -> float:
        beside = 0 if self._look.card.is_wide else self._picture_box(width).width()
        return max(20.0, width - beside - 2 * self._inset)

    def _words_height(self, width: float) -> float:
        theme = self._theme
        height = theme.px(_PADDING_PX) * 1.6 - theme.px(_GAP_PX)
        for kind, words in self._lines():
            font = self._font(kind)
            is_ruled = kind == "host" and self._look.card.has_host_line
            indent = theme.px(_SOFT_PX) + theme.px(4) if is_ruled else 0
            lines = len(_broken(words, font, width - indent, _MOST_LINES[kind]))
            height += lines * QFontMetricsF(font).height() + theme.px(_GAP_PX)
            height += theme.px(3) + theme.px(4) if is_ruled else 0
        return height

    @property
    def _inset(self) -> int:
        return self._theme.px(_PADDING_PX)

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _placed(self, box: QRectF) -> QRectF:
        return QRectF(self.width() - box.right(), box.y(), box.width(), box.height()) if self._is_mirrored else box

    def _font(self, kind: str) -> QFont:
        return self._theme.font(_TITLE_PX, 600) if kind == "title" else self._theme.font(_SOFT_PX)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _broken(words: str, font: QFont, width: float, most: int) -> list[str]:
    """The lines of a text in a width, at most so many; the last is shortened."""
    words = " ".join(words.split())
    layout = QTextLayout(words, font)
    layout.beginLayout()
    lines: list[str] = []
    units = words.encode("utf-16-le")
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        start = line.textStart()
        stop = start + line.textLength()
        if len(lines) == most - 1:
            rest = units[2 * start :].decode("utf-16-le", "ignore")
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(units[2 * start : 2 * stop].decode("utf-16-le", "ignore").rstrip())
    layout.endLayout()
    return lines
