"""What became of findings, as counts: never a word of a post, never a name."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from twohats.model.finding import Severity
from twohats.model.identity import Hat

COUNTS_KEPT_FOR = timedelta(days=180)
"""How long counts are kept."""


class Outcome(Enum):
    """What became of a finding that somebody was shown."""

    EDITED = "edited"  # the words were changed or taken out
    SUGGESTED = "suggested"  # a suggestion was used
    MOVED = "moved"  # the post went under the other hat, where it is not found
    KEPT = "kept"  # let pass while writing
    ANSWERED = "answered"  # posted, with a reason given at the gate
    NOT_PERSONAL = "not_personal"  # marked as found in error
    LEFT = "left"  # posted as it stood, and nobody was asked: a note, or anything while the gate was quiet


@dataclass(frozen=True, slots=True)
class Showing:
    """One finding, shown in one draft, of which it is known what became of it.

    `reason` is the code of an answer or of an allowance's scope, never free words. `severity` is how loud it was shown.
    """

    rule: str
    hat: Hat
    severity: Severity
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many showings of one kind a day (UTC) had."""

    day: date
    showing: Showing
    count: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that was kept far more often than acted upon, and might be shown as a note."""

    rule: str
    hat: Hat
    kept: int
    shown: int


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """What was said to a proposal for a rule under a hat, the last time. `is_lowered` is how the rule stands since."""

    proposal: Proposal
    is_lowered: bool
    on: date
