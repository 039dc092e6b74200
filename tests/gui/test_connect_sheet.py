"""The connect sheet: the place, what it asks for, page by page, and the question whether that is right."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.networks import WAYS, PretendNetwork
from tests.gui.desk import Desk, open_desk

from twohats.flows.logins import secret_name
from twohats.gui.accounts.page import AccountsPage
from twohats.gui.widgets.labels import Label
from twohats.model.errors import Refused, Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import Ask, Grant, Profile, Way
from twohats.store.database import Store

LINKEDIN_KEYS = {"client_id": "86abc", "client_secret": "WPL_AP1"}


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        for name in WAYS:
            made.services.networks[name] = PretendNetwork(name)
        made.add_folders()
        yield made


@pytest.fixture
def page(desk: Desk) -> AccountsPage:
    made = AccountsPage(desk.theme, desk.owner)
    desk.show(made)
    made.activateWindow()
    desk.qtbot.waitUntil(made.isActiveWindow)
    return made


def pretend(desk: Desk, name: str) -> PretendNetwork:
    network = desk.services.networks[name]
    assert isinstance(network, PretendNetwork)
    return network


def words(within: QWidget) -> list[str]:
    return [label.text() for label in within.findChildren(Label) if label.isVisible() and label.text()]


def choose(page: AccountsPage, network: str, hat: Hat = Hat.PROFESSIONAL) -> None:
    page.connect_account(hat)
    page.sheet.places.row(network).click()


def edit(page: AccountsPage, name: str) -> QLineEdit:
    assert page.sheet.form is not None
    return next(found for one in page.sheet.form.pages for key, found in one.edits.items() if key == name)


def go_on(page: AccountsPage, times: int = 1) -> None:
    for _ in range(times):
        assert page.sheet.form is not None
        page.sheet.form.next_button.click()


def fill_in(desk: Desk, page: AccountsPage, given: dict[str, str]) -> None:
    """Through all pages, typing what each asks for; presses the last button too."""
    form = page.sheet.form
    assert form is not None
    for one in form.pages:
        for name, found in one.edits.items():
            if name in given:
                desk.qtbot.keyClicks(found, given[name])
        form.next_button.click()


def test_the_four_of_the_article_come_first(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    rows = page.sheet.places.rows
    assert [row.network for row in rows] == [
        *("folder", "wordpress", "facebook", "byhand", "linkedin", "x"),
        *("mastodon", "bluesky", "threads"),
    ]
    assert [row.text() for row in rows][:3] == ["Blog folder", "WordPress", "Facebook Page"]
    assert all(row.accessibleName() and row.accessibleDescription() for row in rows)


def test_a_place_by_others_comes_last_and_one_that_cannot_be_connected_not_at_all(
    desk: Desk, page: AccountsPage
) -> None:
    desk.services.networks["aplace"] = PretendNetwork("aplace", (Way("key", (Ask("key", True),)),))
    desk.services.networks["closed"] = PretendNetwork("closed", WAYS["x"])
    pretend(desk, "closed").ways = ()
    page.connect_account(Hat.PERSONAL)
    names = [row.network for row in page.sheet.places.rows]
    assert names[-1] == "aplace"
    assert "closed" not in names


def test_the_places_stand_in_two_columns_while_there_is_room(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    rows = page.sheet.places.rows
    desk.wait_for(lambda: rows[0].y() == rows[1].y() and rows[0].x() < rows[1].x())
    page.resize(560, 800)
    desk.wait_for(lambda: rows[0].x() == rows[1].x() and rows[0].y() < rows[1].y())


def test_the_places_are_walked_and_chosen_by_keyboard(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    rows = page.sheet.places.rows
    assert page.focusWidget() is rows[0]
    for row in rows[1:]:
        desk.qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert page.focusWidget() is row
    desk.qtbot.keyClick(rows[5], Qt.Key.Key_Return)
    assert page.sheet.form is not None
    assert page.sheet.form.guide.network == "x"


def test_one_is_led_through_page_by_page(desk: Desk, page: AccountsPage) -> None:
    choose(page, "linkedin")
    form = page.sheet.form
    assert form is not None
    assert "Step 1 of 4" in words(page)
    assert any("no company stands between you" in sentence for sentence in words(page))
    form.page.open_button.click()
    assert desk.opened == ["https://www.linkedin.com/developers/apps/new"]
    go_on(page, 2)
    assert "Tell LinkedIn where to come back to" in words(page)
    form.page.copies.buttons[0].click()
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:47131/callback"
    assert form.page.copies.buttons[0].text() == "Copied"
    go_on(page)
    assert form.next_button.text() == "Sign in to LinkedIn"
    form.back_button.click()
    assert form.at == 2


def test_what_is_missing_is_asked_for_on_the_spot(desk: Desk, page: AccountsPage) -> None:
    choose(page, "facebook")
    go_on(page, 2)
    desk.qtbot.keyClicks(edit(page, "app_id"), "123")
    go_on(page)
    assert page.sheet.form is not None
    assert page.sheet.form.at == 2
    assert "This is needed to go on." in words(page)
    assert page.focusWidget() is edit(page, "app_secret")
    desk.qtbot.keyClicks(edit(page, "app_secret"), "s")
    assert "This is needed to go on." not in words(page)
    desk.qtbot.keyClick(edit(page, "app_secret"), Qt.Key.Key_Return)
    assert page.sheet.form.at == 3


def test_secrets_are_masked_and_nothing_else_is(desk: Desk, page: AccountsPage) -> None:
    choose(page, "threads")
    masked = {name for name in ("app_id", "app_secret", "token") if edit(page, name).echoMode() is _MASKED}
    assert masked == {"app_secret", "token"}


def test_the_browser_is_opened_and_the_right_one_asked_for(desk: Desk, page: AccountsPage) -> None:
    choose(page, "linkedin")
    fill_in(desk, page, LINKEDIN_KEYS)
    desk.wait_for(lambda: bool(desk.opened))
    assert page.sheet.waiting_page.isVisible()
    pretend(desk, "linkedin").answer()
    desk.wait_for(page.sheet.right.isVisible)
    assert "You connected Dr A. Lee as Professional. Right?" in words(page)
    assert "LinkedIn, signed in as @alee" in words(page)
    assert pretend(desk, "linkedin").given == [LINKEDIN_KEYS]
    assert len(desk.owner.accounts(Hat.PROFESSIONAL)) == 1
    page.sheet.right.yes_button.click()
    desk.wait_for(lambda: len(desk.owner.accounts(Hat.PROFESSIONAL)) == 2)
    account = desk.owner.accounts(Hat.PROFESSIONAL)[-1]
    assert (account.network, account.label, account.handle) == ("linkedin", "Dr A. Lee", "@alee")
    assert desk.services.vault().get(secret_name(account.id)) == "token"
    assert not page.sheet.isVisible()


def test_the_portrait_is_shown_with_the_question_and_on_the_card(desk: Desk, page: AccountsPage) -> None:
    out = io.BytesIO()
    Image.new("RGB", (80, 80), "teal").save(out, "PNG")
    pretend(desk, "bluesky").profile = Profile("Dr A. Lee", "alee.example.com", picture=out.getvalue())
    choose(page, "bluesky")
    fill_in(desk, page, {"handle": "alee.example.com", "app_password": "abcd-efgh"})
    desk.wait_for(page.sheet.right.isVisible)
    assert page.sheet.right.portrait.has_picture
    page.sheet.right.yes_button.click()
    desk.wait_for(lambda: len(page.cards(Hat.PROFESSIONAL)) == 2)
    assert page.cards(Hat.PROFESSIONAL)[-1].portrait.has_picture
    assert not page.cards(Hat.PROFESSIONAL)[0].portrait.has_picture


def test_an_optional_field_may_stay_empty(desk: Desk, page: AccountsPage) -> None:
    choose(page, "bluesky")
    fill_in(desk, page, {"handle": "alee.example.com", "app_password": "abcd-efgh"})
    desk.wait_for(page.sheet.right.isVisible)
    assert pretend(desk, "bluesky").given == [
        {"handle": "alee.example.com", "app_password": "abcd-efgh", "service": ""}
    ]


def test_of_several_pages_the_person_chooses_one(desk: Desk, page: AccountsPage) -> None:
    pretend(desk, "facebook").grants = (
        Grant("Harbour Street Practice", {"page_id": "1"}, secret="one"),
        Grant("Westbrook Choir", {"page_id": "2"}, secret="two"),
    )
    choose(page, "facebook")
    fill_in(desk, page, {"app_id": "1", "app_secret": "2", "user_token": "3"})
    grants = page.sheet.grants
    desk.wait_for(grants.isVisible)
    assert not grants.go_button.isEnabled()
    assert [button.text() for button in grants.buttons] == ["Harbour Street Practice", "Westbrook Choir"]
    grants.buttons[1].click()
    grants.go_button.click()
    desk.wait_for(page.sheet.right.isVisible)
    page.sheet.right.yes_button.click()
    desk.wait_for(lambda: len(desk.owner.accounts(Hat.PROFESSIONAL)) == 2)
    account = desk.owner.accounts(Hat.PROFESSIONAL)[-1]
    assert account.settings["page_id"] == "2"
    assert desk.services.vault().get(secret_name(account.id)) == "two"


def test_where_nothing_can_be_posted_to_it_is_said(desk: Desk, page: AccountsPage) -> None:
    pretend(desk, "facebook").grants = ()
    choose(page, "facebook")
    fill_in(desk, page, {"app_id": "1", "app_secret": "2", "user_token": "3"})
    desk.wait_for(page.sheet.banner.isVisible)
    assert page.sheet.banner.sentence.startswith("Facebook Page showed nothing that you may post to.")


def test_a_no_keeps_nothing_and_takes_the_login_back(desk: Desk, page: AccountsPage) -> None:
    choose(page, "mastodon")
    fill_in(desk, page, {"server": "social.example.com"})
    pretend(desk, "mastodon").answer()
    desk.wait_for(page.sheet.right.isVisible)
    page.sheet.right.no_button.click()
    assert page.sheet.banner.sentence.startswith("Nothing was kept.")
    assert edit(page, "server").isVisible()
    desk.wait_for(lambda: pretend(desk, "mastodon").revoked == ["token"])
    assert len(desk.owner.accounts(Hat.PROFESSIONAL)) == 1


def test_escape_at_the_question_is_a_no(desk: Desk, page: AccountsPage) -> None:
    choose(page, "mastodon")
    fill_in(desk, page, {"server": "social.example.com"})
    pretend(desk, "mastodon").answer()
    desk.wait_for(page.sheet.right.isVisible)
    desk.qtbot.keyClick(page.sheet.right.yes_button, Qt.Key.Key_Escape)
    assert not page.sheet.right.isVisible()
    desk.wait_for(lambda: pretend(desk, "mastodon").revoked == ["token"])


def test_escape_stops_waiting_then_goes_back_page_by_page_and_out(desk: Desk, page: AccountsPage) -> None:
    choose(page, "x")
    fill_in(desk, page, {"client_id": "abc"})
    desk.wait_for(lambda: bool(desk.opened))
    desk.qtbot.keyClick(page.sheet.waiting_page.stop_button, Qt.Key.Key_Escape)
    form = page.sheet.form
    assert form is not None
    assert form.isVisible()
    assert form.at == 2
    assert edit(page, "client_id").text() == "abc"
    desk.qtbot.keyClick(edit(page, "client_id"), Qt.Key.Key_Escape)
    assert form.at == 1
    desk.qtbot.keyClick(form, Qt.Key.Key_Escape)
    desk.qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert page.sheet.places.isVisible()
    desk.qtbot.keyClick(page.sheet.places.rows[0], Qt.Key.Key_Escape)
    assert not page.sheet.isVisible()


def test_an_answer_that_comes_after_giving_up_is_taken_back(desk: Desk, page: AccountsPage) -> None:
    network = pretend(desk, "mastodon")
    network.answer()
    network.hold()
    choose(page, "mastodon")
    fill_in(desk, page, {"server": "social.example.com"})
    desk.wait_for(network.asked.is_set)
    page.sheet.waiting_page.stop_button.click()
    network.go_on()
    desk.wait_for(lambda: network.revoked == ["token"])
    assert not page.sheet.right.isVisible()
    assert edit(page, "server").isVisible()


@pytest.mark.parametrize(("code", "field"), [("app_keys_wrong", "client_id"), ("connect_failed", "client_id")], ids=str)
def test_a_refusal_is_told_in_a_sentence_where_it_can_be_mended(
    desk: Desk, page: AccountsPage, code: str, field: str
) -> None:
    network = pretend(desk, "x")
    network.fault = Refused(code, host="api.x.com", reason="invalid_scope")
    network.answer()
    choose(page, "x")
    fill_in(desk, page, {"client_id": "abc"})
    desk.wait_for(page.sheet.banner.isVisible)
    assert page.sheet.banner.sentence.startswith("api.x.com d")
    assert page.focusWidget() is edit(page, field)
    assert edit(page, field).text() == "abc"


def test_a_broken_line_is_told_and_the_next_try_works(desk: Desk, page: AccountsPage) -> None:
    network = pretend(desk, "bluesky")
    network.fault = Unreachable("host_silent", host="bsky.social")
    choose(page, "bluesky")
    fill_in(desk, page, {"handle": "alee.example.com", "app_password": "abcd-efgh"})
    desk.wait_for(page.sheet.banner.isVisible)
    network.fault = None
    go_on(page)
    desk.wait_for(page.sheet.right.isVisible)
    assert not page.sheet.banner.isVisible()


def test_no_secret_stays_in_a_field_once_somebody_was_found(desk: Desk, page: AccountsPage) -> None:
    choose(page, "bluesky")
    fill_in(desk, page, {"handle": "alee.example.com", "app_password": "abcd-efgh"})
    desk.wait_for(page.sheet.right.isVisible)
    assert edit(page, "app_password").text() == ""
    assert edit(page, "handle").text() == "alee.example.com"


def test_somebody_who_is_there_under_the_other_hat_is_doubted(desk: Desk, page: AccountsPage) -> None:
    for hat in Hat:
        choose(page, "bluesky", hat)
        fill_in(desk, page, {"handle": "alee.example.com", "app_password": "abcd-efgh"})
        desk.wait_for(page.sheet.right.isVisible)
        if hat is Hat.PERSONAL:
            assert not page.sheet.right.doubt.isVisible()
            page.sheet.right.yes_button.click()
            desk.wait_for(lambda: len(desk.owner.accounts(Hat.PERSONAL)) == 2)
    assert page.sheet.right.doubt.sentence.startswith("@alee is connected as Personal already.")


def test_another_way_of_the_same_place_takes_along_what_was_typed(desk: Desk, page: AccountsPage) -> None:
    choose(page, "wordpress")
    form = page.sheet.form
    assert form is not None
    desk.qtbot.keyClicks(edit(page, "site_url"), "example.com")
    form.other_buttons[0].click()
    assert edit(page, "site_url").text() == "example.com"
    assert page.focusWidget() is edit(page, "login")
    assert edit(page, "password").echoMode() is _MASKED


@pytest.mark.parametrize("network", ["folder", "wordpress", *WAYS])
def test_every_control_has_a_name_and_words_fit(desk: Desk, page: AccountsPage, network: str) -> None:
    choose(page, network)
    pages = len(page.sheet.form.pages) if page.sheet.form else 1
    for number in range(pages):
        if page.sheet.form:
            page.sheet.form.show_page(number)
        QApplication.processEvents()
        for control in [*page.findChildren(QLineEdit), *page.findChildren(QAbstractButton)]:
            if control.isVisible():
                assert control.accessibleName() or control.text(), control
                assert control.width() >= control.minimumSizeHint().width()


_MASKED = QLineEdit.EchoMode.Password
