"""X, API v2, as strict as its OpenAPI (v2.167, 22 Aug 2026) and the error bodies seen in public.

Error bodies: github.com/akrherz/iembot/issues/163 (duplicate), github.com/xdevplatform/xdk/issues/25 (usage cap),
github.com/PLhery/node-twitter-api-v2/issues/496 and xdevplatform/twitter-api-typescript-sdk/issues/26 (token
endpoint), github.com/PLhery/node-twitter-api-v2/issues/588 (scope missing), read 2026-11-22.
"""

from collections.abc import Iterable
from typing import Any

from tests.fakes.strict.network import Clock, Rejected
from tests.fakes.strict.oauth import Asked, Token, WithConsent, answers, is_challenge
from tests.fakes.strict.posts import PORTRAIT, Person
from tests.fakes.strict.wire import FORM, Request, Response, route

PROBLEM = "application/problem+json"
INVALID = "https://api.twitter.com/2/problems/invalid-request"
NOT_FOUND = "https://api.twitter.com/2/problems/resource-not-found"
SCOPES = frozenset({"tweet.read", "tweet.write", "users.read", "media.write", "offline.access"})
_QUARTER_S = 900.0
_USER_FIELDS = {"id", "name", "username", "profile_image_url", "created_at", "description", "verified", "url"}


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Response:
    return Response(status, {"detail": detail, "type": kind, "title": title, "status": status, **more}, mime=PROBLEM)


def invalid(message: str, **parameters: Any) -> Rejected:
    """400, as for anything that the OpenAPI does not allow."""
    told = {"parameters": {name: [str(value)] for name, value in parameters.items()}, "message": message}
    detail = "One or more parameters to your request was invalid."
    return Rejected(Response(400, {"errors": [told], "title": "Invalid Request", "detail": detail, "type": INVALID}))


def only(request: Request, *allowed: str) -> dict[str, str]:
    """The query, when nothing else stands in it."""
    for name in request.query:
        if name not in allowed:
            raise invalid(f"The query parameter [{name}] is not one of [{','.join(allowed)}]", **{name: ""})
    return request.query


