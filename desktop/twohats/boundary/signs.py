"""Weighs the small signs that together say: this sentence tells of one client.

No wording covers every way in which a clinician speaks of somebody in the room. Where the patterns of the rules are
silent, the small words still lean one way: a "her" nobody introduced, a past deed, a time of day, a place of care,
against "if", "you", "often", a film. Each sign has a weight; the weights are in resources/policy/client_signs.toml,
found by packaging/signs/weigh.py from labelled posts. Same sentence, same weight: nothing is learnt in use.

Held out in five folds, the signs raise the clients found from 70 to 80 in 100 and the clean posts asked about from 2 to
3 in 100; packaging/signs/README.md has the figures and how far to trust them.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from twohats.assets import resources
from twohats.boundary import care, grammar
from twohats.boundary.rule import Surroundings


@dataclass(frozen=True, slots=True)
class Weights:
    """`base` and the weight of each sign, in log-odds; from `threshold` (a probability) on, a sentence is marked."""

    base: float
    threshold: float
    of: dict[str, float]


def tells_of_a_client(text: str, around: Surroundings) -> bool:
    """Whether the signs in a sentence and beside it weigh enough."""
    weights = _weights()
    return probability(signs_of(text, around), weights) >= weights.threshold and not speaks_of_public_matters(text)


def speaks_of_public_matters(text: str) -> bool:
    """Whether a sentence is about somebody in the news, or offers work; no weight of small words outdoes that.

    A public person who tells the author something, or does it in the author's room, may well be a client.
    """
    if _WORK_OFFERED.search(text):
        return True
    return _IN_THE_NEWS.search(text) is not None and not _HERE.search(text) and not _PATTERNS["to me"].search(text)


def probability(signs: frozenset[str], weights: Weights) -> float:
    """The signs weighed, as a probability from 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weights.base + sum(weights.of.get(sign, 0.0) for sign in signs)))))


def signs_of(text: str, around: Surroundings) -> frozenset[str]:
    """The names of all signs in a sentence and in its neighbours."""
    signs = _own(text) | _neighbour("before", around.before) | _neighbour("after", around.after)
    if any(care.is_unreal(part) for part in (text, around.before, around.after)):
        signs |= {"unreal"}
    if care.without_antecedent(text, around):
        signs |= {"no antecedent"}
    return signs | {f"{one}&{other}" for one in _LEADING & signs for other in _BESIDE & signs}


