"""What all fakes share: a clock, what was asked, what is kept, and faults on any call."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from threading import RLock

from tests.fakes.strict.faults import TAKEN, Broken, Fault, Planned
from tests.fakes.strict.posts import Person, Picture, Post
from tests.fakes.strict.wire import Request, Response, find_handler, fits, page, redirect


@dataclass
class Clock:
    """Seconds since 1970, moved by tests."""

    ahead_s: float = 0.0

    def now_s(self) -> float:
        return time.time() + self.ahead_s


class Rejected(Exception):
    """Raised by a handler; `response` is the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


class Network:
    """One network on one port. Subclasses mark handlers with `route`; `url` is without a slash at the end."""

    name = ""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.url = ""
        self.requests: list[Request] = []
        self.kept: dict[str, Post] = {}
        self.pictures: dict[str, Picture] = {}
        self.people: list[Person] = []
        self.lock = RLock()
        self._planned: list[Planned] = []
        self._numbers = itertools.count(1)
        self._calls: dict[tuple[str, str], list[float]] = {}

    def fail_next(
        self,
        match: str,
        what: Broken,
        times: int = 1,
        *,
        skip: int = 0,
        is_taken: bool | None = None,
        seconds: float = 1.0,
    ) -> None:
        """What shall go wrong with the next `times` requests that fit `match` ("POST /2/tweets", "* *").

        The first `skip` pass. `seconds` is how long SLOW takes. Earlier plans come first.
        """
        taken = is_taken if is_taken is not None else isinstance(what, Fault) and what in TAKEN
        self._planned.append(Planned(match, what, times, skip, taken, seconds))

    def soothe(self) -> None:
        """Forgets what was still to go wrong."""
        self._planned.clear()

    def posts(self) -> list[Post]:
        """What a reader finds, oldest first: no deleted, unpublished or scheduled ones, no comments."""
        return [post for post in self._readable() if not post.is_comment]

    def comments(self) -> list[Post]:
        return [post for post in self._readable() if post.is_comment]

    def count(self, match: str) -> int:
        """How many requests came that fit "POST /2/tweets"."""
        return sum(fits(match, request) for request in self.requests)

    def answer(self, request: Request) -> tuple[Response | None, float]:
        """The answer (None: the line is cut) and how long to wait with it, in seconds."""
        with self.lock:
            self.requests.append(request)
            plan = self._plan_for(request)
            if plan is None:
                return self._worked_on(request), 0.0
            response = self._worked_on(request) if plan.is_taken else Response(500)
            return self._spoiled(plan, request, response), plan.seconds if plan.what is Fault.SLOW else 0.0

    def fresh_id(self) -> str:
        """A number as this network gives them, higher than all before."""
        return str(1_900_000_000_000_000_000 + next(self._numbers) * 4096)

    def now_s(self) -> float:
        return self.clock.now_s()

    def within(self, who: str, what: str, most: int, window_s: float) -> tuple[int, float]:
        """Counts one more call. What is left of `most` (below 0: too many) and when the window ends."""
        now_s = self.now_s()
        calls = [at_s for at_s in self._calls.get((who, what), []) if at_s > now_s - window_s]
        if len(calls) < most:
            calls.append(now_s)
            left = most - len(calls)
        else:
            left = -1
        self._calls[who, what] = calls
        return left, calls[0] + window_s

    # How this network words what goes wrong; each fake has its own.

    def unauthorized(self) -> Response:
        raise NotImplementedError

    def too_fast(self) -> Response:
        raise NotImplementedError

    def spent(self) -> Response:
        return self.too_fast()

    def server_error(self) -> Response:
        raise NotImplementedError

    def errors_in_200(self) -> Response:
        raise NotImplementedError

    def not_there(self) -> Response:
        """For a path that this network does not know."""
        raise NotImplementedError

    def before(self, request: Request) -> None:
        """A look at every request before its handler."""

    def after(self, request: Request, response: Response) -> None:
        """A look at every answer of a handler."""

    def _worked_on(self, request: Request) -> Response:
        request.is_taken = True
        try:
            self.before(request)
            found = find_handler(self, request.method, request.path)
            response = found[0](request, **found[1]) if found else self.not_there()
        except Rejected as rejected:
            response = rejected.response
        self.after(request, response)
        return response

    def _plan_for(self, request: Request) -> Planned | None:
        for plan in self._planned:
            if plan.left and fits(plan.pattern, request):
                if plan.skip:
                    plan.skip -= 1
                    continue
                plan.left -= 1
                return plan
        return None

    def _spoiled(self, plan: Planned, request: Request, response: Response) -> Response | None:
        what = plan.what
        if isinstance(what, Response):
            return what
        if not isinstance(what, Fault):
            return what(request)
        if what in (Fault.CUT_BEFORE, Fault.CUT_AFTER):
            return None
        told: dict[Fault, Callable[[], Response]] = {
            Fault.SLOW: lambda: response,
            Fault.UNAUTHORIZED: self.unauthorized,
            Fault.TOO_FAST: self.too_fast,
            Fault.TOO_FAST_SECONDS: lambda: Response(429, None, {"Retry-After": "120"}),
            Fault.TOO_FAST_DATE: lambda: Response(
                429, None, {"Retry-After": formatdate(self.now_s() + 120, usegmt=True)}
            ),
            Fault.SPENT: self.spent,
            Fault.SERVER_ERROR: self.server_error,
            Fault.SERVER_ERROR_TAKEN: self.server_error,
            Fault.PAGE: lambda: page(200, "Sign in to the network", "<p>Accept the terms of this cafe to go on.</p>"),
            Fault.PAGE_TAKEN: lambda: page(200, "Checking your browser", "<p>One moment please.</p>"),
            Fault.BAD_GATEWAY: lambda: page(502, "502 Bad Gateway", "<center>cloudflare</center>"),
            Fault.EMPTY: lambda: Response(response.status, None),
            Fault.TRUNCATED: lambda: Response(
                response.status, response.payload()[: len(response.payload()) // 2], response.headers
            ),
            Fault.REPEATED: lambda: self._worked_on(request),
            Fault.ERRORS_IN_200: self.errors_in_200,
            Fault.REDIRECT: lambda: redirect(f"{self.url}/moved{request.path}"),
            Fault.REDIRECT_ELSEWHERE: lambda: redirect(
                self.url.replace("127.0.0.1", "localhost") + f"/moved{request.path}"
            ),
        }
        return told[what]()

    def _readable(self) -> list[Post]:
        with self.lock:
            return [post for post in self.kept.values() if post.is_published and post.deleted_at_s is None]
