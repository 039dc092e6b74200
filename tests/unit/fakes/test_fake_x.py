"""The fake of X refuses what X refuses."""

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from PIL import Image
from tests.fakes.strict import Fault, PersonAtConsent, StrictFake
from tests.fakes.strict.oauth import Token

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
REDIRECT = "http://127.0.0.1:47131/callback"


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("x") as fake:
        fake.x.redirect_uris.add("https://twohats.invalid/callback")
        yield fake


@pytest.fixture
def token(fake: StrictFake) -> Token:
    return fake.give_token("x")


def asked(fake: StrictFake, **changes: str) -> str:
    query = {
        "response_type": "code",
        "client_id": fake.x.client_id,
        "redirect_uri": "https://twohats.invalid/callback",
        "scope": "tweet.read tweet.write users.read media.write offline.access",
        "state": "a state",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return f"{fake.x.url}/i/oauth2/authorize?{urlencode({**query, **changes})}"


def came_back(fake: StrictFake, *, approves: bool = True, **changes: str) -> dict[str, str]:
    person = PersonAtConsent(approves=approves)
    person.go(asked(fake, **changes))
    return {name: values[0] for name, values in parse_qs(urlsplit(person.landed).query).items()}


def exchanged(fake: StrictFake, code: str, **changes: str) -> requests.Response:
    form = {
        "grant_type": "authorization_code",
        "client_id": fake.x.client_id,
        "redirect_uri": "https://twohats.invalid/callback",
        "code": code,
        "code_verifier": VERIFIER,
    }
    return requests.post(f"{fake.x.url}/2/oauth2/token", data={**form, **changes}, timeout=5)


def signed(token: Token) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.access}"}


def post(fake: StrictFake, token: Token, **body: Any) -> requests.Response:
    return requests.post(f"{fake.x.url}/2/tweets", json=body, headers=signed(token), timeout=5)


def upload(fake: StrictFake, token: Token, **fields: str) -> requests.Response:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    files = {"media": ("image-1.png", out.getvalue(), "image/png")}
    return requests.post(f"{fake.x.url}/2/media/upload", data=fields, files=files, headers=signed(token), timeout=5)


def get(fake: StrictFake, token: Token, path: str, **params: str) -> Any:
    return requests.get(f"{fake.x.url}{path}", params=params, headers=signed(token), timeout=5).json()


def test_the_dance_gives_a_token_that_knows_who_it_is(fake: StrictFake) -> None:
    back = came_back(fake)
    told = exchanged(fake, back["code"]).json()

    assert back["state"] == "a state"
    assert told["expires_in"] == 7200
    me = requests.get(
        f"{fake.x.url}/2/users/me", headers={"Authorization": f"Bearer {told['access_token']}"}, timeout=5
    )
    assert me.json() == {"data": {"id": fake.x.person.id, "name": "Jamie Lark", "username": "jamielark"}}


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://twohats.invalid/callback/"},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"state": ""},
        {"state": "s" * 501},
        {"scope": "tweet.read everything"},
        {"client_id": "another"},
    ],
)
def test_a_wrong_question_gets_an_error_page_and_nothing_comes_back(fake: StrictFake, change: dict[str, str]) -> None:
    person = PersonAtConsent()

    person.go(asked(fake, **change))

    assert person.saw_error
    assert "twohats.invalid" not in person.landed.split("?")[0]


def test_a_person_who_says_no_is_heard(fake: StrictFake) -> None:
    assert came_back(fake, approves=False) == {"error": "access_denied", "state": "a state"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"code_verifier": "w" * 43}, "code verifier"),
        ({"redirect_uri": REDIRECT}, "authorization code"),
    ],
)
def test_a_code_fits_its_verifier_and_its_redirect(fake: StrictFake, change: dict[str, str], why: str) -> None:
    answer = exchanged(fake, came_back(fake)["code"], **change)

    assert answer.status_code == 400
    assert why in answer.json()["error_description"]


