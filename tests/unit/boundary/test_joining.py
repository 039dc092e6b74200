"""What the rules and the tagger say of the same words becomes one hit a place."""

import pytest

from twohats.boundary.joining import HOME, Heard, join
from twohats.boundary.policy import rule_book
from twohats.boundary.rule import Hit
from twohats.boundary.tagger.reading import Limits, Reading, Stretch
from twohats.boundary.telling import variants
from twohats.model.finding import Category, Severity
from twohats.model.identity import Hat

BOOK = rule_book()
LIMITS = Limits(mark=0.4, gate=0.8, hold=0.99, doubt=0.05)
SENTENCES = ((0, 40), (41, 80))
TEXT = "I write words that say nothing at all.   I write some more, so there are two here."


def reading(*stretches: Stretch, elsewhere: float = 0.5) -> Reading:
    """A reading in which every ten characters are a word piece, `elsewhere` sure where no stretch lies."""
    places = [(start, start + 10) for start in range(0, 80, 10)]
    crossing = [
        max([s.sure for s in stretches if s.start < end and start < s.end], default=elsewhere) for start, end in places
    ]
    return Reading(stretches, places, crossing)


def joined(heard, read):
    return join(heard, read, TEXT, SENTENCES, BOOK, LIMITS)


def test_the_tagger_alone_is_a_note_then_a_warning():
    for sure, severity in ((0.5, Severity.NOTE), (0.9, Severity.WARN)):
        (one,) = joined([], reading(Stretch(45, 60, Category.HEALTH, sure)))
        assert (one.rule, one.hit.start, one.hit.end, one.sentence) == ("S2", 4, 19, 1)
        assert (one.hit.severity, one.by_rule, one.sure) == (severity, False, sure)


@pytest.mark.parametrize(
    "text",
    [
        "Imagine a client who fears the exam, and what it does to him at night.",
        "In the film, my sister is the one who leaves, and nobody stays with him.",
        '"My mother never listens to me" is what many of them would like to say.',
        "If I live in another state, can you see me?",
    ],
)
def test_what_is_supposed_reported_or_quoted_is_a_note_at_most(text):
    start = text.find("y mother") if '"' in text else 10
    read = Reading((Stretch(start, start + 15, Category.HEALTH, 0.95),), (), ())
    (one,) = join([], read, text, ((0, len(text)),), BOOK, LIMITS)
    assert one.hit.severity is Severity.NOTE


def test_the_reason_fits_the_words():
    text = "Closed on Friday, for my daughter has her appendix out."
    read = Reading((Stretch(22, 54, Category.RELATIONSHIPS, 0.95),), (), ())
    (one,) = join([], read, text, ((0, len(text)),), BOOK, LIMITS)
    assert one.hit.reason in variants(Category.RELATIONSHIPS)
    assert one.hit.reason != "read"


@pytest.mark.parametrize("category", [Category.DEMOGRAPHICS, Category.BELIEFS, Category.HEALTH])
def test_who_people_are_is_a_topic_until_the_author_is_in_the_sentence(category):
    topic, own = "As a Muslim you can ask for a break.", "As a Muslim I ask for a break myself."
    for text, count in ((topic, 0), (own, 1)):
        read = Reading((Stretch(0, 11, category, 0.6),), (), ())
        assert len(join([], read, text, ((0, len(text)),), BOOK, LIMITS)) == count


def test_below_the_mark_it_says_nothing():
    assert joined([], reading(Stretch(5, 20, Category.HEALTH, 0.39))) == []


def test_alone_it_stops_only_what_tells_of_a_client_and_only_when_very_sure():
    for category in Category:
        (one,) = joined([], reading(Stretch(0, 20, category, 0.985)))
        assert one.hit.severity is not Severity.STOP
        (sure,) = joined([], reading(Stretch(0, 20, category, 0.995)))
        assert (sure.hit.severity is Severity.STOP) == (category is Category.CLIENT)


def test_it_is_no_louder_than_the_rule_at_home_in_the_category():
    (one,) = joined([], reading(Stretch(0, 20, Category.PRIVATE_LIFE, 0.99)))
    assert one.hit.severity is Severity.NOTE
    assert BOOK["S11"].severities[Hat.PROFESSIONAL] is Severity.NOTE


def test_where_both_speak_there_is_one_hit_with_the_taggers_edges():
    (one,) = joined([Heard("S1", Hit(2, 9), 0)], reading(Stretch(0, 30, Category.RELATIONSHIPS, 0.7)))
    assert (one.rule, one.hit.start, one.hit.end, one.by_rule, one.sure) == ("S1", 0, 30, True, 0.7)


def test_a_stop_of_a_rule_keeps_its_place_and_its_word():
    (one,) = joined([Heard("C2", Hit(2, 9), 0)], reading(Stretch(0, 30, Category.RELATIONSHIPS, 0.9)))
    assert (one.rule, one.hit.start, one.hit.end, one.sure) == ("C2", 2, 9, 0.9)


def test_of_two_categories_for_a_warning_the_taggers_stands():
    (one,) = joined([Heard("S10", Hit(2, 9), 0)], reading(Stretch(0, 30, Category.HEALTH, 0.9)))
    assert (one.rule, one.by_rule) == ("S2", False)


def test_a_warning_that_the_tagger_does_not_see_at_all_is_let_go():
    unseen = reading(elsewhere=0.01)
    assert joined([Heard("S10", Hit(2, 9), 0)], unseen) == []
    assert joined([Heard("S10", Hit(2, 9), 0)], reading(elsewhere=0.2)) == [Heard("S10", Hit(2, 9), 0)]


@pytest.mark.parametrize("rule", ["C1", "C2", "C5", "D1", "D5", "C3", "H1", "T2"])
def test_a_stop_and_what_was_never_learned_need_no_second_reader(rule):
    heard = Heard(rule, Hit(2, 9), 0)
    assert joined([heard], reading(elsewhere=0.0)) == [heard]


def test_every_category_has_a_home_of_its_own_category():
    assert set(HOME) == set(Category)
    assert all(BOOK[rule].category is category for category, rule in HOME.items())
