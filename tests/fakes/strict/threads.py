"""Threads: the dance with a secret, short tokens and long ones, and how old a token must be to be renewed.

By developers.facebook.com/docs/threads/get-started (access tokens, long-lived tokens) and the official collection in
github.com/fbsamples/threads_api, where the token goes in the header and the secret in the address; read 2026-11-22.
"""

from tests.fakes.strict.graph import Graph, refused, wanted_fields
from tests.fakes.strict.network import Clock, Rejected
from tests.fakes.strict.oauth import Asked, Token
from tests.fakes.strict.posts import Person
from tests.fakes.strict.wire import FORM, Request, Response, route

DAY_S = 86400.0
SCOPES = frozenset(
    {
        "threads_basic",
        "threads_content_publish",
        "threads_manage_replies",
        "threads_read_replies",
        "threads_manage_insights",
        "threads_delete",
    }
)
_ME_FIELDS = ("id", "username", "name", "threads_profile_picture_url", "threads_biography", "is_verified")


class ThreadsAuth(Graph):
    """`client_id` is the Threads app id; `meta_app_id`, the other number of the same app, opens nothing."""

    name = "threads"
    client_id = "2700000000000001"
    meta_app_id = "1400000000000001"
    client_secret = "fedcba9876543210fedcba9876543210"
    code_lives_s = 3600.0
    token_lives_s = 60 * DAY_S
    comes_back_with = "#_"

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.people = [
            Person("25100000000000001", "Jamie Lark", "jamielark"),
            Person("25100000000000002", "Robin Fenn", "robinfenn"),
        ]
        self.redirect_uris = {"https://example.org/two-hats"}

    def all_scopes(self) -> frozenset[str]:
        return SCOPES

    def secrets(self) -> set[str]:
        """The app's secret is not among them: its place in the exchange is the address."""
        return super().secrets() - {self.client_secret}

    @route("GET", "/oauth/authorize")
    def authorize(self, request: Request) -> Response:
        given = request.query
        scopes = frozenset(given.get("scope", "").split(","))
        if given.get("client_id") != self.client_id:
            return self.consent_error("Invalid app ID: the Threads app ID is needed, not the Meta app ID.")
        if given.get("redirect_uri") not in self.redirect_uris:
            return self.consent_error("Blocked: the redirect URI is not among those of the app.")
        if not given["redirect_uri"].startswith("https://"):
            return self.consent_error("Blocked: the redirect URI must use https.")
        if given.get("response_type") != "code" or "threads_basic" not in scopes or not scopes <= SCOPES:
            return self.consent_error("Invalid scope")
        return self.ask_person(Asked(self.client_id, given["redirect_uri"], scopes, given.get("state", ""), ""))

    def declined(self) -> dict[str, str]:
        return {"error": "access_denied", "error_reason": "user_denied", "error_description": "The user denied it"}

    @route("POST", "/oauth/access_token")
    def token(self, request: Request) -> Response:
        given = request.form()
        if request.mime not in (FORM, "multipart/form-data") or given.get("grant_type") != "authorization_code":
            raise _no_code("Invalid grant_type: Field is required")
        if given.get("client_id") != self.client_id:
            raise _no_code("Invalid platform app")
        if given.get("client_secret") != self.client_secret:
            raise _no_code("Error validating client secret.")
        code = self.take_code(given.get("code", ""), self.client_id, given.get("redirect_uri", ""))
        if code is None:
            raise _no_code("This authorization code has been used")
        fresh = self.give_token(code.person, code.scopes, 3600, "short")
        return Response(200, {"access_token": fresh.access, "user_id": int(code.person.id)})

    @route("GET", "/access_token")
    def exchange(self, request: Request) -> Response:
        given = request.query
        token = self.signed_in(request, "threads_basic")
        if given.get("grant_type") != "th_exchange_token":
            raise refused(100, "(#100) grant_type must be th_exchange_token")
        if given.get("client_secret") != self.client_secret:
            raise refused(1, "Error validating client secret.")
        if token.kind != "short":
            raise refused(452, "Session key invalid. This could be because the session key has an incorrect format.")
        return self._long(token)

    @route("GET", "/refresh_access_token")
    def refresh(self, request: Request) -> Response:
        token = self.signed_in(request, "threads_basic")
        if request.query.get("grant_type") != "th_refresh_token":
            raise refused(100, "(#100) grant_type must be th_refresh_token")
        if token.kind == "short" or self.now_s() < token.made_at_s + DAY_S:
            raise refused(100, "(#100) Only a long-lived token that is at least 24 hours old can be refreshed.")
        return self._long(token)

    @route("GET", "/v1.0/me")
    def me(self, request: Request) -> Response:
        token = self.signed_in(request, "threads_basic")
        wanted = {*wanted_fields(request.query.get("fields", "id"), _ME_FIELDS), "id"}
        told = {"id": token.person.id, "username": token.person.handle, "name": token.person.name}
        told |= {"threads_profile_picture_url": "https://scontent.example.org/p.jpg", "threads_biography": ""}
        return Response(200, {name: value for name, value in told.items() if name in wanted})

    def own_path(self, token: Token, number: str) -> None:
        """Paths begin with `me` or one's own number."""
        if number not in ("me", token.person.id):
            raise self.missing("post", number)

    def _long(self, token: Token) -> Response:
        fresh = self.give_token(token.person, token.scopes, 60 * DAY_S)
        lives_s = round(fresh.dies_at_s - fresh.made_at_s)
        return Response(200, {"access_token": fresh.access, "token_type": "bearer", "expires_in": lives_s})


def _no_code(why: str) -> Rejected:
    """The exchange of a code tells its errors in a way of its own."""
    return Rejected(Response(400, {"error_type": "OAuthException", "code": 400, "error_message": why}))
