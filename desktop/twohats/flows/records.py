"""What is kept of a post: made when it is approved, so that nothing leaves unrecorded."""

from twohats.flows.review import Verdict
from twohats.model.approval import Approval
from twohats.model.identity import Hat
from twohats.model.policy import Policy, Scope, normalise
from twohats.model.record import Record, RecordedFinding


def record_of(verdict: Verdict, approval: Approval, allowed: tuple[RecordedFinding, ...] = ()) -> Record:
    """The record of an approved post. Its targets are the deliveries, which the store joins when it is read."""
    draft = verdict.draft
    reasons = {answer.finding: answer for answer in approval.answers}
    findings = [
        RecordedFinding(
            rule=finding.rule,
            category=finding.category.value,
            severity=finding.severity.word,
            words=finding.words,
            action="answered" if finding in reasons else "noted",
            answer=reasons[finding].code if finding in reasons else "",
            note=reasons[finding].note if finding in reasons else "",
        )
        for finding in approval.findings
    ]
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
        findings=(*findings, *allowed),
        targets=(),
        posted_at=approval.approved_at,
        checked_by=approval.rules_version,
    )


def allowed_in(policy: Policy, hat: Hat, draft_id: str, text: str) -> tuple[RecordedFinding, ...]:
    """Allowances that let words of this very post pass, for the record."""
    wording = normalise(text)
    return tuple(
        RecordedFinding(a.rule, "", "", a.wording, "allowed", a.scope.value, a.reason)
        for a in policy.allowances
        if a.hat is hat and a.scope is not Scope.TOPIC and a.wording in wording and a.draft_id in ("", draft_id)
    )
