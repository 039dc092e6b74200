"""How long the check takes: a fresh one, and after one edit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from tests.bench.measure import Row, median_ms, timed_ms
from tests.bench.texts import post_of

from twohats.boundary.check import make_checker
from twohats.model.draft import Draft
from twohats.model.identity import Hat, fresh_identities
from twohats.model.policy import Policy

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROFESSIONAL = fresh_identities()[1]


def rows() -> Iterator[Row]:
    """Cold is a checker that has seen nothing; one edit is a letter typed in the middle of what it knows."""
    yield Row("make the checker", timed_ms(make_checker), "ms")
    for characters in (280, 5_000):
        draft = Draft("bench", NOW, NOW, hat=Hat.PROFESSIONAL, text=post_of(characters))
        yield Row(f"check {characters:,} characters, cold", _cold_ms(draft), "ms")
        yield Row(f"check {characters:,} characters, after one edit", _edited_ms(draft), "ms")


def _cold_ms(draft: Draft) -> float:
    make_checker().check(draft, PROFESSIONAL, Policy())  # patterns are compiled once a process
    fresh = iter([make_checker() for _ in range(5)])
    return median_ms(lambda: next(fresh).check(draft, PROFESSIONAL, Policy()), 5)


def _edited_ms(draft: Draft) -> float:
    checker = make_checker()
    checker.check(draft, PROFESSIONAL, Policy())
    middle = draft.text.index(" ", len(draft.text) // 2)
    texts = [draft.text[:middle] + "abcdefghijklmnopqrst"[: n + 1] + draft.text[middle:] for n in range(20)]
    edits = iter(texts)
    return median_ms(lambda: checker.check(replace(draft, text=next(edits)), PROFESSIONAL, Policy()), len(texts))
