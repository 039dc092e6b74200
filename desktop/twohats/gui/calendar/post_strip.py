"""The post that was chosen in the calendar: all that is to say of it, and what can be done."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.calendar.entries import Entry
from twohats.gui.composer.naming import listed
from twohats.gui.schedule.time_chooser import TimeChooser
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Sunken
from twohats.gui.widgets.glyph import Glyph, HatMark, hat_name
from twohats.gui.widgets.labels import Label
from twohats.model.plan import Keeper, Plan

_SECTION = "calendar"


class PostStrip(Sunken):
    """`move_wanted` with the post and its new plan, `back_wanted`, `now_wanted` and `open_wanted` with the post."""

    move_wanted = Signal(str, object)
    back_wanted = Signal(str)
    now_wanted = Signal(str)
    open_wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, clock: Callable[[], datetime], zone: str, *, can_close: bool = True) -> None:
        super().__init__(padding=12, spacing=8)
        self._theme = theme
        self._clock = clock
        self._zone = zone
        self._can_close = can_close
        self.entry: Entry | None = None
        self._mark = HatMark(theme, None)
        self._title = Label("", "strong", wraps=True)
        self.when = Label("", "", wraps=True)
        self.where = Label("", "soft", wraps=True)
        self._icon = Glyph(theme, "clock", "text-soft", 16)
        close = IconButton(theme, "close", wording.sentence(_SECTION, "close"), size_px=14)
        close.clicked.connect(self.close_strip)
        close.setVisible(can_close)
        self.close_button = close
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._title, self.when, self.where):
            words.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        top.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.move_button = self._button(theme, "move", "calendar", self.choose_time)
        self.back_button = self._button(theme, "take_back", "undo", self._wish_back)
        self.now_button = self._button(theme, "now", "sent", self._wish_now)
        self.open_button = self._button(theme, "open", "eye", self._wish_open)
        row = QWidget()
        flow = FlowLayout(row)
        for button in (self.move_button, self.back_button, self.now_button, self.open_button):
            flow.addWidget(button)
        self.chooser: TimeChooser | None = None
        self.do_button = self._button(theme, "do_move", "check", self._wish_move)
        self._choosing = QWidget()
        self._choosing_column = QVBoxLayout(self._choosing)
        self._choosing_column.setContentsMargins(0, 0, 0, 0)
        self._choosing_column.addWidget(self.do_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._choosing.hide()
        self.body.addLayout(top)
        self.body.addWidget(row)
        self.body.addWidget(self._choosing)
        self.hide()

    @property
    def is_choosing(self) -> bool:
        return not self._choosing.isHidden()

    def show_entry(self, entry: Entry | None) -> None:
        """The post that is open; None closes the strip."""
        is_other = self.entry is None or entry is None or entry.post_id != self.entry.post_id
        self.entry = entry
        self.setVisible(entry is not None)
        if is_other:
            self._choosing.hide()
        if entry is None:
            return
        self._mark.set_hat(entry.hat)
        self._title.setText(entry.title)
        self.when.setText(f"{entry.time_words}. {entry.standing_word}.")
        keeper = f"keeper_{entry.goes_by.value}" if entry.goes_by else ""
        said = wording.sentence(_SECTION, keeper) if keeper else ""
        self.where.setText(" ".join(filter(None, (f"{hat_name(entry.hat)}: {listed(entry.where)}.", said))))
        self._icon.set_icon(entry.icon, entry.tone or "text-soft")
        self.move_button.setVisible(entry.can_move)
        self.back_button.setVisible(entry.can_move)
        self.now_button.setVisible(entry.can_move and entry.goes_by is Keeper.HERE and entry.standing == "planned")
        if not entry.can_move:
            self._choosing.hide()
        self.set_busy(False)
        self.setAccessibleName(entry.spoken)

    def choose_time(self) -> None:
        """Unfolds day, hour and zone."""
        if self.entry is None or self.entry.plan is None or not self.entry.can_move:
            return
        if self.chooser is None:  # made when it is wanted: there may be many strips, and a chooser knows all zones
            self.chooser = TimeChooser(self._theme, self._clock, self._zone)
            self.chooser.changed.connect(self._follow_chooser)
            self._choosing_column.insertWidget(0, self.chooser)
        self.chooser.show_plan(self.entry.plan)
        self._choosing.show()
        self.chooser.date.setFocus()

    def set_busy(self, is_busy: bool) -> None:
        """While a network is asked, nothing is asked twice."""
        for button in (self.move_button, self.back_button, self.now_button):
            button.setEnabled(not is_busy)
        self.do_button.setEnabled(not is_busy and self._chosen is not None)

    def close_strip(self) -> None:
        self.show_entry(None)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_choosing:
            self._choosing.hide()
            self.move_button.setFocus()
        elif self._can_close:
            self.close_strip()
        else:
            super().keyPressEvent(event)

    @property
    def _chosen(self) -> Plan | None:
        return self.chooser.plan if self.chooser is not None else None

    def _follow_chooser(self) -> None:
        self.do_button.setEnabled(self._chosen is not None)

    def _button(self, theme: Theme, code: str, icon_name: str, wish: Callable[[], None]) -> Button:
        button = Button(theme, wording.sentence(_SECTION, code), "small", icon_name)
        button.clicked.connect(wish)
        return button

    def _wish_move(self) -> None:
        plan = self._chosen
        if self.entry is not None and plan is not None:
            self._choosing.hide()
            self.set_busy(plan != self.entry.plan)
            self.move_wanted.emit(self.entry.post_id, plan)

    def _wish_back(self) -> None:
        if self.entry is not None:
            self.set_busy(True)
            self.back_wanted.emit(self.entry.post_id)

    def _wish_now(self) -> None:
        if self.entry is not None:
            self.set_busy(True)
            self.now_wanted.emit(self.entry.post_id)

    def _wish_open(self) -> None:
        if self.entry is not None:
            self.open_wanted.emit(self.entry.post_id)
