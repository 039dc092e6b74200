"""The policy: what you have let pass, how loud each rule is, and what became of what it found."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twohats.bridge.learning import ChangedRule
from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.policy.allowance_row import AllowanceRow
from twohats.gui.policy.changed_rule_row import ChangedRuleRow
from twohats.gui.policy.counts_words import lowered
from twohats.gui.policy.proposal_card import ProposalCard
from twohats.gui.policy.rules import RuleGroups
from twohats.gui.theme import Theme
from twohats.gui.widgets.frames import Card, Hairline, Page
from twohats.gui.widgets.labels import soft, title
from twohats.gui.widgets.snackbar import Snackbar
from twohats.model.errors import TwoHatsError
from twohats.model.policy import Allowance, Scope
from twohats.model.tally import Proposal


class PolicyPage(Page):
    def __init__(self, theme: Theme, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Policy", "What you have let pass, and what the check looks for under each hat.")
        self.setParent(parent)
        self._theme = theme
        self._owner = owner
        self.proposal = ProposalCard(theme)
        self.topics = _Rows(
            theme,
            "Topics you opened",
            "None. A topic is opened from a finding, with Keep…, when it is meant to be known.",
        )
        self.wordings = _Rows(theme, "Words you let pass", "None yet.")
        self.changed = _Rows(
            theme, "Rules you changed", "None. A rule that you keep again and again offers to become a note."
        )
        self.rules = RuleGroups(theme)
        self._counted = soft("")
        self.snackbar = Snackbar(theme, self)
        self.body.addWidget(self.proposal)
        self.body.addWidget(self.topics)
        self.body.addWidget(self.wordings)
        self.body.addWidget(self.changed)
        self.body.addSpacing(12)
        self.body.addWidget(title("Rules"))
        self.body.addWidget(
            soft("Stop holds a post until it is changed or answered, Warning asks for a reason, Note only marks words.")
        )
        self.body.addWidget(self._counted)
        self.body.addWidget(self.rules)
        self.proposal.lowered.connect(self._lower)
        self.proposal.left.connect(self._leave)
        owner.policy_changed.connect(self._note_change)
        owner.settings_changed.connect(self._note_change)
        owner.learning.counted.connect(self._note_change)
        owner.learning.proposal_changed.connect(self._note_change)
        self.refresh()

    def refresh(self) -> None:
        """Reads the policy and the counts anew."""
        owner, theme = self._owner, self._theme
        allowances = owner.allowances()
        self.topics.show_rows([self._allowance_row(a) for a in allowances if a.scope is Scope.TOPIC])
        self.wordings.show_rows([self._allowance_row(a) for a in allowances if a.scope is not Scope.TOPIC])
        changed_rows = [ChangedRuleRow(theme, changed) for changed in owner.learning.changed_rules()]
        for row in changed_rows:
            row.taken_back.connect(self._take_back)
        self.changed.show_rows(changed_rows)
        counts = owner.learning.counts()
        self.proposal.show_proposal(owner.learning.proposal)
        self.rules.show_policy(owner.policy, counts)
        self._counted.setText(_how_counted(bool(counts), owner.settings.keeps_counts))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _allowance_row(self, allowance: Allowance) -> AllowanceRow:
        row = AllowanceRow(self._theme, allowance)
        row.removed.connect(self._remove)
        return row

    def _remove(self, allowance: Allowance) -> None:
        self._owner.remove_allowance(allowance.id)
        self.snackbar.tell("It is checked again.", lambda: self._owner.add_allowance(allowance))

    def _lower(self, made: Proposal) -> None:
        learning = self._owner.learning
        if self._try(lambda: learning.lower(made)):
            self.snackbar.tell(lowered(made), lambda: self._try(lambda: learning.raise_again(made.rule, made.hat)))

    def _leave(self, made: Proposal) -> None:
        self._try(lambda: self._owner.learning.leave(made))

    def _take_back(self, changed: ChangedRule) -> None:
        if self._try(lambda: self._owner.learning.raise_again(changed.rule, changed.hat)):
            self.snackbar.tell("It weighs as usual again.", lambda: self._try(lambda: self._change_again(changed)))

    def _change_again(self, changed: ChangedRule) -> None:
        if changed.answer is not None:
            self._owner.learning.lower(changed.answer.proposal)
        else:
            self._owner.set_severity(changed.rule, changed.hat, changed.severity)

    def _try(self, wish: Callable[[], None]) -> bool:
        try:
            wish()
        except TwoHatsError as problem:
            self.snackbar.tell(wording.error(problem))
            return False
        return True


def _how_counted(has_counts: bool, keeps_counts: bool) -> str:
    if not keeps_counts:
        return "What becomes of findings is not counted. Settings has the switch."
    if not has_counts:
        return "Once findings were shown, it stands here what became of them. Only counts are kept, on this computer."
    return "Under each rule stands what became of its findings in the last half year. Only counts are kept."


class _Rows(Card):
    """A list under a name; says so when there is nothing in it."""

    def __init__(self, theme: Theme, name: str, nothing: str) -> None:
        super().__init__(padding=16, spacing=10)
        self._theme = theme
        self.rows: Sequence[QWidget] = ()
        self._nothing = soft(nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addWidget(title(name))
        self.body.addWidget(self._nothing)
        self.body.addLayout(self._list)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = rows
        for row in rows:
            self._list.addWidget(Hairline(self._theme))
            self._list.addWidget(row)
        self._nothing.setVisible(not rows)
