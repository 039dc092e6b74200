"""What a pattern needs: enough to dismiss most texts, and never a text that it matches."""

import random
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.boundary.matching import texts_of

from twohats.boundary import pattern as patterns
from twohats.boundary.needs import DIGIT, FOREIGN, in_small_letters, needs_of, small_letters
from twohats.boundary.rule import Sentence, Surroundings
from twohats.boundary.rules import builtin
from twohats.boundary.rules.d7_mocking import RULE as MOCKING
from twohats.boundary.sieve import Sieve

RULES = builtin()
tuple(MOCKING.find(Sentence("built when first asked"), Surroundings()))
OURS = tuple(patterns._patterns)
EXAMPLES = [example for rule in RULES for example in (*rule.hits, *rule.near_misses)]
PARTS = (
    *(
        r"\b",
        r"\s+",
        r"\s?",
        r"\w+",
        r"\w",
        r"\W",
        r"\d",
        r"\B",
        "ab",
        "a",
        "b",
        " ",
        "'",
        "@",
        "é",
        "^",
        "$",
        "-?",
        "b?",
    ),
    *("(?:a|an|the)", r"(?:my\s+)?", r"(?:\w+\s+){0,2}", "(?:ab|b)+", r"(?:a\s|b)", "(?:a|)", "(?P<x>b a)", "x{2,3}"),
    *(r"(?<!\w)", r"(?!\w)", "(?=b)", "(?<=a)", "[ab]", r"[\s-]", "[^a]", r"[\w'-]{1,3}", "[0-9]", r"[@\d]", ".*"),
)
SOURCES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join)
TEXTS = st.text(alphabet="aabbxé @-'07 \n", max_size=16)


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        (r"\b(?:a|one)\s+client\b", [{" client "}, {" a ", " one "}]),
        (r"gambl\w+", [{"gambl"}]),
        (r"(?<!\w)gambl\w+", [{" gambl"}]),
        (r"\w+ism(?!\w)", [{"ism "}]),
        (r"\bself-?harm", [{" selfharm", " self "}, {" selfharm", " harm"}, {" selfharm", "-"}]),
        (r"\bmy\s+(?:\w+\s+){0,2}wife\b", [{" wife "}, {" my "}]),
        (r"\b(?:foo(?=\s+bar)|baz\w*)", [{" foo ", " baz"}]),
        (r"@\d", [{"@"}, {DIGIT}]),
        ("[\U0001f300-\U0001faff]", [{FOREIGN}]),
        (r"(?P<a>Wife)", [{"wife"}]),
        (r"(?:foo)?", []),
        (r".+", []),
        (r"(?:abc|\w)", []),
        (r"(a)\1", []),
    ],
)
def test_the_rarest_needs_come_first(source, needs):
    assert [set(need) for need in needs_of(source, len(needs) or 1)] == needs


def test_no_more_needs_are_told_than_asked_for():
    assert len(needs_of(r"\bone\s+\w+\s+two\s+\w+\s+three\s+\w+\s+four\b", 2)) == 2


@pytest.mark.parametrize("pattern", OURS, ids=lambda pattern: pattern.source[:40])
def test_none_of_our_patterns_is_dismissed_where_it_matches(pattern):
    (plain, *_) = pattern.built()
    chance = random.Random(pattern.source)
    for text in texts_of(pattern.source, 8, chance):
        for written in (text, text.upper(), text.replace("s", "\u017f").replace("I", "\u0130").replace("k", "\u212a")):
            if plain.search(written):
                assert pattern.is_possible(written), written
                assert pattern.search(written), written


def test_most_patterns_are_dismissed_by_most_sentences():
    possible = sum(pattern.is_possible(example) for pattern in OURS for example in EXAMPLES)
    assert possible < 0.1 * len(OURS) * len(EXAMPLES)
    assert sum(not needs_of(pattern.source, 1) for pattern in OURS) < 0.02 * len(OURS)


@settings(max_examples=400, deadline=None)
@given(source=SOURCES, texts=st.lists(TEXTS, max_size=12), seed=st.integers(0, 999))
def test_no_pattern_whatsoever_is_dismissed_where_it_matches(source, texts, seed):
    try:
        plain = re.compile(source, re.IGNORECASE)
    except re.error:
        return
    sieve = Sieve(("nothing", source))
    for text in (*texts, *texts_of(source, 12, random.Random(seed))):
        if plain.search(text):
            assert sieve.possible(text) & 2, text


@pytest.mark.parametrize(
    ("source", "small"),
    [(r"\W\S[A-Z]AB", r"\W\S[a-z]ab"), (r"(?P<Who>É)(?P=Who)", r"(?P<Who>é)(?P=Who)"), (r"\BX", r"\Bx")],
)
def test_small_letters_leave_escapes_and_names_alone(source, small):
    assert in_small_letters(source) == small


def test_small_letters_make_no_letter_of_what_is_none():
    """Else a word would begin or end in one spelling and not in the other."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if not (character.isalnum() or character == "_"):
            assert not any(small.isalnum() for small in small_letters(character)), hex(code)


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
def test_small_letters_take_for_a_letter_what_a_pattern_does(letter):
    plain = re.compile(letter, re.IGNORECASE)
    for code in range(0x3000):
        assert (small_letters(chr(code)) == letter) == (plain.fullmatch(chr(code)) is not None), hex(code)
