"""Which of many patterns the words of a text leave possible.

Each pattern has a bit. Every word of a text is looked up once, and met are the needs that it meets (see `needs`); what
a word meets is remembered, so that a sentence costs a few lookups, however many patterns there are.
"""

import re
from collections.abc import Iterator, Sequence

from twohats.boundary.needs import DIGIT, FOREIGN, LONGEST, needs_of, small_letters


class Sieve:
    """Never changed, but for what it remembers: safe to ask from any thread."""

    def __init__(self, sources: Sequence[str]) -> None:
        everything = (1 << len(sources)) - 1
        free = [everything] * _NEEDS
        meets: list[dict[str, int]] = [{} for _ in range(_NEEDS)]
        for number, source in enumerate(sources):
            bit = 1 << number
            for place, need in enumerate(needs_of(source, _NEEDS)):
                free[place] -= bit
                for piece in need:
                    meets[place][piece] = meets[place].get(piece, 0) | bit
        self._free = free
        self._meets = {piece: [met.get(piece, 0) for met in meets] for met in meets for piece in met}
        self._anything = [everything] * _NEEDS
        self._words: dict[str, list[int]] = {}
        self._texts: dict[str, int] = {}

    def possible(self, text: str) -> int:
        """The bits of the patterns whose needs a text meets; no other can match anywhere in it."""
        known = self._texts.get(text)
        if known is not None:
            return known
        first, second, third = self._free
        words = self._words
        for word in _WORD.findall(small_letters(text)):
            one, two, three = words.get(word) or self._learn(word)
            first |= one
            second |= two
            third |= three
        if len(self._texts) >= _TEXTS:
            self._texts = {}
        possible = self._texts[text] = first & second & third
        return possible

    def _learn(self, word: str) -> list[int]:
        if len(word) > _LONGEST_WORD:
            return self._anything
        met = [0] * _NEEDS
        for piece in _pieces_in(word):
            if piece in self._meets:
                met = [one | other for one, other in zip(met, self._meets[piece], strict=True)]
        if len(self._words) >= _WORDS:
            self._words = {}
        self._words[word] = met
        return met


_NEEDS = 3  # of each pattern that are looked at
_TEXTS = 64  # remembered: many rules ask about the same few sentences in turn
_WORDS = 8_000  # remembered
_LONGEST_WORD = 60  # letters; a longer one is taken to hold anything
_WORD = re.compile(r"\w+|[^\w\s]")


def _pieces_in(word: str) -> Iterator[str]:
    """Every piece of a word or a sign, as `needs` writes them."""
    if not word.isascii():
        yield FOREIGN
    if any(map(str.isdecimal, word)):
        yield DIGIT
    yield word
    edged = f" {word} "
    for start in range(len(edged)):
        for end in range(start + 1, min(len(edged), start + LONGEST + 2) + 1):
            yield edged[start:end]
