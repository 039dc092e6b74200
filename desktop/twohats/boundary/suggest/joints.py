"""Where a sentence can be cut: at commas, dashes, conjunctions and emoji that stand in no quotation and no bracket."""

import re
from dataclasses import dataclass

from twohats.boundary.suggest.english import listed

DASHES = ("\u2014", "\u2013", "-", "--")
BREAKS = (":", ";", "\u2014", "\u2013")
"""Marks between parts that stand for themselves: what goes does not reach across one."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Where two parts of a sentence meet: the mark ("," or "") and the conjunction ("and" or "")."""

    start: int
    end: int
    mark: str
    word: str

    @property
    def is_emoji(self) -> bool:
        return len(self.mark) > 0 and ord(self.mark[0]) >= _FIRST_PICTURE


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence with its parts: what leads it in ("@ana ", "- ", up to `begin`), its words with their joints, from
    `end` its full stop, and the hashtags and emoji after it."""

    text: str
    begin: int
    end: int
    stop: str
    after: str
    joints: tuple[Joint, ...]

    @property
    def lead(self) -> str:
        return self.text[: self.begin]


def form_of(sentence: str, start: int, end: int) -> Form:
    """The parts of a sentence as they lie around the stretch start..end, which is never taken for a lead or a tail."""
    lead = _LEAD.match(sentence)
    begin = lead.end() if lead and lead.end() <= start else 0
    tail = _TAIL.search(sentence, end)
    last = tail.start() if tail else len(sentence)
    covered = [found.span() for found in _COVERED.finditer(sentence)]
    joints = tuple(
        Joint(found.start(), found.end(), (found["mark"] or "").strip(), (found["word"] or found["bare"] or "").lower())
        for found in JOINT.finditer(sentence, begin, last)
        if found.start() > begin
        and not any(first < found.start() < beyond for first, beyond in covered)
        and _joins_clauses(found, sentence[found.end() : last])
    )
    return Form(sentence, begin, last, tail["stop"] if tail else "", tail["after"] if tail else "", joints)


def bracket_around(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The brackets that the stretch lies in, when there are words before them."""
    opened = sentence.rfind("(", 0, start + 1)
    closed = sentence.find(")", max(start, end - 1))
    if opened < 0 or closed < 0 or ")" in sentence[opened:start] or "(" in sentence[end:closed]:
        return None
    if not any(character.isalnum() for character in sentence[:opened]):
        return None
    return opened, closed + 1


def is_tags(words: str) -> bool:
    """Whether there is nothing but hashtags and emoji."""
    return bool(words.strip()) and all(
        HASHTAG.fullmatch(word) or not any(character.isalnum() for character in word) for word in words.split()
    )


def tags_after(sentence: str, end: int) -> int:
    """Where the hashtags begin that close a sentence behind a stretch; 0 when it closes with none."""
    tail = _TAIL.search(sentence, end)
    first = HASHTAG.search(sentence, tail.start("after")) if tail else None
    return first.start() if first and is_tags(sentence[first.start() :]) else 0


_FIRST_PICTURE = 0x2190
_PICTURE = r"[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u3030\U0001f000-\U0001faff]"
_PART = r"[\ufe0f\u200d\u2190-\u27bf\u2b00-\u2bff\u3030\U0001f000-\U0001faff]"  # of an emoji
_EMOJI = rf"{_PICTURE}{_PART}{{0,15}}(?:\s{_PART}{{1,15}}){{0,5}}"
_ANY_WORD = "and then|and so|and|but|so|yet|or|because|since|as|though|although|while|whereas|even though"
JOINT = re.compile(
    r"(?P<mark>\s{0,2}[,;:](?=\s)|\s{0,2}\u2014|(?<=\s)(?:\u2013|--?|\||/|\u2192)(?=\s)|\s{0,2}(?:\u2026|\.\.\.)(?=\s)"
    rf"|\s{{0,2}}{_EMOJI}(?=\s|$))\s{{0,3}}(?:(?P<word>{_ANY_WORD})\s{{1,3}})?"
    rf"|\s{{1,3}}(?P<bare>{_ANY_WORD}|when|after|before|hence|&|\+)\s{{1,3}}",
    re.IGNORECASE,
)
HASHTAG = re.compile(r"#\w{1,60}")
_LEAD = re.compile(r"(?:[-\u2013\u2022*\u2192>]\s{1,3}|\d{1,2}[.)]\s{1,3}|(?:@[\w.]{1,60}[,:]?\s{1,3}){1,6})?")
_TAIL = re.compile(
    rf"(?P<stop>[.!?\u2026]{{0,6}}[\"')\]]{{0,3}})(?P<after>(?:\s{{0,3}}(?:#\w{{1,60}}|{_PART})){{0,30}})\s{{0,3}}$"
)
_COVERED = re.compile(r'"[^"]*(?:"|$)|\([^()]*\)|\[[^\[\]]*\]|(?<!\w)\'(?=\w)[^\']{2,200}\'(?!\w)')
_ALSO_PREPOSITIONS = frozenset(("as", "since", "so", "while", "when", "after", "before"))


def _joins_clauses(found: re.Match[str], after: str) -> bool:
    """Whether a word that may be a preposition is the conjunction ("as I am away", not "as a therapist since May")."""
    if (found["bare"] or "").lower() not in _ALSO_PREPOSITIONS:
        return True
    return after.split(" ", 1)[0].lower().strip(",.;:!?") in listed("clause_subjects")
