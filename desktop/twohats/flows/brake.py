"""Late hours, and the morning after: when a heated post is better held."""

from datetime import datetime, time, timedelta

from twohats.model.plan import Plan, after_gap, plans_of

MORNING = time(8, 0)


def is_late(at: time, from_h: int, until_h: int) -> bool:
    """Whether an hour on the wall lies in the late ones, which may go over midnight; the same hour twice is never."""
    if from_h == until_h:
        return False
    if from_h < until_h:
        return from_h <= at.hour < until_h
    return at.hour >= from_h or at.hour < until_h


def next_morning(here: datetime, zone: str) -> Plan:
    """The next eight o'clock on the wall of a zone; `here` is what it shows now, naive. Raises BadInput."""
    morning = datetime.combine(here.date(), MORNING)
    if morning <= here:
        morning += timedelta(days=1)
    meant = plans_of(morning, zone)
    return meant[0] if meant else after_gap(morning, zone)
