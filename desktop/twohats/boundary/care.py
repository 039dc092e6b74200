"""Scenes of care: one person, in the singular, in something that happened.

A scene is what the client rules share: somebody who is not the author's kin or colleague, a verb of the past (or of
the very present), and a sign that it happened at work. Words are looked up one by one, never by nested patterns,
so that the time grows with the length of the sentence and with nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from twohats.boundary import grammar
from twohats.boundary.rule import Sentence, Surroundings


class Word(NamedTuple):
    """One word of a sentence, in lower case, with its place in code points; `bare` is the word without its "'s"."""

    text: str
    start: int
    end: int
    bare: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One person spoken of: `first` and `head` are places in the list of words; `start` is the code point where
    the phrase begins ("a young farmer": at "a"). `sure` when the phrase alone says client ("my client")."""

    first: int
    head: int
    start: int
    end: int
    sure: bool = False


_REMEMBERED = 8_192  # words


@cache
def lexicon(*names: str) -> frozenset[str]:
    """The words of resources/lexicons/ctd_<name>.txt together, in lower case."""
    return frozenset(word.lower() for name in names for word in grammar.words(f"ctd_{name}"))


@lru_cache(maxsize=256)
def words_of(text: str) -> Sequence[Word]:
    """The words of a text; hyphens and apostrophes inside a word belong to it. Several rules ask for the same few."""
    found = []
    for place in _WORD.finditer(text):
        word = place[0].lower()
        found.append(Word(word, *place.span(), word.removesuffix("'s")))
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def is_past(word: str) -> bool:
    """Whether a word can be a verb of the past ("told", "wept", "stopped")."""
    if word in lexicon("past"):
        return True
    return len(word) > 3 and word.endswith("ed") and "-" not in word and word not in lexicon("not_past")


