"""Who posted, and when: the lines beside a portrait, as each network writes them."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.icons import paint_icon
from twohats.gui.preview.look import Head, Look
from twohats.gui.theme import Theme

_NAME_PX, _SOFT_PX, _LINE_PX = 13, 12, 18
_NOW = "now"
_LEAST_HANDLE_PX = 30


@dataclass(frozen=True, slots=True)
class Byline:
    """`audience_icon` is empty where the network shows none; `audience` is spoken."""

    name: str
    handle: str = ""
    audience: str = ""
    audience_icon: str = ""


class PostHead(QWidget):
    """One line or two, shortened where there is no room; spoken whole."""

    def __init__(self, theme: Theme, look: Look) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._byline = Byline("")
        self._has_two_lines = look.head in (Head.HANDLE_BELOW, Head.TIME_BELOW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)

    @property
    def words(self) -> tuple[str, ...]:
        """What is written there, before it is shortened."""
        byline = self._byline
        match self._look.head:
            case Head.LINE | Head.HANDLE_BELOW:
                return tuple(word for word in (byline.name, byline.handle, _NOW) if word)
            case Head.HANDLE_ALONE:
                return (byline.handle.removeprefix("@") or byline.name, _NOW)
            case Head.TIME_BELOW:
                return (byline.name, _NOW)

    def show_byline(self, byline: Byline) -> None:
        if byline != self._byline:
            self._byline = byline
            self.setAccessibleName(", ".join((*self.words, byline.audience) if byline.audience else self.words))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, self._theme.px(_LINE_PX) * (2 if self._has_two_lines else 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = float(self._theme.px(_LINE_PX))
        first = QRectF(0, 0, self.width(), height)
        second = first.translated(0, height)
        byline, words = self._byline, self.words
        match self._look.head:
            case Head.LINE:
                self._write_line(painter, first, byline.name, byline.handle, f"· {_NOW}")
            case Head.HANDLE_ALONE:
                self._write_line(painter, first, words[0], "", _NOW)
            case Head.HANDLE_BELOW:
                room = self._write_end(painter, first, _NOW, byline.audience_icon)
                self._write(painter, room, byline.name, is_name=True)
                self._write(painter, second, byline.handle)
            case Head.TIME_BELOW:
                self._write(painter, first, byline.name, is_name=True)
                used = self._write(painter, second, f"{_NOW} ·" if byline.audience_icon else _NOW)
                self._draw_icon(painter, second, used + self._theme.px(4), byline.audience_icon)

    def _write_line(self, painter: QPainter, line: QRectF, name: str, handle: str, time: str) -> None:
        """A name keeps its room before a handle does, and the time before both."""
        gap = self._theme.px(4)
        room = line.width() - self._soft().horizontalAdvance(time) - gap
        used = self._write(painter, QRectF(line.x(), line.y(), room, line.height()), name, is_name=True)
        left = room - used - gap
        if handle and left >= self._theme.px(_LEAST_HANDLE_PX):
            used += gap + self._write(painter, self._cut(line, used + gap, left), handle)
        self._write(painter, self._cut(line, used + gap, line.width() - used - gap), time)

    def _write_end(self, painter: QPainter, line: QRectF, time: str, icon_name: str) -> QRectF:
        """The time at the end of a line; gives what is left before it."""
        side = self._theme.px(_SOFT_PX) + self._theme.px(4) if icon_name else 0
        taken = self._soft().horizontalAdvance(time) + side
        self._draw_icon(painter, line, line.width() - taken, icon_name)
        width = self._soft().horizontalAdvance(time) + 1
        self._write(painter, self._cut(line, line.width() - width, width), time)
        return QRectF(line.x(), line.y(), line.width() - taken - self._theme.px(6), line.height())

    def _write(self, painter: QPainter, box: QRectF, words: str, *, is_name: bool = False) -> float:
        """Writes what there is room for, and gives its width. `box` counts from the side where reading begins."""
        font = self._theme.font(_NAME_PX, 600) if is_name else self._theme.font(_SOFT_PX)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._look.color(self._theme, "text" if is_name else "soft"))
        leading = Qt.AlignmentFlag.AlignRight if self._is_mirrored else Qt.AlignmentFlag.AlignLeft
        flags = leading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(self._placed(box.adjusted(0, 0, 1, 0)), flags, shown)
        return metrics.horizontalAdvance(shown)

    def _draw_icon(self, painter: QPainter, line: QRectF, x: float, icon_name: str) -> None:
        if icon_name:
            side = self._theme.px(_SOFT_PX)
            box = QRectF(x, line.y() + (line.height() - side) / 2, side, side)
            paint_icon(painter, self._placed(box), icon_name, self._look.color(self._theme, "soft"))

    def _placed(self, box: QRectF) -> QRectF:
        return QRectF(self.width() - box.right(), box.y(), box.width(), box.height()) if self._is_mirrored else box

    def _cut(self, line: QRectF, x: float, width: float) -> QRectF:
        return QRectF(line.x() + x, line.y(), width, line.height())

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _soft(self) -> QFontMetricsF:
        font: QFont = self._theme.font(_SOFT_PX)
        return QFontMetricsF(font)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
