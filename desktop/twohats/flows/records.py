"""What is kept of a post: made when it is approved, so that nothing leaves unrecorded."""

from collections.abc import Mapping

from twohats.flows.review import Verdict
from twohats.model.approval import Answer, Approval
from twohats.model.finding import Finding, Severity
from twohats.model.record import Record, RecordedFinding


def record_of(verdict: Verdict, approval: Approval, allowed: tuple[Finding, ...] = ()) -> Record:
    """The record of an approved post. Its targets are the deliveries, which the store joins when it is read."""
    draft = verdict.draft
    reasons = {answer.finding: answer for answer in approval.answers}
    findings = [_recorded(finding, _done(finding, reasons), reasons.get(finding)) for finding in approval.findings]
    return Record(
        post_id=approval.post_id,
        hat=approval.targets.hat,
        posted_as=verdict.identity.display_name if verdict.identity else "",
        text=draft.text,
        title=draft.title,
        tags=draft.tags,
        excerpt=draft.excerpt,
        alt_texts=tuple(media.alt for media in draft.media),
        approval_digest=approval.digest,
        findings=(*findings, *(_recorded(finding, "allowed") for finding in allowed)),
        targets=(),
        posted_at=approval.approved_at,
        checked_by=approval.rules_version,
        was_quiet=approval.was_quiet,
    )


def _done(finding: Finding, reasons: Mapping[Finding, Answer]) -> str:
    if finding in reasons:
        return "answered"
    return "noted" if finding.severity < Severity.WARN else "unasked"


def _recorded(finding: Finding, action: str, answer: Answer | None = None) -> RecordedFinding:
    return RecordedFinding(
        rule=finding.rule,
        category=finding.category.value,
        severity=finding.severity.word,
        words=finding.words,
        action=action,
        answer=answer.code if answer else "",
        note=answer.note if answer else "",
    )
