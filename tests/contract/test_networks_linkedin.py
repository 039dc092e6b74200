"""LinkedIn, against a strict fake of it."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from PIL import Image
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.fakes.browsers import AnyBrowser
from tests.fakes.pictures import Pictures
from tests.fakes.strict import Fault, PersonAtConsent, Response, StrictFake
from tests.fakes.strict.oauth import Token

from twohats.gui import wording
from twohats.gui.composer.receipt_notes import receipt_notes
from twohats.model.account import account_of
from twohats.model.errors import BadInput, NetworkError, OutcomeUnknown, Refused, SignedOut, TooFast, Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import NOT_THERE, Login
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.model.wording import LinkCard, Wording
from twohats.networks.http import Http
from twohats.networks.sites import linkedin as linkedin_site
from twohats.networks.tools import NetworkTools

POST, INITIALIZE, PUT = "POST /rest/posts", "POST /rest/images", "PUT /dms-uploads/*"
TEXT = (
    "Rest (see p. 3), snake_case, a < b | c {d} [e] 5 * 3 ~g~ h\\i @j #Sleep #well_being https://example.org/a_b?c=(d)"
)


class LinkedInPlace(Place):
    sends = ("text", "tags")
    shows_html = False
    finds_by_key = False
    longest = 2_900

    def __init__(self, fake: StrictFake) -> None:
        self.fake = fake
        self.pictures = Pictures()
        self.paused: list[float] = []
        self.network = linkedin_site.make(NetworkTools(self.pictures, self.now, Http(read_s=5, pause=self.pause)))
        self.sign_in(fake.give_token("linkedin"))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.fake.clock.now_s(), UTC)

    def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.fake.advance(seconds)

    def sign_in(self, token: Token, **settings: str) -> None:
        fake = self.fake.linkedin
        settings = {"api_root": fake.url, "client_id": fake.client_id, "user_id": token.person.id, **settings}
        account = account_of(Hat.PROFESSIONAL, id="l1", network="linkedin", label="Jamie Lark", settings=settings)
        self.login = Login(account, token.access, {"refresh": token.refresh, "client_secret": fake.client_secret})

    def post_count(self) -> int:
        return len(self.fake.posts("linkedin"))

    def page_of(self, receipt: Receipt) -> str:
        posts = [post for post in self.fake.posts("linkedin") if post.id == receipt.remote_id]
        return "\n".join("\n".join((post.text, *(picture.alt for picture in post.pictures))) for post in posts)

    def lock_out(self) -> None:
        settings = {**self.login.account.settings, "api_root": "http://127.0.0.1:9"}
        self.login = replace(self.login, account=replace(self.login.account, settings=settings))

    def texts(self) -> list[str]:
        return [post.text for post in self.fake.posts("linkedin")]

    def fail(self, match: str, what: Fault | Response, times: int = 1, **how: float) -> None:
        self.fake.fail_next("linkedin", match, what, times, **how)  # type: ignore[arg-type]

    def saying(self, text: str, **changes: object) -> Rendition:
        return self.rendition(a_draft(title="", text=text, **changes))


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("linkedin") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def place(fake: StrictFake) -> LinkedInPlace:
    return LinkedInPlace(fake)


class TestLinkedInContract(NetworkContract):
    @pytest.fixture
    def place(self, place: LinkedInPlace) -> Place:  # type: ignore[override]
        return place

    def test_when_the_place_cannot_be_reached_nobody_says_it_is_not_there(self, place: Place) -> None:
        """It is never asked: LinkedIn itself keeps a second one out for a day. After that, nobody can say."""
        rendition = place.rendition(a_draft(title="Lost sight"))
        place.publish(rendition, "key-lost")
        place.lose_answers("key-lost")
        place.lock_out()
        place.fake.advance(21 * 3600)  # type: ignore[attr-defined]

        with pytest.raises(OutcomeUnknown) as caught:
            place.find(rendition, "key-lost")

        assert caught.value.code == "cannot_look"


class TestConnecting:
    def connect(self, place: LinkedInPlace, person: PersonAtConsent | AnyBrowser, **given: str) -> Login:
        fake = place.fake.linkedin
        keys = {"client_id": f" {fake.client_id}", "client_secret": f"{fake.client_secret}\n", "api_root": fake.url}
        (grant,) = place.network.connect("own_app", {**keys, **given}, person)
        account = account_of(Hat.PROFESSIONAL, id="l2", network="linkedin", label="", settings=grant.settings)
        return Login(account, grant.secret, grant.more)

    def test_consent_in_the_browser_gives_a_login_that_knows_who_it_is(self, place: LinkedInPlace) -> None:
        person = PersonAtConsent()

        login = self.connect(place, person)
        person.wait_until_done()
        profile = place.network.verify(login)

        assert (profile.name, profile.settings) == ("Jamie Lark", (("user_id", place.fake.linkedin.person.id),))
        assert profile.picture.startswith(b"GIF8")
        days = datetime.fromisoformat(login.account.settings["expires_at"]) - place.now()
        assert timedelta(days=59) < days <= timedelta(days=60)
        assert login.more == {"refresh": "", "client_secret": place.fake.linkedin.client_secret}
        assert login.more["client_secret"] not in repr(login)
        query = parse_qs(urlsplit(person.visited[0]).query)
        assert "code_challenge" not in query
        assert query["redirect_uri"] == ["http://127.0.0.1:47131/callback"]

    def test_who_says_no_is_believed(self, place: LinkedInPlace) -> None:
        with pytest.raises(Refused) as caught:
            self.connect(place, PersonAtConsent(approves=False))

        assert caught.value.code == "connect_refused"

    def test_a_wrong_secret_is_told(self, place: LinkedInPlace) -> None:
        with pytest.raises(Refused) as caught:
            self.connect(place, PersonAtConsent(), client_secret="guess")

        assert caught.value.code == "app_keys_wrong"

    def test_giving_up_ends_the_waiting(self, place: LinkedInPlace) -> None:
        browser = AnyBrowser(lambda url: browser.stop())

        with pytest.raises(Refused) as caught:
            self.connect(place, browser)

        assert caught.value.code == "connect_cancelled"


class TestRenewing:
    def test_most_cannot_be_renewed(self, place: LinkedInPlace) -> None:
        assert place.network.renew(place.login) is None

    def test_a_partner_gets_a_fresh_token(self, place: LinkedInPlace) -> None:
        place.fake.linkedin.may_refresh_tokens = True
        place.sign_in(place.fake.give_token("linkedin"))
        place.fake.advance(61 * 86400)

        renewal = place.network.renew(place.login)

        assert renewal is not None
        assert renewal.expires_at is not None
        assert renewal.expires_at - place.now() > timedelta(days=59)
        place.network.verify(replace(place.login, secret=renewal.secret))

    def test_after_a_year_only_signing_in_anew_helps(self, place: LinkedInPlace) -> None:
        place.sign_in(replace(place.fake.give_token("linkedin"), refresh="long gone"))

        with pytest.raises(SignedOut):
            place.network.renew(place.login)

    @pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.PAGE])
    def test_a_fault_on_the_way_disconnects_nobody(self, place: LinkedInPlace, fault: Fault) -> None:
        place.sign_in(replace(place.fake.give_token("linkedin"), refresh="any"))
        place.fail("POST /oauth/v2/accessToken", fault)

        with pytest.raises(Unreachable):
            place.network.renew(place.login)

    def test_letting_go_asks_nothing_of_linkedin(self, place: LinkedInPlace) -> None:
        place.network.revoke(place.login)

        assert place.fake.linkedin.requests == []


class TestRendering:
    def test_the_text_is_counted_as_it_is_read(self, place: LinkedInPlace) -> None:
        rendition = place.saying("(" * 1500 + "_" * 1500)

        assert (rendition.count.used, rendition.count.limit, rendition.problems) == (3000, 3000, ())
        assert place.saying("(" * 3001).problems == ("too_long",)
        assert place.saying("👍" * 1501).problems == ("too_long",)

    def test_there_are_no_threads(self, place: LinkedInPlace) -> None:
        wording = Wording("l1", Hat.PROFESSIONAL, ("One", "Two"))

        rendition = place.rendition(a_draft(wordings=(wording,)))

        assert [part.text for part in rendition.parts] == ["One\n\nTwo"]

    @pytest.mark.parametrize(
        ("draft", "account", "sent"),
        [
            ("", "", "PUBLIC"),
            ("", "CONNECTIONS", "CONNECTIONS"),
            ("CONNECTIONS", "PUBLIC", "CONNECTIONS"),
            ("PUBLIC", "CONNECTIONS", "PUBLIC"),
            ("", "friends", "CONNECTIONS"),
        ],
    )
    def test_who_may_read_it_is_always_said(self, place: LinkedInPlace, draft: str, account: str, sent: str) -> None:
        settings = {"audience": account} if account else {}
        place.sign_in(place.fake.give_token("linkedin"), **settings)
        rendition = place.saying("Rest", audiences={"l1": draft} if draft else {})

        place.publish(rendition, "key-audience")

        assert rendition.audience == sent
        assert place.fake.posts("linkedin")[0].visibility == sent

    def test_what_linkedin_has_no_place_for_is_told(self, place: LinkedInPlace) -> None:
        rendition = place.rendition(a_draft(title="T", warning="Grief"))

        assert rendition.notes == ("title_left_out", "warning_left_out")


class TestPublishing:
    def test_every_sign_arrives(self, place: LinkedInPlace) -> None:
        receipt = place.publish(place.saying(f"{TEXT}\n\nThe end."), "key-signs")

        assert place.texts() == [f"{TEXT}\n\nThe end."]
        assert receipt.url == f"https://www.linkedin.com/feed/update/{receipt.remote_id}/"
        assert receipt.remote_id == place.fake.posts("linkedin")[0].id
        assert "{hashtag|\\#|Sleep}" in place.fake.posts("linkedin")[0].sent["commentary"]

    def test_one_picture_or_many(self, place: LinkedInPlace) -> None:
        red, blue = place.pictures.draw("red", "Red (kite)"), place.pictures.draw("blue", "")

        place.publish(place.saying("One", media=(red,)), "key-one")
        place.publish(place.saying("Two", media=(red, blue)), "key-two")

        one, two = place.fake.posts("linkedin")
        assert [(picture.alt, picture.digest) for picture in one.pictures] == [("Red (kite)", red.digest)]
        assert [picture.alt for picture in two.pictures] == ["Red (kite)", ""]
        assert place.paused == [3, 3]

    def test_a_picture_that_linkedin_is_still_at_work_on_is_waited_for(self, place: LinkedInPlace) -> None:
        place.fake.linkedin.pictures_take_s = 8
        rendition = place.saying("Look", media=(place.pictures.draw("red", "A kite"),))

        place.publish(rendition, "key-wait")

        assert place.paused == [3, 10]
        assert place.post_count() == 1

    def test_one_that_takes_much_longer_is_tried_later_and_not_brought_again(self, place: LinkedInPlace) -> None:
        place.fake.linkedin.pictures_take_s = 100
        rendition = place.saying("Look", media=(place.pictures.draw("red", "A kite"),))

        with pytest.raises(TooFast) as caught:
            place.publish(rendition, "key-long")
        place.fake.advance(caught.value.retry_after_s + 60)
        place.publish(rendition, "key-long")

        assert caught.value.code == "picture_not_ready"
        assert place.fake.linkedin.count(INITIALIZE) == 1
        assert place.post_count() == 1

    def test_the_card_of_a_link_with_its_picture(self, place: LinkedInPlace) -> None:
        thumb = place.pictures.draw("gold", "")
        card = LinkCard("https://example.org/a_b", "On (rest) " * 40, "Why it helps", thumb.digest, "image/jpeg")

        rendition = place.saying("Read https://example.org/a_b", cards=(card,))
        place.publish(rendition, "key-card")

        link = place.fake.posts("linkedin")[0].link
        assert rendition.card is not None
        assert link["title"] == rendition.card.title == ("On (rest) " * 40)[:200].strip()
        assert (link["source"], link["description"]) == ("https://example.org/a_b", "Why it helps")
        assert place.fake.linkedin.pictures[link["thumbnail"]].digest == thumb.digest

    def test_a_card_without_a_title_gets_the_name_of_its_site(self, place: LinkedInPlace) -> None:
        place.publish(place.saying("See example.org", cards=(LinkCard("https://example.org", " "),)), "key-bare")

        assert place.fake.posts("linkedin")[0].link == {"source": "https://example.org", "title": "example.org"}

    def test_pictures_take_the_place_of_a_card(self, place: LinkedInPlace) -> None:
        cards = (LinkCard("https://example.org", "A page"),)

        rendition = place.saying("See example.org", cards=cards, media=(place.pictures.draw("red", "A kite"),))

        assert rendition.card is None

    def test_a_card_whose_picture_is_gone_stops_the_post(self, place: LinkedInPlace) -> None:
        cards = (LinkCard("https://example.org", "A page", "", "0" * 64, "image/jpeg"),)

        with pytest.raises(BadInput) as caught:
            place.publish(place.saying("See example.org", cards=cards), "key-no-thumb")

        assert caught.value.code == "picture_missing"

    def test_a_picture_that_linkedin_does_not_take_is_told(self, place: LinkedInPlace) -> None:
        place.fail(PUT, Response(400, None))

        with pytest.raises(Refused) as caught:
            place.publish(place.saying("Look", media=(place.pictures.draw("red", "A kite"),)), "key-refused")

        assert (caught.value.code, caught.value.facts) == ("picture_refused", {"name": "image-1.jpg"})
        assert place.post_count() == 0

    def test_a_picture_of_another_kind_goes_as_a_jpeg(self, place: LinkedInPlace) -> None:
        out = io.BytesIO()
        Image.new("RGB", (40, 30), "red").save(out, "WEBP")
        digest = hashlib.sha256(out.getvalue()).hexdigest()
        place.pictures.add(digest, out.getvalue())
        picture = replace(place.pictures.draw("red", "A kite"), mime="image/webp", digest=digest)

        place.publish(place.saying("Look", media=(picture,)), "key-webp")

        assert place.fake.posts("linkedin")[0].pictures[0].mime == "image/jpeg"

    def test_the_version_is_that_of_the_data_or_of_the_account(self, place: LinkedInPlace) -> None:
        place.publish(place.saying("One"), "key-1")
        place.sign_in(place.fake.give_token("linkedin"), version="202603")
        place.publish(place.saying("Two"), "key-2")

        told = [one.headers["linkedin-version"] for one in place.fake.linkedin.requests]
        assert told == ["202607", "202603"]

    def test_the_token_goes_to_linkedin_alone(self, place: LinkedInPlace) -> None:
        value = {"uploadUrl": "http://127.0.0.1:9/elsewhere", "image": "urn:li:image:C4E"}
        place.fail(INITIALIZE, Response(200, {"value": value}))
        rendition = place.saying("Look", media=(place.pictures.draw("red", "A kite"),))

        with pytest.raises(Refused) as caught:
            place.publish(rendition, "key-elsewhere")

        assert caught.value.code == "site_not_https"


class TestRefusals:
    def test_a_text_that_was_there_before_is_told(self, place: LinkedInPlace) -> None:
        receipt = place.publish(place.saying("Rest"), "key-1")
        place.network.delete(receipt, place.login)

        with pytest.raises(Refused) as caught:
            place.publish(place.saying("Rest"), "key-2")

        assert caught.value.code == "duplicate_unseen"
        assert place.post_count() == 0

    def test_a_text_that_is_there_stands_alone_and_another_word_goes_out(self, place: LinkedInPlace) -> None:
        place.publish(place.saying("Rest"), "key-1")

        for _ in range(2):  # trying again changes nothing
            with pytest.raises(Refused) as caught:
                place.publish(place.saying("Rest"), "key-2")
            assert wording.error(caught.value).startswith("LinkedIn says that this text of yours is there already")
        place.publish(place.saying("Rest well"), "key-3")

        assert sorted(place.texts()) == ["Rest", "Rest well"]

    @pytest.mark.parametrize("version", ["202511", "202512", "2026-07"])
    def test_a_version_that_has_ended_is_told_plainly(self, place: LinkedInPlace, version: str) -> None:
        place.sign_in(place.fake.give_token("linkedin"), version=version)

        with pytest.raises(Refused) as caught:
            place.publish(place.saying("Rest"), "key-version")

        assert caught.value.code == "version_ended"

    def test_an_app_without_its_product_is_told(self, place: LinkedInPlace) -> None:
        place.sign_in(place.fake.give_token("linkedin", scopes=("openid", "profile")))

        with pytest.raises(Refused) as caught:
            place.publish(place.saying("Rest"), "key-scope")

        assert caught.value.code == "app_may_not"

    def test_a_login_that_ended_waits_for_the_person(self, place: LinkedInPlace) -> None:
        place.fake.advance(60 * 86400 + 1)

        with pytest.raises(SignedOut):
            place.publish(place.saying("Rest"), "key-ended")

    def test_an_allowance_that_is_used_up_comes_back_at_midnight(self, place: LinkedInPlace) -> None:
        place.fail(POST, Fault.TOO_FAST)

        with pytest.raises(TooFast) as caught:
            place.publish(place.saying("Rest"), "key-day")

        now = datetime.now(UTC)
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        assert abs(caught.value.retry_after_s - (midnight - now).total_seconds()) < 30

    def test_a_wait_in_seconds_is_believed(self, place: LinkedInPlace) -> None:
        place.fail(POST, Fault.TOO_FAST_SECONDS)

        with pytest.raises(TooFast) as caught:
            place.publish(place.saying("Rest"), "key-wait")

        assert caught.value.retry_after_s == 120

    def test_a_page_that_forbids_is_something_on_the_way(self, place: LinkedInPlace) -> None:
        place.fail(POST, Response(403, "<html>Request denied</html>", mime="text/html"))

        with pytest.raises(Refused) as caught:
            place.publish(place.saying("Rest"), "key-wall")

        assert caught.value.code == "turned_away"

    def test_an_account_that_was_never_looked_up_sends_nothing(self, place: LinkedInPlace) -> None:
        place.sign_in(place.fake.give_token("linkedin"), user_id="")

        with pytest.raises(BadInput):
            place.publish(place.saying("Rest"), "key-incomplete")


LOST = [
    *(Fault.CUT_AFTER, Fault.SERVER_ERROR_TAKEN, Fault.PAGE_TAKEN, Fault.EMPTY),
    *(Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.PAGE, Fault.BAD_GATEWAY, Fault.ERRORS_IN_200),
]
CERTAIN = [Fault.UNAUTHORIZED, Fault.TOO_FAST, Fault.TOO_FAST_SECONDS, Fault.REDIRECT, Fault.REDIRECT_ELSEWHERE]


class TestNeverTwice:
    @pytest.mark.parametrize("fault", LOST)
    def test_a_post_whose_answer_was_lost_is_out_once_and_known(self, place: LinkedInPlace, fault: Fault) -> None:
        rendition = place.saying(TEXT, media=(place.pictures.draw("red", "A kite"),))
        place.fail(POST, fault)

        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-lost")
        assert place.find(rendition, "key-lost") is None
        receipt = place.publish(rendition, "key-lost")

        assert [post.id for post in place.fake.posts("linkedin")] == [receipt.remote_id]
        assert place.fake.linkedin.count(INITIALIZE) == 1

    def test_a_lost_one_stays_lost_over_a_hasty_try(self, place: LinkedInPlace) -> None:
        place.fail(POST, Fault.CUT_AFTER)
        place.fail(POST, Fault.TOO_FAST_SECONDS)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.saying("Rest"), "key-haste")
        with pytest.raises(TooFast):
            place.publish(place.saying("Rest"), "key-haste")

        receipt = place.publish(place.saying("Rest"), "key-haste")

        assert [post.id for post in place.fake.posts("linkedin")] == [receipt.remote_id]

    @pytest.mark.parametrize("fault", CERTAIN)
    def test_what_was_certainly_not_taken_goes_out_later(self, place: LinkedInPlace, fault: Fault) -> None:
        place.fail(POST, fault)

        with pytest.raises((Refused, SignedOut, TooFast)):
            place.publish(place.saying("Rest"), "key-certain")
        place.publish(place.saying("Rest"), "key-certain")

        assert place.texts() == ["Rest"]

    @pytest.mark.parametrize("how", ["no words", "too late", "clock set back"])
    def test_where_linkedin_would_take_a_second_nothing_is_sent_before_the_person_has_looked(
        self, place: LinkedInPlace, how: str
    ) -> None:
        words = "" if how == "no words" else "Rest"
        rendition = place.saying(words, media=(place.pictures.draw("red", "A kite"),))
        place.fail(POST, Fault.CUT_BEFORE)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-person")
        place.fake.advance({"no words": 60, "too late": 72_001, "clock set back": -60}[how])

        for ask in (place.find, place.publish):
            with pytest.raises(OutcomeUnknown) as caught:
                ask(rendition, "key-person")
            assert caught.value.code == "cannot_look"
        assert place.fake.linkedin.count(POST) == 1

        place.fake.advance(200)
        place.journal("key-person").note(NOT_THERE, place.now().isoformat())
        assert place.find(rendition, "key-person") is None
        place.publish(rendition, "key-person")
        assert place.post_count() == 1

    def test_what_the_person_did_not_find_and_linkedin_has_is_out_and_said_to_be(self, place: LinkedInPlace) -> None:
        place.fail(POST, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.saying("Rest"), "key-late-seen")
        place.fake.advance(60)
        place.journal("key-late-seen").note(NOT_THERE, place.now().isoformat())

        receipt = place.publish(place.saying("Rest"), "key-late-seen")

        assert [post.id for post in place.fake.posts("linkedin")] == [receipt.remote_id]
        assert receipt_notes(receipt) == (wording.sentence("receipt", "there_before"),)

    def test_a_duplicate_that_names_nobody_is_there_but_nobody_knows_where(self, place: LinkedInPlace) -> None:
        place.fail(POST, Fault.CUT_AFTER)
        error = {"message": "Duplicate", "status": 422, "errorDetails": {"inputErrors": [{"code": "DUPLICATE_POST"}]}}
        with pytest.raises(OutcomeUnknown):
            place.publish(place.saying("Rest"), "key-nameless")
        place.fail(POST, Response(422, error))

        receipt = place.publish(place.saying("Rest"), "key-nameless")

        assert (receipt.remote_id, receipt.url) == ("", "")
        with pytest.raises(BadInput):
            place.network.delete(receipt, place.login)

    @pytest.mark.parametrize("fault", [*LOST, Fault.TRUNCATED])
    @pytest.mark.parametrize("call", [INITIALIZE, PUT])
    def test_a_lost_answer_before_the_post_costs_nothing(self, place: LinkedInPlace, fault: Fault, call: str) -> None:
        rendition = place.saying("Look", media=(place.pictures.draw("red", "A kite"),))
        place.fail(call, fault)

        if call == INITIALIZE or (fault is not Fault.EMPTY and fault is not Fault.TRUNCATED):
            with pytest.raises(Unreachable):
                place.publish(rendition, "key-early")
        place.publish(rendition, "key-early")

        assert place.post_count() == 1
        assert [picture.alt for picture in place.fake.posts("linkedin")[0].pictures] == ["A kite"]

    def test_an_answer_that_is_too_slow_is_a_lost_one(self, place: LinkedInPlace) -> None:
        tools = NetworkTools(place.pictures, place.now, Http(read_s=0.2, pause=place.pause))
        place.network = linkedin_site.make(tools)
        place.fail(POST, Fault.SLOW, seconds=0.6)

        with pytest.raises(OutcomeUnknown):
            place.publish(place.saying("Rest"), "key-late")
        place.publish(place.saying("Rest"), "key-late")

        assert place.texts() == ["Rest"]


class TestAfterwards:
    @pytest.mark.parametrize(
        "fault", [*LOST[:2], Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.PAGE, Fault.ERRORS_IN_200]
    )
    def test_taking_down_is_safe_to_repeat(self, place: LinkedInPlace, fault: Fault) -> None:
        receipt = place.publish(place.saying("Rest"), "key-down")
        place.fail("DELETE /rest/posts/*", fault)

        with pytest.raises(Unreachable):
            place.network.delete(receipt, place.login)
        place.network.delete(receipt, place.login)
        place.network.delete(receipt, place.login)

        assert place.post_count() == 0
        assert place.fake.linkedin.requests[-1].path.endswith(quote(receipt.remote_id, safe=""))

    def test_nobody_can_read_likes_or_replies(self, place: LinkedInPlace) -> None:
        receipt = place.publish(place.saying("Rest"), "key-likes")
        before = len(place.fake.linkedin.requests)

        assert place.network.reactions(receipt, place.login) is None
        assert len(place.fake.linkedin.requests) == before

    @pytest.mark.parametrize("fault", [*LOST, *CERTAIN, Fault.TRUNCATED])
    def test_who_it_is_may_be_asked_again_after_any_fault(self, place: LinkedInPlace, fault: Fault) -> None:
        place.fail("GET /v2/userinfo", fault, times=4)

        with pytest.raises(NetworkError):
            place.network.verify(place.login)
