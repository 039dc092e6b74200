"""A Mastodon server: apps that register themselves, the dance with PKCE, and what the server tells about itself.

By docs.joinmastodon.org (methods/apps, methods/oauth, methods/instance), read 2026-11-22.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.fakes.strict.network import Clock, Rejected
from tests.fakes.strict.oauth import Asked, Token, WithConsent, answers, is_challenge
from tests.fakes.strict.posts import Person
from tests.fakes.strict.wire import Request, Response, page, route

OOB = "urn:ietf:wg:oauth:2.0:oob"
_SCOPES = frozenset(
    {"read", "write", "follow", "push", "profile"}
    | {f"read:{what}" for what in ("accounts", "statuses", "notifications", "search", "lists")}
    | {f"write:{what}" for what in ("accounts", "statuses", "media", "favourites", "lists")}
)
_FIVE_MINUTES_S = 300.0


@dataclass(frozen=True)
class App:
    """A program that registered itself."""

    client_id: str
    client_secret: str
    name: str
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]


def error(status: int, message: str) -> Rejected:
    return Rejected(Response(status, {"error": message}))


def iso(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class MastodonAuth(WithConsent):
    """`version` below 4.3 knows neither PKCE nor the page that tells where to ask. `has_v2` off: an older server, or
    another one that speaks the same language. `requires_pkce` off: a server that lets a program go without.
    """

    name = "mastodon"
    code_lives_s = 600.0
    token_lives_s = float("inf")
    version = "4.5.2"
    has_v2 = True
    requires_pkce = True
    max_characters = 500
    url_length = 23
    default_privacy = "public"

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.people = [
            Person("109000000000000001", "Jamie Lark", "jamielark"),
            Person("109000000000000002", "Robin Fenn", "robinfenn"),
        ]
        self.apps: dict[str, App] = {}
        self.rates: dict[int, dict[str, str]] = {}

    def all_scopes(self) -> frozenset[str]:
        return frozenset({"read:accounts", "read:statuses", "write:statuses", "write:media"})

    def secrets(self) -> set[str]:
        return super().secrets() | {app.client_secret for app in self.apps.values()}

    @property
    def knows_pkce(self) -> bool:
        return tuple(int(part) for part in self.version.split(".")[:2]) >= (4, 3)

    @route("GET", "/.well-known/oauth-authorization-server")
    def metadata(self, request: Request) -> Response:
        if not self.knows_pkce:
            raise error(404, "Not Found")
        told = {"issuer": f"{self.url}/", "authorization_endpoint": f"{self.url}/oauth/authorize"}
        told |= {"token_endpoint": f"{self.url}/oauth/token", "revocation_endpoint": f"{self.url}/oauth/revoke"}
        told |= {"app_registration_endpoint": f"{self.url}/api/v1/apps"}
        lists = {"scopes_supported": sorted(_SCOPES), "response_types_supported": ["code"]}
        lists |= {"code_challenge_methods_supported": ["S256"]}
        return Response(200, {**told, **lists, "grant_types_supported": ["authorization_code", "client_credentials"]})

    @route("POST", "/api/v1/apps")
    def register(self, request: Request) -> Response:
        sent = fields_of(request)
        uris = sent.get("redirect_uris", "")
        wanted = tuple(uris if isinstance(uris, list) else uris.split())
        scopes = frozenset(str(sent.get("scopes", "read")).split())
        if not sent.get("client_name"):
            raise error(422, "Validation failed: Application name can't be blank")
        if not wanted or not all(one == OOB or "://" in one for one in wanted):
            raise error(422, "Validation failed: Redirect URI must be an absolute URI.")
        if not scopes <= _SCOPES or ("profile" in scopes and not self.knows_pkce):
            raise error(422, "Validation failed: Scopes doesn't match configured on the server.")
        app = App(secrets.token_urlsafe(32), secrets.token_urlsafe(32), str(sent["client_name"]), wanted, scopes)
        self.apps[app.client_id] = app
        told = {"id": str(len(self.apps)), "name": app.name, "website": sent.get("website"), "scopes": sorted(scopes)}
        told |= {"redirect_uris": list(wanted), "redirect_uri": "\n".join(wanted), "client_secret_expires_at": 0}
        return Response(200, {**told, "client_id": app.client_id, "client_secret": app.client_secret})

    def forget_apps(self) -> None:
        """As servers that swept away what nobody used."""
        self.apps.clear()

    @route("GET", "/oauth/authorize")
    def authorize(self, request: Request) -> Response:
        given = request.query
        app = self.apps.get(given.get("client_id", ""))
        scopes = frozenset(given.get("scope", "read").split())
        challenge = given.get("code_challenge", "") if self.knows_pkce else ""
        if app is None:
            return self.consent_error("Client authentication failed due to unknown client.")
        if given.get("redirect_uri") not in app.redirect_uris:
            return self.consent_error("The redirect uri included is not valid.")
        if given.get("response_type") != "code" or not all(covered(one, app.scopes) for one in scopes):
            return self.consent_error("The requested scope is invalid, unknown, or malformed.")
        if self.knows_pkce and (challenge or self.requires_pkce):
            is_s256 = given.get("code_challenge_method") == "S256"
            if not is_s256 or not is_challenge(challenge):
                return self.consent_error("The code challenge method must be S256.")
        return self.ask_person(Asked(app.client_id, given["redirect_uri"], scopes, given.get("state", ""), challenge))

    def return_to(self, asked: Asked) -> str:
        return f"{self.url}/oauth/authorize/native" if asked.redirect_uri == OOB else asked.redirect_uri

    def declined(self) -> dict[str, str]:
        why = "The resource owner or authorization server denied the request."
        return {"error": "access_denied", "error_description": why}

    @route("GET", "/oauth/authorize/native")
    def shown_code(self, request: Request) -> Response:
        return page(200, "Authorization code", f"<input readonly value='{request.query.get('code', '')}'>")

    @route("POST", "/oauth/token")
    def token(self, request: Request) -> Response:
        given = fields_of(request)
        app = self._client(given, "invalid_client", 401)
        if given.get("grant_type") != "authorization_code":
            raise _refused(400, "unsupported_grant_type", "The authorization grant type is not supported.")
        code = self.take_code(given.get("code", ""), app.client_id, given.get("redirect_uri", ""))
        if code is None or (code.challenge and not answers(code.challenge, given.get("code_verifier", ""))):
            why = "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI"
            raise _refused(400, "invalid_grant", f"{why} used in the authorization request, or was issued to another.")
        token = self.give_token(code.person, code.scopes, client_id=app.client_id)
        scope = " ".join(sorted(token.scopes))
        told = {"access_token": token.access, "token_type": "Bearer", "created_at": round(token.made_at_s)}
        return Response(200, {**told, "scope": scope})

    @route("POST", "/oauth/revoke")
    def revoke(self, request: Request) -> Response:
        given = fields_of(request)
        app = self._client(given, "unauthorized_client", 403)
        for token in self.tokens:
            if token.access == given.get("token"):
                if token.client_id != app.client_id:
                    raise _refused(403, "unauthorized_client", "You are not authorized to revoke this token")
                token.is_dead = True
        return Response(200, {})

    @route("GET", "/api/v1/accounts/verify_credentials")
    def verify(self, request: Request) -> Response:
        token = self.signed_in(request, "read:accounts")
        source = {"privacy": self.default_privacy, "sensitive": False, "language": "en", "note": "", "fields": []}
        return Response(200, {**self.account(token.person), "source": source})

    @route("GET", "/api/v2/instance")
    def instance(self, request: Request) -> Response:
        if not self.has_v2:
            raise error(404, "Record not found")
        told = {"domain": self.url.partition("://")[2], "title": "A small server", "version": self.version}
        more = {"languages": ["en"], "api_versions": {"mastodon": 7}, "registrations": {"enabled": False}}
        return Response(200, {**told, **more, "configuration": self._configuration()})

    @route("GET", "/api/v1/instance")
    def instance_v1(self, request: Request) -> Response:
        told = {"uri": self.url.partition("://")[2], "title": "A small server", "version": self.version}
        return Response(200, {**told, "languages": ["en"], "configuration": self._configuration()})

    def account(self, person: Person) -> dict[str, Any]:
        told = {"id": person.id, "username": person.handle, "acct": person.handle, "display_name": person.name}
        picture = f"{self.url}/avatars/original/missing.png"
        return {**told, "url": f"{self.url}/@{person.handle}", "avatar": picture, "avatar_static": picture, "note": ""}

    def signed_in(self, request: Request, scope: str) -> Token:
        """The token of a request, in its header, alive, with this scope."""
        token = self.token_of(request.bearer)
        if token is None:
            was = any(one.access == request.bearer for one in self.tokens)
            raise error(401, "The access token was revoked" if was else "The access token is invalid")
        left, until_s = self.within(token.person.id, "all", 300, _FIVE_MINUTES_S)
        self.rates[id(request)] = rate(300, left, until_s)
        if left < 0:
            raise error(429, "Too many requests")
        if not covered(scope, token.scopes):
            raise error(403, "This action is outside the authorized scopes")
        return token

    def after(self, request: Request, response: Response) -> None:
        response.headers.update(self.rates.pop(id(request), {}))

    def unauthorized(self) -> Response:
        return Response(401, {"error": "The access token is invalid"})

    def too_fast(self) -> Response:
        return Response(429, {"error": "Too many requests"}, rate(300, -1, self.now_s() + 240))

    def server_error(self) -> Response:
        return page(500, "We're sorry, but something went wrong", "<h1>500</h1>")

    def errors_in_200(self) -> Response:
        return Response(200, {"error": "Remote data could not be fetched"})

    def not_there(self) -> Response:
        return Response(404, {"error": "Not Found"})

    def _client(self, given: dict[str, Any], kind: str, status: int) -> App:
        app = self.apps.get(given.get("client_id", ""))
        if app is None or app.client_secret != given.get("client_secret"):
            why = "Client authentication failed due to unknown client, no client authentication included."
            raise _refused(status, kind, why)
        return app

    def _configuration(self) -> dict[str, Any]:
        reserved = {"characters_reserved_per_url": self.url_length, "max_media_attachments": 4}
        mimes = ["image/jpeg", "image/png", "image/gif", "image/webp"]
        media = {"supported_mime_types": mimes, "description_limit": 1500, "image_size_limit": 16 * 1024 * 1024}
        return {
            "statuses": {"max_characters": self.max_characters, **reserved},
            "media_attachments": {**media, "image_matrix_limit": 33177600},
            "accounts": {"max_featured_tags": 10},
        }


def covered(scope: str, given: frozenset[str]) -> bool:
    """Whether "read" was given for "read:accounts"."""
    return scope in given or scope.partition(":")[0] in given


def rate(most: int, left: int, until_s: float) -> dict[str, str]:
    """Reset is a date here, not seconds."""
    until = datetime.fromtimestamp(until_s, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    names = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
    return dict(zip(names, (str(most), str(max(0, left)), until), strict=True))


def fields_of(request: Request) -> dict[str, Any]:
    """What was sent, as JSON or as a form; `name[]` of a form becomes a list."""
    if request.mime == "application/json":
        try:
            data = json.loads(request.body)
        except ValueError:
            raise error(400, "There was a problem in the JSON you submitted") from None
        return data if isinstance(data, dict) else {}
    found: dict[str, Any] = {}
    for name, value in request.form_pairs():
        if name.endswith("[]"):
            found.setdefault(name[:-2], []).append(value)
        else:
            found[name] = value
    return found


def _refused(status: int, kind: str, why: str) -> Rejected:
    return Rejected(Response(status, {"error": kind, "error_description": why}))
