"""What is counted of the rules: each finding once a draft, and what became of it; and when a rule offers to step down.

Settled when the draft is posted, or leaves the desk: only then is it known what became of what was shown.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from twohats.model.approval import Answer
from twohats.model.finding import Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope, normalise
from twohats.model.tally import Outcome, Proposal, ProposalAnswer, Showing, Tally

SILENT_FOR = timedelta(days=30)
"""How long a rule makes no proposal after it was given an answer."""

WINDOW = 20
"""So many of the newest showings speak for or against a rule; the day that completes them counts whole."""

ENOUGH_KEPT = 15
"""So many of them kept, and the rule offers to step down."""

# What goes by within this time was part of the typing, and shown to nobody.
_NOTICED_AFTER_S = 2.0
_KEPT = frozenset((Outcome.KEPT, Outcome.ANSWERED, Outcome.NOT_PERSONAL))
_SMALL_WORDS = frozenset(("the", "our", "your", "his", "her", "its", "their", "and", "was", "for", "with"))


def may_be_lowered(rule: str) -> bool:
    """Whether a rule may ever offer to step down: no rule about clients, nor the one about asking for reviews."""
    return not rule.startswith("C") and rule != "D1"


class Watch:
    """Follows the findings of one draft while it lies on the desk. Holds words only as long as the draft is open.

    `now_s` is a clock in seconds that nobody can set.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._open: list[_Seen] = []
        self._counted: set[tuple[Hat, str]] = set()
        self._latest: Mapping[Hat, Sequence[Finding]] = {}

    def see(self, hat: Hat | None, found: Mapping[Hat, Sequence[Finding]], revision: int) -> None:
        """A check of the draft is shown. `hat` is the one chosen; without one, the stricter list is shown."""
        self._latest = found
        shown = hat or Hat.PROFESSIONAL
        news = {finding.key: finding for finding in found[shown] if finding.severity > Severity.SILENT}
        there = {side: {f.key for f in found[side] if f.severity > Severity.SILENT} for side in Hat}
        for seen in list(self._open):
            if seen.finding.key in there[seen.hat]:
                now = news.pop(seen.finding.key) if seen.hat is shown else seen.finding
                seen.show_again(now, revision, is_chosen=hat is seen.hat)
            elif seen.is_there:
                self._lose(seen, hat, revision)
        for finding in news.values():
            if (shown, finding.key) not in self._counted:
                self._begin(finding, shown, revision, is_chosen=hat is shown)

    def note_suggestion(self, suggestion: Suggestion) -> None:
        """A suggestion was taken. A move shows in the hat."""
        if suggestion.kind is SuggestionKind.MOVE:
            return
        for seen in self._open:
            if seen.is_there and suggestion in seen.finding.suggestions:
                seen.cause = Outcome.SUGGESTED

    def note_allowance(self, allowance: Allowance, reason: str) -> None:
        """The owner let something pass; `reason` is a code."""
        for seen in self._open:
            finding = seen.finding
            is_meant = allowance.scope is Scope.TOPIC or normalise(finding.words) == normalise(allowance.wording)
            if seen.hat is allowance.hat and finding.rule == allowance.rule and is_meant:
                is_error = allowance.scope is Scope.NOT_PERSONAL
                seen.cause = Outcome.NOT_PERSONAL if is_error else Outcome.KEPT
                seen.reason = "" if is_error else reason

    def leave(self, hat: Hat | None) -> tuple[Showing, ...]:
        """The draft leaves the desk unposted: what is decided counts, and only once; what is still open does not."""
        settled = []
        for seen in list(self._open):
            showing = self._settled(seen, hat)
            if showing is not None:
                settled.append(showing)
                self._counted.add((seen.hat, seen.finding.key))
                self._open.remove(seen)
        return tuple(settled)

    def posted(self, hat: Hat, findings: Iterable[Finding], answers: Iterable[Answer]) -> tuple[Showing, ...]:
        """What became of everything, if the draft is posted so. Nothing changes here: the post may be taken back."""
        reasons = {answer.finding.key: answer.code for answer in answers}
        standing = {finding.key: finding for finding in findings if finding.severity > Severity.SILENT}
        settled = []
        for seen in self._open:
            if seen.hat is hat and seen.finding.key in standing:
                continue
            showing = self._settled(seen, hat)
            if showing is not None:
                settled.append(showing)
        for key, finding in standing.items():
            if (hat, key) not in self._counted:
                outcome = Outcome.ANSWERED if key in reasons else Outcome.LEFT
                settled.append(Showing(finding.rule, hat, finding.severity, outcome, reasons.get(key, "")))
        return tuple(settled)

    def _begin(self, finding: Finding, hat: Hat, revision: int, *, is_chosen: bool) -> None:
        """A finding that grows or is mended while somebody types is the one that stood there before."""
        for seen in self._open:
            if (
                seen.hat is hat
                and not seen.is_there
                and seen.cause is Outcome.EDITED
                and _is_same(seen.finding, finding)
            ):
                seen.show_again(finding, revision, is_chosen=is_chosen)
                return
        self._open.append(_Seen(hat, finding, self._now_s(), revision, is_chosen))

    def _lose(self, seen: "_Seen", hat: Hat | None, revision: int) -> None:
        seen.is_there = False
        if seen.cause is not None:
            return
        is_old_enough = self._now_s() - seen.since_s >= _NOTICED_AFTER_S
        if revision == seen.revision or not is_old_enough:
            # The same words, and found no more: rules, card or policy changed. Or it passed while somebody typed.
            self._open.remove(seen)
        else:
            seen.cause = Outcome.EDITED if hat is None or hat is seen.hat else Outcome.MOVED

    def _settled(self, seen: "_Seen", hat: Hat | None) -> Showing | None:
        finding = seen.finding
        if not seen.is_chosen and hat is not seen.hat:
            return None  # shown before a hat was chosen, and it became the other
        outcome = seen.cause
        if seen.is_there and outcome is None:
            is_found_there_too = hat is not None and any(
                other.key == finding.key and other.severity > Severity.SILENT for other in self._latest.get(hat, ())
            )
            outcome = None if hat is None or hat is seen.hat or is_found_there_too else Outcome.MOVED
        return None if outcome is None else Showing(finding.rule, seen.hat, finding.severity, outcome, seen.reason)


