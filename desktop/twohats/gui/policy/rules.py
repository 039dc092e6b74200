"""The rules in their groups, each with its reason, how loud it is for each hat, and what became of what it found."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from twohats.boundary.policy import RulePolicy, rule_book
from twohats.flows.tally import RuleCounts
from twohats.gui import wording
from twohats.gui.policy.counts_words import of_rule, reasons_of
from twohats.gui.policy.severity_word import SeverityWord
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.frames import Card, Hairline
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import Label, soft, title
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.policy import Policy

GROUPS = (
    ("S", "Your own life", "Depends on the hat: what is fine among friends may burden a client."),
    ("C", "Clients and patients", "The same under both hats, and never quieter."),
    ("T", "Other people", "Those who cannot agree to being written about here."),
    ("D", "Conduct", "What boards and codes of ethics ask of anybody with a licence."),
    ("H", "Wrong hat", "Posts that seem to belong to the other side."),
)

_WEIGHT_PX = 76


class RuleGroups(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[dict[tuple[str, Hat], Severity], tuple[RuleCounts, ...]] | None = None
        self._grids: list[QGridLayout] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        theme.theme_changed.connect(self._fit_columns)

    def show_policy(self, policy: Policy, counts: tuple[RuleCounts, ...]) -> None:
        """Every rule as it weighs under this policy; nothing is done when all is as before."""
        shown = (dict(policy.severities), counts)
        if shown == self._shown:
            return
        self._shown = shown
        self._grids = []
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for letter, name, about in GROUPS:
            rows = [row for rule, row in rule_book().items() if rule.startswith(letter)]
            if rows:
                self._column.addWidget(self._make_group(name, about, rows, policy, counts))
        self._fit_columns()

    def _fit_columns(self) -> None:
        for grid in self._grids:
            for number in (1, 2):
                grid.setColumnMinimumWidth(number, self._theme.px(_WEIGHT_PX))

    def _make_group(
        self, name: str, about: str, rows: list[RulePolicy], policy: Policy, counts: tuple[RuleCounts, ...]
    ) -> QWidget:
        theme = self._theme
        card = Card(padding=16, spacing=4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        self._grids.append(grid)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(title(name))
        head.addWidget(soft(about))
        grid.addLayout(head, 0, 0)
        for number, hat in enumerate(Hat, 1):
            grid.addWidget(Label(hat_name(hat), "small"), 0, number, Qt.AlignmentFlag.AlignBottom)
        for place, row in enumerate(rows):
            line = place * 2 + 1
            rule_title = wording.rule_title(row.rule)
            grid.addWidget(Hairline(theme), line, 0, 1, 3)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(Label(rule_title, "strong", wraps=True))
            words.addWidget(soft(wording.sentence("reason", row.rule)))
            became = of_rule(counts, row.rule)
            if became:
                label = Label(became, "small", wraps=True)
                label.setToolTip(reasons_of(counts, row.rule))
                label.setAccessibleDescription(label.toolTip())
                words.addWidget(label)
            grid.addLayout(words, line + 1, 0)
            for number, hat in enumerate(Hat, 1):
                severity = policy.severities.get((row.rule, hat), row.severities[hat])
                mark = SeverityWord(theme, severity, f"{rule_title}, {hat_name(hat)}")
                grid.addWidget(mark, line + 1, number, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        card.body.addLayout(grid)
        return card
