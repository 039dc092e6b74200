"""Which version this is, who wrote what is inside, and the text of every licence."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from twohats import __version__
from twohats.assets import resources
from twohats.gui import wording
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft

_SECTION = "about"
_FIRST = ("Apache-2.0.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "Qt-parts.txt")
_SHEET_PX = (640, 560)


def licence_texts(folders: tuple[Path, ...] | None = None) -> dict[str, Path]:
    """The texts that came with this copy of the program, by what to call each: ours and Qt's first, then by package.

    The set-up for Windows lays those of the packages beside the program, the others among the resources.
    """
    if folders is None:
        folders = (resources() / "licenses", Path(sys.executable).parent / "licenses")
    found: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                parts = [part for part in file.relative_to(folder).parts if part != "packages"]
                found.setdefault(" · ".join([*parts[:-1], file.stem]), file)
    return dict(sorted(found.items(), key=lambda item: (_rank(item[1], folders), item[0].lower())))


class AboutCard(Card):
    def __init__(self, theme: Theme) -> None:
        super().__init__(padding=16, spacing=GAP)
        self._theme = theme
        self.version = Label(wording.sentence(_SECTION, "version", version=__version__), "strong")
        self.version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.licences_button = Button(theme, wording.sentence(_SECTION, "licences"), "small", "book")
        self.licences_button.clicked.connect(self.show_licences)
        self.body.addWidget(self.version)
        self.body.addWidget(soft(wording.sentence(_SECTION, "own")))
        self.body.addWidget(soft(wording.sentence(_SECTION, "qt")))
        self.body.addWidget(self.licences_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_licences(self) -> None:
        """Opens the sheet; it frees itself when it is closed."""
        LicenceSheet(self._theme, self).open()


class LicenceSheet(QDialog):
    """One text at a time, chosen from a list."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("licences")
        self.setWindowTitle(wording.sentence(_SECTION, "licences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts = licence_texts()
        self.choice = QComboBox()
        self.choice.setAccessibleName(wording.sentence(_SECTION, "choice"))
        self.choice.addItems(list(self._texts))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(wording.sentence(_SECTION, "text"))
        close = Button(theme, wording.sentence(_SECTION, "close"), "small")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 2, GAP * 2, GAP * 2, GAP * 2)
        column.setSpacing(GAP)
        column.addWidget(self.choice)
        column.addWidget(self.text, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(*(theme.px(size) for size in _SHEET_PX))
        self.choice.currentTextChanged.connect(self._show)
        self._show(self.choice.currentText())

    def _show(self, name: str) -> None:
        self.text.setPlainText(self._texts[name].read_text(encoding="utf-8", errors="replace"))


def _rank(file: Path, folders: tuple[Path, ...]) -> int:
    """Those that lie on top come first, in the order that matters."""
    if file.parent not in folders:
        return len(_FIRST) + 1
    return _FIRST.index(file.name) if file.name in _FIRST else len(_FIRST)
