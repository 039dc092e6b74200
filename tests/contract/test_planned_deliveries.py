"""Posts that a network keeps until their time, through the publisher: sent at once, moved, taken back, looked after."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contract.delivering import Desk as Delivering
from tests.contract.networks_suite import a_draft
from tests.contract.test_networks_mastodon import POST, FakePlace
from tests.fakes.strict import Fault, StrictFake

from twohats.flows.planning import ZonesRead
from twohats.gui import wording
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import TwoHatsError, Unreachable
from twohats.model.finding import Category, CheckResult, Finding, Severity
from twohats.model.identity import Identity
from twohats.model.plan import Keeper, Plan, plan_at
from twohats.model.policy import Policy
from twohats.model.span import Span
from twohats.store.database import Store, fresh_key, open_store

HOUR = timedelta(hours=1)
WAITING = "GET /api/v1/scheduled_statuses/*"
S = DeliveryState


@pytest.fixture
def fake() -> Iterator[StrictFake]:
    with StrictFake("mastodon") as fake:
        yield fake


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, fresh_key())
    yield opened
    opened.close()


@pytest.fixture
def desk(fake: StrictFake, store: Store) -> "Desk":
    return Desk(fake, store)


class Desk:
    """One Mastodon account, and posts that are planned for it."""

    def __init__(self, fake: StrictFake, store: Store) -> None:
        self.fake, self.store = fake, store
        self.place = FakePlace(fake)
        self.delivering = Delivering(self.place, fake, store)
        self.publisher = self.delivering.publisher
        self.planner = self.publisher.planner

    def now(self):
        return self.delivering.now()

    def planned(self, ahead: timedelta = HOUR, keeper: Keeper = Keeper.THERE) -> Delivery:
        rendition = self.place.rendition(a_draft(title="", text="Rest well."))
        return self.delivering.queued(rendition, plan_at(self.now() + ahead, "Europe/Berlin"), keeper)

    def state_of(self, delivery: Delivery) -> Delivery:
        found = self.store.queue.get(delivery.id)
        assert found is not None
        return found

    def sent(self, **how) -> Delivery:
        delivery = self.planned(**how)
        moved = self.publisher.deliver(delivery.id)
        assert moved is not None
        return moved

    def planned_by_other_clocks(
        self, later: timedelta = HOUR, ahead: timedelta = 3 * HOUR
    ) -> tuple[Delivery, Plan, Plan]:
        """One that lies there, as if it had been planned when that time on the wall came `later` less than today; what
        it was planned for, and what that means today."""
        sent = self.sent(ahead=ahead)
        kept = self.store.plans.of_delivery(sent.id)
        assert kept is not None
        meant = plan_at(kept.plan.at + later, kept.plan.zone)
        earlier = replace(meant, at=kept.plan.at)
        self.store.plans.keep(replace(kept, plan=earlier))
        return sent, earlier, meant

    def texts(self) -> list[str]:
        return [post.text for post in self.place.posts()]


def test_it_goes_there_at_once_and_comes_out_without_us(desk: Desk) -> None:
    sent = desk.sent()

    assert sent.state is S.SENT
    assert sent.receipt is not None
    assert sent.receipt.waits_there
    assert desk.texts() == []
    desk.fake.advance(3700)
    assert desk.texts() == ["Rest well."]


def test_once_out_it_gets_its_address(desk: Desk) -> None:
    sent = desk.sent()
    assert desk.planner.to_settle() == []
    desk.fake.advance(3700)
    assert [kept.delivery_id for kept in desk.planner.to_settle()] == [sent.id]

    moved = desk.planner.look_after(sent.id)

    assert moved is not None
    assert moved.receipt is not None
    assert (moved.receipt.waits_there, moved.problem) == (False, "")
    assert moved.receipt.url
    assert desk.planner.to_settle() == []
    desk.publisher.take_down(sent.id)
    assert desk.texts() == []


def test_where_the_network_lost_it_that_is_said(desk: Desk) -> None:
    sent = desk.sent()
    assert sent.receipt is not None
    desk.place.network.delete(sent.receipt, desk.place.login)
    desk.fake.advance(3700 + 300)

    moved = desk.planner.look_after(sent.id)

    assert moved is not None
    assert moved.problem == "gone_there"
    assert desk.planner.to_settle() == []


def test_a_network_that_does_not_answer_is_asked_again(desk: Desk) -> None:
    sent = desk.sent()
    desk.fake.advance(3700)
    desk.place.fail(WAITING, Fault.CUT_BEFORE, times=5)

    with pytest.raises(Unreachable):
        desk.planner.look_after(sent.id)

    assert desk.state_of(sent) == sent
    assert desk.planner.to_settle() != []


@pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.CUT_BEFORE])
def test_after_a_lost_answer_it_waits_there_once(desk: Desk, fault: Fault) -> None:
    delivery = desk.planned()
    desk.place.fail(POST, fault)
    desk.publisher.deliver(delivery.id)

    settled = desk.delivering.pursue(delivery, lambda: False)

    assert settled.receipt is not None
    assert settled.receipt.waits_there
    desk.fake.advance(3700)
    assert desk.texts() == ["Rest well."]


def test_what_is_too_soon_for_the_network_waits_here(desk: Desk) -> None:
    delivery = desk.planned(timedelta(minutes=10))

    kept = desk.store.plans.of_delivery(delivery.id)
    assert kept is not None
    assert kept.keeper is Keeper.HERE
    assert delivery.due_at == kept.plan.at


def test_what_has_become_too_soon_meanwhile_waits_here(desk: Desk) -> None:
    delivery = desk.planned()
    desk.fake.advance(3000)

    waiting = desk.publisher.deliver(delivery.id)

    kept = desk.store.plans.of_delivery(delivery.id)
    assert waiting is not None
    assert kept is not None
    assert (waiting.state, waiting.due_at, kept.keeper) == (S.WAITING, kept.plan.at, Keeper.HERE)
    desk.fake.advance(600)
    moved = desk.publisher.deliver(delivery.id)
    assert moved is not None
    assert moved.state is S.SENT
    assert desk.texts() == ["Rest well."]


def test_a_server_that_keeps_nothing_after_all_is_given_nothing_before_its_time(desk: Desk) -> None:
    delivery = desk.planned()
    desk.fake.mastodon.version, desk.fake.mastodon.keeps_plans = "0.17.3", False

    waiting = desk.publisher.deliver(delivery.id)

    assert waiting is not None
    assert (waiting.state, waiting.problem) == (S.WAITING, "not_kept_there")
    assert desk.texts() == []
    desk.fake.advance(3600)
    moved = desk.publisher.deliver(delivery.id)
    assert moved is not None
    assert moved.state is S.SENT


def test_it_moves_there(desk: Desk) -> None:
    sent = desk.sent()

    assert desk.planner.move(sent.post_id, plan_at(desk.now() + 3 * HOUR, "Europe/Berlin")) == ""

    desk.fake.advance(3700)
    assert desk.texts() == []
    desk.fake.advance(7200)
    assert desk.texts() == ["Rest well."]


def test_where_the_network_says_no_it_stays_where_it_was(desk: Desk) -> None:
    sent = desk.sent()
    before = desk.store.plans.of_delivery(sent.id)

    assert desk.planner.move(sent.post_id, plan_at(desk.now() + timedelta(minutes=6), "UTC")) == "too_soon_there"
    desk.place.fail("PUT /api/v1/scheduled_statuses/*", Fault.CUT_BEFORE, times=5)
    assert desk.planner.move(sent.post_id, plan_at(desk.now() + 3 * HOUR, "UTC")) != ""

    assert desk.store.plans.of_delivery(sent.id) == before
    assert desk.state_of(sent) == sent


def test_taken_back_there_its_text_is_a_draft_again(desk: Desk) -> None:
    sent = desk.sent()

    assert desk.planner.take_back(sent.post_id) == ""

    desk.fake.advance(3700)
    assert desk.texts() == []
    assert desk.state_of(sent).state is S.CANCELLED
    assert [draft.id for draft in desk.store.drafts.list()] == [sent.draft_id]


def test_what_readers_have_is_not_taken_back(desk: Desk) -> None:
    sent = desk.sent()
    desk.fake.advance(3700)

    assert desk.planner.take_back(sent.post_id) == "left_already"

    assert desk.texts() == ["Rest well."]
    now = desk.state_of(sent)
    assert now.receipt is not None
    assert (now.state, now.receipt.waits_there) == (S.SENT, False)


def test_a_start_leaves_alone_what_has_yet_to_go_there(desk: Desk) -> None:
    delivery = desk.planned()
    desk.fake.advance(60)

    assert desk.publisher.recover() == []
    moved = desk.publisher.deliver(delivery.id)
    assert moved is not None
    assert moved.state is S.SENT


def test_a_start_asks_about_what_never_got_there_in_time(desk: Desk) -> None:
    delivery = desk.planned()
    desk.fake.advance(3600 + 360)

    (held,) = desk.publisher.recover()

    assert (held.id, held.problem) == (delivery.id, "missed_plan")
    assert desk.texts() == []


def test_a_country_that_changes_its_clocks_moves_it_there_too(desk: Desk) -> None:
    sent = desk.sent(ahead=3 * HOUR)
    kept = desk.store.plans.of_delivery(sent.id)
    assert kept is not None
    # As if it had been planned for an hour earlier than that time on the wall means today.
    earlier = replace(kept.plan, at=kept.plan.at - HOUR)
    desk.store.plans.keep(replace(kept, plan=earlier))

    (moved,) = desk.planner.read_zones_anew().moved

    assert moved.now.plan == kept.plan
    desk.fake.advance(2 * 3600 + 60)
    assert desk.texts() == []
    desk.fake.advance(3600)
    assert desk.texts() == ["Rest well."]


@pytest.mark.parametrize(
    ("fault", "problem"), [(Fault.TOO_FAST, "not_moved_there"), (Fault.CUT_AFTER, "not_known_moved_there")]
)
def test_where_it_is_not_moved_for_other_clocks_that_is_said(desk: Desk, fault: Fault, problem: str) -> None:
    sent, earlier, meant = desk.planned_by_other_clocks()
    desk.place.fail("PUT /api/v1/scheduled_statuses/*", fault, times=5)

    read = desk.planner.read_zones_anew()

    (stayed,) = read.stayed
    assert (read.moved, stayed.kept.plan, stayed.problem) == ((), earlier, problem)
    told = desk.state_of(sent)
    assert (told.state, told.problem, dict(told.problem_facts), told.asks_there) == (
        S.SENT,
        problem,
        stayed.facts,
        True,
    )
    sentence = wording.error(TwoHatsError(problem, **stayed.facts))
    assert "{" not in sentence
    for at in (earlier.at, meant.at):
        assert f"{plan_at(at, meant.zone).local:%Y-%m-%d %H:%M}" in sentence
    assert desk.store.plans.of_delivery(sent.id).plan == earlier


def test_the_next_start_moves_it_and_says_no_more(desk: Desk) -> None:
    sent, _, meant = desk.planned_by_other_clocks()
    desk.place.fail("PUT /api/v1/scheduled_statuses/*", Fault.TOO_FAST)
    assert desk.planner.read_zones_anew().stayed
    desk.fake.advance(900)

    (moved,) = desk.planner.read_zones_anew().moved

    assert moved.now.plan == meant
    assert desk.state_of(sent).problem == ""


def test_where_the_zone_has_its_old_rules_again_nothing_is_said_any_more(desk: Desk) -> None:
    sent, _, meant = desk.planned_by_other_clocks()
    desk.place.fail("PUT /api/v1/scheduled_statuses/*", Fault.TOO_FAST)
    assert desk.planner.read_zones_anew().stayed
    kept = desk.store.plans.of_delivery(sent.id)
    desk.store.plans.keep(replace(kept, plan=meant))

    assert desk.planner.read_zones_anew() == ZonesRead()

    assert desk.state_of(sent).problem == ""


def test_a_place_that_takes_no_time_so_near_keeps_the_old_one(desk: Desk) -> None:
    sent, earlier, _ = desk.planned_by_other_clocks(-HOUR, ahead=HOUR)

    (stayed,) = desk.planner.read_zones_anew().stayed

    assert (stayed.problem, desk.state_of(sent).problem) == ("not_moved_there", "not_moved_there")
    assert desk.store.plans.of_delivery(sent.id).plan == earlier


def test_what_is_out_there_already_is_nothing_to_tell(desk: Desk) -> None:
    sent, _, _ = desk.planned_by_other_clocks()
    desk.place.network.delete(sent.receipt, desk.place.login)

    assert desk.planner.read_zones_anew() == ZonesRead()


def test_a_new_stop_is_said_before_a_time_that_stayed(desk: Desk) -> None:
    sent, _, _ = desk.planned_by_other_clocks()
    desk.place.fail("PUT /api/v1/scheduled_statuses/*", Fault.TOO_FAST)
    desk.planner.read_zones_anew()
    desk.publisher._checker = Stricter()

    assert [one.problem for one in desk.publisher.look_over()] == ["new_stop_there"]

    desk.place.fail("PUT /api/v1/scheduled_statuses/*", Fault.TOO_FAST, times=5)
    assert [one.problem for one in desk.planner.read_zones_anew().stayed] == ["not_moved_there"]
    assert desk.state_of(sent).problem == "new_stop_there"


def test_what_came_out_before_anybody_looked_is_taken_down_under_its_other_name(desk: Desk) -> None:
    sent = desk.sent()
    desk.fake.advance(3700)

    moved = desk.publisher.take_down(sent.id)

    assert moved is not None
    assert moved.state is S.TAKEN_DOWN
    assert desk.texts() == []


def test_nobody_can_have_answered_what_waits_there(desk: Desk) -> None:
    assert desk.publisher.reactions(desk.sent().id) is None


def test_today_s_rules_are_held_against_what_waits_there(desk: Desk) -> None:
    sent = desk.sent()
    assert desk.publisher.look_over() == []
    desk.publisher._checker = Stricter()

    (stopped,) = desk.publisher.look_over()

    assert (stopped.id, stopped.state, stopped.problem) == (sent.id, S.SENT, "new_stop_there")
    assert desk.publisher.look_over() == []
    desk.fake.advance(3700)
    assert desk.publisher.look_over() == []


class Stricter:
    """Rules of tomorrow, that stop every post. Meets Checker."""

    version = "tomorrow"

    def check(self, draft: Draft, identity: Identity, policy: Policy) -> CheckResult:
        finding = Finding("C1", Category.CLIENT, Span(0, 4), draft.text[:4], Severity.STOP, "C1")
        return CheckResult((finding,))
