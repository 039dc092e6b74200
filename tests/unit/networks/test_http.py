"""The way out, against a server that behaves badly: what each fault means for a post."""

import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from tests.fakes.bad_server import BadServer, Hangup, Reply

from twohats.model.errors import (
    BadInput,
    NetworkError,
    OutcomeUnknown,
    Refused,
    SignedOut,
    TooFast,
    Unreachable,
)
from twohats.networks.http import BasicLogin, Http

LOGIN = BasicLogin("lee", "quiet river stone")
HTTP = Http(connect_s=1.0, read_s=0.4, answer_s=1.0, most_bytes=100_000, pause=lambda seconds: None)


@pytest.fixture
def server() -> Iterator[BadServer]:
    with BadServer() as server:
        yield server


def read(server: BadServer) -> object:
    answer = HTTP.read(f"{server.url}/posts", login=LOGIN)
    answer.require_success()
    return answer.data()


def write(server: BadServer) -> object:
    answer = HTTP.write("POST", f"{server.url}/posts", login=LOGIN, json={"title": "Rest"})
    answer.require_success()
    return answer.data()


HTML = "<!DOCTYPE html><html><body>Just a moment</body></html>"


@pytest.mark.parametrize(
    ("behaviour", "after_read", "after_write"),
    [
        pytest.param(Hangup(), Unreachable, OutcomeUnknown, id="cut after the request"),
        pytest.param(Hangup(is_read=False), Unreachable, OutcomeUnknown, id="cut before it was read"),
        pytest.param(Reply(after_s=0.8), Unreachable, OutcomeUnknown, id="too slow"),
        pytest.param(Reply(body="x" * 400, drip_s=0.05), Refused, OutcomeUnknown, id="drips for ever"),
        pytest.param(Reply(body='{"id": 12345}', cut_at=6), Unreachable, OutcomeUnknown, id="breaks off"),
        pytest.param(
            Reply(body='{"id": 12345', headers={"Content-Length": "12"}), Unreachable, OutcomeUnknown, id="half of JSON"
        ),
        pytest.param(Reply(body=""), Unreachable, OutcomeUnknown, id="empty"),
        pytest.param(Reply(body=HTML), Refused, OutcomeUnknown, id="a web page"),
        pytest.param(Reply(500, "{}"), Unreachable, OutcomeUnknown, id="500"),
        pytest.param(Reply(500, HTML), Unreachable, OutcomeUnknown, id="500 with a web page"),
        pytest.param(Reply(502, HTML), Unreachable, OutcomeUnknown, id="502"),
        pytest.param(Reply(503, HTML, {"Retry-After": "20"}), TooFast, OutcomeUnknown, id="503 maintenance"),
        pytest.param(Reply(408, ""), Unreachable, OutcomeUnknown, id="408"),
        pytest.param(Reply(429, "{}"), TooFast, TooFast, id="429"),
        pytest.param(Reply(401, '{"code":"rest_not_logged_in"}'), SignedOut, SignedOut, id="401"),
        pytest.param(Reply(403, '{"code":"rest_cannot_create"}'), Refused, Refused, id="403"),
        pytest.param(Reply(403, HTML), Refused, Refused, id="403 of a firewall"),
        pytest.param(Reply(404, '{"code":"rest_no_route"}'), Refused, Refused, id="404"),
        pytest.param(Reply(413, HTML), Refused, Refused, id="413"),
        pytest.param(Reply(400, '{"code":"rest_invalid_param"}'), Refused, Refused, id="400"),
        pytest.param(Reply(body="[" * 50_000), Unreachable, OutcomeUnknown, id="deep nonsense"),
        pytest.param(Reply(body="x" * 200_000), Refused, OutcomeUnknown, id="too large"),
        pytest.param(
            Reply(body=b"\x1f\x8bnot gzip", headers={"Content-Encoding": "gzip"}),
            Unreachable,
            OutcomeUnknown,
            id="false compression",
        ),
    ],
)
def test_each_fault_has_one_meaning(
    server: BadServer, behaviour: Reply | Hangup, after_read: type[NetworkError], after_write: type[NetworkError]
) -> None:
    server.tell("GET", "/posts", behaviour)
    server.tell("POST", "/posts", behaviour)

    with pytest.raises(NetworkError) as reading:
        read(server)
    with pytest.raises(NetworkError) as writing:
        write(server)

    assert (type(reading.value), type(writing.value)) == (after_read, after_write)
    assert server.count("POST") == 1, "a write is never repeated"


def test_nothing_listening_means_that_nothing_was_sent() -> None:
    with pytest.raises(Unreachable) as caught:
        HTTP.write("POST", "http://127.0.0.1:9/posts", login=LOGIN, json={})

    assert caught.value.code == "host_silent"


def test_a_name_that_nobody_knows_means_that_nothing_was_sent() -> None:
    with pytest.raises(Unreachable) as caught:
        HTTP.write("POST", "https://nobody.invalid/posts", login=LOGIN, json={})

    assert caught.value.code in ("host_unknown", "proxy_failed")


