"""From a probability for every word piece to stretches: the likeliest labelling, where every change has a price."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twohats.boundary.tagger.reading import Stretch
from twohats.model.finding import Category

CATEGORIES: tuple[Category, ...] = (
    Category.RELATIONSHIPS,
    Category.HEALTH,
    Category.WHEREABOUTS,
    Category.CONTACT,
    Category.DEMOGRAPHICS,
    Category.BELIEFS,
    Category.FINANCES,
    Category.PRIVATE_LIFE,
    Category.FEELINGS,
    Category.WORKPLACE,
    Category.CLIENT,
    Category.THIRD_PARTY,
    Category.CONDUCT,
)
FEATURES = ("base", "most", "mean", "post", "posts", "length")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """`price` of a change of label and `bias` of no label, in nats; `weights` of FEATURES, in log-odds."""

    price: float
    bias: float
    weights: tuple[float, ...]


def stretches(
    pieces: Floats, post: Floats, places: Sequence[tuple[int, int]], cuts: Sequence[int], settings: Settings
) -> list[Stretch]:
    """The stretches of a text, none across one of `cuts` (places in the text where a sentence begins).

    `pieces` are probabilities (n, 14) of none and the categories, `post` (13,) those of the whole text; `places[i]` is
    where piece i stands, empty for what is no word.
    """
    words = [number for number, (start, end) in enumerate(places) if end > start]
    told = pieces if len(words) == len(places) else pieces[words]
    if not words or not _may_cross(told, settings):
        return []
    labels = _likeliest(told, settings)
    found: list[Stretch] = []
    begin = 0
    begins = set(cuts)
    for at in range(1, len(words) + 1):
        is_end = at == len(words) or labels[at] != labels[begin]
        if not is_end and not (labels[begin] and _is_cut(places, words, at, begins)):
            continue
        if labels[begin]:
            own = told[begin:at]
            sure = _sure(features(own, post, labels[begin]), settings.weights)
            category = CATEGORIES[labels[begin] - 1]
            found.append(Stretch(places[words[begin]][0], places[words[at - 1]][1], category, sure))
        begin = at
    return found


def features(own: Floats, post: Floats, label: int) -> tuple[float, ...]:
    """What the calibration weighs, in the order of FEATURES, for the pieces of one stretch."""
    crossing = 1 - own[:, 0]
    return (
        1.0,
        _log_odds(float(crossing.max())),
        _log_odds(float(crossing.mean())),
        _log_odds(float(post[label - 1])),
        _log_odds(float(post.max())),
        math.log(len(own)),
    )


def _may_cross(pieces: Floats, settings: Settings) -> bool:
    """Whether any piece alone leans to a category; without one the likeliest labelling is none throughout."""
    return bool((pieces[:, 1:].max(axis=1) > pieces[:, 0] * math.exp(settings.bias)).any())


def _likeliest(pieces: Floats, settings: Settings) -> list[int]:
    """Viterbi, where every change of label costs the same: the best before is the same label or the best of all.

    A label that is nowhere likelier than none is left out: none in its place would be as good and change no oftener.
    """
    scores = np.log(np.maximum(pieces, 1e-4))
    scores[:, 0] += settings.bias
    likelier = (scores[:, 1:] > scores[:, :1]).any(axis=0)
    kept = [0, *(np.flatnonzero(likelier) + 1).tolist()]
    best, *rest = scores[:, kept].tolist()
    stays: list[tuple[list[bool], int]] = []
    for score in rest:
        most = max(best)
        changed = most - settings.price
        stays.append(([one >= changed for one in best], best.index(most)))
        best = [(one if one >= changed else changed) + own for one, own in zip(best, score, strict=True)]
    label = best.index(max(best))
    labels = [kept[label]]
    for stay, top in reversed(stays):
        label = label if stay[label] else top
        labels.append(kept[label])
    return labels[::-1]


def _is_cut(places: Sequence[tuple[int, int]], words: Sequence[int], at: int, begins: set[int]) -> bool:
    before, here = places[words[at - 1]], places[words[at]]
    return any(place in begins for place in range(before[0] + 1, here[0] + 1))


def _sure(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
