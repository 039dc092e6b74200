"""What places take: one data file a network, with link and date read."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from twohats.assets import resources


@cache
def limits_of(network: str) -> Mapping[str, Any]:  # Any: each file has its own shape, read by its own network
    """The tables of resources/limits/<network>.toml."""
    with (resources() / "limits" / f"{network}.toml").open("rb") as file:
        return tomllib.load(file)


def address_of(network: str, name: str, root: str = "") -> str:
    """An address of the table [address], without a slash at its end. `root` stands in for its scheme and host, where
    all of a network lies elsewhere: account.settings["api_root"]."""
    address = str(limits_of(network)["address"][name])
    return (root.rstrip("/") + urlsplit(address).path) if root else address
