"""What Facebook and Threads have in common: Meta's Graph, how it is asked, and what its errors mean for a post.

Codes: https://developers.facebook.com/docs/graph-api/guides/error-handling; limits told in headers:
https://developers.facebook.com/docs/graph-api/overview/rate-limiting; read 2026-11-22. Errors stand in the body, with
400 or 403 where others have 401 and 429, and sometimes with 200.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from twohats.model.errors import OutcomeUnknown, Refused, SignedOut, TooFast, Unreachable
from twohats.networks.http import Answer, BearerLogin, Http, Upload, host_of, is_private_wire
from twohats.networks.repeating import safe_to_repeat

Told = Mapping[str, Any]  # Any: what Graph sends

_NO_SESSION = (102, 190, 463, 467)
_TOO_FAST = frozenset({4, 17, 32, 341, 613, *range(80000, 80015)})
_NOT_PERMITTED = frozenset({3, 10, *range(200, 300)})
_PASSING = (1, 2)
_AGAINST_RULES = 368
_DUPLICATE = 506
_NOT_THERE = ((100, 33), (24, 4279009))
_TOO_FAST_TO_BE_A_PERSON = 1390008
_WAIT_S = 600.0  # where Graph does not say how long; its windows are an hour, and slide


@dataclass(frozen=True, slots=True)
class Fault:
    """An error of Graph. Its sentences stay behind: they may quote a post."""

    code: int
    subcode: int
    is_passing: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """Graph with one token, which goes in the header alone; `root` is the address with the version."""

    http: Http
    root: str
    token: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        return host_of(self.root)

    def read(self, path: str, **params: str) -> Told:
        """A GET. Raises NetworkError for anything but success."""
        return told_by(self.look(path, **params))

    def look(self, path: str, **params: str) -> Answer:
        """A GET, with its answer as it came: `fault_in` tells what was wrong."""
        return self.http.read(f"{self.root}/{path}", login=self._login, params=params)

    def write(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, file: Upload | None = None
    ) -> Told:
        """One write. Raises NetworkError for anything but success."""
        return told_by(self.ask(method, path, fields, file))

    def ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, file: Upload | None = None
    ) -> Answer:
        """The same for one write."""
        if not is_private_wire(self.root):
            raise Refused("site_not_https", host=self.host)
        return self.http.write(method, f"{self.root}/{path}", login=self._login, fields=fields, file=file)

    def take_down(self, number: str) -> None:
        """Deletes a post. What is gone already is fine; Graph says the same of what we may not see, so it is looked at
        then. Raises NetworkError."""
        try:
            with safe_to_repeat():
                self.write("DELETE", number)
        except Refused as problem:
            if problem.code != "not_there":
                raise
        else:
            return
        if self.has(number):
            raise Refused("app_may_not", host=self.host)

    def has(self, number: str) -> bool:
        """Whether there is such a post for us to see. Raises NetworkError when it cannot tell."""
        try:
            self.read(number, fields="id")
        except Refused as problem:
            if problem.code != "not_there":
                raise
            return False
        return True

    @property
    def _login(self) -> BearerLogin | None:
        return BearerLogin(self.token) if self.token else None


def told_by(answer: Answer) -> Told:
    """The object in an answer. Raises the NetworkError that anything else means."""
    require_success(answer)
    data = answer.data()
    if isinstance(data, dict):
        return data
    raise (OutcomeUnknown if answer.was_write else Unreachable)("answer_unreadable", host=host_of(answer.url))


def fault_in(answer: Answer) -> Fault | None:
    """The error that an answer tells of, whatever its status."""
    error = answer.told().get("error")
    if not isinstance(error, dict):
        return None
    code, subcode = error.get("code"), error.get("error_subcode")
    return Fault(
        code if isinstance(code, int) else 0,
        subcode if isinstance(subcode, int) else 0,
        error.get("is_transient") is True,
    )


def require_success(answer: Answer) -> None:
    """Raises the NetworkError that an answer means. After a write, what may pass by itself leaves it open: posts have
    gone out behind such an error."""
    fault = fault_in(answer)
    if fault is None:
        answer.require_success()
        return
    host = host_of(answer.url)
    if fault.code in _NO_SESSION:
        raise SignedOut("signed_out", host=host)
    if fault.code in _TOO_FAST or fault.subcode == _TOO_FAST_TO_BE_A_PERSON or answer.status == 429:
        raise TooFast("too_fast", _wait_s(answer), host=host)
    if fault.code in _NOT_PERMITTED:
        raise Refused("app_may_not", host=host)
    if fault.code in _PASSING or fault.is_passing or answer.status >= 500:
        lost = OutcomeUnknown if answer.was_write else Unreachable
        raise lost("server_error", host=host, status=answer.status)
    if fault.code == _AGAINST_RULES:
        raise Refused("held_by_rules", host=host)
    if fault.code == _DUPLICATE:
        raise Refused("duplicate_text", host=host)
    if (fault.code, fault.subcode) in _NOT_THERE:
        raise Refused("not_there", host=host)
    if answer.status == 401:
        raise SignedOut("signed_out", host=host)
    raise Refused("refused", host=host, reason=str(fault.code))


def id_in(told: Told, host: str) -> str:
    """The number of what a write has made. Raises OutcomeUnknown where it does not stand there."""
    number = told.get("id")
    if isinstance(number, str) and number.replace("_", "").isdigit():
        return number
    raise OutcomeUnknown("answer_unreadable", host=host)


def tables_in(told: object, name: str = "data") -> list[Told]:
    """The objects of a list in an answer; none where there is no such list."""
    found = told.get(name) if isinstance(told, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def moment_in(told: Told, name: str) -> datetime | None:
    """A time as Graph writes it ("2026-11-22T09:30:00+0000"), aware; None where it does not stand there."""
    try:
        return datetime.strptime(str(told.get(name)), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None


def total_in(told: Told, name: str) -> int | None:
    """The `total_count` of a summary, such as that of comments."""
    edge = told.get(name)
    summary = edge.get("summary") if isinstance(edge, dict) else None
    total = summary.get("total_count") if isinstance(summary, dict) else None
    return total if isinstance(total, int) else None


def compared(text: str) -> str:
    """A text as it compares with what stands there: composed, white space as one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _wait_s(answer: Answer) -> float:
    """How long to wait, in seconds: as the headers tell it, in minutes for each Page or business."""
    try:
        told = json.loads(answer.headers.get("x-business-use-case-usage", ""))
        uses = [use for one in told.values() for use in one]
        minutes = max(float(use["estimated_time_to_regain_access"]) for use in uses)
    except (ValueError, TypeError, KeyError, AttributeError):
        minutes = 0.0
    if minutes > 0:
        return min(minutes, 24 * 60.0) * 60
    return answer.wait_s() if "retry-after" in answer.headers else _WAIT_S
