"""A plan: what a time on the wall means, when clocks change and when countries change their minds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.model.errors import BadInput
from twohats.model.plan import Plan, after_gap, around_gap, offset_words, plan_at, plans_of, read_anew, zones

BERLIN = "Europe/Berlin"
PLACES = [BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns", "UTC"]


def utc(*given: int) -> datetime:
    return datetime(*given, tzinfo=UTC)


def wall(*given: int) -> datetime:
    """What a clock shows."""
    return utc(*given).replace(tzinfo=None)


MINUTES = st.datetimes(wall(1980, 1, 1), wall(2037, 12, 31)).map(lambda t: t.replace(second=0, microsecond=0))


def test_most_times_mean_one_moment():
    assert plans_of(wall(2026, 7, 1, 9), BERLIN) == (Plan(wall(2026, 7, 1, 9), BERLIN, utc(2026, 7, 1, 7)),)


def test_a_time_that_clocks_show_twice_means_two_moments():
    # Germany, 25 October 2026: at 03:00 clocks go back to 02:00.
    first, second = plans_of(wall(2026, 10, 25, 2, 30), BERLIN)

    assert (first.at, second.at) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30))
    assert (offset_words(first), offset_words(second)) == ("UTC+02:00", "UTC+01:00")


def test_a_time_that_clocks_leave_out_means_none_and_has_a_stand_in():
    # Germany, 29 March 2026: at 02:00 clocks go to 03:00.
    left_out = wall(2026, 3, 29, 2, 30)

    assert plans_of(left_out, BERLIN) == ()
    assert after_gap(left_out, BERLIN) == Plan(wall(2026, 3, 29, 3, 30), BERLIN, utc(2026, 3, 29, 1, 30))


def test_the_hours_beside_a_gap_are_as_ever():
    assert [plan.at for plan in plans_of(wall(2026, 3, 29, 1, 59), BERLIN)] == [utc(2026, 3, 29, 0, 59)]
    assert [plan.at for plan in plans_of(wall(2026, 3, 29, 3, 0), BERLIN)] == [utc(2026, 3, 29, 1, 0)]


def test_a_whole_day_may_be_left_out():
    # Samoa crossed the date line: there was no 30 December 2011.
    left_out = wall(2011, 12, 30, 12)

    assert plans_of(left_out, "Pacific/Apia") == ()
    assert after_gap(left_out, "Pacific/Apia").local == wall(2011, 12, 31, 12)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        pytest.param("America/New_York", "UTC−05:00", id="behind"),
        pytest.param("Asia/Kolkata", "UTC+05:30", id="half-an-hour"),
        pytest.param("Asia/Kathmandu", "UTC+05:45", id="quarter-of-an-hour"),
        pytest.param("America/St_Johns", "UTC−03:30", id="half-an-hour-behind"),
        pytest.param("UTC", "UTC+00:00", id="none"),
    ],
)
def test_the_offset_is_told(zone: str, words: str):
    assert offset_words(plans_of(wall(2026, 1, 15, 9), zone)[0]) == words


def test_around_a_gap_lie_the_same_clock_an_hour_before_and_after():
    before, after = around_gap(wall(2027, 3, 28, 2, 30), "Europe/Berlin")

    assert (before.local, after.local) == (wall(2027, 3, 28, 1, 30), wall(2027, 3, 28, 3, 30))
    assert after == after_gap(wall(2027, 3, 28, 2, 30), "Europe/Berlin")


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../../etc/passwd", "Europe", "/etc/localtime"])
def test_an_unknown_zone_is_refused(name: str):
    with pytest.raises(BadInput, match="zone_unknown"):
        plans_of(wall(2026, 7, 1, 9), name)


def test_the_ends_of_time_are_refused():
    with pytest.raises(BadInput, match="time_out_of_reach"):
        plans_of(wall(1, 1, 1), "Asia/Tokyo")
    with pytest.raises(BadInput, match="time_out_of_reach"):
        plans_of(wall(9999, 12, 31, 23, 59), "America/New_York")


@given(MINUTES, st.sampled_from(PLACES))
def test_every_time_has_at_most_two_meanings_and_each_reads_as_that_time(local: datetime, zone: str):
    found = plans_of(local, zone)

    assert len(found) in (0, 1, 2)
    assert list(found) == sorted(found, key=lambda plan: plan.at)
    assert all(plan_at(plan.at, zone) == plan for plan in found)


@given(MINUTES, st.sampled_from(PLACES))
def test_a_stand_in_exists_is_never_earlier_and_changes_nothing_that_exists(local: datetime, zone: str):
    stand_in = after_gap(local, zone)

    assert stand_in in plans_of(stand_in.local, zone)
    if meanings := plans_of(local, zone):
        assert stand_in == meanings[0]
    else:
        assert timedelta(0) < stand_in.local - local <= timedelta(days=1)


@given(MINUTES, st.sampled_from(PLACES))
def test_every_moment_has_one_plan(moment: datetime, zone: str):
    at = moment.replace(tzinfo=UTC)

    assert plan_at(at, zone).at == at
    assert plan_at(at, zone) in plans_of(plan_at(at, zone).local, zone)


@given(MINUTES, st.sampled_from(PLACES))
def test_reading_anew_by_the_same_rules_changes_nothing(moment: datetime, zone: str):
    plan = plan_at(moment.replace(tzinfo=UTC), zone)

    assert read_anew(plan) == plan


def test_a_country_that_changed_its_rules_moves_the_moment_and_not_the_time_on_the_wall():
    made_before = Plan(wall(2026, 7, 1, 9), BERLIN, utc(2026, 7, 1, 8))  # as if summer time had been given up

    assert read_anew(made_before) == Plan(wall(2026, 7, 1, 9), BERLIN, utc(2026, 7, 1, 7))


def test_the_later_of_two_moments_stays_the_later():
    later = plans_of(wall(2026, 10, 25, 2, 30), BERLIN)[1]

    assert read_anew(later) == later


def test_a_zone_that_nobody_knows_any_more_leaves_a_plan_as_it_is():
    plan = Plan(wall(2026, 7, 1, 9), "Europe/Atlantis", utc(2026, 7, 1, 9))

    assert read_anew(plan) == plan


@pytest.mark.parametrize(
    ("local", "at"),
    [
        pytest.param(utc(2026, 7, 1, 9), utc(2026, 7, 1, 9), id="aware-on-the-wall"),
        pytest.param(wall(2026, 7, 1, 9, 0, 1), utc(2026, 7, 1, 9), id="seconds"),
        pytest.param(wall(2026, 7, 1, 9), wall(2026, 7, 1, 9), id="naive-moment"),
    ],
)
def test_a_plan_is_well_formed(local: datetime, at: datetime):
    with pytest.raises(ValueError, match="of a plan is"):
        Plan(local, "UTC", at)


def test_zones_are_those_of_the_world():
    assert {BERLIN, "America/New_York", "UTC"} <= set(zones())
    assert list(zones()) == sorted(zones())
