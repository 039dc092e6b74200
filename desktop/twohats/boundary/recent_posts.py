"""H3 at work: the check, and beside it what left under the other hat within a day."""

from dataclasses import replace

from twohats.boundary import policy as weighing
from twohats.boundary.sentences import split
from twohats.boundary.twins import WITHIN, PostDigest, digest_of, twin_of, words_digest
from twohats.model.draft import Draft
from twohats.model.finding import CheckResult, Finding, Severity
from twohats.model.identity import Identity
from twohats.model.policy import Policy
from twohats.model.ports import Checker, Clock, RecordStore
from twohats.model.span import Span

_RULE = "H3"
_LATEST = 50


class CheckerWithRecords:
    """Meets model.ports.Checker. Adds one note when the same words left under the other hat within 24 hours."""

    def __init__(self, checker: Checker, records: RecordStore, clock: Clock) -> None:
        self._checker = checker
        self._records = records
        self._clock = clock

    @property
    def version(self) -> str:
        return self._checker.version

    def check(self, draft: Draft, identity: Identity, policy: Policy) -> CheckResult:
        """As the checker within; raises StoreError when the records cannot be read."""
        result = self._checker.check(draft, identity, policy)
        twin = self._twin(draft, identity, policy)
        return replace(result, findings=(*result.findings, twin)) if twin else result

    def _twin(self, draft: Draft, identity: Identity, policy: Policy) -> Finding | None:
        now = self._clock()
        row = weighing.row_of(weighing.rule_book(), _RULE)
        severity = weighing.severity_for(row, identity.hat, policy)
        if not draft.text.strip() or severity is Severity.SILENT:
            return None
        latest = self._records.search("", identity.hat.other, _LATEST)
        recent = [
            PostDigest(record.hat, record.posted_at, words_digest(record.text))
            for record in latest
            if now - record.posted_at <= WITHIN
        ]
        if twin_of(digest_of(draft, identity.hat, now), recent) is None:
            return None
        start, end = next(iter(split(draft.text)), (0, len(draft.text)))
        words = draft.text[start:end]
        if weighing.is_allowed(row, words, identity.hat, draft.id, policy):
            return None
        return Finding(_RULE, row.category, Span(start, end), words, severity, _RULE, row.basis)
