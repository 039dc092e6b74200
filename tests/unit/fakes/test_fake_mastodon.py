"""The fake of a Mastodon server checks what mastodon-mock lets pass."""

import base64
import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from PIL import Image
from tests.fakes.strict import PersonAtConsent, StrictFake
from tests.fakes.strict.mastodon_text import as_html, length
from tests.fakes.strict.oauth import Token

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
REDIRECT = "https://twohats.invalid:41234/callback"
SCOPES = "read:accounts read:statuses write:statuses write:media"


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("mastodon") as fake:
        yield fake


@pytest.fixture
def token(fake: StrictFake) -> Token:
    return fake.give_token("mastodon")


def app(fake: StrictFake, **changes: str) -> requests.Response:
    sent = {"client_name": "Two Hats", "redirect_uris": REDIRECT, "scopes": SCOPES, **changes}
    return requests.post(f"{fake.mastodon.url}/api/v1/apps", json=sent, timeout=5)


def person_at(fake: StrictFake, app_id: str, **changes: str) -> PersonAtConsent:
    asked = {"response_type": "code", "client_id": app_id, "redirect_uri": REDIRECT, "scope": SCOPES, "state": "s"}
    asked |= {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    person = PersonAtConsent()
    person.go(f"{fake.mastodon.url}/oauth/authorize?{urlencode({**asked, **changes})}")
    return person


def code_of(person: PersonAtConsent) -> str:
    return parse_qs(urlsplit(person.landed).query)["code"][0]


def exchanged(fake: StrictFake, known: dict[str, Any], code: str, **changes: str) -> requests.Response:
    client = {"client_id": known["client_id"], "client_secret": known["client_secret"]}
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
    return requests.post(f"{fake.mastodon.url}/oauth/token", data={**client, **form, **changes}, timeout=5)


def post(fake: StrictFake, token: Token, key: str = "", **sent: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {token.access}", **({"Idempotency-Key": key} if key else {})}
    return requests.post(f"{fake.mastodon.url}/api/v1/statuses", json=sent, headers=headers, timeout=5)


def get(fake: StrictFake, token: Token, path: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {token.access}"}
    return requests.get(f"{fake.mastodon.url}/api/v1/{path}", headers=headers, timeout=5)


def upload(fake: StrictFake, token: Token, alt: str = "A red field") -> requests.Response:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return requests.post(
        f"{fake.mastodon.url}/api/v2/media",
        files={"file": ("image-1.png", out.getvalue(), "image/png")},
        data={"description": alt},
        headers={"Authorization": f"Bearer {token.access}"},
        timeout=5,
    )


def test_the_dance_gives_a_token_that_knows_who_it_is(fake: StrictFake) -> None:
    known = app(fake).json()
    told = exchanged(fake, known, code_of(person_at(fake, known["client_id"]))).json()

    headers = {"Authorization": f"Bearer {told['access_token']}"}
    me = requests.get(f"{fake.mastodon.url}/api/v1/accounts/verify_credentials", headers=headers, timeout=5).json()
    assert (me["username"], "expires_in" in told) == ("jamielark", False)


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://twohats.invalid:41235/callback"},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"scope": "write:lists"},
        {"client_id": "nobody"},
    ],
)
def test_a_wrong_question_gets_an_error_page(fake: StrictFake, change: dict[str, str]) -> None:
    person = person_at(fake, app(fake).json()["client_id"], **change)

    assert person.saw_error
    assert "code=" not in person.landed


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "https://twohats.invalid:41235/callback"}, "invalid_grant"),
        ({"client_secret": "guess"}, "invalid_client"),
    ],
)
def test_the_exchange_checks_everything(fake: StrictFake, change: dict[str, str], error: str) -> None:
    known = app(fake).json()
    code = code_of(person_at(fake, known["client_id"]))

    assert exchanged(fake, known, code, **change).json()["error"] == error


def test_a_code_works_once(fake: StrictFake) -> None:
    known = app(fake).json()
    code = code_of(person_at(fake, known["client_id"]))

    assert [exchanged(fake, known, code).status_code for _ in range(2)] == [200, 400]


def test_a_code_can_be_copied_where_nothing_listens(fake: StrictFake) -> None:
    oob = "urn:ietf:wg:oauth:2.0:oob"
    known = app(fake, redirect_uris=oob).json()

    person = person_at(fake, known["client_id"], redirect_uri=oob)

    assert code_of(person) in person.read


def test_an_older_server_has_neither_pkce_nor_its_page(fake: StrictFake) -> None:
    fake.mastodon.version = "4.2.17"
    url = f"{fake.mastodon.url}/.well-known/oauth-authorization-server"

    assert requests.get(url, timeout=5).status_code == 404
    assert app(fake, scopes="profile").status_code == 422


def test_a_server_forgets_apps(fake: StrictFake) -> None:
    known = app(fake).json()
    code = code_of(person_at(fake, known["client_id"]))
    fake.mastodon.forget_apps()

    assert exchanged(fake, known, code).json()["error"] == "invalid_client"


def test_revoking_ends_a_token_of_the_same_app(fake: StrictFake) -> None:
    known = app(fake).json()
    told = exchanged(fake, known, code_of(person_at(fake, known["client_id"]))).json()
    form = {name: known[name] for name in ("client_id", "client_secret")} | {"token": told["access_token"]}

    requests.post(f"{fake.mastodon.url}/oauth/revoke", data=form, timeout=5)

    assert fake.mastodon.live_tokens() == []


