"""What is kept of a post that left: enough to show what was posted, as whom, and what was weighed."""

from dataclasses import dataclass
from datetime import datetime

from twohats.model.identity import Hat


@dataclass(frozen=True, slots=True)
class RecordedFinding:
    """A finding and what was done: `action` is "answered", "allowed", "noted", or "unasked" where the gate was quiet;
    `answer` the reason's code."""

    rule: str
    category: str
    severity: str
    words: str
    action: str
    answer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordedTarget:
    """Where it went and how it stands. `state` is the delivery's state by name."""

    delivery_id: str
    account_id: str
    network: str
    label: str
    state: str
    url: str = ""
    remote_id: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One post. `posted_at` is when it was approved; the targets' states live on in the deliveries. `was_quiet`: the
    gate was in its quiet trial.

    `previous_hash` and `hash` chain it to the one before (SHA-256, hex); `sealed` is the very text that `hash` covers.
    """

    post_id: str
    hat: Hat
    posted_as: str
    text: str
    title: str
    tags: tuple[str, ...]
    excerpt: str
    alt_texts: tuple[str, ...]
    approval_digest: str
    findings: tuple[RecordedFinding, ...]
    targets: tuple[RecordedTarget, ...]
    posted_at: datetime
    checked_by: str = ""
    number: int = 0
    previous_hash: str = ""
    hash: str = ""
    was_quiet: bool = False
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which records: all words of `query` occur, and everything else that is given fits. `first` and `until` are aware
    times, the second one no longer within."""

    query: str = ""
    hat: Hat | None = None
    network: str = ""
    first: datetime | None = None
    until: datetime | None = None
    only_quiet: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return self != RecordFilter()
