"""What the adapter for Bluesky is built on, asked of a real PDS."""

import base64
import io
import json
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from PIL import Image
from tests.servers.bluesky_reader import POSTS, Facet, read_post, read_posts
from tests.servers.pds import Answer, PdsAccount, PdsServer, pds

__all__ = ["pds"]  # the fixture

_NEVER_USED = "3mzzzzzzzzz22"


@dataclass
class Owner:
    """An account that posts, signed in with its app password."""

    server: PdsServer
    account: PdsAccount
    token: str

    def put(self, text: str, key: str = _NEVER_USED, **more: Any) -> Answer:
        return self.call("putRecord", rkey=key, record=self._record(text, more))

    def create(self, text: str, **more: Any) -> dict[str, str]:
        answer = self.call("createRecord", record=self._record(text, more))
        assert answer.status == 200, answer
        return {"uri": answer.body["uri"], "cid": answer.body["cid"]}

    def call(self, verb: str, **given: Any) -> Answer:
        given = {"repo": self.account.did, "collection": POSTS, **given}
        return self.server.call(f"com.atproto.repo.{verb}", given, token=self.token)

    def upload(self, content: bytes) -> dict[str, Any]:
        answer = self.server.call("com.atproto.repo.uploadBlob", content, token=self.token, kind="image/jpeg")
        assert answer.status == 200, answer
        return dict(answer.body["blob"])

    @staticmethod
    def _record(text: str, more: dict[str, Any]) -> dict[str, Any]:
        return {"$type": POSTS, "text": text, "createdAt": "2026-11-22T09:00:00Z", **more}


@pytest.fixture
def owner(pds: PdsServer) -> Owner:
    account = pds.new_account()
    return Owner(pds, account, pds.session(account)["accessJwt"])


def _link(start: int, end: int, address: str = "https://sleep.example/rest") -> dict[str, Any]:
    return _facet(start, end, {"$type": "app.bsky.richtext.facet#link", "uri": address})


def _facet(start: int, end: int, feature: dict[str, Any]) -> dict[str, Any]:
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def _picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


_RED = _picture("red")


def _bytes(text: str, part: str) -> tuple[int, int]:
    before = len(text[: text.index(part)].encode())
    return before, before + len(part.encode())


def _claim(token: str, name: str) -> Any:
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))[name]


def test_a_login_tells_who_and_where_one_is(pds: PdsServer) -> None:
    session = pds.session(pds.professional)

    assert (session["handle"], session["did"]) == ("professional.test", pds.professional.did)
    assert [service["serviceEndpoint"] for service in session["didDoc"]["service"]] == [pds.url]


def test_a_handle_is_found_and_a_strangers_is_not(pds: PdsServer) -> None:
    found = pds.call("com.atproto.identity.resolveHandle", asked={"handle": "personal.test"})
    stranger = pds.call("com.atproto.identity.resolveHandle", asked={"handle": "nobody.test"})

    assert found.body == {"did": pds.personal.did}
    assert (stranger.status, stranger.error) == (400, "HandleNotFound")


def test_a_wrong_password_and_a_revoked_one_are_told_alike(pds: PdsServer) -> None:
    account = pds.new_account()
    pds.revoke(account)

    for password in (account.app_password, "abcd-abcd-abcd-abcd"):
        answer = pds.call("com.atproto.server.createSession", {"identifier": account.handle, "password": password})
        assert (answer.status, answer.error) == (401, "AuthenticationRequired")


def test_a_token_past_its_time_is_told_with_400(pds: PdsServer) -> None:
    token = pds.session(pds.personal)["accessJwt"]

    expired = pds.call("com.atproto.server.getSession", token=pds.expired(token))
    nonsense = pds.call("com.atproto.server.getSession", token="nonsense")

    assert (expired.status, expired.error) == (400, "ExpiredToken")
    assert (nonsense.status, nonsense.error) == (400, "InvalidToken")


