"""Patterns: quick to say no, and never wrong in saying it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twohats.boundary.pattern import compile, in_small_letters, needed_words
from twohats.boundary.rules import builtin

EXAMPLES = [example for rule in builtin() for example in (*rule.hits, *rule.near_misses)]
SOURCES = [
    r"\bmy\s+(?:wife|husband)\b",
    r"\b(?:a|an)\s+client\b",
    r"\bI'm\s+so\s+(?:sad|done)\b|\bcrying\b",
    r"(?<!\w)x{2,4}(?!\w)",
    r"\W\d{3}-\d{4}",
    r"(?P<Who>Tuesday)(?=\s+at)",
    r"(?:today)+\S*",
    r"[A-Z]\.[A-Z]\.",
]


def test_a_pattern_is_made_once_and_ignores_case_unless_told():
    assert compile("kiwi") is compile("kiwi")
    assert compile("kiwi").search("A KIWI")
    assert not compile("kiwi", case=True).search("A KIWI")
    assert compile("kiwi").match("kiwi pie")
    assert compile("kiwi").fullmatch("Kiwi")
    assert "kiwi" in repr(compile("kiwi"))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"\b(?:a|one)\s+client\b", ("client",)),
        (r"(?:foo|bar\s+baz)+x?", ("bar", "foo")),
        (r"(?P<a>Wife)(?=\s+I)", ("wife",)),
        (r"(?:foo)?", ()),
        (r"a.c", ()),
        (r"(?:abc|\d)", ()),
    ],
)
def test_the_words_that_every_match_holds(source, words):
    assert needed_words(source) == words


@pytest.mark.parametrize(
    ("source", "small"),
    [(r"\W\S[A-Z]AB", r"\W\S[a-z]ab"), (r"(?P<Who>É)(?P=Who)", r"(?P<Who>é)(?P=Who)"), (r"\BX", r"\Bx")],
)
def test_small_letters_leave_escapes_and_names_alone(source, small):
    assert in_small_letters(source) == small


@pytest.mark.parametrize("source", SOURCES)
@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.sampled_from(EXAMPLES), st.text(alphabet="xXmyI' -.wifeWIFE0123", max_size=40)))
def test_the_quick_way_finds_what_the_plain_one_finds(source, text):
    for case in (False, True):
        plain = re.compile(source, 0 if case else re.IGNORECASE)
        ours = compile(source, case=case)
        assert [m.span() for m in ours.finditer(text)] == [m.span() for m in plain.finditer(text)]
        assert (ours.search(text) is None) == (plain.search(text) is None)
