"""The small signs of a client: what they tell, what they leave alone, and how their weights are found."""

import json
import runpy
from pathlib import Path

import pytest

from twohats.boundary import signs
from twohats.boundary.rule import Sentence, Surroundings
from twohats.boundary.rules import c2_session_talk
from twohats.model.finding import Severity

WEIGH = Path(__file__).parents[3] / "packaging" / "signs" / "weigh.py"
TELLING = [
    ("Her hands were shaking when she put the keys on the table this morning.", ""),
    ("On Thursday his mother carried the oxygen up four flights because the lift had died.", ""),
    ("Last night the old sailor packed his coat for a ship that sank in 1961.", "Dementia care, week three."),
    ("He slept, for the first time since the accident in March.", "Night shift."),
]
LEFT_ALONE = [
    "You could ask her what she needs, and whether she would like you to come along.",
    "If she cries, stay quiet and let the tears do their work.",
    "In the film she burns his letters and walks to the river.",
    "Our team moved into the new rooms last week.",
    "The minister spoke about her own depression last night.",
    "My daughter cried on her first day of school this morning.",
]


@pytest.mark.parametrize(("text", "before"), TELLING)
def test_a_story_without_any_known_wording_is_marked_but_asked_only(text: str, before: str) -> None:
    around = Surroundings(before=before)
    assert signs.tells_of_a_client(text, around)
    assert list(c2_session_talk.RULE.find(Sentence(text), around))


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_advice_films_news_and_the_authors_own_life_are_left_alone(text: str) -> None:
    assert not signs.tells_of_a_client(text, Surroundings())


def test_what_only_the_signs_tell_is_asked_and_does_not_stop_the_post() -> None:
    text = "On Thursday his mother carried the oxygen up four flights because the lift had died."
    (hit,) = c2_session_talk.RULE.find(
        Sentence(text), Surroundings(before="We talk a lot about courage, and then you see it.")
    )
    assert hit.severity is Severity.WARN


def test_a_supposition_weighs_less_than_the_same_as_a_fact() -> None:
    weights = signs._weights()
    told = signs.probability(signs.signs_of("She cried in my office yesterday.", Surroundings()), weights)
    supposed = signs.probability(
        signs.signs_of("If she cried in my office, what would you do?", Surroundings()), weights
    )
    assert supposed < weights.threshold < told


def test_more_weight_never_lowers_the_probability() -> None:
    weights = signs.Weights(-1.0, 0.5, {"a": 0.7, "b": -0.2})
    both, one, none = (signs.probability(frozenset(each), weights) for each in ({"a"}, {"a", "b"}, set()))
    assert both > one > none


PUBLIC = [
    "The mayor stood on one leg for the whole speech last night.",
    "The Duchess spoke about her own depression on Thursday.",
    "On Friday the minister walked out with tears in her eyes.",
    "The singer told the crowd last night that he had not slept since March.",
    "Police said the man walked into the station on Sunday night.",
    "The court heard that she had left her coat on the bridge that morning.",
    "We are looking for a psychologist for our ward; interviews on Friday 3 May.",
    "Vacancy: band 7 nurse for the night team in our clinic, closing date Monday.",
    "Our clinic is hiring a part-time psychologist, apply by Friday.",
    "Breaking: the senator left the ward this morning, holding his daughter's hand.",
]


@pytest.mark.parametrize("text", PUBLIC)
def test_public_people_news_and_offers_of_work_are_not_taken_for_clients(text: str) -> None:
    assert not list(c2_session_talk.RULE.find(Sentence(text), Surroundings()))


def test_a_public_person_in_the_authors_own_room_is_a_client_all_the_same() -> None:
    text = "Last night the poet left her coat in my office and cried."
    assert not signs.speaks_of_public_matters(text)
    assert signs.speaks_of_public_matters("Last night the poet left her coat on the stage and cried.")


def test_the_threshold_is_the_lowest_that_leaves_the_clean_posts_in_peace() -> None:
    weigh = runpy.run_path(str(WEIGH))
    post = weigh["Post"]
    clean = [(post(True, False, number < 2, False, ()), number / 100) for number in range(100)]
    clients = [(post(False, True, False, False, ()), 0.5)]
    threshold = weigh["threshold_for"](clean + clients)
    assert threshold == pytest.approx(0.981)  # two by the rules and one by the signs: three of a hundred
    figures = weigh["figures_at"](clean + clients, threshold)
    assert (figures.false_gates, figures.client_recall) == (0.03, 0.0)
    assert weigh["figures_at"](clean + clients, 0.5).client_recall == 1.0


def probability_of(post: object, weights: signs.Weights) -> float:
    return max(signs.probability(row.signs, weights) for row in post.sentences)


def test_the_trainer_learns_the_signs_of_labelled_posts(tmp_path: Path) -> None:
    weigh = runpy.run_path(str(WEIGH))
    told = {"id": "1", "text": "She wept in my office yesterday.", "spans": [[0, 31, "client"]]}
    plain = {"id": "2", "text": "Groups are free on Mondays.", "spans": []}
    posts = [weigh["read"](json.dumps(item)) for item in [told, plain] * 12]
    assert [row.is_told for post in posts[:2] for row in post.sentences] == [True, False]
    weights = weigh["fit"](posts)
    story, notice = (probability_of(post, weights) for post in posts[:2])
    assert story > 0.9 > 0.1 > notice
    weigh["write"](weights, 0.5, tmp_path / "weights.toml")
    assert '"word:she"' in (tmp_path / "weights.toml").read_text(encoding="utf-8")
