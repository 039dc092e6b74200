"""The time of a planned post as people say it, with the zone wherever it is not the computer's own."""

from datetime import UTC, date, datetime
from functools import cache

from twohats.model.errors import BadInput
from twohats.model.plan import Plan, offset_words, plan_at, zones

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache
def own_zone() -> str:
    """The zone that this computer is set to, by its IANA name; "UTC" when nobody can tell."""
    # Imported here: the command line tells times, too, and should not wait for Qt where a zone is named.
    from PySide6.QtCore import QTimeZone

    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return name if name in zones() else "UTC"


def zone_name(zone: str) -> str:
    """ "America/New York": the name of a zone without its underscores."""
    return zone.replace("_", " ")


def zone_named(name: str) -> str | None:
    """The zone of that name, however it is spelt: "america/new york" as well. None when there is none."""
    wanted = " ".join(name.replace("_", " ").casefold().split())
    return next((zone for zone in zones() if zone_name(zone).casefold() == wanted), None)


def month_name(month: int) -> str:
    return _MONTHS[month - 1]


def day_name(day: date) -> str:
    return _DAYS[day.weekday()]


def day_words(day: date) -> str:
    """ "Tuesday 24 November 2026"."""
    return f"{day_name(day)} {day.day} {month_name(day.month)} {day.year}"


def plan_words(plan: Plan) -> str:
    """ "Tuesday 24 November 2026, 07:30, Europe/London, UTC+00:00"."""
    return f"{day_words(plan.local)}, {clock_words(plan)}, {zone_name(plan.zone)}, {offset_words(plan)}"


def clock_words(plan: Plan) -> str:
    """ "07:30", on the wall of the plan's own zone."""
    return f"{plan.local:%H:%M}"


def told_here(plan: Plan, zone: str = "") -> str:
    """What a clock shows at that moment in `zone` (the computer's own unless another is named): "07:30". Where the plan
    was made for another zone, its own time stands beside: "12:30 (07:30 America/New York, UTC−05:00)"."""
    here = plan_here(plan, zone)
    if is_at_home(plan, zone):
        return clock_words(here)
    return f"{clock_words(here)} ({clock_words(plan)} {zone_name(plan.zone)}, {offset_words(plan)})"


def short_words(plan: Plan, zone: str = "") -> str:
    """ "Tuesday 24 November, 07:30", and the zone with its offset where it is not the computer's."""
    words = f"{day_name(plan.local)} {plan.local.day} {month_name(plan.local.month)}, {clock_words(plan)}"
    return words if is_at_home(plan, zone) else f"{words} {zone_name(plan.zone)} ({offset_words(plan)})"


def shortest_words(plan: Plan) -> str:
    """ "Tue 24 Nov, 07:30": for where there is hardly room. The whole stands somewhere near."""
    return f"{day_name(plan.local)[:3]} {plan.local.day} {month_name(plan.local.month)[:3]}, {clock_words(plan)}"


def plan_here(plan: Plan, zone: str = "") -> Plan:
    """The same moment on a clock in `zone`, or in the computer's own."""
    try:
        return plan_at(plan.at, zone or own_zone())
    except BadInput:
        return plan_at(plan.at, "UTC")


def here_of(moment: datetime, zone: str = "") -> datetime:
    """An aware moment as a clock there shows it, naive and in whole minutes."""
    return plan_at(moment.astimezone(UTC), zone or own_zone()).local


def is_at_home(plan: Plan, zone: str = "") -> bool:
    """Whether a clock there shows what the plan says: the zone may have another name and the same time."""
    return plan_here(plan, zone).local == plan.local
