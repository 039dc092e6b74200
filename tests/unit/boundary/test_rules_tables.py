"""Every rule is held to its own two tables, and every code has its sentence."""

import dataclasses
import tomllib

import pytest
from tests.unit.boundary.posts import rule_for

from twohats.assets import resources
from twohats.boundary.joining import HOME
from twohats.boundary.policy import RulePolicy, answers_for, rule_book, severity_for
from twohats.boundary.rule import Rule, Sentence, Surroundings
from twohats.boundary.rules import TABLE_LENGTH, builtin, load, vetted
from twohats.boundary.sentences import plain, split
from twohats.model.errors import BadInput
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.policy import Policy, Scope

RULES = builtin()
BOOK = rule_book()
WORDS = tomllib.loads((resources() / "i18n" / "en.toml").read_text(encoding="utf-8"))
POST_ONLY = {"C1", "C2", "C5", "C6", "C8", "D1"}


def finds(rule: Rule, example: str) -> bool:
    """Whether the rule finds anything in an example, read as the engine reads it."""
    text = plain(example).text
    sentences = [text[start:end] for start, end in split(text)]
    for number, sentence in enumerate(sentences):
        around = Surroundings(
            before=sentences[number - 1] if number else "",
            after=sentences[number + 1] if number + 1 < len(sentences) else "",
        )
        if any(True for _ in rule.find(Sentence(sentence), around)):
            return True
    return False


@pytest.mark.parametrize(("rule", "example"), [pytest.param(r, e, id=f"{r.id}: {e}") for r in RULES for e in r.hits])
def test_a_hit_is_found(rule, example):
    assert finds(rule, example)


@pytest.mark.parametrize(
    ("rule", "example"), [pytest.param(r, e, id=f"{r.id}: {e}") for r in RULES for e in r.near_misses]
)
def test_a_near_miss_is_left_alone(rule, example):
    assert not finds(rule, example)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_row_and_full_tables(rule):
    assert rule.id in BOOK
    assert min(len(set(rule.hits)), len(set(rule.near_misses))) >= TABLE_LENGTH


def test_ids_are_used_once_and_every_row_has_its_rule():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    # H3 looks at what left before, not at sentences (boundary/recent_posts.py); some rows are the tagger's alone.
    assert {*ids, "H3", *HOME.values()} == set(BOOK)


@pytest.mark.parametrize("table", ["hits", "near_misses"])
def test_a_rule_with_a_thin_table_is_refused(table):
    full = tuple(f"Sentence {number}." for number in range(TABLE_LENGTH))
    rule = dataclasses.replace(rule_for("S1", "kiwi"), hits=full, near_misses=full)
    assert vetted(rule) is rule
    with pytest.raises(BadInput, match="thin_rule"):
        vetted(dataclasses.replace(rule, **{table: full[:-1]}))
    with pytest.raises(BadInput, match="thin_rule"):
        vetted(dataclasses.replace(rule, **{table: full[:-1] + full[:1]}))


def test_a_plug_in_is_off_until_enabled_and_cannot_replace_our_own():
    assert [rule.id for rule in load()] == [rule.id for rule in RULES]
    assert [rule.id for rule in load(("no-such-plug-in",))] == [rule.id for rule in RULES]


@pytest.mark.parametrize("row", BOOK.values(), ids=lambda row: row.rule)
def test_every_code_has_its_sentence(row: RulePolicy):
    assert WORDS["rule"][row.rule]
    assert WORDS["reason"][row.rule]
    assert all(WORDS["basis"][code] for code in row.basis)
    assert all(WORDS["answer"][code] for code in row.answers)
    assert row.basis
    assert 3 <= len(row.answers) <= 4


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_variant_of_a_reason_has_its_sentence(rule):
    for example in rule.hits:
        for hit in rule.find(Sentence(plain(example).text), Surroundings()):
            assert not hit.reason or WORDS["reason"][f"{rule.id}.{hit.reason}"]


def test_no_sentence_blames_or_shouts():
    for section in ("reason", "answer", "basis", "rule"):
        for code, sentence in WORDS[section].items():
            assert "!" not in sentence, code
            assert "violat" not in sentence.casefold(), code
            assert sentence == sentence.strip(), code
    assert all(sentence.endswith(".") for sentence in WORDS["reason"].values())


def test_reasons_at_the_gate_belong_to_a_rule():
    used = {code for row in BOOK.values() for code in row.answers} | {"reviewed"}
    assert set(WORDS["answer"]) == used
    assert answers_for("C2") == ("composite", "written_consent", "not_a_client")


@pytest.mark.parametrize("row", BOOK.values(), ids=lambda row: row.rule)
def test_allowances_offered_fit_the_rule(row: RulePolicy):
    assert Scope.POST in row.scopes
    if row.rule in POST_ONLY:
        assert row.scopes == {Scope.POST}
    assert (Scope.TOPIC in row.scopes) == row.rule.startswith("S")


@pytest.mark.parametrize("rule", [rule for rule in BOOK if rule.startswith("C")])
@pytest.mark.parametrize("hat", list(Hat))
def test_a_client_rule_is_never_made_quieter(rule, hat):
    row = BOOK[rule]
    assert row.severities[Hat.PERSONAL] == row.severities[Hat.PROFESSIONAL] >= Severity.WARN
    for chosen in Severity:
        assert severity_for(row, hat, Policy(severities={(rule, hat): chosen})) >= row.severities[hat]
