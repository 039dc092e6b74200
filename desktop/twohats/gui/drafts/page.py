"""The drafts: find one, go on writing, let it go, have it back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.bridge.session import Session
from twohats.gui.drafts.list_page import ListPage
from twohats.gui.drafts.rows import RowFace, RowList, Rows
from twohats.gui.drafts.versions import VersionsSheet
from twohats.gui.sent.moment import ago, day_of
from twohats.gui.theme import Theme
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.ask_once import AskOnce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.snackbar import Snackbar
from twohats.model.draft import BIN_KEPT_FOR, Draft, DraftSummary

_RETELL_MS = 30_000
_MANY = 1000
_NAME_LENGTH = 80
_ROOM_FOR_FILTERS_PX = 760
_TIMES = (
    ("Any time", None),
    ("Last day", timedelta(days=1)),
    ("Last 7 days", timedelta(days=7)),
    ("Last 30 days", timedelta(days=30)),
    ("Last year", timedelta(days=365)),
)


class DraftsPage(ListPage):
    """`opened` when a draft lies on the desk again."""

    opened = Signal(str)

    def __init__(self, theme: Theme, session: Session, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Drafts", "Everything you write is kept by itself.", "Search drafts")
        self.setParent(parent)
        self._session = session
        self._library = library
        self._shows_bin = False
        self._is_wide: bool | None = None
        self._build()
        self.filtered.connect(self.refresh)
        self.search_left.connect(self.list.setFocus)
        library.drafts_changed.connect(self._note_change)
        self._clock = QTimer(self)
        self._clock.setInterval(_RETELL_MS)
        self._clock.timeout.connect(self.list.viewport().update)

    def refresh(self) -> None:
        """Reads the list anew; the chosen row stays chosen."""
        self.question.close_question()
        if self._is_narrowed:
            self.list.say_nothing(self.told_nothing("drafts in the bin" if self._shows_bin else "drafts"))
        elif self._shows_bin:
            self.list.say_nothing("The bin is empty.")
        else:
            self.list.say_nothing("No drafts yet. Begin to write, and it is kept here.")
        current = self.list.currentIndex()
        kept = self._rows.item(current).id if current.isValid() else ""
        self._rows.reload()
        found = self._rows.index_of(kept) if kept else QModelIndex()
        if not found.isValid() and self._rows.rowCount():
            found = self._rows.index(min(max(current.row(), 0), self._rows.rowCount() - 1), 0)
        self.list.setCurrentIndex(found)
        self._offer()

    def show_bin(self, is_wanted: bool) -> None:
        """Shows what was let go instead, or the drafts again."""
        self._shows_bin = is_wanted
        self.bin_button.set_words("Back to drafts" if is_wanted else "Bin")
        self.bin_button.set_icon("chevron-left" if is_wanted else "trash")
        self.about.setText(
            f"What you let go stays here for {BIN_KEPT_FOR.days} days. Until then you can put it back."
            if is_wanted
            else "Everything you write is kept by itself."
        )
        self.refresh()
        self.list.setFocus()

    def show_versions(self) -> None:
        """The kept versions of the chosen draft."""
        index = self.list.currentIndex()
        if not index.isValid():
            return
        draft = self._library.draft(self._rows.item(index).id)
        if draft is not None:
            self.show_versions_of(draft)

    def show_versions_of(self, draft: Draft) -> None:
        """The kept versions of a draft, wherever it stands in the list."""
        self._session.save_now()
        self.versions.show_versions(draft.id, draft.title or draft.text[:_NAME_LENGTH] or "Untitled", draft.hat)
        self.filters.hide()
        self._views.show_view(self.versions)
        self.versions.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_filters()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.save_now()
        self.show_bin(False)
        self._close_versions()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _build(self) -> None:
        theme = self._theme
        self._rows: Rows[DraftSummary] = Rows(self._read, self._face, lambda draft: draft.id)
        self.list = RowList(theme, "Drafts", "")
        self.list.setModel(self._rows)
        self.list.open_on_double_click()
        self.list.opened.connect(self._open)
        self.list.delete_wanted.connect(lambda _: self.delete_for_good() if self._shows_bin else self.let_go())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.selectionModel().currentChanged.connect(self._follow_choice)
        self.times = QComboBox()
        self.times.setAccessibleName("Edited when")
        for name, within in _TIMES:
            self.times.addItem(name, within)
        self.times.currentIndexChanged.connect(lambda: self.refresh())
        self.findings = QCheckBox("With findings")
        self.findings.setToolTip("Only what the check would warn of or stop, as it was last checked on the desk")
        self.findings.toggled.connect(lambda _on: self.refresh())
        self.bin_button = Button(theme, "Bin", "quiet", "trash")
        self.bin_button.clicked.connect(lambda: self.show_bin(not self._shows_bin))
        self.tools.addWidget(self.bin_button)
        self.forget_button = Button(theme, "Delete for good", "small", "trash")
        self.forget_button.clicked.connect(self.delete_for_good)
        self.empty_button = Button(theme, "Empty the bin", "small")
        self.empty_button.clicked.connect(self.empty_bin)
        self.versions_button = Button(theme, "Versions", "small", "clock")
        self.versions_button.clicked.connect(self.show_versions)
        self.delete_button = Button(theme, "Move to bin", "small", "trash")
        self.delete_button.clicked.connect(self.let_go)
        self.restore_button = Button(theme, "Put back", "small", "undo")
        self.restore_button.clicked.connect(self.put_back)
        self.open_button = Button(theme, "Go on writing", "small", "pen")
        self.open_button.clicked.connect(lambda: self._open(self.list.currentIndex()))
        self._actions = QWidget()
        actions = FlowLayout(self._actions)
        self._for_drafts = (self.open_button, self.versions_button, self.delete_button)
        self._for_bin = (self.restore_button, self.forget_button, self.empty_button)
        for button in (*self._for_drafts, *self._for_bin):
            actions.addWidget(button)
        self._flow = actions
        self.question = AskOnce(theme)
        self.question.closed.connect(self.list.setFocus)
        self._overview = QWidget()
        column = QVBoxLayout(self._overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._actions)
        column.addWidget(self.question)
        column.addWidget(self.list, 1)
        self.versions = VersionsSheet(theme, self._library)
        self.versions.closed.connect(self._close_versions)
        self.versions.restore_wanted.connect(self._restore_version)
        self._views = OneOf(self._overview, self.versions)
        self.body.addWidget(self._views, 1)
        self.snackbar = Snackbar(theme, self)
        theme.theme_changed.connect(self._place_filters)
        self._place_filters()

    def _place_filters(self) -> None:
        """Beside the search where there is room, else below it."""
        is_wide = self.width() >= self._theme.px(_ROOM_FOR_FILTERS_PX)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        for place, widget in enumerate((self.times, self.findings)):
            if is_wide:
                self._flow.removeWidget(widget)
                self.tools.insertWidget(place, widget)
            else:
                self.tools.removeWidget(widget)
                self._flow.addWidget(widget)

    def _read(self, offset: int, count: int) -> Sequence[DraftSummary]:
        found = self._library.drafts(
            self.query,
            self.hat,
            deleted=self._shows_bin,
            limit=offset + count,
            within=self.times.currentData(),
            has_findings=self.findings.isChecked(),
        )
        return found[offset:]

    def _face(self, draft: DraftSummary) -> RowFace:
        now = datetime.now(UTC)
        if draft.deleted_at:
            until = day_of(draft.deleted_at + BIN_KEPT_FOR)
            when = f"Let go {ago(draft.deleted_at, now)} · kept until {until}"
        else:
            when = f"Edited {ago(draft.edited_at, now)}"
        is_open = draft.id == self._session.draft.id
        return RowFace(draft.hat, draft.preview or "Untitled", when, "On the desk" if is_open else "")

    @property
    def _is_narrowed(self) -> bool:
        return bool(self.query or self.hat or self.times.currentData() or self.findings.isChecked())

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _follow_choice(self) -> None:
        self.question.close_question()  # it was about another draft
        self._offer()

    def _offer(self) -> None:
        has_one = self.list.currentIndex().isValid()
        for button in (*self._for_drafts, *self._for_bin):
            button.setVisible((button in self._for_bin) is self._shows_bin)
            button.setEnabled(has_one)
        self._actions.setVisible(has_one or self._is_narrowed)

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid() or self._shows_bin:
            return
        draft_id = self._rows.item(index).id
        self._session.open_draft(draft_id)
        self.opened.emit(draft_id)

    def let_go(self) -> None:
        """Moves the chosen draft to the bin; a snackbar offers it back."""
        index = self.list.currentIndex()
        if not index.isValid() or self._shows_bin:
            return
        draft_id = self._rows.item(index).id
        if draft_id == self._session.draft.id:
            self._session.discard_draft()  # whoever shows the desk offers it back
            return
        self._library.delete_draft(draft_id)
        self.snackbar.tell("Moved to the bin.", lambda: self._library.undelete_draft(draft_id))

    def put_back(self) -> None:
        """Takes the chosen draft out of the bin."""
        index = self.list.currentIndex()
        if index.isValid() and self._shows_bin:
            draft_id = self._rows.item(index).id
            self._library.undelete_draft(draft_id)
            self.snackbar.tell("Put back among the drafts.")

    def delete_for_good(self) -> None:
        """Asks once, then forgets the chosen draft of the bin."""
        index = self.list.currentIndex()
        if not index.isValid() or not self._shows_bin:
            return
        draft = self._rows.item(index)
        self.question.ask(
            f"Delete “{draft.preview or 'Untitled'}” for good, with its versions? This cannot be undone.",
            "Delete for good",
            lambda: self._library.forget_deleted_draft(draft.id),
        )

    def empty_bin(self) -> None:
        """Asks once, then forgets everything in the bin, whatever is searched for."""
        count = len(self._library.drafts(deleted=True, limit=_MANY))
        match count:
            case 1:
                what = "the one draft in the bin for good, with its versions"
            case _ if count < _MANY:
                what = f"all {count} drafts in the bin for good, with their versions"
            case _:
                what = "all drafts in the bin for good, with their versions"
        self.question.ask(f"Delete {what}? This cannot be undone.", "Empty the bin", self._library.empty_bin)

    def _restore_version(self, draft_id: str, number: int) -> None:
        self._session.open_version(draft_id, number)
        self._close_versions()
        self.opened.emit(draft_id)

    def _close_versions(self) -> None:
        self.filters.show()
        self._views.show_view(self._overview)
        self.list.setFocus()

    def _show_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        self.list.setCurrentIndex(index)
        menu = QMenu(self)
        if self._shows_bin:
            menu.addAction("Put back", self.put_back)
            menu.addSeparator()
            menu.addAction("Delete for good", self.delete_for_good)
        else:
            menu.addAction("Go on writing", lambda: self._open(index))
            menu.addAction("Versions", self.show_versions)
            menu.addSeparator()
            menu.addAction("Move to bin", self.let_go)
        menu.exec(self.list.viewport().mapToGlobal(place))
        menu.deleteLater()
