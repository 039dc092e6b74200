"""Finds the weights of the small signs of a client (boundary/signs.py) from labelled posts.

usage: python packaging/signs/weigh.py POSTS.jsonl [--check]

POSTS.jsonl has lines {"id", "text", "spans": [[start, end, category], ...]} with offsets in code points. Writes
resources/policy/client_signs.toml; with --check it only prints figures of a five-fold cross-validation. The standard
library is enough: logistic regression by AdaGrad with an L2 penalty, over the names of signs. No word of a post goes
into the weights.

The threshold is the lowest at which the whole check, rules and signs together, asks about no more than CLEAN_GATED of
the clean posts, each post weighed by weights found without it.
"""

import argparse
import json
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from twohats.assets import resources
from twohats.boundary import care
from twohats.boundary.check import BoundaryChecker, make_checker
from twohats.boundary.rule import Sentence, Surroundings
from twohats.boundary.sentences import plain, split
from twohats.boundary.signs import Weights, probability, signs_of, speaks_of_public_matters
from twohats.model.draft import Draft
from twohats.model.finding import Category, Finding, Severity
from twohats.model.identity import Hat, Identity
from twohats.model.policy import Policy

CLEAN_GATED = 0.03  # share of clean posts that the whole check may ask about: one in a hundred below the goal of 4 %,
# since the rules themselves were written with these posts in sight
EPOCHS = 12
RATE = 0.1
PENALTY = 1e-3  # for each sentence
LEAST = 8  # a sign that fewer sentences bear is left out


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: its signs, whether a client is told of in it, whether the check would let the signs speak."""

    signs: frozenset[str]
    is_told: bool
    may_speak: bool


@dataclass(frozen=True, slots=True)
class Post:
    """One labelled post. `is_gated` and `is_found`: what the rules do without the signs, any gate and a client's."""

    is_clean: bool
    has_client: bool
    is_gated: bool
    is_found: bool
    sentences: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of posts at one threshold: clean ones asked about, those with a client asked about as such."""

    threshold: float
    false_gates: float
    client_recall: float


def main() -> None:
    """Reads the posts, prints the figures, writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--check", action="store_true", help="only print the figures of a cross-validation")
    chosen = parser.parse_args()
    posts = [read(line) for line in chosen.posts.read_text(encoding="utf-8").splitlines() if line.strip()]
    random.Random(7).shuffle(posts)
    folds = [posts[number::5] for number in range(5)]
    held_out: list[tuple[Post, float]] = []
    for held in folds:
        weights = fit([post for fold in folds if fold is not held for post in fold])
        held_out += [(post, highest(post, weights)) for post in held]
    weights = fit(posts)
    threshold = threshold_for(held_out)
    seen = [(post, highest(post, weights)) for post in posts]
    for name, chances, at in (
        ("rules alone", held_out, 2.0),
        ("out of fold", held_out, threshold),
        ("in sample", seen, threshold),
        *(("out of fold", held_out, step / 100) for step in (20, 25, 30, 35, 40, 50)),
    ):
        figures = figures_at(chances, at)
        print(
            f"{name:12} threshold {figures.threshold:.3f}: {figures.false_gates:.2%} of clean posts asked about,"
            f" {figures.client_recall:.2%} of posts with a client found"
        )
    if not chosen.check:
        write(weights, threshold, resources() / "policy" / "client_signs.toml")


def read(line: str) -> Post:
    """One line of the posts file."""
    item = json.loads(line)
    told = [(start, end) for start, end, category in item["spans"] if category == "client"]
    form = plain(item["text"])
    places = list(split(form.text))
    texts = [form.text[start:end] for start, end in places]
    findings = [finding for finding in found_in(item["text"]) if not is_by_signs(finding)]
    rows = []
    for number, (start, end) in enumerate(places):
        if start == end:
            continue
        begin, finish = form.to_field(start, end)
        is_told = any(one < finish and begin < other for one, other in told)
        around = Surroundings(
            before=texts[number - 1] if number else "", after=texts[number + 1] if number + 1 < len(texts) else ""
        )
        may_speak = (
            len(texts[number]) >= 8
            and care.is_told_as_story(Sentence(texts[number]), around)
            and not speaks_of_public_matters(texts[number])
            and not any(finding.span.start < finish and begin < finding.span.end for finding in findings)
        )
        rows.append(Row(signs_of(texts[number], around), is_told, may_speak))
    return Post(
        not item["spans"],
        bool(told),
        bool(findings),
        any(finding.category is Category.CLIENT for finding in findings),
        tuple(rows),
    )


def found_in(text: str) -> Sequence[Finding]:
    """What the check asks about in a professional post."""
    draft = Draft("post", _NOW, _NOW, text=text)
    found = _checker().check(draft, Identity(Hat.PROFESSIONAL, ""), Policy()).findings
    return [finding for finding in found if finding.severity >= Severity.WARN]


def is_by_signs(finding: Finding) -> bool:
    """Whether only the signs spoke: the one case in which C2 asks and does not stop."""
    return finding.rule == "C2" and finding.severity is Severity.WARN


def fit(posts: Iterable[Post]) -> Weights:
    """The weights that tell the sentences apart. Sentences beside a client's story count neither way."""
    rows = [row for post in posts for row in post.sentences if row.is_told or not post.has_client]
    borne: dict[str, int] = {}
    for row in rows:
        for sign in row.signs:
            borne[sign] = borne.get(sign, 0) + 1
    known = {sign for sign, number in borne.items() if number >= LEAST}
    inputs = [([sign for sign in sorted(row.signs) if sign in known], row.is_told) for row in rows]
    of = dict.fromkeys(sorted(known), 0.0)
    squares = dict.fromkeys(of, 1e-6)
    base, base_square = math.log(sum(told for _, told in inputs) / len(inputs)), 1e-6
    chance = random.Random(7)
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
    """The chance of the most telling sentence in which the signs may speak."""
    return max((probability(row.signs, weights) for row in post.sentences if row.may_speak), default=0.0)


def figures_at(chances: Sequence[tuple[Post, float]], threshold: float) -> Figures:
    """What the whole check does at a threshold."""
    clean = [post.is_gated or chance >= threshold for post, chance in chances if post.is_clean]
    clients = [post.is_found or chance >= threshold for post, chance in chances if post.has_client]
    return Figures(threshold, sum(clean) / max(1, len(clean)), sum(clients) / max(1, len(clients)))


def threshold_for(chances: Sequence[tuple[Post, float]]) -> float:
    """The lowest threshold at which no more than CLEAN_GATED of the clean posts are asked about."""
    for step in range(1000):
        if figures_at(chances, step / 1000).false_gates <= CLEAN_GATED:
            return step / 1000
    return 1.0


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


_NOW = datetime(2026, 11, 22, tzinfo=UTC)  # of no weight: the check does not read the clock


@cache
def _checker() -> BoundaryChecker:
    return make_checker()


if __name__ == "__main__":
    main()
