"""Where one hat's blog folder lies, and for which kind of blog its files are laid out."""

import sys
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.fields import Field
from twohats.gui.welcome.path_field import PathField
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.quiet_wheel import QuietWheel
from twohats.model.identity import Hat

PRESETS = (
    ("plain", "Plain Markdown files"),
    ("hugo", "Hugo"),
    ("jekyll", "Jekyll"),
    ("eleventy", "Eleventy"),
)
"""Layouts of a blog folder, by the id that the account keeps."""


class FolderForm(QWidget):
    """A path to type or to pick, and a layout. `edited` tells of any change."""

    edited = Signal()

    def __init__(self, theme: Theme, hat: Hat) -> None:
        super().__init__()
        self._hat = hat
        self.path = PathField()
        self.pick = Button(theme, "Choose…", "quiet", "folder")
        self.pick.setAccessibleName(f"Choose the folder for {hat_name(hat)}")
        self.pick.clicked.connect(self._pick_folder)
        self.preset = QComboBox()
        for preset, name in PRESETS:
            self.preset.addItem(name, preset)
        QuietWheel(self.preset)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.path, 1)
        across.addWidget(self.pick)
        self._where = Field(f"Folder for {hat_name(hat)}", row)
        self.path.setAccessibleName(f"Folder for {hat_name(hat)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._where)
        column.addWidget(Field("Laid out for", self.preset))
        self.path.textChanged.connect(self._note_edit)
        self.preset.currentIndexChanged.connect(self._note_edit)

    def show_folder(self, path: str, preset: str) -> None:
        self.path.setText(shown_path(path))
        self.path.setCursorPosition(0)
        self.preset.setCurrentIndex(max(0, self.preset.findData(preset)))

    @property
    def folder(self) -> str:
        """The path, whole, even where it was typed from "~" on."""
        typed = self.path.text().strip()
        try:
            return str(Path(typed).expanduser()) if typed else ""
        except RuntimeError:
            return typed

    @property
    def layout_name(self) -> str:
        """The id of the chosen layout."""
        return str(self.preset.currentData())

    def tell_fault(self, sentence: str) -> None:
        """Says below the path what is wrong with it."""
        self._where.tell_fault(sentence)

    def _note_edit(self) -> None:
        self.tell_fault("")
        self.edited.emit()

    def _pick_folder(self) -> None:
        picked = QFileDialog.getExistingDirectory(self, f"Blog folder for {hat_name(self._hat)}", self._nearest())
        if picked:
            self.path.setText(shown_path(picked))

    def _nearest(self) -> str:
        """The folder in the field, or the first above it that is there."""
        path = Path(self.folder or ".").expanduser()
        while not path.is_dir() and path != path.parent:
            path = path.parent
        return str(path)


def shown_path(path: str) -> str:
    """The path as people write it: from "~" on, where systems know that sign for one's own folder."""
    home = Path.home()
    if sys.platform == "win32" or not Path(path).is_relative_to(home):
        return path
    return str("~" / Path(path).relative_to(home))


def default_folder(hat: Hat) -> str:
    """Documents/Two Hats Blog/personal, or professional."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(documents or Path.home()) / "Two Hats Blog" / hat.value)