_IN_THE_NEWS = grammar.compile(
    r"\b(?:mayor(?:ess)?|duke|duchess|king|queen|prince|princess|pope|archbishop|bishop|emperor|empress|president|premier"
    r"|prime\s+minister|minister|chancellor|senator|congress(?:man|woman)|governor|councill?or|mps?|ambassador|secretary\s+of"
    r"|first\s+lady|celebrity|actor|actress|singer|rapper|footballer|striker|goalkeeper|olympian|champion|influencer|billionaire"
    r"|author\s+of|historian|poet|novelist|playwright|composer|painter|philosopher|spokes(?:man|woman|person)|officials?"
    r"|police\s+(?:said|say)|court\s+(?:heard|ruled)|inquest|lawmakers?|according\s+to|breaking(?:\s+news)?(?=:)|bbc|reuters|guardian"
    r"|newspaper|(?:new\s+york|los\s+angeles)\s+times|washington\s+post|journalist|reporter|headline|elected"
    r"|re-?election|parliament|the\s+(?:commons|senate|palace|crown)"
    r"|world\s+cup|box\s+office|biography|autobiography)\b"
)
_HERE = grammar.compile(
    r"\b(?:my|our)\s(?:[\w-]+\s)?(?:clinic|office|room|couch|sofa|ward|surgery|practice|group|caseload|chair|door|session)\b"
)
_WORK_OFFERED = grammar.compile(
    r"\b(?:vacanc(?:y|ies)|(?:we're|we\s+are|now|is|are)\s+(?:hiring|recruiting)|apply\s+(?:by|now|here|at|via|through|online|before)"
    r"|closing\s+date|applications?\s+(?:close|by|are|open)|job\s+(?:advert|description|opening|share)|salary|band\s+\d"
    r"|cvs?\s+to|interviews?\s+(?:on|in\s+the\s+week)|(?:we're|we\s+are)\s+looking\s+for|looking\s+to\s+hire|join\s+(?:our|the)\s+team"
    r"|full[\s-]time|part[\s-]time\s+(?:post|role|position)|locum|maternity\s+cover|fixed[\s-]term|post\s+holder|successful\s+candidate"
    r"|applicants?|the\s+role\s+(?:is|includes|involves))\b"
)
_LEADING = frozenset(
    {
        "word:he",
        "word:she",
        "word:his",
        "word:her",
        "word:me",
        "word:my",
        "adult",
        "young",
        "past person",
        "person who",
        "their kin",
        "the kin",
        "quote",
        "begins:pronoun",
        "no antecedent",
    }
)
_BESIDE = frozenset(
    {"place", "care", "time", "before:care", "after:care", "before:none", "past", "word:i", "word:you", "acts", "town"}
)
_KIN = (
    r"(?:mum|mom|mother|mam|dad|father|parents?|son|daughter|sister|brother|wife|husband|partner|boyfriend|girlfriend"
    r"|gran\w*|uncle|aunt|kids?|children|baby|family|twins?|nephew|niece|cousin)"
)
_PATTERNS = {
    "their kin": grammar.compile(rf"\b(?:his|her|their|\w+'s)\s(?:\w+\s)?{_KIN}\b"),
    "the kin": grammar.compile(rf"\b(?:the|a|an|this|that)\s(?:\w+\s)?{_KIN}\b"),
    "your kin": grammar.compile(rf"\byour\s(?:\w+\s)?{_KIN}\b"),
    "own kin": grammar.compile(rf"\bmy\s(?:{_KIN}|friends?|dog|cat)\b"),
    "person who": grammar.compile(r"\b(?:a|an|the|this|one|my|our)\s(?:[\w'-]+\s){1,5}?(?:who|whose)\b"),
    "weekday": grammar.compile(rf"\b{grammar.WEEKDAY}\b"),
    "month": grammar.compile(rf"\b{grammar.MONTH}\b"),
    "clock": grammar.compile(rf"\b{grammar.CLOCK}"),
    "number": grammar.compile(rf"\b{grammar.NUMBER_WORD}\b"),
    "age": grammar.compile(rf"\b{grammar.AGE}"),
    "to me": grammar.compile(
        r"\b(?:told|asked|showed|gave|handed|hugged|thanked|rang|taught|sent|let|called|reminded|texted|looked\sat"
        r"|said\sto|wrote\sto|waved\sat)\s(?:me|us)\b"
    ),
    "my place": grammar.compile(
        r"\b(?:my|our|the)\s(?:[\w-]+\s)?(?:clinic|office|room|couch|ward|surgery|practice|group|caseload|counter|chair"
        r"|table|desk|door|list|theatre|playroom|session)\b"
    ),
    "title": grammar.compile(r"\b(?:dr|mr|mrs|ms)\.?\s[a-z]"),
    "link": grammar.compile(r"https?:|\blink\b|\bbio\b"),
    "quote": grammar.compile('"'),
    "question": grammar.compile(r"\?[\"')]*$"),
    "exclamation": grammar.compile("!"),
    "digit": grammar.compile(r"\d"),
    "handle": grammar.compile(r"@\w|\[name\]"),
    "hashtag": grammar.compile(r"#\w"),
    "colon": grammar.compile(":"),
    "emoji": grammar.compile(r"[\U0001F300-\U0001FAFF]"),
    "town": grammar.compile(r"\b(?:from|in|at|near|off|outside) [A-Z][a-z]", case=True),
    # A capital often begins a name; "Swedish" and "Sikh" name nobody.
    "capital": grammar.compile(rf"(?<=[a-z,] )(?!(?i:{grammar.any_of('peoples')})s?\b)[A-Z][a-z]", case=True),
}
_NEIGHBOURS = frozenset({"he", "she", "his", "her", "you", "your", "i", "my", "me", "we", "our", "they"})
_OPENINGS = {
    "pronoun": frozenset({"he", "she", "his", "her"}),
    "author": frozenset({"i", "i'm", "i've", "we", "my", "our"}),
    "determiner": frozenset({"a", "an", "the", "this", "that", "one"}),
    "reader": frozenset({"you", "your", "if", "when", "what", "how", "why", "do"}),
}


