"""The professional card: what the owner says in public on purpose."""

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from twohats.gui.theme import GAP
from twohats.gui.welcome.fields import Field
from twohats.model.identity import ProfessionalCard

_LONGEST = 300


class CardForm(QWidget):
    """Filled with a card by `show_card`; `value` is the card as it stands in the form."""

    def __init__(self) -> None:
        super().__init__()
        self.practice = _edit("Harbour Street Practice")
        self.licence = _edit("PSY 12345")
        self.address = _edit("12 Elm Street, Westbrook")
        self.phone = _edit("555-0100")
        self.email = _edit("intake@example.com")
        self.website = _edit("https://example.com")
        self.disclaimer = _edit("General information, no treatment by post.")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        grid.addWidget(Field("Practice", self.practice), 0, 0)
        grid.addWidget(Field("Licence", self.licence), 0, 1)
        grid.addWidget(Field("Office address", self.address), 1, 0)
        grid.addWidget(Field("Office phone", self.phone), 1, 1)
        grid.addWidget(Field("Practice e-mail", self.email), 2, 0)
        grid.addWidget(Field("Website", self.website), 2, 1)
        grid.addWidget(Field("Disclaimer", self.disclaimer), 3, 0, 1, 2)

    @property
    def edits(self) -> tuple[QLineEdit, ...]:
        return tuple(edit for edit, _ in self._pairs(ProfessionalCard()))

    def show_card(self, card: ProfessionalCard) -> None:
        for edit, text in self._pairs(card):
            edit.setText(text)
            edit.setCursorPosition(0)

    @property
    def value(self) -> ProfessionalCard:
        return ProfessionalCard(
            practice=self.practice.text().strip(),
            address=self.address.text().strip(),
            phone=self.phone.text().strip(),
            email=self.email.text().strip(),
            website=self.website.text().strip(),
            licence=self.licence.text().strip(),
            disclaimer=self.disclaimer.text().strip(),
        )

    def _pairs(self, card: ProfessionalCard) -> tuple[tuple[QLineEdit, str], ...]:
        return (
            (self.practice, card.practice),
            (self.address, card.address),
            (self.phone, card.phone),
            (self.email, card.email),
            (self.website, card.website),
            (self.licence, card.licence),
            (self.disclaimer, card.disclaimer),
        )


def _edit(example: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setMaxLength(_LONGEST)
    edit.setPlaceholderText(example)
    return edit
