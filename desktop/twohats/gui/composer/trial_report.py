"""The report of the quiet trial on the desk: what the gate would have done, and the choice to go on."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.composer.trial_words import reported, reported_rules
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft
from twohats.model.errors import TwoHatsError


class TrialReportCard(Card):
    """Shown when the two weeks have passed, until it is answered. The gate is on meanwhile: that is the default."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__(padding=12, spacing=4)
        self._owner = owner
        self._is_told = False
        self._label = Label("", "strong", wraps=True)
        self._rules = soft("")
        self.on_button = Button(theme, "Keep the gate on", "small")
        self.quiet_button = Button(theme, "Two more quiet weeks", "small")
        self.on_button.clicked.connect(lambda: self._try(owner.trial.end))
        self.quiet_button.clicked.connect(lambda: self._try(owner.trial.begin))
        self.body.addWidget(self._label)
        self.body.addWidget(self._rules)
        self.body.addSpacing(4)
        self.body.addWidget(_row(self.on_button, self.quiet_button))
        owner.settings_changed.connect(self.refresh)
        self.refresh()

    @property
    def sentences(self) -> tuple[str, str]:
        return self._label.text(), self._rules.text()

    def refresh(self) -> None:
        """Shows the report when there is one to show."""
        trial = self._owner.trial
        if not trial.is_over:
            self._is_told = False
            self.hide()
            return
        if self._is_told:
            return  # what is posted from now on meets the gate
        self._is_told = True
        try:
            report = trial.report()
        except TwoHatsError as problem:
            self._tell(wording.error(problem), "")
        else:
            rules = reported_rules(report)
            self._tell(reported(report, "In two weeks"), f"{rules} From now on it asks again.".strip())
        self.show()

    def _tell(self, words: str, rules: str) -> None:
        self._label.setText(words)
        self._rules.setText(rules)
        self._rules.setVisible(bool(rules))
        self.setAccessibleName(f"{words} {rules}".strip())

    def _try(self, wish: Callable[[], None]) -> None:
        try:
            wish()
        except TwoHatsError as problem:
            self._tell(wording.error(problem), "")


def _row(*buttons: Button) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for button in buttons:
        layout.addWidget(button)
    layout.addStretch(1)
    return row