_WORDINGS = {pattern: name for name, pattern in _PATTERNS.items()}
_ALL_WORDINGS = grammar.Patterns(*_WORDINGS)


@lru_cache(maxsize=256)
def _own(text: str) -> frozenset[str]:
    """The signs in a sentence that are there whatever stands beside it."""
    words = care.words_of(text)
    signs = _people(text, words)
    counts: dict[str, int] = {}
    for word in words:
        for name in _said_by(word.text):
            counts[name] = counts.get(name, 0) + 1
    for name, number in counts.items():
        signs.add(name)
        if number > 1 and not name.startswith(_WORD):
            signs.add(f"{name}+")
    signs.update(_WORDINGS[pattern] for pattern in _ALL_WORDINGS.found_in(text))
    first = words[0].text if words else ""
    signs.update(f"begins:{kind}" for kind, openings in _OPENINGS.items() if first in openings)
    if care.is_past(first):
        signs.add("begins:past")
    if first.endswith("ing"):
        signs.add("begins:going on")
    if care.near_in_time(text):
        signs.add("time")
    if grammar.is_hypothetical(text):
        signs.add("supposed")
    if grammar.is_general(text):
        signs.add("general")
    signs.add(f"length:{min(4, len(words) // 7)}")
    return frozenset(signs)


def _people(text: str, words: Sequence[care.Word]) -> set[str]:
    signs = set()
    for name, heads in (("adult", ("adults", "occupations")), ("young", ("children", "kin")), ("role", ("roles",))):
        for mention in care.mentions(text, words, care.lexicon(*heads)):
            signs |= {name, f"leads:{words[mention.first].text}"}
            if any(care.is_past(word.text) for word in words[mention.head + 1 : mention.head + 8]):
                signs.add("past person")
    return signs


_WORD = "word:"
_COUNTED = {
    "speech": ("speech",),
    "body": ("body",),
    "acts": ("acts",),
    "lively": ("lively",),
    "grown": ("adults",),
    "work": ("occupations",),
    "child": ("children",),
    "kin": ("kin",),
    "client": ("roles",),
    "colleague": ("colleagues",),
    "place": ("settings",),
    "care": ("care",),
}


@lru_cache(maxsize=8_192)
def _said_by(word: str) -> Sequence[str]:
    """The signs that a word is by itself."""
    bare = word.removesuffix("'s")
    signs = [name for name, lexicons in _COUNTED.items() if bare in care.lexicon(*lexicons)]
    if care.is_past(word):
        signs.append("past")
    if word.endswith("ing") and len(word) > 4:
        signs.append("going on")
    if word in care.lexicon("small_words"):
        signs.append(f"{_WORD}{word}")
    return signs


@lru_cache(maxsize=512)
def _neighbour(side: str, text: str) -> frozenset[str]:
    said = [word.text for word in care.words_of(text)]
    signs = {f"{side}:{word}" for word in said if word in _NEIGHBOURS}
    if not said:
        signs.add(f"{side}:none")
    if len(said) < 6:
        signs.add(f"{side}:short")
    if any(map(care.is_past, said)):
        signs.add(f"{side}:past")
    if any(word in care.lexicon("care", "settings") for word in said):
        signs.add(f"{side}:care")
    return frozenset(signs)


@cache
def _weights() -> Weights:
    data = tomllib.loads((resources() / "policy" / "client_signs.toml").read_text(encoding="utf-8"))
    return Weights(data["base"], data["threshold"], data["of"])
