"""Labels in the few sizes that the look knows: heading, title, body, soft, small, counter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from twohats.gui.theme import Theme


class Label(QLabel):
    """Words in one of the roles of the style sheet: "heading", "title", "strong", "soft", "small", "quote", ""."""

    def __init__(self, text: str = "", role: str = "", *, wraps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wraps)

    def set_tone(self, tone: str) -> None:
        """The colour of a state: "stop", "warn", "good", or "" for none."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


def heading(text: str) -> Label:
    """The name of a page."""
    return Label(text, "heading", wraps=True)


def title(text: str) -> Label:
    """The name of a part of a page."""
    return Label(text, "title", wraps=True)


def soft(text: str) -> Label:
    """Help beside or below, over several lines if need be."""
    return Label(text, "soft", wraps=True)


def small(text: str) -> Label:
    """A quiet remark on one line."""
    return Label(text, "small")


class CounterLabel(Label):
    """A number that changes: figures of one width, so that nothing shakes."""

    def __init__(self, theme: Theme, text: str = "") -> None:
        super().__init__(text, "small")
        self._theme = theme
        self._restyle()
        theme.theme_changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFont(self._theme.counter_font())
