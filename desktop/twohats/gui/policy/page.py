"""The policy: what you have let pass, and how loud each rule is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twohats.bridge.owner import Owner
from twohats.gui.policy.allowance_row import AllowanceRow
from twohats.gui.policy.rules import RuleGroups
from twohats.gui.theme import Theme
from twohats.gui.widgets.frames import Card, Hairline, Page
from twohats.gui.widgets.labels import soft, title
from twohats.gui.widgets.snackbar import Snackbar
from twohats.model.policy import Allowance, Scope


class PolicyPage(Page):
    def __init__(self, theme: Theme, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Policy", "What you have let pass, and what the check looks for under each hat.")
        self.setParent(parent)
        self._owner = owner
        self.topics = _Allowances(
            theme,
            "Topics you opened",
            "None. A topic is opened from a finding, with Keep…, when it is meant to be known.",
        )
        self.wordings = _Allowances(theme, "Words you let pass", "None yet.")
        self.rules = RuleGroups(theme)
        self.snackbar = Snackbar(theme, self)
        self.body.addWidget(self.topics)
        self.body.addWidget(self.wordings)
        self.body.addSpacing(12)
        self.body.addWidget(title("Rules"))
        self.body.addWidget(
            soft("Stop holds a post until it is changed or answered, Warning asks for a reason, Note only marks words.")
        )
        self.body.addWidget(self.rules)
        for part in (self.topics, self.wordings):
            part.removed.connect(self._remove)
        owner.policy_changed.connect(self._note_change)
        self.refresh()

    def refresh(self) -> None:
        """Reads the policy anew."""
        allowances = self._owner.allowances()
        self.topics.show_rows([a for a in allowances if a.scope is Scope.TOPIC])
        self.wordings.show_rows([a for a in allowances if a.scope is not Scope.TOPIC])
        self.rules.show_policy(self._owner.policy)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _remove(self, allowance: Allowance) -> None:
        self._owner.remove_allowance(allowance.id)
        self.snackbar.tell("It is checked again.", lambda: self._owner.add_allowance(allowance))


class _Allowances(Card):
    """A list of allowances under a name; says so when there is none."""

    removed = Signal(object)

    def __init__(self, theme: Theme, name: str, nothing: str) -> None:
        super().__init__(padding=16, spacing=10)
        self._theme = theme
        self.rows: list[AllowanceRow] = []
        self._nothing = soft(nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addWidget(title(name))
        self.body.addWidget(self._nothing)
        self.body.addLayout(self._list)

    def show_rows(self, allowances: list[Allowance]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [AllowanceRow(self._theme, allowance) for allowance in allowances]
        for row in self.rows:
            row.removed.connect(self.removed)
            self._list.addWidget(Hairline(self._theme))
            self._list.addWidget(row)
        self._nothing.setVisible(not allowances)
