"""A delivery moves only as the state machine allows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition

NOW = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
RECEIPT = Receipt("7", "https://blog.example/7", NOW)
MOVES = {
    "claimed": lambda d: d.claimed(NOW),
    "sent": lambda d: d.sent(RECEIPT),
    "refused_for_now": lambda d: d.refused_for_now(NOW + timedelta(seconds=15), "offline"),
    "held": lambda d: d.held("signed_out"),
    "lost_sight": lambda d: d.lost_sight("no_answer", NOW),
    "failed": lambda d: d.failed("refused"),
    "tried_again": lambda d: d.tried_again(NOW),
    "cancelled": lambda d: d.cancelled(),
    "taken_down": lambda d: d.taken_down(),
}


def waiting() -> Delivery:
    rendition = Rendition("a", "folder", "", "", {})
    return Delivery(
        "d",
        "p",
        "w",
        "0" * 64,
        Hat.PERSONAL,
        "a",
        rendition,
        "k",
        DeliveryState.WAITING,
        due_at=NOW + timedelta(seconds=10),
    )


def test_it_is_not_due_before_the_undo_window_ends():
    delivery = waiting()
    assert not delivery.is_due(NOW + timedelta(seconds=9.9))
    assert delivery.is_due(NOW + timedelta(seconds=10))


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_no_way_leads_from_unknown_to_a_second_request_without_a_decision(names):
    delivery = waiting()
    path = [delivery.state]
    for name in names:
        try:
            delivery = MOVES[name](delivery)
        except ValueError:
            continue
        path.append(delivery.state)
    for before, after in pairwise(path):
        if after is DeliveryState.SENDING:
            assert before is DeliveryState.WAITING
        if before is DeliveryState.SENT:
            assert after is DeliveryState.TAKEN_DOWN
        if before is DeliveryState.SENDING:
            assert after is not DeliveryState.CANCELLED
    assert delivery.key == "k"
    assert (delivery.receipt is not None) == (DeliveryState.SENT in path)


@pytest.mark.parametrize("state", [s for s in DeliveryState if s is not DeliveryState.WAITING])
def test_only_a_waiting_delivery_can_be_hurried(state):
    with pytest.raises(ValueError, match="hurried"):
        replace(waiting(), state=state).sent_now(NOW)


def test_a_new_try_forgets_the_problem_and_keeps_the_count():
    failed = waiting().claimed(NOW).failed("refused", status=400)
    assert failed.problem_facts == (("status", "400"),)
    again = failed.tried_again(NOW)
    assert (again.problem, again.attempts) == ("", 1)
