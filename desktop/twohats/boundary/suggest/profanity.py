"""Takes a swear word out of a sentence that means the same without it ("so fucking proud")."""

import re

from twohats.boundary.care import lexicon, words_of
from twohats.boundary.suggest.edit import Edit, as_small_as_can_be


def without(sentence: str, start: int, end: int) -> Edit | None:
    """The sentence without the strengthening swear words of a stretch; None when there is other swearing in it."""
    first, last = start, end
    while first > 0 and sentence[first - 1] not in ".,;:!?(":
        first -= 1  # an article before the stretch has to fit what follows
    words = sentence[first:last] + (sentence[last : last + 1] if sentence[last : last + 1] == " " else "")
    beyond = sentence[first + len(words) :]
    if words.endswith(" ") and beyond[:1].isalpha():
        words, beyond = words + beyond[:1], beyond[1:]
    gone = _STRENGTH.sub(_replaced, words)
    if gone == words or any(word.text in lexicon("profanity", "insults") for word in words_of(gone)):
        return None
    return as_small_as_can_be(sentence, sentence[:first] + gone + beyond)


_STRONG = (
    r"(?:f{1,9}u{1,9}c{1,9}k{1,9}i{1,9}n{1,9}g?|fuckin'|fecking|effing|freakin[g']?|friggin[g']?|bloody|sodding|fricking"
    r"|(?:god)?damn(?:ed)?)"
)
_STRENGTH = re.compile(
    rf"(?P<article>\ban? )?\b{_STRONG} (?P<next>\w)"
    r"|(?<=what )the (?:actual |bloody |ever-loving )?(?:fuck|hell|shit|heck) (?P<verb>\w)",
    re.IGNORECASE,
)


def _replaced(found: re.Match[str]) -> str:
    following = found["next"] or found["verb"]
    article = found["article"]
    if not article:
        return following.upper() if found.group()[0].isupper() else following
    fitting = "an " if following.lower() in "aeiou" else "a "
    return (fitting.capitalize() if article[0].isupper() else fitting) + following
