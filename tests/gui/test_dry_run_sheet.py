"""What would be sent, shown in the window: a fold for each account, copied on demand, and nothing sent."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from tests.gui.desk import Desk

from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.composer.dry_run_sheet import DryRunSheet
from twohats.gui.main_window import MainWindow
from twohats.gui.schedule import when
from twohats.gui.shortcut_sheet import KEYS
from twohats.model.account import account_of
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.plan import Plan, plan_at

TEXT = "Grief has no timetable."


@pytest.fixture
def page(bench: Desk, window: MainWindow) -> DeskPage:
    accounts = {
        "x": {"client_id": "c", "user_id": "1", "username": "jamie"},
        "byhand": {"page": "https://www.facebook.com/jamie"},
    }
    for network, settings in accounts.items():
        made = account_of(Hat.PROFESSIONAL, id=network, network=network, label=f"My {network}", settings=settings)
        bench.services.profile.save_account(made)
    bench.owner.save_account_settings("x")
    bench.write(Hat.PROFESSIONAL, "Grief", TEXT)
    desk = window.workbench.desk
    bench.wait_for(lambda: desk.more.requests.isEnabled())
    return desk


def sheet_of(bench: Desk, window: MainWindow) -> DryRunSheet:
    bench.wait_for(lambda: window.findChild(DryRunSheet) is not None)
    found = window.findChild(DryRunSheet)
    assert isinstance(found, DryRunSheet)
    return found


def test_the_menu_opens_a_sheet_with_a_fold_for_each_account(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    page.more.requests.trigger()

    sheet = sheet_of(bench, window)
    assert [fold.head.accessibleName().partition(" · ")[2] for fold in sheet.folds] == [
        "1 request",
        "1 request",
        "no request",
    ]
    folder, x, by_hand = sheet.folds
    assert folder.text.isVisible()
    assert not x.text.isVisible()
    x.head.click()
    assert x.text.isVisible()
    assert f'"text": "{TEXT}"' in x.text.toPlainText()
    assert "Authorization: ***" in x.text.toPlainText()
    by_hand.head.click()
    assert by_hand.reason.isVisible()
    assert not by_hand.text.isVisible()
    assert sheet.note.text().startswith("Nothing was sent.")
    sheet.accept()


def test_nothing_is_sent_and_the_draft_stays(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    page.more.requests.trigger()
    sheet_of(bench, window).accept()

    assert bench.services.queue.in_state(*DeliveryState) == []
    assert bench.services.records.search() == []
    assert bench.session.draft.text == TEXT


def test_what_is_shown_of_an_account_can_be_copied(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    page.more.requests.trigger()
    sheet = sheet_of(bench, window)

    sheet.folds[1].copy.click()

    assert QGuiApplication.clipboard().text() == sheet.folds[1].text.toPlainText()
    assert sheet.folds[1].copy.text() == "Copied."
    sheet.accept()


def test_a_key_opens_it_from_any_page(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    window.show_page("drafts")

    QTest.keySequence(window, QKeySequence("Ctrl+Shift+R"))

    sheet_of(bench, window).accept()
    assert "Ctrl+Shift+R" in dict(KEYS)


def test_findings_that_want_a_reason_hinder_nothing_and_are_counted(
    bench: Desk, window: MainWindow, page: DeskPage
) -> None:
    bench.session.edit_text("My wife and I finally took that cruise.")

    page.show_requests()

    sheet = sheet_of(bench, window)
    assert any("reason before this can be posted: 1" in label.text() for label in sheet.findChildren(type(sheet.note)))
    sheet.accept()


def test_what_cannot_be_posted_as_it_is_is_said_on_the_desk(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    bench.session.edit_title("")
    bench.session.edit_text("")

    page.show_requests()

    bench.wait_for(page.refusal.isVisible)
    assert window.findChild(DryRunSheet) is None


def test_without_a_place_there_is_nothing_to_ask(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    for account in bench.owner.accounts(Hat.PROFESSIONAL):
        bench.session.tick(account.id, False)

    bench.wait_for(lambda: not page.more.requests.isEnabled())
    assert page.more.versions.isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus, on the screen of the tests
def test_the_menu_opens_by_keyboard_and_says_the_keys(page: DeskPage) -> None:
    page.more.setFocus()
    QTest.keyClick(page.more, Qt.Key.Key_Return)

    menu = page.more.choices
    assert menu.isVisible()
    assert [entry.text().partition("\t")[0] for entry in page.more.entries] == [
        "Show what would be sent",
        "Show the kept versions",
        "Word it for each hat",
        "Copy a link to this draft",
    ]
    assert [bool(entry.text().partition("\t")[2]) for entry in page.more.entries] == [True, True, False, True]
    menu.close()


def choose_time(bench: Desk, page: DeskPage, *networks: str, days: float = 2) -> Plan:
    """A time beside the Post button, for the accounts at those networks alone."""
    for account in bench.owner.accounts(Hat.PROFESSIONAL):
        bench.session.tick(account.id, account.network in networks)
    bench.wait_for(lambda: bench.session.faces.revision == bench.session.draft.revision)
    page.later.button.click()
    plan = plan_at(datetime.now(UTC) + timedelta(days=days), when.own_zone())
    page.later.chooser.show_time(plan.local, plan.zone)
    return plan


def add_mastodon(bench: Desk) -> None:
    settings = {"server": "https://social.example.org", "user_id": "1", "domain": "social.example.org"}
    made = account_of(Hat.PROFESSIONAL, id="mastodon", network="mastodon", label="My mastodon", settings=settings)
    bench.services.profile.save_account(made)
    bench.owner.save_account_settings("mastodon")


def test_a_chosen_time_stands_in_the_request_to_a_network_that_keeps_it(
    bench: Desk, window: MainWindow, page: DeskPage
) -> None:
    add_mastodon(bench)
    plan = choose_time(bench, page, "mastodon")
    bench.wait_for(lambda: page.later.there.isVisibleTo(page.later))
    page.later.there.setChecked(True)

    page.show_requests()

    sheet = sheet_of(bench, window)
    (fold,) = sheet.folds
    (body,) = [part for part in fold.words.split("\n\n") if "scheduled_at" in part]
    assert json.loads(body)["scheduled_at"] == plan.at.isoformat()
    assert fold.reason.isVisible()
    assert fold.reason.text() == f"This is sent at once; the network keeps it until {when.plan_words(plan)}."
    assert bench.services.queue.in_state(*DeliveryState) == []
    sheet.accept()


def test_what_waits_here_for_a_chosen_time_says_so(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    plan = choose_time(bench, page, "x", "folder")

    page.show_requests()

    sheet = sheet_of(bench, window)
    folder, x = sheet.folds
    assert f"date: '{plan.at.astimezone().isoformat(timespec='seconds')}'" in folder.words
    assert x.reason.text() == f"This waits here, and is sent on {when.plan_words(plan)}."
    sheet.accept()


def test_without_a_time_nothing_is_said_of_one(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    choose_time(bench, page, "x")
    page.later.close_sheet()

    page.show_requests()

    sheet = sheet_of(bench, window)
    assert sheet.folds[0].reason.text() == ""
    sheet.accept()


def test_a_time_gone_by_is_shown_instead_of_a_sheet(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    choose_time(bench, page, "x", days=-1)
    shown: list[object] = []
    page.answer_shown.connect(shown.append)

    page.show_requests()

    assert shown == [page.later]
    assert window.findChild(DryRunSheet) is None
