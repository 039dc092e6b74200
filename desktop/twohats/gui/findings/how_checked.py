"""Where a check saw less than it can: said in a quiet line, with what it means under Why."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label
from twohats.model.finding import CheckResult

_SECTION = "checked"
_READ = "en"


@dataclass(frozen=True, slots=True)
class Less:
    """`why` says what it means, in a sentence or two."""

    sentence: str
    why: str


def how_checked(result: CheckResult) -> tuple[Less, ...]:
    """Nothing when all of it was read in full."""
    if result.language != _READ:
        return (_told("other_language", wording.language(result.language)),)
    less = []
    if result.other_languages:
        less.append(_told("other_paragraphs", listed(tuple(map(wording.language, result.other_languages)))))
    if result.by_rules_only:
        less.append(_told("rules_only"))
    return tuple(less)


class HowChecked(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Less, ...] = ()
        self._lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said now."""
        return tuple(less.sentence for less in self._shown)

    def show_less(self, shown: tuple[Less, ...]) -> None:
        """A line that stays keeps what was unfolded."""
        if shown != self._shown:
            self._shown = shown
            for line in self._lines:
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self._lines = [_Line(self._theme, less) for less in shown]
            for line in self._lines:
                self._column.addWidget(line)
                line.show()
        self.setVisible(bool(shown))


class _Line(QWidget):
    def __init__(self, theme: Theme, less: Less) -> None:
        super().__init__()
        self.setToolTip(less.why)
        why = Label(less.why, "small", wraps=True)
        why.hide()
        button = Button(theme, "Why", "tiny-link")
        button.setCheckable(True)
        button.setAccessibleName(f"Why: {less.sentence}")
        button.toggled.connect(why.setVisible)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(less.sentence, "small", wraps=True), 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(why)


def _told(code: str, language: str = "") -> Less:
    sentence, why = (wording.sentence(_SECTION, key, language=language) for key in (code, f"{code}_why"))
    return Less(sentence, why)
