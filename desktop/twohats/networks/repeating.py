"""What a fault means where it costs nothing to begin again, and where somebody only looks."""

from collections.abc import Iterator
from contextlib import contextmanager

from twohats.model.errors import NetworkError, OutcomeUnknown, SignedOut, Unreachable


@contextmanager
def safe_to_repeat() -> Iterator[None]:
    """Where a lost answer costs nothing: before the post itself, and when taking down. It is safe to begin again."""
    try:
        yield
        return
    except OutcomeUnknown as problem:
        early = Unreachable(problem.code, **problem.facts)
    raise early


@contextmanager
def only_looking() -> Iterator[None]:
    """Where a post is looked for: whatever kept us from seeing says nothing of the post, so it stays unknown. A login
    that has ended is told as such, since renewing it may help."""
    try:
        yield
        return
    except SignedOut:
        raise
    except NetworkError as problem:
        lost = OutcomeUnknown(problem.code, **problem.facts)
    raise lost
