"""LinkedIn's own format: nothing is cut, and what is read back is what was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.networks.writing.littletext import escape, unescape

PIECES = [
    "\\",
    "|",
    "{",
    "}",
    "@",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "#",
    "*",
    "_",
    "~",
    "tag",
    " ",
    "＃",
    "\n",
    "é",
    "urn:li:x",
]


@pytest.mark.parametrize(
    ("text", "little"),
    [
        ("(see p. 3)", r"\(see p. 3\)"),
        ("snake_case", r"snake\_case"),
        ("a < b", r"a \< b"),
        ("https://example.org/a_b~c?d=(e)", r"https://example.org/a\_b\~c?d=\(e\)"),
        ("C:\\new", r"C:\\new"),
        ("a|b {c} [d] *e* @f", r"a\|b \{c\} \[d\] \*e\* \@f"),
        ("Rest #Sleep #well_being.", r"Rest {hashtag|\#|Sleep} {hashtag|\#|well\_being}."),
        ("＃眠り", "{hashtag|＃|眠り}"),
        ("C# and #1", r"C\# and \#1"),
        ("https://example.org/#top", r"https://example.org/\#top"),
        ("plain", "plain"),
    ],
)
def test_reserved_characters_are_escaped(text: str, little: str) -> None:
    assert escape(text) == little
    assert unescape(little) == text


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80))
def test_what_is_read_back_is_what_was_written(text: str) -> None:
    little = escape(text)

    assert unescape(little) == text
    without_templates = re.sub(r"\{hashtag\|(?:\\#|＃)\|(?:\\.|[^\\|{}])*\}", "", little)
    assert not re.search(r"(?<!\\)(?:\\\\)*[|{}@\[\]()<>#*_~]", without_templates)


@pytest.mark.parametrize(
    ("little", "text"),
    [
        ("Hi @[Jamie Lee](urn:li:person:1) there", "Hi Jamie Lee there"),
        (r"@[A \[x\]](urn:li:organization:2)", "A [x]"),
        ("{hashtag|#|Sleep} #bare", "#Sleep #bare"),
        ("a ( b", "a ( b"),
        ("{hashtag|", "{hashtag|"),
        ("a\\", "a\\"),
        ("a\\b", "a\\b"),
    ],
)
def test_what_others_wrote_is_read(little: str, text: str) -> None:
    assert unescape(little) == text


@pytest.mark.parametrize("piece", ["#a", "\\", "{hashtag|#|", "@[", "@[a](urn:", "(", "{hashtag|\\#|a\\"])
def test_ten_thousand_of_anything_are_written_and_read(piece: str) -> None:
    text = piece * 10_000

    assert unescape(escape(text)) == text
    assert unescape(text)
