"""A way out that leads nowhere: requests are made as the real ones, kept without secrets, and answered as the network
says it answers when all goes well (resources/dry_run, one file a network)."""

import email.utils
import json
import re
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from twohats.assets import resources
from twohats.model.account import Account
from twohats.model.dry_run import DryRequest, DryRun
from twohats.model.ports import Clock, Journal, Login, Sink
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition
from twohats.networks.http import Answer, AnyLogin, BasicLogin, Http
from twohats.networks.own_schedule import dates_of, planned_for
from twohats.networks.tools import NetworkTools

if TYPE_CHECKING:
    import requests

MASK = "***"
_STAND_IN = "no-secret-is-read:for-a-dry-run"  # with a colon: WordPress keeps name and password in one
_SHORTEST_SECRET = 4
_LETTERS = str.maketrans("0123456789", "abcdefghij")

Json = Any  # Any: what a network answers


class Sends(Protocol):
    """The part of a network that a dry run needs."""

    @property
    def more_secrets(self) -> tuple[str, ...]: ...

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt: ...


def dry_run(
    make: Callable[[NetworkTools], Sends],
    tools: NetworkTools,
    rendition: Rendition,
    account: Account,
    key: str,
    journal: Journal,
) -> DryRun:
    """What the network that `make` makes would send. Only for one whose `publish` does all by the way out that it was
    given. Raises what `publish` does."""
    tools = replace(tools, clock=_clock_of(tools.clock, journal))
    way = RecordingHttp(clock_s=lambda: tools.clock().timestamp(), answers=_answers_of(account.network))
    network = make(replace(tools, http=way))
    login = Login(account, _STAND_IN, dict.fromkeys(network.more_secrets, _STAND_IN))
    try:
        network.publish(rendition, login, key, journal)
    except _Unforeseen:
        return DryRun(tuple(way.seen), is_whole=False)
    return DryRun(tuple(way.seen))


@dataclass(frozen=True, slots=True)
class RecordingHttp(Http):
    """Keeps each request in `seen`, and opens no socket. `answers` are tables as in resources/dry_run. Whatever stands
    in `secrets`, and the secret of each login, is masked in what is kept."""

    pause: Callable[[float], None] = lambda seconds: None
    clock_s: Callable[[], float] = time.time
    answers: tuple[Mapping[str, Json], ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    seen: list[DryRequest] = field(default_factory=list, repr=False)

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
        import requests

        from twohats.networks.wire import request_parts

        with requests.Session() as session:
            parts = request_parts(method, url, headers, login, params, body)
            prepared = session.prepare_request(requests.Request(**parts))
        own = login.password if isinstance(login, BasicLogin) else login.token if login else ""
        self.seen.append(_told(prepared, body, (*self.secrets, own)))
        return self._assumed(prepared, body)

    def _assumed(self, asked: "requests.PreparedRequest", body: Mapping[str, Any]) -> Answer:
        found = next((one for one in self.answers if _fits(one, asked)), None)
        if found is None:
            raise _Unforeseen
        known = self._known(asked, body)
        answer = _filled(found["body"], known) if "body" in found else None
        now_s = self.clock_s()
        headers = {name: str(_filled(value, known)) for name, value in found.get("headers", {}).items()}
        headers |= {"content-type": "application/json", "date": email.utils.formatdate(now_s, usegmt=True)}
        return Answer(
            url=str(asked.url),
            status=found["status"],
            headers=headers,
            body=b"" if answer is None else json.dumps(answer).encode(),
            was_write=asked.method != "GET",
            read_at_s=now_s,
        )

    def _known(self, asked: "requests.PreparedRequest", body: Mapping[str, Any]) -> Mapping[str, str | int]:
        """What the text of an answer may name: a number that nothing has yet, where the request went, what it bore."""
        address = urlsplit(str(asked.url))
        number = f"9{len(self.seen):016}"
        said = body.get("json")
        data = body.get("data")
        return {
            **({name: value for name, value in said.items() if isinstance(value, str)} if said else {}),
            "number": number,
            "id": int(number),
            "letters": number.translate(_LETTERS),
            "origin": f"{address.scheme}://{address.netloc}",
            "mime": str(asked.headers.get("Content-Type", "")),
            "size": len(data) if isinstance(data, bytes) else 0,
        }


class _Unforeseen(Exception):
    """Raised in place of an answer that nobody can assume: what would follow depends on it."""


def _clock_of(clock: Clock, journal: Journal) -> Clock:
    """The clock when it leaves: a post that waits here for its time does so then."""
    dates = dates_of(journal)
    if not dates or planned_for(journal) is not None:
        return clock
    return lambda: max(clock(), dates[-1])


@cache
def _answers_of(network: str) -> tuple[Mapping[str, Json], ...]:
    with (resources() / "dry_run" / f"{network}.toml").open("rb") as file:
        return tuple(tomllib.load(file)["answer"])


def _fits(answer: Mapping[str, Json], asked: "requests.PreparedRequest") -> bool:
    """Whether it answers that request: by its path, which some WordPress sites want in the query."""
    place = unquote(str(asked.url))
    return answer["method"] == asked.method and re.search(rf"{answer['path']}(?=[?&]|$)", place) is not None


def _filled(value: Json, known: Mapping[str, str | int]) -> Json:
    """A value of a table with what is known in place of names in braces; one that is nothing else keeps its type."""
    if isinstance(value, Mapping):
        return {name: _filled(inner, known) for name, inner in value.items()}
    if not isinstance(value, str):
        return value
    for name, told in known.items():
        if value == f"{{{name}}}":
            return told
        value = value.replace(f"{{{name}}}", str(told))
    return value


def _told(asked: "requests.PreparedRequest", body: Mapping[str, Any], secrets: tuple[str, ...]) -> DryRequest:
    headers = {
        name: MASK if name.lower() == "authorization" else _masked(str(value), secrets)
        for name, value in asked.headers.items()
    }
    text = _masked(_readable(asked, body), secrets)
    return DryRequest(str(asked.method), _masked_address(str(asked.url), secrets), headers, text)


def _readable(asked: "requests.PreparedRequest", body: Mapping[str, Any]) -> str:
    """The body as text, with a few words where the bytes of a picture stand."""
    raw = asked.body or b""
    if isinstance(raw, str):
        return raw
    mime = str(asked.headers.get("Content-Type", ""))
    pictures = [(data, mime) for _name, data, mime in body.get("files", {}).values()]
    if isinstance(body.get("data"), bytes):
        pictures.append((body["data"], mime))
    for data, kind in pictures:
        raw = raw.replace(data, f"<{kind}, {len(data)} bytes>".encode())
    return raw.decode("utf-8", "replace")


def _masked_address(url: str, secrets: tuple[str, ...]) -> str:
    parts = urlsplit(url)
    told = [(name, _masked(value, secrets)) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    is_changed = any(MASK in value for _name, value in told)
    query = urlencode(told, safe="*") if is_changed else parts.query
    return urlunsplit(parts._replace(path=_masked(parts.path, secrets), query=query))


def _masked(text: str, secrets: tuple[str, ...]) -> str:
    """A text without any of the secrets, however they are written there: as they are, in an address, form or JSON."""
    forms = {
        form
        for one in secrets
        if len(one) >= _SHORTEST_SECRET
        for form in (one, urlencode({"": one})[1:], quote(one), quote(one, safe=""), json.dumps(one)[1:-1])
    }
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, MASK)
    return text
