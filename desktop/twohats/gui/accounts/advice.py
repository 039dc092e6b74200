"""What a place is good for, what it risks, who reads it and what it costs, for each hat: read from resources/advice."""

import tomllib
from dataclasses import dataclass
from functools import cache

from twohats.assets import resources
from twohats.model.identity import Hat


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence or two each; `fit` says in a few words how the place suits the hat."""

    fit: str
    good_for: str
    risk: str
    readers: str
    costs: str


@cache
def advice_for(network: str, hat: Hat) -> Advice:
    """The advice for one place under one hat; general advice for a place that others have added."""
    folder = resources() / "advice"
    file = folder / f"{network}.toml"
    told = tomllib.loads((file if file.is_file() else folder / "any.toml").read_text(encoding="utf-8"))
    return Advice(**told[hat.value])
