"""Mastodon: a mock server with a database, and a strict fake for what the mock lets pass."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from PIL import Image
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.contract.pursuit import pursued
from tests.fakes.bad_server import BadServer, Reply
from tests.fakes.browsers import AnyBrowser
from tests.fakes.pictures import Pictures
from tests.fakes.strict import Fault, PersonAtConsent, Post, Response, StrictFake
from tests.servers.mastodon_mock import MastodonAccount, MastodonServer, mastodon

from twohats.model.account import account_of
from twohats.model.errors import (
    BadInput,
    NetworkError,
    OutcomeUnknown,
    Refused,
    SignedOut,
    StoppedMidway,
    TooFast,
    Unreachable,
)
from twohats.model.identity import Hat
from twohats.model.ports import Browser, Login
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.model.wording import LinkCard, Wording
from twohats.networks.http import Http
from twohats.networks.sites import mastodon as mastodon_site
from twohats.networks.tools import NetworkTools

__all__ = ["mastodon"]  # the fixture

POST, UPLOAD, LOOK = "POST /api/v1/statuses", "POST /api/v2/media", "GET /api/v1/accounts/*/statuses"


class AnyMastodon(Place):
    sends = ("text", "tags")
    shows_html = False
    finds_by_key = False
    longest = 1500
    server_url = ""

    def connect(self, browser: Browser, server: str = "") -> Login:
        (grant,) = self.network.connect("browser", {"server": server or self.server_url}, browser)
        return Login(self.account(**grant.settings), grant.secret, grant.more)

    def sign_in(self, token: str, **settings: str) -> None:
        login = Login(self.account(server=self.server_url, **settings), token)
        profile = self.network.verify(login)
        self.login = replace(login, account=self.account(**{**login.account.settings, **dict(profile.settings)}))

    def account(self, **settings: str) -> object:
        return account_of(Hat.PROFESSIONAL, id="m1", network="mastodon", label="", settings=settings)

    def change(self, **settings: str) -> None:
        account = self.login.account
        self.login = replace(self.login, account=replace(account, settings={**account.settings, **settings}))

    def lock_out(self) -> None:
        self.change(server="http://127.0.0.1:9")

    def worded(self, *parts: str, **changes: object) -> Rendition:
        """A thread of just these parts."""
        wording = Wording("m1", Hat.PROFESSIONAL, parts)
        return self.rendition(a_draft(title="", text="Shared", wordings=(wording,), **changes))


class MockPlace(AnyMastodon):
    def __init__(self, server: MastodonServer, owner: MastodonAccount | None = None) -> None:
        self.server, self.server_url = server, server.url
        self.owner = owner or server.new_account()
        self.pictures = Pictures()
        tools = NetworkTools(self.pictures, lambda: datetime.now(UTC), Http(pause=lambda seconds: None))
        self.network = mastodon_site.make(tools)
        self.sign_in(self.owner.token)

    def post_count(self) -> int:
        return len(self.server.posts(self.owner))

    def page_of(self, receipt: Receipt) -> str:
        found = {post.id: post for post in self.server.posts(self.owner)}
        posts = [found[one] for one in (receipt.remote_id, *receipt.more_ids) if one in found]
        return "\n".join("\n".join((post.text, *(alt for alt, _ in post.pictures))) for post in posts)


class FakePlace(AnyMastodon):
    def __init__(self, fake: StrictFake) -> None:
        self.fake, self.server_url = fake, fake.mastodon.url
        self.pauses: list[float] = []
        self.pictures = Pictures()
        self.network = mastodon_site.make(
            NetworkTools(self.pictures, self.now, Http(read_s=5, pause=self.pauses.append))
        )
        self.sign_in(fake.give_token("mastodon").access)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.fake.clock.now_s(), UTC)

    def posts(self) -> list[Post]:
        return self.fake.posts("mastodon")

    def post_count(self) -> int:
        return len(self.posts())

    def page_of(self, receipt: Receipt) -> str:
        found = {post.id: post for post in self.posts()}
        posts = [found[one] for one in (receipt.remote_id, *receipt.more_ids) if one in found]
        return "\n".join("\n".join((post.text, *(picture.alt for picture in post.pictures))) for post in posts)

    def fail(self, match: str, what: Fault | Response, times: int = 1, **how: float) -> None:
        self.fake.fail_next("mastodon", match, what, times, **how)  # type: ignore[arg-type]


@pytest.fixture
def mock_place(mastodon: MastodonServer) -> Iterator[MockPlace]:
    yield MockPlace(mastodon)
    mastodon.soothe()


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("mastodon") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def place(fake: StrictFake) -> FakePlace:
    return FakePlace(fake)


class TestMockContract(NetworkContract):
    @pytest.fixture
    def place(self, mock_place: MockPlace) -> Place:  # type: ignore[override]
        return mock_place


class TestStrictContract(NetworkContract):
    @pytest.fixture
    def place(self, place: FakePlace) -> Place:  # type: ignore[override]
        return place


class TestConnecting:
    def test_consent_in_the_browser_gives_a_login_that_knows_who_it_is(self, place: FakePlace) -> None:
        person = PersonAtConsent()

        login = place.connect(person)
        person.wait_until_done()
        profile = place.network.verify(login)

        host = urlsplit(place.server_url).netloc
        assert (profile.name, profile.handle) == ("Jamie Lark", f"@jamielark@{host}")
        assert profile.url == f"{place.server_url}/@jamielark"
        settings = dict(profile.settings)
        assert (settings["user_id"], settings["most_characters"], settings["link_counts"]) == (
            place.fake.mastodon.person.id,
            "500",
            "23",
        )
        assert "You can close this page" in person.read
        query = parse_qs(urlsplit(person.visited[0]).query)
        assert (query["code_challenge_method"], query["force_login"]) == (["S256"], ["true"])
        (app,) = place.fake.mastodon.apps.values()
        assert app.redirect_uris == (query["redirect_uri"][0],)
        assert login.account.settings["client_id"] == app.client_id
        for secret in (login.secret, app.client_secret):
            assert secret not in repr(login)
        assert set(login.account.settings) == {"server", "client_id"}

    def test_the_owner_of_a_real_database_consents(self, mastodon: MastodonServer) -> None:
        place = MockPlace(mastodon)

        def visit(url: str) -> None:
            back = mastodon.approve(url, mastodon.professional)
            with requests.Session() as browser:
                browser.trust_env = False
                assert "close this page" in browser.get(back, timeout=10).text

        login = place.connect(AnyBrowser(visit))

        assert place.network.verify(login).handle == f"@professional@{urlsplit(mastodon.url).netloc}"

    @pytest.mark.parametrize(
        "change", [{"version": "4.2.17"}, {"has_v2": False, "version": "3.5.19"}, {"requires_pkce": False}]
    )
    def test_older_servers_and_kin(self, place: FakePlace, change: dict[str, object]) -> None:
        for name, value in change.items():
            setattr(place.fake.mastodon, name, value)

        profile = place.network.verify(place.connect(PersonAtConsent()))

        assert dict(profile.settings)["most_characters"] == "500"

    def test_who_says_no_is_believed(self, place: FakePlace) -> None:
        with pytest.raises(Refused) as caught:
            place.connect(PersonAtConsent(approves=False))

        assert caught.value.code == "connect_refused"

    def test_giving_up_ends_the_waiting(self, place: FakePlace) -> None:
        browser = AnyBrowser(lambda url: browser.stop())

        with pytest.raises(Refused) as caught:
            place.connect(browser)

        assert caught.value.code == "connect_cancelled"

    def test_a_code_that_came_too_late_connects_nobody(self, place: FakePlace) -> None:
        place.fake.mastodon.code_lives_s = -1

        with pytest.raises(Refused) as caught:
            place.connect(PersonAtConsent())

        assert caught.value.code == "connect_failed"

    def test_an_app_that_the_server_forgot_meanwhile_connects_nobody(self, place: FakePlace) -> None:
        class Forgetful(PersonAtConsent):
            def go(self, url: str) -> None:
                super().go(url)

        person = Forgetful()
        place.fail("POST /oauth/token", Response(401, {"error": "invalid_client", "error_description": "unknown"}))

        with pytest.raises(Refused) as caught:
            place.connect(person)

        assert caught.value.code == "app_keys_wrong"
        assert place.connect(PersonAtConsent()).secret

    @pytest.mark.parametrize("match", ["POST /api/v1/apps", "POST /oauth/token"])
    @pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.SERVER_ERROR, Fault.BAD_GATEWAY])
    def test_what_came_to_nothing_is_no_refusal(self, place: FakePlace, match: str, fault: Fault) -> None:
        place.fail(match, fault)

        with pytest.raises(Unreachable):
            place.connect(PersonAtConsent())

    @pytest.mark.parametrize(
        "reply",
        [
            Reply(404, "<html>Nothing here</html>", {"Content-Type": "text/html"}),
            Reply(200, "<html>A shop</html>", {"Content-Type": "text/html"}),
            Reply(200, '{"hello": "you"}'),
            Reply(200, ""),
            Reply(405),
        ],
    )
    def test_a_server_of_something_else_is_told(self, place: FakePlace, reply: Reply) -> None:
        with BadServer() as other:
            other.tell("POST", "/api/v1/apps", reply)
            with pytest.raises(Refused) as caught:
                place.connect(AnyBrowser(), other.url)

        assert caught.value.code == "not_mastodon"

    def test_a_server_that_knows_no_fine_scopes_is_asked_for_the_coarse(self, place: FakePlace) -> None:
        place.fail("POST /api/v1/apps", Response(422, {"error": "Validation failed: Scopes doesn't match configured"}))

        place.connect(PersonAtConsent())

        (app,) = place.fake.mastodon.apps.values()
        assert app.scopes == {"read", "write"}

    def test_a_server_that_says_with_422_that_nobody_is_signed_in(self, place: FakePlace) -> None:
        place.fail("GET /api/v1/accounts/verify_credentials", Response(422, None))

        with pytest.raises(SignedOut):
            place.network.verify(place.login)

    def test_what_is_no_server_is_told(self, place: FakePlace) -> None:
        with pytest.raises(BadInput):
            place.connect(AnyBrowser(), "mastodon")

    def test_disconnecting_ends_the_token_and_a_second_time_does_no_harm(self, place: FakePlace) -> None:
        place.fake.mastodon.tokens.clear()
        login = place.connect(PersonAtConsent())

        place.network.revoke(login)
        place.network.revoke(login)

        assert place.fake.mastodon.live_tokens() == []
        with pytest.raises(SignedOut):
            place.network.verify(login)

    def test_what_the_app_was_is_forgotten_there_too(self, place: FakePlace) -> None:
        login = place.connect(PersonAtConsent())
        place.fake.mastodon.forget_apps()

        place.network.revoke(login)

    def test_tokens_do_not_end(self, place: FakePlace) -> None:
        assert place.network.renew(place.connect(PersonAtConsent())) is None

    def test_where_they_end_they_are_renewed(self, place: FakePlace) -> None:
        answer = {"access_token": "next", "refresh_token": "after", "expires_in": 3600, "token_type": "Bearer"}
        with BadServer() as kin:
            kin.tell("POST", "/oauth/token", Reply(200, json.dumps(answer)))
            account = place.account(server=kin.url, client_id="c")
            login = Login(account, "old", {"client_secret": "s", "refresh": "r"})
            renewal = place.network.renew(login)

        assert renewal is not None
        assert (renewal.secret, renewal.more, renewal.expires_at) == (
            "next",
            {"refresh": "after"},
            place.now().replace(microsecond=renewal.expires_at.microsecond) + timedelta(seconds=3600),
        )
        assert b"refresh_token=r" in kin.asked[0].body

    def test_a_secret_goes_over_no_open_wire(self, place: FakePlace) -> None:
        login = replace(place.login, account=place.account(server="http://mastodon.invalid"))

        with pytest.raises(Refused) as caught:
            place.network.revoke(login)

        assert caught.value.code == "site_not_https"


class TestRendering:
    def test_the_servers_own_limits_count(self, place: FakePlace) -> None:
        place.fake.mastodon.max_characters, place.fake.mastodon.url_length = 700, 30
        place.sign_in(place.fake.give_token("mastodon").access)
        address = f"https://example.org/{'a' * 200}"

        assert place.worded("a" * 669 + f" {address}").problems == ()
        assert place.worded("a" * 670 + f" {address}").problems == ("too_long",)
        assert place.worded("a" * 669 + f" {address}").count.limit == 700

    def test_where_nothing_is_told_what_is_usual_counts(self, place: FakePlace) -> None:
        account = place.account(server=place.server_url, user_id="1", most_characters="none")
        place.login = replace(place.login, account=account)

        assert place.worded("a" * 500).problems == ()
        assert place.worded("a" * 501).problems == ("too_long",)

    def test_the_warning_counts_with_every_part(self, place: FakePlace) -> None:
        text = " ".join(f"Sentence number {number} about rest." for number in range(60))

        rendition = place.rendition(a_draft(title="", text=text, warning="About loss and grief"))

        assert " ".join(part.text for part in rendition.parts) == text
        assert all(len(part.text) + len("About loss and grief") <= 500 for part in rendition.parts)
        assert rendition.warning == "About loss and grief"
        place.publish(rendition, "key-warned")
        assert {post.warning for post in place.posts()} == {"About loss and grief"}
        assert all(post.sent["sensitive"] is True for post in place.posts())

    def test_a_warning_that_leaves_no_room_is_a_problem_by_itself(self, place: FakePlace) -> None:
        rendition = place.rendition(a_draft(title="", text="word " * 300, warning="w" * 251))

        assert rendition.problems == ("warning_too_long",)
        assert len(rendition.parts) < 5

    def test_who_may_read_it_is_always_said(self, place: FakePlace) -> None:
        place.fake.mastodon.default_privacy = "private"
        draft = a_draft(title="", text="Rest")
        assert place.rendition(draft).audience == "public"
        assert place.rendition(replace(draft, audiences={"m1": "private"})).audience == "private"
        place.change(audience="unlisted")
        assert place.rendition(draft).audience == "unlisted"
        assert place.rendition(replace(draft, audiences={"m1": "public"})).audience == "public"
        place.change(audience="direct to nobody")
        assert place.rendition(draft).audience == "public"

    def test_what_mastodon_has_no_place_for_is_told(self, place: FakePlace) -> None:
        media = tuple(place.pictures.draw(colour, "w " * 900) for colour in ("red", "blue", "green", "gold", "pink"))
        media = (replace(media[0], size_bytes=20_000_000), *media[1:])
        card = LinkCard("https://example.org", "A page")

        rendition = place.rendition(
            a_draft(title="T", text="See https://example.org", warning="Grief", media=media, cards=(card,))
        )

        assert set(rendition.notes) == {
            "pictures_left_out",
            "pictures_made_smaller",
            "title_left_out",
            "alt_shortened",
        }
        assert all(len(picture.alt) <= 1500 for picture in rendition.pictures)
        assert rendition.card is None


class TestPublishing:
    def test_a_thread_hangs_together_and_only_its_first_part_is_in_the_lists(self, place: FakePlace) -> None:
        receipt = place.publish(place.worded("One", "Two", "Three", language="de"), "key-thread")

        first, second, third = place.posts()
        assert (receipt.remote_id, receipt.more_ids) == (first.id, (second.id, third.id))
        assert receipt.url == first.url
        assert (second.reply_to, third.reply_to) == (first.id, second.id)
        assert [post.visibility for post in (first, second, third)] == ["public", "unlisted", "unlisted"]
        assert {post.language for post in place.posts()} == {"de"}

    def test_a_thread_for_followers_stays_with_them(self, place: FakePlace) -> None:
        place.publish(place.worded("One", "Two", audiences={"m1": "private"}), "key-private")

        assert [post.visibility for post in place.posts()] == ["private", "private"]

    def test_the_pictures_go_with_the_first_part(self, place: FakePlace) -> None:
        red, plain = place.pictures.draw("red", "A red kite"), place.pictures.draw("blue", "")

        place.publish(place.worded("One", "Two", media=(red, plain)), "key-first")

        first, second = place.posts()
        assert [(picture.alt, picture.digest) for picture in first.pictures] == [
            ("A red kite", red.digest),
            ("", plain.digest),
        ]
        assert second.pictures == ()

    def test_a_picture_that_the_server_works_on_is_waited_for(self, place: FakePlace) -> None:
        place.fake.mastodon.media_waits = 3

        place.publish(place.worded("One", media=(place.pictures.draw("red", ""),)), "key-waits")

        assert place.post_count() == 1
        assert place.pauses == [1.0, 2.0]

    def test_a_picture_that_takes_long_is_waited_for_later_and_not_sent_again(self, place: FakePlace) -> None:
        place.fake.mastodon.media_waits = 100
        rendition = place.worded("One", media=(place.pictures.draw("red", ""),))

        with pytest.raises(Unreachable) as caught:
            place.publish(rendition, "key-long")
        assert caught.value.code == "picture_waits"
        assert 50 < sum(place.pauses) < 90
        for picture_id in place.fake.mastodon.pictures:
            place.fake.mastodon._waits[picture_id] = 0
        place.publish(rendition, "key-long")

        assert place.fake.mastodon.count(UPLOAD) == 1
        assert place.post_count() == 1

    def test_a_picture_that_fails_there_is_told(self, place: FakePlace) -> None:
        place.fake.mastodon.media_waits, place.fake.mastodon.media_fails = 1, True

        with pytest.raises(Refused) as caught:
            place.publish(place.worded("One", media=(place.pictures.draw("red", ""),)), "key-fails")

        assert (caught.value.code, caught.value.facts) == ("picture_refused", {"name": "image-1.jpg"})
        assert place.post_count() == 0

    def test_a_picture_is_made_to_fit_the_server(self, place: FakePlace) -> None:
        noise = Image.effect_noise((900, 600), 120).convert("RGB")
        place.change(picture_bytes="100000", picture_mimes="image/jpeg")

        place.publish(place.worded("One", media=(place.pictures.keep(noise, "PNG", ""),)), "key-noise")

        (picture,) = place.posts()[0].pictures
        assert picture.mime == "image/jpeg"
        assert len(picture.data) <= 100_000

    def test_a_server_with_the_older_way_to_bring_pictures(self, place: FakePlace) -> None:
        media = {"id": "1", "type": "image", "url": "https://example.org/1.jpg"}
        with BadServer() as old:
            old.tell("POST", "/api/v1/media", Reply(200, json.dumps(media)))
            old.tell("POST", "/api/v1/statuses", Reply(200, json.dumps({"id": "7", "url": "https://example.org/7"})))
            place.change(server=old.url)
            receipt = place.publish(place.worded("One", media=(place.pictures.draw("red", ""),)), "key-old")
            assert json.loads(old.asked[-1].body)["media_ids"] == ["1"]

        assert receipt.remote_id == "7"

    def test_uploads_that_the_server_may_have_thrown_away_are_brought_anew(self, place: FakePlace) -> None:
        rendition = place.worded("One", media=(place.pictures.draw("red", ""),))
        place.fail(POST, Fault.TOO_FAST)
        with pytest.raises(TooFast):
            place.publish(rendition, "key-old-upload")
        place.fake.advance(13 * 3600)

        place.publish(rendition, "key-old-upload")

        assert place.fake.mastodon.count(UPLOAD) == 2
        assert [len(post.pictures) for post in place.posts()] == [1]

    def test_uploads_that_the_server_does_not_know_are_brought_anew(self, place: FakePlace) -> None:
        rendition = place.worded("One", media=(place.pictures.draw("red", ""),))
        place.fail(POST, Fault.TOO_FAST)
        with pytest.raises(TooFast):
            place.publish(rendition, "key-gone-upload")
        place.fake.mastodon.pictures.clear()

        place.publish(rendition, "key-gone-upload")

        assert [len(post.pictures) for post in place.posts()] == [1]

    def test_names_that_nobody_bears_are_told(self, place: FakePlace) -> None:
        host = urlsplit(place.server_url).netloc
        text = f"With @robinfenn, @robinfenn@{host.replace('127.0.0.1', 'm.example').split(':')[0]} and @nobody"

        receipt = place.publish(place.worded(text), "key-names")

        assert receipt.note == "mentions_plain: @robinfenn@m.example, @nobody"
        assert place.publish(place.worded(text), "key-names").note == receipt.note

    def test_a_name_of_the_same_server_is_known_with_and_without_it(self, mock_place: MockPlace) -> None:
        receipt = mock_place.publish(mock_place.worded("With @personal"), "key-mock-names")

        assert receipt.note == ""
        assert mock_place.server.posts(mock_place.owner)[0].mentions == ("personal",)

    def test_a_text_that_the_server_finds_too_long_is_told(self, place: FakePlace) -> None:
        rendition = place.worded("a" * 500)
        place.fake.mastodon.max_characters = 400

        with pytest.raises(Refused) as caught:
            place.publish(rendition, "key-shorter")

        assert caught.value.code == "text_too_long"

    def test_a_token_without_the_right_is_told(self, place: FakePlace) -> None:
        token = place.fake.give_token("mastodon", scopes=("read:accounts", "read:statuses"))
        place.sign_in(token.access)

        with pytest.raises(Refused) as caught:
            place.publish(place.worded("One"), "key-scope")

        assert caught.value.code == "app_may_not"

    def test_a_thread_whose_beginning_was_deleted_stops_and_says_what_is_out(self, place: FakePlace) -> None:
        place.fail(POST, Response(404, {"error": "Record not found"}), skip=1)

        with pytest.raises(StoppedMidway) as caught:
            place.publish(place.worded("One", "Two"), "key-stopped")

        assert caught.value.facts == {"sent": 1, "of": 2, "why": "not_there"}
        assert caught.value.receipt.remote_id == place.posts()[0].id


_ANY = [
    *(Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.SLOW, Fault.UNAUTHORIZED, Fault.TOO_FAST, Fault.SERVER_ERROR),
    *(Fault.SERVER_ERROR_TAKEN, Fault.PAGE, Fault.PAGE_TAKEN, Fault.BAD_GATEWAY, Fault.EMPTY, Fault.TRUNCATED),
    *(Fault.ERRORS_IN_200, Fault.TOO_FAST_DATE, Fault.TOO_FAST_SECONDS),
]


class TestFaults:
    @pytest.mark.parametrize("honours_keys", [True, False], ids=["keys", "no keys"])
    @pytest.mark.parametrize("skip", [0, 1])
    @pytest.mark.parametrize("fault", _ANY)
    def test_never_two_and_never_none(self, place: FakePlace, fault: Fault, skip: int, honours_keys: bool) -> None:
        place.fake.mastodon.honours_keys = honours_keys
        text = "Grüße 👩‍👩‍👧‍👦 @robinfenn@far.example,\n\n\nsee https://example.org/a_b?c=1&d=2#e <b> & #rest"
        rendition = place.worded(text, "Two", "Two", warning="Care & rest")
        place.fail(POST, fault, 2, skip=skip, seconds=0.2)

        receipt, problems = pursued(place, rendition, "key-fault")

        assert [post.text for post in place.posts()] == [text, "Two", "Two"]
        assert (receipt.remote_id, *receipt.more_ids) == tuple(post.id for post in place.posts())
        assert bool(problems) is (fault is not Fault.SLOW)

    @pytest.mark.parametrize("fault", _ANY)
    def test_faults_of_an_upload_cost_no_post(self, place: FakePlace, fault: Fault) -> None:
        place.fake.mastodon.media_waits = 2
        place.fail(UPLOAD, fault, 2, seconds=0.2)
        place.fail("GET /api/v1/media/*", Fault.CUT_BEFORE if fault is Fault.SLOW else fault, seconds=0.2)

        pursued(place, place.worded("One", media=(place.pictures.draw("red", "A kite"),)), "key-upload")

        assert [[picture.alt for picture in post.pictures] for post in place.posts()] == [["A kite"]]

    @pytest.mark.parametrize("fault", [fault for fault in _ANY if fault is not Fault.SLOW])
    def test_faults_in_looking_leave_it_unknown(self, place: FakePlace, fault: Fault) -> None:
        place.fake.mastodon.honours_keys = False
        place.fail(POST, Fault.CUT_AFTER)
        place.fail(LOOK, fault, 2)

        receipt, problems = pursued(place, place.worded("One"), "key-look")

        assert all(isinstance(problem, OutcomeUnknown | SignedOut) for problem in problems)
        assert place.post_count() == 1
        assert receipt.remote_id == place.posts()[0].id

    def test_a_picture_with_a_lost_answer_is_not_brought_twice(self, place: FakePlace) -> None:
        place.fake.mastodon.honours_keys = False
        place.fail(POST, Fault.CUT_AFTER)

        pursued(place, place.worded("", media=(place.pictures.draw("red", "A kite"),)), "key-lost-picture")

        assert place.post_count() == 1
        assert place.fake.mastodon.count(UPLOAD) == 1

    def test_pictures_that_stand_in_a_post_already_prove_that_it_is_there(self, place: FakePlace) -> None:
        place.fake.mastodon.honours_keys = False
        rendition = place.worded("One", media=(place.pictures.draw("red", "A kite"),))
        place.fail(POST, Fault.CUT_AFTER)
        place.fail(LOOK, Response(200, []), 2)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-attached")
        assert place.find(rendition, "key-attached") is None  # the server does not show it yet

        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-attached")

        assert place.post_count() == 1

    def test_a_post_of_the_same_words_from_before_is_not_taken_for_it(self, place: FakePlace) -> None:
        place.fake.mastodon.honours_keys = False
        place.publish(place.worded("Good morning"), "key-yesterday")
        place.fake.advance(86_400)
        place.fail(POST, Fault.CUT_BEFORE)

        pursued(place, place.worded("Good morning"), "key-today")

        assert [post.text for post in place.posts()] == ["Good morning"] * 2

    def test_the_servers_clock_may_be_behind(self, place: FakePlace) -> None:
        place.fake.mastodon.honours_keys = False
        ahead = timedelta(minutes=20)
        tools = NetworkTools(place.pictures, lambda: place.now() + ahead, Http(pause=lambda seconds: None))
        place.network = mastodon_site.make(tools)
        place.fail(POST, Fault.CUT_AFTER)

        pursued(place, place.worded("One"), "key-clock")

        assert place.post_count() == 1

    def test_many_posts_meanwhile_are_read_page_by_page(self, place: FakePlace) -> None:
        place.fake.mastodon.honours_keys = False
        rendition = place.worded("One")
        place.fail(POST, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-many")
        for number in range(60):
            place.publish(place.worded(f"Another {number}"), f"key-other-{number}")

        assert place.find(rendition, "key-many") is not None

    def test_the_mock_is_asked_the_same(self, mock_place: MockPlace) -> None:
        rendition = mock_place.worded("One", "Two")
        mock_place.server.disturb("POST", "/api/v1/statuses", type="malformed")
        mock_place.server.disturb("POST", "/api/v1/statuses", type="status", status=503)
        mock_place.server.disturb("POST", "/api/v1/statuses", type="ratelimit")

        pursued(mock_place, rendition, "key-mock")

        assert [post.text for post in mock_place.server.posts(mock_place.owner)] == ["One", "Two"]

    def test_a_lost_post_is_known_by_what_the_mock_shows_of_it(self, mock_place: MockPlace) -> None:
        text = "Grüße @personal, https://example.org/?a=1&b=2 <b> #rest\n\n\nEnd"
        rendition = mock_place.worded(text, warning="Care")
        receipt = mock_place.publish(rendition, "key-mock-lost")
        mock_place.lose_answers("key-mock-lost")

        found = mock_place.find(rendition, "key-mock-lost")

        assert found is not None
        assert found.remote_id == receipt.remote_id

    @pytest.mark.parametrize("lists_private", [True, False], ids=["lists all", "lists public ones"])
    def test_what_followers_alone_may_read_is_found_too(self, place: FakePlace, lists_private: bool) -> None:
        place.fake.mastodon.honours_keys, place.fake.mastodon.lists_private = False, lists_private
        place.fail(POST, Fault.CUT_AFTER, 2)

        pursued(place, place.worded("One", "Two", audiences={"m1": "private"}), "key-followers")

        assert [post.text for post in place.posts()] == ["One", "Two"]

    def test_an_own_post_that_somebody_passed_on_at_once_is_known(self, place: FakePlace) -> None:
        rendition = place.worded("One")
        user_id = place.login.account.settings["user_id"]
        status = {"id": "7", "url": "https://example.org/7", "created_at": place.now().isoformat(), "content": "One"}
        status |= {"in_reply_to_id": None, "media_attachments": [], "spoiler_text": "", "account": {"id": user_id}}
        shared = {**status, "content": "", "reblog": status, "account": {"id": "99"}}
        with BadServer() as kin:
            kin.tell("GET", "/statuses", Reply(200, json.dumps([shared])))
            place.change(server=kin.url)
            place.journal("key-shared").note("begun.0", place.now().isoformat())
            found = place.find(rendition, "key-shared")

        assert found is not None
        assert found.remote_id == "7"

    @pytest.mark.parametrize(("count", "is_told"), [(3, True), (60, False)], ids=["few", "too many to tell"])
    def test_a_server_that_tells_the_same_page_again(self, place: FakePlace, count: int, is_told: bool) -> None:
        status = {"created_at": place.now().isoformat(), "content": "Other", "in_reply_to_id": None}
        rows = [{**status, "id": str(number)} for number in range(count)]
        with BadServer() as kin:
            kin.tell("GET", "/api/v1/accounts/", Reply(200, json.dumps(rows)))
            place.change(server=kin.url)
            place.journal("key-same").note("begun.0", place.now().isoformat())
            if is_told:
                assert place.find(place.worded("One"), "key-same") is None
            else:
                with pytest.raises(OutcomeUnknown):
                    place.find(place.worded("One"), "key-same")

    def test_a_server_that_writes_html_of_its_own_is_asked_for_the_text(self, place: FakePlace) -> None:
        status = {"id": "7", "url": "https://example.org/7", "created_at": place.now().isoformat(), "content": "?"}
        status |= {"in_reply_to_id": None, "media_attachments": [], "spoiler_text": ""}
        with BadServer() as kin:
            kin.tell("GET", "/statuses", Reply(200, json.dumps([status])))
            kin.tell("GET", "/api/v1/statuses/7/source", Reply(200, json.dumps({"id": "7", "text": "*One*"})))
            place.change(server=kin.url)
            journal = place.journal("key-source")
            journal.note("begun.0", place.now().isoformat())
            found = place.find(place.worded("*One*"), "key-source")

        assert found is not None
        assert found.remote_id == "7"

    @pytest.mark.parametrize(
        ("response", "kind", "code"),
        [
            (Response(403, {"error": "Your login is currently disabled"}), Refused, "account_closed"),
            (Response(403, {"error": "This action is not allowed"}), Refused, "app_may_not"),
            (Response(403, None), Refused, "turned_away"),
            (Response(422, None), Refused, "refused"),
            (Response(400, {"error": "bad_request"}), Refused, "refused"),
            (Response(418, {"error": "teapot"}), Refused, "refused"),
            (Response(503, {"error": "There was a temporary problem"}), OutcomeUnknown, "server_error"),
            (Response(200, {"id": None}), OutcomeUnknown, "answer_unreadable"),
            (Response(200, [1]), OutcomeUnknown, "answer_unreadable"),
        ],
    )
    def test_every_answer_has_a_meaning(
        self, place: FakePlace, response: Response, kind: type[NetworkError], code: str
    ) -> None:
        place.fail(POST, response)

        with pytest.raises(kind) as caught:
            place.publish(place.worded("One"), "key-answers")

        assert caught.value.code == code

    def test_how_long_to_wait_is_told_by_a_date(self, place: FakePlace) -> None:
        place.fail(POST, Fault.TOO_FAST)

        with pytest.raises(TooFast) as caught:
            place.publish(place.worded("One"), "key-date")

        assert 200 < caught.value.retry_after_s < 250


class TestTakingDown:
    def test_a_thread_goes_from_its_end(self, place: FakePlace) -> None:
        receipt = place.publish(place.worded("One", "Two", "Three"), "key-down")
        place.fail("DELETE /api/v1/statuses/*", Fault.CUT_AFTER)
        with pytest.raises(Unreachable):
            place.network.delete(receipt, place.login)
        assert [post.text for post in place.posts()] == ["One", "Two"]

        place.network.delete(receipt, place.login)

        assert place.post_count() == 0

    def test_a_long_thread_goes_as_fast_as_the_server_lets_it(self, place: FakePlace) -> None:
        receipt = place.publish(place.worded(*(f"Part {number}" for number in range(35))), "key-long-down")
        with pytest.raises(TooFast) as caught:
            place.network.delete(receipt, place.login)
        assert place.post_count() == 5
        assert caught.value.retry_after_s > 1000
        place.fake.advance(1801)

        place.network.delete(receipt, place.login)

        assert place.post_count() == 0

    @pytest.mark.parametrize("parts", [("One",), ("One", "Two")], ids=["post", "thread"])
    def test_a_server_that_knows_no_deleting_is_not_believed(self, place: FakePlace, parts: tuple[str, ...]) -> None:
        receipt = place.publish(place.worded(*parts), "key-undeletable")
        place.fake.mastodon.deletes = False

        with pytest.raises(Refused) as caught:
            place.network.delete(receipt, place.login)

        assert caught.value.code == "delete_unknown"

    def test_nothing_but_names_of_posts(self, place: FakePlace) -> None:
        with pytest.raises(BadInput):
            place.network.delete(Receipt("../../apps", "", place.now()), place.login)


class TestReactions:
    def test_likes_and_what_others_wrote(self, place: FakePlace) -> None:
        mastodon = place.fake.mastodon
        receipt = place.publish(place.worded("One", "Two"), "key-reactions")
        mastodon.react(receipt.remote_id, favourites=3, reblogs=2)
        mastodon.reply_from(receipt.remote_id, "Thank you & <rest>", mastodon.people[1])
        mastodon.reply_from(receipt.more_ids[0], "Me too", mastodon.people[1])

        seen = place.network.reactions(receipt, place.login)

        assert seen is not None
        assert (seen.likes, seen.reposts, seen.reply_count) == (3, 2, 2)
        assert [(reply.author, reply.text) for reply in seen.replies] == [
            ("Robin Fenn", "Thank you & <rest>"),
            ("Robin Fenn", "Me too"),
        ]
        assert seen.replies[0].url.startswith(f"{place.server_url}/@robinfenn/")

    def test_the_mock_tells_the_same(self, mock_place: MockPlace) -> None:
        server = mock_place.server
        receipt = mock_place.publish(mock_place.worded("One", "Two"), "key-mock-reactions")
        token = server.personal.token
        server.call("POST", f"/api/v1/statuses/{receipt.remote_id}/favourite", token=token)
        given = {"status": "Thank you", "in_reply_to_id": receipt.remote_id}
        server.call("POST", "/api/v1/statuses", token=token, json=given)

        seen = mock_place.network.reactions(receipt, mock_place.login)

        assert seen is not None
        assert (seen.likes, seen.reposts, seen.reply_count) == (1, 0, 1)
        assert [reply.text for reply in seen.replies] == ["Thank you"]

    def test_a_post_that_is_gone_has_none(self, place: FakePlace) -> None:
        receipt = place.publish(place.worded("One"), "key-gone")
        place.network.delete(receipt, place.login)

        with pytest.raises(Refused) as caught:
            place.network.reactions(receipt, place.login)

        assert caught.value.code == "not_there"
