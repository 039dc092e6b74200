"""What was sent: the records, searchable, with everything that was weighed."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.drafts.list_page import ListPage
from twohats.gui.drafts.rows import RowFace, RowList, Rows
from twohats.gui.sent.detail import RecordDetail
from twohats.gui.sent.moment import ago
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Scroller
from twohats.gui.widgets.labels import Label
from twohats.model.record import Record

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
    def __init__(self, theme: Theme, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Sent", "What left, as whom, where to, and what was weighed.", "Search what was sent")
        self.setParent(parent)
        self._library = library
        self._build()
        self.filtered.connect(self._start_over)
        library.records_changed.connect(self._note_change)
        library.problem.connect(self._note_change)

    def refresh(self) -> None:
        """Reads the records anew; the chosen one stays chosen."""
        shown = self.detail.record
        self._rows.reload()
        found = self._rows.index_of(shown.post_id) if shown else QModelIndex()
        if not found.isValid() and self._rows.rowCount():
            found = self._rows.index(0, 0)
        self.list.setCurrentIndex(found)
        self._show(found)

    def show_post(self, post_id: str) -> None:
        """Shows the record of one post, whatever was searched for before."""
        self.search.clear()
        self.hats.setCurrentIndex(0)
        self._rows.reload()
        index = self._rows.index_of(post_id)
        self.list.setCurrentIndex(index)
        self.detail.show_record(self._library.record(post_id))

    def check_chain(self) -> None:
        """Says whether every record still stands as it was written."""
        broken = self._library.first_broken()
        count = self._library.counts().records
        if broken is None:
            records = "The one record stands" if count == 1 else f"All {count:,} records stand"
            self.chain.setText(f"{records} as written." if count else "There are no records yet.")
            self.chain.set_tone("good" if count else "")
        else:
            self.chain.setText(f"Record {broken:,} was changed or is missing. The others before it stand as written.")
            self.chain.set_tone("stop")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.list.setFocus()

    def _build(self) -> None:
        theme = self._theme
        self._rows: Rows[Record] = Rows(self._read, _face, lambda record: record.post_id)
        self.list = RowList(theme, "Sent posts, newest first", "")
        self.list.setModel(self._rows)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show(now))
        self.detail = RecordDetail(theme, self._library)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(17)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.list)
        reader = Scroller(self.detail)
        reader.setMinimumWidth(280)
        split.addWidget(reader)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([400, 600])
        self.list.setMinimumWidth(220)
        self.chain = Label("", "small", wraps=True)
        self.chain_button = Button(theme, "Check the records", "small", "link")
        self.chain_button.setToolTip("Each record is sealed to the one before it")
        self.chain_button.clicked.connect(self.check_chain)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.chain_button)
        foot.addWidget(self.chain, 1)
        self.body.addWidget(split, 1)
        self.body.addLayout(foot)

    def _read(self, offset: int, count: int) -> Sequence[Record]:
        return self._library.records(self.query, self.hat, limit=count, offset=offset)

    def _start_over(self) -> None:
        searched = bool(self.query or self.hat)
        self.list.say_nothing("Nothing matches." if searched else "Nothing sent yet.")
        self.refresh()

    def _note_change(self, *_what: object) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, index: QModelIndex) -> None:
        # Read anew: a record in the list may be older than its deliveries.
        record = self._library.record(self._rows.item(index).post_id) if index.isValid() else None
        self.detail.show_record(record)


def _face(record: Record) -> RowFace:
    words = " ".join((record.title or record.text).split())[:200] or "Untitled"
    where = ", ".join(target.label or wording.sentence("network", target.network) for target in record.targets)
    when = ago(record.posted_at, datetime.now(UTC))
    states = {target.state for target in record.targets}
    sign, tone = next(((word, tone) for state, word, tone in _SIGNS if state in states), ("", ""))
    return RowFace(record.hat, words, f"{when} · {where}" if where else when, sign, tone)
