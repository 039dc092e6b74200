"""Plans of deliveries in a real encrypted store."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from tests.unit.store.posts import NOON, post

from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.plan import Keeper, KeptPlan, plan_at
from twohats.model.receipt import Receipt, planned_note
from twohats.store.database import Store

EVENING = plan_at(NOON + timedelta(hours=6), "Europe/Berlin")
MORNING = plan_at(NOON + timedelta(hours=20), "America/New_York")


def add(store: Store, number: int = 1, there: bool = False) -> tuple[Delivery, Delivery]:
    """A post whose blog waits here until the evening, and whose site waits until the morning."""
    made = post(number)
    blog, site = made.deliveries
    plans = (
        KeptPlan(blog.id, blog.post_id, EVENING, Keeper.HERE),
        KeptPlan(site.id, site.post_id, MORNING, Keeper.THERE if there else Keeper.HERE),
    )
    store.queue.add(made.approval, made.deliveries, made.record, plans)
    return blog, site


def send_there(store: Store, delivery: Delivery) -> Delivery:
    claimed = store.queue.claim(delivery.id, NOON)
    assert claimed is not None
    sent = claimed.sent(Receipt("17", "", NOON, planned_note(MORNING.at)))
    store.queue.save(sent, DeliveryState.SENDING)
    return sent


def test_plans_come_back_as_they_were_the_earliest_first(store: Store) -> None:
    blog, site = add(store, there=True)

    assert store.plans.of_delivery(blog.id) == KeptPlan(blog.id, "post-1", EVENING, Keeper.HERE)
    assert [kept.delivery_id for kept in store.plans.of_post("post-1")] == [blog.id, site.id]
    assert store.plans.of_post("post-1")[1].keeper is Keeper.THERE
    assert store.plans.of_delivery("nobody") is None


def test_a_post_that_goes_at_once_has_no_plan(store: Store) -> None:
    made = post()
    store.queue.add(made.approval, made.deliveries, made.record)

    assert store.plans.of_post("post-1") == []


def test_a_plan_of_no_delivery_keeps_the_whole_post_out(store: Store) -> None:
    made = post()

    with pytest.raises(IntegrityError):
        store.queue.add(
            made.approval, made.deliveries, made.record, [KeptPlan("nobody", "post-1", EVENING, Keeper.HERE)]
        )
    assert store.queue.of_post("post-1") == []


def test_a_calendar_reads_from_the_first_moment_until_before_the_last(store: Store) -> None:
    blog, site = add(store)

    assert [k.delivery_id for k in store.plans.between(EVENING.at, MORNING.at)] == [blog.id]
    assert [k.delivery_id for k in store.plans.between(EVENING.at + timedelta(seconds=1), MORNING.at)] == []
    assert [k.delivery_id for k in store.plans.between(NOON, NOON + timedelta(days=2))] == [blog.id, site.id]


def test_plans_are_found_by_how_their_deliveries_stand(store: Store) -> None:
    blog, site = add(store)
    store.queue.save(blog.held("missed"), DeliveryState.WAITING)

    assert [k.delivery_id for k in store.plans.in_state(DeliveryState.WAITING)] == [site.id]
    assert [k.delivery_id for k in store.plans.in_state(DeliveryState.HELD)] == [blog.id]


def test_moving_writes_plan_and_delivery_in_one_breath(store: Store) -> None:
    blog, _ = add(store)
    held = blog.held("missed")
    store.queue.save(held, DeliveryState.WAITING)
    moved = KeptPlan(blog.id, "post-1", MORNING, Keeper.HERE)

    assert store.plans.move(moved, held.due_from(MORNING.at), DeliveryState.HELD)
    assert store.queue.get(blog.id) == replace(blog, due_at=MORNING.at)
    assert store.plans.of_delivery(blog.id) == moved


def test_what_was_claimed_meanwhile_does_not_move(store: Store) -> None:
    blog, _ = add(store)
    store.queue.claim(blog.id, EVENING.at)

    assert not store.plans.move(
        KeptPlan(blog.id, "post-1", MORNING, Keeper.HERE), blog.due_from(MORNING.at), DeliveryState.WAITING
    )
    assert store.plans.of_delivery(blog.id) == KeptPlan(blog.id, "post-1", EVENING, Keeper.HERE)


def test_what_waits_there_moves_with_its_receipt(store: Store) -> None:
    _, site = add(store, there=True)
    sent = send_there(store, site)
    moved = sent.moved_there(Receipt("18", "", NOON, planned_note(EVENING.at)))

    assert store.plans.move(KeptPlan(site.id, "post-1", EVENING, Keeper.THERE), moved, DeliveryState.SENT)
    assert store.queue.get(site.id) == moved


def test_what_should_be_out_there_is_asked_for_until_it_is_known(store: Store) -> None:
    _, site = add(store, there=True)
    assert store.plans.to_settle(MORNING.at) == []
    send_there(store, site)

    assert store.plans.to_settle(MORNING.at - timedelta(seconds=1)) == []
    assert [kept.delivery_id for kept in store.plans.to_settle(MORNING.at)] == [site.id]
    store.plans.settle(site.id)
    assert store.plans.to_settle(MORNING.at) == []


def test_a_plan_is_written_anew_alone(store: Store) -> None:
    blog, _ = add(store)
    kept = KeptPlan(blog.id, "post-1", MORNING, Keeper.THERE)

    store.plans.keep(kept)

    assert store.plans.of_delivery(blog.id) == kept
    assert store.queue.get(blog.id) == blog


def test_what_was_taken_back_there_makes_its_text_a_draft_again(store: Store) -> None:
    blog, site = add(store, there=True)
    sent = send_there(store, site)

    store.queue.save(blog.cancelled(), DeliveryState.WAITING)
    store.queue.save(sent.taken_back_there(), DeliveryState.SENT)

    assert {d.state for d in store.queue.of_post("post-1")} == {DeliveryState.CANCELLED}


@pytest.mark.parametrize("note", ["", "thread_short: 1 of 2"])
def test_what_readers_have_is_not_taken_back(note: str) -> None:
    blog, _ = post().deliveries
    sent = blog.claimed(NOON).sent(Receipt("17", "https://blog.example/17", NOON, note))

    with pytest.raises(ValueError, match="cannot be taken back"):
        sent.taken_back_there()
    with pytest.raises(ValueError, match="nothing waits there"):
        sent.moved_there(Receipt("18", "", NOON))


def test_what_waits_on_its_network_is_not_counted_as_sent(store: Store) -> None:
    _blog, site = add(store, there=True)
    send_there(store, site)
    assert store.records.count_sent() == 0
    store.plans.settle(site.id)
    assert store.records.count_sent() == 1
