"""Which language a text is written in, where that is sure; whatever is not counts as English and is checked in full."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from twohats.boundary.grammar import words
from twohats.boundary.rule import ENGLISH


def language_of(text: str) -> str:
    """ "en", or the ISO 639-1 code of another language when it is sure ("sh" for Bosnian, Croatian and Serbian in Latin
    letters).

    Names, hashtags, lists, slang and whatever is short tell too little: they stay "en", since a text taken for
    another language is hardly checked at all.
    """
    return _verdict(text[:_LONGEST]) or ENGLISH


def spoken_in(text: str) -> tuple[str, tuple[str, ...]]:
    """The language in which most of a post stands, counted by paragraph, and the other ones that are not English."""
    whole = language_of(text)
    lengths = {whole: 0}
    for found in _PARAGRAPH.finditer(text):
        language = _verdict(found.group()[:_LONGEST]) or whole
        lengths[language] = lengths.get(language, 0) + len(found.group())
    most = max(lengths, key=lambda language: (lengths[language], language == ENGLISH))
    return most, tuple(language for language in lengths if language not in (most, ENGLISH))


def by_sentence(text: str, sentences: Sequence[tuple[int, int]], usual: str) -> Sequence[str]:
    """The language of each sentence (start, end) of a field: that of its paragraph, or `usual` where that one does not
    tell. An English sentence stays English in whatever it stands."""
    paragraphs = _PARAGRAPH.finditer(text)
    found: list[str] = []
    language, last = usual, 0
    for start, end in sentences:
        while last <= start and (paragraph := next(paragraphs, None)):
            last = paragraph.end()
            language = _verdict(paragraph.group()[:_LONGEST]) or usual
        found.append(language if language == ENGLISH else _verdict(text[start:end][:_LONGEST]) or language)
    return found


if TYPE_CHECKING:
    from gcld3 import NNetLanguageIdentifier

_PARAGRAPH = re.compile(r"[^\n]+")
_TOO_SHORT = 24  # letters of the Latin alphabet
_FEW_WORDS = 5
_LEAST_IN_SCRIPT = 4  # letters of another script
_ENGLISH_SHARE = 0.15  # of the words; real English has 0.3 and more
_OWN_SHARE = 0.2  # of the words: small ones of the language, and those with letters that English lacks
_OWN_SHARE_ALONE = 0.4  # the same, where the library is not sure
_OWN_SHARE_CERTAIN = 0.1  # the same, where the library is certain and no English word is there
_SURE = 0.7
_CERTAIN = 0.99
_LONGEST = 2000  # characters that are looked at
_LONGEST_TAG = 40  # characters; where no spaces are written, more than the tag follows it

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN = re.compile("[a-zA-Z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")
# Scripts, the languages written in them as the library names them, the first where it cannot tell.
_SCRIPTS = (
    (re.compile("[\u0400-\u052f]"), ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg")),
    (re.compile("[\u0600-\u06ff\u0750-\u077f]"), ("ar", "fa", "ur", "ps", "sd")),
    (re.compile("[\u0900-\u097f]"), ("hi", "mr", "ne")),
    (re.compile("[\u0590-\u05ff]"), ("he", "yi")),
    (re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), ("el",)),
    (re.compile("[\u0530-\u058f]"), ("hy",)),
    (re.compile("[\u10a0-\u10ff]"), ("ka",)),
    (re.compile("[\u1200-\u137f]"), ("am",)),
    (re.compile("[\u0980-\u09ff]"), ("bn",)),
    (re.compile("[\u0a00-\u0a7f]"), ("pa",)),
    (re.compile("[\u0a80-\u0aff]"), ("gu",)),
    (re.compile("[\u0b80-\u0bff]"), ("ta",)),
    (re.compile("[\u0c00-\u0c7f]"), ("te",)),
    (re.compile("[\u0c80-\u0cff]"), ("kn",)),
    (re.compile("[\u0d00-\u0d7f]"), ("ml",)),
    (re.compile("[\u0d80-\u0dff]"), ("si",)),
    (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    (re.compile("[\u0e80-\u0eff]"), ("lo",)),
    (re.compile("[\u1000-\u109f]"), ("my",)),
    (re.compile("[\u1780-\u17ff]"), ("km",)),
    (re.compile("[\u1100-\u11ff\uac00-\ud7af]"), ("ko",)),
)
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_CODES = {"iw": "he", "fil": "tl", "bs": "sh", "hr": "sh"}  # by the library: by ISO 639-1
_asking = Lock()


@lru_cache(maxsize=256)
def _verdict(text: str) -> str:
    """The language of a text of at most _LONGEST characters, or "" where it does not tell."""
    bare = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    if _MAY_TELL_NOTHING.search(bare):
        bare = " ".join(piece for piece in bare.split() if not _tells_nothing(piece))
    found = _WORD.findall(bare)
    if not found:
        return ""
    if not bare.isascii():
        letters = "".join(found)
        if len(_LATIN.findall(letters)) * 2 < len(letters):
            return _by_script(letters, " ".join(bare.split()))
    return _by_words(found)


_MAY_TELL_NOTHING = re.compile(r"[@#\d]|://|www\.")


def _tells_nothing(piece: str) -> bool:
    """Links, addresses, handles, hashtags and what holds figures: nobody's language, or that of somewhere else."""
    if "@" in piece or "://" in piece or piece.startswith("www."):
        return True
    if piece.startswith("#"):
        return len(piece) <= _LONGEST_TAG
    return piece.isascii() and not piece.isalpha() and any(character.isdigit() for character in piece)


