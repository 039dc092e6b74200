"""What is counted of findings: each once a draft, and what became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from twohats.flows.tally import SILENT_FOR, RuleCounts, Watch, counts, may_be_lowered, proposal
from twohats.model.approval import Answer
from twohats.model.finding import Category, Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope
from twohats.model.span import Span
from twohats.model.tally import Outcome, Proposal, ProposalAnswer, Showing, Tally

PRO, PER = Hat.PROFESSIONAL, Hat.PERSONAL
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
DROP = Suggestion(SuggestionKind.DROP, Span(0, 7))


def finding(words="My wife", rule="S1", severity=Severity.WARN, suggestions=(DROP,)):
    span = Span(0, len(words))
    return Finding(rule, Category.RELATIONSHIPS, span, words, severity, rule, suggestions=suggestions)


def showing(outcome, reason="", hat=PRO, severity=Severity.WARN, rule="S1"):
    return Showing(rule, hat, severity, outcome, reason)


class Desk:
    """A watch with a clock that a test moves, and a revision that steps with each edit."""

    def __init__(self):
        self.now_s = 100.0
        self.watch = Watch(lambda: self.now_s)
        self.revision = 0
        self.hat = PRO

    def edit(self, professional=(), personal=(), after_s=30.0):
        self.revision += 1
        self.check(professional, personal, after_s)

    def check(self, professional=(), personal=(), after_s=30.0):
        self.watch.see(self.hat, {PRO: professional, PER: personal}, self.revision)
        self.now_s += after_s

    def allow(self, scope, words="my wife"):
        self.watch.note_allowance(Allowance("a", scope, "S1", PRO, words, NOON), scope.value)


@pytest.fixture
def desk():
    return Desk()


def test_a_finding_counts_once_however_often_it_is_seen(desk):
    for _ in range(40):
        desk.edit([finding()])
    desk.edit()
    assert desk.watch.leave(PRO) == (showing(Outcome.EDITED),)
    assert desk.watch.leave(PRO) == ()


def test_what_is_still_open_counts_only_when_it_is_decided(desk):
    desk.edit([finding()])
    assert desk.watch.leave(PRO) == ()
    desk.edit([finding()])
    desk.edit()
    assert desk.watch.leave(PRO) == (showing(Outcome.EDITED),)


def test_the_same_words_again_in_the_same_draft_are_not_counted_twice(desk):
    desk.edit([finding()])
    desk.edit()
    desk.watch.leave(PRO)
    desk.edit([finding()])
    desk.edit()
    assert desk.watch.leave(PRO) == ()


def test_words_that_grow_while_somebody_types_are_one_finding(desk):
    desk.edit([finding("My wife")])
    desk.edit([])
    desk.edit([finding("My wife and I")])
    desk.edit([finding("My wife and I finally took")])
    assert desk.watch.posted(PRO, [finding("My wife and I finally took")], []) == (showing(Outcome.LEFT),)


def test_other_words_under_the_same_rule_are_another_finding(desk):
    desk.edit([finding("My wife")])
    desk.edit([finding("Our twins turned six")])
    desk.edit([])
    assert desk.watch.leave(PRO) == (showing(Outcome.EDITED), showing(Outcome.EDITED))


def test_what_passes_while_somebody_types_was_shown_to_nobody(desk):
    desk.edit([finding()], after_s=0.9)
    desk.edit([])
    assert desk.watch.leave(PRO) == ()


def test_what_is_found_no_more_in_the_same_words_was_not_edited(desk):
    desk.edit([finding()])
    desk.check([])  # a rule was lowered, or the card names it now
    assert desk.watch.leave(PRO) == ()


def test_a_used_suggestion_is_told_from_an_edit(desk):
    desk.edit([finding()])
    desk.watch.note_suggestion(DROP)
    desk.edit([], after_s=0.1)
    assert desk.watch.leave(PRO) == (showing(Outcome.SUGGESTED),)


def test_a_suggestion_for_one_of_two_places_leaves_the_other_to_be_edited(desk):
    desk.edit([finding()])
    desk.watch.note_suggestion(DROP)
    desk.edit([finding()])
    desk.edit([])
    assert desk.watch.leave(PRO) == (showing(Outcome.EDITED),)


@pytest.mark.parametrize(
    ("scope", "counted"),
    [
        (Scope.NOT_PERSONAL, showing(Outcome.NOT_PERSONAL)),
        (Scope.POST, showing(Outcome.KEPT, "post")),
        (Scope.WORDING, showing(Outcome.KEPT, "wording")),
        (Scope.TOPIC, showing(Outcome.KEPT, "topic")),
    ],
)
def test_what_was_let_pass_is_kept(desk, scope, counted):
    desk.edit([finding()])
    desk.allow(scope, "" if scope is Scope.TOPIC else "my wife")
    desk.check([])
    assert desk.watch.leave(PRO) == (counted,)


def test_what_was_let_pass_and_posted_before_the_next_check_is_kept(desk):
    desk.edit([finding()])
    desk.allow(Scope.WORDING)
    assert desk.watch.posted(PRO, [], []) == (showing(Outcome.KEPT, "wording"),)


def test_other_words_are_not_let_pass_with_it(desk):
    desk.edit([finding(), finding("Our twins")])
    desk.allow(Scope.WORDING)
    desk.check([finding("Our twins")])
    assert desk.watch.leave(PRO) == (showing(Outcome.KEPT, "wording"),)


def test_an_allowance_taken_back_is_open_again(desk):
    desk.edit([finding()])
    desk.allow(Scope.WORDING)
    desk.check([])
    desk.check([finding()])
    assert desk.watch.leave(PRO) == ()
    desk.edit([])
    assert desk.watch.leave(PRO) == (showing(Outcome.EDITED),)


def test_a_post_tells_what_was_answered_and_what_was_left(desk):
    warned, noted = finding(), finding("my sourdough", "S11", Severity.NOTE)
    desk.edit([warned, noted])
    told = desk.watch.posted(PRO, [warned, noted], [Answer(warned, "meant_for_clients", "they know her")])
    assert set(told) == {
        showing(Outcome.ANSWERED, "meant_for_clients"),
        showing(Outcome.LEFT, rule="S11", severity=Severity.NOTE),
    }


def test_a_post_that_is_taken_back_leaves_the_watch_as_it_was(desk):
    desk.edit([finding()])
    desk.watch.posted(PRO, [finding()], [Answer(finding(), "not_about_me")])
    desk.edit([])
    assert desk.watch.leave(PRO) == (showing(Outcome.EDITED),)


def test_what_the_gate_alone_showed_counts_as_well(desk):
    assert desk.watch.posted(PRO, [finding()], [Answer(finding(), "not_about_me")]) == (
        showing(Outcome.ANSWERED, "not_about_me"),
    )


def test_the_other_hat_is_an_answer_where_it_silences_the_finding(desk):
    desk.edit([finding()])
    desk.hat = PER
    desk.edit([finding()], [])
    assert desk.watch.posted(PER, [], []) == (showing(Outcome.MOVED),)


def test_a_finding_under_both_hats_counts_where_it_is_posted(desk):
    story = finding("A client told me", "C2", Severity.STOP)
    desk.edit([story], [story])
    desk.hat = PER
    desk.edit([story], [story])
    assert desk.watch.posted(PER, [story], [Answer(story, "composite")]) == (
        showing(Outcome.ANSWERED, "composite", hat=PER, severity=Severity.STOP, rule="C2"),
    )


def test_before_a_hat_is_chosen_it_counts_only_if_that_hat_is_chosen(desk):
    desk.hat = None
    desk.edit([finding()], [])
    desk.edit([], [])
    assert desk.watch.leave(None) == ()
    assert desk.watch.leave(PER) == ()
    assert desk.watch.leave(PRO) == (showing(Outcome.EDITED),)


def test_silent_findings_are_shown_to_nobody(desk):
    desk.edit([finding(severity=Severity.SILENT)])
    assert desk.watch.posted(PRO, [finding(severity=Severity.SILENT)], []) == ()


def tallies(*days, rule="S1", hat=PRO):
    """For each day, newest first: how many were kept and how many changed."""
    found = []
    for age, (kept, changed) in enumerate(days):
        day = TODAY - timedelta(days=age)
        for outcome, count in ((Outcome.ANSWERED, kept), (Outcome.EDITED, changed)):
            if count:
                found.append(Tally(day, showing(outcome, rule=rule, hat=hat), count))
    return found


WARNS = {("S1", PRO): Severity.WARN}


@pytest.mark.parametrize(
    ("days", "made"),
    [
        ([(15, 5)], (15, 20)),
        ([(14, 6)], None),
        ([(15, 4)], None),  # nineteen are too few to tell
        ([(8, 2), (7, 3)], (15, 20)),
        ([(10, 0), (10, 3)], (20, 23)),  # the day that completes them counts whole
        ([(0, 20), (40, 0)], None),  # the newest speak
        ([(20, 0), (0, 40)], (20, 20)),
        ([], None),
    ],
)
def test_fifteen_of_the_twenty_newest_kept_make_a_proposal(days, made):
    found = proposal(tallies(*days), WARNS, [], TODAY)
    assert found == (Proposal("S1", PRO, *made) if made else None)


@pytest.mark.parametrize("outcome", [Outcome.KEPT, Outcome.ANSWERED, Outcome.NOT_PERSONAL])
def test_kept_answered_and_not_personal_speak_against_a_rule(outcome):
    assert proposal([Tally(TODAY, showing(outcome), 20)], WARNS, [], TODAY) is not None


@pytest.mark.parametrize("outcome", [Outcome.EDITED, Outcome.SUGGESTED, Outcome.MOVED])
def test_edits_suggestions_and_moves_speak_for_it(outcome):
    assert proposal([*tallies((19, 0)), Tally(TODAY, showing(outcome), 7)], WARNS, [], TODAY) is None


def test_what_nobody_was_asked_about_speaks_neither_for_a_rule_nor_against_it():
    left = Tally(TODAY, showing(Outcome.LEFT), 50)
    assert proposal([left], WARNS, [], TODAY) is None
    assert proposal([left, *tallies((15, 5))], WARNS, [], TODAY) == Proposal("S1", PRO, 15, 20)


def test_only_showings_as_a_warning_count():
    notes = [replace(t, showing=replace(t.showing, severity=Severity.NOTE)) for t in tallies((20, 0))]
    stops = [replace(t, showing=replace(t.showing, severity=Severity.STOP)) for t in tallies((20, 0))]
    assert proposal(notes + stops, WARNS, [], TODAY) is None


@pytest.mark.parametrize("rule", ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "D1"])
def test_client_rules_and_requests_for_reviews_never_step_down(rule):
    assert not may_be_lowered(rule)
    assert proposal(tallies((100, 0), rule=rule), {(rule, PRO): Severity.WARN}, [], TODAY) is None


@pytest.mark.parametrize("weight", [Severity.SILENT, Severity.NOTE, Severity.STOP])
def test_only_a_rule_that_warns_steps_down(weight):
    assert proposal(tallies((20, 0)), {("S1", PRO): weight}, [], TODAY) is None


def test_one_hat_says_nothing_of_the_other():
    weights = {("T2", PRO): Severity.WARN, ("T2", PER): Severity.WARN}
    assert proposal(tallies((20, 0), rule="T2", hat=PER), weights, [], TODAY) == Proposal("T2", PER, 20, 20)


def test_of_several_the_clearest_is_proposed():
    weights = {(rule, PRO): Severity.WARN for rule in ("S1", "S2", "S3")}
    found = [*tallies((16, 4)), *tallies((20, 0), rule="S2"), *tallies((15, 5), rule="S3")]
    assert proposal(found, weights, [], TODAY) == Proposal("S2", PRO, 20, 20)


@pytest.mark.parametrize(
    ("age_days", "is_silent"), [(0, True), (29, True), (30, False), (-5, True), (-400, False)], ids=str
)
def test_after_an_answer_a_rule_is_silent_for_thirty_days(age_days, is_silent):
    answer = ProposalAnswer(Proposal("S1", PRO, 15, 20), False, TODAY - timedelta(days=age_days))
    assert (proposal(tallies((20, 0)), WARNS, [answer], TODAY) is None) is is_silent
    assert SILENT_FOR.days == 30


def test_the_sums_by_rule_and_hat():
    day = date(2026, 11, 1)
    found = counts(
        [
            Tally(day, showing(Outcome.EDITED), 6),
            Tally(day, showing(Outcome.SUGGESTED), 2),
            Tally(day, showing(Outcome.ANSWERED, "meant_for_clients"), 3),
            Tally(day + timedelta(days=1), showing(Outcome.ANSWERED, "not_about_me"), 1),
            Tally(day + timedelta(days=1), showing(Outcome.ANSWERED, "meant_for_clients"), 1),
            Tally(day, showing(Outcome.NOT_PERSONAL), 1),
            Tally(day, showing(Outcome.MOVED), 1),
            Tally(day, showing(Outcome.LEFT, hat=PER), 4),
        ]
    )
    assert found == (
        RuleCounts("S1", PRO, 8, 1, 5, 1, 0, (("meant_for_clients", 4), ("not_about_me", 1))),
        RuleCounts("S1", PER, left=4),
    )
    assert [each.shown for each in found] == [15, 4]
