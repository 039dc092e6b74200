"""What a blog wants beside the text: a title above it; tags and an excerpt below."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.gui.composer.written_keys import writes
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import Glyph
from twohats.model.draft import Draft
from twohats.model.span import Field

BLOGS = frozenset({"folder", "wordpress"})
"""Networks that take a title, tags and an excerpt."""


class TitleField(QLineEdit):
    """The title, on a line of its own above the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare-title")
        self.setPlaceholderText("Title, for the blog")
        self.setAccessibleName("Title")
        self._is_walk_selection = False  # made to be looked at, not by the person
        self.textChanged.connect(self._weigh)
        self.selectionChanged.connect(self._note_selection)
        self._weigh("")

    def show_title(self, title: str) -> None:
        if self.text() != title:
            with QSignalBlocker(self):
                _put(self, title)
            self._weigh(title)

    def show_words(self, start: int, end: int) -> None:
        """Selects a stretch, in UTF-16 positions. A letter typed next goes behind it, as in the text."""
        self.setFocus()
        self.setSelection(start, end - start)
        self._is_walk_selection = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_walk_selection and writes(event):
            self.setCursorPosition(self.selectionEnd())
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._is_walk_selection and (event.preeditString() or event.commitString()):
            self.setCursorPosition(self.selectionEnd())
        super().inputMethodEvent(event)

    def _note_selection(self) -> None:
        self._is_walk_selection = False

    def _weigh(self, title: str) -> None:
        """A title is bold, the hint that stands for it is not."""
        if self.property("filled") != bool(title):
            self.setProperty("filled", bool(title))
            self.style().unpolish(self)
            self.style().polish(self)


class ArticleFoot(QWidget):
    """Tags with commas between them; the excerpt unfolds when it is wanted."""

    tags_edited = Signal(tuple)
    excerpt_edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._tags = QLineEdit()
        self._tags.setProperty("role", "bare")
        self._tags.setPlaceholderText("Tags, with commas between them")
        self._tags.setAccessibleName("Tags, with commas between them")
        self._tags.textEdited.connect(lambda text: self.tags_edited.emit(split_tags(text)))
        self._excerpt = QLineEdit()
        self._excerpt.setProperty("role", "bare")
        self._excerpt.setPlaceholderText("Excerpt: a sentence or two for lists and search")
        self._excerpt.setAccessibleName("Excerpt")
        self._excerpt.textEdited.connect(self.excerpt_edited)
        self._fold = Button(theme, "Excerpt", "flat", "chevron-down", "Show or hide the excerpt")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._show_excerpt)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Glyph(theme, "tag", "text-soft", 16))
        row.addWidget(self._tags, 1)
        row.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setContentsMargins(theme.px(16) + 8, 0, 0, 0)  # under the words of the tags
        below.addWidget(self._excerpt)
        column.addLayout(below)
        self._excerpt.hide()

    def show_draft(self, draft: Draft) -> None:
        """Takes over what a draft says, unless the person is just writing the same here."""
        if split_tags(self._tags.text()) != draft.tags:
            _put(self._tags, ", ".join(draft.tags))
        if self._excerpt.text() != draft.excerpt:
            _put(self._excerpt, draft.excerpt)

    def unfold_if_filled(self) -> None:
        """A draft with an excerpt shows it."""
        self._fold.setChecked(bool(self._excerpt.text()))

    def show_words(self, is_shown: bool) -> None:
        """Whether the button of the excerpt has its word beside its icon."""
        self._fold.show_words(is_shown)

    def show_field(self, field: Field) -> None:
        """Brings the tags or the excerpt into view and puts the caret there."""
        if field is Field.EXCERPT:
            self._fold.setChecked(True)
            self._excerpt.setFocus()
        else:
            self._tags.setFocus()

    def _show_excerpt(self, is_shown: bool) -> None:
        self._excerpt.setVisible(is_shown)
        self._fold.set_icon("chevron-up" if is_shown else "chevron-down")


def _put(field: QLineEdit, words: str) -> None:
    """Words that nobody is just writing there: a long line shows its beginning."""
    field.setText(words)
    if not field.hasFocus():
        field.setCursorPosition(0)


def split_tags(text: str) -> tuple[str, ...]:
    """The tags in a line with commas, without their hash, each once."""
    kept: dict[str, str] = {}
    for part in text.split(","):
        name = part.strip().lstrip("#").strip()
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())
