"""What posting now would send, found out beside the window, with nothing sent."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows.dry_run import AccountDryRun, dry_run
from twohats.model.draft import Draft
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Identity


class Drafted(Protocol):
    """What it needs of the desk."""

    @property
    def draft(self) -> Draft: ...


@dataclass(frozen=True, slots=True)
class ToldRequests:
    """For each ticked account what would be sent; `open_count` findings want a reason before it can be posted."""

    identity: Identity
    runs: tuple[AccountDryRun, ...]
    open_count: int


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

    def ask(self) -> None:
        """Reviews the draft as posting would, then goes the way of each post without a wire."""
        draft, services = self._desk.draft, self._services
        hat = draft.hat
        if hat is None or self._is_busy:
            return
        identity, policy, is_quiet = self._owner.identity(hat), self._owner.policy, self._owner.trial.is_quiet
        chosen = tuple(account for account in self._owner.accounts(hat) if account.id in draft.target_ids)

        def run() -> ToldRequests:
            verdict = services.reviewer.review(draft, identity, chosen, policy, is_quiet=is_quiet)
            runs = dry_run(verdict, services.networks, services.new_id)
            return ToldRequests(identity, runs, len(verdict.open_findings))

        self._is_busy = True
        self._tasks.run(Lane.SCAN, run, self._tell, self._refuse)

    def _tell(self, found: ToldRequests) -> None:
        self._is_busy = False
        self.told.emit(found)

    def _refuse(self, problem: TwoHatsError) -> None:
        self._is_busy = False
        self.refused.emit(problem.code, dict(problem.facts))