def _by_script(letters: str, bare: str) -> str:
    kana, han = len(_KANA.findall(letters)), len(_HAN.findall(letters))
    if kana + han >= _LEAST_IN_SCRIPT and (kana + han) * 2 > len(letters):
        return "ja" if kana * 10 >= han else "zh"
    for script, languages in _SCRIPTS:
        count = len(script.findall(letters))
        if count >= _LEAST_IN_SCRIPT and count * 2 > len(letters):
            named, _ = _named(bare) if len(languages) > 1 else (languages[0], 1.0)
            return named if named in languages else languages[0]
    return ""


def _by_words(found: Sequence[str]) -> str:
    told = [word.casefold() for word in found]
    english = sum(map(_english().__contains__, told))
    if english >= max(1, _ENGLISH_SHARE * len(told)):
        return ENGLISH
    if len(told) < _FEW_WORDS or sum(map(len, told)) < _TOO_SHORT:
        return ""
    # Names are capitals: "Del Toro" and "Modrić" are no Spanish and no Croatian.
    is_shouted = all(word.isupper() for word in found)
    lower = [word.casefold() for word in found if is_shouted or word[0].islower()]
    named, sure = _named(" ".join(told))
    share = _OWN_SHARE_CERTAIN if sure >= _CERTAIN and not english else _OWN_SHARE
    if sure < _SURE:
        named = max(_small_words(), key=lambda code: sum(word in _small_words()[code] for word in lower))
        share = _OWN_SHARE_ALONE
    small = _small_words().get(named)
    if small is None:
        return ""
    own = sum(word in small or not word.isascii() for word in lower)
    return named if own > max(1, english, share * len(told)) else ""


@cache
def _english() -> frozenset[str]:
    return frozenset(words("english_words"))


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    lines = (line.partition(":") for line in words("small_words"))
    return {code: frozenset(listed.split()) for code, _, listed in lines}


def _named(text: str) -> tuple[str, float]:
    """What the library takes a text for, and how sure it is (0..1; 0 where it says itself that it is not)."""
    with _asking:
        answer = _library().FindLanguage(text)
    return _CODES.get(answer.language, answer.language), answer.probability if answer.is_reliable else 0.0


@cache
def _library() -> "NNetLanguageIdentifier":
    from gcld3 import NNetLanguageIdentifier  # here: a start should not wait for it

    return NNetLanguageIdentifier(0, 1000)
