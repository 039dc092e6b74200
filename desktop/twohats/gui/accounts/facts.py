"""What the program knows of connecting to a network, and of a login there: read from resources/connect. No Qt."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any  # Any: a table of TOML

from twohats.assets import resources
from twohats.gui import wording


@cache
def facts_of(network: str) -> Mapping[str, Any]:
    """The tables of one network's file; empty for one that has none."""
    file = resources() / "connect" / f"{network}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def counts_days(network: str) -> bool:
    """Whether a login there ends some day, and only signing in helps."""
    return bool(facts_of(network).get("login", {}).get("counts_days"))


def is_renewed(network: str) -> bool:
    """Whether the program renews such a login while it lasts."""
    return bool(facts_of(network).get("login", {}).get("is_renewed"))


def settings_page(network: str) -> str:
    """The network's own page for taking a permission back, where the program cannot do it."""
    return str(facts_of(network).get("login", {}).get("settings_page", ""))


def audiences_of(network: str) -> tuple[tuple[str, str], ...]:
    """Who may be chosen to read a post there: the network's own value and its name. The first holds where nothing was
    chosen; empty where there is no choice."""
    values = facts_of(network).get("audience", {}).get("values", ())
    return tuple((value, wording.sentence("audience_name", f"{network}.{value}")) for value in values)
