"""What was planned a moment ago, with the way to take it back."""

from PySide6.QtCore import Signal

from twohats.bridge.library import Library
from twohats.bridge.session import Session
from twohats.gui import wording
from twohats.gui.schedule.later import planned_words
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.banner import Banner
from twohats.model.plan import Keeper


class PlannedNote(Banner):
    """Hidden until a post was planned from the desk. `told` once it says something."""

    told = Signal()

    def __init__(self, theme: Theme, session: Session, library: Library) -> None:
        super().__init__(theme)
        self._session = session
        self._library = library
        self._post_id = ""
        self._draft_id = ""
        session.planned.connect(self._tell_planned)
        library.plan_taken_back.connect(self._note_taken_back)

    def _tell_planned(self, post_id: str) -> None:
        kept = self._library.plans_of(post_id)
        deliveries = self._library.deliveries(post_id)
        if not kept or not deliveries:
            return
        self._post_id, self._draft_id = post_id, deliveries[0].draft_id
        keeper = Keeper.THERE if all(one.keeper is Keeper.THERE for one in kept) else Keeper.HERE
        self.tell(planned_words(kept[0].plan, keeper), "good", wording.sentence("later", "take_back"), self._take_back)
        announce(self, self.sentence)
        self.told.emit()

    def _take_back(self) -> None:
        self._library.take_back_plan(self._post_id)

    def _note_taken_back(self, post_id: str, problem: str) -> None:
        if post_id != self._post_id:
            return
        if problem:
            self.tell(wording.sentence("error", problem), "warn")
            announce(self, self.sentence)
            return
        is_here = self.isVisible()
        self.hide()
        self._post_id = ""
        if is_here:
            self._session.open_draft(self._draft_id)
