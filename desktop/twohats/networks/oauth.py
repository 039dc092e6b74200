"""Signing in by OAuth 2.0: a code by way of the person's own browser, with PKCE and state, and tokens for it.

RFC 6749 (codes, refreshing), RFC 7636 (PKCE, S256), RFC 8252 (loopback on this computer), read 2026-11-22. What the
networks do otherwise stands in their own files.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from twohats.model.errors import NetworkError, OutcomeUnknown, Refused, SignedOut, Unreachable
from twohats.model.ports import Browser, Clock
from twohats.networks.http import AnyLogin, Http, host_of, is_private_wire
from twohats.networks.loopback import Loopback

PORTS = (47131, 47132, 47133)
"""Where networks that compare the whole address send the browser back to; people register these with them."""

_WAIT_S = 600.0
_LONGEST_LIFE_S = 10 * 366 * 24 * 3600
_DONE = "You can close this page and go back to Two Hats."
_NOT_DONE = "Nothing was connected. You can close this page and go back to Two Hats."
_DEAD = ("invalid_grant", "invalid_token", "expired_token")
_DECLINED = ("user_cancelled_authorize", "user_cancelled_login")  # LinkedIn's words for access_denied
_WRONG_APP = ("invalid_client", "unauthorized_client")


@dataclass(frozen=True, slots=True)
class Code:
    """What the browser brought back; good once, and not for long."""

    code: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """`expires_at` is aware UTC; None where the network does not say. `refresh` is empty where it gave none."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime | None
    scopes: frozenset[str]
    raw: Mapping[str, Any] = field(repr=False)  # Any: what networks send besides

    def life(self, now: datetime) -> dict[str, str]:
        """When they end and began, as settings of an account; empty where the network does not say."""
        if self.expires_at is None:
            return {}
        return {"expires_at": self.expires_at.isoformat(), "renewed_at": now.isoformat()}


def listener(ports: Sequence[int] = (0,)) -> Loopback:
    """Waits on this computer for the browser. Made first where the network must be told its address before."""
    return Loopback(_DONE, _NOT_DONE, ports)


def ask_for_code(
    authorize_url: str,
    asked: Mapping[str, str],
    browser: Browser,
    loopback: Loopback,
    wait_s: float = _WAIT_S,
    *,
    has_pkce: bool = True,
) -> Code:
    """Opens the consent page and waits, inside `with loopback`. `asked` are client_id, scope and the network's own.
    Without PKCE the verifier is empty.

    Raises Refused with "connect_refused", "connect_cancelled" or "connect_failed", Unreachable("connect_timed_out").
    """
    host = host_of(authorize_url)
    verifier = secrets.token_urlsafe(64) if has_pkce else ""
    challenge = {"code_challenge": challenge_of(verifier), "code_challenge_method": "S256"} if has_pkce else {}
    query = {
        "response_type": "code",
        "redirect_uri": loopback.redirect_uri,
        "state": loopback.state,
        **challenge,
        **asked,
    }
    browser.open(f"{authorize_url}{'&' if '?' in authorize_url else '?'}{urlencode(query)}")
    given = loopback.wait(wait_s, browser)
    if given is None:
        raise Refused("connect_cancelled") if browser.is_stopped else Unreachable("connect_timed_out", host=host)
    if not given or given.get("error") in _DECLINED:
        raise Refused("connect_refused", host=host)
    if not given.get("code"):
        raise Refused("connect_failed", host=host, reason=_plain(given.get("error", "")))
    return Code(given["code"], verifier, loopback.redirect_uri)


def tokens_for(
    http: Http, token_url: str, fields: Mapping[str, str], clock: Clock, login: AnyLogin | None = None
) -> Tokens:
    """Tokens for a code or a refresh token.

    Raises SignedOut when what was given is dead, Refused("app_keys_wrong") when the app is not known; anything that may
    pass by itself, such as a broken line or an answer of 500, is Unreachable: it disconnects nobody."""
    host = host_of(token_url)
    if not is_private_wire(token_url):
        raise Refused("site_not_https", host=host)
    fault: NetworkError
    try:
        answer = http.write("POST", token_url, login=login, fields=fields)
        table = answer.data() if answer.body else {}
    except OutcomeUnknown as problem:
        fault = Unreachable(problem.code, **problem.facts)
    else:
        told = table if isinstance(table, dict) else {}
        reason = _plain(told.get("error", ""))
        if reason in _DEAD:
            raise SignedOut("signed_out", host=host)
        if reason in _WRONG_APP or (answer.status == 401 and not reason):
            raise Refused("app_keys_wrong", host=host)
        if answer.status >= 500 or answer.status in (408, 429):
            raise Unreachable("server_error", host=host, status=answer.status)
        if answer.status >= 400:
            raise Refused("connect_failed", host=host, reason=reason)
        access = told.get("access_token")
        if isinstance(access, str) and access:
            return _tokens(told, access, clock())
        fault = Unreachable("answer_unreadable", host=host)
    raise fault


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _tokens(told: Mapping[str, Any], access: str, now: datetime) -> Tokens:
    life = told.get("expires_in")
    life_s = life if isinstance(life, int | float) and 0 < life < _LONGEST_LIFE_S else None
    refresh = told.get("refresh_token")
    return Tokens(
        access=access,
        refresh=refresh if isinstance(refresh, str) else "",
        expires_at=now + timedelta(seconds=life_s) if life_s is not None else None,
        scopes=frozenset(str(told.get("scope") or "").replace(",", " ").split()),
        raw=told,
    )


def _plain(reason: object) -> str:
    """A reason as a code: letters, digits and underscores, never a sentence of somebody else's."""
    return reason if isinstance(reason, str) and reason.replace("_", "").isalnum() and len(reason) <= 60 else ""
