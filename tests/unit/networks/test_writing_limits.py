"""The data files of the networks: every number says where it comes from."""

import tomllib
from datetime import date

import pytest

from twohats.assets import resources
from twohats.networks.limits import limits_of
from twohats.networks.writing.counting import URL_ON_MASTODON, URL_ON_X
from twohats.networks.writing.entities import DIALECTS
from twohats.networks.writing.littletext import escape


@pytest.mark.parametrize("network", DIALECTS)
def test_every_table_has_a_link_and_a_date(network: str) -> None:
    tables = tomllib.loads((resources() / "limits" / f"{network}.toml").read_text(encoding="utf-8"))

    assert tables.pop("source")["read"] == date(2026, 11, 22)
    assert tables["text"]["most"] > 0
    for table in tables.values():
        assert table["link"].startswith("https://")


def test_the_counters_agree_with_the_files() -> None:
    assert limits_of("x")["text"]["link_counts"] == URL_ON_X
    assert limits_of("mastodon")["text"]["link_counts"] == URL_ON_MASTODON
    reserved = limits_of("linkedin")["escape"]["characters"]
    assert escape(reserved) == "".join(f"\\{character}" for character in reserved)


def test_the_list_of_top_level_domains_is_whole() -> None:
    lines = (resources() / "domains" / "top_level.txt").read_text(encoding="utf-8").splitlines()
    names = " ".join(line for line in lines if not line.startswith("#")).split()

    assert len(names) == len(set(names)) > 1400
    assert {"org", "de", "social", "中国"} <= set(names)
    assert all(name == name.lower() for name in names)
