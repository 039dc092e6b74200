"""The approval that review gives out: bound to exact bytes, identity and accounts."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from twohats.model.account import Targets
from twohats.model.finding import Finding
from twohats.model.identity import Hat
from twohats.model.rendition import Rendition


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one open finding: `code` from the rule's list of reasons, `note` free and optional."""

    finding: Finding
    code: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Made by flows.review alone (a test keeps it so). `digest` binds everything that was seen.

    `was_quiet`: given in the quiet trial, when the gate asked about the gravest findings alone.
    """

    id: str
    post_id: str
    draft_id: str
    targets: Targets
    renditions: tuple[Rendition, ...]
    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    policy_version: int
    rules_version: str
    approved_at: datetime
    digest: str
    was_quiet: bool = False


def approval_digest(hat: Hat, account_ids: tuple[str, ...], rendition_digests: tuple[str, ...]) -> str:
    """SHA-256 (hex) over the hat, the account ids and the renditions' digests, in order."""
    bound = {"hat": hat.value, "accounts": list(account_ids), "renditions": list(rendition_digests)}
    return hashlib.sha256(json.dumps(bound, sort_keys=True).encode()).hexdigest()
