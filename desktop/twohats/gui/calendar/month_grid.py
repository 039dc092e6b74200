"""A month: whole weeks of days, each with its posts; what is dropped on a day keeps its hour."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.calendar.days import WEEK, View
from twohats.gui.calendar.entries import Entry, of_day
from twohats.gui.calendar.post_card import PostCard, post_of
from twohats.gui.schedule import when
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label

_MOST = 3
_CELL_PX = 104
_HEAD_PX = 22
_MORE_PX = 20


class MonthGrid(QWidget):
    """`dropped` with the post and the day; `day_wanted` with a day whose posts have no room here."""

    dropped = Signal(str, object)
    day_wanted = Signal(object)

    def __init__(
        self, theme: Theme, view: View, today: date, shown: Sequence[Entry], made: Callable[[Entry], PostCard]
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for column, day in enumerate(view.days[:WEEK]):
            name = Label(when.day_name(day)[:3], "small")
            name.setAccessibleName(when.day_name(day))
            name.setContentsMargins(6, 0, 0, 4)
            grid.addWidget(name, 0, column)
            grid.setColumnStretch(column, 1)
        self.cells: dict[date, DayCell] = {}
        for number, day in enumerate(view.days):
            own = of_day(shown, day)
            cell = DayCell(theme, day, [made(entry) for entry in own[:_MOST]], len(own))
            cell.is_today = day == today
            cell.is_outside = day.month != view.day.month
            cell.dropped.connect(self.dropped)
            cell.more_wanted.connect(self.day_wanted)
            grid.addWidget(cell, 1 + number // WEEK, number % WEEK)
            self.cells[day] = cell


class DayCell(QWidget):
    dropped = Signal(str, object)
    more_wanted = Signal(object)

    def __init__(self, theme: Theme, day: date, cards: Sequence[PostCard], count: int) -> None:
        super().__init__()
        self._theme = theme
        self.day = day
        self.is_today = False
        self.is_outside = False
        self._is_over = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(wording.sentence("calendar", "day", day=when.day_words(day), count=count))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, theme.px(_HEAD_PX) + 4, 4, 4)
        column.setSpacing(3)
        for card in cards:
            column.addWidget(card)
        if count > len(cards):
            more = Button(theme, wording.sentence("calendar", "more", count=count - len(cards)), "tiny-link")
            more.clicked.connect(lambda: self.more_wanted.emit(day))
            row = QWidget()  # with a height: the style sheet lets this button shrink to nothing
            row.setFixedHeight(theme.px(_MORE_PX))
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(more)
            across.addStretch(1)
            column.addWidget(row)
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, max(self._theme.px(_CELL_PX), super().minimumSizeHint().height()))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if post_of(event.mimeData()):
            self._show_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        event.acceptProposedAction()
        self.dropped.emit(post_of(event.mimeData()), self.day)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_over:
            painter.fillRect(self.rect(), theme.color("hover"))
        elif self.is_outside:
            painter.fillRect(self.rect(), theme.color("surface-sunken"))
        painter.setPen(theme.color("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(0, 0, 0, self.height())
        words = str(self.day.day)
        side = theme.px(_HEAD_PX)
        box = QRectF(4, 3, side, side)
        if self.is_today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text"))
            painter.drawEllipse(box)
        painter.setPen(theme.color("surface" if self.is_today else "text-soft" if self.is_outside else "text"))
        painter.setFont(theme.font(12, 600 if self.is_today else 400))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _show_over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()
