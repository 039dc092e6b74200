"""What a measurement says: one row of the table, and the few statistics behind it."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """`ours` and `bare` in `unit`; `target` is the highest ratio that is good enough. None: nothing to compare with."""

    name: str
    ours: float
    unit: str
    bare: float | None = None
    target: float | None = None

    def __str__(self) -> str:
        line = f"{self.name:56} {self.ours:9.2f} {self.unit:3}"
        if self.bare is None:
            return line
        ratio = self.ours / self.bare
        line += f" {self.bare:9.2f} {self.unit:3} {ratio:6.2f}x"
        if self.target is None:
            return line
        return f"{line}  {'within' if ratio <= self.target else 'ABOVE'} {self.target:g}x"


HEAD = f"{'':56} {'ours':>9}     {'bare':>9}       ratio"


def timed_ms(work: Callable[[], object]) -> float:
    """How long one call took."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def median_ms(work: Callable[[], object], times: int) -> float:
    """The middle of several calls."""
    return statistics.median(timed_ms(work) for _ in range(times))


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below."""
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.95))]
