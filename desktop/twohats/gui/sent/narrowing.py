"""What narrows the list of posts beside words and hat: the network that they went to, and when."""

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.theme import Theme
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat
from twohats.model.record import RecordFilter

_SECTION = "records"
_DAYS = "days"
_TIMES: tuple[tuple[str, timedelta | str | None], ...] = (
    ("time_any", None),
    ("time_week", timedelta(days=7)),
    ("time_month", timedelta(days=30)),
    ("time_year", timedelta(days=365)),
    ("time_days", _DAYS),
)
_LONGEST_AGO = (1990, 1, 1)


class Narrowing(QWidget):
    """A row of its own with the days, where days are asked for; `networks` and `times` stand in it or elsewhere.

    `changed` whenever another list is wanted.
    """

    changed = Signal()

    def __init__(self, theme: Theme, networks: tuple[str, ...]) -> None:
        super().__init__()
        self.networks = QComboBox()
        self.networks.setAccessibleName(wording.sentence(_SECTION, "network"))
        self.networks.addItem(wording.sentence(_SECTION, "network_any"), "")
        for network in sorted(networks, key=lambda name: wording.sentence("network", name).casefold()):
            self.networks.addItem(wording.sentence("network", network), network)
        self.times = QComboBox()
        self.times.setAccessibleName(wording.sentence(_SECTION, "time"))
        for code, within in _TIMES:
            self.times.addItem(wording.sentence(_SECTION, code), within)
        self.first, self.last = QDateEdit(), QDateEdit()
        today = QDate.currentDate()
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(8)
        for field, code, day in ((self.first, "from", today.addYears(-1)), (self.last, "to", today)):
            field.setDisplayFormat("d MMM yyyy")
            field.setCalendarPopup(True)
            field.setMinimumDate(QDate(*_LONGEST_AGO))
            field.setDate(day)
            field.setAccessibleName(wording.sentence(_SECTION, code))
            label = Label(wording.sentence(_SECTION, code))
            label.setBuddy(field)
            days.addWidget(label)
            days.addWidget(field)
            field.dateChanged.connect(self._tell)
        self._flow = FlowLayout(self)
        self._flow.addWidget(self._days)
        self.networks.currentIndexChanged.connect(self._tell)
        self.times.currentIndexChanged.connect(self._tell)
        self._has_controls = False
        self._is_wanted = True
        self._follow()

    def wanted(self, query: str, hat: Hat | None) -> RecordFilter:
        """All that is asked for; days are those of this computer's zone."""
        first, until = self._span()
        return RecordFilter(query, hat, self.networks.currentData(), first, until)

    def told(self) -> str:
        """How it reads behind "No posts with …": " on Mastodon in that time", or nothing."""
        parts = []
        if self.networks.currentData():
            parts.append(wording.sentence(_SECTION, "on", network=self.networks.currentText()))
        if self.times.currentData() is not None:
            parts.append(wording.sentence(_SECTION, "then"))
        return "".join(f" {part}" for part in parts)

    def clear(self) -> None:
        """Asks for nothing any more."""
        self.networks.setCurrentIndex(0)
        self.times.setCurrentIndex(0)

    def take_controls(self) -> None:
        """Has network and time in its row."""
        self._flow.removeWidget(self._days)
        for control in (self.networks, self.times, self._days):
            self._flow.addWidget(control)
        self._has_controls = True
        self._follow()

    def give_controls(self, place: QHBoxLayout) -> None:
        """Puts network and time elsewhere, at the beginning."""
        for number, control in enumerate((self.networks, self.times)):
            self._flow.removeWidget(control)
            place.insertWidget(number, control)
        self._has_controls = False
        self._follow()

    def show_row(self, is_wanted: bool) -> None:
        """Where a record has taken the place of the list, nothing is narrowed."""
        self._is_wanted = is_wanted
        self._follow()

    def _span(self) -> tuple[datetime | None, datetime | None]:
        within = self.times.currentData()
        if within == _DAYS:
            first, last = sorted((_day(self.first), _day(self.last)))
            return _midnight(first), _midnight(last + timedelta(days=1))
        return (datetime.now(UTC) - within, None) if isinstance(within, timedelta) else (None, None)

    def _follow(self) -> None:
        has_days = self.times.currentData() == _DAYS
        self._days.setVisible(has_days)
        self.setVisible(self._is_wanted and (has_days or self._has_controls))

    def _tell(self, *_what: object) -> None:
        self._follow()
        self.changed.emit()


def _day(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
