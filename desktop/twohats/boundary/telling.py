"""What the words of a finding tell of, more closely than its category: the variant of its reason that fits them.

A rule knows why it spoke; the tagger names a category alone. So its words are looked up, one by one, in the lists of
resources/policy/tellings.toml: the time grows with their number and with nothing else.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from twohats.assets import resources
from twohats.boundary import grammar
from twohats.model.finding import Category

READ = "read"  # fits any words of the category


def variant(category: Category, words: str) -> str:
    """The variant of the reason that fits the words best; "read" when the lists know none of them."""
    telling = _telling(category.value)
    told = min(_told(telling, _said(words)), default=None)
    for name, shape in telling.shapes:
        rank = telling.ranks[name]
        if (told is None or rank < told[0]) and shape.search(words):
            told = rank, 0, name
    return told[2] if told else READ


def variants(category: Category) -> tuple[str, ...]:
    """Every variant that words of the category can be given, "read" the last."""
    return (*_telling(category.value).ranks, READ)


@dataclass(frozen=True, slots=True)
class _Telling:
    """The lists of one category. `ranks` are the places of the variants' groups, the gravest 0; `names` the variants by
    phrase; `lengths` how many words the phrases have that begin with a word, the longest first; `stems` go by their
    first letters, with their variant; `heads` are the first letters of all there is: most words are passed over.
    """

    ranks: dict[str, int]
    names: dict[tuple[str, ...], str]
    lengths: dict[str, list[int]]
    stems: dict[str, list[tuple[str, str]]]
    heads: set[str]
    shapes: Sequence[tuple[str, re.Pattern[str]]]


def _told(telling: _Telling, said: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Rank, place and name of each variant that the words touch. A phrase hides the shorter ones inside it."""
    small = [word.lower() for word in said]
    at = 0
    while at < len(small):
        if small[at][:_HEAD] not in telling.heads:
            at += 1
            continue
        length, name = _longest(telling, small, at)
        if said[at].isupper():  # some words count in capitals alone: "MS"
            name = telling.names.get((said[at],), name)
        if name in telling.ranks:
            yield telling.ranks[name], at, name
        at += length


def _longest(telling: _Telling, small: Sequence[str], at: int) -> tuple[int, str]:
    """How many words the longest phrase has that begins at a place, and its variant; (1, "") when none does."""
    word = small[at]
    for length in telling.lengths.get(word, ()):
        phrase = tuple(small[at : at + length])
        name = telling.names.get(phrase) or telling.names.get((*phrase[:-1], _single(phrase[-1])))
        if name:
            return length, name
    for stem, name in telling.stems.get(word[:_STEM], ()):
        if word.startswith(stem):
            return 1, name
    return 1, telling.names.get((_single(word),), "")


def _said(words: str) -> list[str]:
    if "#" in words:
        words = _HUMP.sub(" ", words)
    return _WORD.findall(words.replace("’", "'").replace("-", " "))


def _single(word: str) -> str:
    """A word without the -s of a possessive or a plural; "" for one that has none."""
    if not word.endswith("s") or len(word) < _LEAST_PLURAL:
        return ""
    return word[:-2] if word.endswith("'s") else word[:-1]


_WORD = re.compile(r"\w+(?:['&]\w+)*|[^\w\s]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # in "#HomeAlone"
_HEAD = 3  # letters
_STEM = 4  # letters of a stem that it goes by: none is shorter
_LEAST_PLURAL = 4  # letters: "was" is no plural


@cache
def _telling(category: str) -> _Telling:
    """The lists of a category. Raises ValueError or KeyError when the file is wrong."""
    row = _rows()[category]
    telling = _Telling(
        ranks={name: rank for rank, group in enumerate(row["order"]) for name in group},
        names={},
        lengths={},
        stems={},
        heads=set(),
        shapes=[(name, re.compile("|".join(shapes))) for name, shapes in row.get("shapes", {}).items()],
    )
    for name, entries in row["words"].items():
        for entry in entries.split(","):
            _list(telling, entry.strip(), name)
    for name, files in row.get("lexicons", {}).items():
        for entry in (entry for file in files for entry in grammar.words(file)):
            said = _said(entry)
            if not any(_longest(telling, said, at)[1] for at in range(len(said))):
                _list(telling, entry, name)
    for lengths in telling.lengths.values():
        lengths.sort(reverse=True)
    return telling


def _list(telling: _Telling, entry: str, name: str) -> None:
    if name not in telling.ranks and name != READ:
        raise ValueError(f"{name} has no place in the order")
    stem = entry.removesuffix("*")
    if stem == entry:
        phrase = tuple(_said(entry))
        telling.names.setdefault(phrase, name)
        telling.heads.add(phrase[0][:_HEAD].lower())
        lengths = telling.lengths.setdefault(phrase[0], [])
        if len(phrase) not in lengths:
            lengths.append(len(phrase))
    elif len(stem) >= _STEM and stem.isalpha():
        telling.stems.setdefault(stem[:_STEM], []).append((stem, name))
        telling.heads.add(stem[:_HEAD])
    else:
        raise ValueError(f"{entry} is no stem")


@cache
def _rows() -> dict[str, Any]:  # as TOML gives it
    with (resources() / "policy" / "tellings.toml").open("rb") as file:
        return tomllib.load(file)
