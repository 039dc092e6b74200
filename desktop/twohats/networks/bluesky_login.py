"""Who is at home where on Bluesky, and the sessions there.

A handle leads to an identity (DID), that to a document, and that to the server (PDS) that holds the account:
https://atproto.com/specs/handle and https://atproto.com/specs/did, read 2026-11-22. A session has two tokens: one signs
requests for about two hours, the other brings the next pair.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from twohats.model.errors import BadInput, NetworkError, Refused, SignedOut
from twohats.networks.bluesky_api import Pds, Told, require_success, tables_in, text_in
from twohats.networks.http import Answer, BearerLogin, Http, host_of, is_private_wire
from twohats.networks.limits import address_of, limits_of
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.server_address import seen, server_of

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HANDLE = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.%-]+)")
_LONGEST_LIFE_S = 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """`expires_at` is when the access token ends, by our clock; aware UTC."""

    did: str
    handle: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime


def name_of(typed: str) -> str:
    """The handle, DID or e-mail address that somebody meant; a single word is a name at Bluesky itself.

    Raises BadInput("handle_wrong")."""
    name = seen(typed)
    if "://" in name:
        name = urlsplit(name).path.strip("/").removeprefix("profile/").split("/")[0]
    name = name.removeprefix("@")
    if _DID.fullmatch(name) or re.fullmatch(r"[^@]+@[^@]+\.[^@]+", name):
        return name
    name = name.lower().rstrip(".")
    if "." not in name:
        name = f"{name}.{host_of(address_of('bluesky', 'service'))}"
    if not _HANDLE.fullmatch(name):
        raise BadInput("handle_wrong")
    return name


def home_of(http: Http, name: str, resolver: str, directory: str) -> str:
    """The server that holds the account of a handle or DID; Bluesky's own for an e-mail address. `resolver` knows
    handles, `directory` the documents of DIDs.

    Raises Refused with "handle_unknown" or "site_not_https", Unreachable."""
    if "@" in name:
        return address_of("bluesky", "service")
    did = name if name.startswith("did:") else _did_of(http, name, resolver)
    answer = http.read(_document_url(did, directory))
    if answer.status in (404, 410):
        raise Refused("handle_unknown")
    answer.require_success()
    for service in tables_in(answer.data(), "service"):
        if text_in(service, "id") in ("#atproto_pds", f"{did}#atproto_pds"):
            return server_of(text_in(service, "serviceEndpoint"))
    raise Refused("handle_unknown")


def signed_in(http: Http, service: str, name: str, password: str, now: datetime) -> Session:
    """A new session. Servers allow few: see limits/bluesky.toml, [login].

    Raises SignedOut("login_refused"), Refused with "not_bluesky" or "account_closed", TooFast, Unreachable."""
    pds = Pds(http, service)
    if not is_private_wire(service):
        raise Refused("site_not_https", host=pds.host)
    with safe_to_repeat():
        url = pds.url("com.atproto.server.createSession")
        answer = http.write("POST", url, login=None, json={"identifier": name, "password": password})
        error = text_in(answer.told(), "error")
        if answer.status == 401 and error != "AccountTakedown":
            raise SignedOut("login_refused", host=pds.host)
        if answer.status in (404, 405, 501) or (answer.status == 200 and not answer.told()):
            raise Refused("not_bluesky", host=pds.host)
        if answer.status == 400 and error:
            raise Refused("connect_failed", host=pds.host, reason=_plain(error))
        return _session(answer, now)


def refreshed(http: Http, service: str, refresh: str, now: datetime) -> Session | None:
    """The next session; None when the token that should bring it is dead. Raises Unreachable, TooFast, Refused."""
    if not refresh:
        return None
    url = Pds(http, service).url("com.atproto.server.refreshSession")
    with safe_to_repeat():
        try:
            return _session(http.write("POST", url, login=BearerLogin(refresh), data=b""), now)
        except (SignedOut, Refused) as problem:
            if problem.code == "account_closed":
                raise
            return None


def ended(http: Http, service: str, refresh: str) -> None:
    """Ends a session: no further tokens come of it. Its access token lives on for what is left of its two hours."""
    url = Pds(http, service).url("com.atproto.server.deleteSession")
    with safe_to_repeat():
        try:
            require_success(http.write("POST", url, login=BearerLogin(refresh), data=b""))
        except SignedOut:
            return


def did_of(pds: Pds, handle: str) -> str:
    """The DID of a handle, as a server knows it; empty for nobody's. Raises NetworkError when it cannot tell."""
    try:
        did = text_in(pds.read("com.atproto.identity.resolveHandle", handle=handle), "did")
    except Refused as problem:
        if problem.code not in ("refused", "not_there"):
            raise
        return ""
    return did if _DID.fullmatch(did) else ""


def _did_of(http: Http, handle: str, resolver: str) -> str:
    did = did_of(Pds(http, resolver), handle)
    if did:
        return did
    try:
        answer = http.read(f"https://{handle}/.well-known/atproto-did", accept="text/plain")
        told = answer.body[:300].decode("ascii", "replace").strip()
        if answer.status == 200 and _DID.fullmatch(told):
            return told
    except NetworkError:
        pass  # most handles have no page of their own
    raise Refused("handle_unknown")


def _document_url(did: str, directory: str) -> str:
    kind, _, name = did.removeprefix("did:").partition(":")
    return f"{directory}/{did}" if kind == "plc" else f"https://{unquote(name)}/.well-known/did.json"


def _session(answer: Answer, now: datetime) -> Session:
    require_success(answer)
    data = answer.data()
    told: Told = data if isinstance(data, dict) else {}
    did, access = text_in(told, "did"), text_in(told, "accessJwt")
    if not (_DID.fullmatch(did) and access):
        raise Refused("not_bluesky", host=host_of(answer.url))
    if told.get("active") is False:
        raise Refused("account_closed", host=host_of(answer.url))
    return Session(did, text_in(told, "handle"), access, text_in(told, "refreshJwt"), now + _life_of(access))


def _life_of(token: str) -> timedelta:
    """How long a token lives, by what stands in it; what is usual where it cannot be read."""
    usual = timedelta(seconds=limits_of("bluesky")["login"]["token_s"])
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        life_s = float(claims["exp"]) - float(claims["iat"])
    except (ValueError, TypeError, LookupError):
        return usual
    return timedelta(seconds=life_s) if 0 < life_s < _LONGEST_LIFE_S else usual


def _plain(error: str) -> str:
    return error if re.fullmatch(r"[A-Za-z]{1,60}", error) else ""