def test_one_key_makes_one_post_for_an_hour(fake: StrictFake, token: Token) -> None:
    ids = [post(fake, token, "k1", status="Rest well", visibility="public").json()["id"] for _ in range(2)]
    fake.advance(3601)
    later = post(fake, token, "k1", status="Rest well", visibility="public").json()["id"]

    assert ids[0] == ids[1] != later


def test_some_servers_do_not_look_at_the_key(fake: StrictFake, token: Token) -> None:
    fake.mastodon.honours_keys = False

    for _ in range(2):
        post(fake, token, "k1", status="Rest well")

    assert len(fake.posts("mastodon")) == 2


def test_the_key_of_a_deleted_post_finds_nothing(fake: StrictFake, token: Token) -> None:
    number = post(fake, token, "k1", status="Rest well").json()["id"]
    headers = {"Authorization": f"Bearer {token.access}"}
    deleted = requests.delete(f"{fake.mastodon.url}/api/v1/statuses/{number}", headers=headers, timeout=5).json()

    assert deleted["text"] == "Rest well"
    assert post(fake, token, "k1", status="Rest well").status_code == 404


def test_an_address_counts_twenty_three(fake: StrictFake, token: Token) -> None:
    address = "https://example.org/" + "a" * 200

    assert post(fake, token, status="a" * 476 + " " + address).status_code == 200
    assert post(fake, token, status="a" * 477 + " " + address).status_code == 422
    assert post(fake, token, status="a" * 499, spoiler_text="bc").status_code == 422


def test_length_is_what_people_count() -> None:
    assert length("👩‍👩‍👧‍👦é", 23) == 2
    assert length("@robin@example.org hello", 23) == len("@robin hello")


def test_readers_get_html() -> None:
    shown = as_html('One & "two"\nthree\n\n#Rest https://www.example.org/' + "a" * 40, "https://m.invalid", set())

    assert shown.startswith("<p>One &amp; &quot;two&quot;<br />three</p><p><a href=")
    assert '<span class="ellipsis">example.org/aaaaaaaaaaaaaaaaaa</span>' in shown


def test_an_unset_visibility_is_the_accounts_own(fake: StrictFake, token: Token) -> None:
    fake.mastodon.default_privacy = "private"

    assert post(fake, token, status="a").json()["visibility"] == "private"
    assert post(fake, token, status="b", visibility="secret").status_code == 422


def test_pictures_take_their_time(fake: StrictFake, token: Token) -> None:
    fake.mastodon.media_waits = 2
    first = upload(fake, token)
    number = first.json()["id"]

    too_soon = post(fake, token, status="Look", media_ids=[number])
    polls = [get(fake, token, f"media/{number}").status_code for _ in range(2)]

    assert (first.status_code, first.json()["url"], too_soon.status_code, polls) == (202, None, 422, [206, 200])
    assert post(fake, token, status="Look", media_ids=[number]).status_code == 200
    assert fake.posts("mastodon")[0].pictures[0].alt == "A red field"
    assert post(fake, token, status="Again", media_ids=[number]).status_code == 422


def test_a_picture_that_fails_says_so(fake: StrictFake, token: Token) -> None:
    fake.mastodon.media_waits, fake.mastodon.media_fails = 1, True

    assert get(fake, token, f"media/{upload(fake, token).json()['id']}").status_code == 422


def test_limits_are_told_with_a_date(fake: StrictFake, token: Token) -> None:
    reset = post(fake, token, status="a").headers["X-RateLimit-Reset"]

    assert datetime.fromisoformat(reset).timestamp() > fake.clock.now_s()


def test_thirty_deletions_in_half_an_hour(fake: StrictFake, token: Token) -> None:
    for _ in range(30):
        fake.mastodon.within(token.person.id, "delete", 30, 1800)
    number = post(fake, token, status="a").json()["id"]
    headers = {"Authorization": f"Bearer {token.access}"}

    answer = requests.delete(f"{fake.mastodon.url}/api/v1/statuses/{number}", headers=headers, timeout=5)

    assert (answer.status_code, answer.headers["X-RateLimit-Limit"]) == (429, "30")


def test_what_is_scheduled_has_no_address_yet(fake: StrictFake, token: Token) -> None:
    at = datetime.fromtimestamp(fake.clock.now_s() + 600).astimezone().isoformat()
    told = post(fake, token, status="Later", scheduled_at=at).json()

    assert "url" not in told
    assert fake.posts("mastodon") == []
    fake.advance(601)
    assert [one.text for one in fake.posts("mastodon")] == ["Later"]


def test_replies_and_counts(fake: StrictFake, token: Token) -> None:
    number = post(fake, token, status="One").json()["id"]
    post(fake, token, status="Two", in_reply_to_id=number, visibility="unlisted")
    fake.mastodon.reply_from(number, "Thank you", fake.mastodon.people[1])
    fake.mastodon.react(number, favourites=2)

    below = get(fake, token, f"statuses/{number}/context").json()["descendants"]
    status = get(fake, token, f"statuses/{number}").json()

    assert [one["content"] for one in below] == ["<p>Two</p>", "<p>Thank you</p>"]
    assert (status["replies_count"], status["favourites_count"]) == (2, 2)
    assert post(fake, token, status="x", in_reply_to_id="1").status_code == 404


def test_scopes_and_dead_tokens(fake: StrictFake) -> None:
    assert post(fake, fake.give_token("mastodon", scopes=["read"]), status="a").status_code == 403
    url = f"{fake.mastodon.url}/api/v1/accounts/verify_credentials"
    token = fake.give_token("mastodon")
    assert requests.get(url, params={"access_token": token.access}, timeout=5).status_code == 401
    assert fake.secrets_in_urls()
