"""A chip: an icon, a few words, a quiet number; ticked or not."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from twohats.gui.icons import paint_icon
from twohats.gui.theme import Theme
from twohats.model.identity import Hat


class Chip(QAbstractButton):
    """Ticked: a tick, a strong line, the hat's soft ground. Not ticked: an outline. Space or a click turns it."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        icon_name: str = "",
        *,
        hat: Hat | None = None,
        has_tick: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._words = words
        self._number = ""
        self._tone = ""
        self._hat = hat
        self._has_tick = has_tick
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()
        theme.theme_changed.connect(self._restyle)

    def set_words(self, words: str) -> None:
        self._words = words
        self._restyle()

    def set_number(self, number: str, tone: str = "") -> None:
        """The counter at the end; `tone` "stop" when it is over its limit."""
        if (number, tone) != (self._number, self._tone):
            self._number, self._tone = number, tone
            self._restyle()

    def sizeHint(self) -> QSize:
        # As wide as when it is ticked: its words are bold then, and nothing beside it moves.
        words, number = self._metrics(is_on=True)
        width = self._theme.px(10) * 2 + self._theme.px(16) + 6 + words.horizontalAdvance(self._words)
        if self._icon_name and self._has_tick:
            width += self._theme.px(16) + 6
        if self._number:
            width += 8 + number.horizontalAdvance(self._number)
        return QSize(round(width + 1), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(64), self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = 1.0 if self.hasFocus() else 0.5
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        radius = box.height() / 2 if self._hat is Hat.PERSONAL else 8
        is_on = self.isChecked()
        ground = theme.accent_soft(self._hat) if is_on else theme.color("hover" if self.underMouse() else "surface")
        line = (
            theme.color("focus")
            if self.hasFocus()
            else theme.accent(self._hat)
            if is_on
            else theme.color("line-strong")
        )
        painter.setPen(QPen(line, 2 if self.hasFocus() else 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, radius, radius)

        side = theme.px(16)
        x = float(theme.px(10))
        top = (self.height() - side) / 2
        if self._has_tick:
            self._paint_tick(painter, QRectF(x, top, side, side), is_on)
            x += side + 6
        if self._icon_name:
            paint_icon(painter, QRectF(x, top, side, side), self._icon_name, theme.color("text"))
            x += side + 6
        words, number = self._metrics(is_on)
        room = self.width() - x - theme.px(10)
        if self._number:
            room -= 8 + number.horizontalAdvance(self._number)
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(13, 600 if is_on else 400))
        shown = words.elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, 0, room + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        if self._number:
            painter.setPen(theme.color(self._tone or "text-soft"))
            painter.setFont(theme.counter_font())
            end = QRectF(0, 0, self.width() - theme.px(10), self.height())
            painter.drawText(end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._number)

    def _paint_tick(self, painter: QPainter, box: QRectF, is_on: bool) -> None:
        square = box.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._theme.accent(self._hat) if is_on else self._theme.color("line-strong"), 1.2))
        painter.setBrush(self._theme.accent(self._hat) if is_on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 4, 4)
        if is_on:
            paint_icon(painter, square.adjusted(1, 1, -1, -1), "check", self._theme.color("on-accent"))

    def _metrics(self, is_on: bool) -> tuple[QFontMetricsF, QFontMetricsF]:
        weight = 600 if is_on else 400
        return QFontMetricsF(self._theme.font(13, weight)), QFontMetricsF(self._theme.counter_font())

    def _name(self) -> None:
        self.setAccessibleName(f"{self._words}, {self._number}" if self._number else self._words)

    def _restyle(self) -> None:
        self._name()
        self.updateGeometry()
        self.update()
