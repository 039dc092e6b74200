"""When a post is to go: a time on the wall of a named zone, and the one moment that it means."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from twohats.model.errors import BadInput


class Keeper(StrEnum):
    """Who waits for a planned post's time."""

    HERE = "here"  # this program, which must run then
    THERE = "there"  # the network: it goes even if this computer is off


@dataclass(frozen=True, slots=True)
class Plan:
    """`local` is naive and in whole minutes, as a clock on the wall in `zone` (an IANA name) shows it; `at` is the same
    moment, aware UTC."""

    local: datetime
    zone: str
    at: datetime

    def __post_init__(self) -> None:
        if self.local.tzinfo is not None or self.local != self.local.replace(second=0, microsecond=0):
            raise ValueError("the local time of a plan is naive, in whole minutes")
        if self.at.utcoffset() != timedelta(0):
            raise ValueError("the moment of a plan is in UTC")


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """The plan of one delivery, and who keeps it."""

    delivery_id: str
    post_id: str
    plan: Plan
    keeper: Keeper


def plans_of(local: datetime, zone: str) -> tuple[Plan, ...]:
    """What a wall clock's time can mean there, the earlier first: one moment, as a rule; two where clocks are put back
    and show it twice; none where they are put forward and leave it out.

    Raises BadInput("zone_unknown") for a zone that nobody knows, BadInput("time_out_of_reach") at the ends of time.
    """
    found: list[Plan] = []
    for fold in (0, 1):
        at = _moment(local, zone, fold)
        if _wall(at, zone) == local and all(plan.at != at for plan in found):
            found.append(Plan(local, zone, at))
    return tuple(sorted(found, key=lambda plan: plan.at))


def after_gap(local: datetime, zone: str) -> Plan:
    """What stands for a time that clocks leave out: as long after they change as it would have been after that moment.
    02:30 becomes 03:30. A time that exists stays what it is, the earlier moment where there are two. Raises BadInput
    as plans_of does."""
    at = _moment(local, zone, fold=0)
    return Plan(_wall(at, zone), zone, at)


def around_gap(local: datetime, zone: str) -> tuple[Plan, Plan]:
    """What could be meant by a time that clocks leave out: as long before they change, and as long after. 02:30 may be
    01:30 or 03:30. Raises BadInput as plans_of does."""
    moments = sorted(_moment(local, zone, fold) for fold in (0, 1))
    before, after = (plan_at(at, zone) for at in moments)
    return before, after


def plan_at(at: datetime, zone: str) -> Plan:
    """The plan for a moment (aware; its seconds are let go), as a clock in `zone` shows it. Raises BadInput."""
    whole = at.astimezone(UTC).replace(second=0, microsecond=0)
    local = _wall(whole, zone)
    # A zone that is off by seconds, as before the age of railways, has no whole minute at that moment.
    return Plan(local, zone, whole) if local.second == 0 else after_gap(local.replace(second=0), zone)


def read_anew(plan: Plan) -> Plan:
    """The plan by today's rules for its zone: countries change them, sometimes within days, and what was meant is the
    time on the wall. Of two moments it takes the one nearer to the old; a zone that is gone changes nothing."""
    try:
        meant = plans_of(plan.local, plan.zone) or (after_gap(plan.local, plan.zone),)
    except BadInput:
        return plan
    return min(meant, key=lambda one: abs(one.at - plan.at))


def offset_words(plan: Plan) -> str:
    """How far the zone is from UTC at that moment: "UTC+01:00"."""
    minutes = round((plan.local - plan.at.replace(tzinfo=None)) / timedelta(minutes=1))
    sign = "+" if minutes >= 0 else "−"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@cache
def zones() -> tuple[str, ...]:
    """The names of all zones, sorted."""
    return tuple(sorted(available_timezones()))


def _moment(local: datetime, zone: str, fold: int) -> datetime:
    try:
        return local.replace(tzinfo=_zone(zone), fold=fold).astimezone(UTC)
    except OverflowError as problem:
        raise BadInput("time_out_of_reach") from problem


def _wall(at: datetime, zone: str) -> datetime:
    try:
        return at.astimezone(_zone(zone)).replace(tzinfo=None, fold=0)
    except OverflowError as problem:
        raise BadInput("time_out_of_reach") from problem


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as problem:  # not found, a folder of zones, a name that leads elsewhere
        raise BadInput("zone_unknown", zone=name) from problem
