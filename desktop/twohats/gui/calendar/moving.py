"""Where a plan goes when its card is put on another day or hour. No Qt."""

from datetime import date, datetime, time

from twohats.model.plan import Plan, after_gap, plan_at, plans_of


def on_day(plan: Plan, here: date, day: date) -> Plan:
    """As many days away as `day` is from `here`, at the same time on the wall of its own zone. Raises BadInput."""
    return _meant(plan.local + (day - here), plan.zone)


def at_time(plan: Plan, day: date, at: time, zone: str) -> Plan:
    """The moment that a clock in `zone` shows then, as a clock in the plan's own zone shows it. Raises BadInput."""
    return plan_at(_meant(datetime.combine(day, at), zone).at, plan.zone)


def _meant(local: datetime, zone: str) -> Plan:
    meant = plans_of(local, zone)
    return meant[0] if meant else after_gap(local, zone)
