"""The review before a post: checks exactly these bytes, and alone gives out approvals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from twohats.flows.render import Renderer
from twohats.model.account import Account, Targets, targets_of
from twohats.model.approval import Answer, Approval, approval_digest
from twohats.model.draft import Draft
from twohats.model.errors import NotApproved
from twohats.model.finding import CheckResult, Finding, Severity
from twohats.model.identity import Identity
from twohats.model.policy import Policy
from twohats.model.ports import Checker, Clock, NewId
from twohats.model.rendition import Rendition

_UNCHECKED = CheckResult(())


class VerdictKind(Enum):
    CLEAR = "clear"  # nothing at warn or above: it may go
    NEEDS_ANSWERS = "needs_answers"  # each open finding wants a reason
    BLOCKED = "blocked"  # it cannot go as it is: no hat, no target, too long
    NOT_CHECKED = "not_checked"  # a part of the check failed: never "clear"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the review says of one draft. `checked` is what the check said of it, nothing where it did not come so far;
    `open_findings` are those that want a reason; `problems` are codes."""

    kind: VerdictKind
    draft: Draft
    identity: Identity | None = None
    targets: Targets | None = None
    renditions: tuple[Rendition, ...] = ()
    checked: CheckResult = _UNCHECKED
    problems: tuple[str, ...] = ()
    policy_version: int = 0
    reviewed_at: datetime | None = None
    is_quiet: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.findings

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if wants_reason(finding, is_quiet=self.is_quiet))


def wants_reason(finding: Finding, *, is_quiet: bool) -> bool:
    """Whether the gate asks about a finding: about warnings and stops.

    In the quiet trial it asks only about stops that guard somebody else: clients (C), and other people who cannot agree
    to it here (T: students, participants, who sits in a waiting room). What a post tells of them cannot be called back
    by taking it down; what it tells of its author, or promises, can.
    """
    if is_quiet:
        return finding.severity is Severity.STOP and finding.rule.startswith(_GUARDING_OTHERS)
    return finding.severity >= Severity.WARN


_GUARDING_OTHERS = ("C", "T")


class Reviewer:
    """`answers_for` gives the reason codes that a rule takes."""

    def __init__(
        self,
        checker: Checker,
        renderer: Renderer,
        answers_for: Callable[[str], tuple[str, ...]],
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._checker = checker
        self._renderer = renderer
        self._answers_for = answers_for
        self._clock = clock
        self._new_id = new_id

    def review(
        self,
        draft: Draft,
        identity: Identity | None,
        accounts: Iterable[Account],
        policy: Policy,
        *,
        is_quiet: bool = False,
        goes_at: datetime | None = None,
    ) -> Verdict:
        """Checks the draft in full, under the hat it wears, for the accounts given (all of that hat), as it will be
        when it goes (None: now).

        `is_quiet`: in the quiet trial. What was not checked is not let through then either.
        Raises MixedIdentities if an account is of the other hat: no caller should be able to get that far.
        """
        if draft.hat is None or identity is None:
            return Verdict(VerdictKind.BLOCKED, draft, problems=("no_hat",))
        if identity.hat is not draft.hat:
            raise NotApproved("other_hat")
        targets = targets_of(draft.hat, accounts)
        now = self._clock()
        renditions = self._renderer.render_all(draft, targets.accounts, identity, goes_at or now)
        problems = self._problems(draft, targets, renditions)
        if problems:
            return Verdict(VerdictKind.BLOCKED, draft, identity, targets, renditions, problems=problems)
        result = self._checker.check(draft, identity, policy)
        if not result.complete:
            kind = VerdictKind.NOT_CHECKED
        elif any(wants_reason(finding, is_quiet=is_quiet) for finding in result.findings):
            kind = VerdictKind.NEEDS_ANSWERS
        else:
            kind = VerdictKind.CLEAR
        return Verdict(
            kind,
            draft,
            identity,
            targets,
            renditions,
            result,
            policy_version=policy.version,
            reviewed_at=now,
            is_quiet=is_quiet,
        )

    def approve(self, verdict: Verdict, answers: Iterable[Answer] = ()) -> Approval:
        """The approval for what was reviewed, once every open finding has a reason fitted to its rule.

        Raises NotApproved("unanswered") or ("not_checked"), or the first problem of a blocked draft.
        """
        if verdict.kind is VerdictKind.NOT_CHECKED:
            raise NotApproved("not_checked")
        if verdict.targets is None or verdict.reviewed_at is None:
            raise NotApproved(verdict.problems[0] if verdict.problems else "no_hat")
        if verdict.problems:
            raise NotApproved(verdict.problems[0])
        given = {answer.finding: answer for answer in answers}
        kept = tuple(given[finding] for finding in verdict.open_findings if self._fits(finding, given.get(finding)))
        if len(kept) != len(verdict.open_findings):
            raise NotApproved("unanswered", open=len(verdict.open_findings) - len(kept))
        targets = verdict.targets
        digest = approval_digest(
            targets.hat,
            tuple(account.id for account in targets.accounts),
            tuple(rendition.digest for rendition in verdict.renditions),
        )
        return Approval(
            id=self._new_id(),
            post_id=self._new_id(),
            draft_id=verdict.draft.id,
            targets=targets,
            renditions=verdict.renditions,
            findings=verdict.findings,
            answers=kept,
            policy_version=verdict.policy_version,
            rules_version=checked_by(self._checker.version, verdict.checked),
            approved_at=verdict.reviewed_at,
            digest=digest,
            was_quiet=verdict.is_quiet,
        )

    def _fits(self, finding: Finding, answer: Answer | None) -> bool:
        return answer is not None and answer.code in self._answers_for(finding.rule)

    def _problems(self, draft: Draft, targets: Targets, renditions: tuple[Rendition, ...]) -> tuple[str, ...]:
        problems: list[str] = []
        if draft.is_empty:
            problems.append("empty")
        if not targets.accounts:
            problems.append("no_target")
        for rendition in renditions:
            problems += [problem for problem in rendition.problems if problem not in problems]
        return tuple(problems)


def checked_by(version: str, checked: CheckResult) -> str:
    """What is recorded of the check: the version of its rules, and where it saw less than it can.

    A version with anything behind it is another one, so that such a post is checked again before it leaves.
    """
    less = ["rules only"] if checked.by_rules_only else []
    languages = checked.other_languages if checked.language == _READ else (checked.language, *checked.other_languages)
    if languages:
        less.append(f"contact details only in {' '.join(languages)}")
    return f"{version} {', '.join(less)}" if less else version


_READ = "en"
