"""Code points to Qt's UTF-16 positions and back: the one place where the two kinds of counting meet."""

from bisect import bisect_left


class Positions:
    """The positions of one text. A character beyond the basic plane (most emoji) is one code point and two units."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._wide: list[int] = []
        if len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text):
            self._wide = [place for place, character in enumerate(text) if character > "\uffff"]
        self._wide_units = [place + before for before, place in enumerate(self._wide)]

    def to_units(self, code_point: int) -> int:
        """Where a code point begins, in UTF-16 units; beyond the end is the end."""
        place = min(max(0, code_point), self._length)
        return place + bisect_left(self._wide, place)

    def to_code_points(self, unit: int) -> int:
        """The code point that a UTF-16 position lies at; inside a pair, the one that the pair stands for."""
        return min(self._length, max(0, unit - bisect_left(self._wide_units, unit)))