def test_a_code_works_once(fake: StrictFake) -> None:
    code = came_back(fake)["code"]

    assert exchanged(fake, code).status_code == 200
    assert exchanged(fake, code).status_code == 400


def test_a_code_lives_thirty_seconds(fake: StrictFake) -> None:
    code = came_back(fake)["code"]
    fake.advance(31)

    assert exchanged(fake, code).status_code == 400


def test_a_public_client_sends_no_basic_header(fake: StrictFake) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": fake.x.client_id}

    assert requests.post(f"{fake.x.url}/2/oauth2/token", data=form, auth=("a", "b"), timeout=5).status_code == 401


def test_refreshing_kills_the_old_tokens(fake: StrictFake, token: Token) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": token.refresh, "client_id": fake.x.client_id}

    first = requests.post(f"{fake.x.url}/2/oauth2/token", data=form, timeout=5)
    second = requests.post(f"{fake.x.url}/2/oauth2/token", data=form, timeout=5)

    assert first.json()["refresh_token"] != token.refresh
    assert second.status_code == 400
    assert post(fake, token, text="Hello").status_code == 401


def test_revoking_an_access_token_leaves_its_refresh_token(fake: StrictFake, token: Token) -> None:
    url = f"{fake.x.url}/2/oauth2/revoke"

    requests.post(url, data={"token": token.access, "client_id": fake.x.client_id}, timeout=5)
    assert fake.x.live_tokens() == [token]

    requests.post(url, data={"token": token.refresh, "client_id": fake.x.client_id}, timeout=5)
    assert fake.x.live_tokens() == []


def test_a_token_ends_after_two_hours(fake: StrictFake, token: Token) -> None:
    fake.advance(7201)

    answer = post(fake, token, text="Hello")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_token_in_the_address_opens_nothing_and_is_noticed(fake: StrictFake, token: Token) -> None:
    answer = requests.get(f"{fake.x.url}/2/users/me", params={"access_token": token.access}, timeout=5)

    assert answer.status_code == 401
    assert token.access in fake.secrets_in_urls()[0]


def test_a_post_is_read_by_others_and_can_be_deleted(fake: StrictFake, token: Token) -> None:
    made = post(fake, token, text="Rest well")

    assert made.status_code == 201
    assert [one.text for one in fake.posts("x")] == ["Rest well"]
    assert int(made.headers["x-rate-limit-reset"]) > fake.clock.now_s()
    url = f"{fake.x.url}/2/tweets/{made.json()['data']['id']}"
    assert requests.delete(url, headers=signed(token), timeout=5).json() == {"data": {"deleted": True}}
    assert fake.posts("x") == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": "a", "visibility": "public"},
        {"text": "a", "media": {"media_ids": ["1"], "alt": "x"}},
        {"text": "a", "reply": {"to": "1"}},
        {"text": 1},
        {"text": ""},
        {"text": "a" * 281},
        {"text": "a\ufeffb"},
        {"text": "a", "media": {"media_ids": ["123"]}},
        {"text": "a", "reply_settings": "nobody"},
    ],
)
def test_what_the_openapi_does_not_allow_is_refused(fake: StrictFake, token: Token, body: dict[str, Any]) -> None:
    answer = post(fake, token, **body)

    assert answer.status_code == 400
    assert answer.json()["type"].endswith("invalid-request")
    assert fake.posts("x") == []


def test_the_same_text_twice_is_refused(fake: StrictFake, token: Token) -> None:
    post(fake, token, text="Rest well")

    answer = post(fake, token, text="Rest well ")

    assert answer.json() == {
        "detail": "You are not allowed to create a Tweet with duplicate content.",
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
    }


def test_a_scope_that_was_not_given_is_missed(fake: StrictFake) -> None:
    token = fake.give_token("x", scopes=["tweet.read", "users.read"])

    assert post(fake, token, text="a").status_code == 403
    assert token.refresh == ""


