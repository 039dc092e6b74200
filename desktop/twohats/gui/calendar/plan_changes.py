"""Moves planned posts and takes them back for a page, and tells in its banner what became of it, with the way back."""

from PySide6.QtCore import QObject, Signal

from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.schedule import when
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.banner import Banner
from twohats.model.plan import Plan

_SECTION = "calendar"


class PlanChanges(QObject):
    """`changed` once a wish was answered either way; `draft_wanted` with a draft to be opened."""

    changed = Signal()
    draft_wanted = Signal(str)

    def __init__(self, library: Library, told: Banner) -> None:
        super().__init__(told)
        self._library = library
        self._told = told
        self._moves: dict[str, tuple[Plan, Plan]] = {}
        self._draft_ids: dict[str, str] = {}
        library.plan_moved.connect(self._note_moved)
        library.plan_taken_back.connect(self._note_taken_back)

    def move(self, post_id: str, before: Plan, after: Plan) -> None:
        """Wishes a post at another time."""
        if before != after:
            self._moves[post_id] = (before, after)
            self._library.move_plan(post_id, after)

    def take_back(self, post_id: str) -> None:
        """Wishes a post to be a draft again."""
        deliveries = self._library.deliveries(post_id)
        self._draft_ids[post_id] = deliveries[0].draft_id if deliveries else ""
        self._library.take_back_plan(post_id)

    def tell_not_moved(self, problem: str) -> None:
        """Why a post stays where it was, by the problem's code."""
        why = wording.sentence("error" if wording.has_sentence("error", problem) else "keeper", problem)
        self._told.tell(wording.sentence(_SECTION, "not_moved", why=why), "warn")
        announce(self._told, self._told.sentence)

    def _note_moved(self, post_id: str, problem: str) -> None:
        before, after = self._moves.pop(post_id, (None, None))
        if before is None or after is None:
            return
        self.changed.emit()
        if problem:
            self.tell_not_moved(problem)
            return
        words = wording.sentence(_SECTION, "moved", when=when.plan_words(after))
        self._told.tell(words, "good", wording.sentence(_SECTION, "undo"), lambda: self._undo(post_id, after, before))
        announce(self._told, words)

    def _undo(self, post_id: str, now: Plan, before: Plan) -> None:
        self._told.hide()
        self.move(post_id, now, before)

    def _note_taken_back(self, post_id: str, problem: str) -> None:
        draft_id = self._draft_ids.pop(post_id, None)
        if draft_id is None:
            return
        self.changed.emit()
        if problem:
            self._told.tell(wording.sentence("error", problem), "warn")
        else:
            verb = wording.sentence(_SECTION, "open_draft")
            self._told.tell(wording.sentence(_SECTION, "taken_back"), "good", verb, lambda: self._open(draft_id))
        announce(self._told, self._told.sentence)

    def _open(self, draft_id: str) -> None:
        self._told.hide()
        self.draft_wanted.emit(draft_id)
