"""The hold till morning: late, and the words are heated; offered once for each draft."""

from twohats.boundary.venting import vents
from twohats.bridge.owner import Owner
from twohats.bridge.session import Session
from twohats.flows.brake import is_late, next_morning
from twohats.model.plan import Plan, plan_at


class Brake:
    """Remembers which drafts it has spoken of, as long as the program runs."""

    def __init__(self, session: Session, owner: Owner) -> None:
        self._session = session
        self._owner = owner
        self._told: set[str] = set()

    def holds(self, zone: str) -> bool:
        """Whether to offer the hold for what stands on the desk, at this hour in `zone`. True once for each draft."""
        draft, settings = self._session.draft, self._owner.settings
        if not settings.brakes_at_night or draft.hat is None or draft.id in self._told:
            return False
        here = plan_at(self._owner.now(), zone).local
        if not is_late(here.time(), settings.late_from_h, settings.late_until_h):
            return False
        findings = self._session.findings.of(draft.hat).findings
        if not vents(f"{draft.title}.\n{draft.text}" if draft.title else draft.text, findings):
            return False
        self._told.add(draft.id)
        return True

    def morning(self, zone: str) -> Plan:
        """The plan that the hold makes."""
        return next_morning(plan_at(self._owner.now(), zone).local, zone)
