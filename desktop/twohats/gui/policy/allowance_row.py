"""One allowance: what passes, under which rule and hat, since when, and the way to take it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.sent.moment import day_of
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import HatMark
from twohats.gui.widgets.labels import Label
from twohats.model.policy import Allowance, Scope

_SCOPES = {
    Scope.POST: "In one post",
    Scope.WORDING: "Whenever it is worded so",
    Scope.TOPIC: "The whole topic",
    Scope.NOT_PERSONAL: "Marked as not personal",
}


class AllowanceRow(QWidget):
    removed = Signal(object)

    def __init__(self, theme: Theme, allowance: Allowance) -> None:
        super().__init__()
        name = wording.rule_title(allowance.rule)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(name, "strong", wraps=True))
        if allowance.wording:
            words.addWidget(Label(f"“{allowance.wording}”", wraps=True))
        parts = [_SCOPES[allowance.scope], f"since {day_of(allowance.made_at)}", _reason(allowance)]
        words.addWidget(Label(" · ".join(part for part in parts if part), "small", wraps=True))
        self.remove_button = Button(theme, "Remove", "small")
        self.remove_button.setAccessibleName(f"Remove the allowance for {name}")
        self.remove_button.clicked.connect(lambda: self.removed.emit(allowance))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(HatMark(theme, allowance.hat), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)


def _reason(allowance: Allowance) -> str:
    if not allowance.reason:
        return ""
    return wording.answer(allowance.reason) if wording.has_sentence("answer", allowance.reason) else allowance.reason
