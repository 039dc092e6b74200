"""The sheet beside the Post button that gives a post a time, and says who waits for it until then."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from twohats.bridge.session import Session
from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.schedule import when
from twohats.gui.schedule.time_chooser import TimeChooser
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.plan import Keeper, Plan

_SECTION = "later"
_LOOK_EVERY_MS = 15_000


class Later(Card):
    """Hidden until it is opened; a post goes at once while it is closed. `changed` when what would happen is another
    thing than before."""

    changed = Signal()

    def __init__(self, theme: Theme, session: Session, clock: Callable[[], datetime]) -> None:
        super().__init__(padding=12, spacing=8)
        self._session = session
        self._labels: dict[str, str] = {}
        self.setAccessibleName(wording.sentence(_SECTION, "title"))
        self.button = Button(
            theme, wording.sentence(_SECTION, "button"), "flat", "clock", wording.sentence(_SECTION, "tip")
        )
        self.button.clicked.connect(self.turn)
        self.close_button = IconButton(theme, "close", wording.sentence(_SECTION, "close"), size_px=14)
        self.close_button.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph(theme, "clock", "text", 16))
        head.addWidget(Label(wording.sentence(_SECTION, "title"), "strong", wraps=True), 1)
        head.addWidget(self.close_button)
        self.chooser = TimeChooser(theme, clock)
        self.there = QRadioButton(wording.sentence(_SECTION, "there"))
        self.here = QRadioButton(wording.sentence(_SECTION, "here"))
        self._choice = QWidget()
        choice = QVBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 0)
        choice.addWidget(self.here)
        choice.addWidget(self.there)
        for button in (self.here, self.there):
            button.setAccessibleName(button.text())
        self.here.setChecked(True)  # then it is checked once more before it goes; nobody does so there
        self._keeping = Label("", "small", wraps=True)
        self.body.addLayout(head)
        self.body.addWidget(self.chooser)
        self.body.addWidget(self._choice)
        self.body.addWidget(self._keeping)
        self.chooser.changed.connect(self._show_keepers)
        self.there.toggled.connect(self._show_keepers)
        session.faces_changed.connect(self._show_keepers)
        self._clock_timer = QTimer(self)
        self._clock_timer.setInterval(_LOOK_EVERY_MS)
        self._clock_timer.timeout.connect(self.chooser.look_again)
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    @property
    def plan(self) -> Plan | None:
        """When the post goes; None when it goes at once, or when what is chosen cannot be."""
        return self.chooser.plan if self.is_open else None

    @property
    def keeper(self) -> Keeper:
        return Keeper.THERE if not self._choice.isHidden() and self.there.isChecked() else Keeper.HERE

    @property
    def keeping_words(self) -> str:
        """Who waits for the time, and what has to be so then."""
        return self._keeping.text()

    def turn(self) -> None:
        """Opens the sheet, or closes it."""
        if self.is_open:
            self.close_sheet()
        else:
            self.open_sheet()

    def open_sheet(self) -> None:
        if self.chooser.plan is None:
            self.chooser.propose()
        self.show()
        self._clock_timer.start()
        self.chooser.look_again()
        self.chooser.date.setFocus()
        announce(self, self.chooser.sentence)

    def close_sheet(self) -> None:
        """The post goes at once again."""
        if self.is_open:
            self._clock_timer.stop()
            self.hide()
            self.changed.emit()
            self.button.setFocus()

    def note_planned(self) -> None:
        """What stood here is planned: the next post begins without a time."""
        self._clock_timer.stop()
        self.hide()
        self.chooser.propose()
        self.changed.emit()

    def show_labels(self, labels: dict[str, str]) -> None:
        """What the ticked accounts are called, by their ids."""
        if labels != self._labels:
            self._labels = labels
            self._show_keepers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def _show_keepers(self, *_what: object) -> None:
        if not self.is_open:
            return
        plan = self.chooser.plan
        codes = self._session.keepers(plan) if plan else {}
        can_all = bool(codes) and not any(codes.values())
        self._choice.setVisible(can_all)
        self._keeping.setText(self._keeping_of(codes, can_all))
        self._keeping.setVisible(bool(self._keeping.text()))
        self._keeping.setAccessibleName(self._keeping.text())
        self.changed.emit()

    def _keeping_of(self, codes: Mapping[str, str], can_all: bool) -> str:
        if self.chooser.plan is None:
            return ""
        if can_all:
            return wording.sentence(_SECTION, "there_means" if self.there.isChecked() else "here_means")
        words = [wording.sentence(_SECTION, "here_means")]
        able = tuple(self._labels.get(account_id, "") for account_id, code in codes.items() if not code)
        if any(able):
            words.append(wording.sentence(_SECTION, "some_there", names=listed(tuple(filter(None, able)))))
        for code in dict.fromkeys(codes.values()):
            names = tuple(self._labels.get(account_id, "") for account_id, own in codes.items() if own == code)
            if wording.has_sentence("keeper", code) and all(names):
                words.append(wording.sentence("keeper", code, names=listed(names)))
        return " ".join(words)


def planned_words(plan: Plan, keeper: Keeper) -> str:
    """What was planned, once it stands."""
    return wording.sentence(_SECTION, f"planned_{keeper.value}", when=when.plan_words(plan))
