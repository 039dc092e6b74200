"""Advice on every place, for both hats, is there, short, and calm."""

import tomllib
from dataclasses import fields

import pytest

from twohats.assets import resources
from twohats.gui.accounts.advice import Advice, advice_for
from twohats.gui.icons import NETWORK_ICONS, has_icon
from twohats.gui.wording import has_sentence
from twohats.model.identity import Hat

PLACES = sorted(file.stem for file in (resources() / "advice").glob("*.toml") if file.stem != "any")


@pytest.mark.parametrize("hat", list(Hat), ids=lambda hat: hat.value)
@pytest.mark.parametrize("network", [*PLACES, "any"])
def test_it_is_short_and_calm(network: str, hat: Hat) -> None:
    advice = advice_for(network, hat)
    for field in fields(Advice):
        words = getattr(advice, field.name)
        assert words.endswith("."), words
        assert "!" not in words
        assert len(words) <= 160, words
    assert len(advice.fit) <= 64


@pytest.mark.parametrize("network", PLACES)
def test_the_hats_are_advised_differently(network: str) -> None:
    professional, personal = (advice_for(network, hat) for hat in (Hat.PROFESSIONAL, Hat.PERSONAL))
    assert professional.good_for != personal.good_for
    assert professional.fit != personal.fit


def test_every_place_has_a_name_a_shape_and_readers() -> None:
    assert set(PLACES) == NETWORK_ICONS
    for network in PLACES:
        assert has_icon(network)
        assert has_sentence("network", network)
        assert has_sentence("audience", network)


def test_every_choice_of_readers_has_a_name_and_a_sentence() -> None:
    for network in PLACES:
        file = resources() / "connect" / f"{network}.toml"
        values = tomllib.loads(file.read_text(encoding="utf-8")).get("audience", {}) if file.is_file() else {}
        for value in values.get("values", ()):
            assert has_sentence("audience", f"{network}.{value}")
            assert has_sentence("audience_name", f"{network}.{value}")


def test_a_place_by_others_gets_general_advice() -> None:
    assert advice_for("somewhere", Hat.PERSONAL) == advice_for("any", Hat.PERSONAL)
