"""The way out: one request at a time, and what each answer means for a post.

The question that decides: was anything taken? Before the request left, no (Unreachable). After a write left and no
sound answer came, nobody knows (OutcomeUnknown), and that includes answers of 500 and above: WordPress saves a post
first and runs plug-ins after, and a proxy gives up on a server that goes on working. Looking is cheap; a double is not.

Each request has a connection of its own. A kept one that the server has closed in the meantime would make a post that
never left look like one whose answer was lost.
"""

import email.utils
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from twohats.model.errors import OutcomeUnknown, Refused, SignedOut, TooFast, Unreachable
from twohats.model.ports import Sink

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_AGAIN_AFTER_S = 0.5
_DEFAULT_WAIT_S = 60.0
_LONGEST_WAIT_S = 24 * 3600.0
_RESET_HEADERS = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class BasicLogin:
    """A name and a password for one request; the password never shows in a repr."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BearerLogin:
    """A token for one request, in its Authorization header and nowhere else; it never shows in a repr."""

    token: str = field(repr=False)


AnyLogin = BasicLogin | BearerLogin


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart form; `field` is its name there."""

    name: str
    data: bytes = field(repr=False)
    mime: str
    field: str = "file"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever the status. `was_write` tells how to read a fault in it. The address stays out of a
    repr, since Threads wants the secret of an app in one."""

    url: str = field(repr=False)
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    was_write: bool
    read_at_s: float

    def data(self) -> object:
        """The JSON in the body, even behind notices that PHP printed before it.

        Raises OutcomeUnknown after a write; Refused when a web page came instead; Unreachable when the answer was cut.
        """
        text = self.body.decode("utf-8-sig", "replace").strip()
        found = _json_in(text)
        if found is not _NOTHING:
            return found
        if self.was_write:
            raise OutcomeUnknown("answer_unreadable", host=host_of(self.url))
        if text.startswith("<"):
            raise Refused("answer_is_a_page", host=host_of(self.url))
        raise Unreachable("answer_cut", host=host_of(self.url))

    def told(self) -> Mapping[str, Any]:  # Any: what networks send
        """The JSON object in the body, whatever the status; empty where there is none. Never raises."""
        found = _json_in(self.body.decode("utf-8-sig", "replace").strip())
        return found if isinstance(found, dict) else {}

    def reason(self) -> str:
        """The machine's own code of an error ("rest_forbidden"), or empty. Never its message: it may quote a post."""
        code = self.told().get("code")
        return code if isinstance(code, str) and re.fullmatch(r"[a-z0-9_.-]{1,80}", code) else ""

    def require_success(self) -> None:
        """Raises the NetworkError that a status other than 2xx means."""
        if 200 <= self.status < 300:
            return
        facts: dict[str, str | int | float] = {"host": host_of(self.url), "status": self.status}
        reason = self.reason()
        if self.status == 429:
            raise TooFast("too_fast", self.wait_s(), host=host_of(self.url))
        if self.status == 401:
            raise SignedOut("signed_out", host=host_of(self.url))
        if self.status == 503 and not self.was_write and "retry-after" in self.headers:
            raise TooFast("site_busy", self.wait_s(), host=host_of(self.url))
        if self.status >= 500 or self.status == 408:
            raise (OutcomeUnknown if self.was_write else Unreachable)("server_error", **facts)
        if self.status in _REDIRECTS:
            raise Refused("site_moved", host=host_of(self.url))
        if self.status == 403:
            raise Refused("not_allowed" if reason else "blocked_by_site", reason=reason, **facts)
        if self.status in (404, 410):
            raise Refused("not_there", reason=reason, **facts)
        if self.status == 413:
            raise Refused("too_large", **facts)
        raise Refused("refused", reason=reason, **facts)

    def server_time_s(self) -> float | None:
        """The server's clock as it answered, in seconds since 1970; None when it does not tell."""
        return _seconds_of(self.headers.get("date", ""))

    def wait_s(self) -> float:
        """How long the server asks to wait, in seconds: by Retry-After, or by the reset time that networks send beside
        it, in seconds since 1970 or as ISO 8601; a minute where it does not tell."""
        said = self.headers.get("retry-after", "").strip()
        if said.isdecimal() and said.isascii():
            return min(_LONGEST_WAIT_S, max(1.0, float(said[:9])))
        moments = (_seconds_of(said), *(_reset_s(self.headers.get(name, "")) for name in _RESET_HEADERS))
        server_s = self.server_time_s() or self.read_at_s  # a reset time is told by the server's clock, not by ours
        waits = [until_s - server_s for until_s in moments if until_s is not None]
        return min(_LONGEST_WAIT_S, max(1.0, waits[0])) if waits else _DEFAULT_WAIT_S


