"""Finding a WordPress site's interface, on sites of many kinds."""

import json
from collections.abc import Iterator

import pytest
import requests
from tests.fakes.bad_server import BadServer, Hangup, Reply
from tests.fakes.browsers import AnyBrowser

from twohats.model.errors import BadInput, NetworkError, Refused, SignedOut, Unreachable
from twohats.networks.connect_wordpress import ask_in_browser
from twohats.networks.http import BasicLogin, Http
from twohats.networks.loopback import Loopback
from twohats.networks.wordpress_site import discover, is_same_site, login_of, site_address

HTTP = Http(read_s=2.0, pause=lambda seconds: None)


@pytest.fixture
def server() -> Iterator[BadServer]:
    with BadServer() as server:
        yield server


def index_of(server: BadServer, **changes: object) -> str:
    page = f"{server.url}/wp-admin/authorize-application.php"
    index = {
        "name": "Rest &amp; more",
        "url": server.url,
        "home": server.url,
        "namespaces": ["oembed/1.0", "wp/v2"],
        "authentication": {"application-passwords": {"endpoints": {"authorization": page}}},
    }
    return json.dumps({**index, **changes})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("blog.example", "https://blog.example"),
        ("  https://Blog.Example/  ", "https://blog.example"),
        ("http://blog.example", "https://blog.example"),
        ("blog.example/news/wp-admin/post.php?post=1", "https://blog.example/news"),
        ("https://blog.example/wp-login.php", "https://blog.example"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost/wp", "http://localhost/wp"),
        ("bücher.example", "https://bücher.example"),
    ],
)
def test_what_people_type_becomes_an_address(typed: str, address: str) -> None:
    assert site_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "https://", "ftp://blog.example", "my blog", "https://a:b@blog.example", "http://[", "x:999999"],
)
def test_what_is_no_address_is_told(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        site_address(typed)

    assert caught.value.code == "address_wrong"


@pytest.mark.parametrize("way", ["header", "head", "pretty", "plain", "subfolder"])
def test_the_interface_is_found(server: BadServer, way: str) -> None:
    root = {"pretty": "/wp-json/", "plain": "/?rest_route=/", "subfolder": "/news/wp-json/"}.get(way, "/api/")
    link = f'<link rel="https://api.w.org/" href="{server.url}{root}" />' if way == "head" else ""
    headers = {"Link": f'<{server.url}{root}>; rel="https://api.w.org/", <x>; rel=short'} if way == "header" else {}
    page = "/news" if way == "subfolder" else "/"
    server.tell("GET", page, Reply(body=f"<html>{link}</html>", headers=headers))
    server.tell("GET", "/wp-json/", Reply(404, "<html>"))
    server.tell("GET", root, Reply(body=index_of(server)))

    site = discover(HTTP, f"{server.url}{page}")

    assert site.api_root == f"{server.url}{root}"
    assert site.title == "Rest & more"
    assert site.comes_back


@pytest.mark.parametrize(
    ("answers", "kind", "code"),
    [
        pytest.param(Reply(body="<html>"), BadInput, "not_wordpress", id="another kind of site"),
        pytest.param(Reply(body='{"namespaces": ["other/v1"]}'), BadInput, "not_wordpress", id="another interface"),
        pytest.param(Reply(body="[1]"), BadInput, "not_wordpress", id="JSON of another shape"),
        pytest.param(Reply(403, '{"code":"rest_forbidden"}'), Refused, "rest_closed", id="interface switched off"),
        pytest.param(Reply(500, "<html>"), Unreachable, "server_error", id="broken for now"),
        pytest.param(Hangup(), Unreachable, "no_answer", id="silent"),
    ],
)
def test_a_site_that_cannot_be_used_is_told(
    server: BadServer, answers: Reply | Hangup, kind: type[NetworkError], code: str
) -> None:
    server.tell("GET", "/", answers)

    with pytest.raises(kind) as caught:
        discover(HTTP, server.url)

    assert caught.value.code == code


def test_a_page_that_points_to_the_open_internet_gets_no_password(server: BadServer) -> None:
    server.tell(
        "GET", "/", Reply(body="", headers={"Link": '<http://blog.example/wp-json/>; rel="https://api.w.org/"'})
    )
    server.tell("GET", "/wp-json/", Reply(404))
    server.tell("GET", "rest_route", Reply(404))

    with pytest.raises(BadInput):
        discover(HTTP, server.url, BasicLogin("lee", "secret"))


def test_a_site_without_application_passwords_is_told(server: BadServer) -> None:
    server.tell("GET", "/", Reply(body="<html>"))
    server.tell("GET", "/wp-json/", Reply(body=index_of(server, authentication=[])))

    with pytest.raises(Refused) as caught:
        ask_in_browser(server.url, AnyBrowser(), HTTP)

    assert caught.value.code == "app_passwords_off"


@pytest.mark.parametrize(
    ("generator", "comes_back"), [("6.9.4", False), ("5.6", False), ("7.0", True), ("7.1.2", True), (None, True)]
)
def test_an_older_wordpress_shows_the_password_to_copy(
    server: BadServer, generator: str | None, comes_back: bool
) -> None:
    tag = f'<meta name="generator" content="WordPress {generator}" />' if generator else ""
    server.tell("GET", "/", Reply(body=tag))
    server.tell("GET", "/wp-json/", Reply(body=index_of(server, url="https://blog.example")))
    browser = AnyBrowser(lambda url: browser.stop())

    with pytest.raises(Refused) as caught:
        ask_in_browser(server.url, browser, HTTP)

    assert caught.value.code == ("connect_cancelled" if comes_back else "connect_by_paste")
    assert ("success_url" in browser.opened[0]) == comes_back
    assert "app_id" in browser.opened[0]


@pytest.mark.parametrize("secret", ["", "lee", "lee:", ":abcd", " : "])
def test_a_secret_that_is_none_is_told(secret: str) -> None:
    with pytest.raises(SignedOut):
        login_of(secret)


def test_spaces_and_colons_in_an_application_password_stay() -> None:
    assert login_of("lee:abcd efgh: ij") == BasicLogin("lee", "abcd efgh: ij")


def test_sites_are_told_apart() -> None:
    assert is_same_site("https://Blog.example/", "http://blog.example")
    assert not is_same_site("https://blog.example/news", "https://blog.example")
    assert not is_same_site("https://blog.example:8443", "https://blog.example")
    assert not is_same_site("", "https://blog.example")


def test_the_listener_believes_only_who_knows_its_path() -> None:
    with Loopback("Done.", "Not done.") as loopback:
        port = loopback.success_url.split("/return/")[0]
        for guess in ("/", "/return/", "/return/guess?password=x", "/return/é", "/other/x/y"):
            assert requests.get(f"{port}{guess}", timeout=5).status_code == 404
        assert loopback.wait(0.1, AnyBrowser()) is None

        page = requests.get(f"{loopback.success_url}?user_login=lee&password=a+b", timeout=5)

        assert loopback.wait(5, AnyBrowser()) == {"user_login": "lee", "password": "a b"}
        assert "password" not in page.url
        assert "Done." in page.text
        assert page.headers["Cache-Control"] == "no-store"


def test_the_first_answer_counts() -> None:
    with Loopback("Done.", "Not done.") as loopback:
        requests.get(f"{loopback.success_url}?user_login=lee", timeout=5)
        requests.get(loopback.reject_url, timeout=5)

        assert loopback.wait(5, AnyBrowser()) == {"user_login": "lee"}


def test_a_listener_that_nobody_visits_is_left_at_once() -> None:
    with Loopback("Done.", "Not done.") as loopback:
        port = int(loopback.success_url.split(":")[2].split("/")[0])

    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}/", timeout=2)
