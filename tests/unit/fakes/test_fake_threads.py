"""The fake of Threads has containers that take their time, and publishes twice what is published twice."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from PIL import Image
from tests.fakes.bad_server import BadServer, Reply
from tests.fakes.strict import PersonAtConsent, StrictFake
from tests.fakes.strict.counting import length_on_threads
from tests.fakes.strict.oauth import Token

REDIRECT = "https://example.org/two-hats"
DAY_S = 86_400


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("threads") as fake:
        yield fake


@pytest.fixture
def token(fake: StrictFake) -> Token:
    return fake.give_token("threads")


def person_at(fake: StrictFake, **changes: str) -> PersonAtConsent:
    asked = {"client_id": fake.threads.client_id, "redirect_uri": REDIRECT, "response_type": "code", "state": "s"}
    person = PersonAtConsent()
    query = urlencode({**asked, "scope": "threads_basic,threads_content_publish", **changes})
    person.go(f"{fake.threads.url}/oauth/authorize?{query}")
    return person


def exchanged(fake: StrictFake, code: str, **changes: str) -> requests.Response:
    client = {"client_id": fake.threads.client_id, "client_secret": fake.threads.client_secret}
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code}
    return requests.post(f"{fake.threads.url}/oauth/access_token", data={**client, **form, **changes}, timeout=5)


def call(fake: StrictFake, access: str, method: str, path: str, **more: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {access}"}
    return requests.request(method, f"{fake.threads.url}/{path}", headers=headers, timeout=5, **more)


def container(fake: StrictFake, token: Token, **fields: str) -> requests.Response:
    return call(fake, token.access, "POST", "v1.0/me/threads", data={"media_type": "TEXT", **fields})


def status(fake: StrictFake, token: Token, number: str) -> dict[str, str]:
    params = {"fields": "status,error_message"}
    return dict(call(fake, token.access, "GET", f"v1.0/{number}", params=params).json())


def publish(fake: StrictFake, token: Token, number: str) -> requests.Response:
    return call(fake, token.access, "POST", "v1.0/me/threads_publish", data={"creation_id": number})


def posted(fake: StrictFake, token: Token, **fields: str) -> str:
    fake.threads.polls = 0
    return str(publish(fake, token, container(fake, token, **fields).json()["id"]).json()["id"])


def error(answer: requests.Response) -> tuple[int, int | None]:
    told = answer.json()["error"]
    return told["code"], told.get("error_subcode")


def test_the_code_has_a_tail_that_is_not_its_own(fake: StrictFake) -> None:
    landed = person_at(fake).landed
    code = parse_qs(urlsplit(landed).query)["code"][0]

    assert landed.endswith("#_")
    assert exchanged(fake, f"{code}#_").json()["error_type"] == "OAuthException"
    assert [exchanged(fake, code).status_code for _ in range(2)] == [200, 400]


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "1400000000000001"},
        {"redirect_uri": "http://127.0.0.1:47131/callback"},
        {"scope": "threads_content_publish"},
        {"scope": "threads_basic threads_delete"},
    ],
)
def test_a_wrong_question_gets_an_error_page(fake: StrictFake, change: dict[str, str]) -> None:
    assert person_at(fake, **change).saw_error


def test_the_exchange_needs_the_secret(fake: StrictFake) -> None:
    code = parse_qs(urlsplit(person_at(fake).landed).query)["code"][0]

    assert exchanged(fake, code, client_secret="guess").status_code == 400


def test_a_short_token_becomes_a_long_one_and_that_is_renewed_after_a_day(fake: StrictFake) -> None:
    code = parse_qs(urlsplit(person_at(fake).landed).query)["code"][0]
    short = exchanged(fake, code).json()["access_token"]
    exchange = {"grant_type": "th_exchange_token", "client_secret": fake.threads.client_secret}
    long = call(fake, short, "GET", "access_token", params=exchange).json()
    refresh = {"grant_type": "th_refresh_token"}

    assert long["expires_in"] == 60 * DAY_S
    assert error(call(fake, long["access_token"], "GET", "access_token", params=exchange)) == (452, None)
    assert error(call(fake, long["access_token"], "GET", "refresh_access_token", params=refresh)) == (100, None)
    fake.advance(DAY_S + 1)
    again = call(fake, long["access_token"], "GET", "refresh_access_token", params=refresh).json()
    assert again["expires_in"] == 60 * DAY_S
    assert error(call(fake, short, "GET", "v1.0/me")) == (190, 463)
    assert fake.secrets_in_urls() == []


def test_a_token_in_an_address_is_refused(fake: StrictFake, token: Token) -> None:
    url = f"{fake.threads.url}/v1.0/me"

    assert requests.get(url, params={"access_token": token.access}, timeout=5).status_code == 400
    assert len(fake.secrets_in_urls()) == 1


def test_a_container_takes_its_time(fake: StrictFake, token: Token) -> None:
    number = container(fake, token, text="Rest well").json()["id"]

    assert error(publish(fake, token, number)) == (24, 4279009)
    assert [status(fake, token, number)["status"] for _ in range(2)] == ["IN_PROGRESS", "FINISHED"]
    assert publish(fake, token, number).json()["id"] == fake.posts("threads")[0].id
    assert status(fake, token, number)["status"] == "PUBLISHED"


def test_publishing_twice_makes_two_posts(fake: StrictFake, token: Token) -> None:
    fake.threads.polls = 0
    number = container(fake, token, text="Rest well").json()["id"]

    for _ in range(2):
        publish(fake, token, number)

    assert len(fake.posts("threads")) == 2


def test_a_container_is_forgotten_after_a_day(fake: StrictFake, token: Token) -> None:
    fake.threads.polls = 0
    number = container(fake, token, text="Rest well").json()["id"]
    fake.advance(DAY_S + 1)

    assert status(fake, token, number)["status"] == "EXPIRED"
    assert error(publish(fake, token, number)) == (24, 4279009)


@pytest.mark.parametrize(
    "fields",
    [
        {"media_type": "POST", "text": "a"},
        {"text": ""},
        {"text": "a" * 501},
        {"text": "👍" * 126},
        {"text": "a", "reply_to_id": "123"},
        {"text": "a", "reply_control": "nobody"},
        {"media_type": "IMAGE", "text": "a"},
        {"media_type": "IMAGE", "image_url": "http://127.0.0.1/a.jpg"},
        {"media_type": "IMAGE", "image_url": "http://10.0.0.1/a.jpg"},
        {"media_type": "IMAGE", "image_url": "file:///a.jpg"},
        {"media_type": "IMAGE", "image_url": "https://example.org/a.jpg", "link_attachment": "https://example.org"},
        {"media_type": "CAROUSEL", "children": "1,2"},
    ],
)
def test_what_threads_does_not_take(fake: StrictFake, token: Token, fields: dict[str, str]) -> None:
    assert container(fake, token, **fields).status_code == 400


def test_an_emoji_counts_its_bytes() -> None:
    assert (length_on_threads("👍"), length_on_threads("👩‍👩‍👧‍👦"), length_on_threads("é")) == (4, 25, 1)


def test_what_stands_in_the_address_of_a_write_is_not_looked_at(fake: StrictFake, token: Token) -> None:
    params = {"media_type": "TEXT", "text": "Rest well"}

    assert error(call(fake, token.access, "POST", "v1.0/me/threads", params=params)) == (100, None)


def test_a_picture_is_fetched_from_where_it_is(fake: StrictFake, token: Token) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "JPEG")
    fake.threads.fetches, fake.threads.polls = True, 0
    with BadServer() as site:
        site.tell("GET", "/a.jpg", Reply(200, out.getvalue(), {"Content-Type": "image/jpeg"}))
        fields = {"media_type": "IMAGE", "alt_text": "A red field"}
        found = container(fake, token, **fields, image_url=f"{site.url}/a.jpg").json()["id"]
        lost = container(fake, token, **fields, image_url=f"{site.url}/b.jpg").json()["id"]

    assert status(fake, token, lost) == {"id": lost, "status": "ERROR", "error_message": "FAILED_DOWNLOADING_MEDIA"}
    publish(fake, token, found)
    assert [(one.alt, one.data) for one in fake.posts("threads")[0].pictures] == [("A red field", out.getvalue())]


def test_several_pictures_are_a_carousel(fake: StrictFake, token: Token) -> None:
    fake.threads.polls = 0
    item = {"media_type": "IMAGE", "is_carousel_item": "true", "image_url": "https://example.org/a.jpg"}
    parts = [container(fake, token, **item, alt_text=alt).json()["id"] for alt in ("One", "Two")]

    posted(fake, token, media_type="CAROUSEL", children=",".join(parts), text="Look")

    assert [one.alt for one in fake.posts("threads")[0].pictures] == ["One", "Two"]


def test_parts_replies_counts_and_taking_down(fake: StrictFake, token: Token) -> None:
    first = posted(fake, token, text="One")
    second = posted(fake, token, text="Two", reply_to_id=first)
    fake.threads.reply_from(first, "Thank you", fake.threads.people[1])
    fake.threads.react(first, likes=5)

    fields = {"fields": "id,text,username"}
    replies = call(fake, token.access, "GET", f"v1.0/{first}/replies", params=fields).json()["data"]
    own = call(fake, token.access, "GET", "v1.0/me/threads", params={"fields": "id"}).json()["data"]
    metrics = call(fake, token.access, "GET", f"v1.0/{first}/insights", params={"metric": "likes,replies"}).json()

    assert [(one["text"], one["username"]) for one in replies] == [("Two", "jamielark"), ("Thank you", "robinfenn")]
    assert own == [{"id": first}]
    assert [one["values"][0]["value"] for one in metrics["data"]] == [5, 2]
    assert call(fake, token.access, "DELETE", f"v1.0/{second}").json() == {"success": True, "deleted_id": second}
    assert error(call(fake, token.access, "DELETE", f"v1.0/{second}")) == (100, 33)


def test_a_published_post_has_no_status(fake: StrictFake, token: Token) -> None:
    number = posted(fake, token, text="One")

    assert error(call(fake, token.access, "GET", f"v1.0/{number}", params={"fields": "status"})) == (100, None)


def test_the_quota_is_told_and_ends(fake: StrictFake, token: Token) -> None:
    posted(fake, token, text="One")
    params = {"fields": "quota_usage,config,reply_quota_usage"}
    told = call(fake, token.access, "GET", "v1.0/me/threads_publishing_limit", params=params).json()["data"][0]
    for _ in range(249):
        fake.threads.within(token.person.id, "post", 250, DAY_S)

    assert (told["quota_usage"], told["config"]["quota_total"], told["reply_quota_usage"]) == (1, 250, 0)
    number = container(fake, token, text="Two").json()["id"]
    assert error(publish(fake, token, number)) == (4, 2207042)


def test_permissions_count(fake: StrictFake) -> None:
    few = fake.give_token("threads", scopes=["threads_basic"])

    assert container(fake, few, text="a").status_code == 403
