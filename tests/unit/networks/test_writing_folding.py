"""Where a post is cut until a reader asks for more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.networks.writing.counting import graphemes
from twohats.networks.writing.folding import fold, fold_after


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("one two three", None, id="all of it"),
        pytest.param("one two three four five", "one two three four", id="two full lines"),
        pytest.param("a\nb\nc", "a\nb", id="short lines"),
        pytest.param("a\n\nb", "a", id="a blank line is a line"),
        pytest.param("a\nb\n \n", None, id="only blanks are left"),
        pytest.param("a" * 21, "a" * 20, id="an endless word"),
        pytest.param("aaa " + "b" * 30, "aaa", id="an endless word behind another"),
        pytest.param("👨\u200d👩\u200d👧" * 20, None, id="families count once"),
        pytest.param("one two three four\n", None, id="a line end at the end"),
        pytest.param("aaaaaaaaaa bbbbbbbbb cc", "aaaaaaaaaa bbbbbbbbb", id="exactly at a word's end"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_folds_after_two_lines_of_ten(text: str, shown: str | None) -> None:
    at = fold_after(text, lines=2, width=10)

    assert (None if at is None else text[:at]) == shown


@pytest.mark.parametrize(
    ("network", "letters"),
    [("linkedin", 210), ("facebook", 475), ("x", None), ("threads", None), ("mastodon", None), ("bluesky", None)],
)
def test_each_network_folds_by_its_own_measure(network: str, letters: int | None) -> None:
    at = fold("word " * 110, network)

    assert (at is None) if letters is None else (letters - 5 <= at <= letters)


def test_a_network_of_others_folds_nothing() -> None:
    assert fold("word " * 1000, "of-others") is None


def test_bluesky_folds_many_short_lines() -> None:
    assert fold("a\n" * 24, "bluesky") is None
    assert fold("a\n" * 40, "bluesky") == 49


@given(st.text(alphabet="ab é👍\n\t", max_size=80), st.integers(1, 4), st.integers(1, 12))
def test_what_is_shown_fits_and_something_is_left(text: str, lines: int, width: int) -> None:
    at = fold_after(text, lines, width)

    if at is not None:
        assert graphemes(text[:at].replace("\n", "")) <= lines * width
        assert text[:at].count("\n") < lines
        assert text[at:].strip()
    else:
        assert graphemes(text.strip().replace("\n", "")) <= lines * width


@pytest.mark.parametrize("piece", ["a", "a ", "\n", "👍", "a\n", "\u0301"])
def test_ten_thousand_of_anything_are_folded(piece: str) -> None:
    assert (fold(piece * 10_000, "linkedin") or 0) <= 10_001
