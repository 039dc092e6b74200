"""The system's timer, which sends planned posts while the window is closed: how it stands, install, remove."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.theme import Theme
from twohats.gui.timer_words import timer_sentence
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft
from twohats.system_timer.texts import EVERY_MINUTES
from twohats.system_timer.timer import TimerState

_SECTION = "timer"


class TimerCard(Card):
    """Asks the system when it is shown; what it says comes a moment later."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__(padding=16, spacing=8)
        self._owner = owner
        self._says_it_aloud = False
        self._state = Label(wording.sentence(_SECTION, "looking"), "strong", wraps=True)
        self.install_button = Button(theme, wording.sentence(_SECTION, "install"), "small", "clock")
        self.remove_button = Button(theme, wording.sentence(_SECTION, "remove"), "small", "trash")
        self.install_button.clicked.connect(lambda: self._wish(owner.install_timer))
        self.remove_button.clicked.connect(lambda: self._wish(owner.remove_timer))
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons)
        flow.addWidget(self.install_button)
        flow.addWidget(self.remove_button)
        self.body.addWidget(self._state)
        self.body.addWidget(soft(wording.sentence(_SECTION, "about", minutes=EVERY_MINUTES)))
        self.body.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignTop)
        owner.timer_changed.connect(self.show_state)
        owner.timer_failed.connect(self._show_failure)
        self.show_state(owner.timer_state())

    @property
    def sentence(self) -> str:
        """How it stands."""
        return self._state.text()

    def refresh(self) -> None:
        """Asks the system again."""
        self._owner.look_at_timer()

    def show_state(self, state: TimerState | None) -> None:
        """How it stands; None while nobody has looked."""
        self._say(timer_sentence(state), "good" if state and state.is_installed else "")
        has_any = state is not None and (state.is_installed or state.is_of_another)
        self._buttons.setVisible(state is not None and bool(state.kind))
        self.install_button.setVisible(not (state and state.is_installed))
        self.remove_button.setVisible(has_any)
        for button in (self.install_button, self.remove_button):
            button.setEnabled(True)

    def _show_failure(self, code: str, facts: dict[str, object]) -> None:
        self._say(wording.sentence("error", code, **facts), "warn")
        for button in (self.install_button, self.remove_button):
            button.setEnabled(True)

    def _wish(self, ask: Callable[[], None]) -> None:
        for button in (self.install_button, self.remove_button):
            button.setEnabled(False)
        self._says_it_aloud = True
        ask()

    def _say(self, words: str, tone: str) -> None:
        self._state.setText(words)
        self._state.set_tone(tone)
        if self._says_it_aloud:
            announce(self, words)
        self._says_it_aloud = False
