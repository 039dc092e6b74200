"""A Facebook Page, against the strict fake."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.contract.pursuit import pursued
from tests.fakes.browsers import AnyBrowser
from tests.fakes.pictures import Pictures
from tests.fakes.strict import Fault, Response, StrictFake
from tests.fakes.strict.posts import Person, Post

from twohats.model.account import account_of
from twohats.model.errors import BadInput, NetworkError, OutcomeUnknown, Refused, SignedOut, TooFast, Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import NOT_THERE, Grant, Login
from twohats.model.receipt import Receipt
from twohats.model.wording import LinkCard, Wording
from twohats.networks.http import Http
from twohats.networks.sites import facebook as facebook_site
from twohats.networks.tools import NetworkTools

FEED = "POST /v26.0/*/feed"
PHOTOS = "POST /v26.0/*/photos"
LISTING = "GET /v26.0/*/published_posts"
READER = Person("900", "Ada Wren", "")


class FacebookPlace(Place):
    sends = ("text", "tags")
    shows_html = False
    finds_by_key = False
    longest = 63_000

    def __init__(self, fake: StrictFake) -> None:
        self.fake = fake
        self.pictures = Pictures()
        self.network = facebook_site.make(
            NetworkTools(
                self.pictures, lambda: datetime.now(UTC), Http(read_s=0.5, answer_s=2.0, pause=lambda seconds: None)
            )
        )
        token = fake.facebook.give_page_token()
        settings = {"page_id": fake.facebook.pages[0].id, "app_id": fake.facebook.client_id}
        self.login = self._login({**settings, "api_root": fake.facebook.url}, token.access)

    def post_count(self) -> int:
        return len(self.fake.posts("facebook"))

    def page_of(self, receipt: Receipt) -> str:
        return "\n".join(
            "\n".join([post.text, *(picture.alt for picture in post.pictures)])
            for post in self.fake.posts("facebook")
            if post.id == receipt.remote_id
        )

    def lock_out(self) -> None:
        self.login = self._login({**self.login.account.settings, "api_root": "http://127.0.0.1:9"}, self.login.secret)

    def the_post(self) -> Post:
        (post,) = self.fake.posts("facebook")
        return post

    @staticmethod
    def _login(settings: dict[str, str], secret: str) -> Login:
        account = account_of(Hat.PROFESSIONAL, id="f1", network="facebook", label="Lark Practice", settings=settings)
        return Login(account, secret)


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("facebook") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def place(fake: StrictFake) -> FacebookPlace:
    return FacebookPlace(fake)


class TestFacebookContract(NetworkContract):
    @pytest.fixture
    def place(self, place: FacebookPlace) -> Place:  # type: ignore[override]
        return place


class TestRendering:
    def test_tags_follow_as_hashtags_and_the_title_stays_behind(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft("Rest", "Sleep **well**.", tags=("sleep hygiene",)))

        assert [part.text for part in rendition.parts] == ["Sleep well.\n\n#SleepHygiene"]
        assert rendition.notes == ("title_left_out",)
        assert rendition.html == ""

    def test_it_counts_as_facebook_does_and_makes_no_threads(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft(text="😀" * 31_604))

        assert (rendition.count.used, rendition.count.limit) == (63_208, 63_206)
        assert rendition.problems == ("too_long",)
        assert len(rendition.parts) == 1

    def test_a_wording_in_parts_becomes_one_post(self, place: FacebookPlace) -> None:
        draft = a_draft(wordings=(Wording("f1", Hat.PROFESSIONAL, ("One", "Two")),))

        assert [part.text for part in place.rendition(draft).parts] == ["One\n\nTwo"]

    def test_a_long_text_is_folded(self, place: FacebookPlace) -> None:
        part = place.rendition(a_draft(text="word " * 300)).parts[0]

        assert part.fold_at is not None
        assert part.fold_at < 500

    def test_the_first_link_makes_the_card_unless_there_are_pictures(self, place: FacebookPlace) -> None:
        draft = a_draft(text="Read https://example.com/rest and https://example.com/more.")
        card = LinkCard("https://example.com/more", "More rest", "About rest")

        assert place.rendition(draft).payload["link"] == "https://example.com/rest"
        assert place.rendition(replace(draft, cards=(card,))).payload["link"] == "https://example.com/more"
        assert place.rendition(replace(draft, cards=(card,))).card == card
        with_picture = place.rendition(replace(draft, cards=(card,), media=(place.pictures.draw("red", "Kite"),)))
        assert (with_picture.payload["link"], with_picture.card) == ("", None)

    def test_no_more_pictures_than_facebook_takes(self, place: FacebookPlace) -> None:
        colours = ("red", "blue", "green", "gold", "pink", "navy", "teal", "gray", "tan", "plum", "lime")
        rendition = place.rendition(a_draft("", media=tuple(place.pictures.draw(c, c) for c in colours)))

        assert len(rendition.pictures) == 10
        assert rendition.notes == ("pictures_left_out",)


class TestConnecting:
    def connect(self, place: FacebookPlace, **changes: str) -> tuple[Grant, ...]:
        fake = place.fake.facebook
        given = {
            "app_id": fake.client_id,
            "app_secret": fake.client_secret,
            "user_token": fake.give_token().access,
            "api_root": fake.url,
            **changes,
        }
        return tuple(place.network.connect("page_token", given, AnyBrowser()))

    def login_of(self, grant: Grant) -> Login:
        account = account_of(Hat.PROFESSIONAL, id="f1", network="facebook", label="", settings=grant.settings)
        return Login(account, grant.secret, grant.more)

    def test_each_page_is_offered_with_a_token_that_has_no_end(self, place: FacebookPlace) -> None:
        fake = place.fake.facebook
        grants = self.connect(place)

        assert [grant.label for grant in grants] == ["Lark Practice", "Fenn Choir"]
        assert all("expires_at" not in grant.settings for grant in grants)
        assert all(grant.more == {"app_secret": fake.client_secret} for grant in grants)
        assert tuple(grants[0].more) == place.network.more_secrets
        for grant, page in zip(grants, fake.pages, strict=True):
            token = fake.token_of(grant.secret)
            assert token is not None
            assert (token.kind, token.dies_at_s, token.person) == ("page", float("inf"), page)
            profile = place.network.verify(self.login_of(grant))
            assert (profile.name, dict(profile.settings)) == (page.name, {"page_id": page.id})

    def test_a_page_that_one_may_not_write_to_is_not_offered(self, place: FacebookPlace) -> None:
        place.fake.facebook.tasks = ("ANALYZE",)

        assert self.connect(place) == ()

    def test_a_wrong_secret_or_app_is_told_as_such(self, place: FacebookPlace) -> None:
        for change in ({"app_secret": "guess"}, {"app_id": "12"}):
            with pytest.raises(Refused) as caught:
                self.connect(place, **change)
            assert caught.value.code == "app_keys_wrong"

    def test_a_dead_token_is_told_as_such(self, place: FacebookPlace) -> None:
        with pytest.raises(SignedOut) as caught:
            self.connect(place, user_token="EAAdead")

        assert caught.value.code == "token_refused"

    def test_a_token_that_may_too_little_is_told_at_once(self, place: FacebookPlace) -> None:
        token = place.fake.facebook.give_token(scopes={"pages_show_list", "pages_read_engagement"})

        with pytest.raises(Refused) as caught:
            self.connect(place, user_token=token.access)

        assert (caught.value.code, caught.value.facts["names"]) == ("permissions_missing", "pages_manage_posts")

    @pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.CUT_AFTER, Fault.EMPTY, Fault.TRUNCATED])
    def test_a_fault_of_the_line_disconnects_nobody(self, place: FacebookPlace, fault: Fault) -> None:
        place.fake.fail_next("facebook", "POST /v26.0/oauth/access_token", fault)

        with pytest.raises(Unreachable):
            self.connect(place)

    def test_keys_go_over_no_open_wire(self, place: FacebookPlace) -> None:
        with pytest.raises(Refused) as caught:
            self.connect(place, api_root="http://graph.example.com")

        assert caught.value.code == "site_not_https"

    def test_nothing_secret_shows(self, place: FacebookPlace) -> None:
        secret = place.fake.facebook.client_secret
        grants = self.connect(place)

        assert secret not in repr(grants)
        assert grants[0].secret not in repr(grants)
        place.fake.facebook.change_password()
        with pytest.raises(SignedOut) as caught:
            place.network.verify(self.login_of(grants[0]))
        assert grants[0].secret not in f"{caught.value!r} {caught.value.facts}"

    def test_letting_go_leaves_the_other_page_connected(self, place: FacebookPlace) -> None:
        one, other = (self.login_of(grant) for grant in self.connect(place))

        place.network.revoke(one)

        assert place.network.verify(other).name == "Fenn Choir"

    def test_a_new_password_ends_the_login(self, place: FacebookPlace) -> None:
        place.fake.facebook.change_password()

        with pytest.raises(SignedOut):
            place.publish(place.rendition(a_draft()), "key")
        assert place.network.renew(place.login) is None


class TestPublishing:
    def test_text_and_link_arrive_and_the_address_is_told(self, place: FacebookPlace) -> None:
        receipt = place.publish(place.rendition(a_draft("", "Read https://example.com/rest now.")), "key")

        post = place.the_post()
        assert post.text == "Read https://example.com/rest now."
        assert post.link == {"source": "https://example.com/rest"}
        assert (receipt.remote_id, receipt.url) == (post.id, post.url)
        assert post.sent["published"] == "true"

    def test_pictures_alone_make_a_post(self, place: FacebookPlace) -> None:
        picture = place.pictures.draw("red", "A red kite")
        place.publish(place.rendition(a_draft("", "", media=(picture,))), "key")

        assert [(one.alt, one.digest) for one in place.the_post().pictures] == [("A red kite", picture.digest)]

    def test_a_post_that_has_no_address_yet_has_one_all_the_same(self, place: FacebookPlace) -> None:
        place.fake.fail_next("facebook", FEED, Response(200, {"id": "61550000000000001_77"}), is_taken=False)

        receipt = place.publish(place.rendition(a_draft()), "key")

        assert receipt.url == "https://www.facebook.com/61550000000000001_77"

    def test_a_picture_that_facebook_does_not_take_is_named(self, place: FacebookPlace) -> None:
        body = {"error": {"message": "reduce", "type": "OAuthException", "code": 1, "error_subcode": 1366046}}
        place.fake.fail_next("facebook", PHOTOS, Response(400, body), is_taken=False)
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "Kite"),)))

        with pytest.raises(Refused) as caught:
            place.publish(rendition, "key")

        assert (caught.value.code, caught.value.facts["name"]) == ("picture_refused", "image-1.jpg")
        assert place.post_count() == 0

    def test_a_picture_that_is_too_large_or_of_another_kind_is_made_to_fit(self, place: FacebookPlace) -> None:
        large = Image.effect_noise((2400, 2000), 100)
        media = tuple(
            place.pictures.keep(picture, kind, kind)
            for picture, kind in ((large, "PNG"), (Image.new("RGB", (64, 48), "teal"), "WEBP"))
        )
        assert media[0].size_bytes > 4_000_000

        rendition = place.rendition(a_draft("", "Words", media=media))
        place.publish(rendition, "key")

        assert rendition.notes == ("pictures_made_smaller",)
        assert [(one.alt, one.mime) for one in place.the_post().pictures] == [
            ("PNG", "image/jpeg"),
            ("WEBP", "image/jpeg"),
        ]
        assert all(len(one.data) <= 4_000_000 for one in place.the_post().pictures)

    def test_a_moving_picture_is_told_to_stand_still(self, place: FacebookPlace) -> None:
        media = (place.pictures.keep(Image.new("P", (64, 48)), "GIF", "Waves"),)

        assert place.rendition(a_draft("", "Words", media=media)).notes == ("gif_still",)

    def test_pictures_are_brought_there_once(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "Kite"),)))
        place.fake.fail_next("facebook", FEED, Fault.TOO_FAST)
        with pytest.raises(TooFast):
            place.publish(rendition, "key")

        place.publish(rendition, "key")

        assert place.fake.facebook.count(PHOTOS) == 1
        assert place.post_count() == 1

    def test_pictures_that_facebook_has_let_go_of_are_brought_anew(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "Kite"),)))
        place.fake.fail_next("facebook", FEED, Fault.TOO_FAST)
        with pytest.raises(TooFast):
            place.publish(rendition, "key")
        place.fake.facebook.pictures.clear()

        receipt, problems = pursued(place, rendition, "key")

        assert [problem.code for problem in problems] == ["pictures_lapsed"]
        assert len(place.the_post().pictures) == 1
        assert receipt.remote_id == place.the_post().id

    def test_pictures_of_a_post_that_a_person_found_gone_are_brought_anew(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "Kite"),)))
        place.fake.fail_next("facebook", FEED, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")
        place.the_post().deleted_at_s = place.fake.facebook.now_s()
        place.journal("key").note(NOT_THERE, datetime.now(UTC).isoformat())

        _, problems = pursued(place, rendition, "key")

        assert [problem.code for problem in problems] == ["pictures_lapsed"]
        assert len(place.the_post().pictures) == 1


class TestNeverTwiceNeverLost:
    @pytest.mark.parametrize("has_picture", [False, True], ids=["text", "picture"])
    @pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
    @pytest.mark.parametrize("match", [FEED, PHOTOS, LISTING])
    def test_any_fault_on_any_call_ends_in_one_post(
        self, place: FacebookPlace, match: str, fault: Fault, has_picture: bool
    ) -> None:
        media = (place.pictures.draw("red", "Kite"),) if has_picture else ()
        rendition = place.rendition(a_draft(media=media))
        place.fake.fail_next("facebook", match, fault, times=2)
        if match == LISTING:
            place.fake.fail_next("facebook", FEED, Fault.CUT_AFTER)

        receipt, problems = pursued(place, rendition, "key")

        assert receipt.remote_id == place.the_post().id
        assert place.the_post().text == rendition.parts[0].text
        assert problems or fault is Fault.REPEATED or not place.fake.facebook.count(match)
        assert not any(place.login.secret in f"{problem!r} {problem.facts}" for problem in problems)

    def test_a_lost_answer_is_unknown_until_it_was_looked_for(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft())
        place.fake.fail_next("facebook", FEED, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")

        found = place.find(rendition, "key")

        assert found is not None
        assert (found.remote_id, found.url) == (place.the_post().id, place.the_post().url)
        assert place.publish(rendition, "key").remote_id == found.remote_id
        assert place.fake.facebook.count(FEED) == 1

    def test_facebooks_passing_fault_after_a_write_says_nothing_of_the_post(self, place: FacebookPlace) -> None:
        for fault in (Fault.SERVER_ERROR, Fault.SERVER_ERROR_TAKEN, Fault.ERRORS_IN_200):
            place.fake.fail_next("facebook", FEED, fault)
            with pytest.raises(OutcomeUnknown):
                place.publish(place.rendition(a_draft(text=fault.name)), fault.name)

    def test_the_same_text_of_somebody_else_before_ours_is_not_ours(self, place: FacebookPlace) -> None:
        other = place.publish(place.rendition(a_draft()), "an earlier post")
        place.fake.facebook.kept[other.remote_id].at_s -= 3600

        with pytest.raises(Refused) as caught:
            place.publish(place.rendition(a_draft()), "key")

        assert caught.value.code == "duplicate_text"
        assert place.find(place.rendition(a_draft()), "key") is None
        assert place.post_count() == 1

    def test_a_post_that_something_in_between_sent_twice_is_ours(self, place: FacebookPlace) -> None:
        place.fake.fail_next("facebook", FEED, Fault.REPEATED)

        receipt = place.publish(place.rendition(a_draft()), "key")

        assert receipt.remote_id == place.the_post().id

    def test_a_duplicate_after_a_lost_answer_is_ours_where_it_shows_late(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft())
        place.fake.fail_next("facebook", FEED, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")
        place.fake.fail_next("facebook", LISTING, Response(200, {"data": []}), is_taken=False)

        receipt = place.publish(rendition, "key")

        assert receipt.remote_id == place.the_post().id
        assert place.fake.facebook.count(FEED) == 2

    def test_a_duplicate_after_a_lost_answer_that_does_not_show_stays_unknown(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft())
        place.fake.fail_next("facebook", FEED, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")
        place.fake.fail_next("facebook", LISTING, Response(200, {"data": []}), times=3, is_taken=False)

        with pytest.raises(OutcomeUnknown) as caught:
            place.publish(rendition, "key")

        assert caught.value.code == "twin_unseen"

    def test_an_earlier_twin_is_not_taken_for_what_never_arrived(self, place: FacebookPlace) -> None:
        other = place.publish(place.rendition(a_draft()), "an earlier post")
        place.fake.facebook.kept[other.remote_id].at_s -= 3600
        place.fake.fail_next("facebook", FEED, Fault.CUT_BEFORE)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.rendition(a_draft()), "key")

        with pytest.raises(Refused) as caught:
            place.publish(place.rendition(a_draft()), "key")

        assert caught.value.code == "duplicate_text"

    def test_pictures_without_words_are_known_by_their_numbers(self, place: FacebookPlace) -> None:
        red, blue = place.pictures.draw("red", "Kite"), place.pictures.draw("blue", "Sea")
        rendition = place.rendition(a_draft("", "", media=(red, blue)))
        place.fake.fail_next("facebook", FEED, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")
        place.publish(place.rendition(a_draft("", "", media=(red,))), "another")

        found = place.find(rendition, "key")

        assert found is not None
        assert found.remote_id == place.fake.posts("facebook")[0].id

    def test_a_full_page_of_other_posts_settles_nothing(self, place: FacebookPlace) -> None:
        rendition = place.rendition(a_draft())
        place.fake.fail_next("facebook", FEED, Fault.CUT_BEFORE)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")
        more = {"data": [], "paging": {"next": "https://graph.facebook.com/v26.0/next"}}
        place.fake.fail_next("facebook", LISTING, Response(200, more), is_taken=False)

        with pytest.raises(OutcomeUnknown):
            place.find(rendition, "key")


class TestErrors:
    @pytest.mark.parametrize(
        ("status", "code", "subcode", "kind", "told"),
        [
            (400, 190, 460, SignedOut, "signed_out"),
            (401, 190, 463, SignedOut, "signed_out"),
            (403, 200, 0, Refused, "app_may_not"),
            (403, 10, 0, Refused, "app_may_not"),
            (400, 4, 0, TooFast, "too_fast"),
            (403, 32, 0, TooFast, "too_fast"),
            (400, 613, 0, TooFast, "too_fast"),
            (400, 80001, 0, TooFast, "too_fast"),
            (400, 368, 1390008, TooFast, "too_fast"),
            (400, 368, 0, Refused, "held_by_rules"),
            (500, 2, 0, OutcomeUnknown, "server_error"),
            (400, 1, 0, OutcomeUnknown, "server_error"),
            (400, 100, 0, Refused, "refused"),
            (400, 506, 1455006, Refused, "duplicate_text"),
            (400, 99999, 0, Refused, "refused"),
        ],
    )
    def test_each_code_has_its_meaning(
        self, place: FacebookPlace, status: int, code: int, subcode: int, kind: type[NetworkError], told: str
    ) -> None:
        error = {"message": "the words of a post", "type": "OAuthException", "code": code, "error_subcode": subcode}
        place.fake.fail_next("facebook", FEED, Response(status, {"error": error}), is_taken=False)

        with pytest.raises(kind) as caught:
            place.publish(place.rendition(a_draft()), "key")

        assert type(caught.value) is kind
        assert caught.value.code == told
        assert "words of a post" not in f"{caught.value!r} {caught.value.facts}"

    def test_the_time_to_wait_is_read_from_the_header(self, place: FacebookPlace) -> None:
        place.fake.fail_next("facebook", FEED, Fault.SPENT)

        with pytest.raises(TooFast) as caught:
            place.publish(place.rendition(a_draft()), "key")

        assert caught.value.retry_after_s == timedelta(minutes=12).total_seconds()

    @pytest.mark.parametrize(
        "header", ["", "{}", "[]", "nonsense", '{"1": [{"estimated_time_to_regain_access": null}]}']
    )
    def test_a_header_that_tells_nothing_makes_it_wait_all_the_same(self, place: FacebookPlace, header: str) -> None:
        error = {"message": "", "type": "OAuthException", "code": 32}
        answer = Response(403, {"error": error}, {"X-Business-Use-Case-Usage": header})
        place.fake.fail_next("facebook", FEED, answer, is_taken=False)

        with pytest.raises(TooFast) as caught:
            place.publish(place.rendition(a_draft()), "key")

        assert caught.value.retry_after_s == 600

    def test_an_account_that_lacks_its_page_sends_nothing(self, place: FacebookPlace) -> None:
        account = replace(place.login.account, settings={"api_root": place.fake.facebook.url})
        place.login = replace(place.login, account=account)

        with pytest.raises(BadInput) as caught:
            place.publish(place.rendition(a_draft()), "key")

        assert caught.value.code == "account_incomplete"
        assert place.fake.facebook.requests == []


class TestAfterwards:
    def test_what_may_not_be_deleted_is_not_taken_for_gone(self, place: FacebookPlace) -> None:
        receipt = place.publish(place.rendition(a_draft()), "key")
        error = {"message": "", "type": "GraphMethodException", "code": 100, "error_subcode": 33}
        place.fake.fail_next("facebook", "DELETE *", Response(400, {"error": error}), is_taken=False)

        with pytest.raises(Refused) as caught:
            place.network.delete(receipt, place.login)

        assert caught.value.code == "app_may_not"

    @pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.PAGE])
    def test_taking_down_can_be_tried_again(self, place: FacebookPlace, fault: Fault) -> None:
        receipt = place.publish(place.rendition(a_draft()), "key")
        place.fake.fail_next("facebook", "DELETE *", fault)
        with pytest.raises(Unreachable):
            place.network.delete(receipt, place.login)

        place.network.delete(receipt, place.login)

        assert place.post_count() == 0

    def test_a_receipt_of_something_else_deletes_nothing(self, place: FacebookPlace) -> None:
        for call in (place.network.delete, place.network.reactions):
            with pytest.raises(BadInput):
                call(Receipt("me/permissions", "", datetime.now(UTC)), place.login)

        assert place.fake.facebook.requests == []

    def test_likes_shares_and_comments_are_read(self, place: FacebookPlace) -> None:
        receipt = place.publish(place.rendition(a_draft()), "key")
        place.fake.facebook.react(receipt.remote_id, reactions=7, shares=2)
        place.fake.facebook.reply_from(receipt.remote_id, "Thank you", READER)

        told = place.network.reactions(receipt, place.login)

        assert told is not None
        assert (told.likes, told.reposts, told.reply_count) == (7, 2, 1)
        assert [(reply.author, reply.text) for reply in told.replies] == [("Ada Wren", "Thank you")]
        assert told.replies[0].at.tzinfo is not None

    def test_what_nobody_has_shared_was_shared_by_none(self, place: FacebookPlace) -> None:
        receipt = place.publish(place.rendition(a_draft()), "key")

        told = place.network.reactions(receipt, place.login)

        assert told is not None
        assert (told.likes, told.reposts, told.reply_count, told.replies) == (0, 0, 0, ())

    def test_without_the_permission_for_comments_they_are_only_counted(self, place: FacebookPlace) -> None:
        scopes = frozenset({"pages_show_list", "pages_manage_posts", "pages_read_engagement"})
        token = place.fake.facebook.give_page_token(scopes=scopes)
        place.login = replace(place.login, secret=token.access)
        receipt = place.publish(place.rendition(a_draft()), "key")
        place.fake.facebook.reply_from(receipt.remote_id, "Thank you", READER)

        told = place.network.reactions(receipt, place.login)

        assert told is not None
        assert (told.reply_count, told.replies) == (1, ())
