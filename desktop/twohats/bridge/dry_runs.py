"""What posting would send, now or for a time that is chosen, found out beside the window, with nothing sent."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows.dry_run import AccountDryRun, Later, dry_run
from twohats.model.draft import Draft
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Identity
from twohats.model.plan import Keeper, Plan


class Drafted(Protocol):
    """What it needs of the desk."""

    @property
    def draft(self) -> Draft: ...


@dataclass(frozen=True, slots=True)
class ToldRequests:
    """For each ticked account what would be sent; `open_count` findings want a reason before it can be posted. `plan`:
    when it is to go, None for at once."""

    identity: Identity
    runs: tuple[AccountDryRun, ...]
    open_count: int
    plan: Plan | None = None


class DryRuns(QObject):
    """`told` carries ToldRequests; `refused` why the draft could not be posted as it is: a code and its facts."""

    told = Signal(object)
    refused = Signal(str, dict)

    def __init__(self, services: Services, owner: Owner, tasks: Tasks, desk: Drafted, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._owner = owner
        self._tasks = tasks
        self._desk = desk
        self._is_busy = False

    def ask(self, plan: Plan | None = None, keeper: Keeper = Keeper.HERE) -> None:
        """Reviews the draft as posting would, then goes the way of each post without a wire. With a plan it is told as
        it would leave then, or as its network would be asked to keep it."""
        draft, services = self._desk.draft, self._services
        hat = draft.hat
        if hat is None or self._is_busy:
            return
        if plan is not None and plan.at <= services.clock():
            self.refused.emit("plan_past", {})
            return
        identity, policy, is_quiet = self._owner.identity(hat), self._owner.policy, self._owner.trial.is_quiet
        chosen = tuple(account for account in self._owner.accounts(hat) if account.id in draft.target_ids)
        planner = services.publisher.planner
        later = Later(plan, lambda rendition: planner.keeper_of(rendition, plan, keeper)) if plan else None

        def run() -> ToldRequests:
            goes_at = plan.at if plan else None
            verdict = services.reviewer.review(draft, identity, chosen, policy, is_quiet=is_quiet, goes_at=goes_at)
            runs = dry_run(verdict, services.networks, services.new_id, later)
            return ToldRequests(identity, runs, len(verdict.open_findings), plan)

        self._is_busy = True
        self._tasks.run(Lane.SCAN, run, self._tell, self._refuse)

    def _tell(self, found: ToldRequests) -> None:
        self._is_busy = False
        self.told.emit(found)

    def _refuse(self, problem: TwoHatsError) -> None:
        self._is_busy = False
        self.refused.emit(problem.code, dict(problem.facts))
