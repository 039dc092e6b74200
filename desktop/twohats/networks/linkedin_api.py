"""LinkedIn's versioned interface: requests, what its errors mean, and bringing pictures there.

https://learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling, .../marketing/versioning and
.../marketing/community-management/shares/images-api; for duplicates, bodies that others have met
(https://github.com/Arisamiga/Linkedin-RSS/issues/5); read 2026-11-22.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from twohats.model.errors import OutcomeUnknown, Refused, TooFast, Unreachable
from twohats.networks.http import Answer, BearerLogin, Http, host_of
from twohats.networks.repeating import safe_to_repeat

_DAY_S = 86400.0
_WORKING_S = 60.0
_OWN_HOST = re.compile(r"(^|\.)linkedin\.com$")
_URN = re.compile(r"urn:li:[A-Za-z]+:[\w-]+")


@dataclass(frozen=True, slots=True)
class LinkedInApi:
    """The interface with one login; `version` is a month as LinkedIn names them, "202607"."""

    http: Http
    root: str
    version: str
    login: BearerLogin

    def write(self, method: str, path: str, json: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One write, whatever the status: see `require_success`."""
        told = {"LinkedIn-Version": self.version, "X-Restli-Protocol-Version": "2.0.0", **(headers or {})}
        return self.http.write(method, f"{self.root}/{path}", login=self.login, json=json, headers=told)

    def upload(self, owner: str, data: bytes, mime: str) -> str:
        """Brings a picture there; its URN. The address that LinkedIn gives for it takes the bytes once, so after a lost
        answer it is begun again, which does no harm. Raises NetworkError, never OutcomeUnknown."""
        with safe_to_repeat():
            begun = self.write("POST", "images?action=initializeUpload", {"initializeUploadRequest": {"owner": owner}})
            require_success(begun)
            value = begun.told().get("value")
            told = value if isinstance(value, dict) else {}
            urn, url = str(told.get("image") or ""), str(told.get("uploadUrl") or "")
            if not (_URN.fullmatch(urn) and url):
                raise Unreachable("answer_unreadable", host=host_of(self.root))
            login = self.login if self._is_own(url) else None
            if login is None and not url.startswith("https://"):
                raise Refused("site_not_https", host=host_of(url))
            put = self.http.write("PUT", url, login=login, data=data, headers={"Content-Type": mime})
            if put.status != 403:  # an address that was used, or has run out
                require_success(put)
            if put.status != 201 and (put.body or put.status == 403):
                raise Unreachable("answer_unreadable", host=host_of(url))
        return urn

    def _is_own(self, url: str) -> bool:
        """Whether an address is LinkedIn's own, and may see the token."""
        is_same = urlsplit(url)[:2] == urlsplit(self.root)[:2]
        return is_same or (url.startswith("https://") and bool(_OWN_HOST.search(host_of(url))))


def require_success(answer: Answer) -> None:
    """Raises the NetworkError that an answer of LinkedIn other than 2xx means."""
    words, host = _words_of(answer), host_of(answer.url)
    if answer.status == 426 or "VERSION" in words.split("\n")[0]:
        raise Refused("version_ended", host=host)
    if is_still_working(answer):
        raise TooFast("picture_not_ready", _WORKING_S, host=host)
    if duplicate_of(answer) is not None:
        raise Refused("duplicate_unseen")
    if answer.status == 429:
        raise TooFast("too_fast", _wait_s(answer, words), host=host)
    if answer.status == 403:
        raise Refused("app_may_not" if answer.told() else "turned_away", host=host)
    answer.require_success()


def duplicate_of(answer: Answer) -> str | None:
    """The URN that LinkedIn names when it refuses a text that it has already (empty if it names none); else None."""
    words = _words_of(answer)
    if answer.status not in (400, 409, 422) or "DUPLICATE" not in words.upper():
        return None
    found = _URN.search(words)
    return found.group() if found else ""


def is_still_working(answer: Answer) -> bool:
    """Whether a post was refused because its picture is not ready yet."""
    words = _words_of(answer)
    return answer.status in (400, 422) and "MEDIA_ASSET" in words and "FAILED" not in words


def urn_in(answer: Answer) -> str:
    """The URN of a post that was just made; it stands in a header, and the body is empty."""
    told = answer.headers.get("x-restli-id") or answer.headers.get("x-linkedin-id") or ""
    if answer.status != 201 or not _URN.fullmatch(told):
        raise OutcomeUnknown("answer_unreadable", host=host_of(answer.url))
    return told


def _words_of(answer: Answer) -> str:
    """All that an error says, its code in the first line; for telling it from others, never shown."""
    if 200 <= answer.status < 300:
        return ""
    told = answer.told()
    details = told.get("errorDetails")
    errors = details.get("inputErrors") if isinstance(details, dict) else None
    inner = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    return "\n".join(
        [str(told.get("code") or ""), *(str(one.get("code") or "") for one in inner), str(told.get("message") or "")]
    )


def _wait_s(answer: Answer, words: str) -> float:
    """Allowances of a day are given anew at midnight, UTC."""
    if "retry-after" in answer.headers or " DAY " not in words:
        return answer.wait_s()
    return _DAY_S - (answer.server_time_s() or answer.read_at_s) % _DAY_S
