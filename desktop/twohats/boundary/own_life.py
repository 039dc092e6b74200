"""How the rules about the author's own life read a sentence: signs, where a clause ends, and what is let pass."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from twohats.boundary import grammar
from twohats.boundary.pattern import Pattern, Patterns, compile
from twohats.boundary.rule import Hit, Sentence, Surroundings
from twohats.model.finding import Category, Severity

GAP = r"(?:(?!(?:of|with|for|about|on|in|and|or|to|the|as|is|was|at|from|by|that|who)\b)[\w'-]{1,20} ){0,2}"
"""At most two words between "my" and its noun, none of them one that would start another phrase."""

COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)"
)
I_AM = r"(?:i'?m|i am|i was|i've been|i have been|i'll be|i became)"
I_HAVE = r"(?:i have|i've|i've got|i had|i have got|i got|i get)"


class Reach(Enum):
    """How far a hit goes beyond the words of its sign."""

    WORDS = auto()  # the words alone
    AHEAD = auto()  # from the words to the end of their clause
    CLAUSE = auto()  # the whole clause
    TAGS = auto()  # a hashtag with the hashtags beside it


@dataclass(frozen=True, slots=True)
class Sign:
    """One way of saying it: a pattern over the folded sentence, without capturing groups and with bounded repeats.

    `is_name`: the words count only when written with a capital ("Mum rang", not "mum and baby").
    """

    pattern: str
    category: Category
    reach: Reach = Reach.CLAUSE
    severity: Severity | None = None
    reason: str = ""
    is_name: bool = False


class Signs:
    """Several signs read in one pass over a sentence. The first sign that fits at a place wins it."""

    def __init__(self, *signs: Sign) -> None:
        self._signs: dict[Pattern, Sign] = {}
        for sign in sorted(signs, key=lambda sign: sign.is_name):  # a name without its capital must not hide another
            self._signs.setdefault(compile(rf"(?<![\w'])(?:{sign.pattern})", case=True), sign)
        self.patterns = Patterns(*self._signs)

    def find(self, sentence: Sentence, surroundings: Surroundings) -> Iterator[Hit]:
        """The hits of one sentence in order, none overlapping another."""
        text = fold(sentence.text)
        matches = list(self.patterns.scan(text))
        if not matches or _is_made_up(text):
            return
        quoted, clauses = _quoted(text, surroundings.before), _clauses(text)
        last_end = 0
        for pattern, match in matches:
            sign = self._signs[pattern]
            if _is_inside(quoted, match.start()):
                continue
            if sign.is_name and not sentence.text[match.start()].isupper():
                continue
            start, end = _reached(match, sign.reach, clauses)
            if _is_supposed(text[start : match.start()], text[: match.start()]):
                continue
            start = max(start, last_end)
            start, end = _trimmed(text, start, end)
            if start >= end or match.end() <= last_end:
                continue
            last_end = end
            yield Hit(start, end, sign.category, sign.severity, sign.reason)


def says_i(text: str) -> bool:
    """Whether a folded text says I or we: "as a gay man I", not "as a gay man you". "Our survey" is the practice's."""
    return _SELF.search(text) is not None


