"""Times as people say them: local, with the zone where it matters, and "2 minutes ago" where it does not."""

from datetime import datetime

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 24 * _HOUR_S


def day_of(moment: datetime) -> str:
    """ "22 November 2026", in local time."""
    local = moment.astimezone()
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment_of(moment: datetime) -> str:
    """ "22 November 2026, 15:04 CET", in local time."""
    local = moment.astimezone()
    return f"{day_of(moment)}, {local:%H:%M} {local.tzname() or local.strftime('%z')}"


def clock_of(moment: datetime, now: datetime) -> str:
    """ "15:04" for today, "Monday 15:04" within a week, else the date."""
    local, today = moment.astimezone(), now.astimezone().date()
    days = abs((local.date() - today).days)
    if days == 0:
        return f"{local:%H:%M}"
    if days < 7:
        return f"{local:%A %H:%M}"
    return f"{day_of(moment)}, {local:%H:%M}"


def ago(moment: datetime, now: datetime) -> str:
    """ "just now", "2 minutes ago", "yesterday", "22 November 2026". A clock set back gives "just now"."""
    seconds = (now - moment).total_seconds()
    if seconds < 45:
        return "just now"
    if seconds < _HOUR_S:
        return _counted(max(1, round(seconds / _MINUTE_S)), "minute")
    if seconds < _DAY_S:
        return _counted(max(1, round(seconds / _HOUR_S)), "hour")
    days = (now.astimezone().date() - moment.astimezone().date()).days
    if days <= 1:
        return "yesterday"
    return _counted(days, "day") if days < 7 else day_of(moment)


def _counted(number: int, word: str) -> str:
    return f"{number} {word} ago" if number == 1 else f"{number} {word}s ago"
