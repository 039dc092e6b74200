"""A field with its name above it, and a hint or a fault below."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.frames import bring_into_view
from twohats.gui.widgets.labels import Label


class Field(QWidget):
    """`edit` takes the words; the name is spoken with it. `tell_fault` says what is wrong with them."""

    def __init__(self, name: str, edit: QWidget, hint: str = "") -> None:
        super().__init__()
        self.edit = edit
        self._hint_words = hint
        edit.setAccessibleName(name)
        label = Label(name, "small")
        label.setBuddy(edit)
        self._hint = Label(hint, "small", wraps=True)
        self._hint.setVisible(bool(hint))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(edit)
        column.addWidget(self._hint)

    def show_hint(self, hint: str) -> None:
        """Another hint below the field."""
        self._hint_words = hint
        self.tell_fault("")

    def tell_fault(self, sentence: str) -> None:
        """Shows what is wrong in place of the hint; an empty sentence brings the hint back."""
        self._hint.setText(sentence or self._hint_words)
        self._hint.set_tone("stop" if sentence else "")
        self._hint.setVisible(bool(sentence or self._hint_words))
        self.edit.setAccessibleDescription(sentence or self._hint_words)
        if sentence:
            bring_into_view(self._hint)
            announce(self, sentence)
