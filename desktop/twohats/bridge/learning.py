"""What is learned of the rules by using them: counts of what became of findings, and the rule that offers to step down.

Nothing is trained, and no word of a post is kept: a draft is followed in memory, and only counts reach the store.
"""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from twohats.boundary.policy import answers_for, row_of, rule_book
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows import tally
from twohats.flows.review import Verdict
from twohats.flows.tally import RuleCounts, Watch
from twohats.model.approval import Answer
from twohats.model.draft import Draft
from twohats.model.errors import TwoHatsError
from twohats.model.finding import Severity, Suggestion
from twohats.model.identity import Hat
from twohats.model.policy import Allowance
from twohats.model.tally import Proposal, ProposalAnswer, Showing, Tally

if TYPE_CHECKING:
    from twohats.bridge.owner import Owner
    from twohats.bridge.posting import Pending
    from twohats.bridge.session import Findings, Session

_DRAFTS_FOLLOWED = 50


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule that weighs otherwise than usual under a hat. `answer` is the proposal that did it, if one did."""

    rule: str
    hat: Hat
    usual: Severity
    severity: Severity
    answer: ProposalAnswer | None


@dataclass(frozen=True, slots=True)
class _Posting:
    """A post in its undo window: what will be counted, and the watch in case it is taken back."""

    draft_id: str
    watch: Watch
    showings: tuple[Showing, ...]


class Learning(QObject):
    """`counted`: the counts have changed. `proposal_changed` carries the Proposal that is open now, or None."""

    counted = Signal()
    proposal_changed = Signal(object)

    def __init__(self, services: Services, owner: "Owner", tasks: Tasks) -> None:
        super().__init__(owner)
        self._services = services
        self._owner = owner
        self._tasks = tasks
        self._watches: dict[str, Watch] = {}
        self._posting: dict[str, _Posting] = {}
        self._draft_id = ""
        self._hat: Hat | None = None
        self._tallies: tuple[Tally, ...] = ()
        self._answers: tuple[ProposalAnswer, ...] = ()
        self._proposal: Proposal | None = None
        self._numbers = count(1)
        self._shown = 0
        owner.policy_changed.connect(self._propose)
        owner.settings_changed.connect(self._follow_settings)

    def follow(self, session: "Session") -> None:
        """Watches what becomes of the findings on the desk."""
        self._session = session
        session.findings_changed.connect(self._see)
        session.draft_opened.connect(self._follow_draft)
        session.hat_changed.connect(self._follow_hat)
        session.suggestion_used.connect(self._note_suggestion)
        session.allowed.connect(self._note_allowance)
        session.handed_over.connect(self._hold)
        session.taken_back.connect(self._give_back)
        session.pending_changed.connect(self._count_what_left)
        self._draft_id = session.draft.id
        self._hat = session.hat
        # A proposal can wait until the window stands; counts that cannot be read are no reason to bother anybody.
        self._tasks.run(Lane.DISK, self._read, self._show)

    # What was counted.

    def counts(self) -> tuple[RuleCounts, ...]:
        """By rule and hat, what is on the desk included as far as it is decided. Raises StoreError."""
        self.settle()
        self._show(self._read())
        return tally.counts(self._tallies)

    def settle(self) -> None:
        """Counts what is decided of the draft on the desk: the window closes, or somebody looks at the counts."""
        watch = self._watches.get(self._draft_id)
        showings = watch.leave(self._hat) if watch else ()
        if showings:
            try:
                self._services.tallies.add(self._today(), showings)
            except TwoHatsError:
                return  # a count less; the store's trouble is told where words would be lost

    def clear(self) -> None:
        """Forgets all counts. Rules stay as they are. Raises StoreError."""
        self._watches.clear()
        self._services.tallies.clear()
        self._show(self._read())

    # The rule that offers to step down.

    @property
    def proposal(self) -> Proposal | None:
        """The one that is open, if any is."""
        return self._proposal

    def changed_rules(self) -> tuple[ChangedRule, ...]:
        """The rules that weigh otherwise than usual, in the order of the rules; those from outside come last."""
        book, order = rule_book(), list(rule_book())
        lowered = {(a.proposal.rule, a.proposal.hat): a for a in self._answers if a.is_lowered}
        changed = [
            ChangedRule(rule, hat, row_of(book, rule).severities[hat], severity, lowered.get((rule, hat)))
            for (rule, hat), severity in self._owner.policy.severities.items()
        ]
        return tuple(
            sorted(
                (each for each in changed if each.severity is not each.usual),
                key=lambda each: (order.index(each.rule) if each.rule in book else len(order), each.rule),
            )
        )

    def lower(self, made: Proposal) -> None:
        """Shows the rule as a note from now on. Raises StoreError."""
        if tally.may_be_lowered(made.rule):
            self._note_answer(made, is_lowered=True)
            self._owner.set_severity(made.rule, made.hat, Severity.NOTE)

    def leave(self, made: Proposal) -> None:
        """The rule stays as it is, and makes no proposal for a while. Raises StoreError."""
        self._note_answer(made, is_lowered=False)

    def raise_again(self, rule: str, hat: Hat) -> None:
        """The rule weighs as usual, and makes no proposal for a while. Raises StoreError."""
        known = next((a.proposal for a in self._answers if (a.proposal.rule, a.proposal.hat) == (rule, hat)), None)
        self._note_answer(known or Proposal(rule, hat, 0, 0), is_lowered=False)
        self._owner.set_severity(rule, hat, None)

    # Watching.

    def _see(self, findings: "Findings") -> None:
        draft = self._session.draft
        is_whole = findings.personal.complete and findings.professional.complete
        is_of_now = (findings.draft_id, findings.revision) == (draft.id, draft.revision)
        if not (self._owner.settings.keeps_counts and is_of_now and is_whole):
            return
        found = {hat: findings.of(hat).findings for hat in Hat}
        if draft.id in self._watches or any(found.values()):
            self._watch_of(draft.id).see(draft.hat, found, draft.revision)

    def _watch_of(self, draft_id: str) -> Watch:
        watch = self._watches.pop(draft_id, None) or Watch()
        self._watches[draft_id] = watch  # the newest stands last
        while len(self._watches) > _DRAFTS_FOLLOWED:
            del self._watches[next(iter(self._watches))]
        return watch

    def _follow_draft(self, draft: Draft) -> None:
        if draft.id == self._draft_id:
            return
        watch = self._watches.get(self._draft_id)
        self._count(watch.leave(self._hat) if watch else ())
        self._draft_id = draft.id

    def _follow_hat(self, hat: Hat | None) -> None:
        self._hat = hat

    def _note_suggestion(self, suggestion: Suggestion) -> None:
        watch = self._watches.get(self._draft_id)
        if watch:
            watch.note_suggestion(suggestion)

    def _note_allowance(self, allowance: Allowance) -> None:
        watch = self._watches.get(self._draft_id)
        if watch:
            is_code = allowance.reason in answers_for(allowance.rule)  # words of the owner's own are not for counting
            watch.note_allowance(allowance, allowance.reason if is_code else allowance.scope.value)

    def _hold(self, post_id: str, verdict: Verdict, answers: tuple[Answer, ...]) -> None:
        draft = verdict.draft
        if draft.hat is None or not self._owner.settings.keeps_counts:
            return
        watch = self._watches.pop(draft.id, None) or Watch()
        self._posting[post_id] = _Posting(draft.id, watch, watch.posted(draft.hat, verdict.findings, answers))

    def _give_back(self, post_id: str) -> None:
        posting = self._posting.pop(post_id, None)
        if posting:
            self._watches[posting.draft_id] = posting.watch

    def _count_what_left(self, pending: "tuple[Pending, ...]") -> None:
        waiting = {post.post_id for post in pending}
        for post_id in [post_id for post_id in self._posting if post_id not in waiting]:
            self._count(self._posting.pop(post_id).showings)

    # Keeping.

    def _count(self, showings: tuple[Showing, ...]) -> None:
        if not showings:
            return
        day = self._today()

        def keep() -> _Kept:
            self._services.tallies.add(day, showings)
            return self._read()

        self._tasks.run(Lane.DISK, keep, self._show)

    def _read(self) -> "_Kept":
        number = next(self._numbers)  # before the store is asked: what is written meanwhile is in the next one
        return _Kept(number, tuple(self._services.tallies.all()), tuple(self._services.tallies.answers()))

    def _show(self, read: "_Kept") -> None:
        if read.number < self._shown:
            return  # it was overtaken on its way here
        self._shown = read.number
        is_new = (read.tallies, read.answers) != (self._tallies, self._answers)
        self._tallies, self._answers = read.tallies, read.answers
        self._propose()
        if is_new:
            self.counted.emit()

    def _note_answer(self, made: Proposal, *, is_lowered: bool) -> None:
        self._services.tallies.note_answer(ProposalAnswer(made, is_lowered, self._today()))
        self._show(self._read())

    def _follow_settings(self) -> None:
        if not self._owner.settings.keeps_counts:
            self._watches.clear()
            self._posting.clear()
        self._propose()

    def _propose(self) -> None:
        made = None
        if self._owner.settings.keeps_counts and self._tallies:
            made = tally.proposal(self._tallies, self._weights(), self._answers, self._today())
        if made != self._proposal:
            self._proposal = made
            self.proposal_changed.emit(made)

    def _weights(self) -> dict[tuple[str, Hat], Severity]:
        """How loud each rule is that was counted."""
        book, severities = rule_book(), self._owner.policy.severities
        rules = {(tally.showing.rule, tally.showing.hat) for tally in self._tallies}
        return {(rule, hat): severities.get((rule, hat), row_of(book, rule).severities[hat]) for rule, hat in rules}

    def _today(self) -> date:
        return self._services.clock().date()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store holds; a higher `number` was read later."""

    number: int
    tallies: tuple[Tally, ...]
    answers: tuple[ProposalAnswer, ...]
