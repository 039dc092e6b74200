"""The hold till morning on the desk."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.gui.desk import Desk

from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.main_window import MainWindow
from twohats.gui.schedule import when
from twohats.model.identity import Hat

HEATED = "I am so sick of this insurer. Nobody ever answers. Useless, and shame on them."
CALM = "Most of us sleep worse in November."


@pytest.fixture
def page(bench: Desk, window: MainWindow) -> DeskPage:
    """It is late, whatever the hour of the test."""
    hour = when.here_of(bench.owner.now()).hour
    bench.owner.save_settings(replace(bench.owner.settings, late_from_h=(hour - 1) % 24, late_until_h=(hour + 3) % 24))
    return window.workbench.desk


def write(bench: Desk, page: DeskPage, text: str) -> None:
    bench.write(Hat.PERSONAL, "Tonight", text)
    bench.wait_for(page.post.isEnabled)


def test_late_and_heated_is_offered_a_hold(bench: Desk, page: DeskPage) -> None:
    write(bench, page, HEATED)
    page.post_now()
    assert page.brake_card.isVisible()
    assert "08:00" in page.brake_card.sentence
    assert not bench.session.is_busy
    assert page.brake_card.accessibleName() == page.brake_card.sentence


def test_the_hold_plans_the_post_for_the_next_morning(bench: Desk, page: DeskPage) -> None:
    write(bench, page, HEATED)
    page.post_now()
    page.brake_card.hold_button.click()
    with_gate_or_not = bench.session.gate_opened.connect(lambda verdict: bench.session.post_with(()))
    bench.wait_for(lambda: bench.library.counts().records == 1)
    bench.session.disconnect(with_gate_or_not)
    post = bench.library.records()[0]
    assert [kept.plan.local.strftime("%H:%M") for kept in bench.library.plans_of(post.post_id)] == ["08:00"]
    assert bench.session.pending == ()


def test_it_can_go_at_once_all_the_same(bench: Desk, page: DeskPage) -> None:
    write(bench, page, HEATED)
    page.post_now()
    page.brake_card.post_button.click()
    assert not page.brake_card.isVisible()
    bench.wait_for(lambda: bool(bench.session.pending))


def test_it_is_offered_once_for_a_draft(bench: Desk, page: DeskPage) -> None:
    write(bench, page, HEATED)
    page.post_now()
    QTest.keyClick(page.brake_card.hold_button, Qt.Key.Key_Escape)
    assert not page.brake_card.isVisible()
    page.post_now()
    assert not page.brake_card.isVisible()
    bench.wait_for(lambda: bool(bench.session.pending))


def test_a_calm_post_goes_without_a_word(bench: Desk, page: DeskPage) -> None:
    write(bench, page, CALM)
    page.post_now()
    assert not page.brake_card.isVisible()
    bench.wait_for(lambda: bool(bench.session.pending))


def test_by_day_nothing_is_offered(bench: Desk, page: DeskPage) -> None:
    settings = bench.owner.settings
    bench.owner.save_settings(replace(settings, late_from_h=settings.late_until_h, late_until_h=settings.late_from_h))
    write(bench, page, HEATED)
    page.post_now()
    assert not page.brake_card.isVisible()
    bench.wait_for(lambda: bool(bench.session.pending))


def test_it_can_be_switched_off(bench: Desk, page: DeskPage) -> None:
    bench.owner.save_settings(replace(bench.owner.settings, brakes_at_night=False))
    write(bench, page, HEATED)
    page.post_now()
    assert not page.brake_card.isVisible()
    bench.wait_for(lambda: bool(bench.session.pending))


def test_another_draft_takes_the_offer_off_the_desk(bench: Desk, page: DeskPage) -> None:
    write(bench, page, HEATED)
    page.post_now()
    bench.session.new_draft()
    assert not page.brake_card.isVisible()
