"""The rule that offers to step down, with what it goes by."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from twohats.gui.policy.counts_words import proposed
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft
from twohats.model.tally import Proposal


class ProposalCard(Card):
    """Hidden while there is none."""

    lowered = Signal(object)
    left = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(padding=16, spacing=8)
        self._made: Proposal | None = None
        self._label = Label("", "strong", wraps=True)
        self.lower_button = Button(theme, "Lower it", "small")
        self.leave_button = Button(theme, "Leave it", "small")
        self.lower_button.clicked.connect(lambda: self.lowered.emit(self._made))
        self.leave_button.clicked.connect(lambda: self.left.emit(self._made))
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(self.lower_button)
        verbs.addWidget(self.leave_button)
        verbs.addStretch(1)
        self.body.addWidget(self._label)
        self.body.addWidget(soft("A note marks words and asks nothing. What weighs more than the rule stays a stop."))
        self.body.addLayout(verbs)
        self.hide()

    @property
    def sentence(self) -> str:
        return self._label.text()

    def show_proposal(self, made: Proposal | None) -> None:
        self._made = made
        words = proposed(made) if made else ""
        self._label.setText(words)
        self.setAccessibleName(words)
        self.setVisible(made is not None)
