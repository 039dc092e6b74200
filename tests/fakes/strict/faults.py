"""What can go wrong on any call, chosen by a test."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tests.fakes.strict.wire import Request, Response


class Fault(Enum):
    """What goes wrong, and whether the network worked on the request before it did (`fail_next` can say otherwise)."""

    CUT_BEFORE = "the line is cut, nothing was taken"
    CUT_AFTER = "the line is cut, the write was taken"
    SLOW = "the answer comes late"
    UNAUTHORIZED = "401, or how this network says it"
    TOO_FAST = "too many requests, in this network's own words"
    TOO_FAST_SECONDS = "429 with Retry-After in seconds"
    TOO_FAST_DATE = "429 with Retry-After as a date"
    SPENT = "the paid or daily allowance is used up"
    SERVER_ERROR = "500 in this network's own words, nothing was taken"
    SERVER_ERROR_TAKEN = "500 in this network's own words, the write was taken"
    PAGE = "200 with a web page of something in between, nothing was taken"
    PAGE_TAKEN = "200 with a web page, the write was taken"
    BAD_GATEWAY = "502 with a web page of something in between"
    EMPTY = "the status is right and the body is empty, the write was taken"
    TRUNCATED = "half the body, the write was taken"
    REPEATED = "something in between asks twice, and passes on the second answer"
    ERRORS_IN_200 = "200 with errors inside, nothing was taken"
    REDIRECT = "302 to another path of this host, nothing was taken"
    REDIRECT_ELSEWHERE = "302 to another host, nothing was taken"


TAKEN = {
    Fault.CUT_AFTER,
    Fault.SLOW,
    Fault.SERVER_ERROR_TAKEN,
    Fault.PAGE_TAKEN,
    Fault.EMPTY,
    Fault.TRUNCATED,
    Fault.REPEATED,
}

Broken = Fault | Response | Callable[[Request], Response]


@dataclass
class Planned:
    """`what` for the next `left` requests that fit `pattern`; the first `skip` of them pass."""

    pattern: str
    what: Broken
    left: int
    skip: int
    is_taken: bool
    seconds: float
