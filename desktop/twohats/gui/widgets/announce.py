"""Says something to a screen reader: politely, and only when a person asked for it or posts."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Speaks the words after whatever is being spoken; nothing happens when nobody listens."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
