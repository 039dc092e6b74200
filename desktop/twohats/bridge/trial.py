"""The quiet trial as the window sees it: looked at now and then, begun, ended, reported."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from twohats.bridge.services import Services
from twohats.flows import trial
from twohats.flows.trial import TrialReport
from twohats.model.errors import TwoHatsError

if TYPE_CHECKING:
    from twohats.bridge.owner import Owner

_LOOKS_EVERY_MS = 60 * 60 * 1000


class Trial(QObject):
    """Its state lies in the owner's settings: whoever shows it follows `Owner.settings_changed`."""

    def __init__(self, services: Services, owner: "Owner") -> None:
        super().__init__(owner)
        self._services = services
        self._owner = owner
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOKS_EVERY_MS)

    @property
    def is_quiet(self) -> bool:
        """Whether the gate asks about the gravest findings alone, now."""
        self.look()
        return trial.is_quiet(self._owner.settings)

    @property
    def is_over(self) -> bool:
        """Whether the two weeks have passed, and what to do now has not been chosen."""
        self.look()
        return trial.is_over(self._owner.settings)

    @property
    def days_left(self) -> int:
        return trial.days_left(self._owner.settings)

    def look(self) -> None:
        """Counts the days that have passed."""
        settings = trial.advanced(self._owner.settings, self._today())
        if settings != self._owner.settings:
            try:
                self._owner.save_settings(settings)
            except TwoHatsError:
                return  # a store that is busy or full says so elsewhere; the next look counts the same days

    def begin(self) -> None:
        """Two quiet weeks from now. Raises StoreError."""
        newest = trial.newest_record(self._services.records)
        self._owner.save_settings(trial.begun(self._owner.settings, self._today(), newest))

    def end(self) -> None:
        """The gate is on, and the report is read. Raises StoreError."""
        self._owner.save_settings(trial.ended(self._owner.settings))

    def report(self) -> TrialReport:
        """What the gate would have done since the trial began. Raises StoreError."""
        return trial.report(self._services.records, self._owner.settings)

    def _today(self) -> date:
        return self._services.clock().date()
