"""Cards of links, fetched from a server on loopback."""

import hashlib
import io
import socket
from collections.abc import Iterator

import pytest
from PIL import Image
from tests.fakes.bad_server import BadServer, Hangup, Reply

from twohats.model.errors import BadInput, NetworkError, Refused, Unreachable
from twohats.networks.http import Http
from twohats.networks.link_card import FetchedCard, fetch_card

PDF = {"Content-Type": "application/pdf"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def site() -> Iterator[BadServer]:
    with BadServer() as server:
        yield server


def fetched(url: str) -> FetchedCard:
    http = Http(pause=lambda seconds: None, connect_s=2, read_s=2, answer_s=3)
    return fetch_card(http, url, may_be_here=True)


def _picture(width: int = 64, height: int = 48, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def test_a_page_that_tells_of_itself(site: BadServer) -> None:
    head = (
        "<title>No</title><meta property=og:title content='Rest &amp; sleep'><meta property=og:description content=So>"
    )
    site.tell("GET", "/page", Reply(body=f"<html><head>{head}<meta property=og:image content='/a.png'>", headers=HTML))
    site.tell("GET", "/a.png", Reply(body=_picture(), headers={"Content-Type": "image/png"}))

    found = fetched(f"{site.url}/page?a=1")

    assert (found.card.url, found.card.title, found.card.description) == (f"{site.url}/page?a=1", "Rest & sleep", "So")
    assert found.picture == _picture()
    assert found.card.picture_digest == hashlib.sha256(found.picture).hexdigest()
    assert found.card.picture_mime == "image/png"


def test_a_page_with_a_title_alone(site: BadServer) -> None:
    site.tell("GET", "/page", Reply(body="<title>Rest</title>", headers=HTML))

    found = fetched(f"{site.url}/page")

    assert (found.card.title, found.card.description, found.card.picture_digest) == ("Rest", "", "")
    assert found.picture == b""


def test_where_a_page_sends_us_its_addresses_begin(site: BadServer) -> None:
    body = "<title>Rest</title><meta property=og:image content=a.png>"
    site.tell("GET", "/old", Reply(301, headers={"Location": "/deep/new"}))
    site.tell("GET", "/deep/new", Reply(body=body, headers=HTML))
    site.tell("GET", "/deep/a.png", Reply(body=_picture()))

    found = fetched(f"{site.url}/old")

    assert found.card.url == f"{site.url}/old"
    assert found.picture


def test_long_words_are_cut(site: BadServer) -> None:
    body = f"<title>{'rest ' * 200}</title><meta name=description content='{'sleep ' * 1000}'>"
    site.tell("GET", "/page", Reply(body=body, headers=HTML))

    card = fetched(f"{site.url}/page").card

    assert len(card.title) <= 300
    assert card.title.endswith("rest…")
    assert len(card.description) <= 1000


def test_a_large_picture_is_made_smaller(site: BadServer) -> None:
    site.tell("GET", "/page", Reply(body="<title>R</title><meta property=og:image content=/a>", headers=HTML))
    site.tell("GET", "/a", Reply(body=_picture(3000, 1500, "WEBP")))

    found = fetched(f"{site.url}/page")

    with Image.open(io.BytesIO(found.picture)) as picture:
        assert picture.size == (1200, 600)
    assert found.card.picture_mime == "image/jpeg"


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(Reply(404), id="gone"),
        pytest.param(Reply(body="<svg/>", headers={"Content-Type": "image/svg+xml"}), id="a drawing"),
        pytest.param(Reply(body=_picture(1, 1)), id="a counter of visitors"),
        pytest.param(Reply(302, headers={"Location": "http://169.254.169.254/latest"}), id="sent inside"),
        pytest.param(Reply(302, headers={"Location": "file:///etc/passwd"}), id="sent to the disk"),
        pytest.param(Hangup(), id="no answer"),
        pytest.param(Reply(body=b"0" * (9 * 1024 * 1024)), id="too large"),
    ],
)
def test_a_picture_that_cannot_be_had_is_done_without(site: BadServer, picture: Reply | Hangup) -> None:
    site.tell("GET", "/page", Reply(body="<title>R</title><meta property=og:image content=/a>", headers=HTML))
    site.tell("GET", "/a", picture)

    assert fetched(f"{site.url}/page").picture == b""


