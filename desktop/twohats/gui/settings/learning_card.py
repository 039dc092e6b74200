"""What is counted while you work, and the quiet trial: switch, clear, begin, end."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.composer.trial_words import reported
from twohats.gui.sent.moment import day_of
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Hairline
from twohats.gui.widgets.labels import Label, soft
from twohats.model.errors import TwoHatsError

_ASKS_STILL = (
    "The check marks words, and Post asks nothing; only stops about clients and other people hold a post as always. "
    "After two weeks the gate is on by itself, and tells what it would have asked."
)


class LearningCard(Card):
    """`counting` is for the settings page to read and to save, like every other switch there."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__(padding=16, spacing=12)
        self._owner = owner
        self.counting = QCheckBox("Count what becomes of findings")
        self.clear_button = Button(theme, "Clear the counts", "small")
        self.clear_button.clicked.connect(self._clear)
        self._cleared = Label("", "small")
        self.trial_button = Button(theme, "", "small")
        self.trial_button.clicked.connect(self._turn_trial)
        self._trial = Label("", "strong", wraps=True)
        self._so_far = soft("")
        self.body.addWidget(self.counting)
        self.body.addWidget(
            soft(
                "How often each rule spoke, and whether you changed, moved or kept the words: only counts, for half a "
                "year, encrypted on this computer. The policy page shows them, and a rule that you keep again and "
                "again offers there to become a note. Rules about clients never do."
            )
        )
        self.body.addWidget(_row(self.clear_button, self._cleared))
        self.body.addWidget(Hairline(theme))
        self.body.addWidget(self._trial)
        self.body.addWidget(soft(_ASKS_STILL))
        self.body.addWidget(self._so_far)
        self.body.addWidget(_row(self.trial_button))
        owner.settings_changed.connect(self._note_change)

    @property
    def sentences(self) -> tuple[str, str]:
        """How the trial stands, and what it would have done so far."""
        return self._trial.text(), self._so_far.text()

    def refresh(self) -> None:
        """Shows what is set now."""
        self.counting.setChecked(self._owner.settings.keeps_counts)
        self._cleared.setText("")
        trial = self._owner.trial
        is_quiet, left = trial.is_quiet, trial.days_left
        self.trial_button.set_words("Switch the gate on" if is_quiet else "Begin two quiet weeks")
        days = "1 day left" if left == 1 else f"{left} days left"
        self._so_far.setVisible(is_quiet)
        self._trial.setText(f"Quiet trial since {self._begun_on()}, {days}" if is_quiet else "Quiet trial: off")
        if is_quiet:
            self._so_far.setText(self._reported())

    def _begun_on(self) -> str:
        try:
            day = date.fromisoformat(self._owner.settings.trial_started_on)
        except ValueError:
            return "a day that is not known any more"
        return day_of(datetime.combine(day, time(12), UTC))

    def _reported(self) -> str:
        try:
            return reported(self._owner.trial.report(), "So far")
        except TwoHatsError as problem:
            return wording.error(problem)

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _clear(self) -> None:
        self._try(self._owner.learning.clear, self._cleared, "Cleared. Your rules stay as you set them.")

    def _turn_trial(self) -> None:
        trial = self._owner.trial
        self._try(trial.end if trial.is_quiet else trial.begin, self._so_far)

    def _try(self, wish: Callable[[], None], label: Label, done: str = "") -> None:
        try:
            wish()
        except TwoHatsError as problem:
            label.setText(wording.error(problem))
            label.show()
        else:
            if done:
                label.setText(done)


def _row(*parts: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    for part in parts:
        layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    layout.addStretch(1)
    return row
