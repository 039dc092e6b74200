"""What leads through connecting is whole: every field has its place and its words, every page its steps."""

import tomllib
from urllib.parse import urlsplit

import pytest
from tests.fakes.networks import WAYS

from twohats.assets import resources
from twohats.gui import wording
from twohats.gui.accounts.guide import Guide, guide_for
from twohats.model.ports import Ask, Way
from twohats.networks.limits import limits_of
from twohats.networks.oauth import PORTS
from twohats.networks.sites.wordpress import WordPress

OURS = {**WAYS, "wordpress": WordPress.ways}
GUIDES = [guide_for(network, way) for network, ways in OURS.items() for way in ways]
each_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: f"{guide.network}-{guide.way.name}")


@each_guide
def test_every_ask_has_one_field_with_a_label_of_its_own(guide: Guide) -> None:
    assert sorted(field.name for field in guide.fields) == sorted(ask.name for ask in guide.way.asks)
    said = wording.table("connect", guide.network, guide.way.name, "fields")
    assert set(said) == {ask.name for ask in guide.way.asks}


@each_guide
def test_the_words_are_calm_and_short(guide: Guide) -> None:
    sentences = [guide.why, guide.waiting, *(step for page in guide.pages for step in page.steps)]
    for sentence in filter(None, sentences):
        assert sentence.endswith("."), sentence
        assert "!" not in sentence
        assert len(sentence) <= 210, sentence
    assert not guide.verb.endswith(".")


@each_guide
def test_pages_are_opened_over_https(guide: Guide) -> None:
    for page in guide.pages:
        assert not page.opens or urlsplit(page.opens).scheme == "https"
        assert len(guide.pages) == 1 or (page.title and page.steps)


@each_guide
def test_the_reason_is_given_where_it_costs_an_effort(guide: Guide) -> None:
    assert guide.why or guide.way.name == "paste"


def test_the_addresses_to_register_are_those_that_are_listened_on() -> None:
    def copied(network: str) -> list[str]:
        return [line for page in guide_for(network, WAYS[network][0]).pages for line in page.copies]

    assert copied("x") == [f"http://127.0.0.1:{port}/callback" for port in PORTS]
    assert copied("linkedin") == [f"http://127.0.0.1:{PORTS[0]}/callback"]


def test_the_steps_name_every_permission_that_is_needed() -> None:
    (guide,) = (guide_for("facebook", way) for way in WAYS["facebook"])
    for name in ("pages_show_list", *limits_of("facebook")["login"].get("needs", ())):
        assert any(name in step for step in guide.pages[-1].steps)


def test_what_is_secret_is_masked_and_what_may_be_empty_is_told() -> None:
    fields = {field.name: field for field in guide_for("bluesky", WAYS["bluesky"][0]).fields}
    assert [name for name, field in fields.items() if field.is_secret] == ["app_password"]
    assert [name for name, field in fields.items() if field.may_be_empty] == ["service"]
    assert "May stay empty." in fields["service"].hint


def test_a_way_that_nobody_wrote_anything_for_still_asks_for_what_it_needs() -> None:
    way = Way("key", (Ask("server_name"), Ask("api_key", is_secret=True)), opens="https://somewhere.example.com/keys")
    guide = guide_for("somewhere", way)
    (page,) = guide.pages
    assert [(field.label, field.is_secret) for field in page.fields] == [("Server name", False), ("Api key", True)]
    assert (page.opens, page.host, guide.verb) == (way.opens, "somewhere.example.com", "Connect")


def test_what_a_network_asks_for_besides_stands_on_its_last_page() -> None:
    (way,) = WAYS["linkedin"]
    guide = guide_for("linkedin", Way(way.name, (*way.asks, Ask("organisation")), comes_back=True))
    assert guide.pages[-1].fields[-1].name == "organisation"


def test_every_page_in_the_data_has_its_words_and_every_table_of_words_a_page() -> None:
    for network, ways in WAYS.items():
        told = tomllib.loads((resources() / "connect" / f"{network}.toml").read_text(encoding="utf-8"))
        for way in ways:
            pages = [page["name"] for page in told.get(way.name, {}).get("pages", ())]
            words = wording.table("connect", network, way.name)
            tables = [name for name, value in words.items() if isinstance(value, dict)]
            assert sorted(pages) == sorted(set(tables) - {"fields", "hints", "examples"})
