"""The calendar: which days it shows, what stands on them, and how posts are moved, taken back and opened."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.gui.desk import Desk

from twohats.gui.calendar import moving
from twohats.gui.calendar.days import Span, View
from twohats.gui.calendar.month_grid import MonthGrid
from twohats.gui.calendar.page import CalendarPage
from twohats.gui.calendar.post_card import mime_of
from twohats.gui.calendar.week_grid import WeekGrid
from twohats.gui.main_window import MainWindow
from twohats.gui.queue.page import QueuePage
from twohats.gui.schedule import when
from twohats.gui.sent.page import SentPage
from twohats.gui.widgets.buttons import Button
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.plan import Plan, plan_at, plans_of

BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def in_days(days: int, zone: str = BERLIN) -> Plan:
    """At noon there, so that neither zone of these tests makes another day of it."""
    day = plan_at(datetime.now(UTC) + timedelta(days=days), zone).local.date()
    return plans_of(datetime.combine(day, time(12)), zone)[0]


@pytest.fixture
def page(bench: Desk) -> CalendarPage:
    made = CalendarPage(bench.theme, bench.library, bench.owner, BERLIN)
    bench.show(made, 1100, 800)
    return made


def plan_post(bench: Desk, plan: Plan, title: str = "Groups", hat: Hat = Hat.PROFESSIONAL) -> str:
    bench.write(hat, title, "Four evenings on sleep, from January on.")
    with bench.qtbot.waitSignal(bench.session.planned, timeout=30_000) as told:
        bench.session.ask_to_post(plan)
    return str(told.args[0])


def shown(page: CalendarPage, plan: Plan, span: Span = Span.MONTH) -> None:
    page.show_view(View(span, plan.local.date()))


def drop(on: QWidget, data: QMimeData, at: QPointF) -> None:
    """As Qt tells it: what takes a drag that comes in gets its drop."""
    move, button, no_key = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    coming = QDragEnterEvent(at.toPoint(), move, data, button, no_key)
    QApplication.sendEvent(on, coming)
    assert coming.isAccepted()
    QApplication.sendEvent(on, QDropEvent(at, move, data, button, no_key))


@pytest.mark.parametrize(
    ("view", "first", "last", "name"),
    [
        (View(Span.MONTH, date(2026, 11, 23)), date(2026, 10, 26), date(2026, 12, 6), "November 2026"),
        (View(Span.MONTH, date(2026, 11, 23), 6), date(2026, 11, 1), date(2026, 12, 5), "November 2026"),
        (View(Span.WEEK, date(2026, 11, 29)), date(2026, 11, 23), date(2026, 11, 29), "23 to 29 November 2026"),
        (
            View(Span.WEEK, date(2026, 11, 29), 6),
            date(2026, 11, 29),
            date(2026, 12, 5),
            "29 November to 5 December 2026",
        ),
        (
            View(Span.WEEK, date(2026, 12, 31)),
            date(2026, 12, 28),
            date(2027, 1, 3),
            "28 December 2026 to 3 January 2027",
        ),
    ],
    ids=["month", "month-from-sunday", "week", "week-from-sunday", "week-over-new-year"],
)
def test_a_view_shows_whole_weeks(view: View, first: date, last: date, name: str) -> None:
    assert (view.days[0], view.days[-1], view.name) == (first, last, name)


def test_a_view_turns_over_the_year() -> None:
    assert View(Span.MONTH, date(2026, 12, 31)).turned(1).day == date(2027, 1, 1)
    assert View(Span.MONTH, date(2026, 1, 31)).turned(-1).day == date(2025, 12, 1)
    assert View(Span.WEEK, date(2026, 12, 31)).turned(1).day == date(2027, 1, 7)


def test_another_day_keeps_the_time_on_the_wall_over_a_change_of_clocks() -> None:
    plan = plans_of(wall("2026-10-23T07:30"), BERLIN)[0]
    moved = moving.on_day(plan, plan.local.date(), date(2026, 10, 26))
    assert moved.local == wall("2026-10-26T07:30")
    assert moved.at - plan.at == timedelta(days=3, hours=1)


def test_another_day_out_of_a_gap_goes_past_it() -> None:
    plan = plans_of(wall("2026-03-28T02:30"), BERLIN)[0]
    assert moving.on_day(plan, plan.local.date(), date(2026, 3, 29)).local == wall("2026-03-29T03:30")


def test_an_hour_of_the_calendar_is_read_in_the_zone_of_the_plan() -> None:
    plan = plans_of(wall("2026-11-24T07:30"), NEW_YORK)[0]
    moved = moving.at_time(plan, date(2026, 11, 25), time(15, 0), BERLIN)
    assert (moved.local, moved.zone) == (wall("2026-11-25T09:00"), NEW_YORK)


def test_an_empty_calendar_says_what_it_is_for(page: CalendarPage) -> None:
    assert page.nothing.isVisible()
    assert "Later" in page.nothing.text()


def test_a_planned_post_stands_on_its_day_with_all_that_matters(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3)
    post_id = plan_post(bench, plan)
    shown(page, plan)
    card = page.card(post_id)
    assert not page.nothing.isVisible()
    assert isinstance(page.grid, MonthGrid)
    assert card.parent() is page.grid.cells[plan.local.date()]
    assert card.accessibleName().startswith(f"Professional: Groups. {when.plan_words(plan)}. Planned.")
    assert card.entry.elsewhere == ""


def test_a_time_of_another_zone_shows_its_offset(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3, NEW_YORK)
    post_id = plan_post(bench, plan)
    here = when.plan_here(plan, BERLIN)
    shown(page, here, Span.WEEK)
    entry = page.card(post_id).entry
    assert entry.here == here.local
    assert entry.elsewhere.startswith("12:00 UTC−0")


def test_a_post_that_went_at_once_stands_there_too(bench: Desk, page: CalendarPage) -> None:
    post_id = bench.post(Hat.PERSONAL, "Roses", "The last of the year.")
    bench.wait_for_state(post_id, DeliveryState.SENT)
    bench.wait_for(lambda: any(target.state == "sent" for target in bench.library.records()[0].targets))
    page.show_view(page.view.around(when.here_of(bench.library.records()[0].posted_at, BERLIN).date()))
    entry = page.card(post_id).entry
    assert (entry.standing, entry.can_move, entry.plan) == ("out", False, None)


def test_a_card_dropped_on_another_day_moves_the_plan_and_undo_brings_it_back(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3)
    post_id = plan_post(bench, plan)
    shown(page, plan)
    target = plan.local.date() + timedelta(days=1)
    page.show_view(page.view.shown_as(Span.MONTH))
    assert isinstance(page.grid, MonthGrid)
    drop(page.grid.cells[target], mime_of(post_id), QPointF(10, 40))
    bench.wait_for(page.told.isVisible)
    moved = bench.library.plans_of(post_id)[0].plan
    assert moved.local == plan.local + timedelta(days=1)
    assert page.told.sentence == f"Moved to {when.plan_words(moved)}."
    assert page.card(post_id).entry.here.date() == target
    page.told.findChild(Button).click()
    bench.wait_for(lambda: bench.library.plans_of(post_id)[0].plan == plan)
    bench.wait_for(lambda: page.card(post_id).entry.plan == plan)


def test_a_card_dropped_on_an_hour_moves_to_that_quarter(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3)
    post_id = plan_post(bench, plan)
    shown(page, plan, Span.WEEK)
    assert isinstance(page.grid, WeekGrid)
    column = page.grid.columns[plan.local.date()]
    drop(column, mime_of(post_id), QPointF(10, column.y_at(time(16, 15)) + 1))
    bench.wait_for(page.told.isVisible)
    assert bench.library.plans_of(post_id)[0].plan.local == datetime.combine(plan.local.date(), time(16, 15))


def test_a_card_dropped_into_the_past_stays_and_is_told_why(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3)
    post_id = plan_post(bench, plan)
    shown(page, plan, Span.WEEK)
    page.move_post(post_id, in_days(-40))
    bench.wait_for(page.told.isVisible)
    assert page.told.sentence.startswith("It stays where it was. That time has passed")
    assert bench.library.plans_of(post_id)[0].plan == plan


def test_by_keyboard_a_post_is_opened_and_moved(bench: Desk, page: CalendarPage) -> None:
    plan, later = in_days(3), in_days(5)
    post_id = plan_post(bench, plan)
    shown(page, plan)
    card = page.card(post_id)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_M)
    assert page.strip.is_choosing
    assert page.strip.chooser is not None
    assert page.strip.chooser.plan == plan
    page.strip.chooser.show_plan(later)
    QTest.keyClick(page.strip.do_button, Qt.Key.Key_Return)
    bench.wait_for(lambda: bench.library.plans_of(post_id)[0].plan == later)


def test_escape_leaves_the_time_and_then_the_post(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3)
    post_id = plan_post(bench, plan)
    shown(page, plan)
    QTest.keyClick(page.card(post_id), Qt.Key.Key_Return)
    assert page.strip.isVisible()
    assert page.card(post_id).isChecked()
    page.strip.choose_time()
    assert page.strip.chooser is not None
    QTest.keyClick(page.strip.chooser, Qt.Key.Key_Escape)
    assert not page.strip.is_choosing
    QTest.keyClick(page.strip.move_button, Qt.Key.Key_Escape)
    assert not page.strip.isVisible()
    assert not page.card(post_id).isChecked()


def test_a_post_taken_back_is_a_draft_and_leaves_the_calendar(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3)
    post_id = plan_post(bench, plan)
    shown(page, plan)
    page.card(post_id).click()
    page.strip.back_button.click()
    bench.wait_for(page.told.isVisible)
    assert page.strip.isHidden()
    with pytest.raises(KeyError):
        page.card(post_id)
    with bench.qtbot.waitSignal(page.draft_wanted) as told:
        page.told.findChild(Button).click()
    bench.session.open_draft(told.args[0])
    assert bench.session.draft.title == "Groups"


def test_a_day_with_many_posts_opens_its_week(bench: Desk, page: CalendarPage) -> None:
    plan = in_days(3)
    ids = [plan_post(bench, plan, f"Number {number}") for number in range(4)]
    shown(page, plan)
    assert isinstance(page.grid, MonthGrid)
    cell = page.grid.cells[plan.local.date()]
    more = cell.findChild(Button)
    assert more.text() == "1 more"
    more.click()
    assert isinstance(page.grid, WeekGrid)
    tops = [page.card(post_id).geometry() for post_id in ids]
    assert not any(one.intersects(other) for one in tops for other in tops if one is not other)


def test_the_buttons_turn_the_month_and_come_back_to_today(page: CalendarPage) -> None:
    today = page.name.text()
    page.next_button.click()
    assert page.name.text() != today
    page.before_button.click()
    page.before_button.click()
    assert page.name.text() != today
    page.today_button.click()
    assert page.name.text() == today


def test_the_window_opens_the_record_of_a_post_where_it_stands(bench: Desk, window: MainWindow) -> None:
    plan = in_days(3, when.own_zone())
    waiting = plan_post(bench, plan)
    gone = bench.post(Hat.PERSONAL, "Roses", "The last of the year.")
    bench.wait_for_state(gone, DeliveryState.SENT)
    window.show_page("calendar")
    page = window.page("calendar")
    assert isinstance(page, CalendarPage)
    page.post_wanted.emit(waiting, False)
    queue = window.page("queue")
    assert isinstance(queue, QueuePage)
    assert queue.detail.record is not None
    assert queue.detail.record.post_id == waiting
    page.post_wanted.emit(gone, True)
    sent = window.page("sent")
    assert isinstance(sent, SentPage)
    assert sent.detail.record is not None
    assert sent.detail.record.post_id == gone