def test_a_certificate_that_is_not_good_means_that_nothing_was_sent(server: BadServer) -> None:
    # Plain HTTP where TLS is expected: the handshake fails, and a look would fail the same way.
    with pytest.raises(NetworkError) as caught:
        HTTP.read(server.url.replace("http:", "https:"), login=LOGIN)

    assert type(caught.value) is Unreachable


def test_a_first_silence_is_asked_again_when_reading(server: BadServer) -> None:
    server.tell("GET", "/posts", Hangup(), Reply(body='{"id": 7}'))

    assert read(server) == {"id": 7}


@pytest.mark.parametrize(
    "body",
    [
        '<br />\n<b>Warning</b>: Undefined array key "x" in {closure} on line <b>3</b><br />\n{"id": 7}',
        '\ufeff{"id": 7}',
        'Notice: [deprecated] foo\n{"id": 7}\n',
    ],
)
def test_notices_before_the_answer_do_not_hide_it(server: BadServer, body: str) -> None:
    server.tell("POST", "/posts", Reply(201, body))

    assert write(server) == {"id": 7}


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        ("a date in five minutes", 290, 301),
        ("0", 1, 1),
        ("soon", 60, 60),
        ("999999999999", 86400, 86400),
        ("", 60, 60),
    ],
)
def test_how_long_to_wait_is_read_from_the_answer(server: BadServer, said: str, least: int, most: int) -> None:
    said = formatdate(time.time() + 300, usegmt=True) if said.startswith("a date") else said
    server.tell("POST", "/posts", Reply(429, "{}", {"Retry-After": said}))

    with pytest.raises(TooFast) as caught:
        write(server)

    assert least <= caught.value.retry_after_s <= most


def test_reading_follows_a_redirect_on_the_same_host(server: BadServer) -> None:
    server.tell("GET", "/posts", Reply(301, "", {"Location": "/moved"}))
    server.tell("GET", "/moved", Reply(body='{"id": 7}'))

    assert read(server) == {"id": 7}
    assert "Authorization" in server.asked[-1].headers


def test_a_login_never_follows_to_another_host(server: BadServer) -> None:
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.tell("GET", "/posts", Reply(302, "", {"Location": f"{elsewhere}/moved"}))
    server.tell("POST", "/posts", Reply(307, "", {"Location": f"{elsewhere}/moved"}))

    for call in (read, write):
        with pytest.raises(Refused) as caught:
            call(server)
        assert caught.value.code == "site_moved"
    assert server.count("GET", "moved") + server.count("POST", "moved") == 0


def test_redirects_without_end_end(server: BadServer) -> None:
    server.tell("GET", "/posts", Reply(302, "", {"Location": "/posts"}))

    with pytest.raises(Refused):
        read(server)


def test_a_post_is_not_turned_into_a_get_by_a_redirect(server: BadServer) -> None:
    server.tell("POST", "/posts", Reply(301, "", {"Location": "/moved"}))

    with pytest.raises(Refused) as caught:
        write(server)

    assert caught.value.code == "site_moved"
    assert server.count("GET") == 0


def test_a_post_sent_on_by_307_goes_once_to_the_new_place(server: BadServer) -> None:
    server.tell("POST", "/posts", Reply(308, "", {"Location": "/moved"}))
    server.tell("POST", "/moved", Reply(201, '{"id": 7}'))

    assert write(server) == {"id": 7}
    assert b"Rest" in server.asked[-1].body


def test_a_password_is_never_sent_in_the_open() -> None:
    with pytest.raises(Refused) as caught:
        HTTP.read("http://blog.example/posts", login=LOGIN)

    assert caught.value.code == "site_not_https"


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(BadInput):
        HTTP.read("https://exa mple/")


def test_a_password_of_netrc_and_cookies_are_not_used(
    server: BadServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server.tell("GET", "/", Reply(headers={"Set-Cookie": "session=1; Path=/"}), Reply())

    HTTP.read(server.url)
    HTTP.read(server.url)

    assert all("Authorization" not in asked.headers for asked in server.asked)
    assert all("Cookie" not in asked.headers for asked in server.asked)


def test_a_proxy_of_the_environment_is_used(server: BadServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "")
    server.tell("GET", "blog.example", Reply(body='{"id": 7}'))

    assert HTTP.read("http://blog.example/posts").data() == {"id": 7}


def test_the_password_is_in_no_error_and_no_repr(server: BadServer) -> None:
    server.tell("POST", "/posts", Hangup())

    with pytest.raises(OutcomeUnknown) as caught:
        write(server)

    seen: list[BaseException | None] = [caught.value, caught.value.__cause__, caught.value.__context__]
    assert all(one is None or "quiet" not in f"{one!r}{vars(one)}" for one in seen)
    assert caught.value.__context__ is None
    assert "quiet" not in repr(LOGIN)
    assert "title" not in repr(caught.value.facts)


def test_letters_beyond_latin_in_a_login_are_sent_as_utf_8(server: BadServer) -> None:
    import base64

    server.tell("GET", "/", Reply())
    HTTP.read(server.url, login=BasicLogin("Zoë", "пароль"))

    sent = server.asked[-1].headers["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == "Zoë:пароль"
