"""What the owner has allowed, and how loud each rule is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from twohats.model.finding import Severity
from twohats.model.identity import Hat


class Scope(Enum):
    POST = "post"  # this draft only
    WORDING = "wording"  # these words under this rule and hat
    TOPIC = "topic"  # the whole rule under this hat, opened on purpose
    NOT_PERSONAL = "not_personal"  # these words were flagged in error


@dataclass(frozen=True, slots=True)
class Allowance:
    """A finding that the owner lets pass: bound to rule, hat, and (but for TOPIC) the normalised wording.

    `draft_id` is set for POST only. `reason` is an answer code, or a few words of the owner's.
    """

    id: str
    scope: Scope
    rule: str
    hat: Hat
    wording: str
    made_at: datetime
    draft_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What bears on the check beside the rules: allowances, changed severities (rule, hat), the owner's own home
    address (never shown, only recognised), and a version.

    `version` changes whenever any of it does, so that a scheduled post knows to be checked again.
    """

    allowances: tuple[Allowance, ...] = ()
    severities: Mapping[tuple[str, Hat], Severity] = field(default_factory=dict)
    home_address: str = ""
    version: int = 0


def normalise(wording: str) -> str:
    """Wording as allowances compare it: case and spaces folded; a new name or number makes it another wording."""
    return " ".join(wording.casefold().split())