@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """Lower case and straight apostrophes, each code point staying in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered.translate(_STRAIGHT)


_SELF = re.compile(r"\b(?:i|i'?m|i'?ve|i'd|i'll|me|my|mine|myself|we|we're|we've|ourselves)\b")
_STRAIGHT = {ord("\u2019"): "'", ord("\u2018"): "'", ord("\u00a0"): " ", ord("\u02bc"): "'"}
_NOT_A_PAIR = "".join(
    rf"(?<!{kin} )"
    for kin in (
        "husband",
        "wife",
        "partner",
        "fiancé",
        "friend",
        "mom",
        "mum",
        "mother",
        "dad",
        "father",
        "brother",
        "sister",
    )
)  # "my husband and I" is one subject
_BREAK = re.compile(
    r"[.!?…]+(?=[\s\"')]|\Z)|[,;:](?=\s|\Z)|[()\[\]\"“”|\n—]|(?<=\s)[-–/](?=\s)|\s(?=[#@])"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]"
    r"|(?<=\s)(?:but|because|although|though|whereas|so)(?=\s)"
    rf"|(?<=\s){_NOT_A_PAIR}and(?=\s(?:i|i'm|i've|i'll|i'd|we|we're|we've|my|our|he|she|they|it|it's|now|then|so|still|yet)\b)"
)
_OPENING = re.compile(
    r"(?:\s*(?:@\w+|>|oh|well|ok|okay|haha|hah|lol|yes|yeah|yep|no|hey|hi|hello|wow|man|dude|anyway|also|and|but|so|because)(?=\s))"
    r"{0,6}\s*"
)
_SUPPOSED = re.compile(r"\b(?:if|imagine|suppose|pretend|what if|whether|unless|say)\b")
_MADE_UP = re.compile(
    r"\b(?:fictional|vignette|role[- ]play|no real person|in the (?:film|movie|novel|book|play|song|poem|series|sitcom)"
    r"|for example|e\.g\.|case example)\b"
)
_ASKED = re.compile(
    r"\W{0,9}(?:how (?:to|do|does|can|could|should|much|many|long|often|soon)|what (?:do|does|should|can|to)"
    "|why (?:does|do|is|won't"
    r"|doesn't)|can my|will my|should my|when should|when can)\b"
)
_TAUGHT = re.compile(r"\bhow to \w+\b")
_TAGS_BEFORE = re.compile(r"(?:#\w{1,40}\s?){1,6}\Z")
_TAGS_AFTER = re.compile(r"(?:\s?#\w{1,40}){1,6}")
_DOUBLE = re.compile(r"[\"“”]")
_SINGLE = re.compile(r"(?<![\w])'(?=\w)[^'\n]{0,200}(?:'(?=\w)[^'\n]{0,200}){0,4}(?<=[\w.,!?…])'(?!\w)")


def _is_made_up(text: str) -> bool:
    return _MADE_UP.search(text) is not None or grammar.is_citation(text)


def _is_supposed(before_in_clause: str, before: str) -> bool:
    return (
        _SUPPOSED.search(before_in_clause[-60:]) is not None
        or _TAUGHT.search(before_in_clause[-60:]) is not None
        or _ASKED.match(before) is not None
        or before[:8].startswith(("imagine", "suppose"))
    )


def _quoted(text: str, before: str) -> list[tuple[int, int]]:
    """Stretches in quotation marks; a quotation left open by the sentence before runs on."""
    found = [match.span() for match in _SINGLE.finditer(text)]
    opened = 0 if len(_DOUBLE.findall(before)) % 2 else None
    for mark in _DOUBLE.finditer(text):
        if opened is None:
            opened = mark.start()
        else:
            found.append((opened, mark.end()))
            opened = None
    if opened is not None:
        found.append((opened, len(text)))
    return _joined(found)


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _is_inside(stretches: list[tuple[int, int]], place: int) -> bool:
    number = bisect_right(stretches, place, key=lambda stretch: stretch[0]) - 1
    return number >= 0 and place < stretches[number][1]


def _clauses(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for mark in _BREAK.finditer(text):
        found.append((start, mark.start()))
        start = mark.end()
    found.append((start, len(text)))
    return found


def _reached(match: re.Match[str], reach: Reach, clauses: list[tuple[int, int]]) -> tuple[int, int]:
    start, end = match.span()
    if reach is Reach.TAGS:
        return _tags_around(match.string, start, end)
    if reach is not Reach.WORDS:
        number = bisect_left(clauses, end, key=lambda clause: clause[1])
        end = clauses[number][1] if number < len(clauses) else end
    if reach is Reach.CLAUSE:
        number = bisect_right(clauses, start, key=lambda clause: clause[0]) - 1
        start = clauses[number][0] if number >= 0 else start
    return start, end


def _tags_around(text: str, start: int, end: int) -> tuple[int, int]:
    before = _TAGS_BEFORE.search(text, max(0, start - 120), start)
    after = _TAGS_AFTER.match(text, end, end + 120)
    return (before.start() if before else start), (after.end() if after else end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    opening = _OPENING.match(text, start, end)
    if opening and opening.end() < end:
        start = opening.end()
    while start < end and (text[start].isspace() or text[start] in ",;:-–—.!?"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
        end -= 1
    return start, end
