"""H3: the same post under both hats within a day."""

from datetime import timedelta

import pytest
from tests.unit.boundary.posts import NOW, draft_of, picture

from twohats.boundary.twins import digest_of, twin_of
from twohats.model.identity import Hat


def post(text: str, hat: Hat = Hat.PROFESSIONAL, hours: float = 0, with_picture: bool = False):
    media = (picture(),) if with_picture else ()
    return digest_of(draft_of(text, media=media), hat, NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("other", "is_twin"),
    [
        (post("The  same WORDS.", Hat.PERSONAL, -3), True),
        (post("The same words.", Hat.PERSONAL, -25), False),
        (post("The same words.", Hat.PROFESSIONAL, -3), False),
        (post("Other words.", Hat.PERSONAL, -3), False),
        (post("Other words.", Hat.PERSONAL, -3, with_picture=True), True),
        (post("", Hat.PERSONAL, -3), False),
    ],
    ids=["same words", "too long ago", "same hat", "other words", "same picture", "empty"],
)
def test_a_twin_is_of_the_other_hat_and_within_a_day(other, is_twin):
    assert (twin_of(post("The same words.", with_picture=True), [other]) == other) is is_twin


def test_two_posts_without_words_or_pictures_are_no_twins():
    assert twin_of(post(""), [post("", Hat.PERSONAL)]) is None


def test_the_latest_twin_is_told():
    old, new = post("Words.", Hat.PERSONAL, -5), post("Words.", Hat.PERSONAL, -2)
    assert twin_of(post("Words."), [new, old]) == new
