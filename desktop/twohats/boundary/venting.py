"""Whether a text lets off steam: heated words about oneself or at others, shouting, and what the check found beside.

It stops nothing and says nothing of what was written; late at night it is asked whether to offer a hold till morning.
So it is a count of plain signs, and wants several: one strong word in a calm post is nobody's temper.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from twohats.assets import resources
from twohats.model.finding import Category, Finding, Severity

VENTS_FROM = 3
_STRONG = 2
_QUOTED = re.compile(r"[\"“][^\"“”]{0,200}[\"”]|(?<!\w)['‘][^'‘’]{1,120}['’](?!\w)")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|im|ive|me|my|myself)\b")
_OPENING = re.compile(r"^(?:(?:honestly|seriously|really|just|so|totally|absolutely|completely|and|ok|okay)[,\s]+)+")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
_LOUD = re.compile(r"!{2,}|\?!|!\?|\?{2,}")
_HEATED_RULES = frozenset({"D7"})
_HEATED = frozenset({Category.FEELINGS, Category.CONDUCT})


def vents(text: str, findings: Iterable[Finding] = ()) -> bool:
    """Whether several signs come together. `findings` are the check's, under the hat that is worn."""
    return heat(text, findings) >= VENTS_FROM


def heat(text: str, findings: Iterable[Finding] = ()) -> int:
    """The sum of the signs; each phrase counts once. 0 where no sentence has a heated word."""
    calm = _QUOTED.sub(" ", text.replace("’", "'"))
    strong: set[str] = set()
    beside: set[str] = set()
    was_heated = False
    for found in _SENTENCE.finditer(calm):
        sentence = found.group()
        own = _heated(sentence)
        strong |= own
        if own or was_heated:
            beside |= _in(sentence.lower(), "beside")
        was_heated = bool(own)
    if not strong:
        return 0
    shouts = len(set(_SHOUTED.findall(calm))) >= 2
    return _STRONG * len(strong) + min(2, len(beside)) + shouts + bool(_LOUD.search(calm)) + _found(findings)


def _heated(sentence: str) -> set[str]:
    lower = sentence.lower().strip()
    if _in(lower, "about"):
        return set()
    own = _in(lower, "own")
    beginning = _OPENING.sub("", lower)
    if own and not _FIRST_PERSON.search(lower) and not any(beginning.startswith(words) for words in own):
        own = set()
    if own and lower.endswith("?") and not _FIRST_PERSON.search(lower):
        own = set()  # "Fed up with the dark?" asks the reader
    return own | _in(lower, "others")


def _found(findings: Iterable[Finding]) -> int:
    """What the check found counts a little, never alone."""
    seen = [finding for finding in findings if finding.severity > Severity.SILENT]
    is_rude = any(finding.rule in _HEATED_RULES for finding in seen)
    return is_rude + any(finding.category in _HEATED for finding in seen)


def _in(lower: str, kind: str) -> set[str]:
    return {" ".join(found.split()) for found in _phrases(kind).findall(lower)}


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    with (resources() / "brake" / "venting.toml").open("rb") as file:
        words = tomllib.load(file)[kind]
    ordered = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
