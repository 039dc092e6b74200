"""What posting would send, told without sending: nothing leaves, and nothing is written to queue or records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from twohats.flows.review import Verdict
from twohats.model.account import Account
from twohats.model.dry_run import DryRequest, DryRun
from twohats.model.errors import BadInput, NetworkError
from twohats.model.ports import Network, NewId, TellsRequests
from twohats.model.rendition import AFTER, Rendition

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class AccountDryRun:
    """The requests for one account, in their order. `is_whole` is False where more would follow that depends on an
    answer. `problem` is the code of why there are none ("by_hand"), with its `facts`. `follows_blog`: they leave once
    the post of another account is out, whose address then stands where one to come stands here."""

    account: Account
    requests: tuple[DryRequest, ...] = ()
    is_whole: bool = True
    problem: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    follows_blog: bool = False


def dry_run(verdict: Verdict, networks: Mapping[str, Network], new_id: NewId) -> tuple[AccountDryRun, ...]:
    """What would be sent of a reviewed post if it were approved as it is, and sent now; one for each account, what
    follows another behind it.

    Findings that nobody has answered yet are no hindrance here. Raises BadInput for a post that cannot go as it is."""
    if verdict.problems or verdict.targets is None:
        raise BadInput(verdict.problems[0] if verdict.problems else "no_hat")
    accounts: tuple[Account, ...] = verdict.targets.accounts
    pairs = zip(accounts, verdict.renditions, strict=True)
    runs = [_of(account, rendition, networks.get(account.network), new_id()) for account, rendition in pairs]
    return tuple(sorted(runs, key=lambda run: run.follows_blog))


def as_text(request: DryRequest) -> str:
    """A request for reading: its line, headers, and body. JSON is set out over lines, and a form one field a line, with
    signs as they are meant; nothing else is changed."""
    head = [f"{request.method} {request.address}", *(f"{name}: {value}" for name, value in request.headers.items())]
    body = _readable(request)
    return "\n".join([*head, "", body] if body else head)


def _of(account: Account, rendition: Rendition, network: Network | None, key: str) -> AccountDryRun:
    follows = AFTER in rendition.payload
    try:
        run = _run(account, rendition, network, key)
    except (NetworkError, BadInput) as problem:
        return AccountDryRun(account, problem=problem.code, facts=problem.facts, follows_blog=follows)
    return AccountDryRun(account, run.requests, run.is_whole, follows_blog=follows)


def _run(account: Account, rendition: Rendition, network: Network | None, key: str) -> DryRun:
    if network is None:
        raise BadInput("network_missing", network=account.network)
    if not isinstance(network, TellsRequests):
        raise BadInput("requests_not_told", network=account.network)
    return network.dry_run(rendition, account, key, _Forgetful())


def _readable(request: DryRequest) -> str:
    mime = request.headers.get("Content-Type", "").partition(";")[0]
    if mime == "application/json":
        return json.dumps(json.loads(request.body), ensure_ascii=False, indent=2)
    if mime == _FORM:
        return "\n".join(f"{name} = {value}" for name, value in parse_qsl(request.body, keep_blank_values=True))
    return request.body.replace("\r\n", "\n")


class _Forgetful:
    """Meets Journal: what one dry run has done so far, and gone with it."""

    def __init__(self) -> None:
        self._steps: dict[str, str] = {}

    def read(self, step: str) -> str | None:
        return self._steps.get(step)

    def note(self, step: str, value: str) -> None:
        self._steps[step] = value
