"""How an English sentence holds together: where its verb stands, whether it can stand alone.

No parser: closed classes of words, and tables of common verbs. When in doubt the answer is no.
"""

import re
from collections.abc import Sequence
from functools import cache

from twohats.boundary import care, grammar
from twohats.boundary.care import Word, words_of


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one line of resources/lexicons/function_words.txt."""
    lines = (line.partition(":") for line in grammar.words("function_words"))
    return next(frozenset(words.split()) for found, _, words in lines if found == name)


@cache
def verbs() -> frozenset[str]:
    """Common verbs as they stand after "to"."""
    return plain_verbs() | frozenset(grammar.words("verbs_or_nouns"))


@cache
def plain_verbs() -> frozenset[str]:
    """Those of them that are seldom nouns."""
    return frozenset(grammar.words("verbs"))


def base_of(word: str) -> str | None:
    """The verb behind its third person singular ("fears": "fear", "tries": "try"); None when it is not one we know."""
    if word in _THIRD:
        return _THIRD[word]
    if not word.endswith("s") or word.endswith("ss"):
        return None
    offers = [word[:-1]]
    if word.endswith("ies"):
        offers.append(word[:-3] + "y")
    if word.endswith("es"):
        offers.append(word[:-2])
    return next((offer for offer in offers if offer in verbs()), None)


def has_finite_verb(text: str) -> bool:
    """Whether the words hold a verb with its subject, or an imperative."""
    words = words_of(text)
    return is_imperative(text) or any(_is_finite(words, at) for at in range(len(words)))


def has_main_verb(text: str) -> bool:
    """Whether one of these verbs is not the verb of a subordinate clause ("for those who keep asking" has none)."""
    if is_imperative(text):
        return True
    words = words_of(text)
    is_owed = False  # a subordinate clause has begun, and not yet its verb
    for at, word in enumerate(words):
        if word.text in _SUBORDINATORS and (at or word.text in _LEADS_UP):
            is_owed = True
        elif _is_finite(words, at):
            if not is_owed and word.text not in ("who's", "what's"):
                return True
            is_owed = False
    return False


def is_imperative(text: str) -> bool:
    """Whether the words ask for something ("Please call the office")."""
    words = [word.text for word in words_of(text)]
    while words and words[0] in _BEFORE_IMPERATIVES:
        words = words[1:]
    if len(words) < 2:
        return False
    first, second = words[:2]
    if first in ("don't", "let's"):
        return True
    if first == "do":
        return second in verbs() or second == "not"
    if first == "miss" and _TITLE.match(text):
        return False
    return first in plain_verbs() or (first in verbs() and second in _AFTER_VERBS)


def has_subject(text: str) -> bool:
    """Whether the words begin with who or what does something, and go on with the verb of it."""
    words = words_of(text)
    if not words or text.lstrip()[:1] == "@":
        return False
    first, second = words[0].text, words[1].text if len(words) > 1 else ""
    if first in verbs() or care.is_past(first) or first.endswith("ing") or begins_with_verb(text):
        return False
    base = base_of(first)
    if base is not None and (base in plain_verbs() or second in _AFTER_VERBS - _PREPOSITIONS):
        return False
    if needs_main_clause(text) and "," in text:
        return has_main_verb(text.rpartition(",")[2])
    return has_main_verb(text)


def begins_with_verb(text: str, *, bare: bool = False) -> bool:
    """Whether the words begin with the verb of somebody named before them ("won't be there", "is the one").

    `bare`: with the plain form of a verb too, as after "did".
    """
    words = [word.text for word in words_of(text)]
    while len(words) > 1 and (words[0] in _ADVERBS or words[0].endswith("ly")):
        words = words[1:]
    if not words:
        return False
    if words[0] in _FINITE:
        return words[0] not in _SUBJECTS
    if bare and words[0] in plain_verbs():
        return True
    base = base_of(words[0])
    return base is not None and (base in plain_verbs() or (len(words) > 1 and words[1] in _AFTER_VERBS))


def begins_with_determiner(text: str) -> bool:
    """Whether the words begin as a thing named does ("no posts until Monday", "your photo of the week")."""
    words = words_of(text)
    return bool(words) and (words[0].text in _DETERMINERS or words[0].text[0].isdigit())


def stands_alone(text: str) -> bool:
    """Whether the words read as a sentence, or as the sort of fragment that a post may be made of; where they end is
    not looked at (see `dangles`)."""
    words = [word.text for word in words_of(text)]
    if len(words) < 2 or not is_balanced(text) or words[0] in _UNFIT_STARTS:
        return False
    if words[0] in _LEADS_UP:
        return "," in text and has_main_verb(text.partition(",")[2])
    if _is_gerund(words[0]) and words[0] not in listed("gerund_nouns") and not greets(text):
        return any(word in _FINITE for word in words)
    return has_main_verb(text) or (len(words) > 2 and words[0] not in _PREPOSITIONS)


def greets(text: str) -> bool:
    """Whether the words wish, thank or announce without a subject ("Wishing Ana a good retirement")."""
    words = words_of(text)
    return len(words) > 2 and words[0].text in listed("greetings")


def needs_main_clause(text: str) -> bool:
    """Whether the words begin with what leads up to a main clause ("when the clinic opened", "after a long week")."""
    words = words_of(text)
    return bool(words) and (words[0].text in _LEADS_UP or words[0].text in _PREPOSITIONS)


def dangles(text: str) -> bool:
    """Whether the words break off after one that leads on ("the office is", "a chat with")."""
    words = words_of(text)
    if len(words) > 1 and (words[-2].text, words[-1].text) in _NOT_DANGLING:
        return False
    return not words or words[-1].text in _DANGLING


def is_balanced(text: str) -> bool:
    """Whether quotation marks and brackets close."""
    return text.count('"') % 2 == 0 and text.count("(") == text.count(")") and text.count("[") == text.count("]")


def is_question(text: str) -> bool:
    """Whether the words themselves ask ("who is on call", "do we open"), whatever mark they end with."""
    words = [word.text for word in words_of(text)]
    if not words:
        return False
    is_turned = words[0] in _FINITE and len(words) > 1 and words[1] in _SUBJECTS | _DETERMINERS
    return is_turned or words[0] in listed("asks")


def takes_more(text: str) -> bool:
    """Whether the last word is a verb, so that a phrase after it may belong to it ("I live", "we went")."""
    words = words_of(text)
    if not words:
        return True
    last, before = words[-1].text, words[-2].text if len(words) > 1 else ""
    if last in verbs() and last not in plain_verbs() and (before in _BEFORE_NOUNS or before in _PREPOSITIONS):
        return False
    return last in _FINITE or last in verbs() or base_of(last) is not None or care.is_past(last) or last.endswith("ing")


def is_noun(words: Sequence[Word], at: int) -> bool:
    """Whether a word may name a thing, so far as small words and common verbs tell."""
    word, before = words[at].text, words[at - 1].text if at else ""
    is_verb = word in plain_verbs() or care.is_past(word) or (word in verbs() and before in _MANY)
    return not (is_verb or word in _SMALL or len(word) < _LEAST_NOUN or word.endswith(("ly", "ing")))


_THIRD = {"is": "are", "was": "were", "has": "have", "does": "do", "goes": "go", "doesn't": "don't", "isn't": "aren't"}
_THIRD |= {"wasn't": "weren't", "hasn't": "haven't"}
_TITLE = re.compile(r"\W{0,6}Miss [A-Z]")
_LEAST_NOUN = 3  # letters
_NOT_DANGLING = frozenset((("and", "i"), *((verb, "to") for verb in ("have", "has", "had", "need", "want", "used"))))

_SUBJECTS = listed("subjects")
_DETERMINERS = listed("determiners")
_NUMERALS = listed("numerals")
_BEFORE_NOUNS = listed("before_nouns")
_FINITE = listed("finite")
_PREPOSITIONS = listed("prepositions")
_LEADS_UP = listed("leads_up")
_SUBORDINATORS = listed("subordinators")
_DANGLING = (_PREPOSITIONS - listed("particles")) | listed("dangling")
_UNFIT_STARTS = listed("unfit_starts")
_BEFORE_IMPERATIVES = listed("before_imperatives")
_ADVERBS = listed("adverbs")
_AFTER_VERBS = (_DETERMINERS | _PREPOSITIONS | listed("after_verbs")) - listed("not_after_verbs")
_WHEN = listed("here_and_now") | listed("when")
_SMALL = _SUBJECTS | _DETERMINERS | _FINITE | _PREPOSITIONS | _LEADS_UP | _BEFORE_IMPERATIVES | listed("asks")
_MANY = frozenset(("i", "we", "you", "they", "who", "that", "people"))  # subjects that take the plain form of a verb


def _is_finite(words: Sequence[Word], at: int) -> bool:
    word = words[at].text
    first = at
    while first and (words[first - 1].text in _ADVERBS or words[first - 1].text.endswith("ly")):
        first -= 1
    before = words[first - 1].text if first else ""
    after = words[at + 1].text if at + 1 < len(words) else ""
    if word in _FINITE:
        return before not in ("to", "a", "the")
    if before in _BEFORE_NOUNS or before in _NUMERALS or before == "to":
        return False
    if care.is_past(word):
        return before not in _PREPOSITIONS
    if word in plain_verbs():
        is_free = before not in _PREPOSITIONS and before not in _FINITE
        return before in _MANY or (is_free and any(_is_plural(other.text) for other in words[:first]))
    if word in verbs():
        is_verb = not after or after in _AFTER_VERBS or after in _WHEN
        return before in _MANY or (_is_plural(before) and is_verb)
    return base_of(word) is not None and bool(before) and before not in _PREPOSITIONS and not before.isdigit()


def _is_plural(word: str) -> bool:
    return word in listed("plurals") or (word.endswith("s") and not word.endswith(("ss", "'s")) and word not in _SMALL)


def _is_gerund(word: str) -> bool:
    stem = word.removesuffix("ing")
    return stem != word and (stem in verbs() or f"{stem}e" in verbs() or stem[:-1] in verbs())
