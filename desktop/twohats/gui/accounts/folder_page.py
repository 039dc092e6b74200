"""A blog folder for one hat: the place that needs no account."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.fields import Field
from twohats.gui.welcome.folder_form import FolderForm, default_folder
from twohats.gui.widgets.buttons import Button
from twohats.model.account import Account
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Hat


class FolderPage(QWidget):
    """Adds a folder, or moves an account to another; `done` when it is kept."""

    done = Signal()
    left = Signal()
    before = Signal()

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__()
        self._owner = owner
        self._hat = Hat.PROFESSIONAL
        self._changing: Account | None = None
        self._forms = {hat: FolderForm(theme, hat) for hat in Hat}
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://example.com")
        self._address_field = Field(
            "Address of the blog", self.address, "Only for the links in your records. May stay empty."
        )
        self.leave_button = Button(theme, "Cancel", "flat")
        self.leave_button.clicked.connect(self.left)
        self.back_button = Button(theme, "Back")
        self.back_button.clicked.connect(self.before)
        self.add_button = Button(theme, "Add folder", "primary")
        self.add_button.clicked.connect(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for form in self._forms.values():
            column.addWidget(form)
        column.addWidget(self._address_field)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.leave_button, self.back_button, self.add_button):
            foot.addWidget(button)
        column.addLayout(foot)
        column.addStretch(1)

    @property
    def form(self) -> FolderForm:
        return self._forms[self._hat]

    @property
    def is_changing(self) -> bool:
        return self._changing is not None

    def begin(self, hat: Hat, changing: Account | None = None) -> None:
        """A new folder for a hat, or another one for an account."""
        self._hat, self._changing = hat, changing
        for one, form in self._forms.items():
            form.setVisible(one is hat)
        if changing is None:
            self.form.show_folder(default_folder(hat), "plain")
        else:
            self.form.show_folder(changing.settings.get("path", ""), changing.settings.get("preset", "plain"))
        self.address.clear()
        self._address_field.setVisible(changing is None)
        self.back_button.setVisible(changing is None)
        self.add_button.set_words("Add folder" if changing is None else "Use this folder")
        self.add_button.set_hat(hat)

    def _keep(self) -> None:
        form = self.form
        try:
            if self._changing is None:
                self._owner.add_folder(self._hat, form.folder, form.layout_name, self.address.text().strip())
            else:
                self._owner.move_folder(self._changing, form.folder, form.layout_name)
        except TwoHatsError as problem:
            form.tell_fault(wording.error(problem))
            return
        self.done.emit()