@dataclass(frozen=True, slots=True)
class Http:
    """Makes requests. Proxies of the environment are honoured; passwords of a .netrc and cookies are not used.

    `answer_s` bounds the whole answer, however slowly it drips. `refuse` is asked before every step, also where a
    redirect leads, and raises where we must not go. `addresses` tells, for a host and a port, where alone a
    connection is made to, and raises where to none.
    """

    connect_s: float = 8.0
    read_s: float = 30.0
    answer_s: float = 90.0
    most_bytes: int = 8 * 1024 * 1024
    pause: Callable[[float], None] = time.sleep
    refuse: Callable[[str], None] | None = None
    addresses: Callable[[str, int], Sequence[str]] | None = None

    def read(
        self,
        url: str,
        *,
        login: AnyLogin | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: str = "application/json",
    ) -> Answer:
        """A GET, tried a second time when the first came to nothing. Follows redirects; with a login, only on its host.

        Raises Unreachable, Refused, BadInput."""
        headers = {"Accept": accept, "Cache-Control": "no-cache", **(headers or {})}
        try:
            answer = self._followed(url, headers, login, params)
            if answer.status not in (502, 503, 504) or "retry-after" in answer.headers:
                return answer
        except Unreachable:
            pass
        self.pause(_AGAIN_AFTER_S)
        return self._followed(url, headers, login, params)

    def save(self, url: str, into: Sink, *, accept: str = "application/octet-stream") -> Answer:
        """A GET without a login, tried once, whose body goes into a sink piece by piece. Follows redirects.

        What the sink raises, other than an OSError, comes through. Raises Unreachable, Refused, BadInput."""
        return self._followed(url, {"Accept": accept, "Cache-Control": "no-cache"}, None, None, into)

    def write(
        self,
        method: str,
        url: str,
        *,
        login: AnyLogin | None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        fields: Mapping[str, str] | None = None,
        file: Upload | None = None,
        data: bytes | None = None,
    ) -> Answer:
        """One POST, PUT or DELETE, never repeated. Its body is one of: `json`; `fields` of a form, with or without a
        `file`; `data` as it is. Without a login it must hold no secret but to a private wire (see `is_private_wire`).

        Raises Unreachable when it did not leave, OutcomeUnknown when it did and no answer came."""
        body: dict[str, Any] = {}  # Any: keyword arguments of requests
        if json is not None:
            body["json"] = json
        if file is not None:
            body["files"] = {file.field: (file.name, file.data, file.mime)}
        if fields:
            body["data"] = dict(fields)
        if data is not None:
            body["data"] = data
        headers = {"Accept": "application/json", **(headers or {})}
        answer = self._asked(method, url, headers, login, params, body)
        if answer.status in (307, 308):
            # Nothing was taken; the same is to be asked elsewhere. Once, and on the same host only.
            target = _next_url(answer, login)
            return self._asked(method, target, headers, login, None, body)
        return answer

    def _followed(
        self,
        url: str,
        headers: Mapping[str, str],
        login: AnyLogin | None,
        params: Mapping[str, str] | None,
        into: Sink | None = None,
    ) -> Answer:
        answer = self._asked("GET", url, headers, login, params, {}, into)
        for _ in range(_MOST_REDIRECTS):
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            answer = self._asked("GET", _next_url(answer, login), headers, login, None, {}, into)
        raise Refused("site_moved", host=host_of(url))

    def _asked(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        login: AnyLogin | None,
        params: Mapping[str, str] | None,
        body: Mapping[str, Any],
        into: Sink | None = None,
    ) -> Answer:
        told = _refuse_open_wire(url, login)
        if self.refuse is not None:
            self.refuse(told)
        return self._carried(method, told, headers, login, params, body, into)

    def _carried(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        login: AnyLogin | None,
        params: Mapping[str, str] | None,
        body: Mapping[str, Any],
        into: Sink | None,
    ) -> Answer:
        # Imported here: a start should not wait for what only a request needs.
        from twohats.networks.wire import carry

        return carry(self, method, url, headers, login, params, body, into)


def host_of(url: str) -> str:
    """The host of an address, for telling people and for comparing."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_this_computer(url: str) -> bool:
    """Whether an address leads no further than the loopback interface."""
    return host_of(url) in _LOOPBACK


def is_private_wire(url: str) -> bool:
    """Whether nobody on the way can read what is sent there: https, or this very computer."""
    return url.startswith("https://") or (url.startswith("http://") and is_this_computer(url))


_NOTHING = object()


def _refuse_open_wire(url: str, login: AnyLogin | None) -> str:
    if login is not None and not is_private_wire(url):
        raise Refused("site_not_https", host=host_of(url))
    return url


def _next_url(answer: Answer, login: AnyLogin | None) -> str:
    target = urljoin(answer.url, answer.headers.get("location", ""))
    is_same_host = host_of(target) == host_of(answer.url)
    is_downgrade = answer.url.startswith("https:") and not target.startswith("https:")
    if is_downgrade or (login is not None and not is_same_host):
        raise Refused("site_moved", host=host_of(answer.url))
    return target


def _json_in(text: str) -> object:
    """The JSON value that a text is, or ends with; _NOTHING when there is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    decoder = json.JSONDecoder()
    for start in [m.start() for m in re.finditer(r"[{\[]", text[:20_000])][:200]:
        try:
            found, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if not text[end:].strip() and found:
            return found
    return _NOTHING


def _reset_s(told: str) -> float | None:
    told = told.strip()
    if told.isdecimal() and told.isascii():
        return float(told[:12])
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo else None


def _seconds_of(http_date: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(http_date).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
