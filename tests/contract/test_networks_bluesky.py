"""Bluesky: a real server (PDS), and a real AppView for what readers do."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.contract.pursuit import pursued, renew
from tests.fakes.browsers import AnyBrowser
from tests.fakes.cutting_proxy import CuttingProxy, Instead
from tests.fakes.pictures import Pictures
from tests.servers.bluesky import BlueskyServer, bluesky, eventually
from tests.servers.bluesky_reader import BlueskyPost, read_post, read_posts
from tests.servers.pds import PdsAccount, PdsServer, pds

from twohats.model.account import account_of
from twohats.model.errors import BadInput, NetworkError, OutcomeUnknown, Refused, SignedOut, TooFast, Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import Login, Reactions
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.model.wording import LinkCard, Wording
from twohats.networks.http import Http
from twohats.networks.sites import bluesky as bluesky_site
from twohats.networks.tools import NetworkTools

__all__ = ["bluesky", "pds"]  # the fixtures

PUT, UPLOAD, GET = "com.atproto.repo.putRecord", "com.atproto.repo.uploadBlob", "com.atproto.repo.getRecord"
REFRESH, SIGN_IN = "com.atproto.server.refreshSession", "com.atproto.server.createSession"
RESOLVE = "com.atproto.identity.resolveHandle"
NONSENSE = Instead(200, b"<html><p>Accept the terms of this cafe to go on.</p></html>", {"Content-Type": "text/html"})
BROKEN = Instead(500, b'{"error":"InternalServerError","message":"Internal Server Error"}')
EXPIRED = Instead(400, b'{"error":"ExpiredToken","message":"Token has expired"}')
HALF = Instead(200, b'{"uri":"at')
TOO_FAST = Instead(429, b'{"error":"RateLimitExceeded"}', {"ratelimit-reset": "1", "Retry-After": "7"})


class BlueskyPlace(Place):
    sends = ("text", "tags")
    shows_html = False
    finds_by_key = False
    longest = 3000

    def __init__(self, server: PdsServer, account: PdsAccount | None = None, service: str = "") -> None:
        self.server = server
        self.account = account or server.new_account()
        self.pictures = Pictures()
        self.network = bluesky_site.make(
            NetworkTools(self.pictures, lambda: datetime.now(UTC), Http(pause=lambda seconds: None))
        )
        self.login = self.connect(service=service or server.url)

    def connect(self, **given: str) -> Login:
        asked = {"handle": self.account.handle, "app_password": self.account.app_password, "service": "", **given}
        (grant,) = self.network.connect("app_password", asked, AnyBrowser())
        account = account_of(Hat.PROFESSIONAL, id="b1", network="bluesky", label="", settings=grant.settings)
        return Login(account, grant.secret, grant.more)

    def posts(self) -> list[BlueskyPost]:
        posts = read_posts(self.server, self.account.did)
        assert [post.faults for post in posts] == [()] * len(posts)
        return posts

    def post_count(self) -> int:
        return len(self.posts())

    def page_of(self, receipt: Receipt) -> str:
        found = {post.uri: post for post in self.posts()}
        posts = [found[one] for one in (receipt.remote_id, *receipt.more_ids) if one in found]
        return "\n".join("\n".join((post.text, *(picture.alt for picture in post.pictures))) for post in posts)

    def lock_out(self) -> None:
        settings = {**self.login.account.settings, "service": "http://127.0.0.1:9"}
        self.login = replace(self.login, account=replace(self.login.account, settings=settings))

    def expire(self) -> None:
        self.login = replace(self.login, secret=self.server.expired(self.login.secret))

    def worded(self, *parts: str, **changes: object) -> Rendition:
        """A thread of just these parts."""
        wording = Wording("b1", Hat.PROFESSIONAL, parts)
        return self.rendition(a_draft(title="", text="Shared", wordings=(wording,), **changes))


@pytest.fixture
def place(pds: PdsServer) -> BlueskyPlace:
    return BlueskyPlace(pds)


@pytest.fixture
def proxy(pds: PdsServer) -> Iterator[CuttingProxy]:
    with CuttingProxy(pds.url) as between:
        yield between


@pytest.fixture
def far_place(pds: PdsServer, proxy: CuttingProxy) -> BlueskyPlace:
    return BlueskyPlace(pds, service=proxy.url)


class TestBlueskyContract(NetworkContract):
    @pytest.fixture
    def place(self, place: BlueskyPlace) -> Place:  # type: ignore[override]
        return place


class TestConnecting:
    def test_a_handle_leads_to_the_server_that_holds_the_account(self, place: BlueskyPlace) -> None:
        server = place.server

        login = place.connect(
            handle=f"\u202a@{place.account.handle.upper()}\u202c ",
            app_password=f" {place.account.app_password}\n",
            resolver=server.url,
            directory=server.directory_url,
        )

        settings = login.account.settings
        assert (settings["service"], settings["did"]) == (server.url, place.account.did)
        ends_at = datetime.fromisoformat(settings["expires_at"])
        assert timedelta(minutes=100) < ends_at - datetime.now(UTC) < timedelta(minutes=130)
        assert login.more["refresh"]
        for secret in (login.secret, *login.more.values()):
            assert secret not in repr(login)

    def test_whoever_signed_in_is_known_by_name_and_portrait(self, place: BlueskyPlace) -> None:
        plain = place.network.verify(place.login)
        out = io.BytesIO()
        Image.new("RGB", (64, 64), "teal").save(out, "JPEG")
        token = place.server.session(place.account)["accessJwt"]
        blob = place.server.call("com.atproto.repo.uploadBlob", out.getvalue(), token=token, kind="image/jpeg").body
        profile = {"$type": "app.bsky.actor.profile", "displayName": "Jamie Lark", "avatar": blob["blob"]}
        given = {"repo": place.account.did, "collection": "app.bsky.actor.profile", "rkey": "self", "record": profile}
        assert place.server.call("com.atproto.repo.putRecord", given, token=token).status == 200

        shown = place.network.verify(place.login)

        assert (plain.name, plain.handle) == (place.account.handle, f"@{place.account.handle}")
        assert (shown.name, shown.picture) == ("Jamie Lark", out.getvalue())
        assert shown.url == f"https://bsky.app/profile/{place.account.did}"
        assert dict(shown.settings) == {
            "service": place.server.url,
            "did": place.account.did,
            "handle": place.account.handle,
        }

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            pytest.param({"handle": "nobody.test"}, "handle_unknown", id="nobody"),
            pytest.param({"handle": "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}, "handle_unknown", id="no such identity"),
            pytest.param({"handle": "not a handle!.test"}, "handle_wrong", id="no handle"),
            pytest.param({"handle": ""}, "handle_wrong", id="empty"),
            pytest.param({"service": "ftp://pds.invalid"}, "address_wrong", id="no address"),
            pytest.param({"service": "https://[::1"}, "address_wrong", id="half an address"),
        ],
    )
    def test_what_cannot_be_is_told(self, place: BlueskyPlace, given: dict[str, str], code: str) -> None:
        with pytest.raises((Refused, BadInput)) as caught:
            place.connect(resolver=place.server.url, directory=place.server.directory_url, **given)

        assert caught.value.code == code

    def test_a_wrong_password_is_told(self, place: BlueskyPlace) -> None:
        with pytest.raises(SignedOut) as caught:
            place.connect(service=place.server.url, app_password="abcd-abcd-abcd-abcd")

        assert caught.value.code == "login_refused"
        assert "abcd" not in str(caught.value.facts)

    def test_a_server_of_something_else_is_told(self, place: BlueskyPlace, proxy: CuttingProxy) -> None:
        for instead in (NONSENSE, Instead(404, b"Not found"), Instead(405)):
            proxy.answer("POST", SIGN_IN, instead)
            with pytest.raises(Refused) as caught:
                place.connect(service=proxy.url)
            assert caught.value.code == "not_bluesky"

    def test_a_fault_on_the_way_is_no_refusal(self, place: BlueskyPlace, proxy: CuttingProxy) -> None:
        proxy.lose_answer("POST", SIGN_IN)
        with pytest.raises(Unreachable):
            place.connect(service=proxy.url)
        proxy.answer("POST", SIGN_IN, BROKEN)
        with pytest.raises(Unreachable):
            place.connect(service=proxy.url)
        proxy.answer("POST", SIGN_IN, TOO_FAST)
        with pytest.raises(TooFast) as caught:
            place.connect(service=proxy.url)
        assert caught.value.retry_after_s == 7

    def test_a_suspended_account_is_told(self, place: BlueskyPlace, proxy: CuttingProxy) -> None:
        proxy.answer(
            "POST", SIGN_IN, Instead(401, b'{"error":"AccountTakedown","message":"Account has been taken down"}')
        )

        with pytest.raises(Refused) as caught:
            place.connect(service=proxy.url)

        assert caught.value.code == "account_closed"


class TestRenewing:
    def test_the_next_pair_takes_the_place_of_the_old_and_no_new_login_is_spent(
        self, far_place: BlueskyPlace, proxy: CuttingProxy
    ) -> None:
        before = len([one for one in proxy.passed if SIGN_IN in one])
        far_place.expire()

        renewal = far_place.network.renew(far_place.login)

        assert renewal.secret != far_place.login.secret
        assert renewal.more["refresh"] != far_place.login.more["refresh"]
        assert set(renewal.more) == {"refresh"}
        assert renewal.expires_at is not None
        assert len([one for one in proxy.passed if SIGN_IN in one]) == before
        far_place.network.verify(replace(far_place.login, secret=renewal.secret))

    def test_when_the_session_has_ended_the_app_password_begins_another(self, place: BlueskyPlace) -> None:
        place.network.revoke(place.login)
        place.network.revoke(place.login)

        renewal = place.network.renew(place.login)

        place.network.verify(replace(place.login, secret=renewal.secret))

    def test_a_token_that_ended_is_signed_out(self, place: BlueskyPlace) -> None:
        place.expire()

        with pytest.raises(SignedOut):
            place.network.verify(place.login)
        with pytest.raises(SignedOut):
            place.publish(place.worded("One"), "key-expired")

    def test_an_app_password_that_was_taken_back_signs_out(self, place: BlueskyPlace) -> None:
        place.server.revoke(place.account)
        place.network.revoke(place.login)

        with pytest.raises(SignedOut) as caught:
            place.network.renew(place.login)

        assert caught.value.code == "signed_out"

    @pytest.mark.parametrize(
        "instead", [BROKEN, NONSENSE, Instead(502, b"<html>Bad gateway</html>"), Instead(200), Instead(200, b'{"did"')]
    )
    def test_a_fault_on_the_way_disconnects_nobody(
        self, far_place: BlueskyPlace, proxy: CuttingProxy, instead: Instead
    ) -> None:
        proxy.answer("POST", REFRESH, instead)
        with pytest.raises(Unreachable):
            far_place.network.renew(far_place.login)
        proxy.answer("POST", REFRESH, EXPIRED)
        proxy.answer("POST", SIGN_IN, instead)
        with pytest.raises(Unreachable):
            far_place.network.renew(far_place.login)

    def test_a_lost_answer_to_renewing_loses_nothing(self, far_place: BlueskyPlace, proxy: CuttingProxy) -> None:
        proxy.lose_answer("POST", REFRESH)
        with pytest.raises(Unreachable):
            far_place.network.renew(far_place.login)

        renew(far_place)

        far_place.network.verify(far_place.login)


class TestRendering:
    def test_a_long_text_becomes_a_thread_that_says_all_of_it(self, place: BlueskyPlace) -> None:
        text = " ".join(f"Sentence number {number} about rest 🌙." for number in range(40))

        rendition = place.rendition(a_draft(title="", text=text))

        assert " ".join(part.text for part in rendition.parts) == text
        assert all(part.count.used <= 300 for part in rendition.parts)

    def test_both_limits_count(self, place: BlueskyPlace) -> None:
        families = "👨‍👩‍👧‍👦"
        most = place.worded(families * 120)
        over = place.worded(families * 121)

        assert (most.problems, over.problems) == ((), ("too_long",))
        assert (over.count.used, over.count.limit, over.count.unit) == (3025, 3000, "bytes")
        assert place.worded("a" * 301).problems == ("too_long",)
        place.publish(most, "key-most")

    def test_what_bluesky_has_no_place_for_is_told(self, place: BlueskyPlace) -> None:
        media = tuple(place.pictures.draw(colour, "A kite") for colour in ("red", "blue", "green", "gold", "pink"))
        media = (replace(media[0], size_bytes=3_000_000), *media[1:])

        rendition = place.rendition(a_draft(text="Ask @jamie.example", warning="Grief", media=media))

        assert set(rendition.notes) == {
            "pictures_left_out",
            "pictures_made_smaller",
            "title_left_out",
            "warning_left_out",
            "mentions_looked_up",
        }

    def test_the_card_of_a_link_is_shown_unless_there_are_pictures(self, place: BlueskyPlace) -> None:
        card = LinkCard("https://example.org/rest", "Rest", "About rest")
        draft = a_draft(text="See https://example.org/rest", cards=(card,))

        assert place.rendition(draft).card == card
        assert place.rendition(replace(draft, media=(place.pictures.draw("red", "A kite"),))).card is None


class TestPublishing:
    def test_a_thread_hangs_together_and_is_known_by_all_its_parts(self, place: BlueskyPlace) -> None:
        receipt = place.publish(place.worded("One", "Two", "Three"), "key-thread")

        first, second, third = place.posts()
        assert (receipt.remote_id, receipt.more_ids) == (first.uri, (second.uri, third.uri))
        assert receipt.url == f"https://bsky.app/profile/{place.account.did}/post/{first.key}"
        assert [(post.root, post.parent) for post in (first, second, third)] == [
            ("", ""),
            (first.uri, first.uri),
            (first.uri, second.uri),
        ]
        assert first.created_at < second.created_at < third.created_at

    def test_words_lead_where_they_say(self, place: BlueskyPlace) -> None:
        text = "Grüße 🌙 @personal.test and @nobody.test: https://example.org/ä_b?c=1, example.org #Schlaf #rest!"

        receipt = place.publish(place.worded(text, language="de"), "key-facets")

        (post,) = place.posts()
        assert post.text == text
        assert post.languages == ("de",)
        assert [(facet.kind, facet.words, facet.target) for facet in post.facets] == [
            ("mention", "@personal.test", place.server.personal.did),
            ("link", "https://example.org/ä_b?c=1", "https://example.org/ä_b?c=1"),
            ("link", "example.org", "https://example.org"),
            ("tag", "#Schlaf", "Schlaf"),
            ("tag", "#rest", "rest"),
        ]
        assert receipt.note == "mentions_plain: @nobody.test"

    def test_a_hashtag_that_is_too_long_stays_text(self, place: BlueskyPlace) -> None:
        place.publish(place.worded(f"#{'a' * 64} #{'b' * 65}"), "key-tags")

        assert [facet.target for facet in place.posts()[0].facets] == ["a" * 64]

    def test_pictures_go_with_the_first_part_in_their_own_shape(self, place: BlueskyPlace) -> None:
        red, plain = place.pictures.draw("red", "A red kite"), place.pictures.draw("blue", "")

        place.publish(place.worded("One", "Two", media=(red, plain)), "key-first")

        first, second = place.posts()
        assert [(picture.alt, picture.shape) for picture in first.pictures] == [
            ("A red kite", (64, 48)),
            ("", (64, 48)),
        ]
        assert first.pictures[0].content == place.pictures.read(red.digest)
        assert second.pictures == ()

    def test_a_large_picture_is_made_smaller(self, place: BlueskyPlace) -> None:
        noise = Image.effect_noise((1800, 1200), 120).convert("RGB")
        picture = place.pictures.keep(noise, "PNG", "Noise")
        assert picture.size_bytes > 2_000_000

        place.publish(place.worded("Noise", media=(picture,)), "key-noise")

        (shown,) = place.posts()[0].pictures
        assert len(shown.content) <= 950_000
        with Image.open(io.BytesIO(shown.content)) as opened:
            assert shown.shape == opened.size

    def test_a_picture_alone_is_a_post(self, place: BlueskyPlace) -> None:
        rendition = place.rendition(a_draft(title="", text="", media=(place.pictures.draw("red", "A kite"),)))

        assert place.page_of(place.publish(rendition, "key-picture")) == "\nA kite"

    def test_a_card_goes_with_the_part_that_has_its_link(self, place: BlueskyPlace) -> None:
        thumb = place.pictures.draw("teal", "")
        card = LinkCard("https://example.org/rest", "Rest", "About rest", thumb.digest, thumb.mime)
        place.publish(place.worded("One", "See example.org/rest", cards=(card,)), "key-card")

        first, second = place.posts()
        assert first.card is None
        assert second.card is not None
        assert (second.card.address, second.card.title, second.card.description) == (card.url, "Rest", "About rest")
        assert second.card.picture == place.pictures.read(thumb.digest)

    def test_a_card_without_a_picture_is_one(self, place: BlueskyPlace) -> None:
        card = LinkCard("https://example.org", "Sleep")
        place.publish(place.worded("See https://example.org", cards=(card,)), "key-bare-card")

        shown = place.posts()[0].card
        assert shown is not None
        assert (shown.title, shown.picture) == ("Sleep", b"")

    def test_uploads_that_the_server_has_forgotten_are_brought_anew(
        self, far_place: BlueskyPlace, proxy: CuttingProxy
    ) -> None:
        rendition = far_place.worded("One", media=(far_place.pictures.draw("red", "A kite"),))
        proxy.answer("POST", PUT, TOO_FAST)
        with pytest.raises(TooFast):
            far_place.publish(rendition, "key-forgotten")
        journal = far_place.journal("key-forgotten")
        kept = json.loads(journal.steps["blob.0"])
        kept["blob"]["ref"]["$link"] = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
        journal.note("blob.0", json.dumps(kept))

        far_place.publish(rendition, "key-forgotten")

        assert [len(post.pictures) for post in far_place.posts()] == [1]

    def test_a_picture_that_the_server_does_not_take_is_told(
        self, far_place: BlueskyPlace, proxy: CuttingProxy
    ) -> None:
        proxy.answer("POST", UPLOAD, Instead(413, b'{"error":"PayloadTooLarge"}'))

        with pytest.raises(Refused) as caught:
            far_place.publish(far_place.worded("One", media=(far_place.pictures.draw("red", ""),)), "key-413")

        assert (caught.value.code, caught.value.facts) == ("picture_refused", {"name": "image-1.jpg"})
        assert far_place.post_count() == 0

    def test_a_post_approved_earlier_bears_the_time_when_it_was_sent(self, place: BlueskyPlace) -> None:
        rendition = place.rendition(a_draft(text="Late"), datetime.now(UTC) - timedelta(days=3))

        place.publish(rendition, "key-late")

        age = datetime.now(UTC) - datetime.fromisoformat(place.posts()[0].created_at)
        assert timedelta() <= age < timedelta(minutes=1)

    def test_two_deliveries_of_the_same_text_at_the_same_time_are_two_posts(self, place: BlueskyPlace) -> None:
        rendition = place.worded("Rest well")

        place.publish(rendition, "key-one")
        place.publish(rendition, "key-two")

        assert [post.text for post in place.posts()] == ["Rest well"] * 2


def _thread(place: BlueskyPlace) -> Rendition:
    """Every call that sending makes, in one thread."""
    thumb = place.pictures.draw("teal", "")
    card = LinkCard("https://example.org", "Sleep", "", thumb.digest, thumb.mime)
    return place.worded("One for @personal.test", "Two https://example.org", "Three", cards=(card,))


FAULTS = {
    "nothing left": lambda proxy, part: proxy.lose_request("POST", part),
    "taken, and no answer": lambda proxy, part: proxy.lose_answer("POST", part),
    "500 twice, nothing taken": lambda proxy, part: proxy.answer("POST", part, BROKEN, 2),
    "500, and taken": lambda proxy, part: proxy.answer("POST", part, BROKEN, is_taken=True),
    "502 page": lambda proxy, part: proxy.answer("POST", part, Instead(502, b"<html>cloudflare</html>")),
    "expired": lambda proxy, part: proxy.answer("POST", part, EXPIRED),
    "401": lambda proxy, part: proxy.answer("POST", part, Instead(401, b'{"error":"AuthMissing"}')),
    "too fast": lambda proxy, part: proxy.answer("POST", part, TOO_FAST),
    "a page, and taken": lambda proxy, part: proxy.answer("POST", part, NONSENSE, is_taken=True),
    "empty, and taken": lambda proxy, part: proxy.answer("POST", part, Instead(200), is_taken=True),
    "half an answer, and taken": lambda proxy, part: proxy.answer(
        "POST", part, Instead(200, b'{"uri":"at'), is_taken=True
    ),
}


class TestFaults:
    @pytest.mark.parametrize("call", [PUT, UPLOAD])
    @pytest.mark.parametrize("fault", FAULTS)
    def test_never_two_and_never_none(
        self, far_place: BlueskyPlace, proxy: CuttingProxy, call: str, fault: str
    ) -> None:
        FAULTS[fault](proxy, call)

        receipt, problems = pursued(far_place, _thread(far_place), "key-fault")

        posts = far_place.posts()
        assert [post.text for post in posts] == ["One for @personal.test", "Two https://example.org", "Three"]
        assert (receipt.remote_id, *receipt.more_ids) == tuple(post.uri for post in posts)
        assert posts[1].card is not None
        assert problems
        assert proxy.cuts == []

    @pytest.mark.parametrize("skipped", [1, 2])
    def test_an_answer_that_is_lost_in_the_middle_of_a_thread(
        self, far_place: BlueskyPlace, proxy: CuttingProxy, skipped: int
    ) -> None:
        rendition = far_place.worded("One", "Two", "Three")
        far_place.journal("key-middle").note = _cutting_after(  # type: ignore[method-assign]
            far_place, "key-middle", f"part.{skipped - 1}", lambda: proxy.lose_answer("POST", PUT)
        )

        receipt, problems = pursued(far_place, rendition, "key-middle")

        assert [type(problem) for problem in problems] == [OutcomeUnknown]
        assert [post.text for post in far_place.posts()] == ["One", "Two", "Three"]
        assert len(receipt.more_ids) == 2

    def test_faults_in_looking_leave_it_unknown(self, far_place: BlueskyPlace, proxy: CuttingProxy) -> None:
        rendition = far_place.worded("One")
        proxy.lose_answer("POST", PUT)
        proxy.answer("GET", GET, BROKEN)
        proxy.answer("GET", GET, EXPIRED)
        proxy.answer("GET", GET, NONSENSE)

        receipt, problems = pursued(far_place, rendition, "key-look")

        assert [type(problem) for problem in problems] == [OutcomeUnknown, OutcomeUnknown, SignedOut, OutcomeUnknown]
        assert far_place.post_count() == 1
        assert receipt.remote_id == far_place.posts()[0].uri

    def test_who_is_mentioned_is_asked_until_it_is_known(self, far_place: BlueskyPlace, proxy: CuttingProxy) -> None:
        proxy.answer("GET", RESOLVE, BROKEN, 2)

        _, problems = pursued(far_place, _thread(far_place), "key-mention")

        assert [type(problem) for problem in problems] == [Unreachable, Unreachable]
        assert [facet.kind for facet in far_place.posts()[0].facets] == ["mention"]

    def test_a_second_writing_of_a_part_is_the_same_record(self, far_place: BlueskyPlace, proxy: CuttingProxy) -> None:
        rendition = far_place.worded("One", "Two")
        far_place.publish(rendition, "key-again")
        before = [(post.uri, post.cid) for post in far_place.posts()]
        far_place.lose_answers("key-again")
        proxy.answer("GET", GET, Instead(400, b'{"error":"RecordNotFound"}'), 2)

        far_place.publish(rendition, "key-again")

        assert [(post.uri, post.cid) for post in far_place.posts()] == before

    def test_a_server_that_is_down_is_waited_for(self, place: BlueskyPlace) -> None:
        rendition = place.worded("One")
        with place.server.down(), pytest.raises(Unreachable):
            place.publish(rendition, "key-down")

        place.publish(rendition, "key-down")

        assert place.post_count() == 1

    def test_what_is_wrong_with_a_record_is_a_refusal(self, place: BlueskyPlace) -> None:
        with pytest.raises(Refused) as caught:
            place.publish(place.worded("a" * 301), "key-long")

        assert caught.value.code == "refused"
        assert place.post_count() == 0

    def test_a_closed_account_is_told(self, far_place: BlueskyPlace, proxy: CuttingProxy) -> None:
        proxy.answer("POST", PUT, Instead(401, b'{"error":"AccountDeactivated","message":"Account is deactivated"}'))

        with pytest.raises(Refused) as caught:
            far_place.publish(far_place.worded("One"), "key-closed")

        assert caught.value.code == "account_closed"


class TestTakingDown:
    def test_a_thread_goes_from_its_end(self, far_place: BlueskyPlace, proxy: CuttingProxy) -> None:
        receipt = far_place.publish(far_place.worded("One", "Two", "Three"), "key-down")
        delete = "com.atproto.repo.deleteRecord"
        proxy.lose_request("POST", delete)
        with pytest.raises(Unreachable):
            far_place.network.delete(receipt, far_place.login)
        assert far_place.post_count() == 3

        proxy.lose_answer("POST", delete)
        with pytest.raises(Unreachable):
            far_place.network.delete(receipt, far_place.login)
        assert [post.text for post in far_place.posts()] == ["One", "Two"]

        far_place.network.delete(receipt, far_place.login)
        assert far_place.post_count() == 0

    @pytest.mark.parametrize("uri", ["", "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3kaaaaaaaaa22", "x"])
    def test_nothing_but_own_posts(self, place: BlueskyPlace, uri: str) -> None:
        with pytest.raises(BadInput):
            place.network.delete(Receipt(uri, "", datetime.now(UTC)), place.login)


class TestReactions:
    def test_without_an_appview_they_are_not_available(self, place: BlueskyPlace) -> None:
        receipt = place.publish(place.worded("One"), "key-no-appview")

        assert place.network.reactions(receipt, place.login) is None

    def test_likes_reposts_and_answers_of_others(self, bluesky: BlueskyServer) -> None:
        place = BlueskyPlace(bluesky)
        receipt = place.publish(place.worded("One", "Two"), "key-reactions")
        first, second = (read_post(bluesky, uri) for uri in (receipt.remote_id, *receipt.more_ids))
        assert first is not None
        assert second is not None
        bluesky.like(bluesky.personal, first)
        bluesky.repost(bluesky.personal, first)
        bluesky.answer(bluesky.personal, first, "Thank you")
        bluesky.answer(bluesky.professional, second, "Me too")

        def read() -> Reactions | None:
            try:
                return place.network.reactions(receipt, place.login)
            except NetworkError:
                return None

        seen = eventually(read, lambda told: told is not None and len(told.replies) == 2 and bool(told.likes))

        assert seen is not None
        assert (seen.likes, seen.reposts, seen.reply_count) == (1, 1, 2)
        assert [(reply.author, reply.text) for reply in seen.replies] == [
            ("personal.test", "Thank you"),
            ("professional.test", "Me too"),
        ]
        assert seen.replies[0].url.startswith(f"https://bsky.app/profile/{bluesky.personal.did}/post/")

    def test_a_post_that_is_gone_has_none(self, bluesky: BlueskyServer) -> None:
        place = BlueskyPlace(bluesky)
        receipt = place.publish(place.worded("One"), "key-gone")
        place.network.delete(receipt, place.login)

        def read() -> str:
            try:
                place.network.reactions(receipt, place.login)
            except Refused as problem:
                return problem.code
            return ""

        assert eventually(read, bool) == "not_there"


def _cutting_after(place: BlueskyPlace, key: str, step: str, cut: object) -> object:
    journal = place.journal(key)

    def note(name: str, value: str) -> None:
        journal.steps[name] = value
        if name == step:
            cut()  # type: ignore[operator]

    return note
