"""What every network keeps to. A test module inherits `NetworkContract` and gives it a `place`."""

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.journals import MemoryJournal
from tests.fakes.pictures import Pictures

from twohats.model.draft import Draft
from twohats.model.errors import BadInput, OutcomeUnknown, Refused
from twohats.model.identity import fresh_identities
from twohats.model.ports import Login, Network
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition


class Place(ABC):
    """One account on one network, and a reader's eyes.

    `sends` are the fields of a draft that go there; `shows_html`: a reader gets a page, else plain text;
    `takes_pictures`: pictures go there; `finds_by_key`: a post is found without a journal; `longest` is the longest
    text, in characters, to be tried there.
    """

    network: Network
    login: Login
    pictures: Pictures
    sends: tuple[str, ...] = ("text", "title", "tags", "excerpt")
    shows_html = True
    takes_pictures = True
    finds_by_key = True
    longest = 1_000_000

    @abstractmethod
    def post_count(self) -> int:
        """How many posts a reader finds."""

    @abstractmethod
    def page_of(self, receipt: Receipt) -> str:
        """What a reader gets at the receipt's address; empty when it is gone."""

    @abstractmethod
    def lock_out(self) -> None:
        """From now on the place cannot be reached."""

    def publish(self, rendition: Rendition, key: str) -> Receipt:
        """With the journal of this key, as the flows do."""
        return self.network.publish(rendition, self.login, key, self.journal(key))

    def find(self, rendition: Rendition, key: str) -> Receipt | None:
        return self.network.find(rendition, self.login, key, self.journal(key))

    def journal(self, key: str) -> MemoryJournal:
        journals: dict[str, MemoryJournal] = self.__dict__.setdefault("journals", {})
        return journals.setdefault(key, MemoryJournal())

    def lose_answers(self, key: str) -> None:
        """As if the program had ended before it could note what the network answered."""
        journal = self.journal(key)
        journal.steps = {step: value for step, value in journal.steps.items() if not step.startswith("part.")}

    def rendition(self, draft: Draft, at: datetime | None = None) -> Rendition:
        at = at or datetime.now(UTC)
        return self.network.render(draft, self.login.account, fresh_identities()[1], at)


def a_draft(title: str = "Sleep and rest", text: str = "Sleep **well**.\n\nAnd rest.", **changes: object) -> Draft:
    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    draft = Draft(id="d1", created_at=now, edited_at=now, title=title, text=text)
    return replace(draft, **changes)  # type: ignore[arg-type]


