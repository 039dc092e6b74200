"""What posting would send, told without sending: nothing leaves, and nothing is written to queue or records."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from twohats.flows.review import Verdict
from twohats.model.account import Account
from twohats.model.dry_run import DryRequest, DryRun
from twohats.model.errors import BadInput, NetworkError
from twohats.model.plan import Keeper, Plan
from twohats.model.ports import DATED, PLANNED_FOR, Network, NewId, TellsRequests
from twohats.model.rendition import AFTER, Rendition

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Later:
    """The time that is chosen for a post, and who would keep each part of it until then."""

    plan: Plan
    keeper_of: Callable[[Rendition], Keeper]


@dataclass(frozen=True, slots=True)
class AccountDryRun:
    """The requests for one account, in their order. `is_whole` is False where more would follow that depends on an
    answer. `problem` is the code of why there are none ("by_hand"), with its `facts`. `follows_blog`: they leave once
    the post of another account is out, whose address then stands where one to come stands here. `keeper`: who keeps it
    until its time, None where it goes at once."""

    account: Account
    requests: tuple[DryRequest, ...] = ()
    is_whole: bool = True
    problem: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    follows_blog: bool = False
    keeper: Keeper | None = None


def dry_run(
    verdict: Verdict, networks: Mapping[str, Network], new_id: NewId, later: Later | None = None
) -> tuple[AccountDryRun, ...]:
    """What would be sent of a reviewed post if it were approved as it is, and sent now, or planned for `later`, for
    which it was reviewed then; one for each account, what follows another behind it.

    Findings that nobody has answered yet are no hindrance here. Raises BadInput for a post that cannot go as it is."""
    if verdict.problems or verdict.targets is None:
        raise BadInput(verdict.problems[0] if verdict.problems else "no_hat")
    accounts: tuple[Account, ...] = verdict.targets.accounts
    pairs = zip(accounts, verdict.renditions, strict=True)
    runs = [_of(account, rendition, networks.get(account.network), new_id(), later) for account, rendition in pairs]
    return tuple(sorted(runs, key=lambda run: run.follows_blog))


def as_text(request: DryRequest) -> str:
    """A request for reading: its line, headers, and body. JSON is set out over lines, and a form one field a line, with
    signs as they are meant; nothing else is changed."""
    head = [f"{request.method} {request.address}", *(f"{name}: {value}" for name, value in request.headers.items())]
    body = _readable(request)
    return "\n".join([*head, "", body] if body else head)


def _of(
    account: Account, rendition: Rendition, network: Network | None, key: str, later: Later | None
) -> AccountDryRun:
    follows = AFTER in rendition.payload
    keeper = later.keeper_of(rendition) if later else None
    try:
        run = _run(account, rendition, network, key, _Forgetful(later.plan if later else None, keeper))
    except (NetworkError, BadInput) as problem:
        return AccountDryRun(account, problem=problem.code, facts=problem.facts, follows_blog=follows, keeper=keeper)
    return AccountDryRun(account, run.requests, run.is_whole, follows_blog=follows, keeper=keeper)


def _run(account: Account, rendition: Rendition, network: Network | None, key: str, journal: "_Forgetful") -> DryRun:
    if network is None:
        raise BadInput("network_missing", network=account.network)
    if not isinstance(network, TellsRequests):
        raise BadInput("requests_not_told", network=account.network)
    return network.dry_run(rendition, account, key, journal)


def _readable(request: DryRequest) -> str:
    mime = request.headers.get("Content-Type", "").partition(";")[0]
    if mime == "application/json":
        return json.dumps(json.loads(request.body), ensure_ascii=False, indent=2)
    if mime == _FORM:
        return "\n".join(f"{name} = {value}" for name, value in parse_qsl(request.body, keep_blank_values=True))
    return request.body.replace("\r\n", "\n")


class _Forgetful:
    """Meets Journal: what one dry run has done so far, and gone with it. It begins as a planner leaves it before an
    attempt (Planner.prepare)."""

    def __init__(self, plan: Plan | None, keeper: Keeper | None) -> None:
        self._steps: dict[str, str] = {}
        if plan is not None:
            at = plan.at.isoformat()
            self._steps = {DATED: at, PLANNED_FOR: at if keeper is Keeper.THERE else ""}

    def read(self, step: str) -> str | None:
        return self._steps.get(step)

    def note(self, step: str, value: str) -> None:
        self._steps[step] = value
