"""Every fault on every call of a post's way, through queue, logins and Publisher: a reader finds the post once, and
whatever was told on the way is a sentence."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from tests.contract.delivering import PATIENCE_S, Desk
from tests.contract.networks_suite import Place, a_draft
from tests.contract.test_networks_facebook import FacebookPlace
from tests.contract.test_networks_linkedin import LinkedInPlace
from tests.contract.test_networks_mastodon import FakePlace as MastodonPlace
from tests.contract.test_networks_threads import ThreadsPlace
from tests.contract.test_networks_x import XPlace
from tests.fakes.strict import Fault, StrictFake

from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.rendition import Rendition
from twohats.model.wording import Wording
from twohats.store.database import Store

PLACES: dict[str, Callable[[StrictFake], Place]] = {
    "x": XPlace,
    "linkedin": LinkedInPlace,
    "facebook": FacebookPlace,
    "threads": ThreadsPlace,
    "mastodon": MastodonPlace,
}
ONCE = (
    Fault.CUT_BEFORE,
    Fault.CUT_AFTER,
    Fault.SLOW,
    Fault.UNAUTHORIZED,
    Fault.TOO_FAST,
    Fault.TOO_FAST_SECONDS,
    Fault.SERVER_ERROR_TAKEN,
    Fault.PAGE,
    Fault.PAGE_TAKEN,
    Fault.EMPTY,
    Fault.TRUNCATED,
    Fault.ERRORS_IN_200,
)
WRITES = {
    "x": "POST /2/tweets",
    "linkedin": "POST /rest/posts",
    "facebook": "POST /v26.0/*/feed",
    "threads": "POST /v1.0/me/threads_publish",
    "mastodon": "POST /api/v1/statuses",
}
_LOOKING = 4  # calls that looking for a post, and bringing out the rest, may take more
TWICE = (Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.CUT_AFTER)


@pytest.fixture(params=PLACES)
def fake(request: pytest.FixtureRequest) -> Iterator[StrictFake]:
    with StrictFake(request.param) as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def desk(fake: StrictFake, store: Store, request: pytest.FixtureRequest) -> Desk:
    return Desk(PLACES[request.node.callspec.params["fake"]](fake), fake, store)


@pytest.mark.parametrize(
    ("fault", "times"),
    [*((fault, 1) for fault in ONCE), *((fault, 2) for fault in TWICE)],
    ids=lambda value: str(value) if isinstance(value, int) else value.name.lower(),
)
def test_a_fault_on_any_call_makes_neither_two_nor_none(desk: Desk, fault: Fault, times: int) -> None:
    network = desk.fake.networks[desk.place.network.name]
    before = len(network.requests)
    texts = _sent(desk, 0)
    calls = len(network.requests) - before
    assert calls

    for skip in range(calls):
        network.fail_next("* *", fault, times, skip=skip, seconds=3 * PATIENCE_S)
        texts += _sent(desk, skip + 1)
        network.soothe()
        found = [post.text for post in desk.fake.posts(network.name)]
        assert sorted(found) == sorted(texts), (skip, desk.told)
        assert desk.asked == 0, (skip, desk.told)


@pytest.mark.parametrize(
    "fault", [Fault.CUT_BEFORE, Fault.UNAUTHORIZED, Fault.TOO_FAST, Fault.SERVER_ERROR, Fault.PAGE, Fault.TRUNCATED]
)
def test_a_second_fault_while_the_lost_post_is_looked_for_does_no_harm(desk: Desk, fault: Fault) -> None:
    network = desk.fake.networks[desk.place.network.name]
    before = len(network.requests)
    texts = _sent(desk, 0)
    calls = len(network.requests) - before

    for skip in range(calls - 1, calls + _LOOKING):
        network.fail_next(WRITES[network.name], Fault.CUT_AFTER)
        network.fail_next("* *", fault, skip=skip)
        texts += _sent(desk, skip + 1)
        network.soothe()
        found = [post.text for post in desk.fake.posts(network.name)]
        assert sorted(found) == sorted(texts), (skip, desk.told)
        assert desk.asked == 0, (skip, desk.told)


@pytest.mark.parametrize("fake", ["linkedin"], indirect=True)
def test_a_limit_of_the_day_that_outlasts_what_linkedin_remembers_is_asked_about(desk: Desk) -> None:
    network = desk.fake.linkedin
    network.fail_next(WRITES["linkedin"], Fault.CUT_AFTER)
    network.fail_next(WRITES["linkedin"], Fault.TOO_FAST)

    texts = _sent(desk, 0, hour=1)

    assert [post.text for post in desk.fake.posts("linkedin")] == texts
    assert desk.asked == 1


def _sent(desk: Desk, number: int, hour: int = 20) -> list[str]:
    """Brings a post out whatever happens; the texts that a reader must find. On LinkedIn it begins at this hour of a
    day (UTC): its limits of a day end at midnight, and for some hours only it remembers what it has."""
    if desk.place.network.name == "linkedin":
        today = desk.now().replace(hour=hour, minute=0, second=0, microsecond=0)
        desk.fake.advance((today - desk.now()) % timedelta(days=1) / timedelta(seconds=1))
    rendition = _written(desk.place, number)
    texts = [part.text for part in rendition.parts]
    name = desk.place.network.name

    def is_there() -> bool:
        found = [post.text for post in desk.fake.posts(name)]
        return set(texts) <= set(found)

    moved = desk.pursue(desk.queued(rendition), is_there)
    assert moved.state is DeliveryState.SENT
    return texts


def _written(place: Place, number: int) -> Rendition:
    """A thread of two where there are threads, with a picture where pictures go there."""
    parts = (f"Sleep, number {number}.", f"And rest, number {number}.")
    wording = Wording(place.login.account.id, Hat.PROFESSIONAL, parts)
    media = (place.pictures.draw("teal", f"A pond, number {number}"),)
    return place.rendition(a_draft(title="", text="Shared", wordings=(wording,), media=media))
