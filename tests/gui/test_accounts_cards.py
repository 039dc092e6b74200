"""The account cards: who it is, how long it lasts, who reads it, signing in again and letting go."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QScrollArea
from pytestqt.qtbot import QtBot
from tests.fakes.networks import WAYS, PretendNetwork
from tests.gui.desk import Desk, open_desk

from twohats.flows.logins import secret_name
from twohats.gui.accounts.card import AccountCard
from twohats.gui.accounts.page import AccountsPage
from twohats.gui.accounts.standing import standing_of
from twohats.gui.widgets.labels import Label
from twohats.model.account import Account, account_of
from twohats.model.identity import Hat
from twohats.model.ports import Grant, Profile
from twohats.store.database import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        for name in WAYS:
            made.services.networks[name] = PretendNetwork(name, more_secrets=("client_secret",))
        yield made


@pytest.fixture
def page(desk: Desk) -> AccountsPage:
    made = AccountsPage(desk.theme, desk.owner)
    desk.show(made)
    return made


def keep(desk: Desk, network: str, **settings: str) -> Account:
    """An account that is connected already, with its secrets."""
    account = account_of(
        Hat.PROFESSIONAL, id=f"{network}-1", network=network, label="Dr A. Lee", handle="@alee", settings=settings
    )
    desk.services.vault().set(secret_name(account.id), "token")
    desk.services.vault().set(secret_name(account.id, "client_secret"), "WPL")
    desk.services.profile.save_account(account)
    desk.owner.save_account_settings(account.id)  # reads it
    return account


def card_of(page: AccountsPage, account: Account) -> AccountCard:
    return next(card for card in page.cards(account.hat) if card.account.id == account.id)


def words(card: AccountCard) -> list[str]:
    return [label.text() for label in card.findChildren(Label) if not label.isHidden()]


def _ending(network: str, left: timedelta) -> Account:
    settings = {"expires_at": (NOW + left).isoformat()}
    return account_of(Hat.PERSONAL, id="1", network=network, label="", settings=settings)


@pytest.mark.parametrize(
    ("network", "left", "said", "tone"),
    [
        ("linkedin", timedelta(days=52, hours=3), "Signed in for 52 more days", ""),
        ("threads", timedelta(days=52), "Signed in for 52 more days, renewed by itself", ""),
        ("linkedin", timedelta(days=10), "Signed in for 10 more days", ""),
        ("linkedin", timedelta(days=9, hours=23), "Signed in for 9 more days", "warn"),
        ("threads", timedelta(days=9), "Signed in for 9 more days", "warn"),
        ("linkedin", timedelta(days=1), "Signed in for 1 more day", "warn"),
        ("linkedin", timedelta(hours=5), "Signed in for less than a day", "warn"),
        ("linkedin", timedelta(0), "Signed out: sign in again", "stop"),
        ("threads", timedelta(days=-3), "Signed out: sign in again", "stop"),
    ],
)
def test_how_long_a_login_lasts_is_told_in_days(network: str, left: timedelta, said: str, tone: str) -> None:
    standing = standing_of(_ending(network, left), NOW)
    assert standing is not None
    assert (standing.words, standing.tone) == (said, tone)
    assert standing.wants_sign_in is bool(tone)


@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon"])
def test_a_login_that_is_renewed_without_end_is_not_counted(network: str) -> None:
    assert standing_of(_ending(network, timedelta(hours=1)), NOW) is None


def test_a_card_says_who_it_is_and_as_whom(desk: Desk, page: AccountsPage) -> None:
    ends_at = desk.owner.now() + timedelta(days=30, hours=1)
    card = card_of(page, keep(desk, "linkedin", expires_at=ends_at.isoformat()))
    assert card.accessibleName() == "LinkedIn as Professional: Dr A. Lee"
    assert {"Dr A. Lee", "LinkedIn, signed in as @alee", "Signed in for 30 more days"} <= set(words(card))


def test_signing_in_again_begins_where_the_old_login_left_off(desk: Desk, page: AccountsPage) -> None:
    account = keep(desk, "linkedin", client_id="86abc", expires_at="2020-01-01T00:00:00+00:00", audience="CONNECTIONS")
    network = desk.services.networks["linkedin"]
    assert isinstance(network, PretendNetwork)
    network.grants = (Grant(settings={"client_id": "86abc"}, secret="fresh", more={"client_secret": "WPL"}),)
    network.answer()
    card = card_of(page, account)
    assert "Signed out: sign in again" in words(card)
    card.sign_in.click()
    form = page.sheet.form
    assert form is not None
    assert form.at == len(form.pages) - 1
    assert form.page.edits["client_id"].text() == "86abc"
    assert form.page.edits["client_secret"].text() == ""
    form.next_button.click()
    desk.wait_for(page.sheet.right.isVisible)
    assert network.given == [{"client_id": "86abc", "client_secret": "WPL"}]
    assert not page.sheet.right.doubt.isVisible()
    page.sheet.right.yes_button.click()
    desk.wait_for(lambda: not page.sheet.isVisible())
    (again,) = desk.owner.accounts(Hat.PROFESSIONAL)
    assert (again.id, again.settings["audience"]) == (account.id, "CONNECTIONS")
    assert desk.services.vault().get(secret_name(account.id)) == "fresh"
    assert "Signed out: sign in again" not in words(card_of(page, account))


def test_somebody_else_who_signs_in_again_is_doubted(desk: Desk, page: AccountsPage) -> None:
    account = keep(desk, "bluesky")
    network = desk.services.networks["bluesky"]
    assert isinstance(network, PretendNetwork)
    network.profile = Profile("Jamie", "@jamie")
    card_of(page, account).sign_in.click()
    form = page.sheet.form
    assert form is not None
    assert form.page.edits["handle"].text() == "alee"
    form.page.edits["app_password"].setText("abcd")
    form.next_button.click()
    desk.wait_for(page.sheet.right.isVisible)
    assert page.sheet.right.doubt.sentence == (
        "Until now this account was @alee. Posts that wait for it would go to @jamie."
    )


def test_who_may_read_is_chosen_on_the_card_and_kept(desk: Desk, page: AccountsPage) -> None:
    account = keep(desk, "mastodon")
    card = card_of(page, account)
    assert card.audience.currentText() == "Public"
    assert "On Mastodon anyone can read it, clients included." in words(card)
    card.audience.setFocus()
    card.audience.setCurrentIndex(2)
    card.audience.activated.emit(2)
    assert desk.owner.accounts(Hat.PROFESSIONAL)[0].settings["audience"] == "private"
    assert card_of(page, account) is card, "the card stays, and with it the focus"
    assert "On Mastodon your followers alone can read it; clients may be among them." in words(card)
    page.hide()
    page.show()
    assert card_of(page, account).audience.currentText() == "Followers only"


@pytest.mark.parametrize("network", ["x", "facebook", "bluesky"])
def test_no_choice_is_shown_where_the_network_offers_none(desk: Desk, page: AccountsPage, network: str) -> None:
    assert not card_of(page, keep(desk, network)).audience.isVisible()


def test_letting_go_says_what_happens_to_posts_that_wait(desk: Desk, page: AccountsPage) -> None:
    account = keep(desk, "mastodon")
    for _ in range(2):
        desk.post(Hat.PROFESSIONAL, "Sleep", "Most of us sleep worse in November.", window_s=100)
        card = card_of(page, account)
        card.let_go.click()
        last = card.consequence.text()
        if _ == 0:
            assert last.endswith("One post waits for it. It is held in the queue, and its text is kept.")
        card.keep.click()
    assert last.startswith("Two Hats forgets this account and its login. Posts that are online stay.")
    assert last.endswith("2 posts wait for it. They are held in the queue, and their texts are kept.")


def test_letting_go_tells_the_network_or_leads_to_where_one_can(desk: Desk, page: AccountsPage) -> None:
    account = keep(desk, "linkedin")
    card = card_of(page, account)
    card.let_go.click()
    assert "until you remove it there" in card.consequence.text()
    leads = next(b for b in card.findChildren(QAbstractButton) if b.text() == "Open the settings of LinkedIn")
    leads.click()
    assert desk.opened == ["https://www.linkedin.com/psettings/permitted-services"]
    card.sure.click()
    network = desk.services.networks["linkedin"]
    assert isinstance(network, PretendNetwork)
    desk.wait_for(lambda: network.revoked == ["token"])
    assert desk.owner.accounts(Hat.PROFESSIONAL) == ()
    assert desk.services.vault().get(secret_name(account.id, "client_secret")) is None


def test_at_twice_the_text_size_nothing_is_cut_off(desk: Desk, page: AccountsPage) -> None:
    ends_at = desk.owner.now() - timedelta(days=1)
    cards = [card_of(page, keep(desk, name, expires_at=ends_at.isoformat())) for name in ("linkedin", "mastodon")]
    desk.theme.set_scale(200)
    page.resize(760, 600)
    view = page.findChild(QScrollArea).viewport()
    desk.wait_for(lambda: all(card.width() <= view.width() for card in cards))
    for card in cards:
        left = card.mapTo(view, QPoint(0, 0)).x()
        assert left >= 0
        assert left + card.width() <= view.width()
    desk.theme.set_scale(100)


def test_an_account_of_a_network_that_is_gone_can_still_be_let_go(desk: Desk, page: AccountsPage) -> None:
    account = keep(desk, "faraway")
    card = card_of(page, account)
    card.let_go.click()
    card.sure.click()
    assert desk.owner.accounts(Hat.PROFESSIONAL) == ()
