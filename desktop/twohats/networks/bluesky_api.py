"""A personal data server (PDS) of Bluesky: calls, and what its errors mean.

https://atproto.com/specs/xrpc and https://docs.bsky.app/docs/api/, read 2026-11-22; the names of errors as a PDS 0.5.35
answers them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twohats.model.errors import BadInput, OutcomeUnknown, Refused, SignedOut, Unreachable
from twohats.networks.http import Answer, BearerLogin, Http, host_of

Told = Mapping[str, Any]  # Any: what servers send
POSTS = "app.bsky.feed.post"

_DEAD = ("ExpiredToken", "InvalidToken", "AuthMissing", "BadJwtAudience")
_CLOSED = (
    *("AccountTakedown", "AccountDeactivated", "AccountSuspended"),
    *("RepoTakendown", "RepoDeactivated", "RepoSuspended"),
)
_UNKNOWN = ("MethodNotImplemented", "XRPCNotSupported")
_GONE = ("RecordNotFound", "NotFound", "BlobNotFound")
_POST_URI = re.compile(rf"at://(?P<did>did:[a-z]+:[\w.:%-]+)/{re.escape(POSTS)}/(?P<key>[\w.:~-]{{1,512}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pds:
    """One server, asked with one login or none; `root` is its address without a slash at the end."""

    http: Http
    root: str
    login: BearerLogin | None = None

    @property
    def host(self) -> str:
        return host_of(self.root)

    def url(self, method: str) -> str:
        return f"{self.root}/xrpc/{method}"

    def read(self, method: str, **params: str) -> Told:
        """A query. Raises NetworkError for anything but success."""
        answer = self.http.read(self.url(method), login=self.login, params=params)
        require_success(answer)
        return _object(answer)

    def write(self, method: str, given: Mapping[str, object]) -> Told:
        """A procedure. Raises NetworkError for anything but success."""
        answer = self.http.write("POST", self.url(method), login=self.login, json=given)
        require_success(answer)
        return _object(answer)

    def upload(self, data: bytes, mime: str) -> Told:
        """Brings a file there; what is answered goes into a record whole."""
        headers = {"Content-Type": mime}
        url = self.url("com.atproto.repo.uploadBlob")
        answer = self.http.write("POST", url, login=self.login, headers=headers, data=data)
        require_success(answer)
        return table_in(_object(answer), "blob")


def require_success(answer: Answer) -> None:
    """Raises the NetworkError that an answer of a PDS other than 2xx means. A token that has ended is told with 400."""
    error, host = answer.told().get("error"), host_of(answer.url)
    if error in _UNKNOWN:
        raise Refused("refused", host=host)
    if 400 <= answer.status < 500 and answer.status != 429:
        if error in _CLOSED:
            raise Refused("account_closed", host=host)
        if error in _DEAD:
            raise SignedOut("signed_out", host=host)
        if error in _GONE:
            raise Refused("upload_gone" if error == "BlobNotFound" else "not_there", host=host)
        if answer.status == 403:
            raise Refused("turned_away", host=host)
    answer.require_success()


def table_in(told: object, name: str) -> Told:
    """The object of that name in an answer; empty where there is none."""
    found = told.get(name) if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}


def tables_in(told: object, name: str) -> list[Told]:
    """The objects of a list in an answer; none where there is no such list."""
    found = told.get(name) if isinstance(told, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text_in(told: Told, name: str) -> str:
    """The text of that name in an answer; empty where there is none."""
    found = told.get(name)
    return found if isinstance(found, str) else ""


def key_of(uri: str, did: str) -> str:
    """The key of an own post's record by its address. Raises BadInput("receipt_wrong") for any other address."""
    found = _POST_URI.fullmatch(uri)
    if found is None or found["did"] != did:
        raise BadInput("receipt_wrong")
    return found["key"]


def _object(answer: Answer) -> Told:
    data = answer.data()
    if isinstance(data, dict):
        return data
    raise (OutcomeUnknown if answer.was_write else Unreachable)("answer_unreadable", host=host_of(answer.url))
