"""How long X and Threads find a text.

X's weight comes from the program's own counter, which the public conformance file holds to account; the rule of Threads
(developers.facebook.com/docs/threads/create-posts, read 2026-11-22) is short enough to have it here a second time.
"""

import regex

from twohats.networks.writing.counting import x_weight as weight_on_x

__all__ = ["length_on_threads", "weight_on_x"]

_IS_EMOJI = regex.compile(r"[\p{Emoji_Presentation}\uFE0F]")


def length_on_threads(text: str) -> int:
    """500 is the most: characters, but an emoji as many as it has bytes in UTF-8."""
    return sum(
        len(cluster.encode()) if _IS_EMOJI.search(cluster) else len(cluster)
        for cluster in regex.findall(r"\X", text, regex.DOTALL)
    )
