"""Search words and previews."""

import pytest

from twohats.store.words import folded, preview, terms


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(("Sleep", "HYGIENE"), "sleep hygiene", id="case and fields"),
        pytest.param(("Café Ångström",), "cafe angstrom", id="accents"),
        pytest.param(("Straße",), "strasse", id="sharp s"),
        pytest.param(("a\x00b \ud800c",), "a b c", id="NUL and a lone surrogate"),
        pytest.param(("  two\n\tlines ",), "two lines", id="white space"),
        pytest.param(("心理 学",), "心理 学", id="no latin letters"),
        pytest.param(("", ""), "", id="nothing"),
    ],
)
def test_text_is_folded_for_search(parts: tuple[str, ...], expected: str) -> None:
    assert folded(parts) == expected


def test_the_terms_of_a_query_are_folded_and_each_once() -> None:
    assert terms(" Émile  sleep SLEEP ") == ("emile", "sleep")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(("", "  \n first words\nhere"), "first words here", id="the first text that has any"),
        pytest.param(("Title", "text"), "Title", id="title first"),
        pytest.param(("x" * 500,), "x" * 119 + "…", id="cut"),
        pytest.param(("\x00",), "", id="only NUL"),
        pytest.param(("\ud800!",), "?!", id="a lone surrogate"),
        pytest.param((), "", id="nothing"),
    ],
)
def test_a_preview_is_one_short_line(texts: tuple[str, ...], expected: str) -> None:
    assert preview(*texts) == expected
