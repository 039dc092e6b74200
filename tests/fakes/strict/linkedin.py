"""LinkedIn's dance and headers: a client secret, exact redirects, a version that is alive.

Error bodies: github.com/PipedreamHQ/pipedream/issues/18398 (version), learn.microsoft.com/linkedin/shared/api-guide/
concepts/error-handling (tokens, throttling), read 2026-11-22.
"""

from typing import Any

from tests.fakes.strict.network import Clock, Rejected
from tests.fakes.strict.oauth import Asked, Code, Token, WithConsent, answers, is_challenge
from tests.fakes.strict.posts import PORTRAIT, Person
from tests.fakes.strict.wire import FORM, Request, Response, route

DAY_S = 86400.0
SCOPES = frozenset({"openid", "profile", "email", "w_member_social"})
_CODE_IS_WRONG = (
    "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
    "Or authorization code expired. Or external member binding exists"
)


def wrong(status: int, code: str, message: str, service: int | None = None) -> Rejected:
    more = {} if service is None else {"serviceErrorCode": service}
    return Rejected(Response(status, {"status": status, **more, "code": code, "message": message}))


class LinkedInAuth(WithConsent):
    """`may_refresh_tokens` is for approved partners, `allows_native` for apps that LinkedIn has enabled PKCE for.

    `versions` are those alive (202601 to 202607 were found to exist; there was no 202512).
    """

    name = "linkedin"
    client_id = "77fakeclient0id"
    client_secret = "WPL_AP1.fakeSecret.c2VjcmV0"
    code_lives_s = 1800.0
    token_lives_s = 60 * DAY_S
    may_refresh_tokens = False
    allows_native = False
    versions = frozenset(f"2026{month:02}" for month in range(1, 8))

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.people = [Person("aB3dE5fG7h", "Jamie Lark", ""), Person("zY9xW8vU7t", "Robin Fenn", "")]
        self.redirect_uris = {f"http://127.0.0.1:{port}/callback" for port in (47131, 47132, 47133)}

    def all_scopes(self) -> frozenset[str]:
        return SCOPES

    def may_refresh(self, scopes: frozenset[str]) -> bool:
        return self.may_refresh_tokens

    @route("GET", "/oauth/v2/authorization")
    def authorize(self, request: Request) -> Response:
        given = request.query
        if given.get("redirect_uri") not in self.redirect_uris:
            return self.consent_error("The redirect_uri does not match the registered value")
        return self._asking(given, "")

    @route("GET", "/oauth/native-pkce/authorization")
    def authorize_native(self, request: Request) -> Response:
        given = request.query
        challenge = given.get("code_challenge", "")
        if not self.allows_native:
            return self.consent_error("Not enabled for the application to use PKCE")
        if not given.get("redirect_uri", "").startswith(("http://127.0.0.1:", "http://[::1]:")):
            return self.consent_error("The redirect_uri does not match the registered value")
        if given.get("code_challenge_method") != "S256" or not is_challenge(challenge):
            return self.consent_error("Code challenge is required")
        return self._asking(given, challenge)

    @route("POST", "/oauth/v2/accessToken")
    def token(self, request: Request) -> Response:
        given = request.form()
        if request.mime != FORM:
            raise _refused(400, "invalid_request", 'A required parameter "grant_type" is missing')
        if given.get("grant_type") == "refresh_token":
            return self._refreshed(given)
        if given.get("grant_type") != "authorization_code":
            raise _refused(400, "invalid_request", 'A required parameter "grant_type" is missing')
        for name in ("code", "redirect_uri", "client_id"):
            if not given.get(name):
                raise _refused(400, "invalid_request", f'A required parameter "{name}" is missing')
        code = self.take_code(given["code"], given["client_id"], given["redirect_uri"])
        self._check_client(given, code)
        if code is None or (code.challenge and not answers(code.challenge, given.get("code_verifier", ""))):
            raise _refused(400, "invalid_request", _CODE_IS_WRONG)
        return self._told(self.give_token(code.person, code.scopes))

    @route("GET", "/v2/userinfo")
    def userinfo(self, request: Request) -> Response:
        token = self.bearer_of(request)
        if not {"openid", "profile"} <= token.scopes:
            raise wrong(403, "ACCESS_DENIED", "Not enough permissions to access: userinfo.GET.NO_VERSION", 100)
        first, _, last = token.person.name.partition(" ")
        told = {"sub": token.person.id, "name": token.person.name, "given_name": first, "family_name": last}
        picture = f"{self.url}/dms/image/v2/fake/profile-displayphoto-shrink_100_100/0"
        return Response(200, {**told, "locale": {"country": "GB", "language": "en"}, "picture": picture})

    @route("GET", "/dms/image/v2/fake/profile-displayphoto-shrink_100_100/0")
    def portrait(self, request: Request) -> Response:
        """For anybody; LinkedIn keeps it on a host of its own."""
        return Response(200, PORTRAIT, mime="image/gif")

    def bearer_of(self, request: Request) -> Token:
        """The token of a request, alive."""
        if "oauth2_access_token" in request.query or "access_token" in request.query:
            raise wrong(
                401, "MULTIPLE_AUTH", "Multiple authentication schemes detected, or a token in the address", 65604
            )
        if not request.bearer:
            raise wrong(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", 65604)
        token = self.token_of(request.bearer)
        if token is None:
            if any(one.access == request.bearer and not one.is_dead for one in self.tokens):
                raise wrong(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602)
            if any(one.access == request.bearer for one in self.tokens):
                raise wrong(401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked", 65601)
            raise Rejected(self.unauthorized())
        return token

    def signed_in(self, request: Request, resource: str) -> Token:
        """The same for calls of a version: headers first, then the token and its scope."""
        version = request.headers.get("linkedin-version", "")
        if not version:
            message = "A version must be present. Please specify a version by adding the LinkedIn-Version header."
            raise wrong(400, "VERSION_MISSING", message)
        if not (len(version) == 6 and version.isdigit()):
            raise wrong(400, "INVALID_VERSION", "The version is not of the form YYYYMM")
        if version not in self.versions:
            raise wrong(426, "NONEXISTENT_VERSION", f"Requested version {version}01 is not active")
        if request.headers.get("x-restli-protocol-version") != "2.0.0":
            raise wrong(400, "ILLEGAL_ARGUMENT", "The header X-RestLi-Protocol-Version must be 2.0.0")
        token = self.bearer_of(request)
        if "w_member_social" not in token.scopes:
            raise self.denied(resource)
        return token

    def denied(self, resource: str) -> Rejected:
        return wrong(403, "ACCESS_DENIED", f"Not enough permissions to access: {resource}.20260701", 100)

    def unauthorized(self) -> Response:
        told = {"status": 401, "serviceErrorCode": 65600, "code": "INVALID_ACCESS_TOKEN"}
        return Response(401, {**told, "message": "Invalid access token"})

    def too_fast(self) -> Response:
        message = "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached."
        told = {"status": 429, "serviceErrorCode": 101, "code": "TOO_MANY_REQUESTS", "message": message}
        return Response(429, told)

    def server_error(self) -> Response:
        return Response(500, {"message": "Internal Server Error", "status": 500})

    def errors_in_200(self) -> Response:
        return Response(200, {"status": 500, "code": "INTERNAL_SERVER_ERROR", "message": "Internal Server Error"})

    def not_there(self) -> Response:
        return Response(404, {"status": 404, "code": "RESOURCE_NOT_FOUND", "message": "No virtual resource found"})

    def declined(self) -> dict[str, str]:
        return {"error": "user_cancelled_authorize", "error_description": "The user cancelled the authorization"}

    def _asking(self, given: dict[str, str], challenge: str) -> Response:
        scopes = frozenset(given.get("scope", "").split(" ")) - {""}
        if given.get("response_type") != "code" or given.get("client_id") != self.client_id:
            return self.consent_error("The passed in client_id is invalid")
        if not scopes or not scopes <= SCOPES:
            return self.consent_error("Scope is not authorized for your application")
        if not given.get("state"):
            return self.consent_error("A state is needed against forged answers")
        return self.ask_person(Asked(self.client_id, given["redirect_uri"], scopes, given["state"], challenge))

    def _check_client(self, given: dict[str, str], code: Code | None) -> None:
        is_native = code is not None and bool(code.challenge)
        if given.get("client_id") != self.client_id or (
            not is_native and given.get("client_secret") != self.client_secret
        ):
            raise _refused(401, "invalid_client", "Client authentication failed")

    def _refreshed(self, given: dict[str, str]) -> Response:
        self._check_client(given, None)
        for token in self.tokens:
            if token.refresh and token.refresh == given.get("refresh_token") and self.now_s() < token.refresh_dies_at_s:
                fresh = self.give_token(token.person, token.scopes)
                fresh.refresh, fresh.refresh_dies_at_s = token.refresh, token.refresh_dies_at_s
                return self._told(fresh)
        raise _refused(400, "invalid_request", "The provided authorization grant or refresh token is invalid")

    def _told(self, token: Token) -> Response:
        body: dict[str, Any] = {"access_token": token.access, "expires_in": round(token.dies_at_s - token.made_at_s)}
        body |= {"scope": ",".join(sorted(token.scopes)), "token_type": "Bearer"}
        if token.refresh:
            if token.refresh_dies_at_s == float("inf"):
                token.refresh_dies_at_s = token.made_at_s + 365 * DAY_S
            left_s = round(token.refresh_dies_at_s - self.now_s())
            body |= {"refresh_token": token.refresh, "refresh_token_expires_in": left_s}
        return Response(200, body)


def _refused(status: int, error: str, why: str) -> Rejected:
    return Rejected(Response(status, {"error": error, "error_description": why}))