def test_a_text_comes_back_changed(fake: StrictFake, token: Token) -> None:
    post(fake, token, text="Sleep & rest https://example.org/a_long/address")

    found = get(fake, token, f"/2/users/{token.person.id}/tweets", **{"tweet.fields": "entities"})["data"][0]

    assert found["text"].startswith("Sleep &amp; rest https://t.co/")
    assert found["entities"]["urls"][0]["expanded_url"] == "https://example.org/a_long/address"


def test_pictures_carry_what_was_said_of_them_before_the_post(fake: StrictFake, token: Token) -> None:
    number = upload(fake, token, media_category="tweet_image").json()["data"]["id"]
    alt = {"id": number, "metadata": {"alt_text": {"text": "A red field"}}}
    requests.post(f"{fake.x.url}/2/media/metadata", json=alt, headers=signed(token), timeout=5)

    post(fake, token, text="Look", media={"media_ids": [number]})

    assert [picture.alt for picture in fake.posts("x")[0].pictures] == ["A red field"]


@pytest.mark.parametrize("fields", [{}, {"media_category": "photo"}, {"media_category": "tweet_image", "alt": "x"}])
def test_an_upload_without_its_category_is_refused(fake: StrictFake, token: Token, fields: dict[str, str]) -> None:
    assert upload(fake, token, **fields).status_code == 400


def test_an_upload_is_forgotten_after_a_day(fake: StrictFake, token: Token) -> None:
    number = upload(fake, token, media_category="tweet_image").json()["data"]["id"]
    fake.advance(86_401)

    assert post(fake, fake.give_token("x"), text="Look", media={"media_ids": [number]}).status_code == 400


def test_parts_hang_together_and_are_found_by_their_conversation(fake: StrictFake, token: Token) -> None:
    first = post(fake, token, text="One").json()["data"]["id"]
    post(fake, token, text="Two", reply={"in_reply_to_tweet_id": first})
    fake.x.reply_from(first, "Thank you", fake.x.people[1])
    fake.x.react(first, like=3, repost=1)

    found = get(fake, token, "/2/tweets/search/recent", query=f"conversation_id:{first}", expansions="author_id")
    counts = get(fake, token, f"/2/tweets/{first}", **{"tweet.fields": "public_metrics"})["data"]["public_metrics"]

    assert [one["text"] for one in found["data"]] == ["Thank you", "Two"]
    assert (counts["like_count"], counts["repost_count"], counts["reply_count"]) == (3, 1, 2)


def test_replies_can_be_closed_altogether(fake: StrictFake, token: Token) -> None:
    first = post(fake, token, text="One").json()["data"]["id"]
    fake.x.allows_replies = False

    assert post(fake, token, text="Two", reply={"in_reply_to_tweet_id": first}).status_code == 403


def test_a_post_that_is_gone_is_told_with_200(fake: StrictFake, token: Token) -> None:
    answer = requests.get(f"{fake.x.url}/2/tweets/123", headers=signed(token), timeout=5)

    assert answer.status_code == 200
    assert "data" not in answer.json()


def test_a_hundred_posts_in_a_quarter_of_an_hour(fake: StrictFake, token: Token) -> None:
    for _ in range(100):
        fake.x.within(token.person.id, "post", 100, 900)

    answer = post(fake, token, text="One more")
    fake.advance(901)

    assert answer.status_code == 429
    assert answer.headers["x-rate-limit-remaining"] == "0"
    assert post(fake, token, text="One more").status_code == 201


def test_money_that_is_spent_is_not_haste(fake: StrictFake, token: Token) -> None:
    fake.fail_next("x", "POST /2/tweets", Fault.SPENT)
    fake.fail_next("x", "POST /2/tweets", fake.x.no_credits())

    spent, empty = post(fake, token, text="a"), post(fake, token, text="a")

    assert (spent.status_code, spent.json()["type"].rsplit("/")[-1]) == (429, "usage-capped")
    assert empty.status_code == 402
