"""Details of one client that add up over the sentences of a post."""

from twohats.boundary.adding_up import HINT, add_up
from twohats.boundary.joining import Heard
from twohats.boundary.rule import Hit
from twohats.boundary.sentences import split
from twohats.boundary.tagger.reading import Limits, Reading, Stretch
from twohats.model.finding import Category, Severity

LIMITS = Limits(mark=0.45, gate=0.8, hold=0.985, doubt=0.02)
TWO = "He is a retired firefighter. He came to us after the flood."
THREE = "She is a 34-year-old baker. She has been with us since the fire. It began in our little town."


def added(text, sure, heard=()):
    """What is heard of a text of which every sentence may tell of a client, as sure as that."""
    places = split(text)
    stretches = tuple(Stretch(start, end, Category.CLIENT, sure) for start, end in places)
    reading = Reading(stretches, places, [sure] * len(places))
    return add_up(list(heard), reading, places, text, LIMITS)


def test_two_details_warn_where_each_sentence_alone_said_nothing():
    (one,) = added(TWO, HINT)
    assert (one.rule, one.hit.severity, one.by_rule) == ("C3", Severity.WARN, False)
    assert len(one.hit.clues) >= 2


def test_three_stop_when_the_tagger_would_mark_it_anyway():
    (one,) = added(THREE, 0.6)
    assert (one.rule, one.hit.severity, one.hit.reason) == ("C3", Severity.STOP, "many")


def test_three_only_warn_on_a_mere_hint():
    (one,) = added(THREE, HINT)
    assert one.hit.severity is Severity.WARN


def test_below_a_hint_nothing_is_added_up():
    assert added(THREE, HINT - 0.01) == []


def test_one_detail_is_not_enough():
    assert added("He is a retired firefighter. He likes the garden.", 0.7) == []


def test_a_softer_word_about_the_same_story_gives_way():
    note = Heard("C2", Hit(0, 10, severity=Severity.NOTE), 0, by_rule=False, sure=0.6)
    (one,) = added(THREE, 0.6, [note])
    assert one.rule == "C3"


def test_a_stop_stays_as_it_is():
    stop = Heard("C2", Hit(0, 10), 0)
    assert added(THREE, 0.6, [stop]) == [stop]


def test_what_is_cited_or_imagined_is_nobody():
    assert added("Imagine a 34-year-old baker from our little town. She has not slept since the fire.", 0.6) == []


def test_the_details_lie_where_they_stand_in_the_text():
    (one,) = added(TWO, 0.6)
    begin = split(TWO)[one.sentence][0]
    words = [TWO[begin + start : begin + end] for start, end in one.hit.clues]
    assert "retired firefighter" in words
    assert "after the flood" in words
