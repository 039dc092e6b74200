"""A week by the hour: each post stands at its time, and what is dropped goes to the quarter of an hour under it."""

from collections.abc import Callable, Sequence
from datetime import date, time

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.calendar.days import View
from twohats.gui.calendar.entries import Entry, of_day
from twohats.gui.calendar.post_card import PostCard, post_of
from twohats.gui.schedule import when
from twohats.gui.theme import Theme
from twohats.gui.widgets.frames import Scroller
from twohats.gui.widgets.labels import Label

HOUR_PX = 34
_HOURS = 24
_STEP_MIN = 15
_DAY_MIN = _HOURS * 60
_RULE_PX = 44
_FEWEST = 8


class WeekGrid(QWidget):
    """`dropped` with the post, the day and the hour. The names of the days stay while the hours scroll."""

    dropped = Signal(str, object, object)

    def __init__(
        self, theme: Theme, view: View, today: date, shown: Sequence[Entry], made: Callable[[Entry], PostCard]
    ) -> None:
        super().__init__()
        self._theme = theme
        names, hours = QHBoxLayout(), QWidget()
        across = QHBoxLayout(hours)
        for row in (names, across):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0)
        names.addSpacing(theme.px(_RULE_PX))
        across.addWidget(_Rule(theme))
        self.columns: dict[date, DayColumn] = {}
        for day in view.days:
            is_today = day == today
            name = Label(f"{when.day_name(day)[:3]} {day.day}", "strong" if is_today else "small")
            name.setAccessibleName(when.day_words(day))
            name.setContentsMargins(6, 0, 0, 4)
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            names.addWidget(name, 1)
            column = DayColumn(theme, day, [made(entry) for entry in of_day(shown, day)])
            column.is_today = is_today
            column.dropped.connect(self.dropped)
            across.addWidget(column, 1)
            self.columns[day] = column
        self._scroller = Scroller(hours)
        self._scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        names.addSpacing(self._scroller.verticalScrollBar().sizeHint().width())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(names)
        whole.addWidget(self._scroller)

    def fit(self, height: int) -> None:
        """Takes so much room, and no less than a few hours."""
        self.setFixedHeight(max(height, self._theme.px(HOUR_PX * _FEWEST)))

    def scroll_to(self, hour: int) -> None:
        """Brings an hour to the top."""
        self._scroller.verticalScrollBar().setValue(self._theme.px(HOUR_PX) * hour)


class DayColumn(QWidget):
    dropped = Signal(str, object, object)

    def __init__(self, theme: Theme, day: date, cards: Sequence[PostCard]) -> None:
        super().__init__()
        self._theme = theme
        self.day = day
        self.is_today = False
        self._cards = cards
        self._over: time | None = None
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(wording.sentence("calendar", "day", day=when.day_words(day), count=len(cards)))
        for card in cards:
            card.setParent(self)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(40, self._theme.px(HOUR_PX) * _HOURS)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def time_at(self, y: float) -> time:
        """The quarter of an hour at a height."""
        minutes = y / (self._theme.px(HOUR_PX) * _HOURS) * _DAY_MIN
        stepped = min(_DAY_MIN - _STEP_MIN, max(0, int(minutes // _STEP_MIN) * _STEP_MIN))
        return time(stepped // 60, stepped % 60)

    def y_at(self, at: time) -> int:
        """The height of a time of day."""
        return round(self._theme.px(HOUR_PX) * (at.hour + at.minute / 60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if post_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._show_over(self.time_at(event.position().y()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(None)
        event.acceptProposedAction()
        self.dropped.emit(post_of(event.mimeData()), self.day, self.time_at(event.position().y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        if self.is_today:
            painter.fillRect(self.rect(), theme.color("surface-raised"))
        painter.setPen(theme.color("line"))
        painter.drawLine(0, 0, 0, self.height())
        for hour in range(_HOURS):
            y = theme.px(HOUR_PX) * hour
            painter.drawLine(0, y, self.width(), y)
        if self._over is not None:
            y = self.y_at(self._over)
            painter.setPen(theme.focus_pen())
            painter.drawLine(2, y, self.width() - 2, y)
            painter.setPen(theme.color("text"))
            painter.setFont(theme.counter_font())
            painter.drawText(
                QRectF(6, y, self.width(), theme.px(18)), Qt.AlignmentFlag.AlignLeft, f"{self._over:%H:%M}"
            )

    def _place(self) -> None:
        """Each card at its time, or under the one before where they would cover each other."""
        free = 0
        for card in self._cards:
            height = card.sizeHint().height()
            latest = self.sizeHint().height() - height
            y = min(latest, max(free, self.y_at(card.entry.here.time())))
            card.setGeometry(2, y, max(20, self.width() - 4), height)
            free = y + height + 1

    def _show_over(self, at: time | None) -> None:
        self._over = at
        self.update()


class _Rule(QWidget):
    """The hours, down the left side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_RULE_PX), self._theme.px(HOUR_PX) * _HOURS)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("text-soft"))
        painter.setFont(self._theme.counter_font(11))
        for hour in range(1, _HOURS):
            y = self._theme.px(HOUR_PX) * hour
            box = QRectF(0, y - self._theme.px(9), self.width() - 6, self._theme.px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{hour:02}:00")
