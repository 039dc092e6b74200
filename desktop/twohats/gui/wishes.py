"""Does in the window what was asked for from outside: shows a draft or a record; asks before it imports a file."""

from pathlib import Path

from PySide6.QtCore import QObject

from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.main_window import MainWindow
from twohats.gui.widgets.announce import announce
from twohats.model.delivery import DeliveryState
from twohats.model.draft import DraftSummary
from twohats.model.wish import ItemKind, OpenFile, OpenItem, Wish

_SECTION = "opening"
_ON_ITS_WAY = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.HELD)
_LONGEST_NAME = 60
_WHOLE_BIN = 100_000


class Wishes(QObject):
    """Whoever asks may be a web page: what is on the desk is kept, the gate is not disturbed, nothing is changed."""

    def __init__(self, window: MainWindow, owner: Owner, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._owner = owner
        self._library = library
        self._file: Path | None = None

    def obey(self, wish: Wish) -> None:
        """Shows what is wanted, or says in a sentence why not."""
        if self._window.gate.isVisible():
            return  # it asks already, and the post behind it comes first
        match wish:
            case OpenFile(path):
                self._ask_to_import(path)
            case OpenItem(ItemKind.DRAFT, item_id):
                self._show_draft(item_id)
            case OpenItem(ItemKind.RECORD, item_id):
                self._show_record(item_id)

    def _show_draft(self, draft_id: str) -> None:
        draft = self._library.draft(draft_id)
        if draft is None:
            self._window.tell_problem("link_gone", {})
        elif draft.post_id:
            self._show_record(draft.post_id)
        elif any(one.id == draft_id for one in self._bin()):
            self._window.tell_problem("link_in_bin", {})
        else:
            self._window.session.open_draft(draft_id)

    def _bin(self) -> tuple[DraftSummary, ...]:
        return tuple(self._library.drafts(deleted=True, limit=_WHOLE_BIN))

    def _show_record(self, post_id: str) -> None:
        if self._library.record(post_id) is None:
            self._window.tell_problem("link_gone", {})
            return
        waits = [delivery.state in _ON_ITS_WAY for delivery in self._library.deliveries(post_id)]
        self._window.show_post(post_id, has_left=not (waits and all(waits)))

    def _ask_to_import(self, path: Path) -> None:
        self._file = path
        name = path.name if len(path.name) <= _LONGEST_NAME else f"{path.name[:_LONGEST_NAME]}…"
        question = wording.sentence(_SECTION, "question", name=name)
        self._window.banner.tell(question, "note", wording.sentence(_SECTION, "import"), self._import)
        self._leave_focus_below()
        announce(self._window, question)

    def _leave_focus_below(self) -> None:
        """Who presses Enter without having read has not said yes."""
        focused, page = self._window.focusWidget(), self._window.stack.currentWidget()
        if page is not None and (focused is None or self._window.banner.isAncestorOf(focused)):
            page.setFocus()

    def _import(self) -> None:
        path, self._file = self._file, None
        moving = self._owner.moving
        if path is None or moving.is_busy:
            return
        moving.imported.connect(self._tell_imported)
        moving.failed.connect(self._tell_failed)
        self._window.banner.tell(wording.sentence("moving", "busy"))
        moving.import_from(str(path))

    def _tell_imported(self, rows: int) -> None:
        self._hear_no_more()
        self._window.leave_welcome()
        self._window.banner.tell(wording.sentence("cli", "imported", rows=f"{rows:,}"), "good")
        announce(self._window, self._window.banner.sentence)

    def _tell_failed(self, code: str, facts: dict[str, object]) -> None:
        self._hear_no_more()
        self._window.tell_problem(code, facts)

    def _hear_no_more(self) -> None:
        self._owner.moving.imported.disconnect(self._tell_imported)
        self._owner.moving.failed.disconnect(self._tell_failed)