def test_a_refresh_gives_two_new_tokens_and_takes_no_body(pds: PdsServer) -> None:
    session = pds.session(pds.personal)

    refused = pds.call("com.atproto.server.refreshSession", {}, token=session["refreshJwt"])
    fresh = pds.call("com.atproto.server.refreshSession", b"", token=session["refreshJwt"])

    assert refused.status == 400
    assert fresh.status == 200
    assert fresh.body["refreshJwt"] != session["refreshJwt"]
    assert pds.call("com.atproto.server.getSession", token=fresh.body["accessJwt"]).body["did"] == pds.personal.did


def test_the_old_refresh_token_still_works_right_after_and_leads_to_the_same_next_one(pds: PdsServer) -> None:
    session = pds.session(pds.personal)

    once = pds.call("com.atproto.server.refreshSession", b"", token=session["refreshJwt"])
    again = pds.call("com.atproto.server.refreshSession", b"", token=session["refreshJwt"])

    assert (once.status, again.status) == (200, 200)
    assert _claim(once.body["refreshJwt"], "jti") == _claim(again.body["refreshJwt"], "jti")


def test_after_signing_out_only_the_access_token_lives_on(pds: PdsServer) -> None:
    session = pds.session(pds.personal)

    assert pds.call("com.atproto.server.deleteSession", b"", token=session["refreshJwt"]).status == 200

    refused = pds.call("com.atproto.server.refreshSession", b"", token=session["refreshJwt"])
    assert (refused.status, refused.error) == (400, "ExpiredToken")
    assert pds.call("com.atproto.server.getSession", token=session["accessJwt"]).status == 200


def test_the_same_key_twice_is_one_post(owner: Owner) -> None:
    first, second = owner.put("Sleep well"), owner.put("Sleep well")

    assert (first.status, second.status) == (200, 200)
    assert (first.body["uri"], first.body["cid"]) == (second.body["uri"], second.body["cid"])
    assert [post.text for post in read_posts(owner.server, owner.account.did)] == ["Sleep well"]


def test_creating_over_a_key_that_is_taken_is_told_as_a_fault_of_the_server(owner: Owner) -> None:
    owner.put("Sleep well")

    again = owner.call("createRecord", rkey=_NEVER_USED, record=owner._record("Other", {}))

    assert (again.status, again.error) == (500, "InternalServerError")


def test_a_key_that_is_no_tid_is_refused(owner: Owner) -> None:
    assert owner.put("Sleep well", "my-own-key").status == 400


def test_deleting_what_is_not_there_does_no_harm(owner: Owner) -> None:
    owner.put("Sleep well")

    answers = [owner.call("deleteRecord", rkey=_NEVER_USED) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert read_posts(owner.server, owner.account.did) == []
    assert read_post(owner.server, f"at://{owner.account.did}/{POSTS}/{_NEVER_USED}") is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        pytest.param("a" * 300, "", id="300 letters"),
        pytest.param("a" * 301, "grapheme", id="301 letters"),
        pytest.param("👩‍👩‍👧‍👦" * 120, "", id="120 families, 3,000 bytes"),
        pytest.param("👩‍👩‍👧‍👦" * 121, "string", id="121 families"),
        pytest.param("e\u0301" * 300, "", id="300 letters of two characters"),
        pytest.param("🇫🇷" * 301, "grapheme", id="301 flags"),
    ],
)
def test_a_post_has_300_graphemes_and_3000_bytes_at_most(owner: Owner, text: str, refusal: str) -> None:
    answer = owner.put(text)

    assert answer.status == (400 if refusal else 200)
    assert refusal in str(answer.body)


