"""Connecting to a real WordPress through its consent page, with a person who presses its buttons."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from tests.fakes.browsers import AnyBrowser
from tests.fakes.person_with_browser import PersonWithBrowser
from tests.fakes.pictures import Pictures
from tests.servers.wordpress import WordPressServer, wordpress

from twohats.model.account import account_of
from twohats.model.errors import Refused, SignedOut, Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import Grant, Login, Profile
from twohats.networks.connect_wordpress import ask_in_browser, revoke
from twohats.networks.registry import NetworkTools, load_networks

__all__ = ["wordpress"]  # the fixture


def login_with(wordpress: WordPressServer, secret: str) -> Login:
    settings = {"site_url": wordpress.url}
    return Login(account_of(Hat.PROFESSIONAL, id="w1", network="wordpress", label="Blog", settings=settings), secret)


def who_is(login: Login) -> Profile:
    tools = NetworkTools(Pictures(), lambda: datetime.now(UTC))
    return load_networks(tools).networks["wordpress"].verify(login)


def test_consent_in_the_browser_gives_a_login_that_works(wordpress: WordPressServer) -> None:
    person = PersonWithBrowser(wordpress.writer)

    grant = ask_in_browser(wordpress.url, person, wait_s=60)
    person.wait_until_done()

    assert grant.settings["site_url"] == wordpress.url
    assert who_is(login_with(wordpress, grant.secret)).name == "Writer Example"
    assert "You can close this page and go back to Two Hats." in person.read
    assert "password" not in person.visited[-1]
    assert grant.secret not in repr(grant)


def test_the_password_that_came_through_the_browser_is_good_for_nothing_afterwards(wordpress: WordPressServer) -> None:
    person = PersonWithBrowser(wordpress.writer)
    grant = ask_in_browser(wordpress.url, person, wait_s=60)
    person.wait_until_done()

    travelled = next(url for url in person.visited if "password=" in url)
    password = parse_qs(urlsplit(travelled).query)["password"][0]

    assert password not in grant.secret
    with pytest.raises(SignedOut):
        who_is(login_with(wordpress, f"writer:{password}"))


def test_the_same_person_can_connect_a_second_computer(wordpress: WordPressServer) -> None:
    grants: list[Grant] = []
    for _ in range(2):
        person = PersonWithBrowser(wordpress.writer)
        grants.append(ask_in_browser(wordpress.url, person, wait_s=60))
        person.wait_until_done()

    for grant in grants:
        assert who_is(login_with(wordpress, grant.secret)).name == "Writer Example"


def test_who_says_no_is_believed(wordpress: WordPressServer) -> None:
    person = PersonWithBrowser(wordpress.writer, approves=False)

    with pytest.raises(Refused) as caught:
        ask_in_browser(wordpress.url, person, wait_s=60)
    person.wait_until_done()

    assert caught.value.code == "connect_refused"
    assert "Nothing was connected." in person.read


def test_a_revoked_login_is_good_for_nothing_and_revoking_twice_does_no_harm(wordpress: WordPressServer) -> None:
    person = PersonWithBrowser(wordpress.writer)
    grant = ask_in_browser(wordpress.url, person, wait_s=60)
    person.wait_until_done()
    login = login_with(wordpress, grant.secret)
    known = replace(login, account=replace(login.account, settings=dict(who_is(login).settings)))

    revoke(known)
    revoke(known)

    with pytest.raises(SignedOut):
        who_is(login)


def test_giving_up_ends_the_waiting_at_once(wordpress: WordPressServer) -> None:
    browser = AnyBrowser(lambda url: browser.stop())

    with pytest.raises(Refused) as caught:
        ask_in_browser(wordpress.url, browser, wait_s=60)

    assert caught.value.code == "connect_cancelled"


def test_nobody_coming_back_ends_the_waiting(wordpress: WordPressServer) -> None:
    with pytest.raises(Unreachable) as caught:
        ask_in_browser(wordpress.url, AnyBrowser(), wait_s=0.2)

    assert caught.value.code == "connect_timed_out"


def test_an_answer_for_another_site_is_refused(wordpress: WordPressServer) -> None:
    def answer_wrongly(url: str) -> None:
        back = parse_qs(urlsplit(url).query)["success_url"][0]
        given = {"site_url": "https://other.example", "user_login": "writer", "password": "p"}
        threading.Thread(target=requests.get, args=(f"{back}?{urlencode(given)}",), kwargs={"timeout": 30}).start()

    with pytest.raises(Refused) as caught:
        ask_in_browser(wordpress.url, AnyBrowser(answer_wrongly), wait_s=30)

    assert caught.value.code == "other_site"
