"""What was posted: the records, searchable, with how each post stands and everything that was weighed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.drafts.list_page import ListPage
from twohats.gui.drafts.rows import RowFace, RowList, Rows
from twohats.gui.sent.detail import RecordDetail
from twohats.gui.sent.export_sheet import ExportSheet
from twohats.gui.sent.moment import ago
from twohats.gui.sent.narrowing import Narrowing
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Scroller
from twohats.gui.widgets.labels import Label
from twohats.model.record import Record, RecordFilter

_BOTH_FROM_PX = 600
_ROOM_FOR_FILTERS_PX = 800
_SIGNS = (
    ("failed", "Not taken", "stop"),
    ("unknown", "Not known", "warn"),
    ("held", "Held", "warn"),
    ("sending", "On its way", ""),
    ("waiting", "Waiting", ""),
    ("sent", "Sent", "good"),
    ("taken_down", "Taken down", ""),
    ("cancelled", "Taken back", ""),
)
"""The sign of a post is that of its target which most wants looking at."""


class SentPage(ListPage):
    """List and record side by side; where there is no room for both, a record opens in place of the list.

    `check_again_wanted` when the person wants what was posted looked through with today's rules.
    """

    check_again_wanted = Signal()

    def __init__(self, theme: Theme, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, "Sent", "What you posted: as whom, where to, how it stands, and what was weighed.", "Search posts"
        )
        self.setParent(parent)
        self._library = library
        self._is_reading = False
        self._says_chain = False
        self._is_wide: bool | None = None
        self._build()
        self.filtered.connect(self._start_over)
        self.narrowing.changed.connect(self._start_over)
        self.search_left.connect(self.list.setFocus)
        library.records_changed.connect(self._note_change)
        library.problem.connect(self._note_problem)
        library.chain_checked.connect(self._show_chain)
        theme.theme_changed.connect(self._arrange)
        self._arrange()

    def refresh(self) -> None:
        """Reads the records anew; the chosen one stays chosen."""
        self.list.say_nothing(
            f"{self.told_nothing('posts').removesuffix('.')}{self.narrowing.told()}."
            if self.wanted.narrows
            else "Nothing posted yet. What you post is kept here, with what was weighed."
        )
        shown = self.detail.record
        self._rows.reload()
        found = self._rows.index_of(shown.post_id) if shown else QModelIndex()
        if not found.isValid() and self._rows.rowCount():
            found = self._rows.index(0, 0)
        self.list.setCurrentIndex(found)
        self._show(found)
        self._arrange()

    def show_post(self, post_id: str) -> None:
        """Shows the record of one post, whatever was searched for before."""
        self.search.clear()
        self.hats.setCurrentIndex(0)
        self.narrowing.clear()
        self._rows.reload()
        index = self._rows.index_of(post_id)
        self.list.setCurrentIndex(index)
        self.detail.show_record(self._library.record(post_id))
        self._read_on()

    @property
    def wanted(self) -> RecordFilter:
        """What the list shows."""
        return self.narrowing.wanted(self.query, self.hat)

    def take_along(self) -> ExportSheet:
        """Opens the sheet that writes records to a file."""
        sheet = ExportSheet(self._theme, self._library.exports, self.wanted, self)
        sheet.open()
        return sheet

    def check_chain(self) -> None:
        """Says soon whether every record still stands as it was written."""
        self.chain_button.setEnabled(False)
        self._tell_chain(wording.sentence("records", "chain_checking"), "")
        self._library.check_chain()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_reading = False
        self.refresh()
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.back_button.isVisible():
            self._show_list()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        theme = self._theme
        self.narrowing = Narrowing(theme, tuple(self._library.networks()))
        self.body.addWidget(self.narrowing)
        self._rows: Rows[Record] = Rows(self._read, _face, lambda record: record.post_id)
        self.list = RowList(theme, "Posts, newest first", "")
        self.list.setModel(self._rows)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show(now))
        self.list.opened.connect(self._read_on)
        self.back_button = Button(theme, "Back to the list", "quiet", "chevron-left")
        self.back_button.clicked.connect(self._show_list)
        self.detail = RecordDetail(theme, self._library)
        self._scroller = Scroller(self.detail)
        self._reader = QWidget()
        reader = QVBoxLayout(self._reader)
        reader.setContentsMargins(0, 0, 0, 0)
        reader.setSpacing(GAP)
        reader.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        reader.addWidget(self._scroller, 1)
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(17)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.list)
        split.addWidget(self._reader)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([400, 600])
        self.chain = Label("", "small", wraps=True)
        self.chain_button = Button(theme, "Check the seals", "small", "link")
        self.chain_button.setToolTip("Each record is sealed to the one before it")
        self.chain_button.clicked.connect(self.check_chain)
        self._foot = QWidget()
        foot = FlowLayout(self._foot)
        foot.addWidget(self.chain_button)
        self.again_button = Button(theme, wording.sentence("rescan", "button"), "small", "refresh")
        self.again_button.setToolTip("Look through old posts with the rules of today")
        self.again_button.clicked.connect(self.check_again_wanted)
        foot.addWidget(self.again_button)
        self.export_button = Button(theme, wording.sentence("records", "export_button"), "small", "arrow-down")
        self.export_button.setToolTip(wording.sentence("records", "export_tip"))
        self.export_button.clicked.connect(self.take_along)
        foot.addWidget(self.export_button)
        self.chain.hide()
        self.body.addWidget(split, 1)
        self.body.addWidget(self.chain)
        self.body.addWidget(self._foot)

    def _show_chain(self, broken: int | None, count: int) -> None:
        self.chain_button.setEnabled(True)
        if broken is not None:
            words = f"Record {broken:,} was changed or is missing. The others before it stand as written."
            self._tell_chain(words, "stop")
        elif count:
            records = "The one record stands" if count == 1 else f"All {count:,} records stand"
            self._tell_chain(f"{records} as written.", "good")
        else:
            self._tell_chain("There are no records yet.", "")

    def _tell_chain(self, words: str, tone: str) -> None:
        self.chain.setText(words)
        self.chain.set_tone(tone)
        self._says_chain = True
        self._arrange()

    def _read(self, offset: int, count: int) -> Sequence[Record]:
        return self._library.records_like(self.wanted, limit=count, offset=offset)

    def _start_over(self) -> None:
        self._is_reading = False
        self.refresh()

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _note_problem(self, *_what: object) -> None:
        self.chain_button.setEnabled(True)
        if self.isVisible():
            self.detail.show_anew()  # its buttons may be tried again
            self.refresh()

    def _show(self, index: QModelIndex) -> None:
        # Read anew: a record in the list may be older than its deliveries.
        before = self.detail.record
        record = self._library.record(self._rows.item(index).post_id) if index.isValid() else None
        self.detail.show_record(record)
        if record is not None and before is not None and record.post_id != before.post_id:
            self._scroller.verticalScrollBar().setValue(0)

    def _read_on(self, *_where: object) -> None:
        """The person opened a record: where there is no room for both, it takes the place of the list."""
        self._is_reading = True
        self._arrange()
        if self.back_button.isVisible():
            self.back_button.setFocus()

    def _show_list(self) -> None:
        self._is_reading = False
        self._arrange()
        self.list.setFocus()

    def _arrange(self) -> None:
        has_room = self.width() >= self._theme.px(_BOTH_FROM_PX)
        is_alone = self._is_reading and not has_room
        self.list.setVisible(not is_alone)
        self._reader.setVisible(is_alone or (has_room and self._rows.rowCount() > 0))
        self.back_button.setVisible(is_alone)
        self.filters.setVisible(not is_alone)
        self._place_filters(is_alone)
        self._foot.setVisible(not is_alone)
        self.chain.setVisible(self._says_chain and not is_alone)
        self.list.setMinimumWidth(self._theme.px(220) if has_room else 0)
        self._reader.setMinimumWidth(self._theme.px(280) if has_room else 0)

    def _place_filters(self, is_alone: bool) -> None:
        """Beside the search where there is room, else below it."""
        is_wide = self.width() >= self._theme.px(_ROOM_FOR_FILTERS_PX)
        if is_wide is not self._is_wide:
            self._is_wide = is_wide
            if is_wide:
                self.narrowing.give_controls(self.tools)
            else:
                self.narrowing.take_controls()
        self.narrowing.show_row(not is_alone)


def _face(record: Record) -> RowFace:
    words = " ".join((record.title or record.text).split())[:200] or "Untitled"
    where = ", ".join(target.label or wording.sentence("network", target.network) for target in record.targets)
    when = ago(record.posted_at, datetime.now(UTC))
    states = {target.state for target in record.targets}
    sign, tone = next(((word, tone) for state, word, tone in _SIGNS if state in states), ("", ""))
    if any(target.state == "failed" and target.problem == "thread_stopped" for target in record.targets):
        sign = wording.sentence("thread_stopped", "sign")
    return RowFace(record.hat, words, f"{when} · {where}" if where else when, sign, tone)
