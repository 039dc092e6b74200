"""Take everything along: into one file, and from one into an empty profile."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.labels import Label, soft
from twohats.model.wish import FILE_SUFFIX

_SECTION = "moving"
_FIRST_NAME = f"two-hats-export{FILE_SUFFIX}"
_OURS = f"Export of Two Hats (*{FILE_SUFFIX})"
_ANY = f"Export of Two Hats (*{FILE_SUFFIX} *.zip)"


class MovingCard(Card):
    """Says what is in the file, that it is not encrypted, and how it went."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__(padding=16, spacing=GAP)
        self._moving = owner.moving
        self.export_button = Button(theme, wording.sentence(_SECTION, "export"), "small")
        self.export_button.clicked.connect(self._choose_target)
        self.import_button = Button(theme, wording.sentence(_SECTION, "import"), "small")
        self.import_button.clicked.connect(self._choose_source)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.export_button)
        flow.addWidget(self.import_button)
        self.told = Label("", wraps=True)
        self.told.hide()
        self.body.addWidget(soft(wording.sentence(_SECTION, "about")))
        self.body.addWidget(buttons)
        self.body.addWidget(self.told)
        self._moving.busy_changed.connect(self._show_busy)
        self._moving.exported.connect(self._tell_exported)
        self._moving.imported.connect(self._tell_imported)
        self._moving.failed.connect(self._tell_failed)

    def _choose_target(self) -> None:
        first = str(Path.home() / _FIRST_NAME)
        path, _kind = QFileDialog.getSaveFileName(self, "Export everything", first, _OURS)
        if path:
            self._moving.export_to(path)

    def _choose_source(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, "Import an export", str(Path.home()), _ANY)
        if path:
            self._moving.import_from(path)

    def _show_busy(self, is_busy: bool) -> None:
        self.export_button.setEnabled(not is_busy)
        self.import_button.setEnabled(not is_busy)
        if is_busy:
            self._say(wording.sentence(_SECTION, "busy"), "")

    def _tell_exported(self, path: str, rows: int) -> None:
        self._say(wording.sentence("cli", "exported", file=path, rows=f"{rows:,}"), "")

    def _tell_imported(self, rows: int) -> None:
        self._say(wording.sentence("cli", "imported", rows=f"{rows:,}"), "")

    def _tell_failed(self, code: str, facts: dict[str, object]) -> None:
        self._say(wording.sentence("error", code, **facts), "warn")

    def _say(self, sentence: str, tone: str) -> None:
        self.told.setText(sentence)
        self.told.set_tone(tone)
        self.told.show()
        announce(self, sentence)
