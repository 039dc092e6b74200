"""Finds the weights of the small signs of a client (boundary/signs.py) from labelled posts.

usage: python packaging/signs/weigh.py POSTS.jsonl [--check]

POSTS.jsonl has lines {"id", "text", "spans": [[start, end, category], ...]} with offsets in code points. Writes
resources/policy/client_signs.toml; with --check it only prints figures of a five-fold cross-validation. The standard
library is enough: logistic regression by AdaGrad with an L2 penalty, over the names of signs. No word of a post goes
into the weights.
"""

import argparse
import json
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from twohats.assets import resources
from twohats.boundary.rule import Surroundings
from twohats.boundary.sentences import plain, split
from twohats.boundary.signs import Weights, probability, signs_of

CLEAN_MARKED = 0.012  # share of clean posts that may be marked by the signs alone; sets the threshold
EPOCHS = 12
RATE = 0.1
PENALTY = 1e-3  # for each sentence
LEAST = 8  # a sign that fewer sentences bear is left out


@dataclass(frozen=True, slots=True)
class Post:
    """One labelled post: for each sentence its signs, and whether a client is told of there."""

    is_clean: bool
    has_client: bool
    sentences: tuple[tuple[frozenset[str], bool], ...]


def main() -> None:
    """Reads the posts, prints the figures, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--check", action="store_true", help="only print the figures of a cross-validation")
    chosen = parser.parse_args()
    posts = [read(line) for line in chosen.posts.read_text(encoding="utf-8").splitlines() if line.strip()]
    random.Random(7).shuffle(posts)  # noqa: S311  the order of posts, nothing secret
    folds = [posts[number::5] for number in range(5)]
    chances: list[tuple[Post, float]] = []
    for held in folds:
        weights = fit([post for fold in folds if fold is not held for post in fold])
        chances += [(post, highest(post, weights)) for post in held]
    threshold = threshold_for(chances)
    clients = [chance for post, chance in chances if post.has_client]
    found = sum(chance >= threshold for chance in clients)
    print(f"threshold {threshold:.3f}: {found} of {len(clients)} posts with a client, by the signs alone")
    if not chosen.check:
        write(fit(posts), threshold, resources() / "policy" / "client_signs.toml")


def read(line: str) -> Post:
    """One line of the posts file."""
    item = json.loads(line)
    told = [(start, end) for start, end, category in item["spans"] if category == "client"]
    form = plain(item["text"])
    places = list(split(form.text))
    texts = [form.text[start:end] for start, end in places]
    rows = []
    for number, (start, end) in enumerate(places):
        if start == end:
            continue
        begin, finish = form.to_field(start, end)
        is_told = any(one < finish and begin < other for one, other in told)
        around = Surroundings(
            before=texts[number - 1] if number else "", after=texts[number + 1] if number + 1 < len(texts) else ""
        )
        rows.append((signs_of(texts[number], around), is_told))
    return Post(not item["spans"], bool(told), tuple(rows))


def fit(posts: Iterable[Post]) -> Weights:
    """The weights that tell the sentences apart. Sentences beside a client's story count neither way."""
    rows = [row for post in posts for row in post.sentences if row[1] or not post.has_client]
    borne: dict[str, int] = {}
    for signs, _ in rows:
        for sign in signs:
            borne[sign] = borne.get(sign, 0) + 1
    known = {sign for sign, number in borne.items() if number >= LEAST}
    inputs = [([sign for sign in sorted(signs) if sign in known], is_told) for signs, is_told in rows]
    of = dict.fromkeys(sorted(known), 0.0)
    squares = dict.fromkeys(of, 1e-6)
    base, base_square = math.log(sum(told for _, told in inputs) / len(inputs)), 1e-6
    chance = random.Random(7)  # noqa: S311
    for _ in range(EPOCHS):
        chance.shuffle(inputs)
        for signs, is_told in inputs:
            guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, base + sum(of[sign] for sign in signs)))))
            miss = guess - is_told
            base_square += miss * miss
            base -= RATE * miss / math.sqrt(base_square)
            for sign in signs:
                slope = miss + PENALTY * of[sign] * len(inputs) / borne[sign]
                squares[sign] += slope * slope
                of[sign] -= RATE * slope / math.sqrt(squares[sign])
    return Weights(base, 0.5, of)


def highest(post: Post, weights: Weights) -> float:
    """The chance of the most telling sentence."""
    return max((probability(signs, weights) for signs, _ in post.sentences), default=0.0)


def threshold_for(chances: Sequence[tuple[Post, float]]) -> float:
    """The chance that only CLEAN_MARKED of the clean posts reach."""
    clean = sorted((chance for post, chance in chances if post.is_clean), reverse=True)
    return clean[int(len(clean) * CLEAN_MARKED)]


def write(weights: Weights, threshold: float, path: Path) -> None:
    """The weights as a data file, strongest first."""
    ordered = sorted(weights.of.items(), key=lambda item: (-abs(item[1]), item[0]))
    lines = [
        "# Weights of the small signs of a client, in log-odds. Written by packaging/signs/weigh.py; do not edit.",
        f"base = {weights.base:.4f}",
        f"threshold = {threshold:.4f}",
        "",
        "[of]",
        *(f'"{sign}" = {weight:.3f}' for sign, weight in ordered if abs(weight) >= 0.02),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
