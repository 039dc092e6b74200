"""One page of a guide: what to do there, what to copy, and the fields for what comes of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.gui.accounts.copy_lines import CopyLines
from twohats.gui.accounts.guide import GuideField, GuidePage
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.fields import Field
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label, soft, title

_NEEDED = "This is needed to go on."
_KEPT = "It lies in the keyring already. Leave this empty to use it again."


class WayPage(QWidget):
    """`known` fills fields; those in `kept` may stay empty, since the keyring has them."""

    page_wanted = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, page: GuidePage, why: str, known: dict[str, str], kept: frozenset[str]) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.edits: dict[str, QLineEdit] = {}
        self._may_be_empty = frozenset(f.name for f in page.fields if f.may_be_empty or f.name in kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        if page.title:
            column.addWidget(title(page.title))
        if why:
            column.addWidget(soft(why))
        if page.steps:
            column.addLayout(_steps(page.steps))
        if page.copies:
            self.copies = CopyLines(theme, page.copies)
            column.addWidget(self.copies)
        if page.opens:
            self.open_button = Button(theme, "Open the page", "quiet", "external", page.opens)
            self.open_button.setAccessibleName(f"Open the page at {page.host}")
            self.open_button.clicked.connect(lambda: self.page_wanted.emit(page.opens))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(self.open_button)
            row.addWidget(Label(page.host, "small"), 1)
            column.addLayout(row)
        for field in page.fields:
            column.addWidget(self._made_field(field, known.get(field.name, ""), field.name in kept))
        column.addStretch(1)

    @property
    def given(self) -> dict[str, str]:
        """What stands in the fields, by name."""
        return {name: edit.text().strip() for name, edit in self.edits.items()}

    def first_missing(self) -> QLineEdit | None:
        """Says below the field what is missing; the first such field, None when all is there."""
        first = None
        for name, edit in self.edits.items():
            is_missing = name not in self._may_be_empty and not edit.text().strip()
            self.fields[name].tell_fault(_NEEDED if is_missing else "")
            if is_missing and first is None:
                first = edit
        return first

    def focus_first(self) -> None:
        """The first empty field, or the button that opens the page."""
        edits = list(self.edits.values())
        empty = [edit for edit in edits if not edit.text()]
        if empty or edits:
            (empty or edits)[0].setFocus()
        elif hasattr(self, "open_button"):
            self.open_button.setFocus()

    def forget_secrets(self) -> None:
        for edit in self.edits.values():
            if edit.echoMode() is QLineEdit.EchoMode.Password:
                edit.clear()

    def _made_field(self, field: GuideField, known: str, is_kept: bool) -> Field:
        edit = QLineEdit()
        edit.setPlaceholderText(field.example)
        edit.setText("" if field.is_secret else known)
        edit.setCursorPosition(0)
        edit.returnPressed.connect(self.entered)
        if field.is_secret:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        made = Field(field.label, edit, _KEPT if is_kept else field.hint)
        edit.textEdited.connect(lambda: made.tell_fault(""))
        self.edits[field.name], self.fields[field.name] = edit, made
        return made


def _steps(sentences: tuple[str, ...]) -> QVBoxLayout:
    """Steps with their numbers, each sentence hanging beside its own."""
    column = QVBoxLayout()
    column.setSpacing(8)
    for number, sentence in enumerate(sentences, 1):
        row = QHBoxLayout()
        row.setSpacing(8)
        if len(sentences) > 1:
            row.addWidget(Label(f"{number}."), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(sentence, wraps=True), 1)
        column.addLayout(row)
    return column
