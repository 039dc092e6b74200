"""The engine: fields, folding, severities, failures, the cache."""

import logging
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.boundary.posts import (
    BARE,
    NOW,
    PERSONAL,
    POLICY,
    PROFESSIONAL,
    broken_rule,
    check,
    checker,
    draft_of,
    picture,
    rule_for,
)

from twohats.assets import resources
from twohats.boundary import rules
from twohats.boundary.check import BoundaryChecker, make_checker
from twohats.boundary.policy import rule_book
from twohats.boundary.rule import Hit, Rule
from twohats.model.finding import Category, Finding, Severity, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Policy, Scope
from twohats.model.span import Field


def engine(*rules: Rule) -> BoundaryChecker:
    return BoundaryChecker(rules, rule_book())


def found(result_findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.rule, f.words) for f in result_findings]


def test_every_field_is_checked():
    draft = draft_of(
        "kiwi one",
        title="kiwi two",
        excerpt="kiwi three",
        tags=("plain", "kiwi"),
        media=(picture("a kiwi", "kiwi.jpg"),),
    )
    spans = [f.span for f in engine(rule_for("S1", "kiwi")).check(draft, BARE, POLICY).findings]
    assert [(s.field, s.index) for s in spans] == [
        (Field.TEXT, 0),
        (Field.TITLE, 0),
        (Field.EXCERPT, 0),
        (Field.TAG, 1),
        (Field.ALT, 0),
        (Field.FILE_NAME, 0),
    ]


def test_words_are_the_fields_own_even_with_curly_quotes_and_invisible_characters():
    text = "First.  My wi\u200bfe\u2019s car is new."
    (finding,) = engine(rule_for("S1", r"my wife's car")).check(draft_of(text), BARE, POLICY).findings
    assert finding.words == "My wi\u200bfe\u2019s car"
    assert text[finding.span.start : finding.span.end] == finding.words


def test_a_rule_that_fails_makes_the_check_incomplete_and_silences_nobody(caplog):
    caplog.set_level(logging.ERROR)
    result = engine(broken_rule("C1"), rule_for("S1", "kiwi")).check(draft_of("A kiwi."), BARE, POLICY)
    assert not result.complete
    assert found(result.findings) == [("S1", "kiwi")]
    assert "C1" in caplog.text
    assert "kiwi" not in caplog.text


@pytest.mark.parametrize("hit", [Hit(0, 999), Hit(3, 3), Hit(-1, 2), Hit(0, 2, clues=((0, 99),))])
def test_a_hit_outside_its_sentence_makes_the_check_incomplete(hit):
    rule = Rule("S1", lambda sentence, around: [hit], (), ())
    result = engine(rule).check(draft_of("Short words."), BARE, POLICY)
    assert not result.complete
    assert result.findings == ()


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (rule_for("S1", "big kiwi"), rule_for("C2", "kiwi"), [("C2", "kiwi")]),  # the graver
        (rule_for("S1", "kiwi"), rule_for("T1", "big kiwi"), [("T1", "big kiwi")]),  # equal: others before the author
        (rule_for("D4", "big kiwi"), rule_for("T1", "kiwi"), [("T1", "kiwi")]),
        (rule_for("S1", "kiwi"), rule_for("S2", "big kiwi"), [("S2", "big kiwi")]),  # same letter: the longer
        (rule_for("S2", "kiwi"), rule_for("S1", "kiwi"), [("S1", "kiwi")]),  # all the same: the lower number
        (rule_for("C2", "big kiwi", Severity.WARN), rule_for("S1", "kiwi"), [("S1", "kiwi")]),
        (
            rule_for("S1", "big "),
            rule_for("S2", "kiwi"),
            [("S1", "big "), ("S2", "kiwi")],
        ),  # touching is not overlapping
    ],
    ids=["graver", "letter", "letter-over-length", "longer", "number", "milder-than-usual", "touching"],
)
def test_one_finding_a_place(first, second, kept):
    result = engine(first, second).check(draft_of("A big kiwi."), BARE, POLICY)
    assert found(result.findings) == kept


