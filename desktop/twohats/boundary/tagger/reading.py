"""What the tagger saw in a text: stretches of one category each, and how sure it is anywhere."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from twohats.model.finding import Category


@dataclass(frozen=True, slots=True)
class Stretch:
    """start..end in code points of the text, end exclusive. `sure` is the calibrated probability, 0..1, that a careful
    colleague would mark it."""

    start: int
    end: int
    category: Category
    sure: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Probabilities, 0..1. From `mark` on the tagger's word is a note, from `gate` on a warning, and from `hold` on it
    may stop what tells of a client. Below `doubt` a rule stands alone against it."""

    mark: float
    gate: float
    hold: float
    doubt: float


@dataclass(frozen=True, slots=True)
class Reading:
    """`crossing[i]` is the probability that word piece i crosses, `places[i]` its start and end in the text; they
    are in order and apart."""

    stretches: tuple[Stretch, ...]
    places: Sequence[tuple[int, int]]
    crossing: Sequence[float]

    def support(self, start: int, end: int) -> float:
        """The highest probability of any word piece in a stretch; 0 when none lies there."""
        probability = 0.0
        for at in range(bisect_right(self.places, start, key=_end), len(self.places)):
            if self.places[at][0] >= end:
                break
            probability = max(probability, self.crossing[at])
        return probability


def _end(place: tuple[int, int]) -> int:
    return place[1]


class Tagger(Protocol):
    """Reads a text whose sentences lie at `sentences`, in code points. Never raises. `version` names its training."""

    version: str
    limits: Limits

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> Reading: ...

    def begin(self, text: str, sentences: Sequence[tuple[int, int]]) -> Callable[[], Reading]:
        """Reads beside the caller, who does something else meanwhile, and then calls what this gives."""
        ...


NOTHING = Reading((), (), ())
