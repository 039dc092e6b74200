"""The screens of posts for later: the sheet on the desk, the brake, the calendar, the queue's planned rows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from tests.gallery.one_post import answers, wait_for

from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.gui.calendar.days import Span
from twohats.gui.calendar.page import CalendarPage
from twohats.gui.main_window import MainWindow
from twohats.gui.queue.page import QueuePage
from twohats.gui.schedule import when
from twohats.gui.settings.page import SettingsPage
from twohats.gui.widgets.frames import bring_into_view
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, Plan, plans_of
from twohats.model.receipt import Receipt, planned_note
from twohats.system_timer.timer import TimerState

Shoot = Callable[[str], None]
Wait = Callable[[], None]

_HEATED = "I am so sick of this insurer. Nobody ever answers the phone, and I give up. Useless, and shame on them."
_TEXT = "Most of us sleep worse in November. Light, a walk at noon and a fixed hour for getting up help."


def walk(window: MainWindow, owner: Owner, services: Services, settle: Wait, shoot_both: Shoot) -> None:
    """Leaves an empty draft. `settle` waits until check and previews have caught up."""
    _later(window, owner, settle, shoot_both)
    _brake(window, owner, settle, shoot_both)
    _calendar(window, services, settle, shoot_both)
    _timer(window, owner, shoot_both)
    window.session.new_draft()


def _later(window: MainWindow, owner: Owner, settle: Wait, shoot_both: Shoot) -> None:
    desk = window.workbench.desk
    _write(window, Hat.PROFESSIONAL, "Sleep in November", _TEXT)
    settle()
    desk.later.open_sheet()
    settle()
    shoot_both("later")
    year = datetime.now(UTC).year + 1
    desk.later.chooser.show_time(datetime.fromisoformat(f"{year}-07-06T09:30"), "Australia/Lord_Howe")
    settle()
    shoot_both("later-zone")
    folder = next(account for account in owner.accounts(Hat.PROFESSIONAL) if account.network == "folder")
    window.session.tick(folder.id, False)
    settle()
    shoot_both("later-there")
    desk.later.close_sheet()


def _brake(window: MainWindow, owner: Owner, settle: Wait, shoot_both: Shoot) -> None:
    settings = owner.settings
    hour = when.here_of(owner.now()).hour
    owner.save_settings(replace(settings, late_from_h=(hour - 1) % 24, late_until_h=(hour + 2) % 24))
    _write(window, Hat.PERSONAL, "", _HEATED)
    settle()
    window.workbench.desk.post_now()
    shoot_both("brake")
    owner.save_settings(settings)


def _timer(window: MainWindow, owner: Owner, shoot_both: Shoot) -> None:
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    window.show_page("settings")
    wait_for(lambda: owner.timer_state() is not None)
    owner.timer_changed.emit(TimerState("systemd", is_installed=True))
    bring_into_view(page.timer)
    shoot_both("settings-timer")


def _calendar(window: MainWindow, services: Services, settle: Wait, shoot_both: Shoot) -> None:
    """Posts of some days around the middle of next month, one of them for readers elsewhere."""
    page = window.page("calendar")
    assert isinstance(page, CalendarPage)
    first = (services.clock().date().replace(day=1) + timedelta(days=45)).replace(day=9)
    window.show_page("calendar")
    page.show_view(page.view.around(first + timedelta(days=300)))
    shoot_both("calendar-empty")
    post_ids = []
    for days, hour, zone, hat, title in (
        (0, 9, "Europe/London", Hat.PROFESSIONAL, "What a first hour is for"),
        (2, 18, "Europe/London", Hat.PERSONAL, "Roses, a year later"),
        (2, 12, "America/New_York", Hat.PROFESSIONAL, "Open evening, for colleagues abroad"),
        (3, 8, "Europe/London", Hat.PROFESSIONAL, "Sleep in the dark months"),
        (3, 8, "Europe/London", Hat.PERSONAL, "Sourdough, attempt five"),
        (3, 13, "Europe/London", Hat.PROFESSIONAL, "Supervision groups from spring on"),
        (3, 19, "Europe/London", Hat.PERSONAL, "Choir concert on Saturday"),
    ):
        local = datetime.combine(first + timedelta(days=days), time(hour, 30))
        _write(window, hat, title, f"{title}. {_TEXT}")
        settle()
        post_ids.append(_plan(window, plans_of(local, zone)[0]))
    window.show_page("calendar")
    page.show_view(page.view.around(first))
    shoot_both("calendar-month")
    page.card(post_ids[2]).click()
    shoot_both("calendar-post")
    page.strip.choose_time()
    shoot_both("calendar-move")
    page.strip.close_strip()
    page.show_view(page.view.around(first).shown_as(Span.WEEK))
    page.spans[Span.WEEK].setChecked(True)
    shoot_both("calendar-week")
    window.show_page("queue")
    shoot_both("queue-planned")
    _let_stay(services, post_ids[2])
    queue = window.page("queue")
    assert isinstance(queue, QueuePage)
    queue.refresh()
    stayed = next(line for line in queue.lines if line.delivery.problem == "not_moved_there")
    bring_into_view(stayed.parentWidget())
    shoot_both("queue-stayed")
    window.show_page("compose")


def _let_stay(services: Services, post_id: str) -> None:
    """As if it lay with its networks, and the site had not moved it when clocks changed."""
    now = services.clock()
    labels = {account.id: account.label for account in services.profile.accounts()}
    for delivery in services.queue.of_post(post_id):
        (kept,) = (one for one in services.plans.of_post(post_id) if one.delivery_id == delivery.id)
        there = delivery.claimed(now).sent(Receipt("1", "", now, planned_note(kept.plan.at)))
        if delivery.rendition.network == "wordpress":
            facts = {"place": labels[delivery.account_id], "zone": kept.plan.zone}
            late, meant = kept.plan.local + timedelta(hours=1), kept.plan.local
            times = {"kept": f"{late:%Y-%m-%d %H:%M} (UTC−04:00)", "meant": f"{meant:%Y-%m-%d %H:%M} (UTC−04:00)"}
            there = there.still_waits_there("not_moved_there", **facts, **times)
        services.plans.move(replace(kept, keeper=Keeper.THERE), there, delivery.state)


def _plan(window: MainWindow, plan: Plan) -> str:
    planned: list[str] = []
    link = window.session.planned.connect(planned.append)
    gate = window.session.gate_opened.connect(lambda verdict: window.session.post_with(answers(verdict)))
    window.session.ask_to_post(plan)
    wait_for(lambda: bool(planned))
    window.session.disconnect(link)
    window.session.disconnect(gate)
    window.gate.close_sheet()
    return planned[0]


def _write(window: MainWindow, hat: Hat, title: str, text: str) -> None:
    session = window.session
    session.new_draft()
    session.choose_hat(hat)
    session.edit_title(title)
    session.edit_text(text)
    session.draft_opened.emit(session.draft)
