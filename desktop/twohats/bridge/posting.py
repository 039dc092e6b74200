"""The way to post: the review of exactly what stands on the desk, the gate, the undo window."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows import compose
from twohats.flows.review import Verdict, VerdictKind
from twohats.model.approval import Answer
from twohats.model.draft import Draft
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, Plan
from twohats.model.rendition import AFTER


@dataclass(frozen=True, slots=True)
class Pending:
    """A post in its undo window. `where` are labels of accounts; `leaves_at` is aware UTC; `first` the label
    of the one that goes first, if the others wait for it."""

    post_id: str
    draft_id: str
    hat: Hat
    posted_as: str
    where: tuple[str, ...]
    leaves_at: datetime
    window_s: int
    first: str = ""


class OnDesk(Protocol):
    """What the way to post needs of the desk."""

    @property
    def draft(self) -> Draft: ...

    def save_now(self) -> bool: ...

    def open_draft(self, draft_id: str) -> None: ...

    def start_afresh(self) -> None: ...


class Posting(QObject):
    """Its signals are those of the session, which hands them on."""

    gate_opened = Signal(object)
    post_refused = Signal(str, dict)
    pending_changed = Signal(object)
    queued = Signal()
    planned = Signal(str)
    window_opened = Signal(str, int)
    window_ended = Signal(str)
    busy_changed = Signal(bool)
    handed_over = Signal(str, object, object)
    taken_back = Signal(str)
    rest_kept = Signal(str, object)
    problem = Signal(str, dict)

    def __init__(self, services: Services, owner: Owner, tasks: Tasks, desk: OnDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._owner = owner
        self._tasks = tasks
        self._desk = desk
        self._pending: tuple[Pending, ...] = ()
        self._rests: dict[str, Draft] = {}  # what the other hat says, by the post beside which it was kept
        self._verdict: Verdict | None = None
        self._plan: Plan | None = None
        self._keeper = Keeper.HERE
        self._is_busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._drop_left)

    @property
    def pending(self) -> tuple[Pending, ...]:
        return self._pending

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def forget_review(self) -> None:
        """Another draft is on the desk."""
        self._verdict = None

    def ask_to_post(self, plan: Plan | None = None, keeper: Keeper = Keeper.HERE) -> None:
        """Reviews these exact bytes; then the undo window or the wait for its time, the gate, or a refusal in words."""
        draft_id = self._desk.draft.id
        if self._is_busy or not self._desk.save_now() or self._desk.draft.id != draft_id:
            return  # overtaken in this very moment: that is told first, and Post pressed again
        if plan is not None and plan.at <= self._services.clock():
            self.post_refused.emit("plan_past", {})
            return
        self._plan, self._keeper = plan, Keeper(keeper)
        draft = self._desk.draft
        hat = draft.hat
        identity = self._owner.identity(hat) if hat else None
        chosen = tuple(a for a in self._owner.accounts(hat) if a.id in draft.target_ids) if hat else ()
        policy = self._owner.policy
        is_quiet = self._owner.trial.is_quiet
        self._set_busy(True)
        self._tasks.run(
            Lane.SCAN,
            lambda: self._services.reviewer.review(
                draft, identity, chosen, policy, is_quiet=is_quiet, goes_at=plan.at if plan else None
            ),
            self._act_on,
            self._stop_posting,
        )

    def ask_again(self) -> None:
        """The same as was asked last, with the time that was planned: at the gate something has changed."""
        self.ask_to_post(self._plan, self._keeper)

    def post_with(self, answers: tuple[Answer, ...]) -> None:
        """From the gate, with a reason for each open finding. After an edit it is reviewed anew."""
        verdict = self._verdict
        if verdict is None or self._is_busy:
            return
        if verdict.draft.id != self._desk.draft.id:
            self.post_refused.emit("changed_meanwhile", {})
            return
        if verdict.draft.revision != self._desk.draft.revision:
            self.ask_again()
            return
        self._set_busy(True)
        self._hand_over(verdict, answers)

    def undo_post(self, post_id: str) -> None:
        """Takes a post back before it leaves, and puts its draft on the desk again."""
        pending = next((p for p in self._pending if p.post_id == post_id), None)
        if pending is None:
            return
        try:
            is_back = self._services.publisher.undo(post_id)
        except TwoHatsError as problem:
            self._tell(problem)
            return
        if not is_back:
            self.problem.emit("left_already", {})
            return
        self.taken_back.emit(post_id)
        self._set_pending(tuple(p for p in self._pending if p.post_id != post_id))
        self.window_ended.emit(post_id)
        self._desk.open_draft(pending.draft_id)
        self._drop_rest(post_id)

    def send_now(self, post_id: str) -> None:
        """Cuts the undo window short."""
        try:
            self._services.publisher.send_now(post_id)
        except TwoHatsError as problem:
            self._tell(problem)
            return
        self._set_pending(tuple(p for p in self._pending if p.post_id != post_id))
        self.window_ended.emit(post_id)

    # Inside.

    def _act_on(self, verdict: Verdict) -> None:
        if verdict.draft.id != self._desk.draft.id or verdict.draft.revision != self._desk.draft.revision:
            self._set_busy(False)
            self.post_refused.emit("changed_meanwhile", {})
            return
        self._verdict = verdict
        match verdict.kind:
            case VerdictKind.CLEAR:
                self._hand_over(verdict, ())
            case VerdictKind.NEEDS_ANSWERS:
                self._set_busy(False)
                self.gate_opened.emit(verdict)
            case VerdictKind.BLOCKED:
                self._set_busy(False)
                self.post_refused.emit(verdict.problems[0], {})
            case VerdictKind.NOT_CHECKED:
                self._set_busy(False)
                self.post_refused.emit("not_checked", {})

    def _hand_over(self, verdict: Verdict, answers: tuple[Answer, ...]) -> None:
        services = self._services
        hat = verdict.draft.hat
        if hat is None or verdict.identity is None or verdict.targets is None:
            raise AssertionError("a verdict that can be approved has a hat, an identity and targets")
        window_s = self._owner.settings.undo_window_s(hat.value)
        plan, keeper = self._plan, self._keeper
        rest = compose.draft_of_other_hat(verdict.draft, services.new_id(), services.clock())

        def queue_up() -> str:
            approval = services.reviewer.approve(verdict, answers)
            if rest is not None:
                services.drafts.save(rest)  # first: cut off here, it stands twice, which is better than not at all
            try:
                services.publisher.queue_up(verdict, approval, window_s, plan, keeper)
            except TwoHatsError:
                if rest is not None:
                    self._forget(rest)
                raise
            return approval.post_id

        where = tuple(account.label for account in verdict.targets.accounts)
        leaders = {rendition.payload.get(AFTER) for rendition in verdict.renditions}
        first = next((account.label for account in verdict.targets.accounts if account.id in leaders), "")
        identity = verdict.identity

        def show(post_id: str) -> None:
            self._set_busy(False)
            self._verdict = None
            if rest is not None:
                self._rests[post_id] = rest
            is_on_desk = self._desk.draft.id == verdict.draft.id
            if is_on_desk and self._desk.draft.revision != verdict.draft.revision and services.publisher.undo(post_id):
                # A key came between Post and here: what was approved is not what stands there now.
                self._drop_rest(post_id)
                self.post_refused.emit("changed_meanwhile", {})
                return
            self.handed_over.emit(post_id, verdict, answers)
            if plan is not None:
                if is_on_desk:
                    self._desk.start_afresh()
                self.planned.emit(post_id)
                self.queued.emit()
                self._tell_rest(rest)
                return
            leaves_at = self._services.clock() + timedelta(seconds=window_s)
            pending = Pending(post_id, verdict.draft.id, hat, identity.display_name, where, leaves_at, window_s, first)
            if is_on_desk:
                self._desk.start_afresh()
            self._set_pending((*self._pending, pending))
            self.window_opened.emit(post_id, window_s)
            self.queued.emit()
            self._tell_rest(rest)

        self._tasks.run(Lane.DISK, queue_up, show, self._stop_posting)

    def _tell_rest(self, rest: Draft | None) -> None:
        if rest is not None:
            self.rest_kept.emit(rest.id, rest.hat)

    def _drop_rest(self, post_id: str) -> None:
        """The post is a draft again, with the words of both hats: what was kept of the other one goes, unless somebody
        has written on in it."""
        rest = self._rests.pop(post_id, None)
        try:
            kept = self._services.drafts.get(rest.id) if rest is not None else None
            if rest is not None and kept is not None and kept.revision == rest.revision and not kept.post_id:
                self._forget(rest)
                self.queued.emit()
        except TwoHatsError as problem:
            self._tell(problem)

    def _forget(self, rest: Draft) -> None:
        self._services.drafts.delete(rest.id, self._services.clock())
        self._services.drafts.forget_deleted(rest.id)

    def _stop_posting(self, problem: TwoHatsError) -> None:
        self._set_busy(False)
        self.post_refused.emit(problem.code, dict(problem.facts))

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def _set_pending(self, pending: tuple[Pending, ...]) -> None:
        self._pending = pending
        self.pending_changed.emit(pending)
        if pending:
            next_s = min((p.leaves_at - self._services.clock()).total_seconds() for p in pending)
            self._timer.start(max(0, int(next_s * 1000)) + 20)

    def _drop_left(self) -> None:
        now = self._services.clock()
        self._set_pending(tuple(p for p in self._pending if p.leaves_at > now))
        self.queued.emit()

    def _tell(self, problem: TwoHatsError) -> None:
        self.problem.emit(problem.code, dict(problem.facts))
