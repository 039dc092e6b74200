"""One rule that weighs otherwise than usual under a hat, and the way back."""

from datetime import UTC, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.learning import ChangedRule
from twohats.gui import wording
from twohats.gui.findings.severity_mark import SEVERITY_WORDS
from twohats.gui.sent.moment import day_of
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import HatMark, hat_name
from twohats.gui.widgets.labels import Label


class ChangedRuleRow(QWidget):
    taken_back = Signal(object)

    def __init__(self, theme: Theme, changed: ChangedRule) -> None:
        super().__init__()
        name = wording.rule_title(changed.rule)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(name, "strong", wraps=True))
        words.addWidget(Label(told(changed), "small", wraps=True))
        verb = "Raise again" if changed.severity < changed.usual else "As usual again"
        self.back_button = Button(theme, verb, "small")
        self.back_button.setAccessibleName(f"{verb}: {name}, {hat_name(changed.hat)}")
        self.back_button.clicked.connect(lambda: self.taken_back.emit(changed))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(HatMark(theme, changed.hat), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)


def told(changed: ChangedRule) -> str:
    """ "Note instead of warning · since 22 November 2026, when it had been kept 15 of 20 times"."""
    now = SEVERITY_WORDS.get(changed.severity, "Silent")
    usual = SEVERITY_WORDS.get(changed.usual, "Silent").lower()
    words = f"{now} instead of {usual}"
    if changed.answer is None:
        return words
    day = day_of(datetime.combine(changed.answer.on, time(12), UTC))
    made = changed.answer.proposal
    return f"{words} · since {day}, when it had been kept {made.kept} of {made.shown} times"
