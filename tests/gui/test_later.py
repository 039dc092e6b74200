"""A time for a post: the sheet on the desk, what it says of hours, zones and keepers, and what Post reads then."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.gui.desk import Desk

from twohats.gui import wording
from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.main_window import MainWindow
from twohats.gui.schedule import when
from twohats.gui.schedule.later import Later
from twohats.gui.schedule.time_chooser import TimeChooser
from twohats.gui.widgets.buttons import Button
from twohats.model.account import account_of
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, plan_at, plans_of

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def chooser(bench: Desk) -> TimeChooser:
    made = TimeChooser(bench.theme, lambda: NOW, BERLIN)
    bench.show(made, 700, 300)
    return made


@pytest.fixture
def page(window: MainWindow) -> DeskPage:
    return window.workbench.desk


def test_at_first_it_proposes_a_whole_hour_to_come_in_the_zone_of_the_computer(chooser: TimeChooser) -> None:
    assert chooser.plan == plans_of(wall("2026-03-01T12:00"), BERLIN)[0]
    assert chooser.sentence == "Sunday 1 March 2026, 12:00, Europe/Berlin, UTC+01:00."


def test_another_zone_is_told_with_its_offset(chooser: TimeChooser) -> None:
    chooser.show_time(wall("2026-11-24T07:30"), "Europe/London")
    assert chooser.sentence == "Tuesday 24 November 2026, 07:30, Europe/London, UTC+00:00."


def test_a_zone_is_found_by_what_is_typed(chooser: TimeChooser) -> None:
    chooser.zone.setEditText("new york")
    assert chooser.plan is None
    assert chooser.sentence == wording.sentence("time", "zone_unknown")
    completer = chooser.zone.completer()
    completer.setCompletionPrefix("new york")
    found = [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())]
    assert "America/New York" in found
    chooser.zone.setEditText("america/new york")
    assert chooser.plan is not None
    assert chooser.plan.zone == "America/New_York"


def test_an_hour_that_does_not_exist_is_told_and_moved(chooser: TimeChooser) -> None:
    chooser.show_time(wall("2026-03-29T02:30"), BERLIN)
    assert chooser.plan is not None
    assert chooser.plan.local == wall("2026-03-29T03:30")
    assert "That hour does not exist that night" in chooser.sentence
    assert "02:30 becomes 03:30" in chooser.sentence


def test_an_hour_that_comes_twice_is_told_and_chosen(chooser: TimeChooser) -> None:
    first, second = plans_of(wall("2026-10-25T02:30"), BERLIN)
    assert not chooser.first.isVisible()
    chooser.show_time(wall("2026-10-25T02:30"), BERLIN)
    assert chooser.first.isVisible()
    assert chooser.plan == first
    assert "UTC+02:00" in chooser.first.text()
    assert "UTC+01:00" in chooser.second.text()
    chooser.second.click()
    assert chooser.plan == second
    assert "UTC+01:00" in chooser.sentence


def test_a_plan_of_the_second_hour_is_shown_as_the_second(chooser: TimeChooser) -> None:
    second = plans_of(wall("2026-10-25T02:30"), BERLIN)[1]
    chooser.show_plan(second)
    assert chooser.plan == second


def test_a_time_that_has_passed_is_refused_in_a_sentence(chooser: TimeChooser) -> None:
    chooser.show_time(wall("2026-03-01T09:59"), BERLIN)
    assert chooser.plan is None
    assert chooser.sentence.startswith("That time has passed: Sunday 1 March 2026, 09:59")


def test_every_field_can_be_spoken(chooser: TimeChooser) -> None:
    assert [field.accessibleName() for field in (chooser.date, chooser.time, chooser.zone)] == [
        "Day",
        "Time",
        "Time zone",
    ]


def _plan_in_days(days: float) -> tuple[datetime, str]:
    plan = plan_at(datetime.now(UTC) + timedelta(days=days), when.own_zone())
    return plan.local, plan.zone


def _opened(bench: Desk, page: DeskPage, days: float = 2) -> Later:
    bench.write(Hat.PROFESSIONAL, "Groups", "Four evenings on sleep, from January on.")
    bench.wait_for(lambda: bench.session.faces.revision == bench.session.draft.revision)
    page.later.button.click()
    page.later.chooser.show_time(*_plan_in_days(days))
    return page.later


def test_the_post_button_reads_who_where_and_when(bench: Desk, page: DeskPage) -> None:
    later = _opened(bench, page)
    assert later.plan is not None
    (account,) = bench.owner.accounts(Hat.PROFESSIONAL)
    assert page.post.accessibleName() == f"Post as Dr A. Lee to {account.label}, {when.short_words(later.plan)}"
    later.close_button.click()
    assert page.post.accessibleName() == f"Post as Dr A. Lee to {account.label}"


def test_a_time_gone_by_switches_the_post_button_off(bench: Desk, page: DeskPage) -> None:
    _opened(bench, page, days=-1)
    assert not page.post.isEnabled()
    assert page.post.accessibleName() == wording.sentence("later", "needs_time")
    page.post_now()
    assert bench.library.counts().records == 0


def test_a_post_with_a_time_waits_and_can_be_taken_back(bench: Desk, page: DeskPage) -> None:
    later = _opened(bench, page)
    plan = later.plan
    assert plan is not None
    page.post_now()
    bench.wait_for(page.planned_note.isVisible)
    assert when.plan_words(plan) in page.planned_note.sentence
    assert "Two Hats must be running then" in page.planned_note.sentence
    assert not later.is_open
    assert bench.session.draft.text == ""
    page.planned_note.findChild(Button).click()
    bench.wait_for(lambda: bench.session.draft.title == "Groups")
    assert not page.planned_note.isVisible()


def test_what_a_folder_cannot_keep_needs_the_program(bench: Desk, page: DeskPage) -> None:
    later = _opened(bench, page)
    assert not later.there.isVisible()
    assert later.keeper is Keeper.HERE
    assert later.keeping_words == wording.sentence("later", "here_means")


def test_where_the_network_keeps_posts_itself_the_choice_is_offered(bench: Desk, page: DeskPage) -> None:
    bench.services.profile.save_account(
        account_of(
            Hat.PROFESSIONAL,
            id="site",
            network="wordpress",
            label="Harbour Street Practice",
            handle="alee",
            settings={"site_url": "https://harbour-street.example.com", "login": "alee"},
        )
    )
    (folder,) = bench.owner.accounts(Hat.PROFESSIONAL)
    bench.owner.save_account_settings(folder.id)
    later = _opened(bench, page)
    assert not later.there.isVisible()
    assert "Harbour Street Practice could keep it alone" in later.keeping_words
    bench.session.tick(folder.id, False)
    bench.wait_for(later.there.isVisible)
    assert later.keeper is Keeper.HERE
    assert later.keeping_words == wording.sentence("later", "here_means")
    later.there.click()
    assert later.keeper is Keeper.THERE
    assert later.keeping_words == wording.sentence("later", "there_means")


def test_escape_closes_the_sheet_and_the_keys_open_it(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    bench.wait_for(page.later.isVisible)
    QTest.keyClick(page.later.chooser.time, Qt.Key.Key_Escape)
    bench.wait_for(lambda: not page.later.is_open)


def test_words_leave_out_the_zone_of_the_computer_and_name_another() -> None:
    plan = plans_of(wall("2026-11-24T07:30"), "America/New_York")[0]
    assert when.short_words(plan, "America/New_York") == "Tuesday 24 November, 07:30"
    assert when.short_words(plan, BERLIN) == "Tuesday 24 November, 07:30 America/New York (UTC−05:00)"
    assert when.told_here(plan, BERLIN) == "13:30 (07:30 America/New York, UTC−05:00)"
    assert when.told_here(plan, "America/Toronto") == "07:30"
