"""Sentences: where they end, and the way back from the plain form."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.boundary.sentences import WINDOW, plain, split
from twohats.model.plain_text import sendable


def sentences(text: str) -> list[str]:
    form = plain(text).text
    return [form[start:end] for start, end in split(form)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Ames and Mrs. Bell met. Then tea.", ["Dr. Ames and Mrs. Bell met.", "Then tea."]),
        ("Bring e.g. a pen. Thanks.", ["Bring e.g. a pen.", "Thanks."]),
        ("J. Smith wrote this. Read it.", ["J. Smith wrote this.", "Read it."]),
        ("It costs 3.50 today. Fine.", ["It costs 3.50 today.", "Fine."]),
        ("best. text. ever. yes", ["best.", "text.", "ever.", "yes"]),
        ('He said "no." Then left.', ['He said "no."', "Then left."]),
        ("A title\nThen text", ["A title", "Then text"]),
        ("Really?! Yes\u2026 maybe", ["Really?!", "Yes\u2026", "maybe"]),
        ("So am I. You too.", ["So am I.", "You too."]),
        (
            "This line was wrapped by a mail program at about seventy characters\nand goes on here.",
            ["This line was wrapped by a mail program at about seventy characters\nand goes on here."],
        ),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected


def test_a_sentence_without_end_is_cut_into_windows():
    pieces = sentences("word " * 2000)
    assert all(len(piece) <= WINDOW for piece in pieces)
    assert "".join(pieces).count("word") == 2000
    assert [len(piece) for piece in sentences("a" * (2 * WINDOW + 5))] == [WINDOW, WINDOW, 5]


def test_the_plain_form_has_straight_quotes_plain_spaces_and_nothing_hidden():
    assert plain("\u201cI\u2019m\u00a0well\u201d\u2011ish").text == '"I\'m well"-ish'
    assert plain("my w\u200bi\u00adfe\x00").text == "my wife"


@pytest.mark.parametrize(
    "hidden",
    [
        chr(code)
        for code in (0, 0xB, 0xC, 0x1F, 0x7F, 0xAD, 0x34F, 0x180E, 0x200B, 0x200D, 0x2060, 0x2064, 0xFEFF, 0xFFFE)
    ]
    + [chr(0xFFFF), chr(0xE0000), chr(0xE0061), chr(0xE007F), chr(0xE0100), chr(0x3164)],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_nothing_that_is_not_sent_or_seen_parts_a_word(hidden):
    form = plain(f"My w{hidden}ife")
    assert form.text == "My wife"
    assert form.to_field(3, 7) == (3, 8)


@given(st.text(max_size=60))
def test_the_check_reads_what_is_sent(text):
    assert plain(sendable(text)).text == plain(text).text


def test_line_ends_of_other_systems_end_a_sentence():
    assert sentences("One\r\ntwo\rthree\u2028four") == ["One", "two", "three", "four"]


@given(st.text(alphabet=st.sampled_from("ab .\u200b\u2019\u202e\U0001f602\x00"), max_size=60))
def test_every_plain_character_knows_its_place(text):
    form = plain(text)
    for index, character in enumerate(form.text):
        start, end = form.to_field(index, index + 1)
        assert end == start + 1
        assert plain(text[start:end]).text == character


@given(st.text(max_size=300))
def test_sentences_are_in_order_and_lose_nothing_but_spaces(text):
    form = plain(text).text
    places = split(form)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    kept = "".join(form[start:end] for start, end in places)
    assert "".join(kept.split()) == "".join(form.split())
