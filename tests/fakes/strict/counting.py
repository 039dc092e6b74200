"""How X weighs a text: by the program's own counter, which the public conformance file holds to account."""

import importlib
import unicodedata
from collections.abc import Callable

_COUNTER = "twohats.networks.writing.counting"


def weight_on_x(text: str) -> int:
    """280 is the most; plain characters where the program has no counter."""
    try:
        counter: Callable[[str], int] = importlib.import_module(_COUNTER).x_weight
    except (ImportError, AttributeError):
        return len(unicodedata.normalize("NFC", text))
    return counter(text)
