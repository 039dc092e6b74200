"""Advice on a place, as a quiet card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from twohats.gui.accounts.advice import advice_for
from twohats.gui.theme import Theme
from twohats.gui.widgets.frames import Sunken
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat


class AdviceCard(Sunken):
    """What the place is good for, what it risks, who reads it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(padding=16, spacing=12)
        self._parts = {}
        for key, name, icon_name in (
            ("good_for", "Good for", "leaf"),
            ("risk", "Mind", "warning"),
            ("readers", "Who reads it", "eye"),
        ):
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
        self._parts["good_for"].setText(advice.good_for)
        self._parts["risk"].setText(advice.risk)
        self._parts["readers"].setText(advice.readers)
