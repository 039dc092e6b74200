"""The report in place: what came of it, group by group, a screenful at a time, and as a file for whoever wants one."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.flows.rescan import Flagged, Report
from twohats.gui import wording
from twohats.gui.rescan import paper, telling
from twohats.gui.rescan.flagged_card import FlaggedCard
from twohats.gui.sent.moment import moment_of
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Sunken
from twohats.gui.widgets.labels import Label, soft, title
from twohats.model.finding import Severity

_AT_ONCE = 15
_BY_ENDING = {".html": paper.html_of, ".csv": paper.csv_of}


def _say(code: str, **facts: object) -> str:
    return wording.sentence("rescan", code, **facts)


class ReportView(QWidget):
    """`save_wanted` with a path and the words to write there, `again_wanted` for another; the rest is as FlaggedCard
    has it."""

    save_wanted = Signal(object, str)
    again_wanted = Signal()
    page_wanted = Signal(str)
    record_wanted = Signal(str)

    def __init__(self, theme: Theme, library: Library) -> None:
        super().__init__()
        self._theme = theme
        self._library = library
        self.report: Report | None = None
        self.groups: list[Group] = []
        self._head = Sunken(padding=16, spacing=6)
        self.outcome = title("")
        self._about = Label("", "small", wraps=True)
        self.remarks = soft("")
        self.again_button = Button(theme, _say("again"), "quiet", "chevron-left")
        self.again_button.clicked.connect(self.again_wanted)
        self.save_button = Button(theme, _say("save"))
        self.save_button.clicked.connect(self._choose_place)
        self.saved = soft("")
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self.again_button)
        row.addWidget(self.save_button)
        for widget in (self.outcome, self._about, self.remarks):
            self._head.body.addWidget(widget)
        self._head.body.addSpacing(6)
        self._head.body.addWidget(buttons)
        self._head.body.addWidget(self.saved)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._head)

    def show_report(self, report: Report) -> None:
        """Shows another report in place of the last."""
        self.report = report
        for group in self.groups:
            group.hide()
            group.deleteLater()
        self.groups = []
        self.outcome.setText(telling.outcome(report))
        about = f"{telling.source(report)}. {telling.under(report.under)} {moment_of(report.made_at)}."
        self._about.setText(about)
        remarks = "\n".join(telling.remarks(report))
        self.remarks.setText(remarks)
        self.remarks.setVisible(bool(remarks))
        self.save_button.setVisible(bool(report.flagged))
        self.tell_saved("")
        for severity in telling.GROUPS:
            if report.counts.get(severity, 0):
                self._add_group(severity, report)
        self.again_button.setFocus()

    def tell_saved(self, sentence: str) -> None:
        self.saved.setText(sentence)
        self.saved.setVisible(bool(sentence))

    def save_as(self, path: Path) -> None:
        """Writes the report in the kind that the name ends in; a web page where it says nothing."""
        if self.report is None:
            return
        if path.suffix.lower() not in _BY_ENDING:
            path = path.with_name(f"{path.name}.html")
        self.save_wanted.emit(path, _BY_ENDING[path.suffix.lower()](self.report))

    def _add_group(self, severity: Severity, report: Report) -> None:
        words = telling.group(severity, report.counts[severity])
        group = Group(self._theme, self._library, words, report.of(severity))
        group.page_wanted.connect(self.page_wanted)
        group.record_wanted.connect(self.record_wanted)
        self.groups.append(group)
        self._column.addWidget(group)

    def _choose_place(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = f"{_say('save_kinds_html')};;{_say('save_kinds_csv')}"
        proposed = str(Path(folder or Path.home()) / "two-hats-checked-again.html")
        picked, kind = QFileDialog.getSaveFileName(self, _say("save"), proposed, kinds)
        if picked:
            path = Path(picked)
            self.save_as(path.with_suffix(".csv") if kind == _say("save_kinds_csv") else path)


class Group(QWidget):
    """Posts of one severity. The first are shown, the next when they are asked for."""

    page_wanted = Signal(str)
    record_wanted = Signal(str)

    def __init__(self, theme: Theme, library: Library, words: str, posts: tuple[Flagged, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._library = library
        self._posts = posts
        self.cards: list[FlaggedCard] = []
        self.setAccessibleName(words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(title(words))
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP)
        self._column.addLayout(self._list)
        self.more_button = Button(theme, "", "flat")
        self.more_button.clicked.connect(self.show_more)
        self._column.addWidget(self.more_button)
        self.show_more()

    def show_more(self) -> None:
        begin = len(self.cards)
        for post in self._posts[begin : begin + _AT_ONCE]:
            card = FlaggedCard(self._theme, post, self._library)
            card.page_wanted.connect(self.page_wanted)
            card.record_wanted.connect(self.record_wanted)
            self.cards.append(card)
            self._list.addWidget(card)
        left = len(self._posts) - len(self.cards)
        self.more_button.setVisible(left > 0)
        self.more_button.set_words(_say("more", count=f"{min(left, _AT_ONCE):,}"))