def test_findings_are_sorted_by_field_and_place():
    result = engine(rule_for("S1", "fig"), rule_for("C2", "kiwi")).check(
        draft_of("A fig and a kiwi. Another fig.", title="A kiwi"), BARE, POLICY
    )
    assert [(f.span.field, f.span.start) for f in result.findings] == [
        (Field.TEXT, 2),
        (Field.TEXT, 12),
        (Field.TEXT, 26),
        (Field.TITLE, 2),
    ]


def test_category_reason_basis_and_clues_come_along():
    rule = rule_for("S1", "big kiwi", category=Category.DEMOGRAPHICS, reason="own", clues=((2, 5), (6, 10)))
    (finding,) = engine(rule).check(draft_of("A big kiwi."), BARE, POLICY).findings
    assert finding.category is Category.DEMOGRAPHICS
    assert finding.reason == "S1.own"
    assert finding.basis == rule_book()["S1"].basis
    assert [draft_of("A big kiwi.").words_at(clue) for clue in finding.clues] == ["big", "kiwi"]


def test_client_rules_weigh_the_same_under_both_hats():
    text = "A client told me today that she wants to leave him."
    assert [f.severity for f in check(text, BARE).findings] == [f.severity for f in check(text, PERSONAL).findings]
    assert check(text, PERSONAL).findings[0].severity is Severity.STOP


def test_family_is_a_warning_for_professional_and_nothing_for_personal():
    text = "My wife and I finally took that cruise."
    assert any(f.severity >= Severity.WARN for f in check(text, BARE).findings)
    assert not any(f.rule == "S1" for f in check(text, PERSONAL).findings)


def test_own_life_can_move_to_personal_and_a_client_cannot():
    kinds = {f.rule: {s.kind for s in f.suggestions} for f in check("My daughter starts kindergarten Monday.").findings}
    assert SuggestionKind.MOVE in kinds["S1"]
    for finding in check("A client told me today that she wants to leave him.").findings:
        assert SuggestionKind.MOVE not in {s.kind for s in finding.suggestions}


def test_two_private_notes_together_say_that_the_post_may_wear_the_other_hat():
    rule = rule_for("S11", "kiwi|fig")
    result = engine(rule).check(draft_of("A kiwi. Talk on Friday. A fig."), BARE, POLICY)
    assert [f.reason for f in result.findings] == ["H1.gathered", "S11"]
    assert [f.reason for f in engine(rule).check(draft_of("A kiwi."), BARE, POLICY).findings] == ["S11"]


def test_a_personal_post_that_speaks_as_a_professional_is_noted():
    text = "As a psychologist I think this ruling is a mistake."
    assert [(f.rule, f.severity) for f in check(text, PERSONAL).findings] == [("H2", Severity.NOTE)]
    assert check(text, PROFESSIONAL).findings == ()


def test_an_empty_draft_is_clear():
    assert check("").findings == ()
    assert check("").complete


def test_the_version_names_rules_and_weights():
    assert checker().version == make_checker().version
    assert len(checker().version) == 16
    assert engine(rule_for("S1", "kiwi")).version != engine(rule_for("S2", "kiwi")).version


@pytest.mark.parametrize("name", ["policy/client_signs.toml", "policy/rules.toml", "lexicons/ctd_acts.txt"])
def test_the_version_changes_with_any_weight_or_word(tmp_path, monkeypatch, name):
    for folder in ("policy", "lexicons"):
        shutil.copytree(resources() / folder, tmp_path / folder)
    monkeypatch.setattr(rules, "resources", lambda: tmp_path)
    before = rules.version(())
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert rules.version(()) != before


def numbered() -> list[str]:
    return [f"Sentence number {number} stands here." for number in range(40)]


def heard(look_across: bool) -> tuple[list[str], list[str]]:
    """The sentences that a rule is asked about at first, and after an edit of the twentieth."""
    asked: list[str] = []

    def find(sentence, around):
        if look_across and around.before == around.after:
            return ()
        asked.append(sentence.text)
        return ()

    counting = engine(Rule("S1", find, (), ()))
    sentences = numbered()
    counting.check(draft_of(" ".join(sentences)), BARE, POLICY)
    first = [*asked]
    asked.clear()
    sentences[20] = "Sentence number twenty has changed."
    counting.check(draft_of(" ".join(sentences)), BARE, POLICY)
    return first, asked


