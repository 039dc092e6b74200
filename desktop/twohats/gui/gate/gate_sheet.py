"""The gate: one sheet over the dimmed desk, for a post with open findings. It looks like no other dialog."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from twohats.bridge.owner import Owner
from twohats.bridge.posting import Pending
from twohats.bridge.session import Session
from twohats.flows.review import Verdict
from twohats.gui.gate.kept import kept_in
from twohats.gui.gate.reasons import GivenReasons
from twohats.gui.gate.sheet import Sheet, asked
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.announce import announce

_WIDEST_PX = 640


class GateSheet(QWidget):
    """Covers `host` until it is answered or left. Leaving is the default: Escape and Enter lead back to the text.

    The reasons given so far are shown again when the same draft comes back.
    """

    answered = Signal(tuple)
    left = Signal(object)

    def __init__(self, theme: Theme, host: QWidget, session: Session, owner: Owner) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._session = session
        self._owner = owner
        self._sheet: Sheet | None = None
        self._verdict: Verdict | None = None
        self.reasons = GivenReasons()
        self._pending_drafts: frozenset[str] = frozenset()
        host.installEventFilter(self)
        self.hide()
        theme.theme_changed.connect(self.update)
        session.pending_changed.connect(self._follow_pending)
        session.discarded.connect(self.reasons.forget)
        session.post_refused.connect(self._leave_if_open)

    @property
    def sheet(self) -> Sheet | None:
        """What is on show; None while the gate is open to nobody."""
        return self._sheet

    @property
    def verdict(self) -> Verdict | None:
        """What it asks about."""
        return self._verdict

    def ask(self, verdict: Verdict) -> None:
        """Shows the sheet for what the review found."""
        self.close_sheet()
        if verdict.identity is None:
            raise ValueError("a verdict at the gate has an identity")
        draft, hat = verdict.draft, verdict.identity.hat
        given = self.reasons.of(draft.id, hat, asked(verdict))
        kept = kept_in(draft, hat, self._owner.allowances())
        sheet = Sheet(self._theme, verdict, given, kept, self)
        sheet.answered.connect(self._answer)
        sheet.left.connect(self._leave)
        sheet.undo_wanted.connect(self._take_back)
        self._sheet = sheet
        self._verdict = verdict
        self._cover()
        self.show()
        self.raise_()
        sheet.show()
        sheet.focus_first()
        announce(sheet, f"{sheet.title}. {len(sheet.questions)} to answer. Escape leads back to the text.")

    def close_sheet(self) -> None:
        self._keep_reasons()
        self.hide()
        if self._sheet is not None:
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None
            self._verdict = None

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("scrim"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within the sheet."""
        return self._sheet.step_focus(forward) if self._sheet is not None else False

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(self._host.rect())
        if self._sheet is None:
            return
        for edge in (GAP_REGION, GAP):
            width = min(self._theme.px(_WIDEST_PX), self.width() - 2 * edge)
            room = self.height() - 2 * edge
            height = self._sheet.fit(width, room)
            if height < room:
                break
        self._sheet.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _answer(self, answers: tuple[object, ...]) -> None:
        self.close_sheet()
        self.answered.emit(answers)

    def _leave(self) -> None:
        first = self._sheet.first_finding if self._sheet is not None else None
        self.close_sheet()
        self.left.emit(first)

    def _leave_if_open(self) -> None:
        if self._sheet is not None:
            self._leave()

    def _take_back(self, allowance_id: str) -> None:
        """What was kept is open again: the post is looked at anew, and the gate opens with what is found then."""
        if self._sheet is not None:
            self._sheet.hold()
            self._session.take_back(allowance_id)
            self._session.ask_again()

    # What was said so far.

    def _keep_reasons(self) -> None:
        if self._sheet is not None and self._verdict is not None and self._verdict.identity is not None:
            self.reasons.keep(self._verdict.draft.id, self._verdict.identity.hat, self._sheet.given())

    def _follow_pending(self, pending: tuple[Pending, ...]) -> None:
        now = frozenset(post.draft_id for post in pending)
        ended, self._pending_drafts = self._pending_drafts - now, now
        if ended:  # a post that was taken back is on the desk again right after
            QTimer.singleShot(0, self, lambda: self._forget_gone(ended))

    def _forget_gone(self, ended: frozenset[str]) -> None:
        for draft_id in ended - {self._session.draft.id}:
            self.reasons.forget(draft_id)
