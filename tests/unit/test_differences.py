"""What two texts differ in: exact, word by word, quick, and said in words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.gui.composer.differences import Compared, Kind, Stretch, differences, summary

SAME, GONE, NEW = Kind.SAME, Kind.GONE, Kind.NEW


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param("the same", "the same", [(SAME, "the same")], id="the same"),
        pytest.param("", "new", [(NEW, "new")], id="all new"),
        pytest.param("old", "", [(GONE, "old")], id="all gone"),
        pytest.param(
            "Sleep well tonight.",
            "Sleep badly tonight.",
            [(SAME, "Sleep "), (GONE, "well"), (NEW, "badly"), (SAME, " tonight.")],
            id="one word for another, and no letters of it",
        ),
        pytest.param("don't", "don’t", [(GONE, "don't"), (NEW, "don’t")], id="a word with an apostrophe is one"),
        pytest.param("a b", "a c b", [(SAME, "a "), (NEW, "c "), (SAME, "b")], id="a word between"),
    ],
)
def test_words_are_told_apart(before: str, after: str, found: list[tuple[Kind, str]]) -> None:
    assert list(differences(before, after)) == [Stretch(*one) for one in found]


TEXTS = st.lists(st.sampled_from(["a", "b ", "heron", "\n", "’", "心", " ", "."]), max_size=30).map("".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(one.text for one in found if one.kind is not NEW) == before
    assert "".join(one.text for one in found if one.kind is not GONE) == after
    assert all(one.text for one in found)


def test_a_long_text_that_changed_all_over_takes_no_time() -> None:
    before = "".join(f"word {number} of a line\n" for number in range(8_000))
    after = "".join(f"word {number * 7} of another line\n" for number in range(8_000))
    began = time.process_time()
    found = differences(before, after)
    assert time.process_time() - began < 10
    assert "".join(one.text for one in found if one.kind is not GONE) == after


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("one two", "one two", "Nothing differs."),
        ("one two", "one  two", "Only spaces and line breaks differ."),
        ("one two", "one three four", "2 words new (underlined), 1 word gone (struck through)."),
        ("one", "one two", "1 word new (underlined)."),
    ],
)
def test_the_count_is_said_in_words(before: str, after: str, words: str) -> None:
    assert summary([Compared("Text", before, after)]) == words
