"""The fake of Facebook refuses what Graph refuses, and any token in an address."""

import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from PIL import Image
from tests.fakes.strict import Fault, PersonAtConsent, StrictFake
from tests.fakes.strict.oauth import Token

DAY_S = 86_400


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("facebook") as fake:
        yield fake


@pytest.fixture
def page(fake: StrictFake) -> Token:
    return fake.facebook.give_page_token()


def call(fake: StrictFake, token: Token, method: str, path: str, **more: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {token.access}"}
    return requests.request(method, f"{fake.facebook.url}/v25.0/{path}", headers=headers, timeout=5, **more)


def post(fake: StrictFake, page: Token, **fields: str) -> requests.Response:
    return call(fake, page, "POST", f"{page.person.id}/feed", data=fields)


def photo(fake: StrictFake, page: Token, **fields: str) -> requests.Response:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    files = {"source": ("image-1.png", out.getvalue(), "image/png")}
    return call(fake, page, "POST", f"{page.person.id}/photos", data=fields, files=files)


def exchanged(fake: StrictFake, **form: str) -> requests.Response:
    client = {"client_id": fake.facebook.client_id, "client_secret": fake.facebook.client_secret}
    return requests.post(f"{fake.facebook.url}/v25.0/oauth/access_token", data={**client, **form}, timeout=5)


def error(answer: requests.Response) -> tuple[int, int, int | None]:
    told = answer.json()["error"]
    return answer.status_code, told["code"], told.get("error_subcode")


def test_a_short_token_becomes_a_long_one_and_gives_pages_without_an_end(fake: StrictFake) -> None:
    short = fake.give_token("facebook")
    told = exchanged(fake, grant_type="fb_exchange_token", fb_exchange_token=short.access).json()
    long = fake.facebook.token_of(told["access_token"])
    assert long is not None

    pages = call(fake, long, "GET", "me/accounts", params={"fields": "id,name,access_token,tasks"}).json()["data"]
    fake.advance(100 * DAY_S)

    assert [one["name"] for one in pages] == ["Lark Practice", "Fenn Choir"]
    assert "CREATE_CONTENT" in pages[0]["tasks"]
    token = fake.facebook.token_of(pages[0]["access_token"])
    assert token is not None
    assert call(fake, token, "GET", "me").json()["name"] == "Lark Practice"
    assert error(call(fake, long, "GET", "me")) == (400, 190, 463)


def test_a_page_of_a_short_token_dies_with_it(fake: StrictFake) -> None:
    short = fake.give_token("facebook")
    found = call(fake, short, "GET", "me/accounts").json()["data"][0]["access_token"]
    fake.advance(3601)

    assert fake.facebook.token_of(found) is None


def test_a_token_in_an_address_is_refused(fake: StrictFake) -> None:
    token = fake.give_token("facebook")
    url = f"{fake.facebook.url}/v25.0"
    for path, name in (
        ("me", "access_token"),
        ("debug_token", "input_token"),
        ("oauth/access_token", "fb_exchange_token"),
    ):
        assert requests.get(f"{url}/{path}", params={name: token.access}, timeout=5).status_code == 400
    assert len(fake.secrets_in_urls()) == 3


def test_the_exchange_needs_the_secret(fake: StrictFake) -> None:
    token = fake.give_token("facebook")

    answer = exchanged(fake, grant_type="fb_exchange_token", fb_exchange_token=token.access, client_secret="guess")

    assert error(answer)[:2] == (400, 1)


def test_the_dialog_comes_back_to_localhost_while_the_app_is_in_development(fake: StrictFake) -> None:
    asked = {"client_id": fake.facebook.client_id, "redirect_uri": "http://localhost:1/back", "state": "s"}
    url = f"{fake.facebook.url}/v25.0/dialog/oauth?{urlencode({**asked, 'scope': 'pages_show_list'})}"
    fake.facebook.is_in_development = False
    person = PersonAtConsent()
    person.go(url)
    assert person.saw_error


def test_the_dialog_gives_a_code_that_works_once(fake: StrictFake) -> None:
    back = "https://www.facebook.com/connect/login_success.html"
    asked = {"client_id": fake.facebook.client_id, "redirect_uri": back, "state": "s", "scope": "pages_show_list"}
    person = PersonAtConsent()
    person.go(f"{fake.facebook.url}/v25.0/dialog/oauth?{urlencode(asked)}")
    code = parse_qs(urlsplit(person.landed).query)["code"][0]

    assert person.landed.endswith("#_=_")
    assert [exchanged(fake, code=code, redirect_uri=back).status_code for _ in range(2)] == [200, 400]


def test_what_a_token_is_good_for_can_be_asked(fake: StrictFake, page: Token) -> None:
    form = {"input_token": page.access, "method": "get"}

    told = call(fake, page, "POST", "debug_token", data=form).json()["data"]

    assert (told["type"], told["expires_at"], told["is_valid"]) == ("PAGE", 0, True)
    assert "pages_manage_posts" in told["scopes"]


def test_a_post_is_read_and_taken_down(fake: StrictFake, page: Token) -> None:
    told = post(fake, page, message="Rest well", fields="id,permalink_url").json()

    assert told["permalink_url"].startswith("https://www.facebook.com/")
    assert [one.text for one in fake.posts("facebook")] == ["Rest well"]
    assert call(fake, page, "DELETE", told["id"]).json() == {"success": True}
    assert error(call(fake, page, "DELETE", told["id"])) == (400, 100, 33)


def test_the_same_text_again_is_refused(fake: StrictFake, page: Token) -> None:
    post(fake, page, message="Rest well")

    assert error(post(fake, page, message="Rest well")) == (400, 506, 1455006)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, 100),
        ({"message": "a" * 63207}, 100),
        ({"message": "a", "link": "example.org"}, 100),
        ({"message": "a", "attached_media": "123"}, 100),
        ({"message": "a", "attached_media": '[{"media_fbid":"123"}]'}, 100),
    ],
)
def test_what_graph_does_not_take(fake: StrictFake, page: Token, fields: dict[str, str], code: int) -> None:
    assert error(post(fake, page, **fields))[:2] == (400, code)


