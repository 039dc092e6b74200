"""Lets the typing go first: for a moment after a key, work in other threads waits, so that the key is painted at once.

Python runs one thread at a time. A check that holds the interpreter when a key comes would make the key wait for it,
and again each time Qt hands the interpreter back.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from time import monotonic, sleep

_MOMENT_S = 0.03  # longer than a key takes to its paint, shorter than the pause to the next when a key is held down


class Overtaken(Exception):
    """What was being worked on is wanted no more."""


class Courtesy:
    """Told of keys on the main thread, asked by work in another between its small steps."""

    def __init__(self) -> None:
        self._until = 0.0
        self._work = local()

    def note_key(self) -> None:
        """A key was pressed."""
        self._until = monotonic() + _MOMENT_S

    @contextmanager
    def only_while(self, is_wanted: Callable[[], bool]) -> Iterator[None]:
        """In here `give_way` asks after a key whether this thread's work is still wanted."""
        self._work.is_wanted = is_wanted
        try:
            yield
        finally:
            del self._work.is_wanted

    def give_way(self) -> None:
        """Returns at once, or when the newest key has had its moment. Raises Overtaken when the key made this work
        idle."""
        if self._until <= monotonic():
            return
        while (left := self._until - monotonic()) > 0:
            sleep(left)
        is_wanted: Callable[[], bool] | None = getattr(self._work, "is_wanted", None)
        if is_wanted is not None and not is_wanted():
            raise Overtaken
