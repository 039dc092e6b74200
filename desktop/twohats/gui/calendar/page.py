"""The calendar: what is planned and what was posted, by month or week; posts are moved here, and taken back."""

from datetime import date, datetime, time

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.calendar import moving
from twohats.gui.calendar.days import Span, View
from twohats.gui.calendar.entries import Entry, entries
from twohats.gui.calendar.month_grid import MonthGrid
from twohats.gui.calendar.plan_changes import PlanChanges
from twohats.gui.calendar.post_card import PostCard
from twohats.gui.calendar.post_strip import PostStrip
from twohats.gui.calendar.week_grid import WeekGrid
from twohats.gui.schedule import when
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.frames import Page, bring_into_view
from twohats.gui.widgets.labels import soft, title
from twohats.model.errors import BadInput, StoreError
from twohats.model.plan import Plan

_SECTION = "calendar"
_MORNING_H = 7
_WIDEST_PX = 1400
_OVER_WEEK_PX = 150


class CalendarPage(Page):
    """`post_wanted` with a post whose record is to be shown, and whether it has left; `draft_wanted` with a draft that
    was taken back and is to be opened."""

    post_wanted = Signal(str, bool)
    draft_wanted = Signal(str)

    def __init__(self, theme: Theme, library: Library, owner: Owner, zone: str = "") -> None:
        super().__init__(theme, wording.sentence(_SECTION, "name"), "", _WIDEST_PX)
        self._library = library
        self._clock = owner.now
        self.zone = zone or when.own_zone()
        self._shown: tuple[Entry, ...] | None = None
        self._cards: dict[str, PostCard] = {}
        self._open_id = ""
        first_weekday = QLocale().firstDayOfWeek().value - 1
        self.view = View(Span.MONTH, self._today(), first_weekday)
        self._build()
        self._connect()

    def show_view(self, view: View) -> None:
        """Another month or week."""
        self.view = view
        self._shown = None
        self.refresh()
        if view.span is Span.WEEK:
            QTimer.singleShot(0, self, self._scroll_to_morning)

    def refresh(self) -> None:
        """Reads the calendar anew; what did not change keeps its place and its focus."""
        days = self.view.days
        try:
            shown = entries(self._library, days[0], days[-1], self.zone)
        except (BadInput, StoreError) as problem:
            self.told.tell(wording.error(problem), "warn")
            return
        if shown != self._shown:
            self._shown = shown
            self._show_grid(shown)
        self._show_open()

    def card(self, post_id: str) -> PostCard:
        return self._cards[post_id]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shown = None  # another day may have begun
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_week()

    # Building.

    def _build(self) -> None:
        theme = self._theme
        self.name = title("")
        self.before_button = IconButton(theme, "chevron-left", wording.sentence(_SECTION, "before"))
        self.next_button = IconButton(theme, "chevron-right", wording.sentence(_SECTION, "next"))
        self.today_button = Button(theme, wording.sentence(_SECTION, "today"), "small")
        self.spans: dict[Span, Button] = {}
        group = QButtonGroup(self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.before_button)
        top.addWidget(self.next_button)
        top.addWidget(self.name, 1)
        top.addWidget(self.today_button)
        for span in Span:
            button = Button(theme, wording.sentence(_SECTION, span.value), "small")
            button.setCheckable(True)
            button.setProperty("role", "span")
            group.addButton(button)
            self.spans[span] = button
            top.addWidget(button)
        self.spans[Span.MONTH].setChecked(True)
        self.told = Banner(theme)
        self._changes = PlanChanges(self._library, self.told)
        self.strip = PostStrip(theme, self._clock, self.zone)
        self.nothing = soft(wording.sentence(_SECTION, "nothing"))
        self.grid: MonthGrid | WeekGrid | None = None
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self.body.setSpacing(GAP)
        self.body.addLayout(top)
        self.body.addWidget(self.told)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._place)

    def _connect(self) -> None:
        self.before_button.clicked.connect(lambda: self.show_view(self.view.turned(-1)))
        self.next_button.clicked.connect(lambda: self.show_view(self.view.turned(1)))
        self.today_button.clicked.connect(lambda: self.show_view(self.view.around(self._today())))
        for span, button in self.spans.items():
            button.clicked.connect(lambda _on=False, span=span: self.show_view(self._shown_as(span)))
        self.strip.move_wanted.connect(self.move_post)
        self.strip.back_wanted.connect(self._changes.take_back)
        self.strip.now_wanted.connect(self._library.post_planned_now)
        self.strip.open_wanted.connect(self._open_record)
        self.strip.closed.connect(lambda: self._choose(""))
        library = self._library
        library.records_changed.connect(self._note_change)
        library.delivery_changed.connect(self._note_change)
        self._changes.changed.connect(self._show_anew)
        self._changes.draft_wanted.connect(self.draft_wanted)
        self._theme.theme_changed.connect(self._note_change_of_look)

    def _show_grid(self, shown: tuple[Entry, ...]) -> None:
        focused = next((post_id for post_id, card in self._cards.items() if card.hasFocus()), "")
        self._cards = {}
        old, grid = self.grid, self._made_grid(shown)
        self._place.addWidget(grid)
        self.grid = grid
        self._fit_week()
        if old is not None:
            self._place.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.name.setText(self.view.name)
        self.nothing.setVisible(not shown)
        if focused in self._cards:
            self._cards[focused].setFocus()

    def _made_grid(self, shown: tuple[Entry, ...]) -> MonthGrid | WeekGrid:
        if self.view.span is Span.MONTH:
            month = MonthGrid(self._theme, self.view, self._today(), shown, self._made_card)
            month.dropped.connect(self._drop_on_day)
            month.day_wanted.connect(self._show_day)
            return month
        week = WeekGrid(self._theme, self.view, self._today(), shown, self._made_card)
        week.dropped.connect(self._drop_at_time)
        return week

    def _made_card(self, entry: Entry) -> PostCard:
        card = PostCard(self._theme, entry)
        card.clicked.connect(lambda: self._choose(entry.post_id))
        card.move_wanted.connect(self._choose_time)
        self._cards[entry.post_id] = card
        return card

    # Which post is open.

    def _choose(self, post_id: str) -> None:
        was_open, self._open_id = self._open_id, post_id
        self._show_open()
        if post_id:
            bring_into_view(self.strip)
            first = self.strip.move_button if not self.strip.move_button.isHidden() else self.strip.open_button
            first.setFocus()
        elif was_open in self._cards:
            self._cards[was_open].setFocus()

    def _choose_time(self, post_id: str) -> None:
        self._choose(post_id)
        self.strip.choose_time()

    def _show_open(self) -> None:
        entry = self._entry(self._open_id)
        if entry is None:
            self._open_id = ""
        if entry != self.strip.entry or entry is not None:
            self.strip.show_entry(entry)
        for post_id, card in self._cards.items():
            card.setChecked(post_id == self._open_id)

    def _entry(self, post_id: str) -> Entry | None:
        return next((entry for entry in self._shown or () if entry.post_id == post_id), None)

    def _open_record(self, post_id: str) -> None:
        entry = self._entry(post_id)
        if entry is not None:
            self.post_wanted.emit(post_id, entry.standing in ("out", "taken_down"))

    # Moving and taking back.

    def move_post(self, post_id: str, plan: Plan) -> None:
        """Wishes a post at another time; what became of the wish is told in a line, with an Undo."""
        entry = self._entry(post_id)
        if entry is not None and entry.plan is not None:
            self._changes.move(post_id, entry.plan, plan)

    def _drop_on_day(self, post_id: str, day: date) -> None:
        entry = self._entry(post_id)
        if entry is None or entry.plan is None:
            return
        try:
            self.move_post(post_id, moving.on_day(entry.plan, entry.here.date(), day))
        except BadInput as problem:
            self._changes.tell_not_moved(problem.code)

    def _drop_at_time(self, post_id: str, day: date, at: time) -> None:
        entry = self._entry(post_id)
        if entry is None or entry.plan is None:
            return
        try:
            self.move_post(post_id, moving.at_time(entry.plan, day, at, self.zone))
        except BadInput as problem:
            self._changes.tell_not_moved(problem.code)

    def _show_anew(self) -> None:
        self._shown = None
        self.refresh()

    # Small steps.

    def _show_day(self, day: date) -> None:
        self.spans[Span.WEEK].setChecked(True)
        self.show_view(self.view.around(day).shown_as(Span.WEEK))

    def _shown_as(self, span: Span) -> View:
        """The week of today where the month holds it, else the month's first."""
        today = self._today()
        view = self.view
        if view.span is Span.MONTH and (today.year, today.month) == (view.day.year, view.day.month):
            view = view.around(today)
        return view.shown_as(span)

    def _scroll_to_morning(self) -> None:
        if isinstance(self.grid, WeekGrid):
            hours = [entry.here.hour for entry in self._shown or ()]
            self.grid.scroll_to(max(0, min([_MORNING_H, *hours]) - 1))

    def _fit_week(self) -> None:
        if isinstance(self.grid, WeekGrid):
            self.grid.fit(self.height() - self._theme.px(_OVER_WEEK_PX))

    def _today(self) -> date:
        return self._now_here().date()

    def _now_here(self) -> datetime:
        return when.here_of(self._clock(), self.zone)

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _note_change_of_look(self) -> None:
        if self.isVisible():
            self._show_anew()