def test_an_edit_of_one_sentence_costs_one_sentence():
    first, after = heard(look_across=False)
    assert first == numbered()
    assert after == ["Sentence number twenty has changed."]


def test_a_rule_that_looks_at_the_neighbours_is_asked_about_them_again():
    first, after = heard(look_across=True)
    sentences = numbered()
    assert first == sentences
    assert after == [sentences[19], "Sentence number twenty has changed.", sentences[21]]


_BITS = st.sampled_from(
    [
        "My wife and I finally took that cruise.",
        "A client told me today that she wants to leave him.",
        "Our twins turned six!",
        "my mom called, and the office is closed on Friday.",
        "Sleep is not a luxury.",
        "Text my cell 555-0142.",
        "Worst day ever, I\u2019m so done.",
        "Join us on Tuesday at six.",
        "#boymom",
        "\U0001f602\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "J.T. finally slept, proud of him",
        "A 34-year-old firefighter from Westbrook with selective mutism.",
    ]
)
_JOINTS = st.sampled_from([" ", "\n", "\n\n", "  ", " \u2014 ", ", ", "\u200b ", "\u202e", "\x00", ""])
POSTS = st.lists(st.tuples(_BITS, _JOINTS), max_size=6).map(lambda pairs: "".join(a + b for a, b in pairs))
ANYTHING = st.one_of(st.text(max_size=200), POSTS)
HATS = st.sampled_from([BARE, PROFESSIONAL, PERSONAL])


@settings(max_examples=120, deadline=None)
@given(text=ANYTHING, title=st.text(max_size=40), tags=st.lists(st.text(max_size=12), max_size=3), who=HATS)
def test_whatever_is_written_the_findings_hold_together(text, title, tags, who):
    draft = draft_of(text, title=title, tags=tuple(tags), hat=who.hat)
    result = checker().check(draft, who, POLICY)
    assert result.complete
    fields = list(Field)
    places = [(fields.index(f.span.field), f.span.index, f.span.start) for f in result.findings]
    assert places == sorted(places)
    for finding in result.findings:
        span = finding.span
        assert 0 <= span.start < span.end <= len(draft.field_text(span.field, span.index))
        assert draft.words_at(span) == finding.words
        assert finding.severity > Severity.SILENT
        assert not any(other is not finding and other.span.overlaps(span) for other in result.findings)


@settings(max_examples=25, deadline=None)
@given(text=ANYTHING, who=HATS)
def test_a_cached_answer_is_the_same_as_a_fresh_one(text, who):
    draft = draft_of(text)
    fresh = BoundaryChecker(checker()._rules, rule_book()).check(draft, who, POLICY)
    assert checker().check(draft, who, POLICY) == fresh
    assert checker().check(draft, who, POLICY) == fresh


def test_what_was_tried_for_one_owner_is_not_taken_for_another():
    text = "Groups start on Monday. My sister is getting married in June. See you there!"
    ours = BoundaryChecker(checker()._rules, rule_book())
    allowed = Policy(
        (Allowance("a1", Scope.TOPIC, "S1", Hat.PROFESSIONAL, "", NOW),), {("S3", Hat.PROFESSIONAL): Severity.STOP}
    )
    for who, policy, tags in (
        (BARE, POLICY, ()),
        (BARE, allowed, ()),
        (PERSONAL, POLICY, ()),
        (PROFESSIONAL, POLICY, ("mysister",)),
        (BARE, POLICY, ()),
    ):
        draft = draft_of(text, tags=tags)
        fresh = BoundaryChecker(checker()._rules, rule_book()).check(draft, who, policy)
        assert ours.check(draft, who, policy) == fresh
        assert ours.check(draft_of(text + " Or not.", tags=tags), who, policy).complete


def test_the_same_sentence_is_weighed_for_the_hat_that_asks():
    text = "Our twins turned six!"
    assert check(text, BARE).findings
    assert not check(text, PERSONAL).findings
    assert check(text, BARE).findings
    assert {f.rule for f in check(text, BARE).findings} <= set(rule_book())
