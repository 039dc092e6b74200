"""Mastodon keeps planned posts by itself: a strict fake with its limits."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from tests.contract.networks_suite import a_draft
from tests.contract.test_networks_mastodon import POST, FakePlace
from tests.fakes.strict import Fault, StrictFake

from twohats.model.errors import NetworkError, OutcomeUnknown, Refused
from twohats.model.ports import DATED, PLANNED_FOR
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.networks.sites.mastodon import Mastodon

HOUR = timedelta(hours=1)


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("mastodon") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def place(fake: StrictFake) -> FakePlace:
    return FakePlace(fake)


def keeper(place: FakePlace) -> Mastodon:
    assert isinstance(place.network, Mastodon)
    return place.network


def plan(place: FakePlace, key: str, at: datetime) -> None:
    """As the flows note it before an attempt."""
    place.journal(key).note(DATED, at.isoformat())
    place.journal(key).note(PLANNED_FOR, at.isoformat())


def planned(place: FakePlace, key: str = "k", ahead: timedelta = HOUR) -> tuple[Rendition, Receipt]:
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, key, place.now() + ahead)
    return rendition, place.publish(rendition, key)


def test_a_planned_post_waits_there_and_comes_out_under_another_name(place: FakePlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)
    assert receipt.waits_there
    assert receipt.url == ""
    assert place.post_count() == 0
    assert keeper(place).came_out(rendition, receipt, place.login) is None

    fake.advance(3700)
    out = keeper(place).came_out(rendition, receipt, place.login)

    assert out is not None
    assert out.remote_id != receipt.remote_id
    assert not out.waits_there
    assert out.url.endswith(out.remote_id)
    assert place.page_of(out).strip() == "Rest well."


def test_its_pictures_wait_with_it(place: FakePlace, fake: StrictFake) -> None:
    rendition = place.rendition(a_draft(title="", text="Kites", media=(place.pictures.draw("red", "A red kite"),)))
    plan(place, "k", place.now() + HOUR)
    receipt = place.publish(rendition, "k")

    fake.advance(3700)
    out = keeper(place).came_out(rendition, receipt, place.login)

    assert out is not None
    assert "A red kite" in place.page_of(out)


def test_after_a_lost_answer_it_is_found_among_what_waits(place: FakePlace, fake: StrictFake) -> None:
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, "k", place.now() + HOUR)
    place.fail(POST, Fault.CUT_AFTER)
    with pytest.raises(OutcomeUnknown):
        place.publish(rendition, "k")

    found = place.find(rendition, "k")

    assert found is not None
    assert found.waits_there
    fake.advance(3700)
    assert place.post_count() == 1


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.SERVER_ERROR_TAKEN])
@pytest.mark.parametrize("honours_keys", [True, False], ids=["keys", "no-keys"])
def test_whatever_happens_to_the_answer_it_comes_out_once(
    place: FakePlace, fake: StrictFake, fault: Fault, honours_keys: bool
) -> None:
    fake.mastodon.honours_keys = honours_keys
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, "k", place.now() + HOUR)
    place.fail(POST, fault)
    with pytest.raises(NetworkError):
        place.publish(rendition, "k")

    receipt = place.find(rendition, "k") or place.publish(rendition, "k")

    assert receipt.waits_there
    fake.advance(3700)
    assert [post.text for post in place.posts()] == ["Rest well."]


def test_what_came_out_before_anybody_looked_is_found_too(place: FakePlace, fake: StrictFake) -> None:
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, "k", place.now() + HOUR)
    place.fail(POST, Fault.CUT_AFTER)
    with pytest.raises(OutcomeUnknown):
        place.publish(rendition, "k")
    fake.advance(3700)

    found = place.find(rendition, "k")

    assert found is not None
    assert not found.waits_there
    assert found.url


def test_it_moves_to_another_time(place: FakePlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)

    moved = keeper(place).replan(rendition, receipt, place.login, place.now() + 3 * HOUR)

    fake.advance(3700)
    assert place.post_count() == 0
    assert keeper(place).came_out(rendition, moved, place.login) is None
    fake.advance(7200)
    assert place.post_count() == 1


def test_what_is_out_does_not_move(place: FakePlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)
    fake.advance(3700)

    with pytest.raises(Refused, match="out_already"):
        keeper(place).replan(rendition, receipt, place.login, place.now() + HOUR)


def test_taken_back_it_never_comes_out(place: FakePlace, fake: StrictFake) -> None:
    _, receipt = planned(place)

    place.network.delete(receipt, place.login)
    place.network.delete(receipt, place.login)

    fake.advance(3700)
    assert place.post_count() == 0


def test_what_came_out_meanwhile_is_not_taken_for_taken_back(place: FakePlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)
    fake.advance(3700)

    with pytest.raises(Refused, match="out_already"):
        place.network.delete(receipt, place.login)
    out = keeper(place).came_out(rendition, receipt, place.login)
    assert out is not None
    place.network.delete(out, place.login)
    assert place.post_count() == 0


def test_what_was_deleted_there_is_told(place: FakePlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)
    place.network.delete(receipt, place.login)
    fake.advance(3600 + 301)

    with pytest.raises(Refused, match="gone_there"):
        keeper(place).came_out(rendition, receipt, place.login)


@pytest.mark.parametrize("version", ["4.0.0 (not true; really snac/2.65)", "2.7.2 (compatible; Akkoma 3.13)", "0.17.3"])
def test_a_server_that_only_speaks_the_language_is_not_asked(place: FakePlace, fake: StrictFake, version: str) -> None:
    fake.mastodon.version, fake.mastodon.keeps_plans = version, False

    with pytest.raises(Refused, match="not_kept_there"):
        planned(place)

    assert place.post_count() == 0


@pytest.mark.parametrize(
    ("ahead", "code"),
    [
        pytest.param(timedelta(minutes=14), "too_soon_there", id="soon"),
        pytest.param(timedelta(minutes=15), "", id="a-quarter-of-an-hour"),
        pytest.param(timedelta(days=900), "", id="years"),
    ],
)
def test_what_mastodon_keeps(place: FakePlace, ahead: timedelta, code: str) -> None:
    rendition, now = place.rendition(a_draft(title="")), place.now()

    assert keeper(place).unfit_to_keep(rendition, place.login.account, now + ahead, now) == code


def test_a_thread_waits_here(place: FakePlace) -> None:
    rendition, now = place.worded("One", "Two"), place.now()

    assert keeper(place).unfit_to_keep(rendition, place.login.account, now + HOUR, now) == "thread_not_kept"


def test_what_a_server_told_is_remembered(place: FakePlace, fake: StrictFake) -> None:
    assert place.login.account.settings["keeps_plans"] == "yes"
    place.change(keeps_plans="no")

    code = keeper(place).unfit_to_keep(
        place.rendition(a_draft(title="")), place.login.account, place.now() + HOUR, place.now()
    )

    assert code == "not_kept_there"


def test_what_is_too_soon_for_the_server_is_out_and_not_said_to_wait(place: FakePlace) -> None:
    """Its clock is ahead of ours: nothing can be done about that but to tell the truth."""
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, "k", place.now() + timedelta(minutes=4))

    receipt = place.publish(rendition, "k")

    assert not receipt.waits_there
    assert receipt.url
    assert place.post_count() == 1
