"""Checking again what was posted: first what and under which hat, then the way there, then the report, all in place."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

from twohats.bridge.library import Library
from twohats.bridge.rescans import Rescans
from twohats.flows.rescan import Report
from twohats.gui import wording
from twohats.gui.rescan.choosing import Choosing
from twohats.gui.rescan.report_view import ReportView
from twohats.gui.rescan.underway import Underway
from twohats.gui.theme import Theme
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Page
from twohats.model.identity import Hat


def _say(code: str, **facts: object) -> str:
    return wording.sentence("rescan", code, **facts)


class RescanPage(Page):
    """`left` when the person goes back to what was sent; `page_wanted` and `record_wanted` as in the report. It goes on
    while another page is shown. A file that is dropped here is taken as an archive."""

    left = Signal()
    page_wanted = Signal(str)
    record_wanted = Signal(str)

    def __init__(self, theme: Theme, library: Library, rescans: Rescans) -> None:
        super().__init__(theme, _say("title"), _say("about"))
        self._rescans = rescans
        self.choosing = Choosing(theme)
        self.underway = Underway(theme)
        self.shown_report = ReportView(theme, library)
        self._views = OneOf(self.choosing, self.underway, self.shown_report)
        self.body.addWidget(self._views)
        self.back_button = Button(theme, _say("back"), "quiet", "chevron-left")
        self.back_button.clicked.connect(self.left)
        self.tools.addWidget(self.back_button)
        self.setAcceptDrops(True)
        self.choosing.records_wanted.connect(self._look_through_records)
        self.choosing.archive_wanted.connect(self._look_through_archive)
        self.underway.stop_wanted.connect(rescans.stop)
        self.shown_report.again_wanted.connect(self._choose)
        self.shown_report.save_wanted.connect(rescans.save)
        self.shown_report.page_wanted.connect(self.page_wanted)
        self.shown_report.record_wanted.connect(self.record_wanted)
        rescans.progressed.connect(self.underway.show_progress)
        rescans.finished.connect(self._show_report)
        rescans.failed.connect(self._tell_fault)
        rescans.saved.connect(self._tell_saved)
        rescans.not_saved.connect(self._tell_not_saved)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if not self._rescans.is_running:
            self._choose()
            self.choosing.take_file(Path(event.mimeData().urls()[0].toLocalFile()))
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _look_through_records(self, under: Hat | None) -> None:
        self._begin()
        self._rescans.look_through_records(under)

    def _look_through_archive(self, path: Path, under: Hat) -> None:
        self._begin()
        self._rescans.look_through_archive(path, under)

    def _begin(self) -> None:
        self._views.show_view(self.underway)
        self.underway.begin()

    def _choose(self) -> None:
        self._views.show_view(self.choosing)
        self.choosing.start_button.setFocus()

    def _show_report(self, report: Report) -> None:
        self.shown_report.show_report(report)
        self._views.show_view(self.shown_report)
        announce(self, self.shown_report.outcome.text())

    def _tell_fault(self, code: str, facts: dict[str, object]) -> None:
        sentence = wording.sentence("error", code, **facts)
        self._choose()
        self.choosing.tell_fault(sentence)
        announce(self, sentence)

    def _tell_not_saved(self) -> None:
        self.shown_report.tell_saved(_say("not_saved"))

    def _tell_saved(self, name: str) -> None:
        self.shown_report.tell_saved(_say("saved", name=name))
        announce(self, self.shown_report.saved.text())
