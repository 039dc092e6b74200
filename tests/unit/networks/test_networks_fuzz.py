"""Whatever a network answers, only our own errors come out: sound answers with one thing spoiled, and any JSON."""

import copy
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes.browsers import AnyBrowser
from tests.fakes.journals import MemoryJournal
from tests.fakes.pictures import Pictures
from tests.fakes.strict import Request, StrictFake

from twohats.model.account import account_of
from twohats.model.draft import Draft
from twohats.model.errors import BadInput, NetworkError
from twohats.model.identity import Hat, fresh_identities
from twohats.model.ports import Login, Network
from twohats.model.receipt import Receipt
from twohats.model.wording import Wording
from twohats.networks.http import Answer, AnyLogin, Http
from twohats.networks.sites import bluesky, facebook, linkedin, mastodon, threads, wordpress, x
from twohats.networks.tools import NetworkTools

FAKED = {"x": x, "linkedin": linkedin, "facebook": facebook, "threads": threads, "mastodon": mastodon}
SITES = {**FAKED, "bluesky": bluesky, "wordpress": wordpress}
CALLS = ("verify", "publish", "find", "delete", "reactions", "renew", "revoke", "connect")
GIVEN = {
    "facebook": {"app_id": "1", "app_secret": "s", "user_token": "t"},
    "threads": {"app_id": "1", "app_secret": "s", "token": "t"},
    "bluesky": {"handle": "jamie.example.org", "app_password": "abcd-efgh-ijkl-mnop", "service": ""},
    "wordpress": {"site": "https://blog.example.org", "site_url": "https://blog.example.org", "login": "a"},
}
"""What is asked for where no browser has to come back."""

_REMOTE = {
    "linkedin": "urn:li:share:7000000000000000001",
    "bluesky": "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3kaaaaaaaaa22",
    "facebook": "61550000000000001_1900000000000000001",
}
_MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

JUNK = st.sampled_from(
    [
        *(None, True, False, 0, -1, 7, 2.5, 10**30, float("inf"), float("nan"), "", "x", "²", "é\x00", "1" * 300),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22", "2026-11-22T09:00:00"),
        *("https://[::1", "http://", "//x", "javascript:1", [], {}, [None], [[]], [{}], {"data": None}, {"id": 1}),
    ]
)
_NAMES = """
data id errors error code message type title detail subcode error_subcode error_data status url uri cid did
handle text content created_at timestamp value image uploadUrl sub name picture access_token refresh_token
expires_in scope entities urls attachments media_keys referenced_tweets meta next_token includes users username
paging permalink public_metrics like_count reply_count summary likes shares comments replies descendants thread
post record author displayName blob accessJwt refreshJwt didDoc service configuration statuses media_attachments
description mentions acct visibility namespaces routes authentication slug link date_gmt guid rendered is_valid
scopes app_id user_id expires_at instances version domain avatar
"""
NAMES = st.sampled_from(_NAMES.split())
ANY_JSON = st.recursive(
    JUNK,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)
STATUSES = st.sampled_from([200, 200, 200, 201, 202, 204, 206, 302, 400, 401, 402, 403, 404, 408, 409, 422, 426, 429])
HEADERS = st.dictionaries(
    st.sampled_from(
        ["retry-after", "x-rate-limit-reset", "ratelimit-reset", "date", "location", "x-restli-id", "link"]
    ),
    st.sampled_from(["", "²", "-1", "1e9", "9" * 40, "Sun, 99 Foo 20266 99:99:99", "Fri, 31 Dec 9999 23:59:59 -1200"]),
    max_size=3,
)


@dataclass(frozen=True, slots=True)
class Odd(Http):
    """A way out that leads to `reply`, without a wire."""

    reply: Callable[[Request], tuple[int, Mapping[str, str], bytes]] = field(kw_only=True)

    def _asked(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        login: AnyLogin | None,
        params: Mapping[str, str] | None,
        body: Mapping[str, object],
        into: object = None,
    ) -> Answer:
        token = {"Authorization": f"Bearer {login.token}"} if hasattr(login, "token") else {}
        sent = requests.Request(method, url, {**headers, **token}, params=params, **body).prepare()  # type: ignore[arg-type]
        data = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
        names = {name.lower(): str(value) for name, value in sent.headers.items()}
        request = Request(method, sent.path_url, names, data, time.time())
        status, told, answer = self.reply(request)
        return Answer(url, status, told, answer, method != "GET", time.time())