class XAuth(WithConsent):
    """The dance of X for a public client: PKCE, exact redirect, codes of 30 seconds, refresh tokens that rotate."""

    name = "x"
    client_id = "eFhRbG9jYWxUd29IYXRzOjE6Y2k"
    code_lives_s = 30.0
    token_lives_s = 7200.0

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.people = [
            Person("1741900000000000001", "Jamie Lark", "jamielark"),
            Person("1741900000000000002", "Robin Fenn", "robinfenn"),
        ]
        self.redirect_uris = {f"http://127.0.0.1:{port}/callback" for port in (47131, 47132, 47133)}
        self._rates: dict[int, dict[str, str]] = {}

    def all_scopes(self) -> frozenset[str]:
        return SCOPES

    def may_refresh(self, scopes: frozenset[str]) -> bool:
        return "offline.access" in scopes

    @route("GET", "/i/oauth2/authorize")
    def authorize(self, request: Request) -> Response:
        given = request.query
        scopes = frozenset(given.get("scope", "").split(" ")) - {""}
        state, challenge = given.get("state", ""), given.get("code_challenge", "")
        wrong = {
            "response_type": given.get("response_type") != "code",
            "client_id": given.get("client_id") != self.client_id,
            "redirect_uri": given.get("redirect_uri") not in self.redirect_uris,
            "scope": not scopes or not scopes <= SCOPES,
            "state": not 0 < len(state) <= 500,
            "code_challenge": not is_challenge(challenge),
            "code_challenge_method": given.get("code_challenge_method") != "S256",
        }
        for what, is_wrong in wrong.items():
            if is_wrong:
                return self.consent_error(f"You weren't able to give access to the App: {what}.")
        return self.ask_person(Asked(given["client_id"], given["redirect_uri"], scopes, state, challenge))

    @route("POST", "/2/oauth2/token")
    def token(self, request: Request) -> Response:
        given = self._public(request)
        if given.get("grant_type") == "refresh_token":
            return self._refreshed(given.get("refresh_token", ""))
        if given.get("grant_type") != "authorization_code":
            raise _refused("invalid_request", "Missing required parameter [grant_type].")
        for name in ("code", "redirect_uri", "code_verifier"):
            if not given.get(name):
                raise _refused("invalid_request", f"Missing required parameter [{name}].")
        code = self.take_code(given["code"], given["client_id"], given["redirect_uri"])
        if code is None:
            raise _refused("invalid_request", "Value passed for the authorization code was invalid.")
        if not answers(code.challenge, given["code_verifier"]):
            raise _refused("invalid_request", "Value passed for the code verifier did not match the code challenge.")
        return _told(self.give_token(code.person, code.scopes))

    @route("POST", "/2/oauth2/revoke")
    def revoke(self, request: Request) -> Response:
        """An access token alone, or with a refresh token all that came of it (RFC 7009, 2.1)."""
        told = self._public(request).get("token", "")
        for token in self.tokens:
            if told and told == token.refresh:
                token.is_refresh_dead = token.is_dead = True
            if told and told == token.access:
                token.is_dead = True
        if told not in {one for token in self.tokens for one in (token.access, token.refresh)}:
            raise _refused("invalid_request", "Value passed for the token was invalid.")
        return Response(200, {"revoked": True})

    @route("GET", "/2/users/me")
    def me(self, request: Request) -> Response:
        token = self.signed_in(request, "tweet.read", "users.read")
        wanted = set(only(request, "user.fields").get("user.fields", "id").split(","))
        if not wanted <= _USER_FIELDS:
            raise invalid("The `user.fields` query parameter value is not allowed", **{"user.fields": wanted})
        self.limit(request, token, "me", 75)
        return Response(200, {"data": self.user(token.person, wanted)})

    def user(self, person: Person, wanted: Iterable[str] = ()) -> dict[str, Any]:
        more = {
            "profile_image_url": f"{self.url}/profile_images/1/a_normal.jpg",
            "created_at": "2014-03-01T09:00:00.000Z",
            "description": "",
            "verified": False,
            "url": "",
        }
        told = {name: value for name, value in more.items() if name in wanted}
        return {"id": person.id, "name": person.name, "username": person.handle, **told}

    @route("GET", "/profile_images/1/{name}")
    def portrait(self, request: Request, name: str) -> Response:
        """For anybody; X keeps it on a host of its own."""
        return Response(200, PORTRAIT, mime="image/gif") if name.startswith("a_") else self.not_there()

    def signed_in(self, request: Request, *scopes: str) -> Token:
        """The token of a request, in its header, alive, with these scopes."""
        token = self.token_of(request.bearer)
        if token is None:
            raise Rejected(self.unauthorized())
        if token.kind == "app":
            raise Rejected(
                problem(
                    403,
                    "Unsupported Authentication",
                    "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported "
                    "authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
                    "https://api.twitter.com/2/problems/unsupported-authentication",
                )
            )
        if not set(scopes) <= token.scopes:
            raise Rejected(problem(403, "Forbidden", "Forbidden"))
        return token

    def limit(self, request: Request, token: Token, what: str, most: int) -> None:
        left, until_s = self.within(token.person.id, what, most, _QUARTER_S)
        self._rates[id(request)] = _rate(most, left, until_s)
        if left < 0:
            raise Rejected(problem(429, "Too Many Requests", "Too Many Requests"))

    def after(self, request: Request, response: Response) -> None:
        response.headers.update(self._rates.pop(id(request), {}))

    def unauthorized(self) -> Response:
        return problem(401, "Unauthorized", "Unauthorized")

    def too_fast(self) -> Response:
        response = problem(429, "Too Many Requests", "Too Many Requests")
        response.headers = _rate(100, -1, self.now_s() + 600)
        return response

    def spent(self) -> Response:
        more = {"account_id": "1741900000000000001", "product_name": "standard-basic", "period": "Monthly"}
        detail = "Usage cap exceeded: Monthly product cap"
        kind = "https://api.twitter.com/2/problems/usage-capped"
        body = {**more, "scope": "Product", "title": "UsageCapExceeded", "detail": detail, "type": kind}
        return Response(429, body, {"x-rate-limit-limit": "40000", "x-rate-limit-remaining": "39999"})

    def no_credits(self) -> Response:
        """What an account without money hears since February 2026 (402); a test gives it to `fail_next`."""
        detail = "Your enrolled account [1741900000000000001] does not have any credits to fulfill this request."
        kind = "https://api.twitter.com/2/problems/credits"
        return Response(402, {"title": "CreditsDepleted", "detail": detail, "type": kind}, mime=PROBLEM)

    def server_error(self) -> Response:
        return problem(503, "Service Unavailable", "Service Unavailable")

    def errors_in_200(self) -> Response:
        told = {"title": "Internal Server Error", "detail": "Something is broken.", "type": "about:blank"}
        return Response(200, {"errors": [{**told, "status": 500}]})

    def not_there(self) -> Response:
        return problem(404, "Not Found", "Not Found")

    def _public(self, request: Request) -> dict[str, str]:
        """The form of a public client: its name in the body, and no Basic header."""
        if request.mime != FORM:
            raise _refused("invalid_request", "The content type must be application/x-www-form-urlencoded.")
        given = request.form()
        if "authorization" in request.headers or "client_secret" in given:
            raise _refused("unauthorized_client", "This client is public; it has no secret.", 401)
        if given.get("client_id") != self.client_id:
            raise _refused("invalid_client", "Value passed for the client_id was invalid.", 401)
        return given

    def _refreshed(self, refresh: str) -> Response:
        for token in self.tokens:
            if refresh and token.refresh == refresh and not token.is_refresh_dead:
                token.is_refresh_dead = token.is_dead = True
                return _told(self.give_token(token.person, token.scopes))
        raise _refused("invalid_request", "Value passed for the token was invalid.")


def _told(token: Token) -> Response:
    lives_s = round(token.dies_at_s - token.made_at_s)
    body: dict[str, Any] = {"token_type": "bearer", "expires_in": lives_s, "access_token": token.access}
    body["scope"] = " ".join(sorted(token.scopes))
    return Response(200, {**body, "refresh_token": token.refresh} if token.refresh else body)


def _refused(error: str, why: str, status: int = 400) -> Rejected:
    return Rejected(Response(status, {"error": error, "error_description": why}))


def _rate(most: int, left: int, until_s: float) -> dict[str, str]:
    return {
        "x-rate-limit-limit": str(most),
        "x-rate-limit-remaining": str(max(0, left)),
        "x-rate-limit-reset": str(round(until_s)),
    }
