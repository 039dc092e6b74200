"""How long a piece of work takes the processor, told fairly on a busy machine."""

import gc
import time
from collections.abc import Callable

TRIES = 40
PATIENT_AFTER = 5  # tries; from then on a short rest before each, so that a neighbour's burst can pass
REST_S = 0.02


def best_s(work: Callable[[], object], limit_s: float) -> float:
    """The quickest of a few runs, in seconds of this thread's own; one within the limit ends it.

    Time that others get does not count, but a shared core or cache slows every thread on it. Work that is too slow by
    nature is too slow in every run; work that met a burst is not.
    """
    best = float("inf")
    collecting = gc.isenabled()
    gc.disable()
    try:
        for attempt in range(TRIES):
            if attempt >= PATIENT_AFTER:
                time.sleep(REST_S)
            began = time.thread_time()
            work()
            best = min(best, time.thread_time() - began)
            if best <= limit_s:
                break
    finally:
        if collecting:
            gc.enable()
    return best
