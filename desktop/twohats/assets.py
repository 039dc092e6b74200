"""Finds the program's own resources, wherever it runs from."""

import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of resources: beside a frozen program, inside a wheel, or in a checkout.

    Raises FileNotFoundError when the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [here / "resources", here.parents[1] / "resources"]
    if frozen:
        places.insert(0, Path(frozen) / "resources")
    for place in places:
        if (place / "themes").is_dir():
            return place
    raise FileNotFoundError("the resources folder of Two Hats is missing; install the program again")
