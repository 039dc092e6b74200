"""The rules on clients, other people and conduct: spans, categories, graver and milder variants, suggestions."""

from collections.abc import Iterator

import pytest

from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.boundary.rules import (
    c1_identifier,
    c2_session_talk,
    c4_care_times,
    c5_confirms_client,
    c6_relatives,
    c7_case_story,
    c8_documents,
    d1_reviews,
    d2_advice,
    d3_private_channels,
    d4_running_down,
    d5_promises,
    d6_hidden_payment,
    d7_mocking,
    d8_diagnosing,
    t1_family_third_parties,
    t2_trainees,
    t3_bystanders,
)
from twohats.model.finding import Category, Severity
from twohats.model.span import Field

RULES = [
    module.RULE
    for module in (
        c1_identifier,
        c2_session_talk,
        c4_care_times,
        c5_confirms_client,
        c6_relatives,
        c7_case_story,
        c8_documents,
        t1_family_third_parties,
        t2_trainees,
        t3_bystanders,
        d1_reviews,
        d2_advice,
        d3_private_channels,
        d4_running_down,
        d5_promises,
        d6_hidden_payment,
        d7_mocking,
        d8_diagnosing,
    )
]


def found(rule: Rule, text: str, **around: object) -> list[Hit]:
    return list(rule.find(Sentence(text), Surroundings(**around)))


def words(rule: Rule, text: str, **around: object) -> list[str]:
    return [text[hit.start : hit.end] for hit in found(rule, text, **around)]


def repaired(rule: Rule, text: str) -> Iterator[str]:
    for hit in found(rule, text):
        for fix in hit.fixes:
            yield text[: fix.start] + fix.text + text[fix.end :]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_tables_are_long_enough_and_without_doubles(rule: Rule) -> None:
    assert len(set(rule.hits)) == len(rule.hits) >= 10
    assert len(set(rule.near_misses)) == len(rule.near_misses) >= 10


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_spans_lie_in_the_sentence_and_never_overlap(rule: Rule) -> None:
    for text in rule.hits:
        last = 0
        for hit in sorted(found(rule, text), key=lambda hit: hit.start):
            assert 0 <= hit.start < hit.end <= len(text), text
            assert text[hit.start : hit.end] == text[hit.start : hit.end].strip(), text
            assert hit.start >= last, text
            last = hit.end


@pytest.mark.parametrize(
    ("rule", "text", "span"),
    [
        (
            c2_session_talk.RULE,
            "A client told me that rain helps, so we opened the window.",
            "A client told me that rain helps",
        ),
        (c2_session_talk.RULE, "Still thinking of the welder I discharged in June.", "the welder I discharged in June"),
        (c4_care_times.RULE, "My Monday 2pm cancelled again, so I have time for tea.", "My Monday 2pm cancelled again"),
        (c1_identifier.RULE, "File #31807 cancelled at the last minute.", "File #31807 cancelled at the last minute"),
        (d2_advice.RULE, "@ravi_l stop taking it, you don't need it.", "@ravi_l stop taking it, you don't need it"),
        (t1_family_third_parties.RULE, "Late again: my sister's rehab starts on Monday.", "my sister's rehab"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_span_is_the_stretch_that_tells(rule: Rule, text: str, span: str) -> None:
    assert words(rule, text) == [span]


def test_an_exact_hour_is_dropped() -> None:
    assert list(repaired(c4_care_times.RULE, "My Monday 2pm cancelled again.")) == ["A client cancelled again."]


def test_a_name_in_care_is_taken_out_and_the_role_kept() -> None:
    assert list(repaired(c1_identifier.RULE, "I am proud of my client Odile Farrow.")) == ["I am proud of a client."]


def test_the_owners_own_name_is_no_clients_name() -> None:
    text = "Well done Maren Holt, who finished rehab training with us."
    assert found(c1_identifier.RULE, text)
    assert not found(c1_identifier.RULE, text, own_names=("Maren Holt",))


def test_a_story_continues_over_a_pronoun_after_a_word_of_care() -> None:
    text = "She rolled up her sleeves and there was nothing to hide."
    assert words(c2_session_talk.RULE, text, before="Clinic, Tuesday.") == [text.rstrip(".")]
    assert not found(c2_session_talk.RULE, text, before="My sister came for tea.")


def test_waiting_room_pictures_stop_the_post() -> None:
    (hit,) = found(t3_bystanders.RULE, "Look who came to the waiting room!")
    assert hit.severity is Severity.STOP


def test_private_facts_with_a_picture_are_graver() -> None:
    text = "@nell_abara is finally sober."
    assert found(t3_bystanders.RULE, text)[0].severity is Severity.WARN
    assert found(t3_bystanders.RULE, text, has_picture=True)[0].severity is Severity.STOP


@pytest.mark.parametrize(
    ("text", "severity"), [("Clients, add me on Facebook!", Severity.STOP), ("DM me your story.", Severity.WARN)]
)
def test_private_channels_for_clients_stop_the_post(text: str, severity: Severity) -> None:
    assert [hit.severity for hit in found(d3_private_channels.RULE, text)] == [severity]


@pytest.mark.parametrize(
    ("text", "category", "severity"),
    [
        ("Dr. Ellery is a quack.", Category.CONDUCT, Severity.STOP),
        ("My manager hasn't answered an email since June.", Category.WORKPLACE, None),
        ("Insurance reviewers are idiots.", Category.CONDUCT, None),
    ],
)
def test_running_down_is_workplace_or_conduct(text: str, category: Category, severity: Severity | None) -> None:
    assert [(hit.category, hit.severity) for hit in found(d4_running_down.RULE, text)] == [(category, severity)]


def test_own_family_is_a_matter_of_relationships() -> None:
    assert {hit.category for hit in found(t1_family_third_parties.RULE, "My brother is back in prison.")} == {
        Category.RELATIONSHIPS
    }


@pytest.mark.parametrize("field", [Field.ALT, Field.FILE_NAME])
def test_a_picture_of_a_form_stops_by_its_name_alone(field: Field) -> None:
    (hit,) = c8_documents.RULE.find(Sentence("scan of intake form", field=field), Surroundings())
    assert hit.severity is Severity.STOP
    assert not found(c8_documents.RULE, "scan of intake form")


def test_paid_praise_that_says_so_is_silent() -> None:
    text = "Use my code QUIET15 at the checkout."
    assert found(d6_hidden_payment.RULE, text)
    assert not found(d6_hidden_payment.RULE, text, before="Ad: paid partnership with a mattress shop.")
