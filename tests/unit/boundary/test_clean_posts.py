"""Ordinary professional posts are left in peace: at most 2 in 100 gated, 2 in 1,000 stopped."""

import random
from pathlib import Path

from tests.unit.boundary.posts import BARE, check

from twohats.model.finding import Severity, worst

CLEAN = [
    line
    for line in (Path(__file__).parent / "corpus" / "clean_professional.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_the_corpus_is_large_and_varied():
    assert len(CLEAN) == len(set(CLEAN)) >= 300


def test_few_clean_sentences_are_gated_and_hardly_any_stopped():
    worst_of = {sentence: worst(check(sentence, BARE).findings) for sentence in CLEAN}
    gated = [sentence for sentence, severity in worst_of.items() if severity >= Severity.WARN]
    stopped = [sentence for sentence, severity in worst_of.items() if severity is Severity.STOP]
    assert len(gated) <= 0.02 * len(CLEAN), gated
    assert len(stopped) <= 0.002 * len(CLEAN), stopped


def test_a_clean_post_of_300_words_meets_no_dialog():
    """Thirty posts drawn from the corpus; all but one at the most go straight through."""
    draw = random.Random(1)
    met = 0
    for _ in range(30):
        post: list[str] = []
        while sum(len(sentence.split()) for sentence in post) < 300:
            post.append(draw.choice(CLEAN))
        met += worst(check(" ".join(post), BARE).findings) >= Severity.WARN
    assert met <= 1
