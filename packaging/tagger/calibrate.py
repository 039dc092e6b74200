"""Finds the numbers beside the network: the calibration of a stretch, from readings of posts it was not trained on."""

from collections.abc import Sequence

import numpy as np
from posts import CATEGORIES, Post
from sklearn.linear_model import LogisticRegression
from train import Read

from twohats.boundary.sentences import split
from twohats.boundary.tagger.decoding import Settings, features, stretches
from twohats.boundary.tagger.reading import Stretch

PRICE, BIAS = 2.0, -0.5  # nats; of 12 pairs tried, the best edges without fewer posts found
LIMITS = {"mark": 0.45, "gate": 0.8, "hold": 0.985, "doubt": 0.05}
_RAW = Settings(PRICE, BIAS, (0.0, 1.0, 0.0, 0.0, 0.0, 0.0))


def weights(readings: Sequence[Read]) -> tuple[float, ...]:
    """Log-odds for the features of a stretch: how likely it is that it touches something marked."""
    rows: list[tuple[float, ...]] = []
    touches: list[bool] = []
    for reading in readings:
        for stretch, values in _with_features(reading):
            rows.append(values[1:])
            touches.append(_is_marked(reading.post, stretch))
    fitted = LogisticRegression(max_iter=1000).fit(np.array(rows), np.array(touches))
    return (float(fitted.intercept_[0]), *(float(weight) for weight in fitted.coef_[0]))


def _with_features(reading: Read) -> list[tuple[Stretch, tuple[float, ...]]]:
    begins = [start for start, _ in split(reading.post.text)]
    pieces = reading.pieces.astype(np.float32)
    found = []
    for stretch in stretches(pieces, reading.whole, reading.places, begins, _RAW):
        own = [
            number for number, (start, end) in enumerate(reading.places) if stretch.start <= start < end <= stretch.end
        ]
        label = CATEGORIES.index(stretch.category.value) + 1
        found.append((stretch, features(pieces[own], reading.whole, label)))
    return found


def _is_marked(post: Post, stretch: Stretch) -> bool:
    return any(start < stretch.end and stretch.start < end for start, end, _ in post.spans)
