"""What `twohats post --dry-run` prints: each request for each account, and that nothing was sent."""

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from twohats.gui import wording
from twohats.gui.composer.dry_run_words import reason_of
from twohats.model.identity import Hat
from twohats.model.plan import Plan

if TYPE_CHECKING:
    from twohats.flows.dry_run import AccountDryRun

_SECTION = "dry_run"


def add_to(post: argparse.ArgumentParser) -> None:
    """Adds the option to `twohats post`."""
    post.add_argument("--dry-run", action="store_true", help="show what would be sent, and send nothing")
    post.add_argument("--format", choices=["text", "json"], default="text", help="of what --dry-run prints")


def as_json(hat: Hat, runs: Sequence["AccountDryRun"], open_count: int, plan: Plan | None = None) -> str:
    """`open_count`: how many findings still want a reason before this can be posted; `plan`: the time that was
    chosen."""
    told = {
        "is_sent": False,
        "hat": hat.value,
        "open_findings": open_count,
        "goes_at": plan.at.isoformat() if plan else None,
        "accounts": [_account(run, plan) for run in runs],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_text(runs: Sequence["AccountDryRun"], open_count: int, plan: Plan | None = None) -> str:
    """The same for reading."""
    from twohats.flows.dry_run import as_text as request_as_text

    pieces = []
    for run in runs:
        pieces.append(f"== {run.account.label or run.account.network} ==")
        pieces += [request_as_text(request) for request in run.requests]
        if reason := reason_of(run, plan):
            pieces.append(reason)
    if open_count:
        pieces.append(wording.sentence(_SECTION, "open", count=open_count))
    return "\n\n".join([*pieces, wording.sentence(_SECTION, "note")])


def _account(run: "AccountDryRun", plan: Plan | None) -> Mapping[str, object]:
    return {
        "account": run.account.label,
        "network": run.account.network,
        "requests": [
            {"method": one.method, "address": one.address, "headers": dict(one.headers), "body": one.body}
            for one in run.requests
        ],
        "is_whole": run.is_whole and not run.problem,
        "kept_by": run.keeper.value if run.keeper else None,
        "problem": run.problem or None,
        "reason": reason_of(run, plan) or None,
    }
