"""The queue page: what waits for whom, and the next step."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from tests.fakes.networks import KeepingNetwork
from tests.gui.desk import Desk, open_desk

from twohats.gui import wording
from twohats.gui.queue.page import QueuePage
from twohats.gui.schedule import when
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, Plan, plan_at
from twohats.model.ports import Way
from twohats.store.database import Store


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        made.add_folders()
        yield made


@pytest.fixture
def page(desk: Desk) -> QueuePage:
    made = QueuePage(desk.theme, desk.library, desk.owner)
    desk.show(made)
    return made


def _words(page: QueuePage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisibleTo(page)]


def test_an_empty_queue_says_so(page: QueuePage) -> None:
    assert any(words.startswith("Nothing waits.") for words in _words(page))


def test_a_post_in_its_undo_window_counts_down(desk: Desk, page: QueuePage) -> None:
    desk.post(Hat.PROFESSIONAL, "Open hours", "Closed from 24 to 26 December.", window_s=60)
    page.refresh()
    desk.wait_for(lambda: "On its way" in _words(page))
    seconds = [words for words in _words(page) if words.startswith("Leaves in ")]
    assert len(seconds) == 1
    desk.wait_for(lambda: [w for w in _words(page) if w.startswith("Leaves in ")] != seconds)


def test_what_failed_waits_for_the_person_and_can_be_given_up(desk: Desk, page: QueuePage) -> None:
    desk.wait_for_state(desk.post(Hat.PERSONAL, "Roses", "One."), DeliveryState.SENT)
    desk.qtbot.wait(1100)  # date and slug tell posts in a folder apart, and the date has seconds
    post_id = desk.post(Hat.PERSONAL, "Roses", "Two.")
    desk.wait_for_state(post_id, DeliveryState.FAILED)
    desk.wait_for(lambda: "Waits for you" in _words(page))
    assert "Not taken" in _words(page)
    next(b for b in page.findChildren(QAbstractButton) if b.text() == "Give up" and b.isVisibleTo(page)).click()
    desk.wait_for_state(post_id, DeliveryState.CANCELLED)
    desk.wait_for(lambda: any(words.startswith("Nothing waits.") for words in _words(page)))


def test_the_record_of_a_waiting_post_can_be_asked_for(desk: Desk, page: QueuePage) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "One.", window_s=60)
    page.refresh()
    button = next(b for b in page.findChildren(QAbstractButton) if b.text() == "Record" and not b.isHidden())
    button.click()
    assert page.detail.record is not None
    assert page.detail.record.post_id == post_id
    desk.wait_for(lambda: "Roses" in _words(page))
    page.back_button.click()
    desk.wait_for(lambda: "On its way" in _words(page))


def _plan_post(desk: Desk, plan: Plan) -> str:
    desk.write(Hat.PROFESSIONAL, "Groups", "Four evenings on sleep, from January on.")
    with desk.qtbot.waitSignal(desk.session.planned, timeout=30_000) as told:
        desk.session.ask_to_post(plan)
    return str(told.args[0])


def _in_days(days: int) -> Plan:
    return plan_at(datetime.now(UTC) + timedelta(days=days), "Asia/Kathmandu")


def test_a_planned_post_shows_its_time_and_who_keeps_it(desk: Desk, page: QueuePage) -> None:
    plan = _in_days(3)
    _plan_post(desk, plan)
    page.refresh()
    desk.wait_for(lambda: "Planned" in _words(page))
    assert "On its way" not in _words(page)
    assert any(when.plan_words(plan) in words for words in _words(page))
    assert any(wording.sentence("calendar", "keeper_here") in words for words in _words(page))


def test_a_planned_post_is_moved_and_moved_back_in_the_queue(desk: Desk, page: QueuePage) -> None:
    plan, later = _in_days(3), _in_days(5)
    post_id = _plan_post(desk, plan)
    page.refresh()
    strip = page.planned[0]
    strip.move_button.click()
    assert strip.chooser is not None
    strip.chooser.show_plan(later)
    strip.do_button.click()
    desk.wait_for(page.told.isVisible)
    assert desk.library.plans_of(post_id)[0].plan == later
    page.told.findChild(Button).click()
    desk.wait_for(lambda: desk.library.plans_of(post_id)[0].plan == plan)


def test_a_planned_post_is_taken_back_in_the_queue(desk: Desk, page: QueuePage) -> None:
    _plan_post(desk, _in_days(3))
    page.refresh()
    page.planned[0].back_button.click()
    desk.wait_for(lambda: not page.planned)
    with desk.qtbot.waitSignal(page.draft_wanted) as told:
        page.told.findChild(Button).click()
    assert told.args[0] in [draft.id for draft in desk.library.drafts()]


def test_a_planned_post_can_leave_now(desk: Desk, page: QueuePage) -> None:
    post_id = _plan_post(desk, _in_days(3))
    page.refresh()
    page.planned[0].now_button.click()
    desk.wait_for_state(post_id, DeliveryState.SENT)
    desk.wait_for(lambda: not page.planned)


def test_a_post_that_missed_its_time_is_planned_anew_where_it_asks(desk: Desk, page: QueuePage) -> None:
    plan, later = _in_days(3), _in_days(5)
    post_id = _plan_post(desk, plan)
    (delivery,) = desk.library.deliveries(post_id)
    assert desk.services.queue.save(delivery.held("missed_plan", planned="yesterday"), DeliveryState.WAITING)
    page.refresh()
    (strip,) = page.planned
    desk.wait_for(lambda: "Waits for you" in _words(page))
    assert "Planned" not in _words(page)
    strip.choose_time()
    assert strip.chooser is not None
    strip.chooser.show_plan(later)
    strip.do_button.click()
    desk.wait_for(lambda: [kept.plan for kept in desk.library.plans_of(post_id)] == [later])
    assert desk.library.deliveries(post_id)[0].state is DeliveryState.WAITING
    desk.wait_for(lambda: "Waits for you" not in _words(page))


def test_what_a_network_did_not_move_asks_and_is_moved_where_it_asks(desk: Desk, page: QueuePage) -> None:
    desk.services.networks["folder"] = KeepingNetwork("folder", ways=(Way("folder", ()),))
    plan, later = _in_days(3), _in_days(5)
    desk.write(Hat.PROFESSIONAL, "Groups", "Four evenings on sleep, from January on.")
    with desk.qtbot.waitSignal(desk.session.planned, timeout=30_000) as told:
        desk.session.ask_to_post(plan, Keeper.THERE)
    post_id = str(told.args[0])
    delivery = desk.wait_for_state(post_id, DeliveryState.SENT)
    facts = {"place": "Practice", "zone": plan.zone, "kept": "2027-03-28 10:00", "meant": "2027-03-28 09:00"}
    assert desk.services.queue.save(delivery.still_waits_there("not_moved_there", **facts), DeliveryState.SENT)

    page.refresh()

    desk.wait_for(lambda: "Waits for you" in _words(page))
    assert wording.sentence("error", "not_moved_there", **facts) in _words(page)
    assert wording.sentence("calendar", "held") in _words(page)
    (strip,) = page.planned
    strip.choose_time()
    assert strip.chooser is not None
    strip.chooser.show_plan(later)
    strip.do_button.click()
    desk.wait_for(lambda: [kept.plan for kept in desk.library.plans_of(post_id)] == [later])
    desk.wait_for(lambda: "Waits for you" not in _words(page) and "Planned" in _words(page))
