"""What two texts differ in, word by word, and a quiet view of it: gone is struck through, new is underlined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from twohats.gui.theme import Theme

_WORDS = re.compile(r"\s+|\w+(?:['’]\w+)*|.", re.DOTALL)
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_PAIRS = 2_000_000  # beyond, lines are compared: words would take seconds


class Kind(Enum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text that both have, or only one of them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One part of a draft in both states; `name` is what people call it ("Text", "Title")."""

    name: str
    before: str
    after: str


def differences(before: str, after: str) -> tuple[Stretch, ...]:
    """All of both texts in order: what is gone stands before what is new in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _same_length(old, new)
    end = _same_length(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle_old) * len(middle_new) > _MOST_PAIRS:
        middle_old, middle_new = _LINES.findall("".join(middle_old)), _LINES.findall("".join(middle_new))
    found = [Stretch(Kind.SAME, "".join(old[:start]))]
    for _tag, a, b, c, d in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
        gone, come = "".join(middle_old[a:b]), "".join(middle_new[c:d])
        found += [Stretch(Kind.SAME, gone)] if gone == come else [Stretch(Kind.GONE, gone), Stretch(Kind.NEW, come)]
    found.append(Stretch(Kind.SAME, "".join(old[len(old) - end :])))
    return _joined(found)


def summary(compared: Sequence[Compared]) -> str:
    """ "5 words new, 2 words gone.", for eyes and ears alike."""
    counted = {Kind.NEW: 0, Kind.GONE: 0}
    for one in compared:
        for stretch in differences(one.before, one.after):
            if stretch.kind is not Kind.SAME:
                counted[stretch.kind] += len(stretch.text.split())
    parts = [
        f"{count} {'word' if count == 1 else 'words'} {name}"
        for count, name in ((counted[Kind.NEW], "new (underlined)"), (counted[Kind.GONE], "gone (struck through)"))
        if count
    ]
    if parts:
        return f"{', '.join(parts)}."
    return "Only spaces and line breaks differ." if any(c.before != c.after for c in compared) else "Nothing differs."


class DifferenceView(QTextEdit):
    """Reads like the text itself. Form tells first, colour second; words say it to who hears the page."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._compared: tuple[Compared, ...] = ()
        self.setReadOnly(True)
        self.setProperty("role", "field")
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        theme.theme_changed.connect(self._write)

    def show_compared(self, compared: Sequence[Compared]) -> None:
        """Shows each part that has words on either side; its name stands above where there are several."""
        self._compared = tuple(one for one in compared if one.before or one.after)
        self._write()
        self.setAccessibleDescription(summary(self._compared))

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for number, one in enumerate(self._compared):
            if number:
                cursor.insertText("\n\n", self._format())
            if len(self._compared) > 1:
                cursor.insertText(f"{one.name}\n", self._format(is_name=True))
            for stretch in differences(one.before, one.after):
                cursor.insertText(stretch.text, self._format(stretch.kind))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def _format(self, kind: Kind = Kind.SAME, *, is_name: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.color("text-soft" if is_name or kind is Kind.GONE else "text"))
        if is_name:
            made.setFontWeight(QFont.Weight.DemiBold)
        made.setFontStrikeOut(kind is Kind.GONE)
        made.setFontUnderline(kind is Kind.NEW)
        if kind is Kind.NEW:
            made.setFontWeight(QFont.Weight.DemiBold)
        return made


def _same_length(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of both are the same from the beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _joined(found: Sequence[Stretch]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for stretch in found:
        if joined and joined[-1].kind is stretch.kind:
            joined[-1] = Stretch(stretch.kind, joined[-1].text + stretch.text)
        elif stretch.text:
            joined.append(stretch)
    return tuple(joined)
