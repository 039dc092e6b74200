"""One identity: its name, its title, its colour and icon, with its plate above, live."""

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.gui.preview.plate import HatPlate
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.choices import ColourChoice, IconChoice
from twohats.gui.welcome.fields import Field
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat, Identity, fresh_identities

_FRESH_NAMES = {identity.hat: identity.name for identity in fresh_identities()}
_LONGEST_NAME = 80


class IdentityForm(QWidget):
    """Filled with an identity by `show_identity`; `value` is the identity as it stands in the form."""

    def __init__(self, theme: Theme, hat: Hat) -> None:
        super().__init__()
        self._theme = theme
        self._hat = hat
        self._identity = next(identity for identity in fresh_identities() if identity.hat is hat)
        is_personal = hat is Hat.PERSONAL
        self.plate = HatPlate(theme, hat)
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setPlaceholderText("As friends know you" if is_personal else "As on your door")
        self.credentials = QLineEdit()
        self.credentials.setMaxLength(_LONGEST_NAME)
        self.credentials.setPlaceholderText("PhD, Licensed Psychologist")
        self.colour = ColourChoice(theme, hat)
        self.icon = IconChoice(theme, hat)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.plate)
        column.addWidget(Field("Name", self.name))
        # Both hats stand side by side: heard alone, "Name" would not tell whose.
        self.name.setAccessibleName(f"{hat.value.capitalize()} name")
        if is_personal:
            column.addLayout(self._make_no_title())
        else:
            column.addWidget(Field("Credentials", self.credentials))
        marks = QHBoxLayout()
        marks.setSpacing(GAP * 2)
        marks.addWidget(Field("Colour", self.colour))
        marks.addWidget(Field("Icon", self.icon))
        marks.addStretch(1)
        column.addLayout(marks)
        for edit in (self.name, self.credentials):
            edit.textChanged.connect(self._show_live)
        for choice in (self.colour, self.icon):
            choice.chosen.connect(self._show_live)

    def show_identity(self, identity: Identity) -> None:
        """Fills the form. A name that was never given is shown as an empty field."""
        self._identity = identity
        self.name.setText("" if identity.name == _FRESH_NAMES[self._hat] else identity.name)
        self.credentials.setText(identity.credentials)
        self.colour.choose(identity.accent)
        self.icon.choose(identity.icon)
        self._show_live()

    @property
    def value(self) -> Identity:
        """The identity as it stands here; an empty name keeps the one before."""
        return replace(
            self._identity,
            name=" ".join(self.name.text().split()) or self._identity.name,
            credentials=" ".join(self.credentials.text().split()) if self._hat is Hat.PROFESSIONAL else "",
            accent=self.colour.value,
            icon=self.icon.value,
        )

    def _make_no_title(self) -> QGridLayout:
        """A remark in as much room as the field takes on the other side, so that both sides stay level."""
        room = Field("Credentials", self.credentials)
        keeps_room = room.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        room.setSizePolicy(keeps_room)
        room.hide()
        grid = QGridLayout()
        grid.addWidget(room, 0, 0)
        grid.addWidget(Label("No title on this side: here you are off duty.", "small", wraps=True), 0, 0)
        return grid

    def _show_live(self) -> None:
        self.plate.show_identity(self.value)
