"""Newer versions, for the window: looks once a day where the person wished it, fetches, and leaves for the set-up."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.model.delivery import DeliveryState
from twohats.model.errors import TwoHatsError, Unreachable
from twohats.model.settings import UpdateWish
from twohats.model.update import Channel, Look, Version

if TYPE_CHECKING:
    from twohats.bridge.owner import Owner
    from twohats.bridge.session import Session

_FIRST_AFTER_MS = 180_000  # not beside the start
_LOOK_EVERY_MS = 3_600_000
_ONCE_IN = timedelta(days=1)


class Stage(Enum):
    QUIET = "quiet"
    LOOKING = "looking"
    FETCHING = "fetching"
    READY = "ready"


class Updates(QObject):
    """`changed` whenever something here reads otherwise. `newer_found` carries a version that the daily look found,
    once a run of the program; `not_put_in` the version that the program was left for and did not come back as.
    `leaving`: everything is ready, and the program is to end for `set_up`."""

    changed = Signal()
    newer_found = Signal(str)
    not_put_in = Signal(str)
    leaving = Signal()
    _came_so_far = Signal(int, int)

    def __init__(self, services: Services, owner: "Owner", tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._owner = owner
        self._tasks = tasks
        self._session: Session | None = None
        self._told: set[Version] = set()
        self.stage = Stage.QUIET
        self.found: Look | None = None
        self.problem: TwoHatsError | None = None
        self.so_far = (0, 0)
        self.set_up: Path | None = None
        self._came_so_far.connect(self._note_so_far)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look_if_due)

    @property
    def is_on_offer(self) -> bool:
        """Whether this copy of the program looks for updates at all."""
        return self._services.updates.is_on_offer

    @property
    def channel(self) -> Channel:
        return self._services.updates.channel

    @property
    def own(self) -> Version:
        return self._services.updates.own

    @property
    def host(self) -> str:
        """Who is asked."""
        return self._services.updates.host

    def start(self, session: "Session") -> None:
        """Looks now and then from now on, if the person wishes so; keeps the draft of that desk when it leaves."""
        self._session = session
        QTimer.singleShot(_FIRST_AFTER_MS, self, self.look_if_due)
        self._timer.start(_LOOK_EVERY_MS)
        self._tasks.run(
            Lane.DISK,
            self._services.updates.not_put_in,
            lambda version: self.not_put_in.emit(str(version)) if version else None,
        )

    def look_if_due(self) -> None:
        """The daily look."""
        settings = self._owner.settings
        if settings.updates is not UpdateWish.DAILY or not self.is_on_offer or self.stage is not Stage.QUIET:
            return
        last = _moment(settings.updates_looked_at)
        if last is None or not timedelta(0) <= self._services.clock() - last < _ONCE_IN:
            self._ask(is_asked_for=False)

    def look(self) -> None:
        """Now, since the person asks."""
        if self.stage not in (Stage.LOOKING, Stage.FETCHING):
            self._ask(is_asked_for=True)

    def fetch(self) -> None:
        """Downloads what was found."""
        found = self.found
        if found is None or found.package is None or self.stage is not Stage.QUIET:
            return
        self.so_far = (0, found.package.size)
        self._turn(Stage.FETCHING)
        self._tasks.run(
            Lane.WIRE,
            lambda: self._services.updates.fetch(found, self._came_so_far.emit),
            lambda _file: self._turn(Stage.READY),
            self._fail,
        )

    def install(self) -> None:
        """Leaves for the set-up: `leaving` follows, or `problem` says why not now. The draft is saved first."""
        found = self.found
        if found is None or self.stage is not Stage.READY or not self._may_leave():
            return

        def leave(file: Path) -> None:
            if self._may_leave():
                self.set_up = file
                self.leaving.emit()

        self._tasks.run(Lane.DISK, lambda: self._services.updates.checked(found), leave, self._fail)

    def note_leaving(self) -> None:
        """The window is closed, and the set-up is about to start."""
        if self.found is not None:
            with suppress(TwoHatsError):  # without it, a set-up that fails is told by nobody
                self._services.updates.note_leaving(self.found)

    def stay(self) -> None:
        """The window could not be closed; it says why."""
        self.set_up = None
        self.changed.emit()

    def _may_leave(self) -> bool:
        """Never while a post is in its undo window or on its way, and never without the draft."""
        services, session = self._services, self._session
        try:
            is_posting = session is not None and (session.is_busy or bool(session.pending))
            is_leaving = bool(services.queue.in_state(DeliveryState.SENDING) or services.queue.due(services.clock()))
        except TwoHatsError as problem:
            return self._stop(problem)
        if is_posting or is_leaving:
            return self._stop(TwoHatsError("update_post_leaves"))
        if session is not None and not session.save_now():
            return self._stop(TwoHatsError("update_not_saved"))
        return True

    def _ask(self, *, is_asked_for: bool) -> None:
        self._turn(Stage.LOOKING)

        def show(found: Look) -> None:
            self.found = found
            self._note_looked()
            self._turn(Stage.QUIET)
            if found.is_newer and not is_asked_for and found.release.version not in self._told:
                self._told.add(found.release.version)
                self.newer_found.emit(str(found.release.version))

        def fail(problem: TwoHatsError) -> None:
            if not isinstance(problem, Unreachable):
                self._note_looked()  # it answered, whatever it was; asked again tomorrow
            if is_asked_for or not isinstance(problem, Unreachable):
                self._fail(problem)
            else:
                self._turn(Stage.QUIET)  # offline: nobody asked, so nobody need be told

        self._tasks.run(Lane.WIRE, self._services.updates.look, show, fail)

    def _note_looked(self) -> None:
        settings = replace(self._owner.settings, updates_looked_at=self._services.clock().isoformat())
        with suppress(TwoHatsError):  # asked again in an hour then; a full disk is told where it hurts
            self._owner.save_settings(settings)

    def _note_so_far(self, done: int, all_: int) -> None:
        if self.stage is Stage.FETCHING:
            self.so_far = (done, all_)
            self.changed.emit()

    def _turn(self, stage: Stage) -> None:
        self.stage = stage
        self.problem = None
        self.changed.emit()

    def _stop(self, problem: TwoHatsError) -> bool:
        self.problem = problem
        self.changed.emit()
        return False

    def _fail(self, problem: TwoHatsError) -> None:
        self.stage = Stage.QUIET
        self._stop(problem)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except ValueError:
        return None
