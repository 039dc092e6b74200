"""Date, time and zone of a post, and in words what they mean: hours that do not exist, hours that come twice."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QLineEdit, QRadioButton, QTimeEdit, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.schedule import when
from twohats.gui.theme import Theme
from twohats.gui.welcome.columns import Columns
from twohats.gui.welcome.fields import Field
from twohats.gui.widgets.labels import Label
from twohats.gui.widgets.quiet_wheel import QuietWheel
from twohats.model.errors import BadInput
from twohats.model.plan import Plan, after_gap, offset_words, plans_of, zones

_SECTION = "time"
_LEAST_PX = 72  # so that the fields can go below each other before they push anything


class TimeChooser(QWidget):
    """`plan` is what is chosen, None while `sentence` says what is amiss. `changed` whenever either may be another."""

    changed = Signal()

    def __init__(self, theme: Theme, clock: Callable[[], datetime], zone: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._clock = clock
        self._home = zone or when.own_zone()
        self._plan: Plan | None = None
        self._is_loading = False
        self.date = QDateEdit()
        self.date.setDisplayFormat("ddd d MMM yyyy")
        self.date.setCalendarPopup(True)
        self.time = QTimeEdit()
        self.time.setDisplayFormat("HH:mm")
        self.zone = _ZoneField()
        self.sentence_label = Label("", wraps=True)
        self.first, self.second = QRadioButton(), QRadioButton()
        for button, code in ((self.first, "first"), (self.second, "second")):
            button.setAccessibleName(wording.sentence(_SECTION, code, offset=""))
        self._twice = QWidget()
        twice = QVBoxLayout(self._twice)
        twice.setContentsMargins(0, 0, 0, 0)
        twice.addWidget(self.first)
        twice.addWidget(self.second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            Columns(
                theme,
                Field(wording.sentence(_SECTION, "date"), self.date),
                Field(wording.sentence(_SECTION, "time"), self.time),
                Field(wording.sentence(_SECTION, "zone"), self.zone),
                needs_px=440,
            )
        )
        column.addWidget(self.sentence_label)
        column.addWidget(self._twice)
        for field in (self.date, self.time, self.zone):
            field.setMinimumWidth(_LEAST_PX)
        self.time.lineEdit().setTextMargins(8, 0, 0, 0)
        QuietWheel(self.date, self.time, self.zone)
        theme.theme_changed.connect(self._fit)
        self._fit()
        for changed in (
            self.date.dateChanged,
            self.time.timeChanged,
            self.zone.editTextChanged,
            self.first.toggled,
        ):
            changed.connect(self._read)
        self.propose()

    @property
    def plan(self) -> Plan | None:
        return self._plan

    @property
    def sentence(self) -> str:
        """What is chosen, or what is amiss."""
        return self.sentence_label.text()

    def propose(self) -> None:
        """The next whole hour that is at least an hour away, in the computer's own zone."""
        here = when.here_of(self._clock(), self._home)
        self.show_time((here + timedelta(hours=2)).replace(minute=0), self._home)

    def show_plan(self, plan: Plan) -> None:
        """What was chosen before."""
        self.show_time(plan.local, plan.zone)
        meant = plans_of(plan.local, plan.zone)
        (self.second if len(meant) > 1 and plan == meant[1] else self.first).setChecked(True)

    def show_time(self, local: datetime, zone: str) -> None:
        """A time on the wall of a zone."""
        self._is_loading = True
        self.date.setDate(QDate(local.year, local.month, local.day))
        self.time.setTime(QTime(local.hour, local.minute))
        self.zone.setEditText(when.zone_name(zone))
        self.first.setChecked(True)
        self._is_loading = False
        self._read()

    def look_again(self) -> None:
        """Time has passed: what was to come may be gone by."""
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    # Inside.

    def _fit(self) -> None:
        for field in (self.date, self.zone):
            field.ensurePolished()
        self.zone.setFixedHeight(self.date.sizeHint().height())

    def _read(self, *_what: object) -> None:
        if self._is_loading:
            return
        self._plan, words = self._understood()
        is_twice = self._plan is not None and len(plans_of(self._plan.local, self._plan.zone)) > 1
        self._twice.setVisible(is_twice)
        self.sentence_label.set_tone("" if self._plan else "warn")
        if words != self.sentence_label.text():
            self.sentence_label.setText(words)
        self.setAccessibleDescription(words)
        self.changed.emit()

    def _understood(self) -> tuple[Plan | None, str]:
        zone = when.zone_named(self.zone.currentText())
        if zone is None:
            return None, wording.sentence(_SECTION, "zone_unknown")
        day, clock = self.date.date(), self.time.time()
        local = datetime.combine(date(day.year(), day.month(), day.day()), time(clock.hour(), clock.minute()))
        try:
            return self._meant(local, zone)
        except BadInput:
            return None, wording.sentence(_SECTION, "out_of_reach")

    def _meant(self, local: datetime, zone: str) -> tuple[Plan | None, str]:
        meant = plans_of(local, zone)
        said = ""
        if not meant:
            plan = after_gap(local, zone)
            said = wording.sentence(_SECTION, "gap", was=f"{local:%H:%M}", becomes=when.clock_words(plan))
        elif len(meant) == 1:
            plan = meant[0]
        else:
            for button, code, one in zip((self.first, self.second), ("first", "second"), meant, strict=True):
                button.setText(wording.sentence(_SECTION, code, offset=offset_words(one)))
                button.setAccessibleName(button.text())
            plan = meant[1] if self.second.isChecked() else meant[0]
            said = wording.sentence(_SECTION, "twice")
        if plan.at <= self._clock():
            return None, wording.sentence(_SECTION, "past", when=when.plan_words(plan))
        return plan, " ".join(part for part in (f"{when.plan_words(plan)}.", said) if part)


class _ZoneField(QComboBox):
    """All zones; what is typed is looked for anywhere in the name."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setMinimumContentsLength(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItems([when.zone_name(zone) for zone in zones()])
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        for line in self.findChildren(QLineEdit):
            line.setAccessibleName(wording.sentence(_SECTION, "zone"))
        self.setToolTip(wording.sentence(_SECTION, "zone_tip"))
