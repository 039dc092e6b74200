"""Posts that wait here for their time: never early, never late without a word, never twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twohats.app import House, open_house
from twohats.flows import compose
from twohats.flows.planning import GRACE, ZonesRead
from twohats.model.account import Account
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import BadInput, Unreachable
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.plan import Plan, plan_at, plans_of
from twohats.vault.keyring_vault import SessionVault

CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
FAMILY = "My wife and I finally took that cruise."
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
S = DeliveryState


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_min(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault(), clock)
    yield opened
    opened.close()


@pytest.fixture
def blog(house: House, tmp_path: Path) -> Account:
    return house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")


def in_minutes(minutes: float) -> Plan:
    return plan_at(START + timedelta(minutes=minutes), BERLIN)


def planned(house: House, account: Account, plan: Plan, text: str = CLEAN) -> Delivery:
    services = house.services
    draft = compose.new_draft(services.new_id(), START, Hat.PROFESSIONAL, (account.id,))
    draft = compose.with_text(compose.with_title(draft, "A title", START), text, START)
    services.drafts.save(draft)
    identity = services.profile.identities()[1]
    verdict = services.reviewer.review(draft, identity, (account,), services.profile.policy(), goes_at=plan.at)
    approval = services.reviewer.approve(verdict, answers_to(verdict))
    (delivery,) = services.publisher.queue_up(verdict, approval, 20, plan)
    return delivery


def answers_to(verdict):
    from twohats.boundary.policy import answers_for
    from twohats.model.approval import Answer

    return [Answer(f, answers_for(f.rule)[0]) for f in verdict.open_findings]


def posts(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "work").rglob("*.md") if ".twohats-trash" not in path.parts)


def now_of(house: House, delivery: Delivery) -> Delivery:
    kept = house.services.queue.get(delivery.id)
    assert kept is not None
    return kept


class TestItsTime:
    def test_nothing_leaves_before_it(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(59.9)

        assert house.services.publisher.deliver(delivery.id) is None
        assert house.services.queue.due(clock()) == []
        assert posts(tmp_path) == []

    def test_it_leaves_at_its_time_and_bears_that_date(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(60)

        moved = house.services.publisher.deliver(delivery.id)

        assert moved.state is S.SENT
        (post,) = posts(tmp_path)
        assert f"{in_minutes(60).at.astimezone():%Y-%m-%dT%H:%M:%S}" in post.read_text(encoding="utf-8")

    def test_a_time_that_has_passed_is_refused_and_nothing_is_kept(self, house, blog, clock):
        with pytest.raises(BadInput, match="plan_past"):
            planned(house, blog, in_minutes(0))
        assert house.services.queue.in_state(*S) == []

    def test_a_clock_that_is_put_back_sends_nothing_twice(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(60)
        house.services.publisher.deliver(delivery.id)
        clock.pass_min(-120)
        house.services.publisher.recover()
        clock.pass_min(120)

        assert house.services.publisher.deliver(delivery.id) is None
        assert len(posts(tmp_path)) == 1

    @given(st.lists(st.integers(-90, 90), min_size=1, max_size=12))
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_however_clocks_jump_it_is_sent_on_time_or_asks(self, house, blog, clock, jumps):
        clock.now = START
        delivery = planned(house, blog, in_minutes(60))
        sent_at = []
        for jump in jumps:
            clock.pass_min(jump)
            if jump % 3 == 0:
                house.services.publisher.recover()
            moved = house.services.publisher.deliver(delivery.id)
            if moved is not None and moved.state is S.SENT:
                sent_at.append(clock())

        assert len(sent_at) <= 1
        assert all(timedelta(0) <= at - in_minutes(60).at <= GRACE for at in sent_at)
        if clock() > in_minutes(60).at + GRACE and not sent_at:
            house.services.publisher.deliver(delivery.id)
            assert now_of(house, delivery).problem == "missed_plan"


class TestMissed:
    @pytest.mark.parametrize("late_min", [5.1, 60, 60 * 24 * 30])
    def test_while_the_program_was_closed_it_asks_at_the_next_start(self, house, blog, clock, tmp_path, late_min):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(60 + late_min)

        (held,) = house.services.publisher.recover()

        assert (held.id, held.state, held.problem) == (delivery.id, S.HELD, "missed_plan")
        assert dict(held.problem_facts) == {"planned": "2026-11-23 11:00 (UTC+01:00)"}
        assert posts(tmp_path) == []

    def test_while_the_computer_slept_it_asks_when_it_wakes(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(66)

        held = house.services.publisher.deliver(delivery.id)

        assert (held.state, held.problem, held.attempts) == (S.HELD, "missed_plan", 0)
        assert posts(tmp_path) == []

    def test_a_few_minutes_are_no_reason_to_ask(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(65)

        assert house.services.publisher.recover() == []
        assert house.services.publisher.deliver(delivery.id).state is S.SENT

    def test_what_is_to_come_goes_on_waiting_through_a_start(self, house, blog, clock):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(30)

        assert house.services.publisher.recover() == []
        assert now_of(house, delivery).state is S.WAITING

    def test_a_network_that_was_away_too_long_makes_it_late_too(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(61)
        claimed = house.services.queue.claim(delivery.id, clock())
        house.services.queue.save(claimed.refused_for_now(clock(), Unreachable("offline").code), S.SENDING)
        clock.pass_min(5)

        held = house.services.publisher.deliver(delivery.id)

        assert (held.state, held.problem) == (S.HELD, "missed_plan")

    def test_a_person_may_send_it_now(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(600)
        house.services.publisher.recover()

        house.services.publisher.try_again(delivery.id)

        assert house.services.publisher.deliver(delivery.id).state is S.SENT
        assert house.services.plans.of_delivery(delivery.id).plan.at == clock()

    def test_a_person_may_plan_it_anew(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(600)
        house.services.publisher.recover()

        assert house.services.publisher.planner.move(delivery.post_id, in_minutes(700)) == ""

        waiting = now_of(house, delivery)
        assert (waiting.state, waiting.due_at, waiting.problem) == (S.WAITING, in_minutes(700).at, "")

    def test_what_was_cut_off_is_looked_for_and_then_too_late(self, house, blog, clock, tmp_path):
        """The program was killed while it sent; nobody is asked to send it again by a machine."""
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(60)
        house.services.queue.claim(delivery.id, clock())
        clock.pass_min(30)
        house.services.publisher.recover()
        clock.pass_min(2)

        house.services.publisher.look(delivery.id)
        house.services.publisher.deliver(delivery.id)

        assert now_of(house, delivery).problem == "missed_plan"
        assert posts(tmp_path) == []

    def test_the_undo_window_of_other_posts_is_as_it_was(self, house, blog, clock):
        planned(house, blog, in_minutes(60))
        draft = compose.new_draft(house.services.new_id(), START, Hat.PROFESSIONAL, (blog.id,))
        draft = compose.with_text(compose.with_title(draft, "Now", START), CLEAN, START)
        house.services.drafts.save(draft)
        identity = house.services.profile.identities()[1]
        verdict = house.services.reviewer.review(draft, identity, (blog,), house.services.profile.policy())
        house.services.publisher.queue_up(verdict, house.services.reviewer.approve(verdict), 20)

        assert [held.problem for held in house.services.publisher.recover()] == ["missed"]


class TestCheckedAgain:
    def test_a_rule_that_is_louder_now_holds_it(self, house, blog, clock, tmp_path):
        # Approved as a warning that was answered under another wording of the policy.
        delivery = planned(house, blog, in_minutes(60))
        draft = house.services.drafts.get(delivery.draft_id)
        house.services.drafts.save(replace(draft, text=FAMILY, revision=draft.revision + 1))
        house.services.profile.set_severity("S1", Hat.PROFESSIONAL, Severity.STOP)
        clock.pass_min(60)

        held = house.services.publisher.deliver(delivery.id)

        assert (held.state, held.problem) == (S.HELD, "new_stop")
        assert posts(tmp_path) == []

    def test_what_was_answered_then_stays_answered(self, house, blog, clock):
        delivery = planned(house, blog, in_minutes(60), FAMILY)
        clock.pass_min(60)

        assert house.services.publisher.deliver(delivery.id).state is S.SENT


class TestMovingAndTakingBack:
    def test_a_moved_one_waits_for_its_new_time(self, house, blog, clock):
        delivery = planned(house, blog, in_minutes(60))

        assert house.services.publisher.planner.move(delivery.post_id, in_minutes(90)) == ""

        clock.pass_min(60)
        assert house.services.publisher.deliver(delivery.id) is None
        clock.pass_min(30)
        assert house.services.publisher.deliver(delivery.id).state is S.SENT

    def test_what_has_left_neither_moves_nor_comes_back(self, house, blog, clock):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(60)
        house.services.publisher.deliver(delivery.id)
        planner = house.services.publisher.planner

        assert planner.move(delivery.post_id, in_minutes(90)) == "left_already"
        assert planner.take_back(delivery.post_id) == "left_already"
        assert planner.take_back("nobody") == "left_already"

    def test_taken_back_its_text_is_a_draft_and_it_never_leaves(self, house, blog, clock, tmp_path):
        delivery = planned(house, blog, in_minutes(60))

        assert house.services.publisher.planner.take_back(delivery.post_id) == ""

        clock.pass_min(61)
        assert house.services.publisher.deliver(delivery.id) is None
        assert [draft.id for draft in house.services.drafts.list()] == [delivery.draft_id]
        assert house.services.records.search() == []
        assert posts(tmp_path) == []

    def test_a_missed_one_can_be_taken_back(self, house, blog, clock):
        delivery = planned(house, blog, in_minutes(60))
        clock.pass_min(600)
        house.services.publisher.recover()

        assert house.services.publisher.planner.take_back(delivery.post_id) == ""
        assert house.services.drafts.get(delivery.draft_id).post_id == ""


class TestZones:
    def test_a_country_that_changes_its_clocks_moves_the_moment(self, house, blog, clock):
        (meant,) = plans_of(datetime(2027, 7, 1, 9, tzinfo=UTC).replace(tzinfo=None), BERLIN)
        # As if it had been planned when summer time was about to be given up.
        delivery = planned(house, blog, replace(meant, at=meant.at + timedelta(hours=1)))

        (moved,) = house.services.publisher.planner.read_zones_anew().moved

        assert (moved.before.plan.local, moved.now.plan) == (meant.local, meant)
        assert now_of(house, delivery).due_at == meant.at
        assert house.services.publisher.planner.read_zones_anew() == ZonesRead()

    def test_what_has_passed_is_left_alone(self, house, blog, clock):
        meant = in_minutes(60)
        planned(house, blog, replace(meant, at=meant.at + timedelta(hours=1)))
        clock.pass_min(180)

        assert house.services.publisher.planner.read_zones_anew() == ZonesRead()
