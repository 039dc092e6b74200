"""What Facebook and Threads have in common: one way of telling errors, fields that are asked for, tokens in headers.

Codes: developers.facebook.com/docs/graph-api/guides/error-handling; bodies: github.com/fbsamples/threads_api/issues/70
(container), github.com/arsduo/koala/issues/699 (code 2 with 500 while the post went out), read 2026-11-22.
"""

import json
from collections.abc import Iterable
from typing import Any

from tests.fakes.strict.network import Rejected
from tests.fakes.strict.oauth import Token, WithConsent
from tests.fakes.strict.wire import Request, Response

_KIND = "OAuthException"


def failure(code: int, message: str, status: int = 400, **more: Any) -> Response:
    """An error as Graph tells it."""
    told = {"message": message, "type": _KIND, "code": code, **more, "fbtrace_id": "AfakeTraceOfThisCall"}
    return Response(status, {"error": told})


def refused(code: int, message: str, status: int = 400, **more: Any) -> Rejected:
    return Rejected(failure(code, message, status, **more))


def sent_fields(request: Request) -> dict[str, Any]:
    """What stands in the body, as a form or as JSON. What stands in the address of a write is not looked at."""
    if request.mime == "application/json":
        try:
            data = request.data()
        except ValueError:
            raise refused(100, "(#100) The body is not JSON") from None
        return data if isinstance(data, dict) else {}
    return dict(request.form())


def wanted_fields(asked: str, known: Iterable[str]) -> list[str]:
    """The names in "id,comments.summary(true).limit(0),from{name}", when all are known."""
    names, depth, name = [], 0, ""
    for sign in asked:
        depth += (sign in "{(") - (sign in "})")
        if sign == "," and not depth:
            names.append(name)
            name = ""
        else:
            name += sign
    found = [one.split(".")[0].split("{")[0].strip() for one in [*names, name] if one.strip()]
    for one in found:
        if one not in set(known):
            raise refused(100, f"(#100) Tried accessing nonexisting field ({one})")
    return found


def listed(value: object) -> list[Any]:
    """A list in a form is JSON; anything else is refused, as Graph does."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    if not isinstance(value, list):
        raise refused(100, "(#100) param attached_media must be an array.")
    return value


class Graph(WithConsent):
    """`dead_token_status`: Graph has told dead tokens with 400 and with 401."""

    dead_token_status = 400

    def before(self, request: Request) -> None:
        """No token in an address, whatever Graph would take."""
        for name, value in request.query.items():
            is_secret = any(value in (token.access, token.refresh) for token in self.tokens) and bool(value)
            if is_secret or name in ("access_token", "input_token", "fb_exchange_token"):
                raise refused(2500, "A token must not stand in the address.")

    def signed_in(self, request: Request, *scopes: str) -> Token:
        """The token of a request, in its header or its body, alive, with these permissions."""
        access = request.bearer or (str(sent_fields(request).get("access_token") or "") if request.body else "")
        if not access:
            message = "An active access token must be used to query information about the current user."
            raise refused(2500, message)
        token = self.token_of(access)
        if token is None:
            known = next((one for one in self.tokens if one.access == access), None)
            raise Rejected(self._dead(463 if known and not known.is_dead else 460 if known else None))
        for scope in scopes:
            if scope not in token.scopes:
                raise refused(200, f"(#200) Requires {scope} permission to manage the object", 403)
        return token

    def after(self, request: Request, response: Response) -> None:
        response.headers.setdefault("X-App-Usage", '{"call_count":1,"total_cputime":0,"total_time":1}')

    def unauthorized(self) -> Response:
        return self._dead(460)

    def too_fast(self) -> Response:
        """400, not 429."""
        response = failure(4, "(#4) Application request limit reached", is_transient=True)
        response.headers["X-App-Usage"] = '{"call_count":100,"total_cputime":25,"total_time":25}'
        return response

    def server_error(self) -> Response:
        message = "An unexpected error has occurred. Please retry your request later."
        return failure(2, message, 500, is_transient=True)

    def errors_in_200(self) -> Response:
        return failure(1, "An unknown error occurred", 200)

    def not_there(self) -> Response:
        return failure(2500, "Unknown path components", 400)

    def missing(self, method: str, number: str) -> Rejected:
        """For an object that is not there, or not any more."""
        why = "does not exist, cannot be loaded due to missing permissions, or does not support this operation"
        body = failure(100, f"Unsupported {method} request. Object with ID '{number}' {why}.", error_subcode=33)
        body.body["error"]["type"] = "GraphMethodException"
        return Rejected(body)

    def _dead(self, subcode: int | None) -> Response:
        if subcode is None:
            return failure(190, "Invalid OAuth access token - Cannot parse access token", self.dead_token_status)
        why = {463: "Session has expired.", 460: "The session has been invalidated because the user changed it."}
        message = f"Error validating access token: {why[subcode]}"
        return failure(190, message, self.dead_token_status, error_subcode=subcode)
