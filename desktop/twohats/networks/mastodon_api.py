"""A server that speaks Mastodon's language: calls, and what its errors mean.

https://docs.joinmastodon.org/client/intro/ and https://docs.joinmastodon.org/entities/Error/, read 2026-11-22. Other
servers (GoToSocial, Takahe, snac2) speak it too, and word their errors in ways of their own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from twohats.model.errors import BadInput, OutcomeUnknown, Refused, Unreachable
from twohats.networks.http import Answer, BearerLogin, Http, Upload, host_of

Told = Mapping[str, Any]  # Any: what servers send

_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, slots=True)
class MastodonApi:
    """One server, asked with one login or none; `root` is its address without a slash at the end."""

    http: Http
    root: str
    login: BearerLogin | None = None

    @property
    def host(self) -> str:
        return host_of(self.root)

    def read(self, path: str, **params: str) -> Answer:
        """A GET below /api. Raises NetworkError for anything but success."""
        answer = self.http.read(f"{self.root}/api/{path}", login=self.login, params=params)
        require_success(answer)
        return answer

    def table(self, path: str, **params: str) -> Told:
        """The same where an object is answered."""
        return table_of(self.read(path, **params))

    def tables(self, path: str, **params: str) -> list[Told]:
        """The same where a list of objects is answered."""
        answer = self.read(path, **params)
        data = answer.data()
        if not isinstance(data, list):
            raise Unreachable("answer_cut", host=self.host)
        return [one for one in data if isinstance(one, dict)]

    def has(self, path: str) -> bool:
        """Whether there is such a thing. Raises NetworkError when that cannot be told."""
        try:
            self.read(path)
        except Refused as problem:
            if problem.code != "not_there":
                raise
            return False
        return True

    def write(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        fields: Mapping[str, str] | None = None,
        file: Upload | None = None,
        key: str = "",
        params: Mapping[str, str] | None = None,
    ) -> Answer:
        """A write below /api, with a `key` that makes its repetition harmless where the server honours it. Raises
        NetworkError for anything but success."""
        headers = {"Idempotency-Key": key} if key else None
        url = f"{self.root}/api/{path}"
        answer = self.http.write(
            method, url, login=self.login, params=params, headers=headers, json=json, fields=fields, file=file
        )
        require_success(answer)
        return answer


def require_success(answer: Answer) -> None:
    """Raises the NetworkError that an answer other than 2xx means."""
    words, host = text_in(answer.told(), "error").casefold(), host_of(answer.url)
    if answer.status == 403:
        if "your login is" in words or "suspended" in words:
            raise Refused("account_closed", host=host)
        raise Refused("app_may_not" if words else "turned_away", host=host)
    if answer.status in (400, 422):
        if "not finished processing" in words:
            raise Unreachable("picture_waits", host=host)
        if "media" in words and ("not found" in words or "attached" in words):
            raise Refused("upload_gone", host=host)
        if "limit" in words and "character" in words:
            raise Refused("text_too_long", host=host)
    answer.require_success()


def table_of(answer: Answer) -> Told:
    """The object in an answer. Raises OutcomeUnknown after a write, Unreachable after a look, where there is none."""
    data = answer.data()
    if isinstance(data, dict):
        return data
    raise (OutcomeUnknown if answer.was_write else Unreachable)("answer_unreadable", host=host_of(answer.url))


def table_in(told: object, *names: str) -> Told:
    """The object at a path of names in an answer; empty where there is none."""
    found = told
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def tables_in(told: Told, name: str) -> list[Told]:
    """The objects of a list in an answer; none where there is no such list."""
    found = told.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text_in(told: Told, name: str) -> str:
    """The text of that name in an answer; empty where there is none."""
    found = told.get(name)
    return found if isinstance(found, str) else ""


def number_in(told: Told, name: str) -> int | None:
    """The number of that name in an answer, from 0; None where there is none."""
    found = told.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None


def moment_in(told: Told, name: str) -> datetime | None:
    """The moment of that name in an answer, aware UTC; None where there is none."""
    try:
        moment = datetime.fromisoformat(text_in(told, name))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def id_of(number: str) -> str:
    """The same, where it can be the name of a post. Raises BadInput("receipt_wrong")."""
    if not _ID.fullmatch(number):
        raise BadInput("receipt_wrong")
    return number
