"""What the tests of the adapter for Mastodon may ask of mastodon-mock, and where it is kinder than a Mastodon."""

import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from tests.fakes.pictures import Pictures
from tests.servers.mastodon_mock import MastodonAccount, MastodonServer, mastodon

__all__ = ["mastodon"]  # the fixture

_BACK = "http://127.0.0.1:7777/back"


@dataclass
class Owner:
    """An account that posts."""

    server: MastodonServer
    account: MastodonAccount

    def post(self, text: str, key: str = "", **more: Any) -> requests.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self.call("POST", "/api/v1/statuses", headers=headers, json={"status": text, **more})

    def call(self, method: str, path: str, **given: Any) -> requests.Response:
        return self.server.call(method, path, token=self.account.token, **given)

    def texts(self) -> list[str]:
        return [post.text for post in self.server.posts(self.account)]


@pytest.fixture
def owner(mastodon: MastodonServer) -> Iterator[Owner]:
    yield Owner(mastodon, mastodon.new_account())
    mastodon.soothe()


def test_the_server_tells_its_limits(mastodon: MastodonServer) -> None:
    told = mastodon.call("GET", "/api/v2/instance").json()["configuration"]

    assert told["statuses"]["max_characters"] == 500
    assert told["statuses"]["characters_reserved_per_url"] == 23
    assert told["statuses"]["max_media_attachments"] == 4
    assert "image/jpeg" in told["media_attachments"]["supported_mime_types"]


def test_a_token_tells_whose_it_is(mastodon: MastodonServer) -> None:
    path = "/api/v1/accounts/verify_credentials"

    assert mastodon.call("GET", path, token=mastodon.professional.token).json()["username"] == "professional"
    assert mastodon.call("GET", path, token="nonsense").status_code == 401


def test_the_same_key_twice_is_one_post(owner: Owner) -> None:
    first, second = owner.post("Sleep well", "key-1"), owner.post("Sleep well", "key-1")
    owner.post("Sleep well", "key-2")

    assert first.json()["id"] == second.json()["id"]
    assert owner.texts() == ["Sleep well", "Sleep well"]


def test_without_a_key_the_same_words_are_two_posts(owner: Owner) -> None:
    owner.post("Sleep well")
    owner.post("Sleep well")

    assert owner.texts() == ["Sleep well", "Sleep well"]


def test_a_key_belongs_to_one_account(owner: Owner, mastodon: MastodonServer) -> None:
    other = Owner(mastodon, mastodon.new_account())

    assert owner.post("Mine", "key-1").json()["id"] != other.post("Mine too", "key-1").json()["id"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("a" * 500, 200, id="500"),
        pytest.param("a" * 501, 422, id="501"),
        pytest.param("  \n", 422, id="nothing"),
        pytest.param(f"{'a' * 470} https://sleep.example/{'b' * 40}", 422, id="an address, counted in full"),
    ],
)
def test_length_is_counted_plainly(owner: Owner, text: str, status: int) -> None:
    answer = owner.post(text)

    assert answer.status_code == status
    assert ("error" in answer.json()) == (status == 422)


def test_a_thread_keeps_its_order_and_is_found_as_one(owner: Owner) -> None:
    one = owner.post("One").json()["id"]
    two = owner.post("Two", in_reply_to_id=one).json()["id"]
    owner.post("Three", in_reply_to_id=two)

    assert [post.parent for post in owner.server.posts(owner.account)] == ["", one, two]
    context = owner.server.call("GET", f"/api/v1/statuses/{two}/context").json()
    assert [[row["id"] for row in context["ancestors"]], len(context["descendants"])] == [[one], 1]


def test_a_post_is_what_was_sent(owner: Owner) -> None:
    text = "Grüße @personal, https://sleep.example/?a=1&b=2 #rest"
    owner.post(text, spoiler_text="About sleep", sensitive=True, language="de", visibility="unlisted")

    (post,) = owner.server.posts(owner.account)

    assert (post.text, post.warning, post.is_sensitive) == (text, "About sleep", True)
    assert (post.visibility, post.language) == ("unlisted", "de")
    assert (post.links, post.mentions, post.tags) == (("https://sleep.example/?a=1&b=2",), ("personal",), ("rest",))


def test_who_may_read_what(owner: Owner, mastodon: MastodonServer) -> None:
    for visibility in ("public", "unlisted", "private", "direct"):
        owner.post(visibility, visibility=visibility)

    assert owner.texts() == ["public", "unlisted"]
    assert [post.text for post in mastodon.posts(owner.account, mastodon.personal)] == ["public", "unlisted"]
    assert len(mastodon.posts(owner.account, owner.account)) == 4


def test_pictures_arrive_with_their_alt_texts(owner: Owner) -> None:
    pictures = Pictures()
    ids, contents = [], []
    for colour in ("red", "blue"):
        contents.append(pictures.read(pictures.draw(colour, colour).digest))
        files = {"file": ("image-1.jpg", contents[-1], "image/jpeg")}
        answer = owner.call("POST", "/api/v2/media", files=files, data={"description": f"A {colour} kite"})
        assert answer.status_code == 200  # never 202
        ids.append(answer.json()["id"])

    owner.post("Kites", media_ids=ids)

    (post,) = owner.server.posts(owner.account)
    assert post.pictures == (("A red kite", contents[0]), ("A blue kite", contents[1]))


