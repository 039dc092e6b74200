"""Severities by hat, the owner's changes, allowances, the professional card."""

import pytest
from tests.unit.boundary.posts import BARE, NOW, PERSONAL, PROFESSIONAL, check, draft_of, picture, rule_for

from twohats.boundary.check import BoundaryChecker
from twohats.boundary.policy import Card, answers_for, row_of, rule_book, severity_for
from twohats.model.finding import Category, Severity
from twohats.model.identity import Hat, Identity
from twohats.model.policy import Allowance, Policy, Scope

BOOK = rule_book()
PRO, PER = Hat.PROFESSIONAL, Hat.PERSONAL


def allowance(scope: Scope, rule: str, wording: str = "", hat: Hat = PRO, draft_id: str = "") -> Allowance:
    return Allowance("a1", scope, rule, hat, wording, NOW, draft_id)


def words_found(rule: str, text: str, *allowances: Allowance, who: Identity = BARE) -> list[str]:
    engine = BoundaryChecker([rule_for(rule, r"my \w+|\w+ told me")], BOOK)
    return [f.words for f in engine.check(draft_of(text), who, Policy(allowances)).findings]


@pytest.mark.parametrize(
    ("rule", "hat", "of_hit", "weight"),
    [
        ("S1", PRO, None, Severity.WARN),
        ("S1", PER, None, Severity.SILENT),
        ("S1", PER, Severity.STOP, Severity.SILENT),  # silent for the hat stays silent
        ("S8", PRO, Severity.STOP, Severity.STOP),  # graver than its rule
        ("S8", PRO, Severity.NOTE, Severity.NOTE),  # milder
        ("S9", PER, Severity.WARN, Severity.NOTE),  # milder than the rule is no reason to be louder for the other hat
        ("C2", PER, None, Severity.STOP),
    ],
)
def test_a_hit_weighs_by_rule_hat_and_itself(rule, hat, of_hit, weight):
    assert severity_for(BOOK[rule], hat, Policy(), of_hit) is weight


@pytest.mark.parametrize(
    ("rule", "hat", "chosen", "of_hit", "weight"),
    [
        ("S1", PRO, Severity.NOTE, None, Severity.NOTE),
        ("S1", PRO, Severity.SILENT, Severity.STOP, Severity.SILENT),
        ("S8", PRO, Severity.NOTE, Severity.STOP, Severity.STOP),  # one's own home address
        ("S8", PRO, Severity.NOTE, Severity.WARN, Severity.NOTE),
        ("S1", PER, Severity.WARN, None, Severity.WARN),
        ("S11", PRO, Severity.STOP, Severity.NOTE, Severity.STOP),
        ("C2", PRO, Severity.NOTE, None, Severity.STOP),
        ("C3", PRO, Severity.STOP, None, Severity.STOP),
        ("C3", PRO, Severity.SILENT, Severity.STOP, Severity.STOP),
    ],
)
def test_the_owner_may_change_a_weight_but_never_lower_a_client_rule(rule, hat, chosen, of_hit, weight):
    assert severity_for(BOOK[rule], hat, Policy(severities={(rule, hat): chosen}), of_hit) is weight


def test_a_rule_from_outside_warns_and_can_be_answered():
    row = row_of(BOOK, "X1")
    assert severity_for(row, PRO, Policy()) is Severity.WARN
    assert severity_for(row, PER, Policy()) is Severity.NOTE
    assert answers_for("X1") == row.answers != ()
    assert answers_for("C2") == BOOK["C2"].answers


def test_this_wording_is_allowed_in_any_case_and_spacing_and_nothing_else_is():
    text = "At home my  Wife reads. Then my sister reads."
    engine_words = words_found("S1", text)
    assert engine_words == ["my sister"]  # two spaces: the pattern of this test takes one
    assert words_found("S1", text, allowance(Scope.WORDING, "S1", "MY  sister ")) == []
    assert words_found("S1", text, allowance(Scope.NOT_PERSONAL, "S1", "my brother")) == ["my sister"]
    assert words_found("S1", text, allowance(Scope.WORDING, "S2", "my sister")) == ["my sister"]
    assert words_found("S1", text, allowance(Scope.WORDING, "S1", "my sister", hat=PER)) == ["my sister"]


def test_this_post_is_allowed_and_another_is_not():
    text = "Ann told me."
    assert words_found("C2", text, allowance(Scope.POST, "C2", "Ann told me", draft_id="d1")) == []
    assert words_found("C2", text, allowance(Scope.POST, "C2", "Ann told me", draft_id="d2")) == ["Ann told me"]


def test_a_new_name_flags_again():
    allowed = allowance(Scope.POST, "C2", "Ann told me", draft_id="d1")
    assert words_found("C2", "Bea told me.", allowed) == ["Bea told me"]


@pytest.mark.parametrize("scope", [Scope.WORDING, Scope.NOT_PERSONAL, Scope.TOPIC])
@pytest.mark.parametrize("rule", ["C1", "C2", "C5", "C6", "C8", "D1"])
def test_grave_rules_take_an_allowance_for_this_post_only(rule, scope):
    allowed = allowance(scope, rule, "Ann told me")
    assert words_found(rule, "Ann told me.", allowed) == ["Ann told me"]


def test_a_topic_can_be_opened_for_own_life_alone():
    assert words_found("S2", "Here is my asthma.", allowance(Scope.TOPIC, "S2")) == []
    assert words_found("S2", "Here is my asthma.", allowance(Scope.TOPIC, "S1")) == ["my asthma"]
    assert words_found("T1", "Here is my asthma.", allowance(Scope.TOPIC, "T1")) == ["my asthma"]


@pytest.mark.parametrize(
    ("words", "category", "covered"),
    [
        ("555-010-0100", Category.CONTACT, True),
        ("(555) 010 0100", Category.CONTACT, True),
        ("ring me on 555.010.0100", Category.CONTACT, True),
        ("555-010-0142", Category.CONTACT, False),
        ("ring 555-010-0100 or 555-010-0142", Category.CONTACT, False),
        ("Intake@Larch-Practice.example", Category.CONTACT, True),
        ("robin@home.example", Category.CONTACT, False),
        ("12 Elm Street, Westbrook", Category.WHEREABOUTS, True),
        ("come to 12 Elm Street Westbrook", Category.WHEREABOUTS, True),
        ("14 Elm Street, Westbrook", Category.WHEREABOUTS, False),
        ("Larch Street Psychology", Category.CLIENT, True),
        ("Robin Lee, PsyD", Category.CLIENT, True),
        ("my wife", Category.RELATIONSHIPS, False),
        ("", Category.CONTACT, False),
    ],
)
def test_values_of_the_card_are_public(words, category, covered):
    assert Card(PROFESSIONAL).covers(words, category) is covered


def test_the_office_line_is_left_alone_and_a_private_number_is_not():
    assert check("Text my cell (555) 010-0100.", PROFESSIONAL).findings == ()
    assert [f.rule for f in check("Text my cell 555-010-0142.", PROFESSIONAL).findings] == ["S9"]


def test_the_rows_say_what_each_hat_hears():
    assert BOOK["S9"].severities == {PRO: Severity.STOP, PER: Severity.NOTE}
    assert BOOK["H2"].severities == {PRO: Severity.SILENT, PER: Severity.NOTE}
    picture_found = check("", PERSONAL, media=(picture("the intake form of a client", ""),)).findings
    assert all(f.severity >= Severity.WARN for f in picture_found if f.rule.startswith("C"))
