"""The accounts page: each account on its own side, connected and let go in plain words."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.bridge.owner import ConnectedProfile
from twohats.flows.accounts import PendingAccount
from twohats.flows.logins import secret_name
from twohats.gui.accounts.page import AccountsPage
from twohats.gui.accounts.way_form import WayForm
from twohats.gui.widgets.labels import Label
from twohats.model.account import account_of
from twohats.model.identity import Hat
from twohats.model.ports import Login, Profile
from twohats.store.database import Store


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        made.add_folders()
        yield made


@pytest.fixture
def page(desk: Desk) -> AccountsPage:
    made = AccountsPage(desk.theme, desk.owner)
    desk.show(made)
    return made


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _found(hat: Hat) -> ConnectedProfile:
    account = account_of(
        hat,
        id="wp1",
        network="wordpress",
        label="Jamie L.",
        handle="jlee",
        settings={"site_url": "https://example.com"},
    )
    pending = PendingAccount(Login(account, "jlee:abcd efgh"), Profile("Jamie L.", "jlee"))
    return ConnectedProfile(hat, "wordpress", "Jamie L.", "jlee", "https://example.com", "Harbour Street", pending)


def _paste_form(page: AccountsPage) -> WayForm:
    """WordPress, by an application password that the person pastes."""
    page.sheet.places.row("wordpress").click()
    assert page.sheet.form is not None
    page.sheet.form.other_buttons[0].click()
    return page.sheet.form


def _words(page: AccountsPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisibleTo(page)]


def test_each_account_stands_on_the_side_of_its_hat(desk: Desk, page: AccountsPage) -> None:
    for hat in Hat:
        (card,) = page.cards(hat)
        assert any(str(desk.folder / hat.value) in label.text() for label in card.findChildren(Label))


def test_a_folder_is_added_to_one_hat_alone(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PERSONAL)
    sheet = page.sheet
    sheet.places.row("folder").click()
    form = sheet.folder_page.form
    form.path.setText(str(desk.folder / "hugo-site"))
    form.preset.setCurrentIndex(form.preset.findData("hugo"))
    sheet.folder_page.add_button.click()
    assert [a.settings["preset"] for a in desk.owner.accounts(Hat.PERSONAL)] == ["plain", "hugo"]
    assert len(desk.owner.accounts(Hat.PROFESSIONAL)) == 1
    assert not sheet.isVisible()
    assert len(page.cards(Hat.PERSONAL)) == 2


def test_a_folder_that_cannot_be_made_is_told_in_place(desk: Desk, page: AccountsPage) -> None:
    in_the_way = desk.folder / "file"
    in_the_way.write_text("", encoding="utf-8")
    page.connect_account(Hat.PERSONAL)
    page.sheet.places.row("folder").click()
    page.sheet.folder_page.form.path.setText(str(in_the_way / "blog"))
    page.sheet.folder_page.add_button.click()
    assert any("Two Hats may not write into" in words for words in _words(page))
    assert page.sheet.isVisible()


def test_the_folder_of_an_account_can_be_changed(desk: Desk, page: AccountsPage) -> None:
    (card,) = page.cards(Hat.PROFESSIONAL)
    next(b for b in card.findChildren(QAbstractButton) if b.text() == "Change folder").click()
    page.sheet.folder_page.form.path.setText(str(desk.folder / "moved"))
    page.sheet.folder_page.add_button.click()
    (account,) = desk.owner.accounts(Hat.PROFESSIONAL)
    assert account.settings["path"] == str(desk.folder / "moved")
    assert not page.sheet.isVisible()


def test_who_signed_in_is_asked_about_before_anything_is_kept(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    desk.owner.account_found.emit(_found(Hat.PROFESSIONAL))
    assert "You connected Jamie L. as Professional. Right?" in _words(page)
    assert "Harbour Street · https://example.com" in _words(page)
    assert len(desk.owner.accounts(Hat.PROFESSIONAL)) == 1
    page.sheet.right.yes_button.click()
    desk.wait_for(lambda: len(desk.owner.accounts(Hat.PROFESSIONAL)) == 2)
    assert desk.services.vault().get(secret_name("wp1")) == "jlee:abcd efgh"
    assert not page.sheet.isVisible()


def test_a_no_keeps_nothing(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    desk.owner.account_found.emit(_found(Hat.PROFESSIONAL))
    page.sheet.right.no_button.click()
    assert any(words.startswith("Nothing was kept.") for words in _words(page))
    assert len(desk.owner.accounts(Hat.PROFESSIONAL)) == 1
    assert desk.services.vault().get(secret_name("wp1")) is None


def test_an_answer_for_the_other_hat_is_not_taken(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PERSONAL)
    desk.owner.account_found.emit(_found(Hat.PROFESSIONAL))
    assert not page.sheet.right.question.isVisible()


def test_a_site_that_does_not_answer_is_told_in_a_plain_sentence(
    desk: Desk, page: AccountsPage, closed_port: int
) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    sheet = page.sheet
    form = _paste_form(page)
    desk.qtbot.keyClicks(form.page.edits["site_url"], f"http://127.0.0.1:{closed_port}")
    desk.qtbot.keyClicks(form.page.edits["login"], "jlee")
    desk.qtbot.keyClicks(form.page.edits["password"], "abcd efgh ijkl")
    desk.qtbot.keyClick(form.page.edits["password"], Qt.Key.Key_Return)
    desk.wait_for(sheet.banner.isVisible)
    assert sheet.banner.sentence.startswith("127.0.0.1 does not answer.")
    assert len(desk.owner.accounts(Hat.PROFESSIONAL)) == 1


def _is_seen(page: AccountsPage, widget: QWidget) -> bool:
    """Whether all of it lies in what the page shows of itself."""
    view = page.findChild(QScrollArea).viewport()
    return view.rect().contains(QRect(widget.mapTo(view, QPoint(0, 0)), widget.size()))


def test_at_twice_the_text_size_a_fault_scrolls_into_sight(desk: Desk, page: AccountsPage) -> None:
    desk.theme.set_scale(200)
    page.resize(840, 560)
    page.connect_account(Hat.PROFESSIONAL)
    sheet = page.sheet
    form = _paste_form(page)
    form.next_button.setFocus()
    page.findChild(QScrollArea).ensureWidgetVisible(form.next_button)
    desk.wait_for(lambda: _is_seen(page, form.next_button))
    desk.owner.connect_failed.emit("host_silent", {"host": "blog.example.com"})
    desk.wait_for(lambda: sheet.banner.isVisible() and _is_seen(page, sheet.banner))
    page.show_overview()
    (card,) = page.cards(Hat.PROFESSIONAL)
    page.findChild(QScrollArea).ensureWidgetVisible(card.let_go)
    card.let_go.click()
    desk.wait_for(lambda: _is_seen(page, card.sure))
    desk.theme.set_scale(100)


def test_a_site_that_cannot_send_its_password_back_asks_for_it(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    page.sheet.places.row("wordpress").click()
    desk.owner.connect_failed.emit("connect_by_paste", {"host": "blog.example.com"})
    assert page.sheet.banner.sentence.startswith("blog.example.com shows its password in the browser")
    assert page.sheet.form is not None
    assert page.sheet.form.guide.way.name == "paste"


def test_letting_go_asks_once_and_can_be_kept(desk: Desk, page: AccountsPage) -> None:
    (card,) = page.cards(Hat.PERSONAL)
    card.let_go.click()
    assert card.keep.isVisible()
    card.keep.click()
    assert len(desk.owner.accounts(Hat.PERSONAL)) == 1
    card.let_go.click()
    card.sure.click()
    assert desk.owner.accounts(Hat.PERSONAL) == ()
    assert any(words.startswith("No account yet.") for words in _words(page))


def test_every_control_has_a_name(desk: Desk, page: AccountsPage) -> None:
    page.connect_account(Hat.PROFESSIONAL)
    for control in [*page.findChildren(QLineEdit), *page.findChildren(QAbstractButton)]:
        if control.isVisible():
            assert control.accessibleName() or control.text(), control
