"""WordPress keeps planned posts by itself: the real one, on loopback."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.contract.networks_suite import a_draft
from tests.contract.test_networks_wordpress import WordPressPlace
from tests.fakes.cutting_proxy import CuttingProxy
from tests.servers.wordpress import WordPressServer, wordpress

from twohats.model.errors import OutcomeUnknown, Refused
from twohats.model.ports import DATED, PLANNED_FOR, KeepsPlans
from twohats.model.receipt import Receipt

__all__ = ["wordpress"]  # the fixture

NOW = datetime.now(UTC).replace(microsecond=0)
TOMORROW = (NOW + timedelta(days=1)).replace(second=0)
LATER = TOMORROW + timedelta(days=2, hours=3)


@pytest.fixture
def place(wordpress: WordPressServer) -> WordPressPlace:
    return WordPressPlace(wordpress, wordpress.writer)


@pytest.fixture
def proxy(wordpress: WordPressServer) -> Iterator[CuttingProxy]:
    with CuttingProxy(wordpress.url) as between:
        yield between


def plan(place: WordPressPlace, key: str, *dates: datetime, there: bool = True) -> None:
    """As the flows note it before an attempt."""
    journal = place.journal(key)
    journal.note(DATED, " ".join(date.isoformat() for date in dates))
    journal.note(PLANNED_FOR, dates[-1].isoformat() if there else "")


def planned(place: WordPressPlace, key: str, title: str, at: datetime = TOMORROW) -> Receipt:
    plan(place, key, at)
    return place.publish(place.rendition(a_draft(title), at), key)


def come(place: WordPressPlace, receipt: Receipt) -> None:
    """The time of a post has come, and somebody visits the site."""
    past = "date('Y-m-d H:i:s', time() - 60)"
    place.server.php(
        f"global $wpdb; $wpdb->update($wpdb->posts, ['post_date'=>{past}, 'post_date_gmt'=>{past}],"
        f" ['ID'=>{receipt.remote_id}]); clean_post_cache({receipt.remote_id});"
        f" check_and_publish_future_post({receipt.remote_id});"
    )


def test_a_planned_post_waits_on_the_site(place: WordPressPlace) -> None:
    receipt = planned(place, "key-plan1", "Plan one")

    raw = place.raw(receipt)
    assert (raw["post_status"], raw["post_date_gmt"]) == ("future", f"{TOMORROW:%Y-%m-%d %H:%M:%S}")
    assert receipt.waits_there
    assert receipt.url == ""


def test_it_is_sent_once_however_often_it_is_tried(place: WordPressPlace) -> None:
    first = planned(place, "key-plan2", "Plan two")
    before = place.post_count()

    again = planned(place, "key-plan2", "Plan two")

    assert (again.remote_id, again.waits_there) == (first.remote_id, True)
    assert place.post_count() == before
    found = place.find(place.rendition(a_draft("Plan two"), TOMORROW), "key-plan2")
    assert found is not None
    assert (found.remote_id, found.waits_there) == (first.remote_id, True)


def test_after_a_lost_answer_it_is_found(wordpress: WordPressServer, proxy: CuttingProxy) -> None:
    place = WordPressPlace(wordpress, wordpress.writer, f"{proxy.url}/wp-json/")
    plan(place, "key-plan3", TOMORROW)
    rendition = place.rendition(a_draft("Plan three"), TOMORROW)
    proxy.lose_answer("POST", "/wp/v2/posts")
    with pytest.raises(OutcomeUnknown):
        place.publish(rendition, "key-plan3")

    found = place.find(rendition, "key-plan3")

    assert found is not None
    assert found.waits_there
    assert place.raw(found)["post_title"] == "Plan three"


def test_it_moves_to_another_time(place: WordPressPlace) -> None:
    receipt = planned(place, "key-plan4", "Plan four")

    moved = keeper(place).replan(place.rendition(a_draft("Plan four"), TOMORROW), receipt, place.login, LATER)

    raw = place.raw(moved)
    assert (raw["post_status"], raw["post_date_gmt"]) == ("future", f"{LATER:%Y-%m-%d %H:%M:%S}")
    assert moved.waits_there
    assert LATER.isoformat() in moved.note


def test_taken_back_it_is_in_the_trash(place: WordPressPlace) -> None:
    receipt = planned(place, "key-plan5", "Plan five")

    place.network.delete(receipt, place.login)

    assert place.raw(receipt)["post_status"] == "trash"
    with pytest.raises(Refused, match="gone_there"):
        keeper(place).came_out(place.rendition(a_draft("Plan five"), TOMORROW), receipt, place.login)


def test_once_its_time_has_come_it_has_an_address(place: WordPressPlace) -> None:
    rendition = place.rendition(a_draft("Plan six", text="Readers see this."), TOMORROW)
    plan(place, "key-plan6", TOMORROW)
    receipt = place.publish(rendition, "key-plan6")
    assert keeper(place).came_out(rendition, receipt, place.login) is None

    come(place, receipt)
    out = keeper(place).came_out(rendition, receipt, place.login)

    assert out is not None
    assert not out.waits_there
    assert "Readers see this." in place.page_of(out)
    with pytest.raises(Refused, match="out_already"):
        keeper(place).replan(rendition, receipt, place.login, LATER)


def test_a_post_that_waited_here_bears_the_date_of_its_time(place: WordPressPlace) -> None:
    at = NOW - timedelta(seconds=90)
    plan(place, "key-plan7", TOMORROW, at, there=False)

    receipt = place.publish(place.rendition(a_draft("Plan seven"), TOMORROW), "key-plan7")

    raw = place.raw(receipt)
    assert (raw["post_status"], raw["post_date_gmt"]) == ("publish", f"{at:%Y-%m-%d %H:%M:%S}")
    assert receipt.note == ""


def test_one_that_arrived_before_it_was_moved_is_found_by_its_older_date(place: WordPressPlace) -> None:
    first = planned(place, "key-plan8", "Plan eight")
    plan(place, "key-plan8", TOMORROW, LATER)

    found = place.find(place.rendition(a_draft("Plan eight"), TOMORROW), "key-plan8")

    assert found is not None
    assert found.remote_id == first.remote_id


@pytest.mark.parametrize(
    ("ahead", "code"),
    [
        pytest.param(timedelta(minutes=4), "too_soon_there", id="soon"),
        pytest.param(timedelta(minutes=5), "", id="five-minutes"),
        pytest.param(timedelta(days=2000), "", id="years"),
    ],
)
def test_what_wordpress_keeps(place: WordPressPlace, ahead: timedelta, code: str) -> None:
    rendition = place.rendition(a_draft())

    assert keeper(place).unfit_to_keep(rendition, place.login.account, NOW + ahead, NOW) == code


def keeper(place: WordPressPlace) -> KeepsPlans:
    assert isinstance(place.network, KeepsPlans)
    return place.network