@dataclass(frozen=True, slots=True)
class RuleCounts:
    """What became of a rule's findings under one hat. `shown` is the sum of the others."""

    rule: str
    hat: Hat
    changed: int = 0
    moved: int = 0
    kept: int = 0
    not_personal: int = 0
    left: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def shown(self) -> int:
        return self.changed + self.moved + self.kept + self.not_personal + self.left


def counts(tallies: Iterable[Tally]) -> tuple[RuleCounts, ...]:
    """The sums by rule and hat; reasons, the most frequent first."""
    sums: dict[tuple[str, Hat], Counter[Outcome]] = {}
    reasons: dict[tuple[str, Hat], Counter[str]] = {}
    for tally in tallies:
        showing = tally.showing
        place = (showing.rule, showing.hat)
        sums.setdefault(place, Counter())[showing.outcome] += tally.count
        if showing.reason:
            reasons.setdefault(place, Counter())[showing.reason] += tally.count
    return tuple(
        RuleCounts(
            rule,
            hat,
            changed=by_outcome[Outcome.EDITED] + by_outcome[Outcome.SUGGESTED],
            moved=by_outcome[Outcome.MOVED],
            kept=by_outcome[Outcome.KEPT] + by_outcome[Outcome.ANSWERED],
            not_personal=by_outcome[Outcome.NOT_PERSONAL],
            left=by_outcome[Outcome.LEFT],
            reasons=tuple(sorted(reasons.get((rule, hat), {}).items(), key=lambda pair: (-pair[1], pair[0]))),
        )
        for (rule, hat), by_outcome in sums.items()
    )


def proposal(
    tallies: Sequence[Tally],
    weights: Mapping[tuple[str, Hat], Severity],
    answers: Iterable[ProposalAnswer],
    today: date,
) -> Proposal | None:
    """The rule that most clearly asks to step down, if any does. `weights` is how loud each rule is now.

    Only a rule that warns, and that was kept in at least 15 of its 20 newest showings (whole days); what was left
    unasked speaks neither for it nor against it. Silent for 30 days after an answer.
    """
    silent = {(a.proposal.rule, a.proposal.hat) for a in answers if abs(today - a.on) < SILENT_FOR}
    may_ask = {
        place
        for place, weight in weights.items()
        if weight is Severity.WARN and may_be_lowered(place[0]) and place not in silent
    }
    days: dict[tuple[str, Hat], dict[date, Counter[bool]]] = {}
    for tally in tallies:
        showing = tally.showing
        place = (showing.rule, showing.hat)
        if place in may_ask and showing.severity is Severity.WARN and showing.outcome is not Outcome.LEFT:
            of_day = days.setdefault(place, {}).setdefault(tally.day, Counter())
            of_day[showing.outcome in _KEPT] += tally.count
    found = [made for place, by_day in days.items() if (made := _proposal_of(place, by_day)) is not None]
    return max(found, key=lambda made: (made.kept / made.shown, made.shown), default=None)


def _proposal_of(place: tuple[str, Hat], by_day: Mapping[date, Counter[bool]]) -> Proposal | None:
    """`by_day`: how many were kept (True) and how many not."""
    kept = shown = 0
    for day in sorted(by_day, reverse=True):
        kept += by_day[day][True]
        shown += by_day[day].total()
        if shown >= WINDOW:
            break
    is_enough = shown >= WINDOW and kept * WINDOW >= shown * ENOUGH_KEPT
    return Proposal(*place, kept, shown) if is_enough else None


@dataclass(slots=True)
class _Seen:
    """A finding on the desk: where it stands and what became of it so far."""

    hat: Hat
    finding: Finding
    since_s: float
    revision: int
    is_chosen: bool
    is_there: bool = True
    cause: Outcome | None = None
    reason: str = ""

    def show_again(self, finding: Finding, revision: int, *, is_chosen: bool) -> None:
        self.finding = finding
        self.is_chosen = self.is_chosen or is_chosen
        if not self.is_there or revision != self.revision:
            self.cause, self.reason = None, ""  # an allowance was taken back, or the words were
        self.is_there = True
        self.revision = revision


def _is_same(before: Finding, now: Finding) -> bool:
    same_place = before.rule == now.rule and before.span.field is now.span.field
    return same_place and bool(_words(before) & _words(now))


def _words(finding: Finding) -> frozenset[str]:
    words = (word.strip(".,;:!?'’\"") for word in finding.words.casefold().split())
    return frozenset(word for word in words if len(word) > 2) - _SMALL_WORDS