class NetworkContract:
    @pytest.fixture
    def place(self) -> Place:
        raise NotImplementedError("each network's own tests give a place")

    def test_rendering_the_same_twice_gives_the_same_bytes(self, place: Place) -> None:
        at = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        draft = a_draft(tags=("rest",), media=(place.pictures.draw("red", "A red kite"),))

        assert place.rendition(draft, at).digest == place.rendition(draft, at).digest

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"text": "Sleep **better**."}, id="text"),
            pytest.param({"title": "Another"}, id="title"),
            pytest.param({"tags": ("other",)}, id="tags"),
            pytest.param({"excerpt": "In short"}, id="excerpt"),
        ],
    )
    def test_another_word_anywhere_is_another_rendition(self, place: Place, change: dict[str, object]) -> None:
        at = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        goes_there = set(change) <= set(place.sends)

        assert (place.rendition(a_draft(), at).digest != place.rendition(a_draft(**change), at).digest) is goes_there

    def test_another_alt_text_is_another_rendition(self, place: Place) -> None:
        at = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        picture = place.pictures.draw("red", "A red kite")
        one, other = a_draft(media=(picture,)), a_draft(media=(replace(picture, alt="A kite"),))
        differs = place.rendition(one, at).digest != place.rendition(other, at).digest

        assert differs is place.takes_pictures

    def test_nothing_written_cannot_be_sent(self, place: Place) -> None:
        assert place.rendition(a_draft(title="", text=" \n\t")).problems == ("empty",)
        assert place.rendition(a_draft(title="", text="A word")).problems == ()

    def test_the_name_of_the_file_on_the_owners_disk_goes_nowhere(self, place: Place) -> None:
        rendition = place.rendition(a_draft(media=(place.pictures.draw("red", "A kite"),)))

        assert "holiday" not in repr(rendition)
        assert [picture.name for picture in rendition.pictures] == ["image-1.jpg"] * place.takes_pictures

    def test_a_login_that_works_tells_who_it_is(self, place: Place) -> None:
        assert place.network.verify(place.login).name

    def test_a_published_post_is_what_was_shown(self, place: Place) -> None:
        draft = a_draft(title="Rest & more", text="One\nTwo **bold**\n\n- a\n- b", tags=("rest", "sleep"))
        rendition = place.rendition(draft)

        page = place.page_of(place.publish(rendition, "key-shown"))

        for words in ("<strong>bold</strong>", "<li>a</li>", "One<br />") if place.shows_html else ():
            assert words in rendition.html
        for part in rendition.parts:
            assert part.text in page
        assert "Two" in page
        assert "bold" in page

    def test_before_it_is_published_it_is_not_found(self, place: Place) -> None:
        assert place.find(place.rendition(a_draft(title="Not yet")), "key-not-yet") is None

    def test_what_was_published_is_found_again(self, place: Place) -> None:
        rendition = place.rendition(a_draft(title="Found again"))
        receipt = place.publish(rendition, "key-found")

        found = place.find(rendition, "key-found")

        assert found is not None
        assert (found.remote_id, found.url) == (receipt.remote_id, receipt.url)

    def test_the_same_key_twice_makes_one_post(self, place: Place) -> None:
        rendition = place.rendition(a_draft(title="Only once", media=(place.pictures.draw("blue", "Blue"),)))
        before = place.post_count()

        first = place.publish(rendition, "key-once")
        second = place.publish(rendition, "key-once")

        assert first.remote_id == second.remote_id
        assert place.post_count() == before + 1

    def test_another_post_of_the_same_title_leaves_the_first_alone(self, place: Place) -> None:
        now = datetime.now(UTC)
        first = place.publish(place.rendition(a_draft("Twin", "First text"), now), "key-t1")
        other = place.rendition(a_draft("Twin", "Second text"), now + timedelta(seconds=1))

        assert place.find(other, "key-t2") is None
        with suppress(Refused):
            second = place.publish(other, "key-t2")
            assert second.remote_id != first.remote_id
            assert "Second text" in place.page_of(second)
        assert "First text" in place.page_of(first)

    def test_pictures_arrive_with_their_alt_texts(self, place: Place) -> None:
        media = (place.pictures.draw("green", 'Hill "one"'), place.pictures.draw("yellow", "Field"))
        rendition = place.rendition(a_draft("Two pictures", media=media))

        page = place.page_of(place.publish(rendition, "key-pictures"))

        assert ("Field" in page) is place.takes_pictures
        assert ("Hill" in page) is place.takes_pictures

    def test_a_picture_that_is_gone_stops_the_post(self, place: Place) -> None:
        picture = replace(place.pictures.draw("black", "Night"), digest="0" * 64)
        rendition = place.rendition(a_draft("Without its picture", media=(picture,)))
        before = place.post_count()
        if not place.takes_pictures:
            assert rendition.pictures == ()
            return

        with pytest.raises(BadInput) as caught:
            place.publish(rendition, "key-gone")

        assert caught.value.code == "picture_missing"
        assert place.post_count() == before

    def test_what_was_taken_down_is_gone_and_a_second_time_does_no_harm(self, place: Place) -> None:
        rendition = place.rendition(a_draft("Taken down", media=(place.pictures.draw("pink", "Rose"),)))
        before = place.post_count()
        receipt = place.publish(rendition, "key-down")

        place.network.delete(receipt, place.login)
        place.network.delete(receipt, place.login)

        assert place.page_of(receipt) == ""
        assert place.post_count() == before
        assert place.find(rendition, "key-down" if place.finds_by_key else "another-key") is None

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("nul \x00 and \x1b escape", id="control characters"),
            pytest.param("half \ud83d a face", id="half a character"),
            pytest.param("\u202eright to left\u202c zero\u200bwidth", id="bidi and zero width"),
            pytest.param("emoji 👩‍👩‍👧‍👦 and Größe, психолог, 心", id="scripts"),
            pytest.param("---\ntitle: not mine\n---\n{{ braces }} {% raw %} [gallery] <script>x</script>", id="orders"),
            pytest.param("[" * 3000 + "*a" * 3000, id="brackets"),
            pytest.param("word " * 40_000, id="200,000 characters"),
        ],
    )
    def test_any_text_arrives_whole(self, place: Place, text: str, request: pytest.FixtureRequest) -> None:
        text = text[: place.longest]
        rendition = place.rendition(a_draft(f"Hostile {request.node.callspec.id}", f"{text}\n\nThe end."))

        page = place.page_of(place.publish(rendition, f"key-{request.node.callspec.id}"))

        assert "The end." in page
        assert "<script>x" not in page or not place.shows_html

    def test_when_the_place_cannot_be_reached_nobody_says_it_is_not_there(self, place: Place) -> None:
        rendition = place.rendition(a_draft(title="Lost sight"))
        place.publish(rendition, "key-lost")
        place.lose_answers("key-lost")
        place.lock_out()

        with pytest.raises(OutcomeUnknown):
            place.find(rendition, "key-lost")