def test_facets_count_bytes(owner: Owner, pds: PdsServer) -> None:
    text = "Grüße 👩‍⚕️ @professional.test: https://sleep.example/rest #Schläfrig"
    mention = {"$type": "app.bsky.richtext.facet#mention", "did": pds.professional.did}
    tag = {"$type": "app.bsky.richtext.facet#tag", "tag": "Schläfrig"}
    words = ("@professional.test", "https://sleep.example/rest", "#Schläfrig")
    (m0, m1), (l0, l1), (t0, t1) = (_bytes(text, word) for word in words)

    owner.put(text, facets=[_facet(m0, m1, mention), _link(l0, l1), _facet(t0, t1, tag)])

    (post,) = read_posts(pds, owner.account.did)
    assert post.faults == ()
    assert post.facets == (
        Facet("mention", "@professional.test", pds.professional.did),
        Facet("link", "https://sleep.example/rest", "https://sleep.example/rest"),
        Facet("tag", "#Schläfrig", "Schläfrig"),
    )


@pytest.mark.parametrize(
    ("text", "facets", "fault"),
    [
        pytest.param("Rest", [_link(2, 400)], "outside the text", id="beyond the end"),
        pytest.param("Größe zählt", [_link(3, 6)], "splits a character", id="inside a character"),
        pytest.param("Rest and sleep", [_link(0, 8), _link(5, 14)], "lies over another", id="overlapping"),
        pytest.param("See sleep.example", [_link(4, 17, "https://other.example")], "link to", id="another address"),
        pytest.param("Größe #rest", [_facet(6, 11, {"$type": "app.bsky.richtext.facet#tag", "tag": "rest"})], "tag to",
                     id="counted in characters"),
        pytest.param("See https://sleep.example", [], "dead text", id="no facet"),
    ],
)  # fmt: skip
def test_the_server_takes_what_a_reader_cannot_use_and_the_reader_says_so(
    owner: Owner, text: str, facets: list[dict[str, Any]], fault: str
) -> None:
    assert owner.put(text, facets=facets).status == 200

    (post,) = read_posts(owner.server, owner.account.did)
    assert [fault for told in post.faults if fault in told] == [fault]


def test_a_mention_of_somebody_else_is_noticed(owner: Owner, pds: PdsServer) -> None:
    mention = {"$type": "app.bsky.richtext.facet#mention", "did": pds.personal.did}
    owner.put("Ask @professional.test", facets=[_facet(4, 22, mention)])

    (post,) = read_posts(pds, owner.account.did)
    assert "is a mention to" in post.faults[0]


def test_a_thread_keeps_its_order(owner: Owner) -> None:
    root = owner.create("One")
    second = owner.create("Two", reply={"root": root, "parent": root})
    owner.create("Three", reply={"root": root, "parent": second})

    one, two, three = read_posts(owner.server, owner.account.did)

    assert [post.text for post in (one, two, three)] == ["One", "Two", "Three"]
    assert [post.parent for post in (one, two, three)] == ["", one.uri, two.uri]
    assert [post.root for post in (one, two, three)] == ["", one.uri, one.uri]
    assert (one.faults, two.faults, three.faults) == ((), (), ())


def test_an_answer_that_hangs_in_the_air_is_taken_and_noticed(owner: Owner) -> None:
    root = owner.create("One")
    second = owner.create("Two", reply={"root": root, "parent": root})
    lost = {"uri": root["uri"][:-13] + "3aaaaaaaaaa22", "cid": root["cid"]}
    owner.create("To nobody", reply={"root": root, "parent": lost})
    owner.create("By another hash", reply={"root": root, "parent": {**second, "cid": root["cid"]}})
    owner.create("Wrong root", reply={"root": second, "parent": second})

    faults = [post.faults for post in read_posts(owner.server, owner.account.did)]

    assert faults[2:] == [
        ("its parent is not there",),
        ("its parent is told by another hash than its own",),
        ("its root is not where the thread begins",),
    ]


def test_pictures_arrive_with_their_alt_texts(owner: Owner) -> None:
    contents = [_RED, _picture("blue")]
    images = [
        {"image": owner.upload(content), "alt": alt, "aspectRatio": {"width": 64, "height": 48}}
        for content, alt in zip(contents, ("A red kite", ""), strict=True)
    ]

    owner.put("Kites", embed={"$type": "app.bsky.embed.images", "images": images})

    (post,) = read_posts(owner.server, owner.account.did)
    assert [(picture.alt, picture.content) for picture in post.pictures] == [
        ("A red kite", contents[0]),
        ("", contents[1]),
    ]
    assert {(picture.kind, picture.shape) for picture in post.pictures} == {("jpeg", (64, 48))}


