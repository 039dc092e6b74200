"""Advice on a place, as a quiet card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from twohats.gui.accounts.advice import advice_for
from twohats.gui.theme import Theme
from twohats.gui.widgets.frames import Sunken
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat

_PARTS = (
    ("good_for", "Good for", "leaf"),
    ("risk", "Mind", "warning"),
    ("readers", "Who reads it", "eye"),
    ("costs", "What it costs", "coin"),
)


class AdviceCard(Sunken):
    """How the place suits the hat, what it is good for, what it risks, who reads it, what it costs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(padding=16, spacing=12)
        self.fit = Label("", "title", wraps=True)
        self.body.addWidget(self.fit)
        self._parts = {}
        for key, name, icon_name in _PARTS:
            words = Label("", wraps=True)
            self._parts[key] = words
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(Label(name, "strong"))
            column.addWidget(words)
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(Glyph(theme, icon_name, "text-soft", 18), 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(column, 1)
            self.body.addLayout(row)

    def show_advice(self, network: str, hat: Hat) -> None:
        advice = advice_for(network, hat)
        self.fit.setText(advice.fit)
        for key, words in self._parts.items():
            words.setText(getattr(advice, key))
