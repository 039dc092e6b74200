"""A dry run's way out: what it tells, what it hides, what it assumes, and that nothing leaves."""

import socket
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from tests.fakes.journals import MemoryJournal
from tests.fakes.pictures import Pictures

import twohats.networks.wire  # noqa: F401 - what it loads tries out at once whether this computer has IPv6
from twohats.model.account import account_of
from twohats.model.dry_run import DryRequest
from twohats.model.errors import Refused
from twohats.model.identity import Hat
from twohats.model.ports import Journal, Login
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.networks.dry_run import MASK, RecordingHttp, dry_run
from twohats.networks.http import AnyLogin, BasicLogin, BearerLogin, Upload
from twohats.networks.tools import NetworkTools

TAKEN: Mapping[str, object] = {"method": "POST", "path": "/posts", "status": 201, "body": {"id": "{number}"}}
RENDITION = Rendition(account_id="x1", network="x", title="", html="", payload={})


@pytest.fixture(autouse=True)
def _no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    for way_out in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, way_out, lambda *_, **__: pytest.fail("something was asked"))


def told(**asked: object) -> DryRequest:
    """One POST as it is told."""
    http = RecordingHttp(answers=(TAKEN,), secrets=("se cret/1ä",))
    http.write("POST", str(asked.pop("url", "https://example.org/posts")), **{"login": None, **asked})  # type: ignore[arg-type]
    return http.seen[0]


def test_a_request_is_told_with_all_that_it_says() -> None:
    one = told(json={"text": "Hello"}, headers={"Idempotency-Key": "key-1"})

    assert (one.method, one.address, one.body) == ("POST", "https://example.org/posts", '{"text": "Hello"}')
    assert one.headers["Idempotency-Key"] == "key-1"
    assert one.headers["User-Agent"].startswith("TwoHats/")


@pytest.mark.parametrize(
    "login", [BearerLogin("se cret/1ä"), BasicLogin("jamie", "se cret/1ä")], ids=["a token", "a password"]
)
@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="header"),
        pytest.param({"url": "https://example.org/se%20cret/1%C3%A4/posts"}, id="path"),
        pytest.param({"params": {"client_secret": "se cret/1ä", "b": "2"}}, id="query"),
        pytest.param({"fields": {"token": "se cret/1ä", "b": "2"}}, id="form"),
        pytest.param({"json": {"token": "se cret/1ä"}}, id="json"),
        pytest.param({"data": "token: se cret/1ä".encode()}, id="plain"),
        pytest.param({"headers": {"X-Key": "se cret/1ä"}}, id="another header"),
        pytest.param(
            {"fields": {"token": "se cret/1ä"}, "file": Upload("a.png", b"12345", "image/png")}, id="multipart"
        ),
    ],
)
def test_no_secret_is_told(asked: dict[str, object], login: AnyLogin) -> None:
    one = told(**asked, login=login)

    words = str(one)
    assert one.headers["Authorization"] == MASK
    assert "cret/1" not in words
    assert "cret%2F1" not in words
    assert "%20cret" not in words


def test_a_picture_is_told_by_its_kind_and_size() -> None:
    one = told(fields={"alt": "A kite"}, file=Upload("a.png", b"12345", "image/png"))

    assert "<image/png, 5 bytes>" in one.body
    assert "12345" not in one.body
    assert "A kite" in one.body


def test_an_answer_bears_a_number_that_is_another_each_time() -> None:
    http = RecordingHttp(answers=(TAKEN,))

    numbers = [http.write("POST", "https://example.org/posts", login=None).told()["id"] for _ in range(3)]

    assert len(set(numbers)) == 3


def test_a_login_goes_over_no_open_wire_in_a_dry_run_either() -> None:
    with pytest.raises(Refused, match="site_not_https"):
        told(url="http://example.org/posts", login=BearerLogin("token"))


class Curious:
    """A network that asks first for what nobody can assume."""

    more_secrets = ("refresh",)

    def __init__(self, tools: NetworkTools) -> None:
        self._tools = tools

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        self._tools.http.write("POST", "https://example.org/tweets", login=BearerLogin(login.secret))
        self._tools.http.read("https://example.org/weather")
        raise AssertionError("it must not come so far")


def test_what_depends_on_an_answer_that_nobody_can_assume_is_left_out_and_said() -> None:
    tools = NetworkTools(Pictures(), lambda: datetime(2026, 11, 23, tzinfo=UTC))
    account = account_of(Hat.PERSONAL, id="x1", network="x", label="Jamie")

    run = dry_run(Curious, tools, RENDITION, account, "key-1", MemoryJournal())

    assert not run.is_whole
    assert [one.address for one in run.requests] == ["https://example.org/tweets", "https://example.org/weather"]