def tells(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether something happened between two places: a verb of the past, or one that is just going on."""
    for at in range(max(0, first), min(last, len(words))):
        word = words[at].text
        if _is_deed(word):
            return True
        is_short = word.endswith("'s")
        if at + 1 == len(words) or not (is_short or word in _GOING_ON):
            continue
        after = words[at + 1].text
        if after in _JUST or (word in _GOING_ON and after.endswith("ing")) or (is_short and is_past(after)):
            return True
    return False


def mentions(
    sentence: str, words: Sequence[Word], heads: frozenset[str], *, loose: frozenset[str] = frozenset()
) -> Iterator[Mention]:
    """Every single person named by one of `heads`, with the determiner that makes him one.

    `loose` are heads that the author's own "my" must not stand before: "my daughter" is the author's, "a daughter" not.
    """
    for at, word in enumerate(words):
        head = word.bare
        if head not in heads:
            continue
        if at + 1 < len(words) and _is_joined(sentence, words, at):
            after = words[at + 1].text
            if after in lexicon("compounds") or (after == "of" and head in _QUANTITIES):
                continue
        first = _determiner(sentence, words, at)
        if first is None:
            continue
        lead = words[first].text
        if lead in _OWN and head in loose:
            continue
        if _is_colleague(words, first, at) or _is_unreal(words, first, at):
            continue
        yield Mention(first, at, words[first].start, word.end)


def happened_at_work(words: Sequence[Word]) -> bool:
    """Whether a place, an occasion or a verb of care is named."""
    signs = lexicon("settings", "care")
    return any(word.text in signs for word in words)


def near_in_time(text: str) -> bool:
    """Whether a time close to the telling, or a clock time, is named."""
    return _TIME.search(text) is not None


def to_me(words: Sequence[Word]) -> bool:
    """Whether the author had a part in it: "told me", "hugged us", "I saw"."""
    return any(word.text in _ME for word in words)


def is_told_as_story(sentence: Sentence, around: Surroundings) -> bool:
    """Whether the sentence can be of a real person at all: no supposing, no film, no study, nobody in general."""
    text = sentence.text
    if grammar.is_hypothetical(text) or grammar.is_citation(text) or _MADE.search(text):
        return False
    return not (_MADE.search(around.before) or _MADE.search(around.after) or _SUPPOSING.search(around.before))


def is_unreal(text: str) -> bool:
    """Whether it is about fiction, print or a composite ("in the novel", "role-play")."""
    return _MADE.search(text) is not None


def without_antecedent(text: str, around: Surroundings) -> bool:
    """Whether a "he" or "she" stands in it whom nobody has introduced.

    In a clinician's post that is a client. Only at the beginning of a post or after a short heading ("Clinic,
    Tuesday."), since a longer sentence before may well have said who it is.
    """
    if len(words_of(around.before)) > _HEADING or _SUPPOSED.match(text) or (_YOU.search(text) and '"' not in text):
        return False
    found = _HE_OR_SHE.search(text)
    if found is None:
        return False
    lead = f"{around.before} . {text[: found.start()]}"
    return not (_ANTECEDENT.search(lead) or _NAME.search(text[: found.start()]) or _NAME.search(around.before))


def speaks_of_care(around: Surroundings) -> bool:
    """Whether the neighbouring sentences are about work with people."""
    return _is_of_work(around.before) or _is_of_work(around.after)


def clause(text: str, start: int, *, stop: int | None = None) -> tuple[int, int]:
    """From `start` to the end of what is told: the sentence without its tail (", so we ...", hashtags, emoji)."""
    end = min(len(text) if stop is None else stop, start + _LONGEST)
    tail = _TAIL.search(text[start:end], 12)
    if tail is not None:
        end = start + tail.start()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "\"')%]"):
        end -= 1
    if end - start > 2 and text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    return start, end


def overlapping(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans left to right, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


HOUR = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])(?:\s+o'?clock"
    r"|\s?[ap]\.?m\b|(?:[.:][0-5]\d)(?:\s?[ap]\.?m\b)?)|noon(?=\s|,|\.|$|;)|(?:[01]\d"
    r"|2[0-3])[.:][0-5]\d)"
)
"""A clock time as clinicians name an appointment by it; a fragment without groups."""
DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today'?s?|early|late|last|first)"
"""The day, or the turn in a day, of an appointment; a fragment without groups."""
_LONGEST = 400  # code points that one stretch may have; a sentence of ordinary writing is shorter
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ME = frozenset({"me", "us", "i", "my", "i'd", "i've", "i'm", "we", "our", "we'd", "we've"})
_OWN = frozenset({"my", "our"})
_DOING = frozenset(
    {"saying", "telling", "asking", "crying", "sobbing", "shouting", "narrating", "singing", "whispering", "refusing"}
)
_FULL = frozenset({"a", "an", "the", "my", "our", "this", "that", "one", "another", "his", "her"})
_QUANTITIES = frozenset({"couple", "pair"})  # "a couple of weeks"
_GOING_ON = frozenset({"is", "are", "he's", "she's", "they're"})
_JUST = frozenset({"just", "finally", "now", "already", "never", "always", "only"})
_HEADING = 8  # words
_SUPPOSED = grammar.compile(r"(?:if|when|whether|perhaps|maybe|does|did|is|has|should|why)\b")
_YOU = grammar.compile(r"\b(?:you|your|you're|you've)\b")
_HE_OR_SHE = grammar.compile(r"\b(?:he|she|him|her|his|hers)(?:'s|'d|'ll)?\b")
_ANTECEDENT = grammar.compile(
    r"\b(?:mum|mom|mother|dad|father|parents?|son|daughter|sister|brother|wife|husband|partner|girlfriend|boyfriend"
    r"|fianc[eé]e?|ex|uncle|aunt|cousin|niece|nephew|gran\w*|friends?|kids?|child|children|baby|bf|gf|roommate|boss"
    r"|manager|colleague|supervisor|dog|cat|puppy|neighbou?rs?|in-law|guy|girl|boy|man|woman|lady|dude|person|people"
    r"|someone|somebody|anyone|anybody|nobody|everyone|tenant|landlord|writer|inspector|therapist|doctor|counsell?or"
    r"|teacher|client|patient|teens?|student|trainee|intern|actor|actress|author|singer|president|minister|senator"
    r"|player|founder|director|professor|nurse|judge|king|queen|god|lord|allah|jesus|christ|host|character|who|one)"
    r"(?:'s)?\b|\[NAME\]|@\w"
)
_NAME = grammar.compile(
    r"(?<=[a-z,;:] )(?!I\b|I'|The|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|English"
    r"|French|Spanish|Christmas|Easter|Diwali)[A-Z][a-z]+",
    case=True,
)
_TIME = grammar.compile(
    r"\b(?:today|tonight|yesterday|just\s+now|right\s+now|earlier|recently|finally|(?:this|last"
    r"|yesterday|tomorrow)\s+(?:morning|afternoon|arvo"
    r"|evening|night|week|weekend|month|year|spring|summer|autumn|fall|winter|pm|am|shift)"
    r"|last\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|the\s+other\s+(?:day|night|week)|once"
    r"|(?:on|from|until|since)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:since|in)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|(?:days?|weeks?|months?|years?|minutes?|hours?|winters?|summers?|nights?|sessions?"
    r"|fortnight)\s+(?:ago|back|into|later|running)"
    r"|(?:a|the)\s+fortnight\s+ago|at\s+(?:midnight|noon|dawn|\d{1,2}(?:[.:]\d\d)?|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\d{1,2}[.:]\d\d\b|\d{1,2}\s?[ap]m\b|back\s+in\s+(?:19|20)\d\d|for\s+the\s+first\s+time"
    r"|first\s+time\s+(?:in|since)"
    r"|(?:this|last)\s+(?:diwali|christmas|easter|ramadan|eid|term)|week\s+(?:one|two|three|four|five"
    r"|six|seven|eight|nine|ten|\d{1,2})\b)"
)
_MADE = grammar.compile(
    r"\b(?:fictional|fictitious|invented|composite|made-up|role-?plays?|vignettes?|actors?|simulated"
    r"|simulation|mannequin|manikin"
    r"|narrator|narrates|novel|novels|film|films|movie|movies|sitcom|soap|drama|play\s+by|the\s+play"
    r"|series|episode|season|plot|memoir"
    r"|character|characters|painting|portrait|poem|sonnet|opera|documentary|screenplay|storyline"
    r"|cartoon|fable|myth|fairy\s+tale|legend"
    r"|published\s+case|case\s+report|case\s+series|textbook\s+case|journal|editors?|freud|winnicott"
    r"|jung|bowlby|in\s+1(?:[5-8]\d|9[0-4])\d|born\s+in\s+1[5-9]\d\d"
    r"|theatre\s+company|act\s+one|act\s+two|act\s+three|audience|reviewers?\s+2|public\s+domain"
    r"|headline|headlines|researchers|study\s+finds|scene|quiz|textbooks|(?:his|her)\s+textbook|1[5-9]\d0s)\b"
)
_SUPPOSING = grammar.compile(r"\b(?:imagine|suppose|what\s+if|let's\s+say|hypothetical|say\s+a|example:)\b")
_TAIL = grammar.compile(
    r",\s+(?:so|and)\s+(?:yes|i|we|if|it's|it\s+is|that|now|no|honestly|here|the\s+(?:room|research))\b"
    r"|,\s+which\s+is\s+why\b|\s[-–—]\s(?:so|and|i|we)\b|\s#\w|;\s+(?:i|we|see|here|the|gains|that)\b"
    r"|\.\s+[A-Z]|\s{1,3}\((?:i|we|looking)\b"
    r"|\s(?:and|so)\s+(?:i|we)\s+(?:have|think|am|would|want|got|get|now|still)\b|[\U0001F300-\U0001FAFF\u2600-\u27BF]"
)


@lru_cache(maxsize=256)
def _is_of_work(text: str) -> bool:
    return happened_at_work(words_of(text))


@lru_cache(maxsize=_REMEMBERED)
def _is_deed(word: str) -> bool:
    """Whether a word says by itself that something happened."""
    return is_past(word) or word in _DOING or word in lexicon("lively")


def _determiner(sentence: str, words: Sequence[Word], head: int) -> int | None:
    """The place of the word that opens the phrase of words[head], or None when the phrase is plural or general."""
    at = head
    for _ in range(5):
        at -= 1
        if at < 0 or not _is_joined(sentence, words, at):
            return None
        text = words[at].text
        if text in lexicon("determiners"):
            if at > 0 and text not in _FULL and words[at - 1].text in _FULL and _is_joined(sentence, words, at - 1):
                return at - 1
            return at
        if text in lexicon("breaks"):
            return None
    return None


def _is_joined(sentence: str, words: Sequence[Word], at: int) -> bool:
    """Whether only spaces (or a quote, a hyphen) stand between words[at] and the next."""
    return not set(sentence[words[at].end : words[at + 1].start]) - set(" \t\"'-")


def _is_colleague(words: Sequence[Word], first: int, head: int) -> bool:
    return any(word.bare in lexicon("colleagues") for word in words[first : head + 1])


def _is_unreal(words: Sequence[Word], first: int, head: int) -> bool:
    return any(word.text in lexicon("unreal") for word in words[first:head]) and words[first].text != "my"
