"""What a rule says that it needs: where none of it is possible, it finds nothing, whatever it is shown."""

import sys
from itertools import product
from pathlib import Path

import pytest

from twohats.boundary import signs
from twohats.boundary.clues import clues_in
from twohats.boundary.needs import small_letters
from twohats.boundary.own_life import fold
from twohats.boundary.pattern import Pattern, Patterns, compile, possible
from twohats.boundary.rule import Sentence, Surroundings
from twohats.boundary.rules import builtin
from twohats.boundary.sentences import plain, split
from twohats.model.span import Field

RULES = builtin()
SPARED = [rule for rule in RULES if rule.needs is not None]
POSTS = [
    line
    for path in sorted((Path(__file__).parent / "corpus").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
EXAMPLES = [*POSTS, *(example for rule in RULES for example in (*rule.hits, *rule.near_misses))]
SURROUNDINGS = [
    Surroundings(has_picture=picture, language=language, home_address="4 Fern Lane", before="Clinic, Tuesday.")
    for picture, language in product((False, True), ("en", "de"))
]
FIELDS = (Field.TEXT, Field.ALT, Field.FILE_NAME, Field.TAG)


def sentences_of(text):
    form = plain(text).text
    return [form[start:end] for start, end in split(form)]


@pytest.fixture
def deafen(monkeypatch):
    """Makes patterns match nothing. What is remembered meanwhile is forgotten afterwards."""
    deaf = set()
    may_match, is_possible = Pattern._may_match, Pattern.is_possible
    monkeypatch.setattr(Pattern, "_may_match", lambda pattern, text: pattern not in deaf and may_match(pattern, text))
    monkeypatch.setattr(
        Pattern, "is_possible", lambda pattern, text: pattern not in deaf and is_possible(pattern, text)
    )
    yield deaf.update
    for remembering in (signs._own, clues_in):
        remembering.cache_clear()


@pytest.mark.parametrize("rule", SPARED, ids=lambda rule: rule.id)
def test_a_rule_is_dumb_without_what_it_needs(rule, deafen):
    deafen(rule.needs)
    for sentence in (sentence for example in EXAMPLES for sentence in sentences_of(example)):
        for around, field in product(SURROUNDINGS, FIELDS):
            if around.language == "en" or rule.any_language:
                assert not tuple(rule.find(Sentence(sentence, field=field), around)), sentence


def test_most_rules_say_what_they_need():
    assert len(SPARED) > 0.8 * len(RULES)


def test_most_sentences_are_shown_to_few_rules():
    sentences = [sentence for post in POSTS for sentence in sentences_of(post)]
    shown = sum(possible(sentence) & rule.needs.bits != 0 for sentence in sentences for rule in SPARED)
    assert shown < 0.3 * len(sentences) * len(SPARED)


def test_words_leave_the_same_possible_in_the_form_in_which_rules_read_them():
    """Some rules look at a sentence in lower case; what they need is told by the sentence itself."""
    for code in range(sys.maxunicode + 1):
        for character in plain(chr(code)).text:
            assert small_letters(fold(character)) == small_letters(character), hex(code)


def test_what_matches_is_told_apart_from_what_is_merely_possible():
    kiwi, plum = compile(r"\bkiwi\s+now\b"), compile(r"\bplum\b")
    both = Patterns(kiwi, plum)
    assert list(both.found_in("a kiwi, a plum")) == [plum]
    assert possible("a kiwi, now a plum") & both.bits == kiwi.bit | plum.bit
