"""Late hours and the morning after."""

from datetime import datetime, time

import pytest

from twohats.flows.brake import is_late, next_morning

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("at", "from_h", "until_h", "expected"),
    [
        ("21:59", 22, 6, False),
        ("22:00", 22, 6, True),
        ("00:30", 22, 6, True),
        ("05:59", 22, 6, True),
        ("06:00", 22, 6, False),
        ("01:00", 0, 5, True),
        ("23:00", 0, 5, False),
        ("12:00", 8, 8, False),
    ],
)
def test_late_hours_go_over_midnight(at: str, from_h: int, until_h: int, expected: bool) -> None:
    assert is_late(time.fromisoformat(at), from_h, until_h) is expected


@pytest.mark.parametrize(
    ("here", "morning"),
    [
        ("2026-11-23T22:30", "2026-11-24T08:00"),
        ("2026-11-24T00:30", "2026-11-24T08:00"),
        ("2026-11-24T08:00", "2026-11-25T08:00"),
        ("2026-12-31T23:59", "2027-01-01T08:00"),
    ],
)
def test_the_morning_is_the_next_eight_o_clock(here: str, morning: str) -> None:
    plan = next_morning(datetime.fromisoformat(here), BERLIN)
    assert (plan.local, plan.zone) == (datetime.fromisoformat(morning), BERLIN)
