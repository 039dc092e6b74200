"""Finding networks: ours, and those of others when asked for."""

import sys
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from tests.fakes.pictures import Pictures

from twohats.networks.registry import GROUP, NetworkTools, Unusable, load_networks

TOOLS = NetworkTools(Pictures(), lambda: datetime(2026, 11, 22, tzinfo=UTC))
OURS = [
    EntryPoint("folder", "twohats.networks.sites.folder:make", GROUP),
    EntryPoint("wordpress", "twohats.networks.sites.wordpress:make", GROUP),
]

PLUGINS = """
loaded = []
def fine(tools):
    from twohats.networks.sites.folder import BlogFolder
    class Elsewhere(BlogFolder):
        name = "elsewhere"
    loaded.append(1)
    return Elsewhere(tools)
def thief(tools):
    loaded.append(1)
    raise AssertionError("must not be asked")
def broken(tools):
    raise ZeroDivisionError
def half(tools):
    class Half:
        name = "half"
        needs_secret = False
        render = verify = publish = find = lambda self: None
        delete = None
    return Half()
"""


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "other_networks.py").write_text(PLUGINS)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "other_networks", raising=False)
    return "other_networks"


def test_our_networks_come_through_the_declared_entry_points() -> None:
    found = load_networks(TOOLS)

    assert {"folder", "wordpress"} <= set(found.networks)
    assert found.unusable == ()


def test_networks_of_others_sleep_until_enabled_by_name(plugins: str) -> None:
    declared = [*OURS, EntryPoint("elsewhere", f"{plugins}:fine", GROUP)]

    asleep = load_networks(TOOLS, declared=declared)
    assert asleep.asleep == ("elsewhere",)
    assert plugins not in sys.modules

    awake = load_networks(TOOLS, enabled=("elsewhere",), declared=declared)
    assert set(awake.networks) == {"folder", "wordpress", "elsewhere"}


@pytest.mark.parametrize(
    ("value", "name", "told"),
    [
        ("other_networks:broken", "broken", Unusable("broken", "network_broken", "ZeroDivisionError")),
        ("nowhere:make", "nowhere", Unusable("nowhere", "network_broken", "ModuleNotFoundError")),
        ("other_networks:half", "half", Unusable("half", "network_incomplete")),
        ("other_networks:fine", "misnamed", Unusable("misnamed", "network_incomplete")),
        ("other_networks:thief", "wordpress", Unusable("wordpress", "network_name_taken")),
    ],
)
def test_one_that_cannot_be_used_is_told_by_name_and_the_others_work(
    plugins: str, value: str, name: str, told: Unusable
) -> None:
    found = load_networks(TOOLS, enabled=(name,), declared=[EntryPoint(name, value, GROUP), *OURS])

    assert found.unusable == (told,)
    assert {"folder", "wordpress"} == set(found.networks)
    assert type(found.networks["wordpress"]).__module__ == "twohats.networks.sites.wordpress"
