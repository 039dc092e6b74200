"""What we say below a post: what keeps it from going, what changes on its way, who reads it, what it costs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.composer.departure import dollars
from twohats.gui.theme import Theme
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.rendition import Rendition


class Telling(QWidget):
    """Lines in their order of weight, kept in place while only their words change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[tuple[str, str], ...] = ()
        self._labels: list[Label] = []
        self._about: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 10)
        self._column.setSpacing(4)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for _icon, sentence in self._lines)

    def show_rendition(self, rendition: Rendition) -> None:
        """Shows what is to be said of it."""
        told = (rendition.problems, rendition.notes, rendition.audience, rendition.cost_mills)
        about = (*told, rendition.count if rendition.problems else None)
        if about == self._about:
            return
        self._about = about
        lines = (
            *(("problem", sentence) for sentence in problems_of(rendition)),
            *(("note", sentence) for sentence in notes_of(rendition)),
            ("eye", audience_of(rendition)),
            *((("coin", f"Costs about {dollars(rendition.cost_mills)}"),) if rendition.cost_mills else ()),
        )
        kinds = [icon_name for icon_name, _sentence in lines]
        if kinds != [icon_name for icon_name, _sentence in self._lines]:
            self._make(kinds)
        self._lines = lines
        for label, (_icon_name, sentence) in zip(self._labels, lines, strict=True):
            if label.text() != sentence:
                label.setText(sentence)

    def _make(self, kinds: Sequence[str]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._labels = []
        for kind in kinds:
            made = Problem(self._theme) if kind == "problem" else _Line(self._theme, kind)
            self._column.addWidget(made)
            self._labels.append(made.label)


class Problem(QFrame):
    """What keeps a post from going, in a sentence."""

    def __init__(self, theme: Theme, sentence: str = "") -> None:
        super().__init__()
        self.label = Label(sentence, wraps=True)
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(Glyph(theme, "warning", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)


class _Line(QWidget):
    def __init__(self, theme: Theme, icon_name: str) -> None:
        super().__init__()
        self.label = Label("", "small", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Glyph(theme, icon_name, "text-soft", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)


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
