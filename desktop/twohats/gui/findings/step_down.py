"""A rule that is often kept offers to step down: one quiet line, never in the way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.learning import Learning
from twohats.gui import wording
from twohats.gui.policy.counts_words import lowered, proposed
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Hairline
from twohats.gui.widgets.labels import Label
from twohats.model.errors import TwoHatsError
from twohats.model.tally import Proposal

_UNDO_STAYS_MS = 8000


class StepDown(QWidget):
    """Hidden while no rule offers it. After "Lower it" it says so for a while, with Undo."""

    def __init__(self, theme: Theme, learning: Learning) -> None:
        super().__init__()
        self._learning = learning
        self._lowered: Proposal | None = None
        self._label = Label("", "small", wraps=True)
        self.lower_button = Button(theme, "Lower it", "tiny-link")
        self.leave_button = Button(theme, "Leave it", "tiny-link")
        self.undo_button = Button(theme, "Undo", "tiny-link")
        self.lower_button.clicked.connect(self._lower)
        self.leave_button.clicked.connect(self._leave)
        self.undo_button.clicked.connect(self._undo)
        verbs = QHBoxLayout()
        verbs.setSpacing(12)
        for button in (self.lower_button, self.leave_button, self.undo_button):
            verbs.addWidget(button)
        verbs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(Hairline(theme))
        column.addSpacing(4)
        column.addWidget(self._label)
        column.addLayout(verbs)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end_undo)
        learning.proposal_changed.connect(self.show_proposal)
        self.show_proposal(learning.proposal)

    @property
    def sentence(self) -> str:
        return self._label.text()

    def show_proposal(self, made: Proposal | None) -> None:
        """Another one is open, or none; what was just lowered keeps its Undo for its time."""
        if self._lowered is None:
            self._show(proposed(made) if made else "", is_open=made is not None)

    def _show(self, words: str, *, is_open: bool = False, can_undo: bool = False) -> None:
        self._label.setText(words)
        self.setAccessibleName(words)
        self.lower_button.setVisible(is_open)
        self.leave_button.setVisible(is_open)
        self.undo_button.setVisible(can_undo)
        self.setVisible(bool(words))

    def _lower(self) -> None:
        made = self._learning.proposal
        if made is None:
            return
        had_focus = self.lower_button.hasFocus()
        self._lowered = made
        if not self._try(lambda: self._learning.lower(made)):
            self._lowered = None
            return
        self._show(lowered(made), can_undo=True)
        if had_focus:
            self.undo_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start(_UNDO_STAYS_MS)

    def _leave(self) -> None:
        made = self._learning.proposal
        if made is not None:
            self._try(lambda: self._learning.leave(made))

    def _undo(self) -> None:
        made, self._lowered = self._lowered, None
        self._timer.stop()
        if made is not None and self._try(lambda: self._learning.raise_again(made.rule, made.hat)):
            self.show_proposal(self._learning.proposal)

    def _try(self, wish: Callable[[], None]) -> bool:
        try:
            wish()
        except TwoHatsError as problem:
            self._show(wording.error(problem))
            return False
        return True

    def _end_undo(self) -> None:
        if self.undo_button.hasFocus():
            self._timer.start(_UNDO_STAYS_MS)
            return
        self._lowered = None
        self.show_proposal(self._learning.proposal)
