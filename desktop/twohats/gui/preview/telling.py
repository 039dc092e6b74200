"""What we say below a post: what keeps it from going, what changes on its way, who reads it, what it costs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.composer.departure import dollars
from twohats.gui.theme import Theme
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.rendition import Rendition


class Telling(QWidget):
    """Lines in their order of weight, made anew only when one of them changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[tuple[str, str], ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 10)
        self._column.setSpacing(4)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for _icon, sentence in self._lines or ())

    def show_rendition(self, rendition: Rendition) -> None:
        """Shows what is to be said of it."""
        lines = (
            *(("problem", sentence) for sentence in problems_of(rendition)),
            *(("note", sentence) for sentence in notes_of(rendition)),
            ("eye", audience_of(rendition)),
            *((("coin", f"Costs about {dollars(rendition.cost_mills)}"),) if rendition.cost_mills else ()),
        )
        if lines == self._lines:
            return
        self._lines = lines
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for icon_name, sentence in lines:
            made = Problem(self._theme, sentence) if icon_name == "problem" else _Line(self._theme, icon_name, sentence)
            self._column.addWidget(made)


class Problem(QFrame):
    """What keeps a post from going, in a sentence."""

    def __init__(self, theme: Theme, sentence: str) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(Glyph(theme, "warning", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(sentence, wraps=True), 1)


class _Line(QWidget):
    def __init__(self, theme: Theme, icon_name: str, sentence: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Glyph(theme, icon_name, "text-soft", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(sentence, "small", wraps=True), 1)


def problems_of(rendition: Rendition) -> tuple[str, ...]:
    """What keeps it from going, but for that nothing is written yet."""
    count = rendition.count
    facts = {"used": f"{count.used:,}", "limit": f"{count.limit or 0:,}", "unit": count.unit}
    return tuple(wording.sentence("problem", code, **facts) for code in rendition.problems if code != "empty")


def notes_of(rendition: Rendition) -> tuple[str, ...]:
    """What the person should know of how it goes there."""
    return tuple(wording.sentence("note", code) for code in rendition.notes)


def audience_of(rendition: Rendition) -> str:
    """Who reads it, in a word or two."""
    chosen = f"{rendition.network}.{rendition.audience}" if rendition.audience else rendition.network
    return wording.sentence("audience_name", chosen)