def test_a_persons_token_does_not_post_and_permissions_count(fake: StrictFake, page: Token) -> None:
    long = fake.give_token("facebook", kind="long")
    few = fake.facebook.give_page_token(scopes=frozenset({"pages_show_list"}))

    assert error(call(fake, long, "POST", f"{page.person.id}/feed", data={"message": "a"}))[:2] == (403, 210)
    assert error(post(fake, few, message="a"))[:2] == (403, 200)
    fake.facebook.tasks = ("ANALYZE",)
    assert error(post(fake, page, message="a"))[:2] == (403, 200)


def test_photos_wait_for_their_post(fake: StrictFake, page: Token) -> None:
    number = photo(fake, page, published="false", alt_text_custom="A red field").json()["id"]
    media = json.dumps([{"media_fbid": number}])
    assert fake.posts("facebook") == []

    assert post(fake, page, message="Look", attached_media=media).status_code == 200
    assert [one.alt for one in fake.posts("facebook")[0].pictures] == ["A red field"]
    assert error(post(fake, page, message="Again", attached_media=media)) == (400, 100, 1366051)


def test_a_photo_that_nobody_holds_back_is_a_post(fake: StrictFake, page: Token) -> None:
    assert "post_id" in photo(fake, page).json()
    assert len(fake.posts("facebook")) == 1


def test_counts_comments_and_the_list_of_posts(fake: StrictFake, page: Token) -> None:
    number = post(fake, page, message="Rest well").json()["id"]
    fake.facebook.reply_from(number, "Thank you", fake.facebook.people[0])
    fake.facebook.react(number, reactions=4)
    call(fake, page, "POST", f"{number}/comments", data={"message": "You are welcome"})
    summaries = "shares,comments.summary(true).limit(0),reactions.summary(true).limit(0)"

    told = call(fake, page, "GET", number, params={"fields": summaries}).json()
    comments = call(fake, page, "GET", f"{number}/comments").json()["data"]
    listed = call(fake, page, "GET", f"{page.person.id}/published_posts", params={"fields": "id,message"}).json()

    assert (told["comments"]["summary"]["total_count"], told["reactions"]["summary"]["total_count"]) == (2, 4)
    assert "shares" not in told
    assert [one["message"] for one in comments] == ["Thank you", "You are welcome"]
    assert listed["data"] == [{"id": number, "message": "Rest well"}]
    assert error(call(fake, page, "GET", number, params={"fields": "likes_count"}))[:2] == (400, 100)


def test_taking_the_app_away_kills_every_token(fake: StrictFake, page: Token) -> None:
    long = next(token for token in fake.facebook.tokens if token.kind == "long")

    assert call(fake, long, "DELETE", f"{long.person.id}/permissions").json() == {"success": True}
    assert fake.facebook.live_tokens() == []
    assert error(post(fake, page, message="a")) == (400, 190, 460)


def test_an_unknown_version_or_none_is_refused(fake: StrictFake, page: Token) -> None:
    headers = {"Authorization": f"Bearer {page.access}"}

    assert requests.get(f"{fake.facebook.url}/v12.0/me", headers=headers, timeout=5).status_code == 400
    assert requests.get(f"{fake.facebook.url}/me", headers=headers, timeout=5).status_code == 400


def test_haste_is_told_with_400_and_code_2_may_have_posted(fake: StrictFake, page: Token) -> None:
    fake.fail_next("facebook", "POST /*/feed", Fault.TOO_FAST)
    fake.fail_next("facebook", "POST /*/feed", Fault.SPENT)
    fake.fail_next("facebook", "POST /*/feed", Fault.SERVER_ERROR_TAKEN)

    assert [error(post(fake, page, message="a"))[:2] for _ in range(3)] == [(400, 4), (403, 32), (500, 2)]
    assert len(fake.posts("facebook")) == 1
