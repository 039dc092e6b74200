"""Facebook's tokens: a person's own, short or long, and those of Pages, which come from it and die with it.

By developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived and docs/graph-api/reference/
debug_token, read 2026-11-22. A token in an address is refused, so what Graph takes by GET is asked by POST: the
exchange as in the Koala library, `debug_token` with `method=get`.
"""

import json
from typing import Any

from tests.fakes.strict.graph import Graph, failure, refused, sent_fields, wanted_fields
from tests.fakes.strict.network import Clock
from tests.fakes.strict.oauth import Asked, Token
from tests.fakes.strict.posts import Person
from tests.fakes.strict.wire import Request, Response, route

DAY_S = 86400.0
SCOPES = frozenset(
    {
        "public_profile",
        "pages_show_list",
        "pages_manage_posts",
        "pages_read_engagement",
        "pages_manage_engagement",
        "pages_read_user_content",
    }
)
_PERSON_FIELDS = ("id", "name", "picture", "category", "link", "username", "fan_count", "first_name", "last_name")
_PAGE_FIELDS = ("id", "name", "access_token", "tasks", "category", "picture", "link", "username")
_TASKS = ("MODERATE", "CREATE_CONTENT", "ANALYZE", "ADVERTISE", "MESSAGING")


class FacebookAuth(Graph):
    """`versions` are those of Graph that are answered. `tasks` are what the person may do on the Pages.

    `is_in_development`: the app may send people back to http://localhost.
    """

    name = "facebook"
    client_id = "1400000000000001"
    client_secret = "0123456789abcdef0123456789abcdef"
    token_lives_s = 3600.0
    comes_back_with = "#_=_"
    versions = ("v23.0", "v24.0", "v25.0", "v26.0")
    is_in_development = True

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.people = [Person("10200000000000001", "Jamie Lark", "")]
        self.pages = [Person("61550000000000001", "Lark Practice", ""), Person("61550000000000002", "Fenn Choir", "")]
        self.tasks: tuple[str, ...] = _TASKS
        self.redirect_uris = {"https://www.facebook.com/connect/login_success.html"}
        self._pages_of: dict[str, list[Token]] = {}

    def all_scopes(self) -> frozenset[str]:
        return SCOPES

    def give_page_token(self, page: Person | None = None, scopes: frozenset[str] | None = None) -> Token:
        """The token of a Page as the program stores it: without an end."""
        own = self.give_token(scopes=scopes, lives_s=60 * DAY_S, kind="long")
        wanted = page or self.pages[0]
        return next(token for token in self._page_tokens(own) if token.person.id == wanted.id)

    def change_password(self) -> None:
        """The person did: every token dies."""
        for token in self.tokens:
            token.is_dead = True

    @route("GET", "/{version}/dialog/oauth")
    def authorize(self, request: Request, version: str) -> Response:
        self.check_version(version)
        given = request.query
        scopes = frozenset(given.get("scope", "public_profile").replace(" ", ",").split(","))
        back = given.get("redirect_uri", "")
        is_local = self.is_in_development and back.startswith(("http://localhost/", "http://localhost:"))
        if given.get("client_id") != self.client_id:
            return self.consent_error("Invalid App ID")
        if back not in self.redirect_uris and not is_local:
            return self.consent_error("URL Blocked: This redirect failed because the redirect URI is not whitelisted.")
        if given.get("response_type", "code") != "code" or not scopes <= SCOPES:
            return self.consent_error(f"Invalid Scopes: {', '.join(sorted(scopes - SCOPES))}")
        return self.ask_person(Asked(self.client_id, back, scopes, given.get("state", ""), ""))

    def declined(self) -> dict[str, str]:
        return {"error": "access_denied", "error_reason": "user_denied", "error_description": "Permissions error"}

    @route("POST", "/{version}/oauth/access_token")
    def exchange(self, request: Request, version: str) -> Response:
        self.check_version(version)
        given = sent_fields(request)
        if given.get("client_id") != self.client_id:
            raise refused(101, "Error validating application. Invalid application ID.")
        if given.get("client_secret") != self.client_secret:
            raise refused(1, "Error validating client secret.")
        kind = given.get("grant_type")
        if kind == "client_credentials":
            return Response(200, {"access_token": f"{self.client_id}|{self.client_secret}", "token_type": "bearer"})
        if kind == "fb_exchange_token":
            token = self.token_of(str(given.get("fb_exchange_token", "")))
            if token is None or token.kind == "page":
                raise refused(190, "Error validating access token: the session is invalid.", error_subcode=463)
            fresh = self.give_token(token.person, token.scopes, 60 * DAY_S, "long")
            lives_s = round(fresh.dies_at_s - fresh.made_at_s)
            return Response(200, {"access_token": fresh.access, "token_type": "bearer", "expires_in": lives_s})
        code = self.take_code(str(given.get("code", "")), self.client_id, str(given.get("redirect_uri", "")))
        if code is None:
            raise refused(100, "This authorization code has been used.", error_subcode=36009)
        fresh = self.give_token(code.person, code.scopes)
        return Response(200, {"access_token": fresh.access, "token_type": "bearer", "expires_in": 3600})

    @route("GET", "/{version}/me")
    def me(self, request: Request, version: str) -> Response:
        self.check_version(version)
        token = self.signed_in(request)
        return Response(200, self.about(token.person, request.query.get("fields", "name")))

    @route("GET", "/{version}/me/accounts")
    def accounts(self, request: Request, version: str) -> Response:
        self.check_version(version)
        token = self.signed_in(request, "pages_show_list")
        if token.kind == "page":
            raise refused(100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)")
        asked = request.query.get("fields", "access_token,category,name,tasks")
        wanted = {*wanted_fields(asked, _PAGE_FIELDS), "id"}
        told = [{**self._page(one), "access_token": one.access} for one in self._page_tokens(token)]
        data = [{name: value for name, value in page.items() if name in wanted} for page in told]
        return Response(200, {"data": data, "paging": {"cursors": {"before": "QVFI", "after": "QVFJ"}}})

    @route("POST", "/{version}/debug_token")
    def debug(self, request: Request, version: str) -> Response:
        self.check_version(version)
        given = sent_fields(request)
        if str(given.get("method", "")).lower() != "get":
            raise self.missing("post", "debug_token")
        is_app = request.bearer == f"{self.client_id}|{self.client_secret}"
        if not is_app:
            self.signed_in(request)
        token = next((one for one in self.tokens if one.access == given.get("input_token")), None)
        if token is None:
            raise refused(100, "(#100) The parameter input_token is required")
        ends_at = 0 if token.dies_at_s == float("inf") else round(token.dies_at_s)
        told: dict[str, Any] = {"app_id": self.client_id, "application": "Two Hats of Jamie", "expires_at": ends_at}
        told |= {"type": "PAGE" if token.kind == "page" else "USER", "issued_at": round(token.made_at_s)}
        told |= {"user_id": self.people[0].id, "scopes": sorted(token.scopes)}
        told["is_valid"] = self.token_of(token.access) is not None
        if token.kind == "page":
            told["profile_id"] = token.person.id
        if not told["is_valid"]:
            told["error"] = {"code": 190, "message": "Error validating access token", "subcode": 463}
        return Response(200, {"data": told})

    @route("GET", "/{version}/me/permissions")
    def permissions(self, request: Request, version: str) -> Response:
        self.check_version(version)
        token = self.signed_in(request)
        data = [{"permission": scope, "status": "granted"} for scope in sorted(token.scopes)]
        return Response(200, {"data": data})

    @route("DELETE", "/{version}/{person_id}/permissions")
    def revoke(self, request: Request, version: str, person_id: str) -> Response:
        """Takes the app away from the person: their tokens die, and their Pages' with them."""
        self.check_version(version)
        token = self.signed_in(request)
        if token.kind == "page":
            raise refused(100, "(#100) Tried accessing nonexisting field (permissions) on node type (Page)")
        if person_id not in ("me", token.person.id):
            raise self.missing("delete", person_id)
        self.change_password()
        return Response(200, {"success": True})

    def check_version(self, version: str) -> None:
        if version not in self.versions:
            raise refused(2500, f"Unknown path components: /{version}")

    def spent(self) -> Response:
        """The Page's own limit; when it ends stands in a header, in minutes."""
        response = failure(32, "(#32) Page request limit reached", 403, is_transient=True)
        use = {self.pages[0].id: [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 12}]}
        response.headers["X-Business-Use-Case-Usage"] = json.dumps(use)
        return response

    def _page_tokens(self, own: Token) -> list[Token]:
        """One for each Page; without an end when the person's token is a long one."""
        if own.access not in self._pages_of:
            lives_s = float("inf") if own.kind == "long" else own.dies_at_s - self.now_s()
            self._pages_of[own.access] = [self.give_token(page, own.scopes, lives_s, "page") for page in self.pages]
        return self._pages_of[own.access]

    def _page(self, token: Token) -> dict[str, Any]:
        told = {"id": token.person.id, "name": token.person.name, "category": "Psychologist"}
        return {**told, "tasks": list(self.tasks), "link": f"https://www.facebook.com/{token.person.id}"}

    def about(self, person: Person, fields: str) -> dict[str, Any]:
        wanted = {*wanted_fields(fields, _PERSON_FIELDS), "id"}
        picture = {"data": {"url": "https://scontent.example.org/p50x50/1.jpg", "is_silhouette": False}}
        told = {"id": person.id, "name": person.name, "picture": picture, "link": f"https://facebook.com/{person.id}"}
        return {name: value for name, value in told.items() if name in wanted}
