"""Signing in to a server of Mastodon's kind, and what it tells of itself.

Each server has its own apps, so we register one there for each signing in, once it is known where on this computer the
browser shall come back to: https://docs.joinmastodon.org/client/token/, read 2026-11-22.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from twohats.model.errors import NetworkError, Refused, SignedOut
from twohats.model.ports import Browser, Clock
from twohats.networks.http import Answer, Http, host_of, is_private_wire
from twohats.networks.limits import limits_of
from twohats.networks.mastodon_api import MastodonApi, Told, number_in, table_in, tables_in, text_in
from twohats.networks.oauth import Tokens, ask_for_code, listener, tokens_for
from twohats.networks.repeating import safe_to_repeat
from twohats.networks.server_address import handle_in, server_of

_NAME = "Two Hats"
# Mastodon itself and its forks, since they keep posts until a time; servers that only speak its language say so there,
# and some of them publish at once whatever they are told to keep.
_OWN_VERSION = re.compile(r"(?:2\.[7-9]|[3-9]|\d{2,})\.\d+(?:\.\d+)?(?:[-+][\w.+-]*)?")
_ALL_SCOPES = "read write"  # for servers that know no finer ones


@dataclass(frozen=True, slots=True)
class App:
    """What a server calls us. Its secret never shows in a repr."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = ""


def found_server(http: Http, typed: str) -> str:
    """The server where somebody is at home: of "@name@host" the one that knows this name, which may be another host.

    Raises BadInput("address_wrong")."""
    server = server_of(typed)
    name, host = handle_in(typed)
    if not name:
        return server
    try:
        asked = {"resource": f"acct:{name}@{host}"}
        answer = http.read(f"{server}/.well-known/webfinger", params=asked, accept="application/jrd+json")
        own = [text_in(link, "href") for link in tables_in(answer.told(), "links") if link.get("rel") == "self"]
    except NetworkError:
        return server
    return server_of(own[0]) if answer.status == 200 and own and is_private_wire(own[0]) else server


def signed_in(http: Http, server: str, browser: Browser, clock: Clock) -> tuple[App, Tokens]:
    """Consent in the browser. The person is asked who they are, even if somebody is signed in there already: it may be
    the other hat.

    Raises Refused("not_mastodon"), and what `ask_for_code` and `tokens_for` do."""
    with listener() as loopback:
        app = _registered(http, server, loopback.redirect_uri)
        asked = {"client_id": app.client_id, "scope": app.scopes, "force_login": "true"}
        code = ask_for_code(f"{server}/oauth/authorize", asked, browser, loopback)
        fields = {
            "grant_type": "authorization_code",
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "code": code.code,
            "redirect_uri": code.redirect_uri,
            "code_verifier": code.verifier,
            "scope": app.scopes,
        }
        try:
            return app, tokens_for(http, f"{server}/oauth/token", fields, clock)
        except SignedOut:
            pass
    raise Refused("connect_failed", host=host_of(server), reason="invalid_grant")  # the code was dead, not a login


def ended(http: Http, server: str, app: App, token: str) -> None:
    """Takes a token back. One that the server knows no more, or whose app it has forgotten, is fine."""
    url = f"{server}/oauth/revoke"
    if not is_private_wire(url):
        raise Refused("site_not_https", host=host_of(url))
    fields = {"client_id": app.client_id, "client_secret": app.client_secret, "token": token}
    with safe_to_repeat():
        answer = http.write("POST", url, login=None, fields=fields)
        if answer.status not in (400, 401, 403, 404):
            answer.require_success()


def rules_of(api: MastodonApi) -> dict[str, str]:
    """What the server takes, as settings of an account; only what it tells. Old servers tell it elsewhere."""
    for path in ("v2/instance", "v1/instance"):
        try:
            told = api.table(path)
        except Refused:
            continue
        return _rules(told)
    return {}


def _registered(http: Http, server: str, redirect_uri: str) -> App:
    scopes = str(limits_of("mastodon")["login"]["scopes"])
    answer = _asked_to_register(http, server, redirect_uri, scopes)
    if answer.status in (400, 422):
        scopes = _ALL_SCOPES
        answer = _asked_to_register(http, server, redirect_uri, scopes)
    host = host_of(server)
    if answer.status in (404, 405, 501) or (answer.status < 300 and not answer.told()):
        raise Refused("not_mastodon", host=host)
    with safe_to_repeat():
        if answer.status in (400, 422):
            raise Refused("connect_failed", host=host, reason="")
        if answer.status in (401, 403):
            raise Refused("turned_away", host=host)
        answer.require_success()
    told = answer.told()
    client_id, client_secret = text_in(told, "client_id"), text_in(told, "client_secret")
    if not (client_id and client_secret):
        raise Refused("not_mastodon", host=host)
    return App(client_id, client_secret, scopes)


def _asked_to_register(http: Http, server: str, redirect_uri: str, scopes: str) -> Answer:
    fields = {"client_name": _NAME, "redirect_uris": redirect_uri, "scopes": scopes}
    with safe_to_repeat():
        return http.write("POST", f"{server}/api/v1/apps", login=None, fields=fields)


def _rules(told: Told) -> dict[str, str]:
    texts, media = table_in(told, "configuration", "statuses"), table_in(told, "configuration", "media_attachments")
    keeps_plans = "yes" if _OWN_VERSION.fullmatch(text_in(told, "version")) else "no"
    numbers: Mapping[str, int | None] = {
        # Pleroma and its kin tell the length in a place of their own.
        "most_characters": number_in(texts, "max_characters") or number_in(told, "max_toot_chars"),
        "link_counts": number_in(texts, "characters_reserved_per_url"),
        "most_pictures": number_in(texts, "max_media_attachments"),
        "most_alt": number_in(media, "description_limit"),
        "picture_bytes": number_in(media, "image_size_limit"),
        "picture_pixels": number_in(media, "image_matrix_limit"),
    }
    rules = {name: str(number) for name, number in numbers.items() if number}
    mimes = media.get("supported_mime_types")
    kinds = [one for one in mimes if isinstance(one, str)] if isinstance(mimes, list) else []
    images = [kind for kind in kinds if kind.startswith("image/")]
    domain = text_in(told, "domain") or text_in(told, "uri")
    host = urlsplit(domain if "://" in domain else f"//{domain}").netloc
    rules["keeps_plans"] = keeps_plans
    return {**rules, **({"picture_mimes": " ".join(images)} if images else {}), **({"domain": host} if host else {})}