@pytest.mark.parametrize(
    ("reply", "kind", "code"),
    [
        pytest.param(Reply(404, headers=HTML), Refused, "card_refused", id="gone"),
        pytest.param(Reply(403, headers=HTML), Refused, "card_refused", id="closed to programs"),
        pytest.param(
            Reply(body="%PDF", headers={"Content-Type": "application/pdf"}), Refused, "card_not_a_page", id="pdf"
        ),
        pytest.param(Reply(body="<title> </title>", headers=HTML), Refused, "card_untitled", id="no title"),
        pytest.param(Reply(body="x" * (5 * 1024 * 1024), headers=HTML), Refused, "answer_too_large", id="endless"),
        pytest.param(Reply(body="x" * 40, drip_s=0.2, headers=HTML), Refused, "answer_too_large", id="dripping"),
        pytest.param(Reply(302, headers={"Location": "http://10.0.0.1/"}), Refused, "card_private", id="sent inside"),
        pytest.param(Reply(302, headers={"Location": "ftp://a.org/"}), BadInput, "address_wrong", id="another wire"),
        pytest.param(Hangup(), Unreachable, "no_answer", id="no answer"),
    ],
)
def test_no_card_says_why(site: BadServer, reply: Reply | Hangup, kind: type[NetworkError], code: str) -> None:
    site.tell("GET", "/page", reply)

    with pytest.raises(kind) as caught:
        fetched(f"{site.url}/page")

    assert caught.value.code == code


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://192.168.0.1/", "http://10.1.2.3/"),
        *("http://169.254.169.254/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[::ffff:10.0.0.1]/"),
        *(
            "http://[64:ff9b::a00:1]/",
            "http://[2002:a00:1::]/",
            "http://224.0.0.1/",
            "http://0.0.0.0/",
            "http://2130706433/",
        ),
    ],
)
def test_nothing_inside_is_asked(address: str) -> None:
    with pytest.raises(Refused) as caught:
        fetch_card(Http(pause=lambda seconds: None), address)

    assert caught.value.code == "card_private"


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "ftp://example.org", "file:///etc/passwd", "http://", "http://a:b@example.org", "http://[::1"],
)
def test_what_is_no_address_of_a_page_is_told(address: str) -> None:
    with pytest.raises(BadInput) as caught:
        fetch_card(Http(pause=lambda seconds: None), address)

    assert caught.value.code == "address_wrong"


def test_a_name_that_leads_inside_and_outside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(0, 0, 0, "", (address, 443)) for address in ("93.184.215.14", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: rows)

    with pytest.raises(Refused) as caught:
        fetch_card(Http(pause=lambda seconds: None), "https://example.org/")

    assert caught.value.code == "card_private"


def _rows(*addresses: str) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]


def test_a_name_that_means_another_place_when_we_connect_is_not_asked(
    site: BadServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_proxies(monkeypatch)
    answers = [_rows("93.184.215.14"), _rows("127.0.0.1")]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *given, **more: answers.pop(0) if len(answers) > 1 else answers[0]
    )
    port = site.url.rpartition(":")[2]

    with pytest.raises(Refused) as caught:
        fetch_card(Http(pause=lambda seconds: None), f"http://rebinding.example:{port}/page")

    assert caught.value.code == "card_private"
    assert not site.asked


def test_we_connect_to_the_address_that_was_looked_at(site: BadServer, monkeypatch: pytest.MonkeyPatch) -> None:
    _no_proxies(monkeypatch)
    real = socket.getaddrinfo
    asked: list[object] = []

    def told(host: object, port: object, *given: int, **more: int) -> object:
        asked.append(host)
        return _rows("127.0.0.1") if host == "pages.example" else real(host, port, *given, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    site.tell("GET", "/page", Reply(body="<title>Rest</title>", headers=HTML))
    port = site.url.rpartition(":")[2]

    assert fetched(f"http://pages.example:{port}/page").card.title == "Rest"

    assert site.asked[0].headers["Host"] == f"pages.example:{port}"
    # Looked up by name for the check before the step and for the connection; what is connected to is an address.
    assert asked.count("pages.example") == 2


def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_proxies(monkeypatch)

    with pytest.raises(Unreachable) as caught:
        fetch_card(Http(pause=lambda seconds: None), "https://nobody.invalid/")

    assert caught.value.code == "host_unknown"
