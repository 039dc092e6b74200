"""A post in the calendar: the hat by shape, colour and letters, the hour, the first words, and how it stands."""

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from twohats.gui import wording
from twohats.gui.calendar.entries import Entry
from twohats.gui.icons import paint_icon
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import is_enter
from twohats.model.identity import Hat

POST_MIME = "application/x-twohats-post"
_LETTERS = {Hat.PERSONAL: "Pe", Hat.PROFESSIONAL: "Pr"}
_LINE_PX = 20
_BADGE_PX = 18
_ICON_PX = 12
_STACKED_FROM = 1.4
_FEWEST_LETTERS = 6


class PostCard(QAbstractButton):
    """A click or Enter opens it (`clicked`), M moves it (`move_wanted`); what can be moved can be dragged."""

    move_wanted = Signal(str)

    def __init__(self, theme: Theme, entry: Entry) -> None:
        super().__init__()
        self._theme = theme
        self.entry = entry
        self._pressed_at: QPoint | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(entry.spoken)
        if entry.can_move:
            self.setAccessibleDescription(wording.sentence("calendar", "card_keys"))
        self.setToolTip(entry.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def nextCheckState(self) -> None:
        """A click alone does not turn it: the page says which one is open."""

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(_LINE_PX * (1 + len(self._below)) + 4))

    @property
    def _is_stacked(self) -> bool:
        """With large text a day is too narrow for hat, hour and words side by side."""
        return self._theme.scale >= _STACKED_FROM

    @property
    def _below(self) -> list[tuple[str, str]]:
        """The lines under the first, each with its token."""
        entry = self.entry
        elsewhere = [(entry.elsewhere, "text-soft")] if entry.elsewhere else []
        if not self._is_stacked:
            return elsewhere
        parts = [(part, "text-soft") for part in entry.elsewhere.replace("UTC", "").split()]
        return [(entry.clock, "text"), *parts, (entry.title, "text")]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        elif event.key() == Qt.Key.Key_M and self.entry.can_move:
            self.move_wanted.emit(self.entry.post_id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        start = self._pressed_at
        if start is None or not self.entry.can_move:
            return
        if (event.position().toPoint() - start).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed_at = None
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(mime_of(self.entry.post_id))
        drag.setPixmap(self.grab())
        drag.setHotSpot(start)
        drag.exec(Qt.DropAction.MoveAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, entry = self._theme, self.entry
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_open = self.isChecked() or self.underMouse()
        painter.setPen(theme.accent(entry.hat) if is_open else theme.color("line"))
        painter.setBrush(theme.accent_soft(entry.hat) if is_open else theme.color("surface-raised"))
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.focus_pen())
            painter.drawRoundedRect(box, 6, 6)
        line = theme.px(_LINE_PX)
        right = self._paint_standing(painter, line)
        left = self._paint_badge(painter, line)
        if not self._is_stacked:
            self._paint_hour_and_title(painter, QRectF(left, 2, right - left, line))
        painter.setFont(theme.font(12) if self._is_stacked else theme.counter_font(11))
        for number, (words, token) in enumerate(self._below, start=1):
            painter.setPen(theme.color(token))
            self._paint_words(painter, QRectF(6, line * number, self.width() - 10, line), words)

    def _paint_hour_and_title(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font(12, 600))
        width = QFontMetrics(painter.font()).horizontalAdvance(self.entry.clock)
        self._paint_words(painter, box, self.entry.clock)
        painter.setFont(self._theme.font(12))
        rest = box.adjusted(width + 5, 0, 0, 0)
        # Two letters of a title tell nothing: in a narrow day the tip and the strip have it.
        if rest.width() >= QFontMetrics(painter.font()).averageCharWidth() * _FEWEST_LETTERS:
            self._paint_words(painter, rest, self.entry.title)

    def _paint_words(self, painter: QPainter, box: QRectF, words: str) -> None:
        room = max(0, int(box.width()))
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_badge(self, painter: QPainter, line: int) -> float:
        """The left edge of what comes after it."""
        theme, hat = self._theme, self.entry.hat
        side = theme.px(_BADGE_PX) - 2
        badge = QRectF(4, 2 + (line - side) / 2, side + 4, side)
        radius = side / 2 if hat is Hat.PERSONAL else 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent(hat))
        painter.drawRoundedRect(badge, radius, radius)
        painter.setPen(theme.color("on-accent"))
        painter.setFont(theme.font(10, 600))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, _LETTERS[hat])
        return badge.right() + 5

    def _paint_standing(self, painter: QPainter, line: int) -> float:
        """The right edge of what comes before it."""
        side = self._theme.px(_ICON_PX)
        box = QRectF(self.width() - side - 5, 2 + (line - side) / 2, side, side)
        paint_icon(painter, box, self.entry.icon, self._theme.color(self.entry.tone or "text-soft"))
        return box.left() - 3


def mime_of(post_id: str) -> QMimeData:
    """What is dragged."""
    data = QMimeData()
    data.setData(POST_MIME, QByteArray(post_id.encode()))
    return data


def post_of(data: QMimeData) -> str:
    """The post that is dragged; empty when it is something else."""
    return bytes(data.data(POST_MIME).data()).decode() if data.hasFormat(POST_MIME) else ""
