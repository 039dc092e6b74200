"""Which keys write: they must not replace words that were selected only to be looked at."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def writes(event: QKeyEvent) -> bool:
    """Whether the key brings a character or a new line; Delete, Backspace and shortcuts do not."""
    has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return not has_control and not has_alt
    # Both together are AltGr, and Alt alone writes on a Mac.
    return event.text().isprintable() and event.text() != "" and (has_alt or not has_control)
