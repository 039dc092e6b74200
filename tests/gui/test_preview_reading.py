"""What readers see of a part: links as short as there, the rest folded away, places in Qt's own counting."""

import pytest

from twohats.gui.preview.look import look_of
from twohats.gui.preview.reading import Shown, shown
from twohats.model.rendition import Count, Entity, EntityKind, Part

_URL = "https://www.example.org/guides/sleep-in-november"


def _part(text: str, *marked: str, fold_at: int | None = None) -> Part:
    """A part in which each of `marked` leads somewhere."""
    kinds = {"@": EntityKind.MENTION, "#": EntityKind.HASHTAG}
    entities = []
    for words in marked:
        start = text.index(words)
        kind = kinds.get(words[0], EntityKind.LINK)
        entities.append(Entity(kind, start, start + len(words), words))
    return Part(text, Count(len(text)), tuple(entities), fold_at)


def _marked(seen: Shown) -> list[str]:
    units = seen.text.encode("utf-16-le")
    return [units[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length in seen.stretches]


def test_stretches_are_counted_in_utf_16() -> None:
    seen = shown(_part("😀😀 Ask @west about #sleep 😀 now", "@west", "#sleep"), look_of("bluesky"), is_open=False)
    assert _marked(seen) == ["@west", "#sleep"]


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("x", "example.org/guides/sleep-i…"),
        ("mastodon", "example.org/guides/sleep-in-no…"),
        ("bluesky", _URL),
        ("linkedin", _URL),
    ],
)
def test_a_link_is_as_short_as_the_network_shows_it(network: str, expected: str) -> None:
    seen = shown(_part(f"😀 Read {_URL} today, #sleep", _URL, "#sleep"), look_of(network), is_open=False)
    assert _marked(seen) == [expected, "#sleep"]
    assert seen.text == f"😀 Read {expected} today, #sleep"


def test_a_short_link_keeps_its_end() -> None:
    address = "https://example.org/by/maggie-adams"
    assert _marked(shown(_part(f"See {address}", address), look_of("x"), is_open=False)) == [
        "example.org/by/maggie-adams"
    ]


def test_what_is_folded_ends_with_dots_and_opens_whole() -> None:
    text = "First line.\nSecond line with #sleep in it."
    part = _part(text, "#sleep", fold_at=11)
    folded, opened = (shown(part, look_of("facebook"), is_open=is_open) for is_open in (False, True))
    assert folded == Shown("First line.…")
    assert opened.text == text.replace("\n", "\u2028")
    assert _marked(opened) == ["#sleep"]


def test_a_link_that_the_fold_cuts_is_marked_up_to_there() -> None:
    text = f"Read {_URL} now"
    seen = shown(_part(text, _URL, fold_at=text.index("guides")), look_of("facebook"), is_open=False)
    assert _marked(seen) == ["https://www.example.org/"]


def test_the_dots_are_in_the_words_that_open_it_where_the_network_writes_them_there() -> None:
    assert shown(_part("One two three", fold_at=7), look_of("linkedin"), is_open=False).text == "One two"


def test_a_very_long_part_is_cut_for_the_screen() -> None:
    seen = shown(_part("word " * 12_000), look_of("facebook"), is_open=True)
    assert len(seen.text) < 21_000
    assert seen.text.endswith("…")
