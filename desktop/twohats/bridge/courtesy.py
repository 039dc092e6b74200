"""Lets the typing go first: for a moment after a key, work in other threads waits, so that the key is painted at once.

Python runs one thread at a time. A check that holds the interpreter when a key comes would make the key wait for it,
and again each time Qt hands the interpreter back.
"""

from time import monotonic, sleep

_MOMENT_S = 0.03  # longer than a key takes to its paint, shorter than the pause to the next when a key is held down


class Courtesy:
    """Told of keys on the main thread, asked by work in another between its small steps."""

    def __init__(self) -> None:
        self._until = 0.0

    def note_key(self) -> None:
        """A key was pressed."""
        self._until = monotonic() + _MOMENT_S

    def give_way(self) -> None:
        """Returns at once, or when the newest key has had its moment."""
        while (left := self._until - monotonic()) > 0:
            sleep(left)
