"""Each network's count, against values of their own or tried on them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.networks.writing import counting
from twohats.networks.writing.counting import (
    graphemes,
    is_sendable_on_x,
    mastodon_units,
    threads_units,
    utf8_bytes,
    utf16_units,
    x_weight,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
THUMB = "\U0001f44d"
FLAG = "\U0001f1e9\U0001f1ea"
X_CASES = tomllib.loads((Path(__file__).parent / "x_weights.toml").read_text(encoding="utf-8"))["case"]
LONG = "https://example.org/" + "a" * 100


@pytest.mark.parametrize("case", X_CASES, ids=lambda case: case["id"])
def test_x_weighs_as_its_public_file_says(case: dict) -> None:
    text = "".join(piece * times for piece, times in case["text"])

    assert x_weight(text) == case["weight"]
    assert (is_sendable_on_x(text) and 0 < x_weight(text) <= 280) == case["valid"]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        pytest.param("...", 3, id="three full stops"),
        pytest.param("\u2026", 2, id="an ellipsis"),
        pytest.param("\u2013\u2014\u201c\u201d\u2019", 5, id="dashes and curly quotes"),
        pytest.param("\u202e", 2, id="a sign of direction"),
        pytest.param("\U0001faf6\U0001f3fd", 2, id="hands of 2021 with a skin tone"),
        pytest.param("\U0001f600\U0001f3fd", 4, id="a skin tone on what has none"),
        pytest.param("1\ufe0f\u20e3", 2, id="a keycap"),
        pytest.param("\u00a9", 1, id="a sign of copyright"),
        pytest.param("\u00a9\ufe0f", 2, id="the same in colour"),
        pytest.param(FLAG * 2, 4, id="flags"),
        pytest.param("\u2764\ufe0f\u200d\U0001f525", 2, id="a heart on fire"),
        pytest.param(LONG, 23, id="a long link"),
        pytest.param("example.org", 23, id="a bare domain"),
        pytest.param("anna@example.org", 16, id="an address of mail"),
        pytest.param("(https://example.org).", 26, id="brackets and stops are counted"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_x_weighs(text: str, weight: int) -> None:
    assert x_weight(text) == weight


@pytest.mark.parametrize(
    ("text", "count", "size"),
    [
        pytest.param(FAMILY * 300, 300, 7500, id="300 families are 300 and too big all the same"),
        pytest.param(FAMILY * 120, 120, 3000, id="120 families pass both"),
        pytest.param("e\u0301" * 3, 3, 9, id="accents on their own"),
        pytest.param(FLAG * 2, 2, 16, id="two flags"),
        pytest.param(FLAG * 2 + "\U0001f1e9", 3, 20, id="half a flag"),
        pytest.param("\r\n\n", 2, 3, id="line ends"),
        pytest.param("\u0915\u094d\u0937\u093f", 1, 12, id="a conjunct of Devanagari"),
        pytest.param("plain", 5, 5, id="letters"),
    ],
)
def test_bluesky_counts_both_ways(text: str, count: int, size: int) -> None:
    assert (graphemes(text), utf8_bytes(text)) == (count, size)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (THUMB, 4),
        (FAMILY, 25),
        ("a" + THUMB + "b", 6),
        ("naïve", 5),
        ("日本", 2),
        (LONG, 120),
        ("#1", 2),
        ("\u00a9", 1),
    ],
)
def test_threads_counts_emoji_as_bytes(text: str, count: int) -> None:
    assert threads_units(text) == count


@pytest.mark.parametrize(("text", "count"), [("abc", 3), (THUMB, 2), (FAMILY, 11), ("日本", 2), ("\U00020021", 2)])
def test_linkedin_counts_as_utf16(text: str, count: int) -> None:
    assert utf16_units(text) == count == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("hello", 5, id="letters"),
        pytest.param(FAMILY, 1, id="a family"),
        pytest.param(f"see {LONG}", 27, id="a link"),
        pytest.param(f"see ({LONG}).", 30, id="what stands around a link"),
        pytest.param("example.org/" + "a" * 50, 62, id="a bare domain is counted in full"),
        pytest.param("@jamie@kind.example hello", 12, id="a name on another server"),
        pytest.param("@jamie hello", 12, id="a name on this one"),
        pytest.param("jamie@kind.example", 18, id="an address of mail"),
        pytest.param("@a@b.example and @c@d.example", 9, id="two names"),
    ],
)
def test_mastodon_counts(text: str, count: int) -> None:
    assert mastodon_units(text) == count


def test_mastodon_counts_the_warning_and_links_as_the_instance_says() -> None:
    assert mastodon_units(f"a {LONG}", warning="Food 🍎", url=32) == 2 + 32 + 6


@given(st.text(max_size=60))
def test_any_text_is_counted(text: str) -> None:
    assert 0 <= graphemes(text) <= len(text) <= utf16_units(text) <= utf8_bytes(text)
    assert len(text) <= threads_units(text)
    assert (x_weight(text) > 0) == (mastodon_units(text) > 0) == bool(text)


@pytest.mark.parametrize("count", [x_weight, graphemes, utf8_bytes, utf16_units, threads_units, mastodon_units])
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "é",
        FLAG,
        FAMILY,
        "a.",
        "@a@b.c",
        "http://a.co/(",
        "a.co/,",
        "\u0301",
        "\u200d",
        "#",
        "a_",
        "🏴\U000e0067",
        "1",
    ],
)
def test_ten_thousand_of_anything_are_counted(count, piece: str) -> None:
    # Each count of a pattern that looks back over what it has seen would take minutes here.
    assert count(piece * 10_000) >= 1


def test_nothing_below_the_first_sign_of_emoji_is_one() -> None:
    """Texts of such signs alone are not searched for emoji."""
    plain = [chr(point) for point in range(0x203C)]
    for sign in plain:
        for text in (sign, f"{sign}\u200d{sign}", f"{sign}\u200d©"):
            assert not counting._EMOJI.search(text), hex(ord(sign))
