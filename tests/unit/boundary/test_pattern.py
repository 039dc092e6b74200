"""Patterns: quick to say no, and never wrong in saying it."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twohats.boundary.pattern import Patterns, compile
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
TEXTS = st.one_of(st.sampled_from(EXAMPLES), st.text(alphabet="xXmyI' -.wifeWIFE0123", max_size=40))
SIGNS = ["my (?:old )?wife", "my", "wife(?= x)", "x{1,3}", r"(?<!\w )I", "my wife x"]


def test_a_pattern_is_made_once_and_ignores_case_unless_told():
    assert compile("kiwi") is compile("kiwi")
    assert compile("kiwi").search("A KIWI")
    assert not compile("kiwi", case=True).search("A KIWI")
    assert compile("kiwi").match("kiwi pie")
    assert not compile("kiwi").match("pie kiwi")
    assert compile("kiwi").fullmatch("Kiwi")
    assert "kiwi" in repr(compile("kiwi"))


@pytest.mark.parametrize("source", SOURCES)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_the_quick_way_finds_what_the_plain_one_finds(source, text):
    for case in (False, True):
        plain = re.compile(source, 0 if case else re.IGNORECASE)
        ours = compile(source, case=case)
        assert [m.span() for m in ours.finditer(text)] == [m.span() for m in plain.finditer(text)]
        assert (ours.search(text) is None) == (plain.search(text) is None)
        assert (ours.match(text, 1) is None) == (plain.match(text, 1) is None)
        assert (ours.fullmatch(text) is None) == (plain.fullmatch(text) is None)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_patterns_together_find_what_each_of_them_finds(text):
    together = Patterns(*map(compile, SOURCES))
    apart = [found.span() for source in SOURCES for found in re.finditer(source, text, re.IGNORECASE)]
    assert [found.span() for found in together.finditer(text)] == apart
    assert together.is_possible(text) or not apart
    assert [pattern.source for pattern in together] == SOURCES


@settings(max_examples=200, deadline=None)
@given(text=st.lists(st.sampled_from(["my ", "wife ", "old ", "x", "I ", ", "]), max_size=9).map("".join))
def test_patterns_scan_as_one_pattern_of_all_would(text):
    one = re.compile("|".join(f"({sign})" for sign in SIGNS))
    ours = Patterns(*(compile(sign, case=True) for sign in SIGNS)).scan(text)
    assert [(p.source, m.span()) for p, m in ours] == [
        (SIGNS[(m.lastindex or 0) - 1], m.span()) for m in one.finditer(text)
    ]


def test_a_pattern_may_come_late_and_from_any_thread():
    def finds(number: int) -> bool:
        return compile(f"kiwi{number}").search(f"a kiwi{number} pie") is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(finds, range(60)))
    assert compile("late").search("better late")
