"""A Facebook Page keeps planned posts by itself: a strict fake with its limits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.contract.networks_suite import a_draft
from tests.contract.test_networks_facebook import FEED, FacebookPlace
from tests.fakes.strict import Fault, StrictFake

from twohats.model.errors import NetworkError, Refused
from twohats.model.ports import DATED, PLANNED_FOR
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.networks.http import Http
from twohats.networks.sites.facebook import Facebook
from twohats.networks.tools import NetworkTools

HOUR = timedelta(hours=1)


class PlannedPlace(FacebookPlace):
    """By the clock of the fake, which a test moves."""

    def __init__(self, fake: StrictFake) -> None:
        super().__init__(fake)
        self.network = Facebook(NetworkTools(self.pictures, self.now, Http(read_s=0.5, pause=lambda seconds: None)))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.fake.clock.now_s(), UTC)

    @property
    def keeper(self) -> Facebook:
        assert isinstance(self.network, Facebook)
        return self.network


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("facebook") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def place(fake: StrictFake) -> PlannedPlace:
    return PlannedPlace(fake)


def plan(place: PlannedPlace, key: str, at: datetime) -> None:
    """As the flows note it before an attempt."""
    place.journal(key).note(DATED, at.isoformat())
    place.journal(key).note(PLANNED_FOR, at.isoformat())


def planned(place: PlannedPlace, key: str = "k", ahead: timedelta = HOUR) -> tuple[Rendition, Receipt]:
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, key, place.now() + ahead)
    return rendition, place.publish(rendition, key)


def test_a_planned_post_waits_there_until_its_time(place: PlannedPlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)
    assert receipt.waits_there
    assert receipt.url == ""
    assert place.post_count() == 0
    assert place.keeper.came_out(rendition, receipt, place.login) is None

    fake.advance(3700)
    out = place.keeper.came_out(rendition, receipt, place.login)

    assert out is not None
    assert (out.remote_id, out.waits_there) == (receipt.remote_id, False)
    assert out.url.startswith("https://www.facebook.com/")
    assert place.page_of(out).strip() == "Rest well."


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.SERVER_ERROR_TAKEN])
@pytest.mark.parametrize("looked_after_s", [0, 3700], ids=["at-once", "when-it-is-out"])
def test_whatever_happens_to_the_answer_it_comes_out_once(
    place: PlannedPlace, fake: StrictFake, fault: Fault, looked_after_s: int
) -> None:
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, "k", place.now() + 2 * HOUR)
    fake.fail_next("facebook", FEED, fault)
    with pytest.raises(NetworkError):
        place.publish(rendition, "k")

    fake.advance(looked_after_s)
    receipt = place.find(rendition, "k") or place.publish(rendition, "k")

    assert receipt.waits_there
    fake.advance(7300)
    assert [post.text for post in fake.posts("facebook")] == ["Rest well."]


def test_what_came_out_before_anybody_looked_is_not_said_to_wait(place: PlannedPlace, fake: StrictFake) -> None:
    rendition = place.rendition(a_draft(title="", text="Rest well."))
    plan(place, "k", place.now() + HOUR)
    fake.fail_next("facebook", FEED, Fault.CUT_AFTER)
    with pytest.raises(NetworkError):
        place.publish(rendition, "k")
    fake.advance(3700)

    found = place.find(rendition, "k")

    assert found is not None
    assert not found.waits_there


def test_it_moves_to_another_time(place: PlannedPlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)

    moved = place.keeper.replan(rendition, receipt, place.login, place.now() + 3 * HOUR)

    fake.advance(3700)
    assert place.post_count() == 0
    assert moved.waits_there
    fake.advance(7200)
    assert place.post_count() == 1


def test_what_is_out_does_not_move(place: PlannedPlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)
    fake.advance(3700)

    with pytest.raises(Refused, match="out_already"):
        place.keeper.replan(rendition, receipt, place.login, place.now() + HOUR)


def test_taken_back_it_never_comes_out(place: PlannedPlace, fake: StrictFake) -> None:
    rendition, receipt = planned(place)

    place.network.delete(receipt, place.login)

    fake.advance(3700)
    assert place.post_count() == 0
    with pytest.raises(Refused, match="gone_there"):
        place.keeper.came_out(rendition, receipt, place.login)


@pytest.mark.parametrize(
    ("ahead", "code"),
    [
        pytest.param(timedelta(minutes=14), "too_soon_there", id="soon"),
        pytest.param(timedelta(minutes=15), "", id="a-quarter-of-an-hour"),
        pytest.param(timedelta(days=29), "", id="a-month"),
        pytest.param(timedelta(days=29, minutes=1), "too_far_there", id="more"),
    ],
)
def test_what_facebook_keeps(place: PlannedPlace, ahead: timedelta, code: str) -> None:
    rendition, now = place.rendition(a_draft(title="")), place.now()

    assert place.keeper.unfit_to_keep(rendition, place.login.account, now + ahead, now) == code
    if not code:
        assert planned(place, ahead=ahead)[1].waits_there


def test_pictures_wait_here(place: PlannedPlace) -> None:
    rendition = place.rendition(a_draft(title="", media=(place.pictures.draw("red", "Kite"),)))

    assert place.keeper.unfit_to_keep(rendition, place.login.account, place.now() + HOUR, place.now()) == (
        "pictures_not_kept"
    )
