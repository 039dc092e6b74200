"""Slugs, and text as it can travel."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.networks.slugs import slug_of
from twohats.networks.wire_text import sendable, sendable_line, sendable_tags


@pytest.mark.parametrize(
    ("title", "text", "slug"),
    [
        pytest.param("Sleep & Rest", "x", "sleep-rest", id="title"),
        pytest.param("", "A b c d e f g, h i", "a-b-c-d-e-f-g-h", id="first words"),
        pytest.param("Größe, Zoë & façade", "", "grosse-zoe-facade", id="accents"),
        pytest.param("психолог и сон", "", "психолог-и-сон", id="another script"),
        pytest.param("心理 健康", "", "心理-健康", id="without spaces and cases"),
        pytest.param("CON", "", "post-con", id="a name of Windows"),
        pytest.param("2026", "", "post-2026", id="a year"),
        pytest.param("Feed", "", "post-feed", id="a word of blogs"),
        pytest.param("🎉🎉", "", "post", id="nothing to read"),
        pytest.param("", "", "post", id="nothing at all"),
        pytest.param("../../etc/passwd", "", "etc-passwd", id="a path"),
        pytest.param("don’t don't", "", "dont-dont", id="apostrophes"),
        pytest.param("", "[our page](https://example.org/very/long) is new", "our-page-is-new", id="links"),
        pytest.param("wonder " * 20, "", "wonder-wonder-wonder-wonder-wonder-wonder-wonder-wonder", id="long"),
        pytest.param("x" * 500, "", "x" * 60, id="one long word"),
    ],
)  # fmt: skip
def test_a_post_gets_a_readable_name(title: str, text: str, slug: str) -> None:
    assert slug_of(title, text, 60) == slug


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_a_name_that_is_safe_everywhere(title: str, text: str) -> None:
    slug = slug_of(sendable(title), sendable(text), 60)

    assert 0 < len(slug.encode()) <= 60
    assert re.fullmatch(r"[\w-]+", slug)
    assert slug == slug.strip("-")


@given(st.text(alphabet=st.characters(), max_size=100))
def test_what_can_travel_is_utf_8_without_control_characters(text: str) -> None:
    clean = sendable(text)

    assert clean.encode().decode() == clean
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", clean)


def test_bidi_and_zero_width_characters_travel_as_they_are() -> None:
    assert sendable("\u202eabc\u200b\u2066") == "\u202eabc\u200b\u2066"


def test_line_ends_of_other_systems_become_plain() -> None:
    assert sendable("a\r\nb\rc") == "a\nb\nc"
    assert sendable_line(" a\nb  c ") == "a b c"


def test_tags_lose_marks_and_doubles() -> None:
    assert sendable_tags(("#Rest", "rest", " ", "##", "Sleep well")) == ("Rest", "Sleep well")
