"""Records taken along: whole, or with less in them. What is left out is said, and the seals stay, so that each can be
held against the chain."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from twohats.model.delivery import Delivery
from twohats.model.finding import Category
from twohats.model.plan import KeptPlan
from twohats.model.ports import PlanStore, QueueStore, RecordStore
from twohats.model.record import Record, RecordedFinding, RecordFilter

LEFT_OUT = "[left out]"
MASK = "█████"
_OTHERS = frozenset({Category.CLIENT.value, Category.THIRD_PARTY.value, Category.RELATIONSHIPS.value})
# Handles as networks write them, with or without a server, and addresses of mail.
_HANDLE = re.compile(r"[\w.+-]{0,64}@[\w-]{1,64}(?:[.@][\w-]{1,64}){0,6}")


class Redaction(Enum):
    """What is left out."""

    TEXT = "text"  # every word of a post; what was found in it too
    NAMES = "names"  # handles and addresses, and what the check took for another person
    CLIENTS = "clients"  # what the check took for a client's


@dataclass(frozen=True, slots=True)
class Planned:
    """When a post was to go: `local` as a clock in `zone` shows it, `at` that moment in UTC; `kept_by` is "here", or
    "there" where the network waits for it."""

    local: datetime
    zone: str
    at: datetime
    kept_by: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to one place. `parts` are the words as they were approved for it; `planned` None where it went at
    once; `after` names the place whose post went first, empty where it waited for none."""

    network: str
    label: str
    state: str
    url: str
    problem: str
    sent_at: datetime | None
    parts: tuple[str, ...]
    planned: Planned | None
    after: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record as it is taken along. The seals are those of the whole record, whatever was left out here; `sealed`
    are the very words that `hash` covers, none where something was left out."""

    number: int
    posted_at: datetime
    hat: str
    posted_as: str
    title: str
    text: str
    excerpt: str
    tags: tuple[str, ...]
    alt_texts: tuple[str, ...]
    sent: tuple[Sent, ...]
    findings: tuple[RecordedFinding, ...]
    checked_by: str
    was_quiet: bool
    approval_digest: str
    previous_hash: str
    hash: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Export:
    """All of it, to be read once: `sheets` come from the store a few at a time. `head` is the newest record's number
    and hash at that moment."""

    made_at: datetime
    wanted: RecordFilter
    left_out: frozenset[Redaction]
    count: int
    head: tuple[int, str]
    sheets: Iterator[Sheet]


def export_of(
    records: RecordStore,
    queue: QueueStore,
    plans: PlanStore,
    wanted: RecordFilter,
    left_out: frozenset[Redaction],
    now: datetime,
) -> Export:
    """What is to be written. Raises StoreError, also while `sheets` are read."""
    sheets = (
        sheet_of(record, queue.of_post(record.post_id), plans.of_post(record.post_id), left_out)
        for record in records.walk(wanted)
    )
    return Export(now, wanted, left_out, records.count_of(wanted), records.head(), sheets)


def sheet_of(
    record: Record, deliveries: Sequence[Delivery], plans: Sequence[KeptPlan], left_out: frozenset[Redaction]
) -> Sheet:
    """One record with its deliveries and their plans, less what is to be left out."""
    planned = {kept.delivery_id: _planned(kept) for kept in plans}
    cover = _Cover(record.findings, left_out)
    standing = {delivery.id: delivery for delivery in deliveries}
    labels = {target.delivery_id: target.label for target in record.targets}
    sent = []
    for target in record.targets:
        delivery = standing.get(target.delivery_id)
        receipt = delivery.receipt if delivery else None
        parts = _parts(delivery) if delivery else ()
        sent.append(
            Sent(
                target.network,
                target.label,
                target.state,
                target.url,
                target.problem,
                receipt.sent_at if receipt else None,
                tuple(cover.over(part) for part in parts),
                planned.get(target.delivery_id),
                labels.get(delivery.after_id, "") if delivery else "",
            )
        )
    return Sheet(
        number=record.number,
        posted_at=record.posted_at,
        hat=record.hat.value,
        posted_as=record.posted_as,
        title=cover.over(record.title),
        text=cover.over(record.text),
        excerpt=cover.over(record.excerpt),
        tags=tuple(cover.over(tag) for tag in record.tags),
        alt_texts=tuple(cover.over(alt) for alt in record.alt_texts),
        sent=tuple(sent),
        findings=tuple(cover.over_finding(finding) for finding in record.findings),
        checked_by=record.checked_by,
        was_quiet=record.was_quiet,
        approval_digest=record.approval_digest,
        previous_hash=record.previous_hash,
        hash=record.hash,
        sealed="" if left_out else record.sealed,
    )


def _planned(kept: KeptPlan) -> Planned:
    return Planned(kept.plan.local, kept.plan.zone, kept.plan.at, kept.keeper.value)


class _Cover:
    """Puts a bar over words. Words that the check found are covered wherever they stand in the record."""

    def __init__(self, findings: Sequence[RecordedFinding], left_out: frozenset[Redaction]) -> None:
        self._left_out = left_out
        self._hidden = frozenset(
            category
            for category in _OTHERS
            if Redaction.NAMES in left_out or (Redaction.CLIENTS in left_out and category == Category.CLIENT.value)
        )
        words = {finding.words.strip() for finding in findings if finding.category in self._hidden}
        longest_first = sorted((word for word in words if word), key=lambda word: (-len(word), word))
        escaped = "|".join(re.escape(word) for word in longest_first)
        self._pattern = re.compile(escaped, re.IGNORECASE) if escaped else None

    def over(self, text: str) -> str:
        if not text:
            return text
        if Redaction.TEXT in self._left_out:
            return LEFT_OUT
        if self._pattern is not None:
            text = self._pattern.sub(MASK, text)
        return _HANDLE.sub(MASK, text) if Redaction.NAMES in self._left_out else text

    def over_finding(self, finding: RecordedFinding) -> RecordedFinding:
        words = MASK if finding.category in self._hidden else self.over(finding.words)
        return RecordedFinding(
            finding.rule,
            finding.category,
            finding.severity,
            LEFT_OUT if Redaction.TEXT in self._left_out else words,
            finding.action,
            finding.answer,
            self.over(finding.note),
        )


def _parts(delivery: Delivery) -> tuple[str, ...]:
    rendition = delivery.rendition
    if rendition.parts:
        return tuple(part.text for part in rendition.parts)
    payload: Mapping[str, str] = rendition.payload
    return tuple(payload[name] for name in ("content", "body", "text") if payload.get(name))[:1]
