"""X, API v2: requests, what its errors mean, and finding an own post again.

Errors: https://docs.x.com/x-api/fundamentals/response-codes-and-errors; for duplicates and money, bodies that others
have met (https://github.com/akrherz/iembot/issues/163, https://github.com/xdevplatform/xdk/issues/25); read 2026-11-22.
"""

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from twohats.model.errors import OutcomeUnknown, Refused, Unreachable
from twohats.networks.http import Answer, BearerLogin, Http, Upload, host_of
from twohats.networks.writing.links import address_of, links_in

Told = Mapping[str, Any]  # Any: what X sends
POST_FIELDS = "attachments,created_at,entities,referenced_tweets"
"""What `is_post` wants to know of a post."""

_SHORT = re.compile(r"https?://t\.co/\w+")


@dataclass(frozen=True, slots=True)
class XApi:
    """The interface with one login; `root` is its address with the version."""

    http: Http
    root: str
    login: BearerLogin

    def read(self, path: str, **params: str) -> Told:
        """A GET. Raises NetworkError for anything but success."""
        answer = self.http.read(f"{self.root}/{path}", login=self.login, params=params)
        require_success(answer)
        return _object(answer)

    def write(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        fields: Mapping[str, str] | None = None,
        file: Upload | None = None,
    ) -> Told:
        """One write. Raises NetworkError for anything but success."""
        answer = self.http.write(method, f"{self.root}/{path}", login=self.login, json=json, fields=fields, file=file)
        require_success(answer)
        return _object(answer)

    def tell(self, path: str, json: object) -> None:
        """A POST whose answer may be empty. Raises NetworkError for anything but success, errors in a 200 too."""
        answer = self.http.write("POST", f"{self.root}/{path}", login=self.login, json=json)
        require_success(answer)
        if answer.body:
            data_of(_object(answer), host_of(self.root), was_write=True)


def require_success(answer: Answer) -> None:
    """Raises the NetworkError that an answer of X other than 2xx means."""
    told, host = answer.told(), host_of(answer.url)
    words = _words_of(told).casefold()
    if answer.status == 402 or (answer.status == 429 and "usage-capped" in words):
        raise Refused("credit_spent", host=host)
    if answer.status == 403:
        if "duplicate content" in words:
            raise Refused("duplicate_text", host=host)
        if "reply to this conversation" in words:
            raise Refused("reply_refused", host=host)
        raise Refused("app_may_not" if told else "turned_away", host=host)
    answer.require_success()


def is_gone(told: Told) -> bool:
    """Whether an answer says that there is no such post; it says so with a status of 200."""
    return "data" not in told and any("resource-not-found" in str(one.get("type")) for one in tables_in(told, "errors"))


def data_of(told: Told, host: str, *, was_write: bool) -> Told:
    """What was asked for. An answer of 200 may hold errors in its place: then a write may have been taken."""
    data = told.get("data")
    if isinstance(data, dict):
        return data
    if was_write:
        raise OutcomeUnknown("answer_unreadable", host=host)
    raise Unreachable("server_error", host=host, status=500)


def is_post(post: Told, text: str, above: str, media_ids: Sequence[str]) -> bool:
    """Whether a post that X shows is the one with this text, under the post `above` (empty: under none), with these
    pictures. X shows a text with its links shortened, one more behind it for the pictures, and signs as entities."""
    parents = [str(one.get("id")) for one in tables_in(post, "referenced_tweets") if one.get("type") == "replied_to"]
    attached = post.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, dict) else None
    shown = {str(key).rpartition("_")[2] for key in keys} if isinstance(keys, list) else set()
    if parents != ([above] if above else []) or shown != set(media_ids):
        return False
    return _shown_text(post) == _plain(text)


def tables_in(told: object, name: str) -> list[Told]:
    """The objects of a list in an answer; none where there is no such list."""
    found = told.get(name) if isinstance(told, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def moment_of(post: Told) -> datetime | None:
    """When a post was made; None when it does not tell."""
    try:
        moment = datetime.fromisoformat(str(post.get("created_at")))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _object(answer: Answer) -> Told:
    data = answer.data()
    if isinstance(data, dict):
        return data
    raise (OutcomeUnknown if answer.was_write else Unreachable)("answer_unreadable", host=host_of(answer.url))


def _words_of(told: Told) -> str:
    """All that an error says, for telling it from others; never shown, it may quote a post."""
    tables = (told, *tables_in(told, "errors"))
    return " ".join(str(table.get(name) or "") for table in tables for name in ("type", "title", "detail", "message"))


def _shown_text(post: Told) -> str:
    """The text of a post with its links at full length, without those that lead to its pictures."""
    full: dict[str, str] = {}
    for one in tables_in(post.get("entities"), "urls"):
        is_picture = "media_key" in one or re.search(r"/status/\d+/(photo|video)/", str(one.get("expanded_url")))
        full[str(one.get("url"))] = "" if is_picture else str(one.get("expanded_url"))
    text = _SHORT.sub(lambda found: full.get(found.group(), ""), str(post.get("text") or ""))
    return _plain(html.unescape(text))


def _plain(text: str) -> str:
    """A text as it compares: composed, its links without what X may change of them, white space as one."""
    composed = unicodedata.normalize("NFC", text)
    pieces, at = [], 0
    for start, end in links_in(composed):
        address = unquote(address_of(composed[start:end])).partition("://")[2]
        pieces += [composed[at:start], address.rstrip("/").casefold()]
        at = end
    return " ".join("".join([*pieces, composed[at:]]).split())
