"""What places take: one data file a network, with link and date read."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from twohats.assets import resources


@cache
def limits_of(network: str) -> Mapping[str, Any]:  # Any: each file has its own shape, read by its own network
    """The tables of resources/limits/<network>.toml."""
    with (resources() / "limits" / f"{network}.toml").open("rb") as file:
        return tomllib.load(file)
