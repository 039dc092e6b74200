"""Finding records by more than words, and removing old ones without breaking the chain."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contract.test_store_records import add, spoil
from tests.unit.store.posts import BLOG, DIARY, NOON, SITE

from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.model.record import RecordFilter
from twohats.store.database import Store

YEAR = timedelta(days=365)


def arrive(store: Store, number: int) -> None:
    for delivery in store.queue.of_post(f"post-{number}"):
        claimed = store.queue.claim(delivery.id, NOON + 9 * YEAR)
        assert claimed is not None
        store.queue.save(claimed.sent(Receipt("17", "https://lakeside.test/17", NOON)), DeliveryState.SENDING)


def numbers(store: Store, **wanted: object) -> list[int]:
    return [record.number for record in store.records.find(RecordFilter(**wanted))]


def test_a_filter_joins_words_hat_network_and_time(store: Store) -> None:
    add(store, 1, text="The heron at noon.", accounts=(BLOG,))
    add(store, 2, text="The heron at home.", accounts=(DIARY,), hat=Hat.PERSONAL, at=NOON + YEAR)
    add(store, 3, text="The heron again.", accounts=(SITE,), at=NOON + 2 * YEAR)
    assert numbers(store, query="heron") == [3, 2, 1]
    assert numbers(store, network=SITE.network) == [3]
    assert numbers(store, network="word") == []
    assert numbers(store, first=NOON + YEAR) == [3, 2]
    assert numbers(store, until=NOON + YEAR) == [1]
    assert numbers(store, query="heron", first=NOON, until=NOON + YEAR, network=BLOG.network) == [1]
    assert numbers(store, query="heron", hat=Hat.PERSONAL) == [2]
    assert numbers(store, only_quiet=True) == []
    assert store.records.count_of(RecordFilter("heron", until=NOON + YEAR)) == 1
    assert [record.number for record in store.records.walk(RecordFilter("heron"))] == [1, 2, 3]


@pytest.mark.parametrize("at_once", [1, 200])
def test_what_is_old_goes_whole_and_the_chain_holds(
    store: Store, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("twohats.store.records._AT_ONCE", at_once)
    for number in (1, 2, 3):
        add(store, number, text=f"Heron {number}", at=NOON + (number - 1) * YEAR)
    for number in (1, 3):
        arrive(store, number)
    late = NOON + 2 * YEAR
    assert store.records.count_older(late) == (1, 1)
    assert store.records.remove_older(late, late) == 1
    assert store.records.get("post-1") is None
    assert store.queue.of_post("post-1") == []
    assert numbers(store, query="heron") == [3, 2]
    assert store.records.first_broken() is None
    assert store.records.count_older(late) == (0, 1)
    with store._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM approvals WHERE post_id = 'post-1'").first() is None
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE records_removed SET hash = 'x' WHERE number = 1", 2),
        ("DELETE FROM records_removed WHERE number = 1", 1),
        ("UPDATE records_removed SET previous_hash = 'x' WHERE number = 2", 2),
        ("DELETE FROM records WHERE number = 4", 4),
        ("UPDATE records SET body = replace(body, 'Heron 3', 'Heron 4') WHERE number = 3", 3),
    ],
)
def test_after_a_removal_every_change_is_still_named(store: Store, statement: str, number: int) -> None:
    for made in (1, 2, 3, 4):
        add(store, made, text=f"Heron {made}", at=NOON + made * YEAR)
        arrive(store, made)
    assert store.records.remove_older(NOON + 3 * YEAR, NOON + 9 * YEAR) == 2
    assert store.records.first_broken() is None
    spoil(store, statement)
    assert store.records.first_broken() == number


def test_the_last_records_removed_leave_a_chain_that_goes_on(store: Store) -> None:
    add(store, 1)
    arrive(store, 1)
    assert store.records.remove_older(NOON + YEAR, NOON + 9 * YEAR) == 1
    add(store, 2, at=NOON + YEAR)
    record = store.records.get("post-2")
    assert record is not None
    assert record.number == 2
    assert store.records.first_broken() is None
    assert store.records.head() == (2, record.hash)


def test_a_removal_that_is_stopped_leaves_the_rest_and_a_chain_that_holds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twohats.store.records._AT_ONCE", 1)
    for number in (1, 2, 3):
        add(store, number, at=NOON + number * YEAR)
        arrive(store, number)
    told: list[int] = []

    def stop_at_the_second(gone: int) -> bool:
        told.append(gone)
        return gone < 2

    assert store.records.remove_older(NOON + 8 * YEAR, NOON + 9 * YEAR, stop_at_the_second) == 2
    assert told == [1, 2]
    assert numbers(store) == [3]
    assert store.records.first_broken() is None


def test_who_checks_the_chain_may_end_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twohats.store.records._AT_ONCE", 1)
    for number in (1, 2, 3):
        add(store, number)
    paused: list[int] = []

    def pause(ends_at: int) -> None:
        paused.append(1)
        if len(paused) == ends_at:
            raise InterruptedError

    store.records.first_broken(lambda: pause(0))
    everything = len(paused)
    assert everything > 2 * 3
    for ends_at in range(1, everything + 1):
        paused.clear()
        with pytest.raises(InterruptedError):
            store.records.first_broken(lambda ends_at=ends_at: pause(ends_at))


def test_words_are_found_wherever_and_however_short_they_are(store: Store) -> None:
    add(store, 1, text="A quiet heron: 50%_off", accounts=(BLOG,))
    add(store, 2, text="A finch", accounts=(replace(BLOG, id="x", label="X"),))
    assert numbers(store, query="h") == [2, 1]
    assert numbers(store, query="qu") == [1]
    assert numbers(store, query="x") == [2]
    assert numbers(store, query="zz") == []
    assert numbers(store, query="a heron qu") == [1]
    assert numbers(store, query="50%_o") == [1]
    assert numbers(store, query="hero eron") == [1]
    assert numbers(store, query="herfin") == []


def test_a_clock_that_was_set_back_hides_no_record(store: Store) -> None:
    for number, days in ((1, 10), (2, 2), (3, 11), (4, 1)):
        add(store, number, text="The heron.", at=NOON + timedelta(days=days))
    within = {"first": NOON + timedelta(days=2), "until": NOON + timedelta(days=11)}
    assert numbers(store, query="heron", **within) == [2, 1]
    assert numbers(store, **within) == [2, 1]
    assert [record.number for record in store.records.walk(RecordFilter(**within))] == [1, 2]
    assert numbers(store, first=NOON + timedelta(days=90)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deliveries SET rendition = replace(rendition, 'Heron 2', 'Heron 9') WHERE post_id = 'post-2'",
        "DELETE FROM deliveries WHERE post_id = 'post-2'",
    ],
)
def test_what_went_elsewhere_than_was_approved_is_named(store: Store, statement: str) -> None:
    for number in (1, 2, 3):
        add(store, number, text=f"Heron {number}")
    assert store.records.first_broken() is None
    spoil(store, "DROP TRIGGER delivery_keeps_what_was_approved")
    spoil(store, statement)
    assert store.records.first_broken() == 2