def test_a_deleted_post_is_gone_and_a_second_time_is_told(owner: Owner) -> None:
    path = f"/api/v1/statuses/{owner.post('Short-lived').json()['id']}"

    assert owner.call("DELETE", path, params={"delete_media": "true"}).json()["text"] == "Short-lived"
    assert owner.call("DELETE", path).status_code == 404
    assert owner.texts() == []


def test_nobody_deletes_what_is_anothers(owner: Owner, mastodon: MastodonServer) -> None:
    path = f"/api/v1/statuses/{owner.post('Mine').json()['id']}"

    assert mastodon.call("DELETE", path, token=mastodon.personal.token).status_code == 403
    assert owner.texts() == ["Mine"]


def test_likes_boosts_and_answers_are_counted(owner: Owner, mastodon: MastodonServer) -> None:
    post = owner.post("Sleep well").json()["id"]
    reader = Owner(mastodon, mastodon.personal)
    reader.call("POST", f"/api/v1/statuses/{post}/favourite")
    reader.call("POST", f"/api/v1/statuses/{post}/reblog")
    reader.post("Thank you", in_reply_to_id=post)

    row = owner.call("GET", f"/api/v1/statuses/{post}").json()

    assert (row["favourites_count"], row["reblogs_count"], row["replies_count"]) == (1, 1, 1)


def test_signing_in_takes_a_registered_program_and_the_owners_consent(mastodon: MastodonServer) -> None:
    scopes = "read:accounts write:statuses"
    given = {"client_name": "Two Hats", "redirect_uris": _BACK, "scopes": scopes}
    app = mastodon.call("POST", "/api/v1/apps", data=given).json()
    asked = {"response_type": "code", "client_id": app["client_id"], "redirect_uri": _BACK, "scope": scopes}
    page = f"{mastodon.url}/oauth/authorize?{urllib.parse.urlencode({**asked, 'state': 'x-1_y'})}"

    back = mastodon.approve(page, mastodon.professional)

    told = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)
    assert (back.startswith(_BACK), told["state"]) == (True, ["x-1_y"])
    form = {"grant_type": "authorization_code", "code": told["code"][0], "redirect_uri": _BACK}
    form |= {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    token = mastodon.call("POST", "/oauth/token", data=form).json()
    assert (token["token_type"], token["scope"]) == ("Bearer", scopes)
    fresh = MastodonAccount(mastodon.professional.id, "professional", token["access_token"])
    assert Owner(mastodon, fresh).post("Signed in").status_code == 200
    mastodon.revoke(fresh)
    assert Owner(mastodon, fresh).post("Signed out").status_code == 401


def test_it_is_kinder_than_mastodon_with_codes_and_verifiers(mastodon: MastodonServer) -> None:
    app = mastodon.call("POST", "/api/v1/apps", data={"client_name": "Two Hats", "redirect_uris": _BACK}).json()
    query = {"response_type": "code", "client_id": app["client_id"], "redirect_uri": "http://elsewhere.example/"}
    challenge = {"code_challenge": "a" * 43, "code_challenge_method": "S256"}
    page = f"{mastodon.url}/oauth/authorize?{urllib.parse.urlencode({**query, **challenge})}"
    back = mastodon.approve(page, mastodon.personal)
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": "b" * 43}

    answers = [mastodon.call("POST", "/oauth/token", data=form).status_code for _ in range(2)]

    assert answers == [200, 200]  # no verifier checked, no redirect compared, a code taken twice


@pytest.mark.parametrize(
    ("effect", "status"),
    [
        pytest.param({"type": "status", "status": 503}, 503, id="503"),
        pytest.param({"type": "ratelimit"}, 429, id="429"),
        pytest.param({"type": "malformed"}, 200, id="half an object"),
    ],
)
def test_a_call_can_go_wrong_once(owner: Owner, effect: dict[str, Any], status: int) -> None:
    owner.server.disturb("POST", "/api/v1/statuses", **effect)

    first, second = owner.post("Sleep well"), owner.post("Sleep well")

    assert first.status_code == status
    if effect["type"] == "malformed":
        with pytest.raises(requests.JSONDecodeError):
            first.json()
    assert second.status_code == 200
    assert owner.texts() == ["Sleep well"]


def test_a_call_can_be_slow(owner: Owner) -> None:
    owner.server.disturb("POST", "/api/v1/statuses", type="latency", delay_ms=300)
    began = time.monotonic()

    assert owner.post("Sleep well").status_code == 200
    assert time.monotonic() - began >= 0.3


def test_a_fault_can_be_taken_back(owner: Owner) -> None:
    owner.server.disturb("POST", "/api/v1/statuses", times=5, type="status", status=500)
    owner.server.soothe()

    assert owner.post("Sleep well").status_code == 200


def test_calls_can_be_counted(owner: Owner) -> None:
    with owner.server.counting_calls(2):
        answers = [owner.post(f"Number {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["X-RateLimit-Remaining"] == "0"
    assert owner.post("Free again").status_code == 200


def test_a_server_that_went_down_comes_back_with_its_posts(owner: Owner) -> None:
    owner.post("Still here", "key-1")

    with owner.server.down(), pytest.raises(requests.ConnectionError):
        owner.post("Nobody hears")

    owner.post("Still here", "key-1")
    assert owner.texts() == ["Still here"]
