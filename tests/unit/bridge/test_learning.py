"""What is counted while somebody works at the desk, and what comes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from twohats.boundary.policy import answers_for
from twohats.flows import tally as tally_flow
from twohats.flows.tally import RuleCounts
from twohats.model.approval import Answer
from twohats.model.finding import Severity, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.policy import Scope
from twohats.model.tally import Outcome, Proposal, Showing

CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
FAMILY = "My wife and I finally took that cruise."
PRO, PER = Hat.PROFESSIONAL, Hat.PERSONAL
ASKED = Showing("S1", PRO, Severity.WARN, Outcome.ANSWERED, "meant_for_clients")
EDITED = Showing("S1", PRO, Severity.WARN, Outcome.EDITED)


@pytest.fixture(autouse=True)
def _everything_is_noticed_at_once(monkeypatch):
    monkeypatch.setattr(tally_flow, "_NOTICED_AFTER_S", 0.0)


def found(desk, qtbot, text, hat=PRO):
    desk.session.choose_hat(hat)
    desk.session.edit_text(text)
    checked(desk, qtbot)
    return desk.session.findings.of(hat).findings


def checked(desk, qtbot):
    qtbot.waitUntil(lambda: desk.session.findings.revision == desk.session.draft.revision, timeout=20000)


def rechecked(desk, qtbot):
    with qtbot.waitSignal(desk.session.findings_changed, timeout=20000):
        desk.session.look_again()


def post(desk, qtbot, text, hat=PRO, window_s=0):
    """Writes and posts; the first reason for each question."""
    desk.owner.save_settings(replace(desk.owner.settings, undo_professional_s=window_s, undo_personal_s=window_s))
    found(desk, qtbot, text, hat)
    gates = []

    def answer(verdict):
        gates.append(verdict)
        desk.session.post_with(tuple(Answer(f, answers_for(f.rule)[0]) for f in verdict.open_findings))

    desk.session.gate_opened.connect(answer)
    with qtbot.waitSignal(desk.session.window_opened, timeout=20000):
        desk.session.ask_to_post()
    desk.session.gate_opened.disconnect(answer)
    return gates


def counted(desk, qtbot, wanted):
    qtbot.waitUntil(lambda: desk.owner.learning.counts() == wanted, timeout=20000)


def ask_to_step_down(desk, count=20):
    desk.house.services.tallies.add(desk.house.services.clock().date(), [ASKED] * count)
    desk.owner.learning._show(desk.owner.learning._read())


def test_a_suggestion_that_is_used_is_counted_once_the_draft_has_gone(desk, qtbot):
    (finding,) = found(desk, qtbot, f"{FAMILY} {CLEAN}")
    drop = next(s for s in finding.suggestions if s.kind is not SuggestionKind.MOVE)
    desk.session.note_suggestion(drop)
    desk.session.edit_text(CLEAN)
    checked(desk, qtbot)
    assert desk.house.services.tallies.all() == []
    desk.session.new_draft()
    qtbot.waitUntil(lambda: len(desk.house.services.tallies.all()) == 1, timeout=20000)
    (kept,) = desk.house.services.tallies.all()
    assert kept.showing == Showing("S1", PRO, Severity.WARN, Outcome.SUGGESTED)
    assert kept.day == desk.house.services.clock().date()


def test_an_edit_is_counted_when_somebody_looks_at_the_counts(desk, qtbot):
    found(desk, qtbot, FAMILY)
    found(desk, qtbot, CLEAN)
    assert desk.owner.learning.counts() == (RuleCounts("S1", PRO, changed=1),)
    assert desk.owner.learning.counts() == (RuleCounts("S1", PRO, changed=1),)


def test_a_suggestion_outside_the_text_is_counted_as_one(desk, qtbot):
    desk.session.choose_hat(PRO)
    desk.session.edit_text(CLEAN)
    desk.session.edit_title(f"{FAMILY} {CLEAN}")
    checked(desk, qtbot)
    (finding,) = desk.session.findings.professional.findings
    desk.session.apply(next(s for s in finding.suggestions if s.kind is not SuggestionKind.MOVE))
    checked(desk, qtbot)
    desk.owner.learning.settle()
    assert [t.showing.outcome for t in desk.house.services.tallies.all()] == [Outcome.SUGGESTED]


def test_not_personal_and_a_reason_of_ones_own_leave_no_words_in_the_counts(desk, qtbot):
    (finding,) = found(desk, qtbot, FAMILY)
    desk.session.allow(finding, Scope.WORDING, "she knows, and so do they")
    rechecked(desk, qtbot)
    desk.owner.learning.settle()
    (kept,) = desk.house.services.tallies.all()
    assert kept.showing == Showing("S1", PRO, Severity.WARN, Outcome.KEPT, "wording")
    desk.session.new_draft()
    (other,) = found(desk, qtbot, "My daughter starts kindergarten Monday.")
    desk.session.allow(other, Scope.NOT_PERSONAL)
    rechecked(desk, qtbot)
    assert desk.owner.learning.counts() == (RuleCounts("S1", PRO, kept=1, not_personal=1, reasons=(("wording", 1),)),)


def test_a_post_counts_its_answers_when_it_has_left_and_not_when_it_is_taken_back(desk, qtbot):
    post(desk, qtbot, FAMILY, window_s=60)
    (pending,) = desk.session.pending
    assert desk.house.services.tallies.all() == []
    desk.session.undo_post(pending.post_id)
    checked(desk, qtbot)
    assert desk.owner.learning.counts() == ()
    post(desk, qtbot, desk.session.draft.text + " ")
    counted(desk, qtbot, (RuleCounts("S1", PRO, kept=1, reasons=(("meant_for_clients", 1),)),))


def test_the_other_hat_is_counted_as_a_move(desk, qtbot):
    found(desk, qtbot, FAMILY)
    post(desk, qtbot, FAMILY + " ", PER)
    counted(desk, qtbot, (RuleCounts("S1", PRO, moved=1),))


def test_nothing_is_counted_when_it_is_switched_off(desk, qtbot):
    desk.owner.save_settings(replace(desk.owner.settings, keeps_counts=False))
    post(desk, qtbot, FAMILY)
    found(desk, qtbot, FAMILY)
    found(desk, qtbot, CLEAN)
    desk.session.new_draft()
    qtbot.waitUntil(lambda: not desk.session.pending, timeout=20000)
    assert desk.owner.learning.counts() == ()


def test_counts_hold_no_word_of_a_post_and_no_name(desk, qtbot):
    post(desk, qtbot, FAMILY)
    counted(desk, qtbot, (RuleCounts("S1", PRO, kept=1, reasons=(("meant_for_clients", 1),)),))
    with desk.house.store._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM tallies").all()
    today = desk.house.services.clock().date().isoformat()
    assert [set(row) for row in rows] == [{today, "S1", "professional", 2, "answered", "meant_for_clients", 1}]


def test_clearing_forgets_everything(desk, qtbot):
    ask_to_step_down(desk)
    assert desk.owner.learning.proposal
    desk.owner.learning.clear()
    assert desk.owner.learning.counts() == ()
    assert desk.owner.learning.proposal is None


class TestARuleThatStepsDown:
    def test_it_proposes_and_is_lowered_and_raised_again(self, desk, qtbot):
        learning = desk.owner.learning
        with qtbot.waitSignal(learning.proposal_changed) as told:
            ask_to_step_down(desk)
        made = Proposal("S1", PRO, 20, 20)
        assert told.args == [made]
        learning.lower(made)
        assert learning.proposal is None
        assert [f.severity for f in found(desk, qtbot, FAMILY)] == [Severity.NOTE]
        (changed,) = learning.changed_rules()
        assert (changed.rule, changed.usual, changed.severity) == ("S1", Severity.WARN, Severity.NOTE)
        assert changed.answer.proposal == made
        learning.raise_again("S1", PRO)
        rechecked(desk, qtbot)
        assert [f.severity for f in desk.session.findings.professional.findings] == [Severity.WARN]
        assert learning.changed_rules() == ()
        assert learning.proposal is None  # silent for a while

    def test_when_it_is_left_it_asks_again_after_thirty_days(self, desk, qtbot):
        learning = desk.owner.learning
        ask_to_step_down(desk)
        learning.leave(learning.proposal)
        assert learning.proposal is None
        assert learning.changed_rules() == ()
        later = desk.house.services.clock().date() + timedelta(days=30)
        assert tally_flow.proposal(learning._tallies, learning._weights(), learning._answers, later)

    def test_it_says_nothing_while_counting_is_off(self, desk, qtbot):
        ask_to_step_down(desk)
        desk.owner.save_settings(replace(desk.owner.settings, keeps_counts=False))
        assert desk.owner.learning.proposal is None
        desk.owner.save_settings(replace(desk.owner.settings, keeps_counts=True))
        assert desk.owner.learning.proposal

    def test_a_rule_from_outside_can_be_raised_again_as_well(self, desk):
        learning = desk.owner.learning
        for rule in ("X1", "S2"):
            learning.lower(Proposal(rule, PRO, 20, 20))
        assert [changed.rule for changed in learning.changed_rules()] == ["S2", "X1"]
        learning.raise_again("X1", PRO)
        assert [changed.rule for changed in learning.changed_rules()] == ["S2"]

    @pytest.mark.parametrize("rule", ["C3", "C4", "D1"])
    def test_a_rule_that_guards_clients_is_not_lowered_whoever_asks(self, desk, rule):
        desk.owner.learning.lower(Proposal(rule, PRO, 20, 20))
        assert desk.owner.policy.severities == {}


class TestTheQuietTrial:
    def test_posts_pass_unasked_and_the_report_tells_of_them(self, desk, qtbot):
        trial = desk.owner.trial
        trial.begin()
        assert (trial.is_quiet, trial.days_left, trial.is_over) == (True, 14, False)
        assert post(desk, qtbot, FAMILY) == []
        qtbot.waitUntil(lambda: not desk.session.pending, timeout=20000)
        assert post(desk, qtbot, "A client told me today that she wants to leave him.") != []
        assert desk.library.records()[1].was_quiet
        told = trial.report()
        assert (told.posts, told.asked, told.held, told.stopped) == (2, 1, 0, 1)

    def test_what_passed_unasked_is_counted_as_left(self, desk, qtbot):
        desk.owner.trial.begin()
        post(desk, qtbot, FAMILY)
        counted(desk, qtbot, (RuleCounts("S1", PRO, left=1),))

    def test_after_two_weeks_the_gate_asks_again_and_says_so(self, desk, qtbot):
        trial = desk.owner.trial
        trial.begin()
        changes = []
        desk.owner.settings_changed.connect(changes.append)
        desk.owner._settings = replace(desk.owner.settings, trial_days=13, trial_seen_on="2026-01-01")
        assert trial.is_over
        assert not trial.is_quiet
        assert len(changes) == 1
        assert desk.house.services.profile.settings().trial_days == 14
        found(desk, qtbot, FAMILY)
        with qtbot.waitSignal(desk.session.gate_opened, timeout=20000):
            desk.session.ask_to_post()
        trial.end()
        assert not trial.is_over
