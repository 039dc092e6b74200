"""Threads, against the strict fake."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.contract.networks_suite import NetworkContract, Place, a_draft
from tests.contract.pursuit import pursued
from tests.fakes.browsers import AnyBrowser
from tests.fakes.pictures import Pictures
from tests.fakes.strict import Fault, Response, StrictFake
from tests.fakes.strict.posts import Person, Post
from tests.fakes.strict.wire import Request

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
from twohats.model.ports import Grant, Login
from twohats.model.receipt import Receipt
from twohats.model.wording import LinkCard, Wording
from twohats.networks.http import Http
from twohats.networks.sites import threads as threads_site
from twohats.networks.tools import NetworkTools

CREATE = "POST /v1.0/me/threads"
PUBLISH = "POST /v1.0/me/threads_publish"
OWN = "GET /v1.0/me/threads"
REPLIES = "GET /v1.0/*/replies"
ONE = "GET /v1.0/*"
DAY = timedelta(days=1)
READER = Person("25100000000000009", "Ada Wren", "adawren")
LONG = "\n\n".join(f"Paragraph {number}: " + "rest and sleep. " * 20 for number in range(3)).strip()


class ThreadsPlace(Place):
    sends = ("text",)
    shows_html = False
    takes_pictures = False
    finds_by_key = False
    longest = 5_000

    def __init__(self, fake: StrictFake) -> None:
        self.fake = fake
        self.pictures = Pictures()
        self.pauses: list[float] = []
        self.network = threads_site.make(
            NetworkTools(self.pictures, self.now, Http(read_s=0.5, answer_s=2.0, pause=self.pauses.append))
        )
        person = fake.threads.people[0]
        settings = {"user_id": person.id, "username": person.handle, "app_id": fake.threads.client_id}
        token = fake.give_token("threads")
        self.login = self._login({**settings, "api_root": fake.threads.url}, token.access)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.fake.clock.ahead_s)

    def post_count(self) -> int:
        """Threads count once."""
        return len([post for post in self.posts() if not post.reply_to])

    def posts(self) -> list[Post]:
        return self.fake.posts("threads")

    def page_of(self, receipt: Receipt) -> str:
        standing = {post.id: post.text for post in self.posts()}
        return "\n".join(standing.get(number, "") for number in (receipt.remote_id, *receipt.more_ids)).strip()

    def lock_out(self) -> None:
        self.login = self._login({**self.login.account.settings, "api_root": "http://127.0.0.1:9"}, self.login.secret)

    @staticmethod
    def _login(settings: dict[str, str], secret: str) -> Login:
        account = account_of(Hat.PROFESSIONAL, id="t1", network="threads", label="Jamie", settings=settings)
        return Login(account, secret)


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("threads") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def place(fake: StrictFake) -> ThreadsPlace:
    return ThreadsPlace(fake)


def texts(place: ThreadsPlace) -> list[str]:
    return [post.text for post in place.posts()]


def hangs_together(place: ThreadsPlace) -> bool:
    """Whether each post is a reply to the one before."""
    posts = place.posts()
    return [post.reply_to for post in posts] == ["", *(post.id for post in posts[:-1])]


class TestThreadsContract(NetworkContract):
    @pytest.fixture
    def place(self, place: ThreadsPlace) -> Place:  # type: ignore[override]
        return place


class TestRendering:
    def test_emoji_count_as_their_bytes(self, place: ThreadsPlace) -> None:
        assert place.rendition(a_draft("", "👍" * 125)).count.used == 500
        assert len(place.rendition(a_draft("", "👍" * 126)).parts) == 2

    def test_pictures_stay_behind_and_this_is_said(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", "Words", media=(place.pictures.draw("red", "Kite"),)))

        assert (rendition.pictures, rendition.notes) == ((), ("pictures_need_address",))
        assert place.rendition(a_draft("", "", media=(place.pictures.draw("red", "Kite"),))).problems == ("empty",)

    def test_tags_and_title_stay_behind_and_this_is_said(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("Rest", "Words", tags=("sleep",)))

        assert rendition.parts[0].text == "Words"
        assert rendition.notes == ("title_left_out", "tags_left_out")

    def test_each_part_has_the_card_of_a_link_in_it(self, place: ThreadsPlace) -> None:
        parts = ("See https://example.com/a and https://example.com/b", "Or example.org", "Or https://example.com/c")
        card = LinkCard("https://example.com/b", "B")
        draft = a_draft("", wordings=(Wording("t1", Hat.PROFESSIONAL, parts),))

        assert place.rendition(draft).payload["links"] == '["https://example.com/a", "", "https://example.com/c"]'
        with_card = place.rendition(replace(draft, cards=(card,)))
        assert with_card.payload["links"] == '["https://example.com/b", "", "https://example.com/c"]'
        assert with_card.card == card

    def test_more_links_than_threads_takes_go_into_another_part(self, place: ThreadsPlace) -> None:
        links = " ".join(f"https://example.com/{number}" for number in range(6))
        own = a_draft("", wordings=(Wording("t1", Hat.PROFESSIONAL, (links,)),))

        assert len(place.rendition(a_draft("", links)).parts) == 2
        assert place.rendition(own).problems == ("too_many_links",)
        place.publish(place.rendition(a_draft("", links)), "key")
        assert hangs_together(place)

    @pytest.mark.parametrize(
        "text",
        ["👨‍👩‍👧‍👦 family " * 30, "flags 🇩🇪🇫🇷 " * 40, "© and ® and ™ and ❤️ " * 40, "3️⃣ keycaps #️⃣ " * 30, "é " * 400],
        ids=["families", "flags", "signs", "keycaps", "accents"],
    )
    def test_what_we_count_is_what_threads_takes(self, place: ThreadsPlace, text: str) -> None:
        rendition = place.rendition(a_draft("", text))

        place.publish(rendition, "key")

        assert texts(place) == [part.text for part in rendition.parts]


class TestConnecting:
    def connect(self, place: ThreadsPlace, token: str, **changes: str) -> Grant:
        fake = place.fake.threads
        keys = {"app_id": fake.client_id, "app_secret": fake.client_secret, "token": token, "api_root": fake.url}
        (grant,) = place.network.connect("token", {**keys, **changes}, AnyBrowser())
        return grant

    def login_of(self, grant: Grant) -> Login:
        account = account_of(Hat.PROFESSIONAL, id="t1", network="threads", label="", settings=grant.settings)
        return Login(account, grant.secret, grant.more)

    def test_a_short_token_becomes_one_of_sixty_days(self, place: ThreadsPlace) -> None:
        short = place.fake.give_token("threads", lives_s=3600, kind="short")
        grant = self.connect(place, f" {short.access}\n")

        token = place.fake.threads.token_of(grant.secret)
        assert token is not None
        assert token.access != short.access
        assert datetime.fromisoformat(grant.settings["expires_at"]) - place.now() > 59 * DAY
        assert tuple(grant.more) == place.network.more_secrets
        profile = place.network.verify(self.login_of(grant))
        assert (profile.name, profile.handle) == ("Jamie Lark", "@jamielark")
        assert profile.url == "https://www.threads.com/@jamielark"

    def test_a_young_long_token_is_kept_as_it_is(self, place: ThreadsPlace) -> None:
        long = place.fake.give_token("threads")
        grant = self.connect(place, long.access)

        assert grant.secret == long.access
        ends_at = datetime.fromisoformat(grant.settings["expires_at"])
        assert 58 * DAY < ends_at - place.now() < 60 * DAY

    def test_an_older_long_token_is_renewed_at_once(self, place: ThreadsPlace) -> None:
        long = place.fake.give_token("threads")
        place.fake.advance(30 * DAY.total_seconds())
        grant = self.connect(place, long.access)

        assert grant.secret != long.access
        assert datetime.fromisoformat(grant.settings["expires_at"]) - place.now() > 59 * DAY

    def test_a_wrong_secret_or_a_dead_token_is_told_as_such(self, place: ThreadsPlace) -> None:
        short = place.fake.give_token("threads", lives_s=3600, kind="short")
        with pytest.raises(Refused) as refused:
            self.connect(place, short.access, app_secret="guess")
        with pytest.raises(SignedOut) as signed_out:
            self.connect(place, "THdead")

        assert (refused.value.code, signed_out.value.code) == ("app_keys_wrong", "token_refused")

    @pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.CUT_AFTER, Fault.EMPTY, Fault.TRUNCATED])
    def test_a_fault_of_the_line_disconnects_nobody(self, place: ThreadsPlace, fault: Fault) -> None:
        place.fake.fail_next("threads", "GET /access_token", fault, times=2)
        short = place.fake.give_token("threads", lives_s=3600, kind="short")

        with pytest.raises(Unreachable):
            self.connect(place, short.access)

    def test_a_token_is_renewed_once_it_is_a_day_old(self, place: ThreadsPlace) -> None:
        short = place.fake.give_token("threads", lives_s=3600, kind="short")
        login = self.login_of(self.connect(place, short.access))
        assert place.network.renew(login) is None
        assert place.fake.threads.count("GET /refresh_access_token") == 0

        place.fake.advance(DAY.total_seconds() + 1)
        renewal = place.network.renew(login)

        assert renewal is not None
        assert renewal.secret not in (login.secret, repr(renewal))
        assert renewal.expires_at is not None
        assert renewal.expires_at - place.now() > 59 * DAY
        assert place.network.verify(replace(login, secret=renewal.secret)).handle == "@jamielark"

    def test_renewing_tells_a_dead_token_from_a_broken_line(self, place: ThreadsPlace) -> None:
        place.fake.fail_next("threads", "GET /refresh_access_token", Fault.SERVER_ERROR)
        with pytest.raises(Unreachable):
            place.network.renew(place.login)
        place.fake.advance(61 * DAY.total_seconds())

        with pytest.raises(SignedOut):
            place.network.renew(place.login)

    def test_nothing_secret_shows(self, place: ThreadsPlace) -> None:
        short = place.fake.give_token("threads", lives_s=3600, kind="short")
        grant = self.connect(place, short.access)

        secret = place.fake.threads.client_secret
        answer = Http().read(f"{place.fake.threads.url}/access_token", params={"client_secret": secret})
        assert secret not in repr(answer)
        assert secret not in repr(grant)
        assert grant.secret not in repr(grant)


class TestPublishing:
    def test_a_long_text_becomes_a_thread(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", LONG, numbers_parts=True))

        receipt = place.publish(rendition, "key")

        assert texts(place) == [part.text for part in rendition.parts]
        assert texts(place)[0].endswith(" 1/3")
        assert hangs_together(place)
        assert (receipt.remote_id, *receipt.more_ids) == tuple(post.id for post in place.posts())
        assert receipt.url == place.posts()[0].url

    def test_a_link_gets_its_card(self, place: ThreadsPlace) -> None:
        place.publish(place.rendition(a_draft("", "Read https://example.com/rest")), "key")

        assert place.posts()[0].link == {"source": "https://example.com/rest"}

    def test_it_waits_until_the_container_is_finished(self, place: ThreadsPlace) -> None:
        place.fake.threads.polls = 4

        place.publish(place.rendition(a_draft("", "Words")), "key")

        assert place.post_count() == 1
        assert sum(place.pauses) > 0

    def test_a_container_that_takes_too_long_is_used_by_the_next_try(self, place: ThreadsPlace) -> None:
        place.fake.threads.polls = 10
        rendition = place.rendition(a_draft("", "Words"))
        with pytest.raises(Unreachable) as caught:
            place.publish(rendition, "key")
        assert caught.value.code == "still_preparing"

        place.publish(rendition, "key")

        assert place.post_count() == 1
        assert place.fake.threads.count(CREATE) == 1

    def test_a_container_that_has_lapsed_is_made_anew(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", "Words"))
        place.fake.fail_next("threads", PUBLISH, Fault.TOO_FAST)
        with pytest.raises(TooFast):
            place.publish(rendition, "key")
        place.fake.advance(DAY.total_seconds() + 1)

        _, problems = pursued(place, rendition, "key")

        assert [problem.code for problem in problems] == ["still_preparing"]
        assert place.post_count() == 1

    def test_a_container_that_threads_cannot_prepare_is_refused(self, place: ThreadsPlace) -> None:
        place.fake.threads.polls = 0
        place.fake.fail_next("threads", ONE, Response(200, {"status": "ERROR", "error_message": "UNKNOWN", "id": "1"}))

        with pytest.raises(Refused) as caught:
            place.publish(place.rendition(a_draft("", "Words")), "key")

        assert caught.value.code == "refused"
        assert place.post_count() == 0

    def test_a_container_that_threads_has_lost_is_made_anew(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", "Words"))
        place.fake.fail_next("threads", PUBLISH, _lost_container, is_taken=False)

        _, problems = pursued(place, rendition, "key")

        assert [problem.code for problem in problems] == ["still_preparing"]
        assert place.fake.threads.count(CREATE) == 2
        assert place.post_count() == 1

    def test_a_part_whose_parent_shows_late_waits(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", LONG))
        place.fake.fail_next("threads", CREATE, _lost_container, skip=1, is_taken=False)
        with pytest.raises(Unreachable) as caught:
            place.publish(rendition, "key")
        assert caught.value.code == "still_preparing"

        place.publish(rendition, "key")

        assert texts(place) == [part.text for part in rendition.parts]
        assert hangs_together(place)

    def test_a_thread_whose_beginning_was_taken_away_stops(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", LONG))
        place.fake.fail_next("threads", CREATE, Fault.TOO_FAST, skip=1)
        with pytest.raises(TooFast):
            place.publish(rendition, "key")
        place.posts()[0].deleted_at_s = place.fake.threads.now_s()

        with pytest.raises(StoppedMidway) as caught:
            place.publish(rendition, "key")

        assert (caught.value.facts["sent"], caught.value.facts["of"]) == (1, 3)
        assert caught.value.facts["why"] == "not_there"

    def test_a_refused_part_leaves_what_is_out_and_names_it(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", LONG))
        place.fake.fail_next("threads", CREATE, _forbidden, skip=2, is_taken=False)

        with pytest.raises(StoppedMidway) as caught:
            place.publish(rendition, "key")

        assert caught.value.facts["why"] == "app_may_not"
        assert (caught.value.receipt.remote_id, *caught.value.receipt.more_ids) == tuple(p.id for p in place.posts())
        assert len(place.posts()) == 2

    def test_the_days_quota_makes_it_wait(self, place: ThreadsPlace) -> None:
        for number in range(250):
            place.fake.threads.within(place.fake.threads.people[0].id, "post", 250, number + 86400)

        with pytest.raises(TooFast):
            place.publish(place.rendition(a_draft("", "Words")), "key")

        assert place.post_count() == 0


# Threads may publish a container twice if it is asked twice: no client can help what something in between repeats.
OUR_FAULTS = [fault for fault in Fault if fault is not Fault.REPEATED]


class TestNeverTwiceNeverLost:
    @pytest.mark.parametrize(("text", "skip"), [("Sleep well.", 0), (LONG, 1)], ids=["one", "thread"])
    @pytest.mark.parametrize("fault", OUR_FAULTS, ids=lambda fault: fault.name)
    @pytest.mark.parametrize("match", [CREATE, PUBLISH, OWN, REPLIES, ONE])
    def test_any_fault_on_any_call_ends_in_each_part_once(
        self, place: ThreadsPlace, match: str, fault: Fault, skip: int, text: str
    ) -> None:
        rendition = place.rendition(a_draft("", text))
        place.fake.advance(2 * DAY.total_seconds())  # so that the login can be renewed
        place.fake.fail_next("threads", match, fault, times=2, skip=0 if match in (OWN, REPLIES) else skip)
        if match in (OWN, REPLIES):
            place.fake.fail_next(
                "threads", PUBLISH, Fault.CUT_AFTER, skip=1 if match == REPLIES and text == LONG else 0
            )

        receipt, problems = pursued(place, rendition, "key")

        assert texts(place) == [part.text for part in rendition.parts]
        assert hangs_together(place)
        assert (receipt.remote_id, *receipt.more_ids) == tuple(post.id for post in place.posts())
        assert not any(place.login.secret in f"{problem!r} {problem.facts}" for problem in problems)

    @pytest.mark.parametrize("publishes_again", [True, False])
    def test_a_container_that_is_out_is_never_published_again(self, place: ThreadsPlace, publishes_again: bool) -> None:
        place.fake.threads.publishes_again = publishes_again
        rendition = place.rendition(a_draft("", "Words"))
        place.fake.fail_next("threads", PUBLISH, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")

        receipt = place.publish(rendition, "key")

        assert place.fake.threads.count(PUBLISH) == 1
        assert (receipt.remote_id, receipt.url) == (place.posts()[0].id, place.posts()[0].url)

    def test_a_post_that_is_out_and_does_not_show_yet_stays_unknown(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", "Words"))
        place.fake.fail_next("threads", PUBLISH, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")
        place.fake.fail_next("threads", OWN, Response(200, {"data": []}), is_taken=False)

        with pytest.raises(OutcomeUnknown) as caught:
            place.find(rendition, "key")

        assert caught.value.code == "twin_unseen"
        assert place.find(rendition, "key") is not None

    def test_what_never_left_is_not_found_and_goes_with_the_same_container(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", "Words"))
        place.fake.fail_next("threads", PUBLISH, Fault.CUT_BEFORE)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")

        assert place.find(rendition, "key") is None
        place.publish(rendition, "key")

        assert place.fake.threads.count(CREATE) == 1
        assert place.post_count() == 1

    def test_the_same_words_of_before_are_not_ours(self, place: ThreadsPlace) -> None:
        earlier = place.publish(place.rendition(a_draft("", "Words")), "earlier")
        place.fake.threads.kept[earlier.remote_id].at_s -= 3600
        place.fake.fail_next("threads", PUBLISH, Fault.CUT_BEFORE)
        with pytest.raises(OutcomeUnknown):
            place.publish(place.rendition(a_draft("", "Words")), "key")

        assert place.find(place.rendition(a_draft("", "Words")), "key") is None

    def test_two_equal_parts_are_both_sent(self, place: ThreadsPlace) -> None:
        draft = a_draft("", wordings=(Wording("t1", Hat.PROFESSIONAL, ("Rest.", "Rest.", "Rest.")),))
        place.fake.fail_next("threads", PUBLISH, Fault.CUT_AFTER, times=3)

        pursued(place, place.rendition(draft), "key")

        assert texts(place) == ["Rest."] * 3
        assert hangs_together(place)

    def test_without_the_right_to_read_replies_the_container_alone_tells(self, place: ThreadsPlace) -> None:
        scopes = place.fake.threads.all_scopes() - {"threads_read_replies"}
        place.login = replace(place.login, secret=place.fake.give_token("threads", scopes=scopes).access)
        rendition = place.rendition(a_draft("", LONG))
        place.fake.fail_next("threads", PUBLISH, Fault.CUT_BEFORE, skip=1)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")
        assert place.find(rendition, "key") is None
        place.fake.fail_next("threads", PUBLISH, Fault.CUT_AFTER)
        with pytest.raises(OutcomeUnknown):
            place.publish(rendition, "key")

        with pytest.raises(OutcomeUnknown):
            place.find(rendition, "key")

        assert len(place.posts()) == 2

    def test_a_login_that_ends_in_between_is_renewed_and_goes_on(self, place: ThreadsPlace) -> None:
        rendition = place.rendition(a_draft("", LONG))
        place.fake.advance(2 * DAY.total_seconds())
        place.fake.fail_next("threads", PUBLISH, Fault.UNAUTHORIZED, skip=1)
        secret = place.login.secret

        _, problems = pursued(place, rendition, "key")

        assert [type(problem) for problem in problems] == [SignedOut]
        assert place.login.secret != secret
        assert texts(place) == [part.text for part in rendition.parts]


class TestAfterwards:
    def test_a_thread_is_taken_down_from_its_end(self, place: ThreadsPlace) -> None:
        receipt = place.publish(place.rendition(a_draft("", LONG)), "key")

        place.network.delete(receipt, place.login)

        asked = [request.path for request in place.fake.threads.requests if request.method == "DELETE"]
        assert asked == [f"/v1.0/{number}" for number in reversed((receipt.remote_id, *receipt.more_ids))]
        assert place.posts() == []

    def test_what_may_not_be_deleted_is_not_taken_for_gone(self, place: ThreadsPlace) -> None:
        receipt = place.publish(place.rendition(a_draft("", "Words")), "key")
        place.fake.fail_next("threads", "DELETE *", _gone, is_taken=False)

        with pytest.raises(Refused) as caught:
            place.network.delete(receipt, place.login)

        assert caught.value.code == "app_may_not"

    @pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.PAGE])
    def test_taking_down_can_be_tried_again(self, place: ThreadsPlace, fault: Fault) -> None:
        receipt = place.publish(place.rendition(a_draft("", LONG)), "key")
        place.fake.fail_next("threads", "DELETE *", fault, skip=1)
        with pytest.raises(Unreachable):
            place.network.delete(receipt, place.login)

        place.network.delete(receipt, place.login)

        assert place.posts() == []

    def test_the_days_most_deletes_make_it_wait(self, place: ThreadsPlace) -> None:
        receipt = place.publish(place.rendition(a_draft("", "Words")), "key")
        for _ in range(100):
            place.fake.threads.within(place.fake.threads.people[0].id, "delete", 100, 86400)

        with pytest.raises(TooFast):
            place.network.delete(receipt, place.login)

    def test_a_receipt_of_something_else_deletes_nothing(self, place: ThreadsPlace) -> None:
        for call in (place.network.delete, place.network.reactions):
            with pytest.raises(BadInput):
                call(Receipt("1", "", datetime.now(UTC), more_ids=("me",)), place.login)

        assert place.fake.threads.requests == []

    def test_likes_and_what_others_wrote_are_read(self, place: ThreadsPlace) -> None:
        receipt = place.publish(place.rendition(a_draft("", LONG)), "key")
        place.fake.threads.react(receipt.remote_id, likes=5, reposts=2, quotes=1)
        place.fake.threads.people.append(READER)
        place.fake.threads.reply_from(receipt.more_ids[-1], "Thank you", READER)

        told = place.network.reactions(receipt, place.login)

        assert told is not None
        assert (told.likes, told.reposts, told.reply_count) == (5, 3, 1)
        assert [(reply.author, reply.text) for reply in told.replies] == [("@adawren", "Thank you")]

    def test_what_the_app_may_not_see_is_not_told(self, place: ThreadsPlace) -> None:
        receipt = place.publish(place.rendition(a_draft("", LONG)), "key")
        scopes = {"threads_basic", "threads_content_publish"}
        place.login = replace(place.login, secret=place.fake.give_token("threads", scopes=scopes).access)

        told = place.network.reactions(receipt, place.login)

        assert told is not None
        assert (told.likes, told.reposts, told.reply_count, told.replies) == (None, None, None, ())

    def test_a_fault_in_reading_is_told(self, place: ThreadsPlace) -> None:
        receipt = place.publish(place.rendition(a_draft("", "Words")), "key")
        place.fake.fail_next("threads", "GET /v1.0/*/insights", Fault.SERVER_ERROR, times=2)

        with pytest.raises(NetworkError):
            place.network.reactions(receipt, place.login)


def _error(status: int, code: int, subcode: int = 0) -> Response:
    error = {"message": "words", "type": "OAuthException", "code": code, "error_subcode": subcode}
    return Response(status, {"error": error})


def _lost_container(request: Request) -> Response:
    return _error(400, 24, 4279009)


def _forbidden(request: Request) -> Response:
    return _error(403, 10)


def _gone(request: Request) -> Response:
    return _error(400, 100, 33)
