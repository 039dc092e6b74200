"""What the words of a finding tell of: the variant that fits them, and the sentence that says it."""

import tomllib
from pathlib import Path

import pytest
from tests.unit.boundary.timing import best_s

from twohats.assets import resources
from twohats.boundary.joining import HOME
from twohats.boundary.telling import READ, variant, variants
from twohats.model.finding import Category

PHRASES = tomllib.loads((Path(__file__).parent / "corpus" / "tellings.toml").read_text(encoding="utf-8"))
LISTS = tomllib.loads((resources() / "policy" / "tellings.toml").read_text(encoding="utf-8"))
REASONS = tomllib.loads((resources() / "i18n" / "en.toml").read_text(encoding="utf-8"))["reason"]
CODES = [f"{HOME[category]}.{name}" for category in Category for name in variants(category)]
FEWEST_PHRASES = 6
MOST_WORDS = 15
LONG_S = 0.2


@pytest.mark.parametrize(
    ("category", "name", "phrase"),
    [
        pytest.param(Category(category), name, phrase, id=f"{category} {name}: {phrase}")
        for category, rows in PHRASES.items()
        for name, phrases in rows.items()
        for phrase in phrases
    ],
)
def test_words_are_given_the_variant_that_fits_them(category: Category, name: str, phrase: str) -> None:
    assert variant(category, phrase) == name


@pytest.mark.parametrize("category", list(Category), ids=lambda category: category.value)
def test_each_variant_has_its_phrases(category: Category) -> None:
    rows = PHRASES[category.value]
    assert set(rows) == set(variants(category))
    assert min(len(set(phrases)) for phrases in rows.values()) >= FEWEST_PHRASES


@pytest.mark.parametrize(
    ("category", "words", "name"),
    [
        (Category.RELATIONSHIPS, "MY DAUGHTER", "read_child"),
        (Category.RELATIONSHIPS, "my mother\u2019s garden", "read_parent"),
        (Category.RELATIONSHIPS, "my mother-in-law", "read_parent"),
        (Category.RELATIONSHIPS, "#DateNight", "read_love"),
        (Category.HEALTH, "I have MS", "read_illness"),
        (Category.HEALTH, "I have ms to mark", READ),
        (Category.HEALTH, "sick of waiting", READ),
        (Category.PRIVATE_LIFE, "hot dogs", "read_food"),
        (Category.PRIVATE_LIFE, "dogs", "read_pet"),
        (Category.BELIEFS, "oh my god", READ),
        (Category.RELATIONSHIPS, "my sister's wedding", "read_wedding"),
        (Category.RELATIONSHIPS, "my brother's girlfriend", "read_relative"),
        (Category.FEELINGS, "", READ),
    ],
)
def test_how_words_are_written_and_joined_is_understood(category: Category, words: str, name: str) -> None:
    assert variant(category, words) == name


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_its_short_sentence(code: str) -> None:
    assert len(REASONS[code].split()) <= MOST_WORDS


def test_no_two_codes_say_the_same() -> None:
    assert len(set(REASONS.values())) == len(REASONS)


def test_no_sentence_is_left_that_no_words_are_given() -> None:
    assert {code for code in REASONS if ".read" in code} == set(CODES)


@pytest.mark.parametrize("category", LISTS)
def test_no_word_stands_in_two_lists_of_a_category(category: str) -> None:
    listed = [" ".join(entry.split()) for entries in LISTS[category]["words"].values() for entry in entries.split(",")]
    assert "" not in listed
    assert sorted(listed) == sorted(set(listed))


@pytest.mark.parametrize("piece", ["my ", "a", "1", "0 ", "@", "A. ", "#a", "her ", "my 1", "'", "a.", "A ", "\u0130"])
def test_no_words_are_read_slowly(piece: str) -> None:
    words = piece * (20_000 // len(piece))
    for category in Category:
        variant(category, "")  # the lists are read once
        assert best_s(lambda category=category: variant(category, words), LONG_S) <= LONG_S
