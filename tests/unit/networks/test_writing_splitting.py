"""Threads: parts that fit, cut where a reader would, and nothing lost."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twohats.networks.writing.counting import graphemes, mastodon_units, utf8_bytes, x_weight
from twohats.networks.writing.entities import BLUESKY, DIALECTS, MASTODON, X, entities_in
from twohats.networks.writing.splitting import numbered, pieces, split

PIECES = [
    *(
        "word ",
        "longerword ",
        "I. ",
        "Dr. ",
        "End. ",
        "Why? ",
        "so, ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        " ",
        "  \n",
        "\u00a0",
    ),
    *("https://example.org/a_b ", "example.org", "@jamie@kind.example ", "#tag ", "(", ")", "…", "。", "今日は、"),
    *("a" * 30, "👍🏽", "👨\u200d👩\u200d👧", "🇩🇪", "e\u0301", "\u0301", "\u200d"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=120)


def at_most(limit: int, count=len):
    return lambda text: count(text) <= limit


def ends_whole(text: str, places: list[int]) -> bool:
    """Whether each place lies between two graphemes of the text."""
    return all(graphemes(text[:place]) + graphemes(text[place:]) == graphemes(text) for place in places)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.integers(4, 60), st.booleans(), st.sampled_from(list(DIALECTS.values())))
@example("a \u0301b " * 5, 4, False, X)
@example("example.org\u0301", 4, False, X)
def test_the_pieces_are_the_text_and_each_fits_or_cannot(text: str, limit: int, is_numbered: bool, dialect) -> None:
    fits = at_most(limit, graphemes)
    cut = pieces(text, fits, dialect, is_numbered=is_numbered)

    assert "".join(piece.text + piece.gap for piece in cut) == text
    assert not any(piece.gap.strip() for piece in cut)
    places, at = [], 0
    for piece in cut:
        places.append(at + len(piece.text))
        at += len(piece.text) + len(piece.gap)
    for entity in entities_in(text, dialect):
        assert not any(entity.start < place < entity.end for place in places)
    room = len(f" {len(cut)}/{len(cut)}") if is_numbered and len(cut) > 1 else 0
    for piece in cut:
        if graphemes(piece.text) + room > limit and room < limit:
            wholes = [text[entity.start : entity.end] for entity in entities_in(text, dialect)]
            assert graphemes(piece.text) == 1 or any(
                piece.text.startswith(whole) and graphemes(piece.text) == graphemes(whole) for whole in wholes
            )
    if "\u0301" not in text and "\u200d" not in text:
        assert all(piece.text for piece in cut) or not text.strip()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("abcé👍.,!?", min_size=1, max_size=10), min_size=1, max_size=40), st.integers(10, 60))
def test_words_are_whole_where_they_fit(words: list[str], limit: int) -> None:
    parts = split(" ".join(words), at_most(limit), X)

    assert [word for part in parts for word in part.split(" ")] == words
    assert all(len(part) <= limit for part in parts)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(12, 60))
def test_numbers_count_with_their_part(text: str, limit: int) -> None:
    parts = split(text, at_most(limit), X, is_numbered=True)

    if len(parts) > 1:
        assert all(part.endswith(f" {n}/{len(parts)}") for n, part in enumerate(parts, 1))
        long = [entity.end - entity.start for entity in entities_in(text, X)]
        if max(long, default=0) + len(f" {len(parts)}/{len(parts)}") <= limit and ends_whole(
            text, list(range(len(text)))
        ):
            assert all(len(part) <= limit for part in parts)


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        pytest.param("short", 280, ("short",), id="one"),
        pytest.param("", 280, ("",), id="nothing"),
        pytest.param(" \n ", 280, ("",), id="blank"),
        pytest.param("First one.\n\nSecond one.", 15, ("First one.", "Second one."), id="paragraphs"),
        pytest.param("A b c d.\n\nE f g h i. J k l m.", 21, ("A b c d.", "E f g h i. J k l m."), id="before sentences"),
        pytest.param(
            "Rain fell. It was cold. We all left.", 24, ("Rain fell. It was cold.", "We all left."), id="sentences"
        ),
        pytest.param("One two three four five six", 14, ("One two three", "four five six"), id="words"),
        pytest.param("Then Dr. Kay came. All went home.", 20, ("Then Dr. Kay came.", "All went home."), id="titles"),
        pytest.param(
            "It is so. e.g. this one. Or that.", 26, ("It is so. e.g. this one.", "Or that."), id="short forms"
        ),
        pytest.param("He said “Stop.” Then he left.", 20, ("He said “Stop.”", "Then he left."), id="quotes"),
        pytest.param("Buy:\n- soft milk\n- bread", 17, ("Buy:\n- soft milk", "- bread"), id="bullets stay with theirs"),
        pytest.param("a" * 25, 10, ("a" * 10, "a" * 10, "a" * 5), id="an endless word"),
        pytest.param("今日は雨。明日は晴れ。", 7, ("今日は雨。", "明日は晴れ。"), id="Japanese"),
        pytest.param(
            "10\u00a0mg a day, 20\u00a0mg", 14, ("10\u00a0mg a day,", "20\u00a0mg"), id="no-break spaces hold"
        ),
        pytest.param(
            "see https://example.org/long/way now", 10, ("see", "https://example.org/long/way", "now"), id="link"
        ),
    ],
)
def test_cuts(text: str, limit: int, parts: tuple[str, ...]) -> None:
    assert split(text, at_most(limit), X) == parts


def test_no_word_is_left_alone_at_the_end() -> None:
    text = "We had a long day on the hill and then we all went to bed early tonight"

    parts = split(text, at_most(len(text) - 3), X)

    assert len(parts) == 2
    assert min(map(len, parts)) > 30


def test_a_rest_that_cannot_be_helped_stays() -> None:
    assert split("https://example.org/a/b/c/d ok", at_most(28), X) == ("https://example.org/a/b/c/d", "ok")


def test_a_family_is_never_broken() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"

    parts = split(family * 301, lambda text: graphemes(text) <= 300 and utf8_bytes(text) <= 3000, BLUESKY)

    assert "".join(parts) == family * 301
    assert all(len(part) % len(family) == 0 for part in parts)
    assert [graphemes(part) for part in parts] == [120, 120, 61]


def test_more_than_nine_parts_have_room_for_two_digits() -> None:
    parts = split("word " * 60, at_most(30), X, is_numbered=True)

    assert len(parts) > 9
    assert parts[-1].endswith(f" {len(parts)}/{len(parts)}")
    assert all(len(part) <= 30 for part in parts)


def test_one_part_has_no_number() -> None:
    assert numbered(["alone"]) == ("alone",)
    assert split("alone", at_most(9), X, is_numbered=True) == ("alone",)


@pytest.mark.parametrize(
    "piece", ["a", "word ", "x\n\n", "a.", "a.co/", "http://a.co/(", "👍🏽", "🇩🇪", "é", "今。", "#a", " ", "\u0301"]
)
def test_twenty_thousand_characters_ask_little(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    asked = 0

    def fits(part: str) -> bool:
        nonlocal asked
        asked += len(part)
        return x_weight(part) <= 280

    parts = split(text, fits, X)

    # Each character is counted a few times, however long the text is; links may weigh less than they are long.
    assert asked < 40 * len(text)
    assert all(x_weight(part) <= 280 for part in parts) or piece == "\u0301"


def test_each_network_cuts_by_its_own_count() -> None:
    text = "See https://example.org/a/very/long/way/to/go and tell me, please. " * 20

    on_x = split(text, lambda part: x_weight(part) <= 280, X)
    on_mastodon = split(text, lambda part: mastodon_units(part) <= 500, MASTODON)

    assert len(on_x) == 4
    assert len(on_mastodon) == 2
    assert all(part.endswith("please.") for part in on_x + on_mastodon)
