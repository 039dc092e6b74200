"""How one sentence leans on another: what only makes sense after what was said before it, or before what comes next."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from twohats.boundary import care, grammar
from twohats.boundary.care import Word, words_of
from twohats.boundary.suggest import english
from twohats.boundary.suggest.english import listed

_REMEMBERED = 128  # pairs of sentences


def connective(text: str) -> int:
    """How many characters at the start only tie the sentence to the one before ("But ", "That said, "); 0 for none."""
    found = _CONNECTIVE.match(text)
    return found.end() if found else 0


def leans_back(text: str) -> bool:
    """Whether the sentence is only understood from the one before it ("It did in my kitchen", "Worth every week").

    One that begins a paragraph, with a line break before it, may be a heading: a few words are no remark then.
    """
    begins_paragraph, text = text.startswith("\n"), text.lstrip()
    if _TURNS.match(text):
        return False
    text = text[connective(text) :]
    return text.startswith('"') or points_back(text) or (not begins_paragraph and _is_comment(text))


def points_back(text: str) -> bool:
    """Whether a word in it stands for something said before."""
    words = words_of(text)
    if not words:
        return False
    first, second = words[0].text, words[1].text if len(words) > 1 else ""
    if first in ("this", "these", "that", "those"):
        if second not in listed("here_and_now"):
            return True
    elif first in ("it", "it's"):
        if not _EXPLETIVE.match(text):
            return True
    elif first in listed("leaning") and not (first.startswith("wh") and text.endswith("?")):
        return True
    return _LEANS.search(text) is not None or _has_loose_pronoun(text, words)


@lru_cache(maxsize=_REMEMBERED)
def follows(sentence: str, after: str) -> bool:
    """Whether `after` leans on the sentence, or goes on with what it tells."""
    if not after:
        return False
    return leans_back(after) or (_tells_of_the_past(sentence) and _goes_on_telling(after))


@lru_cache(maxsize=_REMEMBERED)
def is_awaited(sentence: str, before: str) -> bool:
    """Whether what comes before announces the sentence, or asks what it answers."""
    before = before.rstrip()
    if before.endswith((":", "\u2026", "...", ",", "\u2014")) or _ANNOUNCES.search(before):
        return True
    is_answer = not english.has_finite_verb(sentence) or _ANSWERS.match(sentence) is not None
    return before.endswith("?") and (is_answer or _waits(before))


def leans_on_somebody(text: str) -> bool:
    """Whether a "he" or "she" stands in it before anybody whom it could mean."""
    return any(_is_he_or_she(word.text) and not speaks_of_somebody(text[: word.start]) for word in words_of(text))


def names_third_person(text: str) -> bool:
    """Whether a "he", "she" or "they" stands in it, in any case."""
    return any(word.text in listed("third_person") for word in words_of(text))


def names_him_or_her(text: str) -> bool:
    """Whether a "he" or "she" stands in it, in any case."""
    return any(_is_he_or_she(word.text) for word in words_of(text))


def speaks_of_somebody(text: str) -> bool:
    """Whether somebody is named or described whom a later "he" or "she" may mean."""
    words = [word.text.removesuffix("'s") for word in words_of(text)]
    return any(word in _people() or word.endswith("year-old") for word in words) or _NAME.search(text) is not None


_SHORT_COMMENT = 6  # words
_LONG_COMMENT = 5  # words; with a determiner ("Most toddlers nap till noon") a verb unknown to us is likelier
_SHORT_QUESTION = 6  # words
_CONNECTIVE = re.compile(
    r"(?:and yet|and so|and|but|so|yet|also|still|plus|or)\b"
    r"(?!\s(?:far|much|many|did|do|does|was|were|is|are|it goes)\b)(?=[\s,]),?\s{1,3}|meanwhile,?\s{1,3}"
    r"|(?:that said|even so|having said that|however|nevertheless|nonetheless|all the same|either way|in other words"
    r"|as a result|of course|besides|anyway|anyhow|thankfully|happily|luckily|sadly),\s{1,3}",
    re.IGNORECASE,
)
_TURNS = re.compile(  # to another matter
    r"(?:anyway|anyhow|anyways|meanwhile|in other news|on a (?:brighter|lighter|happier) note)\b|now,", re.IGNORECASE
)
_EXPLETIVE = re.compile(
    r"it(?:'s| is)(?: \w{2,20}ly)? "
    r"(?:ok|okay|normal|fine|common|hard|easy|possible|important|worth|never|not too late)\b"
    r"|it (?:takes|costs) (?!me|him|her|us)|it (?:may|might|can) (?:help|take) ",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:as well(?! as)|likewise|the same|the other one|the rest|the latter|the former|another one|such a|me too"
    r"|me neither|so (?:did|do|does|was|were|am|is|are|have|has) (?:i|he|she|they|we|the|my|mine|it|you)"
    r"|(?:say|said|think|hope|know|do|did) so|that(?:'s| is| was) (?:why|how|what|when|where|it|all|precisely|exactly)"
    r"|of (?:them|those|these|the (?:two|three|four|five|six|lot))|(?:go|goes|went|from|over|in|been|get|gets) there"
    r"|that (?:in|on|into|to|at|with|for|again|one|hour|moment|day|night|morning|session|conversation|man|woman|boy"
    r"|girl|child|letter|card|message|sentence|question|line|story|case|room|week|year|phone call))\b"
    r"|\b(?:too|either|though|then|that|instead|followed|afterwards|in between|beforehand|such|discuss|you know)"
    r"[.!?]{0,3}$"
    r"|\bthat \w{1,20}[.!?]{0,3}$|\b(?:not|me|him|us|want|need|have|going|used) to[;,.!?]|^i'd rather\b"
    r"|^(?:why|how|where|when|what|who)\?|^(?:no|yes)[,.!]|^(?:[\w']{1,20} ){1,4}(?:it|them)[.!?]{0,3}$"
    r"|^(?:i|we) (?:still )?(?:do|did|don't|didn't) \w{1,20}[.!?]{0,3}$"
    r"|^(?:reader|spoiler|result|verdict|guess"
    r"|the (?:answer|reason|punchline|result|lesson|moral|point|cause|culprit))\b",
    re.IGNORECASE,
)
_STANDS_ASIDE = re.compile(  # what a reader is told to look at, a heading, a sign-off: said for its own sake
    r"\b(?:link|linked|below|bio|comments?|attached|enclosed|register|registration|book|bookings?|thread|tickets?|info"
    r"|details|download|thoughts|today|tomorrow|slots?|places?|appointments?|hours|fees|advised|welcome|please|pinned"
    r"|page|opening|blog|essay|article|paper|preprint|site|website|leaflet|newsletter|resources?|recording|slides"
    r"|handout|template|uploaded|posted|online|available|exercise|posters?)\b"
    r"|\d|https?:|[@#:]|^\W{0,6}(?:yours|signed|sincerely|warmly|regards|cheers|with thanks|sent from)\b"
    r"|^\W{0,6}[\u2014\u2013-]",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"^\W{0,6}(?:look who|guess who|meet|let's call (?:him|her|them))\b"
    r"|\b(?:confession|true story|fun fact|example|case in point|here's why|in my case|full disclosure|story time"
    r"|disclaimer|picture this|imagine|update|news|quiz|(?<=\w )this|question|the following"
    r"|(?:i'll|let me) (?:start|begin|explain|go first))\W{0,6}$",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"\W{0,3}(?:yes|no|because|well|me|mine|for me|to|by)\b", re.IGNORECASE)
_TO_READERS = re.compile(
    r"\A\W{0,6}(?:can we|could we|shall we|should we|did you know|ready|want|looking|struggling|thinking|need"
    r"|interested|worried|fancy|dropping|questions?|anyone|curious|new here|have you|are you|do you)\b",
    re.IGNORECASE,
)
_OF_FACT = re.compile(r"\A\W{0,6}(?:who|what|why|where|which|how|guess)\b", re.IGNORECASE)
_NAME = re.compile(  # a capital within a sentence, but no day, no month
    r"(?<=[a-z,] )(?!I\b|I'|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[A-Z][a-z]{1,30}"
)
_PAST_HELPERS = frozenset(("was", "were", "had", "did", "didn't"))
_BESIDE_VERBS = frozenset(("all", "just", "still", "both", "then", "only", "never", "also"))
_LOOSE = listed("third_person") | frozenset(("it", "it's", "its", "that's"))


@cache
def _people() -> frozenset[str]:
    lexicons = ("partners", "children", "parents", "relatives", "friends", "client_roles", "clinicians")
    return listed("somebody").union(*(grammar.words(name) for name in lexicons))


def _is_he_or_she(word: str) -> bool:
    return word in listed("third_person") and word[0] != "t"


def _waits(question: str) -> bool:
    """Whether a question waits for its answer: a short one, or one that asks for a fact, but not one put to readers."""
    if _TO_READERS.match(question):
        return False
    return len(question.split()) <= _SHORT_QUESTION or _OF_FACT.match(question) is not None


def _is_comment(text: str) -> bool:
    """Whether a few words without a verb of their own remark on what was said before."""
    words = words_of(text)
    if not words:
        return False
    first, last = words[0].text, words[-1].text
    has_helper = any(word.text in listed("finite") for word in words)
    if first in listed("elliptical") or (first == "first" and not has_helper):
        return True
    if _STANDS_ASIDE.search(text):
        return False
    if english.has_finite_verb(text) and not (care.is_past(first) or care.is_past(last)):
        return False
    if has_helper or (english.begins_with_determiner(text) and _LONG_COMMENT <= len(words) <= _SHORT_COMMENT):
        return False
    return len(words) <= _SHORT_COMMENT or first in listed("numerals")


def _goes_on_telling(text: str) -> bool:
    """Whether the sentence tells what the author did next ("I gave an honest answer", "We all saw it")."""
    words = [word.text for word in words_of(text[connective(text) :])]
    if len(words) < 2 or words[0] not in ("i", "we", "i'd", "we'd"):
        return False
    at = 2 if words[1] in _BESIDE_VERBS else 1
    verb = words[at] if at < len(words) else ""
    return words[0] in ("i'd", "we'd") or care.is_past(verb) or verb in _PAST_HELPERS


def _tells_of_the_past(text: str) -> bool:
    return any(care.is_past(word.text) or word.text in _PAST_HELPERS for word in words_of(text))


def _has_loose_pronoun(text: str, words: Sequence[Word]) -> bool:
    """Whether a pronoun comes before anything in the sentence that it could stand for."""
    for at, word in enumerate(words):
        if word.text not in _LOOSE:
            continue
        if _is_he_or_she(word.text):
            if not speaks_of_somebody(text[: word.start]):
                return True
            continue
        first = 1 if english.is_imperative(text) else 0
        if not any(english.is_noun(words, number) for number in range(first, at)):
            return not _EXPLETIVE.match(text[word.start :])
    return False
