"""Posts for later, from the desk to the calendar and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.fakes.networks import KeepingNetwork
from tests.unit.bridge.test_session import CLEAN, FAMILY, found

from twohats.boundary.policy import answers_for
from twohats.model.approval import Answer
from twohats.model.delivery import DeliveryState
from twohats.model.errors import Refused
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, Plan, plan_at
from twohats.model.ports import Way

ZONE = "America/New_York"


def in_days(days: float) -> Plan:
    return plan_at(datetime.now(UTC) + timedelta(days=days), ZONE)


def write(desk, text=CLEAN, hat=Hat.PROFESSIONAL):
    desk.session.choose_hat(hat)
    desk.session.edit_title("Groups")
    desk.session.edit_text(text)


def plan(desk, qtbot, plan_for: Plan, text=CLEAN) -> str:
    write(desk, text)
    with qtbot.waitSignal(desk.session.planned, timeout=30_000) as told:
        desk.session.ask_to_post(plan_for)
    return told.args[0]


def calendar(desk, first: Plan, last: Plan):
    return list(desk.library.planned(first.local.date(), last.local.date(), ZONE))


def test_a_planned_post_waits_and_the_desk_is_free(desk, qtbot):
    tomorrow = in_days(1)
    post_id = plan(desk, qtbot, tomorrow)

    (post,) = calendar(desk, tomorrow, tomorrow)
    assert (post.post_id, post.title, post.plan, post.state) == (post_id, "Groups", tomorrow, "planned")
    assert (post.hat, post.goes_by, post.can_move) == (Hat.PROFESSIONAL, Keeper.HERE, True)
    assert [target.label for target in post.targets] == [a.label for a in desk.owner.accounts(Hat.PROFESSIONAL)]
    assert desk.session.pending == ()
    assert desk.session.draft.text == ""
    assert desk.library.deliveries(post_id)[0].due_at == tomorrow.at


def test_a_day_shows_what_is_planned_on_it_alone(desk, qtbot):
    tomorrow, later = in_days(1), in_days(3)
    plan(desk, qtbot, tomorrow)
    plan(desk, qtbot, later)

    assert [post.plan for post in calendar(desk, tomorrow, tomorrow)] == [tomorrow]
    assert [post.plan for post in calendar(desk, tomorrow, later)] == [tomorrow, later]
    assert calendar(desk, in_days(4), in_days(5)) == []


def test_the_gate_stands_before_a_plan_too(desk, qtbot):
    tomorrow = in_days(1)
    write(desk)
    found(desk, qtbot, FAMILY)
    with qtbot.waitSignal(desk.session.gate_opened, timeout=30_000) as told:
        desk.session.ask_to_post(tomorrow)
    answers = tuple(Answer(finding, answers_for(finding.rule)[0]) for finding in told.args[0].open_findings)

    with qtbot.waitSignal(desk.session.planned, timeout=30_000):
        desk.session.post_with(answers)

    assert [post.plan for post in calendar(desk, tomorrow, tomorrow)] == [tomorrow]


def test_what_is_looked_at_anew_at_the_gate_keeps_its_time(desk, qtbot):
    tomorrow = in_days(1)
    write(desk)
    found(desk, qtbot, FAMILY)
    with qtbot.waitSignal(desk.session.gate_opened, timeout=30_000):
        desk.session.ask_to_post(tomorrow)
    found(desk, qtbot, CLEAN)

    with qtbot.waitSignal(desk.session.planned, timeout=30_000):
        desk.session.ask_again()

    assert [post.plan for post in calendar(desk, tomorrow, tomorrow)] == [tomorrow]


def test_a_time_that_has_passed_is_refused(desk, qtbot):
    write(desk)
    with qtbot.waitSignal(desk.session.post_refused, timeout=1000) as told:
        desk.session.ask_to_post(in_days(-1))

    assert told.args[0] == "plan_past"
    assert not desk.session.is_busy


def test_a_post_after_a_planned_one_goes_at_once(desk, qtbot):
    plan(desk, qtbot, in_days(1))
    write(desk)

    desk.session.ask_to_post()

    qtbot.waitUntil(lambda: bool(desk.session.pending), timeout=30_000)
    assert desk.library.plans_of(desk.session.pending[0].post_id) == []


def test_a_plan_moves(desk, qtbot):
    tomorrow, later = in_days(1), in_days(2)
    post_id = plan(desk, qtbot, tomorrow)

    with qtbot.waitSignal(desk.library.plan_moved, timeout=30_000) as told:
        desk.library.move_plan(post_id, later)

    assert told.args == [post_id, ""]
    assert desk.library.plans_of(post_id)[0].plan == later
    assert desk.library.deliveries(post_id)[0].due_at == later.at


def test_a_plan_does_not_move_into_the_past(desk, qtbot):
    tomorrow = in_days(1)
    post_id = plan(desk, qtbot, tomorrow)

    with qtbot.waitSignal(desk.library.plan_moved, timeout=30_000) as told:
        desk.library.move_plan(post_id, in_days(-1))

    assert told.args == [post_id, "plan_past"]
    assert desk.library.plans_of(post_id)[0].plan == tomorrow


def test_a_planned_post_taken_back_is_a_draft_again(desk, qtbot):
    tomorrow = in_days(1)
    post_id = plan(desk, qtbot, tomorrow)
    assert desk.library.drafts() == []

    with qtbot.waitSignal(desk.library.plan_taken_back, timeout=30_000) as told:
        desk.library.take_back_plan(post_id)

    assert told.args == [post_id, ""]
    assert [draft.preview for draft in desk.library.drafts()] == ["Groups"]
    assert [post.state for post in calendar(desk, tomorrow, tomorrow)] == ["taken_back"]


def test_what_waits_for_its_time_can_leave_now(desk, qtbot):
    post_id = plan(desk, qtbot, in_days(1))

    desk.library.post_planned_now(post_id)

    def has_left():
        return desk.library.deliveries(post_id)[0].state is DeliveryState.SENT

    qtbot.waitUntil(has_left, timeout=30_000)
    assert abs(desk.library.plans_of(post_id)[0].plan.at - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_folder_keeps_nothing_for_later(desk, qtbot):
    write(desk)
    qtbot.waitUntil(lambda: desk.session.faces.revision == desk.session.draft.revision, timeout=30_000)

    codes = desk.session.keepers(in_days(1))

    assert set(codes.values()) == {"not_kept_there"}
    assert set(codes) == {account.id for account in desk.owner.accounts(Hat.PROFESSIONAL)}


def test_a_plan_far_away_does_not_let_the_pump_sleep_through(desk, qtbot):
    plan(desk, qtbot, in_days(300))

    desk.pump.wake()

    assert desk.pump._timer.isActive()
    assert 0 < desk.pump._timer.interval() <= 30_000


def test_zones_are_read_anew_at_the_start_and_a_moved_plan_is_told(desk, qtbot):
    meant = in_days(40)
    post_id = plan(desk, qtbot, meant)
    kept = desk.library.plans_of(post_id)[0]
    # As if it had been planned before the zone got its rules of today.
    desk.house.services.plans.keep(replace(kept, plan=replace(meant, at=meant.at + timedelta(hours=1))))

    said = []
    desk.library.problem.connect(lambda code, facts: said.append((code, facts)))

    with qtbot.waitSignal(desk.pump.plans_moved, timeout=30_000) as told:
        desk.pump.start()

    ((moved,),) = told.args
    assert (moved.before.plan.at - moved.now.plan.at, moved.now.plan) == (timedelta(hours=1), meant)
    assert desk.library.deliveries(post_id)[0].due_at == meant.at
    assert said == [("plan_moved", {"zone": ZONE, "count": 1})]


def test_a_network_that_keeps_the_old_time_is_told_of_in_a_sentence_and_in_the_queue(desk, qtbot):
    network = KeepingNetwork("folder", ways=(Way("folder", ()),))
    network.fault = Refused("refused", host="example.com")
    desk.house.services.networks["folder"] = network
    meant = in_days(40)
    write(desk)
    with qtbot.waitSignal(desk.session.planned, timeout=30_000) as told:
        desk.session.ask_to_post(meant, Keeper.THERE)
    (post_id,) = told.args
    qtbot.waitUntil(lambda: desk.library.deliveries(post_id)[0].state is DeliveryState.SENT, timeout=30_000)
    assert desk.library.queue() == []
    kept = desk.library.plans_of(post_id)[0]
    old = replace(meant, at=meant.at + timedelta(hours=1))
    desk.house.services.plans.keep(replace(kept, plan=old))
    said = []
    desk.library.problem.connect(lambda code, facts: said.append((code, facts)))

    with qtbot.waitSignal(desk.library.records_changed, timeout=30_000):
        desk.pump.start()

    ((code, facts),) = said
    label = desk.owner.accounts(Hat.PROFESSIONAL)[0].label
    assert (code, facts["place"], facts["zone"]) == ("not_moved_there", label, ZONE)
    (delivery,) = desk.library.queue()
    assert (delivery.post_id, delivery.problem, dict(delivery.problem_facts)) == (post_id, code, facts)
    assert desk.library.plans_of(post_id)[0].plan == old
    (post,) = calendar(desk, in_days(39), in_days(41))
    assert (post.state, post.can_move) == ("held", True)
