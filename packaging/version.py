"""The program's version, from the one place that tells it: desktop/twohats/__init__.py. pyproject.toml reads it there
too, and so does everything that is built."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_TOLD_IN = ROOT / "desktop" / "twohats" / "__init__.py"
_2026 = 1767225600


def version() -> str:
    """As in "0.1.0". Raises ValueError when it is not where it should be."""
    found = re.search(r'^__version__ = "([0-9]+(?:\.[0-9]+){2})"$', _TOLD_IN.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise ValueError(f"There is no version of three numbers in {_TOLD_IN}.")
    return found[1]


def epoch() -> int:
    """The moment that built files are dated with, in seconds: SOURCE_DATE_EPOCH, else the first of January 2026."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", _2026))