def test_a_picture_without_a_word_on_alt_or_a_fifth_one_is_refused(owner: Owner) -> None:
    image = {"image": owner.upload(_RED), "alt": "A kite"}
    kind = {"$type": "app.bsky.embed.images"}

    no_alt = owner.put("Kites", embed={**kind, "images": [{"image": image["image"]}]})
    too_many = owner.put("Kites", embed={**kind, "images": [image] * 5})

    assert (no_alt.status, too_many.status) == (400, 400)


def test_a_picture_that_is_too_big_uploads_and_then_the_post_fails(owner: Owner) -> None:
    images = [{"image": owner.upload(_RED + bytes(2_000_000)), "alt": ""}]

    answer = owner.put("A kite", embed={"$type": "app.bsky.embed.images", "images": images})

    assert answer.status == 400
    assert read_posts(owner.server, owner.account.did) == []


def test_a_card_is_what_the_sender_made_of_it(owner: Owner) -> None:
    external = {
        "uri": "https://sleep.example/",
        "title": "Sleep",
        "description": "",
        "thumb": owner.upload(_RED),
    }
    owner.put("Read this", embed={"$type": "app.bsky.embed.external", "external": external})

    (post,) = read_posts(owner.server, owner.account.did)
    assert post.card is not None
    assert (post.card.address, post.card.title, post.card.picture) == (
        "https://sleep.example/",
        "Sleep",
        _RED,
    )


def test_warnings_languages_and_tags_stay_on_the_post(owner: Owner) -> None:
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}]}
    owner.put("Careful", labels=labels, langs=["en", "de"], tags=["rest"])

    (post,) = read_posts(owner.server, owner.account.did)
    assert (post.labels, post.languages, post.tags) == (("graphic-media",), ("en", "de"), ("rest",))


def test_a_stranger_cannot_post_in_my_name(owner: Owner, pds: PdsServer) -> None:
    stranger = Owner(pds, owner.account, pds.session(pds.personal)["accessJwt"])

    assert stranger.put("I am you").status in (400, 401, 403)
    assert read_posts(pds, owner.account.did) == []


def test_likes_and_feeds_need_more_than_a_pds(owner: Owner) -> None:
    asked = {"uris": f"at://{owner.account.did}/{POSTS}/{_NEVER_USED}"}

    assert owner.server.call("app.bsky.feed.getPosts", token=owner.token, asked=asked).status == 400


def test_a_server_that_went_down_comes_back_with_its_posts_and_sessions(owner: Owner) -> None:
    owner.put("Still here")

    with owner.server.down(), pytest.raises(requests.ConnectionError):
        owner.put("Nobody hears")

    assert [post.text for post in read_posts(owner.server, owner.account.did)] == ["Still here"]
    assert owner.put("Still here").status == 200
    assert owner.server.session(owner.account)["didDoc"]["id"] == owner.account.did


def test_a_public_server_counts_the_calls(pds: PdsServer) -> None:
    given = {"token": "nonsense", "password": "unused"}  # of all that is counted, the quickest to answer
    with pds.counting_calls():
        for _ in range(50):
            assert pds.call("com.atproto.server.resetPassword", given).status == 400
        answer = pds.call("com.atproto.server.resetPassword", given)

    assert (answer.status, answer.error) == (429, "RateLimitExceeded")
    assert answer.headers["ratelimit-remaining"] == "0"
    assert answer.headers["ratelimit-policy"] == "50;w=300"
    assert int(answer.headers["ratelimit-reset"]) > 1_000_000_000  # seconds since 1970
    assert 0 < int(answer.headers["retry-after"]) <= 300
