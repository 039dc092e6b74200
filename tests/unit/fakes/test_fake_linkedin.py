"""The fake of LinkedIn refuses what LinkedIn refuses, and cuts what LinkedIn cuts."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
import requests
from PIL import Image
from tests.fakes.strict import PersonAtConsent, StrictFake
from tests.fakes.strict.little_text import readable
from tests.fakes.strict.oauth import Token

REDIRECT = "https://twohats.invalid/callback"


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("linkedin") as fake:
        fake.linkedin.redirect_uris.add(REDIRECT)
        yield fake


@pytest.fixture
def token(fake: StrictFake) -> Token:
    return fake.give_token("linkedin")


def came_back(fake: StrictFake, **changes: str) -> dict[str, str]:
    asked = {"response_type": "code", "client_id": fake.linkedin.client_id, "redirect_uri": REDIRECT, "state": "st"}
    person = PersonAtConsent()
    query = urlencode({**asked, "scope": "openid profile w_member_social", **changes})
    person.go(f"{fake.linkedin.url}/oauth/v2/authorization?{query}")
    return {name: values[0] for name, values in parse_qs(urlsplit(person.landed).query).items()}


def exchanged(fake: StrictFake, code: str, **changes: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    client = {"client_id": fake.linkedin.client_id, "client_secret": fake.linkedin.client_secret}
    return requests.post(f"{fake.linkedin.url}/oauth/v2/accessToken", data={**form, **client, **changes}, timeout=5)


def signed(token: Token, **changes: str) -> dict[str, str]:
    base = {"LinkedIn-Version": "202607", "X-Restli-Protocol-Version": "2.0.0"}
    return {**base, "Authorization": f"Bearer {token.access}", **changes}


def body(token: Token, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "author": f"urn:li:person:{token.person.id}",
        "commentary": text,
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        **changes,
    }


def post(fake: StrictFake, token: Token, text: str = "Rest well", **changes: Any) -> requests.Response:
    return requests.post(
        f"{fake.linkedin.url}/rest/posts", json=body(token, text, **changes), headers=signed(token), timeout=5
    )


def upload(fake: StrictFake, token: Token) -> str:
    asked = {"initializeUploadRequest": {"owner": f"urn:li:person:{token.person.id}"}}
    url = f"{fake.linkedin.url}/rest/images?action=initializeUpload"
    value = requests.post(url, json=asked, headers=signed(token), timeout=5).json()["value"]
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "JPEG")
    bearer = {"Authorization": f"Bearer {token.access}"}
    assert requests.put(value["uploadUrl"], data=out.getvalue(), headers=bearer, timeout=5).status_code == 201
    assert requests.put(value["uploadUrl"], data=out.getvalue(), headers=bearer, timeout=5).status_code == 403
    return str(value["image"])


def test_the_dance_gives_a_token_that_knows_who_it_is(fake: StrictFake) -> None:
    back = came_back(fake)
    told = exchanged(fake, back["code"]).json()

    assert (back["state"], told["expires_in"], "refresh_token" in told) == ("st", 60 * 86400, False)
    bearer = {"Authorization": f"Bearer {told['access_token']}"}
    me = requests.get(f"{fake.linkedin.url}/v2/userinfo", headers=bearer, timeout=5).json()
    assert (me["sub"], me["name"]) == (fake.linkedin.person.id, "Jamie Lark")


@pytest.mark.parametrize(
    "change", [{"redirect_uri": f"{REDIRECT}/x"}, {"scope": "r_member_social"}, {"state": ""}, {"client_id": "x"}]
)
def test_a_wrong_question_gets_an_error_page(fake: StrictFake, change: dict[str, str]) -> None:
    assert "code" not in came_back(fake, **change)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"client_secret": ""}, 401), ({"client_secret": "guess"}, 401), ({"redirect_uri": "https://x.invalid"}, 400)],
)
def test_the_exchange_needs_the_secret_and_the_same_redirect(
    fake: StrictFake, change: dict[str, str], status: int
) -> None:
    assert exchanged(fake, came_back(fake)["code"], **change).status_code == status


def test_a_code_works_once(fake: StrictFake) -> None:
    code = came_back(fake)["code"]

    assert [exchanged(fake, code).status_code for _ in range(2)] == [200, 400]


def test_a_post_is_answered_with_nothing_but_a_header(fake: StrictFake, token: Token) -> None:
    answer = post(fake, token)

    assert (answer.status_code, answer.content) == (201, b"")
    assert answer.headers["x-restli-id"] == fake.posts("linkedin")[0].id


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("LinkedIn-Version", "", 400),
        ("LinkedIn-Version", "2026-07", 400),
        ("LinkedIn-Version", "202511", 426),
        ("LinkedIn-Version", "202512", 426),
        ("X-Restli-Protocol-Version", "", 400),
        ("Authorization", "Bearer nobody", 401),
    ],
)
def test_headers_are_needed(fake: StrictFake, token: Token, header: str, value: str, status: int) -> None:
    url = f"{fake.linkedin.url}/rest/posts"

    answer = requests.post(url, json=body(token, "Hello"), headers=signed(token, **{header: value}), timeout=5)

    assert answer.status_code == status
    assert fake.posts("linkedin") == []


@pytest.mark.parametrize(
    "change",
    [
        {"extra": "Hello"},
        {"visibility": "EVERYBODY"},
        {"commentary": 1},
        {"commentary": "a" * 3001},
        {"distribution": {"feedDistribution": "MAIN_FEED", "targets": []}},
        {"content": {"media": {"id": "urn:li:image:x", "alt": "no"}}},
        {"content": {"article": {"source": "https://example.org"}}},
        {"content": {"media": {"id": "urn:li:image:x"}, "article": {"source": "https://a.org", "title": "A"}}},
    ],
)
def test_what_the_schema_does_not_know_is_refused(fake: StrictFake, token: Token, change: dict[str, Any]) -> None:
    assert post(fake, token, **change).status_code == 422
    assert fake.posts("linkedin") == []


def test_nobody_posts_for_another(fake: StrictFake, token: Token) -> None:
    assert post(fake, token, author="urn:li:person:zY9xW8vU7t").status_code == 403


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("Rest (see p. 3) and more", "Rest "),
        (r"Rest \(see p. 3\) and more", "Rest (see p. 3) and more"),
        ("snake_case", "snake"),
        (r"a \< b \\ c", r"a < b \ c"),
        ("#rest and sleep", "#rest and sleep"),
        (r"{hashtag|\#|rest} and sleep", "#rest and sleep"),
        ("C# is no tag", "C"),
        ("Thanks @[Robin \\(R\\) Fenn](urn:li:person:zY9) again", "Thanks Robin (R) Fenn again"),
        ("me@example.org", "me"),
        (r"a\b", "a"),
    ],
)
def test_unescaped_text_is_cut_without_a_word(fake: StrictFake, token: Token, sent: str, read: str) -> None:
    assert readable(sent) == read
    assert post(fake, token, sent).status_code == 201
    assert fake.posts("linkedin")[0].text == read


def test_the_same_text_is_refused_with_the_name_of_the_first_even_when_it_is_gone(
    fake: StrictFake, token: Token
) -> None:
    urn = post(fake, token).headers["x-restli-id"]
    url = f"{fake.linkedin.url}/rest/posts/{quote(urn, safe='')}"
    deleting = signed(token, **{"X-RestLi-Method": "DELETE"})
    assert [requests.delete(url, headers=deleting, timeout=5).status_code for _ in range(2)] == [204, 204]

    answer = post(fake, token)
    fake.advance(86_401)

    assert (answer.status_code, answer.json()["message"].endswith(urn)) == (422, True)
    assert answer.json()["errorDetails"]["inputErrors"][0]["code"] == "DUPLICATE_POST"
    assert fake.posts("linkedin") == []
    assert post(fake, token).status_code == 201


def test_deleting_names_its_method_and_encodes_its_urn(fake: StrictFake, token: Token) -> None:
    urn = post(fake, token).headers["x-restli-id"]
    base = f"{fake.linkedin.url}/rest/posts"
    deleting = signed(token, **{"X-RestLi-Method": "DELETE"})

    assert requests.delete(f"{base}/{quote(urn, safe='')}", headers=signed(token), timeout=5).status_code == 400
    assert requests.delete(f"{base}/{urn}", headers=deleting, timeout=5).status_code == 400
    assert len(fake.posts("linkedin")) == 1


def test_pictures_go_up_once_and_carry_their_alt_texts(fake: StrictFake, token: Token) -> None:
    images = [{"id": upload(fake, token), "altText": alt} for alt in ("A red field", "The same")]

    assert post(fake, token, content={"multiImage": {"images": images}}).status_code == 201
    assert [picture.alt for picture in fake.posts("linkedin")[0].pictures] == ["A red field", "The same"]
    assert post(fake, token, "One", content={"multiImage": {"images": images[:1]}}).status_code == 422


def test_a_picture_that_was_not_sent_or_is_worked_on_stops_the_post(fake: StrictFake, token: Token) -> None:
    fake.linkedin.pictures_take_s = 5
    image = {"media": {"id": upload(fake, token), "altText": "A red field"}}

    assert post(fake, token, content={"media": {"id": "urn:li:image:C1"}}).status_code == 400
    assert post(fake, token, content=image).status_code == 400
    fake.advance(6)
    assert post(fake, token, content=image).status_code == 201


def test_comments_hang_on_a_post(fake: StrictFake, token: Token) -> None:
    urn = post(fake, token).headers["x-restli-id"]
    url = f"{fake.linkedin.url}/rest/socialActions/{quote(urn, safe='')}/comments"
    sent = {"actor": f"urn:li:person:{token.person.id}", "object": urn, "message": {"text": "More (here)"}}

    assert requests.post(url, json=sent, headers=signed(token), timeout=5).headers["x-restli-id"]
    assert [comment.text for comment in fake.linkedin.comments()] == ["More (here)"]
    longer = {**sent, "message": {"text": "a" * 1251}}
    assert requests.post(url, json=longer, headers=signed(token), timeout=5).status_code == 422


@pytest.mark.parametrize("path", ["posts/{}", "socialMetadata/{}", "socialActions/{}/comments", "images/{}"])
def test_members_cannot_read_back(fake: StrictFake, token: Token, path: str) -> None:
    urn = quote(post(fake, token).headers["x-restli-id"], safe="")

    answer = requests.get(f"{fake.linkedin.url}/rest/{path.format(urn)}", headers=signed(token), timeout=5)

    assert (answer.status_code, answer.json()["code"]) == (403, "ACCESS_DENIED")


def test_a_token_ends_after_sixty_days(fake: StrictFake, token: Token) -> None:
    fake.advance(60 * 86400 + 1)

    assert post(fake, token).json()["code"] == "EXPIRED_ACCESS_TOKEN"


def test_partners_refresh_and_the_year_does_not_slide(fake: StrictFake) -> None:
    fake.linkedin.may_refresh_tokens = True
    first = exchanged(fake, came_back(fake)["code"]).json()
    fake.advance(50 * 86400)
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    client = {"client_id": fake.linkedin.client_id, "client_secret": fake.linkedin.client_secret}

    again = requests.post(f"{fake.linkedin.url}/oauth/v2/accessToken", data={**form, **client}, timeout=5).json()

    assert again["refresh_token_expires_in"] <= 315 * 86400
