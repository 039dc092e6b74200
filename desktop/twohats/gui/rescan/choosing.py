"""What is to be looked through, and under which hat."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFileDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft, title
from twohats.model.identity import Hat


def _say(code: str, **facts: object) -> str:
    return wording.sentence("rescan", code, **facts)


class Choosing(QWidget):
    """`records_wanted` with the hat or None (each its own), `archive_wanted` with the file and the hat."""

    records_wanted = Signal(object)
    archive_wanted = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._file: Path | None = None
        self.records = QRadioButton(_say("records"))
        self.archive = QRadioButton(_say("archive"))
        self._kinds = QButtonGroup(self)
        self._kinds.addButton(self.records)
        self._kinds.addButton(self.archive)
        self.choose_button = Button(theme, _say("choose"), "small", "folder")
        self.choose_button.clicked.connect(self._choose_file)
        self.file_name = Label("", "strong", wraps=True)
        self.fault = Label("", wraps=True)
        self.fault.set_tone("stop")
        self.hats = QComboBox()
        self.hats.setAccessibleName(_say("as"))
        self.start_button = Button(theme, _say("start"), "primary")
        self.start_button.clicked.connect(self._start)
        self.fault.hide()
        self._build()
        self.records.setChecked(True)
        self._kinds.buttonClicked.connect(lambda _button: self._follow_kind())
        self._follow_kind()

    def take_file(self, path: Path) -> None:
        """A file was chosen."""
        self._file = path
        self.file_name.setText(path.name)
        self.archive.setChecked(True)
        self.tell_fault("")
        self._follow_kind()
        self.start_button.setFocus()

    def tell_fault(self, sentence: str) -> None:
        """Says why it could not be looked through."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _build(self) -> None:
        card = Card(padding=16, spacing=GAP)
        card.body.addWidget(title(_say("what")))
        card.body.addWidget(self.records)
        card.body.addWidget(self.archive)
        self._of_archive = QWidget()
        inner = QVBoxLayout(self._of_archive)
        inner.setContentsMargins(self._theme.px(24), 0, 0, 0)
        inner.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.choose_button)
        row.addWidget(self.file_name, 1)
        inner.addLayout(row)
        inner.addWidget(soft(_say("archive_help")))
        card.body.addWidget(self._of_archive)
        card.body.addWidget(self.fault)
        hats = QHBoxLayout()
        hats.setSpacing(GAP)
        label = Label(_say("as"))
        label.setBuddy(self.hats)
        hats.addWidget(label)
        hats.addWidget(self.hats)
        hats.addStretch(1)
        hats.addWidget(self.start_button)
        card.body.addLayout(hats)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _follow_kind(self) -> None:
        is_archive = self.archive.isChecked()
        self._of_archive.setVisible(is_archive)
        chosen = self.hats.currentData()
        self.hats.clear()
        if not is_archive:
            self.hats.addItem(_say("as_own"), None)  # an archive does not say which hat its posts wear
        for hat in (Hat.PROFESSIONAL, Hat.PERSONAL):
            self.hats.addItem(_say(f"as_{hat.value}"), hat.value)
        self.hats.setCurrentIndex(max(0, self.hats.findData(chosen)))
        self.start_button.setEnabled(not is_archive or self._file is not None)

    def _choose_file(self) -> None:
        kinds = f"{_say('file_kinds')};;{_say('all_files')}"
        picked, _ = QFileDialog.getOpenFileName(self, _say("choose"), str(Path.home()), kinds)
        if picked:
            self.take_file(Path(picked))

    def _start(self) -> None:
        told = self.hats.currentData()
        hat = Hat(told) if told else None
        self.tell_fault("")
        if self.archive.isChecked():
            self.archive_wanted.emit(self._file, hat)
        else:
            self.records_wanted.emit(hat)
