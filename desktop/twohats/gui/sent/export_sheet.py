"""The sheet that takes records along: which, as what, what is left out; then how far it is, with a way to stop."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from twohats.bridge.record_exports import RecordExports
from twohats.flows.export_records import Redaction
from twohats.gui import wording
from twohats.gui.rescan.progress_line import ProgressLine
from twohats.gui.sent.export_files import FORMATS, write
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Scroller
from twohats.gui.widgets.labels import Label, heading, soft, title
from twohats.model.record import RecordFilter

_SECTION = "records"
_WIDTH_PX, _HEIGHT_PX = 560, 600


def _say(code: str, **facts: object) -> str:
    return wording.sentence(_SECTION, code, **facts)


class ExportSheet(QDialog):
    """`shown` is what the list shows now. Closing the sheet stops what is being written."""

    def __init__(self, theme: Theme, exports: RecordExports, shown: RecordFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._exports = exports
        self._shown = shown
        self.setWindowTitle(_say("export_title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.all_records = QRadioButton(_say("export_all"))
        self.shown_records = QRadioButton(_say("export_shown"))
        self._which = QButtonGroup(self)
        self._which.addButton(self.all_records)
        self._which.addButton(self.shown_records)
        self.shown_records.setEnabled(shown.narrows)
        (self.shown_records if shown.narrows else self.all_records).setChecked(True)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(_say("export_as"))
        for kind in FORMATS:
            self.kinds.addItem(_say(f"export_{kind}"), kind)
        self.left_out = {kind: QCheckBox(_say(f"leave_{kind.value}")) for kind in Redaction}
        self.told = Label("", wraps=True)
        self.told.hide()
        self.line = ProgressLine(theme, _say("export_title"))
        self.line.hide()
        self.write_button = Button(theme, _say("export_write"), "primary")
        self.stop_button = Button(theme, _say("export_stop"))
        self.stop_button.hide()
        self.close_button = Button(theme, _say("export_close"), "quiet")
        self._choices = self._made_choices()
        self._build()
        self._connect()
        around = parent.window().size()
        self.resize(min(theme.px(_WIDTH_PX), around.width() - 48), min(theme.px(_HEIGHT_PX), around.height() - 48))

    def write_to(self, path: Path) -> None:
        """Begins to write; the person chose the file."""
        left_out = frozenset(kind for kind, box in self.left_out.items() if box.isChecked())
        wanted = self._shown if self.shown_records.isChecked() else RecordFilter()
        self._show_busy(True)
        self.line.show_fraction(0)
        self._tell(_say("export_begins"), "")
        self._exports.begin(wanted, left_out, path, self.kinds.currentData(), write)

    def done(self, result: int) -> None:
        """Closed in whatever way."""
        self._exports.stop()
        super().done(result)

    def _build(self) -> None:
        feet = QHBoxLayout()
        feet.setSpacing(8)
        feet.addWidget(self.close_button)
        feet.addStretch(1)
        feet.addWidget(self.stop_button)
        feet.addWidget(self.write_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_REGION, GAP_REGION, GAP_REGION, GAP_REGION)
        column.setSpacing(GAP)
        column.addWidget(heading(_say("export_title")))
        column.addWidget(Scroller(self._choices), 1)
        column.addWidget(self.told)
        column.addWidget(self.line)
        column.addLayout(feet)

    def _made_choices(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(soft(_say("export_about")))
        column.addWidget(title(_say("export_which")))
        column.addWidget(self.all_records)
        column.addWidget(self.shown_records)
        column.addWidget(title(_say("export_as")))
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(title(_say("export_leave")))
        for kind, box in self.left_out.items():
            column.addWidget(box)
            column.addWidget(soft(_say(f"leave_{kind.value}_about")))
        column.addStretch(1)
        return place

    def _connect(self) -> None:
        self.write_button.clicked.connect(self._choose_file)
        self.stop_button.clicked.connect(self._stop)
        self.close_button.clicked.connect(self.reject)
        self._exports.progressed.connect(self._show_progress)
        self._exports.written.connect(self._tell_written)
        self._exports.stopped.connect(self._tell_stopped)
        self._exports.failed.connect(self._tell_failed)

    def _choose_file(self) -> None:
        kind = self.kinds.currentData()
        first = str(Path.home() / f"two-hats-records.{kind}")
        picked, _kind = QFileDialog.getSaveFileName(self, _say("export_title"), first, f"{kind.upper()} (*.{kind})")
        if picked:
            path = Path(picked)
            self.write_to(path if path.suffix else path.with_suffix(f".{kind}"))

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._exports.stop()

    def _show_busy(self, is_busy: bool) -> None:
        self._choices.setEnabled(not is_busy)
        self.write_button.setVisible(not is_busy)
        self.stop_button.setVisible(is_busy)
        self.stop_button.setEnabled(True)
        self.line.setVisible(is_busy)
        (self.stop_button if is_busy else self.write_button).setFocus()

    def _show_progress(self, done: int, count: int) -> None:
        self.line.show_fraction(done / count if count else 1)
        self.told.setText(_say("export_running", done=f"{done:,}", count=f"{count:,}"))

    def _tell_written(self, path: str, count: int) -> None:
        self._end(_say("exported", count=f"{count:,}", file=path), "good")

    def _tell_stopped(self) -> None:
        self._end(_say("export_stopped"), "")

    def _tell_failed(self, code: str, facts: dict[str, object]) -> None:
        self._end(wording.sentence("error", code, **facts), "warn")

    def _end(self, sentence: str, tone: str) -> None:
        self._show_busy(False)
        self._tell(sentence, tone)
        announce(self, sentence)

    def _tell(self, sentence: str, tone: str) -> None:
        self.told.setText(sentence)
        self.told.set_tone(tone)
        self.told.show()
