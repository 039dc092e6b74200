"""How long X and Threads find a text.

X's weight comes from the program's own counter, which the public conformance file holds to account; the rule of Threads
(developers.facebook.com/docs/threads/create-posts, read 2026-11-22) is short enough to have it here a second time.
"""

import importlib
import unicodedata
from collections.abc import Callable

import regex

_IS_EMOJI = regex.compile(r"[\p{Emoji_Presentation}\uFE0F]")
_COUNTER = "twohats.networks.writing.counting"


def weight_on_x(text: str) -> int:
    """280 is the most; plain characters where the program has no counter."""
    try:
        counter: Callable[[str], int] = importlib.import_module(_COUNTER).x_weight
    except (ImportError, AttributeError):
        return len(unicodedata.normalize("NFC", text))
    return counter(text)


def length_on_threads(text: str) -> int:
    """500 is the most: characters, but an emoji as many as it has bytes in UTF-8."""
    return sum(
        len(cluster.encode()) if _IS_EMOJI.search(cluster) else len(cluster)
        for cluster in regex.findall(r"\X", text, regex.DOTALL)
    )