class Owner:
    """Somebody with an account on one network, reached through `reply`."""

    def __init__(self, name: str, reply: Callable[[Request], tuple[int, Mapping[str, str], bytes]]) -> None:
        self.name = name
        self.pictures = Pictures()
        way = Odd(pause=lambda seconds: None, reply=reply)
        tools = NetworkTools(self.pictures, lambda: datetime.now(UTC), way)
        self.network: Network = SITES[name].make(tools)
        self.journal = MemoryJournal()
        self.login = self._login({}, "token", "refresh")

    def sign_in(self, fake: StrictFake) -> None:
        network = fake.networks[self.name]
        token = fake.facebook.give_page_token() if self.name == "facebook" else fake.give_token(self.name)
        settings = {"api_root": network.url, "server": network.url, "user_id": token.person.id}
        settings |= {"client_id": network.client_id, "username": token.person.handle, "page_id": token.person.id}
        self.login = self._login(settings, token.access, token.refresh)

    def call(self, name: str) -> None:
        """One of the calls of a network. Whatever may be raised there is let through but for errors of our tree."""
        receipt = Receipt(_REMOTE.get(self.name, "1900000000000000001"), "", datetime.now(UTC))
        try:
            match name:
                case "publish" | "find":
                    rendition = self.network.render(
                        self._draft(), self.login.account, fresh_identities()[1], datetime.now(UTC)
                    )
                    getattr(self.network, name)(rendition, self.login, "key", self.journal)
                case "delete":
                    self.network.delete(receipt, self.login)
                case "reactions":
                    self.network.reactions(receipt, self.login)
                case "connect":
                    if self.name in GIVEN:
                        given_ = {**GIVEN[self.name], "api_root": self.login.account.settings["api_root"]}
                        self.network.connect(self.network.ways[0].name, given_, AnyBrowser())
                case _:
                    getattr(self.network, name)(self.login)
        except (NetworkError, BadInput):
            pass

    def _draft(self) -> Draft:
        now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        parts = ("Sleep, see https://example.org/rest and @jamie@example.org #rest", "And rest.")
        wording = Wording("a1", Hat.PROFESSIONAL, parts)
        media = (self.pictures.draw("teal", "A pond"),)
        return Draft("d1", now, now, title="Rest", text="Sleep **well**.", wordings=(wording,), media=media)

    def _login(self, given_: Mapping[str, str], secret: str, refresh: str) -> Login:
        here = "http://127.0.0.1:9"
        known = {
            **{"api_root": here, "server": here, "service": here, "site_url": here, "login": "jamie"},
            **{"user_id": "1", "page_id": "1", "username": "jamie", "client_id": "c", "handle": "jamie.example.org"},
            "did": "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
        }
        account = account_of(
            Hat.PROFESSIONAL, id="a1", network=self.name, label="Jamie Lark", settings={**known, **given_}
        )
        more = {"refresh": refresh, "client_secret": "s", "app_password": "p"}
        return Login(account, secret, {name: more.get(name, "m") for name in self.network.more_secrets})


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", SITES)
@_MANY
@given(answers=st.lists(st.tuples(STATUSES, HEADERS, ANY_JSON), min_size=1, max_size=6))
def test_any_json_at_all(name: str, call: str, answers: list[tuple[int, dict[str, str], object]]) -> None:
    waiting = list(answers)

    def reply(request: Request) -> tuple[int, Mapping[str, str], bytes]:
        status, headers, told = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return status, headers, json.dumps(told).encode()

    owner = Owner(name, reply)
    if call == "find":
        owner.journal.note("begun.0", datetime.now(UTC).isoformat())
    owner.call(call)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", FAKED)
@_MANY
@given(which=st.integers(0, 5), where=st.integers(0, 400), junk=ANY_JSON, is_gone=st.booleans(), headers=HEADERS)
def test_one_thing_spoiled(
    name: str, call: str, which: int, where: int, junk: object, is_gone: bool, headers: dict[str, str]
) -> None:
    fake = StrictFake("on no port")
    fake.networks[name].url = "http://127.0.0.1:9"
    seen = 0

    def reply(request: Request) -> tuple[int, Mapping[str, str], bytes]:
        nonlocal seen
        response, _ = fake.networks[name].answer(request)
        assert response is not None
        told = {key.lower(): value for key, value in response.headers.items()}
        seen += 1
        if seen <= which or response.mime != "application/json":
            return response.status, told, response.payload()
        spoiled = _spoiled(copy.deepcopy(response.body), where, junk, is_gone)
        return response.status, {**told, **headers}, json.dumps(spoiled).encode()

    owner = Owner(name, reply)
    owner.sign_in(fake)
    if call != "publish":
        which, kept = 100, which
        owner.call("publish")
        which, seen = kept, 0
        owner.journal.steps = {step: value for step, value in owner.journal.steps.items() if "part." not in step}
    owner.call(call)
    texts = [post.text for post in fake.posts(name)]
    assert len(set(texts)) == len(texts)


def _spoiled(told: object, where: int, junk: object, is_gone: bool) -> object:
    """The same with one place, counted through all that it holds, replaced or taken out."""
    places: list[tuple[dict[str, object] | list[object], str | int]] = []

    def visit(value: object) -> None:
        keys = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in keys:
            places.append((value, key))  # type: ignore[arg-type]
            visit(inner)

    visit(told)
    if not places or where % (len(places) + 1) == len(places):
        return junk
    holder, key = places[where % (len(places) + 1)]
    if is_gone:
        del holder[key]  # type: ignore[arg-type]
    else:
        holder[key] = junk  # type: ignore[index,call-overload]
    return told
