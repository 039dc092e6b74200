"""Names of records on Bluesky."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.networks.writing.tid import encoded, tid

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
VALID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        pytest.param(0, "2222222222222", id="zero, as the specification has it"),
        pytest.param(1724171495793000 << 10 | 816, "3l25zusnsfctk", id="an example of others"),
        pytest.param((1 << 63) - 1, "bzzzzzzzzzzzz", id="the last"),
    ],
)
def test_numbers_are_encoded_as_specified(number: int, name: str) -> None:
    assert encoded(number) == name


def test_a_second_try_has_the_same_name() -> None:
    assert tid("delivery-1", NOON, 2) == tid("delivery-1", NOON, 2)
    assert tid("delivery-1", NOON.astimezone(timezone(timedelta(hours=9))), 2) == tid("delivery-1", NOON, 2)


def test_what_a_database_may_round_does_not_matter() -> None:
    assert tid("delivery-1", NOON) == tid("delivery-1", NOON.replace(microsecond=123000))


@given(st.text(max_size=20), st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(UTC)), st.integers(0, 99))  # noqa: DTZ001
def test_names_are_valid_and_sort_by_part_and_time(key: str, when: datetime, part: int) -> None:
    name = tid(key, when, part)

    assert VALID.fullmatch(name)
    if when.year < 2250:
        assert name < tid(key, when, part + 1)
        assert tid(key, when, 99) < tid(key, when + timedelta(milliseconds=2))


def test_deliveries_of_one_moment_have_their_own_names() -> None:
    names = {tid(f"delivery-{number}", NOON) for number in range(300)}

    assert len(names) == 300


def test_a_time_before_all_times_is_the_first() -> None:
    assert VALID.fullmatch(tid("a", datetime(1969, 1, 1, tzinfo=UTC)))
