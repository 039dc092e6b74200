"""Records in a real encrypted store."""

from datetime import timedelta

import pytest
from tests.unit.store.posts import BLOG, DIARY, NOON, SITE, post

from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.model.record import Record
from twohats.store.database import Store


def add(store: Store, number: int, **more: object) -> None:
    made = post(number, **more)
    store.queue.add(made.approval, made.deliveries, made.record)


def found(store: Store, *given: object, **more: object) -> list[int]:
    return [record.number for record in store.records.search(*given, **more)]


def spoil(store: Store, statement: str) -> None:
    with store._database.writing() as connection:
        connection.exec_driver_sql(statement)


def test_a_record_comes_back_with_its_place_in_the_chain(store: Store) -> None:
    add(store, 1, text="Words \ud800 \x00 👩‍⚕️", tags=("sleep",), title="On sleep")
    add(store, 2)
    first, second = store.records.get("post-1"), store.records.get("post-2")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.text, first.tags, first.title) == ("Words \ud800 \x00 👩‍⚕️", ("sleep",), "On sleep")
    assert first.posted_at == NOON
    assert first.findings == post(1).record.findings
    assert (first.number, second.number) == (1, 2)
    assert second.previous_hash == first.hash
    assert len(first.hash) == 64
    assert store.records.get("nobody") is None


def test_targets_show_how_their_deliveries_stand_and_the_chain_holds_all_the_same(store: Store) -> None:
    add(store, 1)
    blog, site = store.queue.of_post("post-1")
    claimed = store.queue.claim(blog.id, NOON)
    store.queue.save(claimed.sent(Receipt("17", "https://lakeside.test/17", NOON)), DeliveryState.SENDING)
    claimed = store.queue.claim(site.id, NOON)
    store.queue.save(claimed.failed("refused"), DeliveryState.SENDING)
    one, two = store.records.get("post-1").targets
    assert (one.state, one.url, one.remote_id, one.label) == ("sent", "https://lakeside.test/17", "17", BLOG.label)
    assert (two.state, two.problem, two.label, two.network) == ("failed", "refused", SITE.label, "wordpress")
    assert store.records.first_broken() is None


def test_records_are_found_by_text_title_tag_and_place(store: Store) -> None:
    add(store, 1, text="Sleep comes easier with a routine.", title="Nights", tags=("rest",))
    add(store, 2, text="The garden in autumn.", accounts=(DIARY,), hat=Hat.PERSONAL)
    add(store, 3, text="睡眠の質 100% of_it", accounts=(BLOG,))
    assert found(store) == [3, 2, 1]
    assert found(store, "ROUTINE sleep") == [1]
    assert found(store, "night") == [1]
    assert found(store, "rest") == [1]
    assert found(store, "cafe") == [1]
    assert found(store, "garden diary") == [2]
    assert found(store, "睡眠") == [3]
    assert found(store, "100% of_") == [3]
    assert found(store, "' OR 1=1") == []
    assert found(store, "routine garden") == []
    assert found(store, "in", hat=Hat.PERSONAL) == [2]
    assert found(store, hat=Hat.PROFESSIONAL) == [3, 1]


def test_a_long_list_comes_in_pages(store: Store) -> None:
    for number in range(1, 8):
        add(store, number, at=NOON + timedelta(minutes=number))
    assert found(store, limit=3) == [7, 6, 5]
    assert found(store, limit=3, offset=3) == [4, 3, 2]
    assert found(store, limit=3, offset=6) == [1]
    assert store.records.count() == 7


def test_a_post_undone_before_anything_left_stays_in_the_chain_and_out_of_the_list(store: Store) -> None:
    add(store, 1)
    add(store, 2)
    for delivery in store.queue.of_post("post-2"):
        store.queue.save(delivery.cancelled(), DeliveryState.WAITING)
    assert found(store) == [1]
    assert store.records.count() == 1
    assert [target.state for target in store.records.get("post-2").targets] == ["cancelled", "cancelled"]
    assert store.records.first_broken() is None


def test_only_what_arrived_somewhere_counts_as_sent(store: Store) -> None:
    for number in range(1, 5):
        add(store, number)
    states = []
    for number in (2, 3, 4):
        for delivery in store.queue.of_post(f"post-{number}"):
            claimed = store.queue.claim(delivery.id, NOON)
            receipt = Receipt("17", "https://lakeside.test/17", NOON)
            moved = claimed.failed("refused") if number == 2 else claimed.sent(receipt)
            store.queue.save(moved, DeliveryState.SENDING)
            if number == 4:
                store.queue.save(moved.taken_down(), DeliveryState.SENT)
            states.append(store.queue.get(delivery.id).state)
    assert set(states) == {DeliveryState.FAILED, DeliveryState.SENT, DeliveryState.TAKEN_DOWN}
    assert (store.records.count(), store.records.count_sent()) == (4, 2)


def test_an_empty_chain_holds(store: Store) -> None:
    assert store.records.first_broken() is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        pytest.param("UPDATE records SET body = replace(body, 'routine', 'rhythm') WHERE number = 2", 2, id="a word"),
        pytest.param("UPDATE records SET hat = 'personal' WHERE number = 3", 3, id="the hat it is found under"),
        pytest.param("UPDATE records SET hash = '00' WHERE number = 2", 2, id="hash"),
        pytest.param("DELETE FROM records WHERE number = 1", 1, id="the first is missing"),
        pytest.param("DELETE FROM records WHERE number = 3", 3, id="one is missing"),
        pytest.param("DELETE FROM records WHERE number = 4", 4, id="the last is missing"),
        pytest.param("DELETE FROM records", 1, id="all are missing"),
    ],
)
def test_the_first_broken_record_is_named(store: Store, statement: str, broken: int) -> None:
    for number in range(1, 5):
        add(store, number)
    assert store.records.first_broken() is None
    spoil(store, statement)
    assert store.records.first_broken() == broken
