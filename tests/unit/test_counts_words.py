"""Counts in plain words."""

import pytest

from twohats.flows.tally import RuleCounts
from twohats.flows.trial import TrialReport
from twohats.gui.composer.trial_words import reported, reported_rules
from twohats.gui.policy.counts_words import lowered, of_rule, proposed, reasons_of
from twohats.model.identity import Hat
from twohats.model.tally import Proposal

PRO, PER = Hat.PROFESSIONAL, Hat.PERSONAL
COUNTS = (
    RuleCounts("S2", PER, changed=1, left=2),
    RuleCounts("S2", PRO, 8, 1, 3, 1, 0, (("lived_experience", 2), ("wording", 1))),
    RuleCounts("S1", PRO, changed=8, kept=4),
    RuleCounts("S3", PRO, moved=1),
    RuleCounts("S4", PRO, kept=2),
)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("S1", "As Professional: shown 12 times, changed 8, kept 4."),
        (
            "S2",
            "As Professional: shown 13 times, changed 8, moved to Personal 1, kept 3, not personal 1. "
            "As Personal: shown 3 times, changed 1, posted unasked 2.",
        ),
        ("S3", "As Professional: shown once, moved to Personal 1."),
        ("S4", "As Professional: shown twice, kept 2."),
        ("S5", ""),
    ],
)
def test_what_became_of_a_rule_is_told_for_each_hat(rule, words):
    assert of_rule(COUNTS, rule) == words


def test_reasons_are_told_in_the_words_of_the_gate():
    assert reasons_of(COUNTS, "S2") == (
        "Professional, lived experience, shared on purpose: 2\nProfessional, kept in this wording: 1"
    )
    assert reasons_of(COUNTS, "S1") == ""


def test_a_proposal_says_what_it_goes_by():
    made = Proposal("S1", PRO, 15, 20)
    assert proposed(made) == "Family detail was kept 15 of 20 times as Professional. Show it as a note?"
    assert lowered(made) == "Family detail is shown as a note from now on, as Professional."


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ((9, 2, 1, 0), "So far the gate would have asked about 2 posts and held 1. It would have let 6 pass."),
        ((9, 1, 0, 1), "So far the gate would have asked about 1 post. It would have let 7 pass."),
        ((2, 0, 2, 0), "So far the gate would have held 2 posts."),
        ((7, 0, 0, 1), "So far the gate would have let 6 posts pass without a question."),
        ((1, 0, 0, 0), "So far the gate would have let 1 post pass without a question."),
        ((1, 0, 0, 1), "So far the gate would have asked about nothing more than it did."),
        ((0, 0, 0, 0), "So far nothing was posted, so there was nothing to ask about."),
    ],
)
def test_the_report_says_what_the_gate_would_have_done(report, words):
    assert reported(TrialReport(*report, rules=()), "So far") == words


def test_the_report_names_the_rules_and_what_was_stopped():
    report = TrialReport(9, 2, 1, 1, (("S1", 3), ("S10", 2), ("D1", 1)))
    assert reported_rules(report) == (
        "Family detail 3 times, Raw mood twice and Asks for reviews once. "
        "It did stop 1 post, as it always does for clients and other people."
    )
    assert reported_rules(TrialReport(4, 0, 0, 0, ())) == ""
