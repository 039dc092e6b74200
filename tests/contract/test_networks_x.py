"""X, against a strict fake of it."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.fakes.browsers import AnyBrowser
from tests.fakes.pictures import Pictures
from tests.fakes.strict import Fault, PersonAtConsent, Response, StrictFake
from tests.fakes.strict.oauth import Token

from twohats.flows.logins import Logins, secret_name
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
from twohats.model.ports import Login
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.model.wording import LinkCard, Wording
from twohats.networks.http import Http
from twohats.networks.oauth import PORTS
from twohats.networks.sites import x as x_site
from twohats.networks.tools import NetworkTools
from twohats.store.database import Store
from twohats.vault.keyring_vault import SessionVault

POST, UPLOAD, ALT = "POST /2/tweets", "POST /2/media/upload", "POST /2/media/metadata"
LOOK = "GET /2/users/*/tweets"


class XPlace(Place):
    sends = ("text", "tags")
    shows_html = False
    finds_by_key = False
    longest = 250  # "word word" in parts would be the same part again and again, which X refuses

    def __init__(self, fake: StrictFake) -> None:
        self.fake = fake
        self.pictures = Pictures()
        self.network = x_site.make(NetworkTools(self.pictures, self.now, Http(read_s=5, pause=lambda seconds: None)))
        self.sign_in(fake.give_token("x"))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.fake.clock.now_s(), UTC)

    def sign_in(self, token: Token, **settings: str) -> None:
        person = token.person
        settings = {
            "api_root": self.fake.x.url,
            "client_id": self.fake.x.client_id,
            "user_id": person.id,
            "username": person.handle,
            **settings,
        }
        account = account_of(Hat.PROFESSIONAL, id="x1", network="x", label="Jamie Lark", settings=settings)
        self.login = Login(account, token.access, {"refresh": token.refresh})

    def post_count(self) -> int:
        return len(self.fake.posts("x"))

    def page_of(self, receipt: Receipt) -> str:
        found = {post.id: post for post in self.fake.posts("x")}
        posts = [found[one] for one in (receipt.remote_id, *receipt.more_ids) if one in found]
        return "\n".join("\n".join((post.text, *(picture.alt for picture in post.pictures))) for post in posts)

    def lock_out(self) -> None:
        settings = {**self.login.account.settings, "api_root": "http://127.0.0.1:9"}
        self.login = replace(self.login, account=replace(self.login.account, settings=settings))

    def texts(self) -> list[str]:
        return [post.text for post in self.fake.posts("x")]

    def fail(self, match: str, what: Fault, times: int = 1, **how: float) -> None:
        self.fake.fail_next("x", match, what, times, **how)  # type: ignore[arg-type]

    def worded(self, *parts: str) -> Rendition:
        """A thread of just these parts."""
        wording = Wording("x1", Hat.PROFESSIONAL, parts)
        return self.rendition(a_draft(title="", text="Shared", wordings=(wording,)))


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("x") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def place(fake: StrictFake) -> XPlace:
    return XPlace(fake)


class TestXContract(NetworkContract):
    @pytest.fixture
    def place(self, place: XPlace) -> Place:  # type: ignore[override]
        return place


class TestConnecting:
    def connect(self, place: XPlace, person: PersonAtConsent | AnyBrowser, **given: str) -> Login:
        asked = {"client_id": f" {place.fake.x.client_id}\n", "api_root": place.fake.x.url, **given}
        (grant,) = place.network.connect("own_app", asked, person)
        account = account_of(Hat.PROFESSIONAL, id="x2", network="x", label="", settings=grant.settings)
        return Login(account, grant.secret, grant.more)

    def test_consent_in_the_browser_gives_a_login_that_knows_who_it_is(self, place: XPlace) -> None:
        person = PersonAtConsent()

        login = self.connect(place, person)
        person.wait_until_done()
        profile = place.network.verify(login)

        assert (profile.name, profile.handle, profile.url) == ("Jamie Lark", "@jamielark", "https://x.com/jamielark")
        assert dict(profile.settings) == {"user_id": place.fake.x.person.id, "username": "jamielark"}
        assert profile.picture.startswith(b"GIF8")
        assert datetime.fromisoformat(login.account.settings["expires_at"]) > place.now() + timedelta(minutes=110)
        assert "You can close this page" in person.read
        assert login.secret not in repr(login)
        query = parse_qs(urlsplit(person.visited[0]).query)
        assert query["code_challenge_method"] == ["S256"]
        assert urlsplit(query["redirect_uri"][0]).port in PORTS

    def test_who_says_no_is_believed(self, place: XPlace) -> None:
        with pytest.raises(Refused) as caught:
            self.connect(place, PersonAtConsent(approves=False))

        assert caught.value.code == "connect_refused"

    def test_a_code_that_came_too_late_connects_nobody(self, place: XPlace) -> None:
        place.fake.x.code_lives_s = -1

        with pytest.raises(Refused) as caught:
            self.connect(place, PersonAtConsent())

        assert caught.value.code == "connect_failed"

    def test_giving_up_ends_the_waiting(self, place: XPlace) -> None:
        browser = AnyBrowser(lambda url: browser.stop())

        with pytest.raises(Refused) as caught:
            self.connect(place, browser)

        assert caught.value.code == "connect_cancelled"

    @pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.SERVER_ERROR, Fault.PAGE, Fault.EMPTY, Fault.TRUNCATED])
    def test_an_exchange_that_came_to_nothing_is_no_refusal(self, place: XPlace, fault: Fault) -> None:
        place.fail("POST /2/oauth2/token", fault)

        with pytest.raises(Unreachable):
            self.connect(place, PersonAtConsent())


class TestRenewing:
    def test_a_fresh_pair_takes_the_place_of_the_old(self, place: XPlace) -> None:
        renewal = place.network.renew(place.login)

        assert renewal is not None
        assert renewal.secret != place.login.secret
        assert renewal.more["refresh"] != place.login.more["refresh"]
        assert renewal.expires_at is not None
        place.network.verify(replace(place.login, secret=renewal.secret))
        with pytest.raises(SignedOut):
            place.network.verify(place.login)

    def test_a_token_that_was_used_already_signs_out(self, place: XPlace) -> None:
        place.network.renew(place.login)

        with pytest.raises(SignedOut):
            place.network.renew(place.login)

    @pytest.mark.parametrize(
        "fault", [Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.PAGE, Fault.TOO_FAST, Fault.EMPTY]
    )
    def test_a_fault_on_the_way_disconnects_nobody(self, place: XPlace, fault: Fault) -> None:
        place.fail("POST /2/oauth2/token", fault)

        with pytest.raises(Unreachable):
            place.network.renew(place.login)

    def test_without_a_token_for_it_nothing_is_renewed(self, place: XPlace) -> None:
        assert place.network.renew(replace(place.login, more={"refresh": ""})) is None


class TestWithItsLogins:
    """As the flows act: a login that ended is renewed, kept, and only then used."""

    @pytest.fixture
    def vault(self) -> SessionVault:
        return SessionVault()

    @pytest.fixture
    def logins(self, place: XPlace, store: Store, vault: SessionVault) -> Logins:
        logins = Logins(store.profile, {"x": place.network}, lambda: vault, place.now)
        store.profile.save_account(place.login.account)
        logins.keep(place.login.account, place.login.secret, place.login.more)
        return logins

    def publish(self, place: XPlace, logins: Logins, rendition: Rendition) -> Receipt:
        def act(login: Login) -> Receipt:
            return place.network.publish(rendition, login, "key", place.journal("key"))

        return logins.act(place.login.account, place.network, act)

    def test_a_token_that_ended_is_renewed_and_the_post_goes_out_once(
        self, place: XPlace, logins: Logins, vault: SessionVault
    ) -> None:
        place.fake.advance(7201)

        self.publish(place, logins, place.worded("One", "Two"))

        assert place.texts() == ["One", "Two"]
        fresh = place.fake.x.live_tokens()[-1]
        assert (vault.get(secret_name("x1")), vault.get(secret_name("x1", "refresh"))) == (fresh.access, fresh.refresh)
        assert place.fake.x.count("POST /2/oauth2/token") == 1
        assert place.fake.x.count(LOOK) == 0

    def test_one_that_ends_in_the_middle_of_a_thread_costs_no_part(self, place: XPlace, logins: Logins) -> None:
        place.fail(POST, Fault.UNAUTHORIZED, skip=1)

        self.publish(place, logins, place.worded("One", "Two", "Three"))

        assert place.texts() == ["One", "Two", "Three"]

    def test_a_line_that_breaks_while_renewing_keeps_the_account(
        self, place: XPlace, logins: Logins, vault: SessionVault
    ) -> None:
        place.fake.advance(7201)
        place.fail("POST /2/oauth2/token", Fault.CUT_BEFORE)

        with pytest.raises(Unreachable):
            self.publish(place, logins, place.worded("One"))
        self.publish(place, logins, place.worded("One"))

        assert place.texts() == ["One"]


class TestRevoking:
    def test_nothing_is_left_that_opens_a_door_and_a_second_time_does_no_harm(self, place: XPlace) -> None:
        place.network.revoke(place.login)
        place.network.revoke(place.login)

        assert place.fake.x.live_tokens() == []

    def test_a_secret_goes_over_no_open_wire(self, place: XPlace) -> None:
        place.sign_in(place.fake.give_token("x"), api_root="http://x.invalid")

        with pytest.raises(Refused) as caught:
            place.network.revoke(place.login)

        assert caught.value.code == "site_not_https"


class TestRendering:
    def test_what_it_costs_depends_on_links_and_pictures(self, place: XPlace) -> None:
        def cost(text: str, **changes: object) -> int:
            return place.rendition(a_draft(title="", text=text, **changes)).cost_mills

        red, plain = place.pictures.draw("red", "A red kite"), place.pictures.draw("blue", "")

        assert cost("Rest well") == 15
        assert cost("Rest well: https://example.org/rest") == 200
        assert cost("Rest well: example.org") == 200
        assert cost("Rest well", media=(red, plain)) == 20
        assert place.worded("One", "Two https://example.org", "Three").cost_mills == 230

    def test_a_long_text_becomes_a_thread_that_says_all_of_it(self, place: XPlace) -> None:
        text = " ".join(f"Sentence number {number} about rest." for number in range(40))

        rendition = place.rendition(a_draft(title="", text=text))

        assert " ".join(part.text for part in rendition.parts) == text
        assert all(part.count.used <= 280 for part in rendition.parts)
        assert not rendition.count.is_over

    def test_what_x_has_no_place_for_is_told(self, place: XPlace) -> None:
        media = tuple(place.pictures.draw(colour, "w " * 600) for colour in ("red", "blue", "green", "gold", "pink"))
        card = LinkCard("https://example.org", "A page")

        rendition = place.rendition(
            a_draft(title="T", text="See https://example.org", warning="Grief", media=media, cards=(card,))
        )

        assert set(rendition.notes) == {"pictures_left_out", "title_left_out", "warning_left_out", "alt_shortened"}
        assert len(rendition.pictures) == 4
        assert all(len(picture.alt) <= 1000 for picture in rendition.pictures)
        assert rendition.card is None

    def test_a_part_that_was_written_too_long_is_a_problem(self, place: XPlace) -> None:
        assert place.worded("Fine", "w" * 281).problems == ("too_long",)

    def test_two_parts_that_say_the_same_are_a_problem(self, place: XPlace) -> None:
        assert place.worded("Rest", "Well", "Rest ").problems == ("parts_alike",)

    def test_marks_that_x_refuses_are_taken_out(self, place: XPlace) -> None:
        rendition = place.rendition(a_draft(title="", text="Rest \ufeffwell"))

        assert rendition.problems == ()
        assert "Rest well" in place.page_of(place.publish(rendition, "key-bom"))


class TestPublishing:
    def test_a_thread_hangs_together_and_is_known_by_all_its_parts(self, place: XPlace) -> None:
        receipt = place.publish(place.worded("One", "Two", "Three"), "key-thread")

        first, second, third = place.fake.posts("x")
        assert (receipt.remote_id, receipt.more_ids) == (first.id, (second.id, third.id))
        assert receipt.url == f"https://x.com/jamielark/status/{first.id}"
        assert (second.reply_to, third.reply_to) == (first.id, second.id)

    def test_only_what_is_documented_is_sent(self, place: XPlace) -> None:
        place.publish(place.worded("One"), "key-plain")

        assert place.fake.posts("x")[0].sent == {"text": "One"}

    def test_the_pictures_go_with_the_first_part(self, place: XPlace) -> None:
        red = place.pictures.draw("red", "A red kite")
        wording = Wording("x1", Hat.PROFESSIONAL, ("One", "Two"))

        place.publish(place.rendition(a_draft(media=(red,), wordings=(wording,))), "key-first")

        first, second = place.fake.posts("x")
        assert [(picture.alt, picture.digest) for picture in first.pictures] == [("A red kite", red.digest)]
        assert second.pictures == ()

    def test_a_picture_alone_is_a_post(self, place: XPlace) -> None:
        rendition = place.rendition(a_draft(title="", text="", media=(place.pictures.draw("red", "A kite"),)))

        receipt = place.publish(rendition, "key-picture")

        assert place.page_of(receipt) == "\nA kite"

    def test_a_picture_that_x_does_not_take_is_told(self, place: XPlace) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "A kite"),)))
        place.fake.fail_next("x", UPLOAD, Response(400, {"title": "Invalid Request"}))

        with pytest.raises(Refused) as caught:
            place.publish(rendition, "key-refused")

        assert (caught.value.code, caught.value.facts) == ("picture_refused", {"name": "image-1.jpg"})
        assert place.post_count() == 0

    def test_a_picture_that_nobody_can_read_stops_the_post(self, place: XPlace) -> None:
        data = b"GIF89a and no picture"
        place.pictures.add(hashlib.sha256(data).hexdigest(), data)
        picture = place.pictures.draw("red", "A kite")
        gif = replace(picture, mime="image/gif", digest=hashlib.sha256(data).hexdigest())

        with pytest.raises(BadInput) as caught:
            place.publish(place.rendition(a_draft(media=(gif,))), "key-gif")

        assert caught.value.code == "picture_unreadable"
        assert place.post_count() == 0

    def test_a_picture_of_another_kind_goes_as_a_jpeg(self, place: XPlace) -> None:
        out = io.BytesIO()
        Image.new("RGB", (40, 30), "red").save(out, "GIF")
        digest = hashlib.sha256(out.getvalue()).hexdigest()
        place.pictures.add(digest, out.getvalue())
        gif = replace(place.pictures.draw("red", "A kite"), mime="image/gif", digest=digest)

        rendition = place.rendition(a_draft(title="", media=(gif,)))
        place.publish(rendition, "key-kind")

        assert rendition.notes == ("gif_still",)
        assert place.fake.posts("x")[0].pictures[0].mime == "image/jpeg"

    def test_uploads_that_x_has_forgotten_are_brought_anew(self, place: XPlace) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "A kite"),)))
        place.fail(POST, Fault.TOO_FAST)
        with pytest.raises(TooFast):
            place.publish(rendition, "key-forgotten")
        place.fake.advance(86_200)
        place.sign_in(place.fake.give_token("x"))

        place.publish(rendition, "key-forgotten")

        assert place.fake.x.count(UPLOAD) == 2
        assert place.post_count() == 1

    def test_an_upload_that_x_knows_no_more_is_not_tried_for_ever(self, place: XPlace) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "A kite"),)))
        place.fail(POST, Fault.TOO_FAST)
        with pytest.raises(TooFast):
            place.publish(rendition, "key-gone")
        place.fake.x.pictures.clear()

        with pytest.raises(Refused):
            place.publish(rendition, "key-gone")
        place.publish(rendition, "key-gone")

        assert place.post_count() == 1


class TestRefusals:
    def test_the_same_text_twice_is_refused_and_told(self, place: XPlace) -> None:
        place.publish(place.worded("Rest well"), "key-1")
        place.fake.advance(60)

        with pytest.raises(Refused) as caught:
            place.publish(place.worded("Rest well"), "key-2")

        assert caught.value.code == "duplicate_text"
        assert place.post_count() == 1

    def test_a_post_that_something_in_between_sent_twice_is_ours(self, place: XPlace) -> None:
        place.fail(POST, Fault.REPEATED)

        receipt = place.publish(place.worded("Rest well"), "key-twice")

        assert receipt.remote_id == place.fake.posts("x")[0].id
        assert place.post_count() == 1

    def test_a_thread_that_x_stops_leaves_what_is_out_and_says_so(self, place: XPlace) -> None:
        place.fake.x.allows_replies = False

        with pytest.raises(StoppedMidway) as caught:
            place.publish(place.worded("One", "Two", "Three"), "key-stopped")

        assert caught.value.facts == {"sent": 1, "of": 3, "why": "reply_refused"}
        assert caught.value.receipt.remote_id == place.fake.posts("x")[0].id
        assert place.texts() == ["One"]

    def test_a_thread_that_was_stopped_goes_on_where_it_was(self, place: XPlace) -> None:
        place.fake.x.allows_replies = False
        with pytest.raises(StoppedMidway):
            place.publish(place.worded("One", "Two", "Three"), "key-goes-on")
        place.fake.x.allows_replies = True

        receipt = place.publish(place.worded("One", "Two", "Three"), "key-goes-on")

        assert place.texts() == ["One", "Two", "Three"]
        assert len(receipt.more_ids) == 2

    @pytest.mark.parametrize("how", ["cap", "credit"])
    def test_money_that_is_spent_is_no_haste(self, place: XPlace, how: str) -> None:
        what = Fault.SPENT if how == "cap" else place.fake.x.no_credits()
        place.fake.fail_next("x", POST, what)

        with pytest.raises(Refused) as caught:
            place.publish(place.worded("One"), "key-spent")

        assert caught.value.code == "credit_spent"

    def test_an_app_without_rights_is_told(self, place: XPlace) -> None:
        place.sign_in(place.fake.give_token("x", scopes=("tweet.read", "tweet.write", "users.read")))
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "A kite"),)))

        with pytest.raises(Refused) as caught:
            place.publish(rendition, "key-rights")

        assert caught.value.code == "app_may_not"
        assert place.post_count() == 0

    @pytest.mark.parametrize(
        ("fault", "least_s"), [(Fault.TOO_FAST, 500), (Fault.TOO_FAST_SECONDS, 119), (Fault.TOO_FAST_DATE, 100)]
    )
    def test_haste_is_told_with_how_long_to_wait(self, place: XPlace, fault: Fault, least_s: float) -> None:
        place.fail(POST, fault)

        with pytest.raises(TooFast) as caught:
            place.publish(place.worded("One"), "key-haste")
        place.publish(place.worded("One"), "key-haste")

        assert least_s <= caught.value.retry_after_s <= 700
        assert place.texts() == ["One"]
        assert place.fake.x.count(LOOK) == 0

    def test_an_account_that_was_never_looked_up_sends_nothing(self, place: XPlace) -> None:
        place.sign_in(place.fake.give_token("x"), user_id="")
        place.fail(POST, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("One"), "key-incomplete")

        with pytest.raises(BadInput):
            place.find(place.worded("One"), "key-incomplete")


LOST = [
    *(Fault.CUT_AFTER, Fault.SERVER_ERROR_TAKEN, Fault.PAGE_TAKEN, Fault.EMPTY, Fault.TRUNCATED),
    *(Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.PAGE, Fault.BAD_GATEWAY, Fault.ERRORS_IN_200),
]
CERTAIN = [Fault.UNAUTHORIZED, Fault.TOO_FAST, Fault.TOO_FAST_SECONDS, Fault.REDIRECT, Fault.REDIRECT_ELSEWHERE]
TEXT = "Sleep & rest <well>: https://example.org/a_long/address?x=1&y=2 and example.com, “soon” 👩‍👩‍👧‍👦"


class TestNeverTwice:
    @pytest.mark.parametrize("fault", LOST)
    @pytest.mark.parametrize("part", [0, 1, 2])
    def test_a_part_whose_answer_was_lost_is_out_once(self, place: XPlace, fault: Fault, part: int) -> None:
        rendition = place.worded("One", TEXT, "Three")
        place.fail(POST, fault, skip=part)

        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-lost")
        place.find(rendition, "key-lost")
        receipt = place.publish(rendition, "key-lost")

        assert place.texts() == ["One", TEXT, "Three"]
        assert [receipt.remote_id, *receipt.more_ids] == [post.id for post in place.fake.posts("x")]

    @pytest.mark.parametrize("fault", LOST)
    def test_whoever_tries_again_without_looking_makes_no_second(self, place: XPlace, fault: Fault) -> None:
        place.fail(POST, fault)

        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded(TEXT), "key-blind")
        receipt = place.publish(place.worded(TEXT), "key-blind")

        assert [post.id for post in place.fake.posts("x")] == [receipt.remote_id]

    @pytest.mark.parametrize("fault", CERTAIN)
    @pytest.mark.parametrize("part", [0, 1])
    def test_what_was_certainly_not_taken_costs_no_look(self, place: XPlace, fault: Fault, part: int) -> None:
        place.fail(POST, fault, skip=part)

        with pytest.raises((Refused, SignedOut, TooFast)):
            place.publish(place.worded("One", "Two"), "key-certain")
        place.publish(place.worded("One", "Two"), "key-certain")

        assert place.texts() == ["One", "Two"]
        assert place.fake.x.count(LOOK) == 0

    def test_a_post_that_arrived_is_found_with_its_pictures(self, place: XPlace) -> None:
        media = (place.pictures.draw("red", "Red"), place.pictures.draw("blue", "Blue"))
        rendition = place.rendition(a_draft(title="", text=TEXT, media=media))
        place.fail(POST, Fault.CUT_AFTER)

        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-found")
        found = place.find(rendition, "key-found")

        assert found is not None
        assert found.remote_id == place.fake.posts("x")[0].id
        assert place.fake.x.count(UPLOAD) == 2

    def test_pictures_alone_are_told_apart(self, place: XPlace) -> None:
        place.publish(place.rendition(a_draft(title="", text="", media=(place.pictures.draw("red", ""),))), "key-other")
        rendition = place.rendition(a_draft(title="", text="", media=(place.pictures.draw("blue", ""),)))
        place.fail(POST, Fault.CUT_BEFORE)

        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key-mine")
        assert place.find(rendition, "key-mine") is None
        place.publish(rendition, "key-mine")

        assert place.post_count() == 2

    def test_the_same_words_by_somebody_under_another_post_are_not_ours(self, place: XPlace) -> None:
        place.fail(POST, Fault.CUT_BEFORE, skip=1)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("One", "Two"), "key-under")
        place.publish(place.worded("Two"), "key-alone")

        assert place.find(place.worded("One", "Two"), "key-under") is None

    def test_an_older_post_of_the_same_words_does_not_pass_for_ours(self, place: XPlace) -> None:
        place.publish(place.worded("Rest"), "key-old")
        place.fake.advance(3600)
        place.fail(POST, Fault.CUT_BEFORE)

        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("Rest"), "key-new")
        assert place.find(place.worded("Rest"), "key-new") is None
        with pytest.raises(Refused) as caught:
            place.publish(place.worded("Rest"), "key-new")

        assert caught.value.code == "duplicate_text"
        assert place.post_count() == 1

    def test_a_list_that_lags_behind_makes_no_second(self, place: XPlace) -> None:
        place.fail(POST, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("Rest"), "key-lag")
        nothing_yet = {"meta": {"result_count": 0}}
        place.fake.fail_next("x", LOOK, Response(200, nothing_yet))

        receipt = place.publish(place.worded("Rest"), "key-lag")

        assert [post.id for post in place.fake.posts("x")] == [receipt.remote_id]

    @pytest.mark.parametrize("fault", [*LOST, Fault.TOO_FAST, Fault.SPENT, Fault.REDIRECT, Fault.REDIRECT_ELSEWHERE])
    def test_a_look_that_failed_says_nothing(self, place: XPlace, fault: Fault) -> None:
        place.fail(POST, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("Rest"), "key-blind")
        place.fail(LOOK, fault, times=4)

        with pytest.raises(OutcomeUnknown):
            place.find(place.worded("Rest"), "key-blind")
        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("Rest"), "key-blind")

        assert place.post_count() == 1

    def test_a_login_that_ended_meanwhile_may_be_renewed_for_the_look(self, place: XPlace) -> None:
        place.fail(POST, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("Rest"), "key-ended")
        place.fail(LOOK, Fault.UNAUTHORIZED)

        with pytest.raises(SignedOut):
            place.find(place.worded("Rest"), "key-ended")

    @pytest.mark.parametrize("fault", LOST)
    @pytest.mark.parametrize("call", [UPLOAD, ALT])
    def test_a_lost_answer_before_the_post_costs_nothing(self, place: XPlace, fault: Fault, call: str) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "A kite"),)))
        place.fail(call, fault)

        with suppress(Unreachable):  # X need not answer anything to an alt text
            place.publish(rendition, "key-early")
        place.publish(rendition, "key-early")

        assert place.post_count() == 1
        assert [picture.alt for picture in place.fake.posts("x")[0].pictures] == ["A kite"]

    def test_a_slow_answer_is_waited_for(self, place: XPlace) -> None:
        place.fail(POST, Fault.SLOW, seconds=0.3)

        place.publish(place.worded("One"), "key-slow")

        assert place.texts() == ["One"]

    def test_an_answer_that_is_too_slow_is_a_lost_one(self, fake: StrictFake) -> None:
        place = XPlace(fake)
        place.network = x_site.make(NetworkTools(place.pictures, place.now, Http(read_s=0.2, pause=lambda s: None)))
        place.fail(POST, Fault.SLOW, seconds=0.6)

        with pytest.raises(OutcomeUnknown):
            place.publish(place.worded("One"), "key-late")
        place.publish(place.worded("One"), "key-late")

        assert place.texts() == ["One"]


class TestTakingDown:
    def test_a_thread_goes_from_its_end(self, place: XPlace) -> None:
        receipt = place.publish(place.worded("One", "Two", "Three"), "key-down")

        place.network.delete(receipt, place.login)

        deleted = [request.path.rpartition("/")[2] for request in place.fake.x.requests if request.method == "DELETE"]
        assert deleted == [*reversed(receipt.more_ids), receipt.remote_id]
        assert place.post_count() == 0

    @pytest.mark.parametrize("status", [200, 404])
    def test_what_is_gone_already_is_fine(self, place: XPlace, status: int) -> None:
        place.fake.x.deleting_again = status
        receipt = place.publish(place.worded("One", "Two"), "key-gone")
        place.network.delete(receipt, place.login)

        place.network.delete(receipt, place.login)

    @pytest.mark.parametrize("fault", LOST)
    def test_a_fault_on_the_way_is_safe_to_repeat(self, place: XPlace, fault: Fault) -> None:
        receipt = place.publish(place.worded("One", "Two"), "key-fault")
        place.fail("DELETE /2/tweets/*", fault)

        with pytest.raises(Unreachable):
            place.network.delete(receipt, place.login)
        place.network.delete(receipt, place.login)

        assert place.post_count() == 0

    def test_a_place_that_only_the_person_knows_is_not_guessed(self, place: XPlace) -> None:
        with pytest.raises(BadInput) as caught:
            place.network.delete(Receipt("", "", place.now(), "told_by_person"), place.login)

        assert caught.value.code == "receipt_wrong"


class TestReactions:
    @pytest.mark.parametrize("names", ["new", "old"])
    def test_counts_and_replies_by_either_name(self, place: XPlace, names: str) -> None:
        place.fake.x.metric_names = names
        receipt = place.publish(place.worded("One", "Two"), "key-liked")
        place.fake.x.react(receipt.remote_id, like=3, repost=2)
        place.fake.x.reply_from(receipt.remote_id, "Thank you & bye", place.fake.x.people[1])

        reactions = place.network.reactions(receipt, place.login)

        assert reactions is not None
        assert (reactions.likes, reactions.reposts, reactions.reply_count) == (3, 2, 1)
        assert [(reply.author, reply.text) for reply in reactions.replies] == [("Robin Fenn", "Thank you & bye")]
        assert reactions.replies[0].url.startswith("https://x.com/robinfenn/status/")

    def test_nobody_answered_so_nothing_more_is_read_and_paid_for(self, place: XPlace) -> None:
        receipt = place.publish(place.worded("One", "Two"), "key-quiet")

        reactions = place.network.reactions(receipt, place.login)

        assert reactions is not None
        assert (reactions.likes, reactions.reply_count, reactions.replies) == (0, 0, ())
        assert place.fake.x.count("GET /2/users/*/mentions") == 0

    def test_it_says_what_it_costs(self, place: XPlace) -> None:
        assert place.network.reactions_cost_mills == 115  # type: ignore[attr-defined]

    def test_a_post_that_is_gone_is_told(self, place: XPlace) -> None:
        receipt = place.publish(place.worded("One"), "key-gone")
        place.network.delete(receipt, place.login)

        with pytest.raises(Refused) as caught:
            place.network.reactions(receipt, place.login)

        assert caught.value.code == "not_there"

    @pytest.mark.parametrize("fault", [*LOST, *CERTAIN, Fault.SPENT])
    def test_a_fault_is_one_of_ours(self, place: XPlace, fault: Fault) -> None:
        receipt = place.publish(place.worded("One"), "key-fault")
        place.fail("GET /2/tweets/*", fault, times=4)

        with pytest.raises(NetworkError):
            place.network.reactions(receipt, place.login)


@pytest.mark.parametrize("fault", [*LOST, *CERTAIN, Fault.SPENT])
def test_who_it_is_may_be_asked_again_after_any_fault(place: XPlace, fault: Fault) -> None:
    place.fail("GET /2/users/me", fault, times=4)

    with pytest.raises(NetworkError):
        place.network.verify(place.login)
