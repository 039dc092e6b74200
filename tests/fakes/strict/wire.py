"""Requests as they came, responses as they go, and which handler answers which path."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

JSON = "application/json; charset=utf-8"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Part:
    """One field of a multipart form. `filename` is None where none was given."""

    data: bytes
    filename: str | None
    mime: str


@dataclass
class Request:
    """A request as it came. Header names are in lower case; `target` is path and query, still encoded.

    `is_taken` tells whether the network worked on it, `status` what was answered (0 when the line was cut).
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    at_s: float
    is_taken: bool = False
    status: int = 0
    origin: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def mime(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def bearer(self) -> str:
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""

    def form(self) -> dict[str, str]:
        """The fields of a form, of either kind; files are left out."""
        return dict(self.form_pairs())

    def form_pairs(self) -> list[tuple[str, str]]:
        """The same in its order, with names that come twice."""
        if self.mime == "multipart/form-data":
            return [(name, part.data.decode()) for name, part in self.parts().items() if part.filename is None]
        return parse_qsl(self.body.decode(), keep_blank_values=True) if self.mime == FORM else []

    def parts(self) -> dict[str, Part]:
        """The parts of a multipart form by name."""
        head = Message()
        head["Content-Type"] = self.headers.get("content-type", "")
        boundary = head.get_param("boundary")
        if self.mime != "multipart/form-data" or not isinstance(boundary, str):
            return {}
        found: dict[str, Part] = {}
        for piece in (b"\r\n" + self.body).split(b"\r\n--" + boundary.encode())[1:-1]:
            raw_head, _, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            named = Message()
            for line in raw_head.decode("utf-8", "replace").split("\r\n"):
                name, _, value = line.partition(":")
                named[name] = value.strip()
            key = named.get_param("name", header="content-disposition")
            if isinstance(key, str):
                found[key] = Part(data, named.get_filename(), named.get_content_type())
        return found

    def data(self) -> Any:  # whatever JSON was sent
        """The JSON of the body. Raises ValueError when there is none, or its type is not told."""
        if self.mime != "application/json":
            raise ValueError("not said to be JSON")
        return json.loads(self.body)


@dataclass
class Response:
    """`body` of bytes or text goes as it is, anything else as JSON; None is an empty body."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    mime: str = JSON

    def payload(self) -> bytes:
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


def page(status: int, title: str, body: str) -> Response:
    """A web page, as for a person."""
    html = f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"
    return Response(status, html, mime="text/html; charset=utf-8")


def redirect(to: str, status: int = 302) -> Response:
    return Response(status, "", {"Location": to}, mime="text/html; charset=utf-8")


Handler = Callable[..., Response]


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Marks a method of a network as the answer to a path; `{name}` holds anything but a slash, still encoded."""

    def mark(handler: Handler) -> Handler:
        pattern = re.compile("".join(f"(?P<{p[1:-1]}>[^/]+)" if p[0] == "{" else re.escape(p) for p in _pieces(path)))
        known = getattr(handler, "routes", [])
        handler.routes = [*known, (method, pattern)]  # type: ignore[attr-defined]
        return handler

    return mark


def find_handler(network: object, method: str, path: str) -> tuple[Handler, dict[str, str]] | None:
    """The marked method for a path, the plainest if several fit, and what its names hold, as encoded as it came."""
    fitting: list[tuple[int, Handler, dict[str, str]]] = []
    for name in dir(type(network)):
        for told_method, pattern in getattr(getattr(type(network), name, None), "routes", []):
            found = pattern.fullmatch(path)
            if told_method == method and found:
                fitting.append((pattern.groups, getattr(network, name), found.groupdict()))
    return min(fitting, key=lambda one: one[0])[1:] if fitting else None


def fits(pattern: str, request: Request) -> bool:
    """Whether "POST /2/tweets" or "DELETE /2/tweets/*" means this request; "* *" means any."""
    method, _, path = pattern.partition(" ")
    return method in ("*", request.method) and (
        fnmatchcase(request.path, path) or fnmatchcase(unquote(request.path), path)
    )


def _pieces(path: str) -> list[str]:
    return [piece for piece in re.split(r"(\{\w+\})", path) if piece]
