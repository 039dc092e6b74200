"""One request over the wire, and every foreign fault translated into what it means for a post."""

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import urllib3.exceptions as wire
from requests.auth import AuthBase, HTTPBasicAuth

from twohats import __version__
from twohats.model.errors import BadInput, NetworkError, OutcomeUnknown, Refused, Unreachable
from twohats.model.ports import Sink
from twohats.networks.http import Answer, AnyLogin, BearerLogin, Http, host_of
from twohats.networks.steered import SteeredAdapter


def carry(
    way: Http,
    method: str,
    url: str,
    headers: Mapping[str, str],
    login: AnyLogin | None,
    params: Mapping[str, str] | None,
    body: Mapping[str, Any],  # Any: keyword arguments of requests
    into: Sink | None = None,
) -> Answer:
    """Sends once and reads the answer within the limits of `way`; the body of a success goes `into` a sink, if there
    is one. Raises NetworkError and BadInput."""
    is_write = method != "GET"
    fault: NetworkError | BadInput
    with closing(requests.Session()) as session:
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        if way.addresses is not None:
            for scheme in ("http://", "https://"):
                session.mount(scheme, SteeredAdapter(way.addresses))
        try:
            with session.request(
                **request_parts(method, url, headers, login, params, body),
                timeout=(way.connect_s, way.read_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                if into is not None and 200 <= response.status_code < 300:
                    content = b""
                    for piece in _capped(response, way):
                        into.write(piece)
                else:
                    content = b"".join(_capped(response, way))
                return Answer(
                    url=response.url,
                    status=response.status_code,
                    headers={name.lower(): value for name, value in response.headers.items()},
                    body=content,
                    was_write=is_write,
                    read_at_s=time.time(),
                )
        except (requests.RequestException, wire.HTTPError, _TooMuch, OSError, ValueError) as problem:
            fault = _meaning(problem, host_of(url), is_write)
    # Raised out here so that the request, which holds the password, hangs on to no traceback.
    raise fault


def request_parts(
    method: str,
    url: str,
    headers: Mapping[str, str],
    login: AnyLogin | None,
    params: Mapping[str, str] | None,
    body: Mapping[str, Any],  # Any: keyword arguments of requests
) -> dict[str, Any]:
    """What a request is made of, as keyword arguments of `requests.Request`."""
    own = {"User-Agent": f"TwoHats/{__version__}", "Connection": "close"}
    told = {"method": method, "url": url, "params": params, "headers": {**headers, **own}, "auth": _auth(login)}
    return {**told, **body}


def _capped(response: requests.Response, way: Http) -> Iterator[bytes]:
    deadline_s = time.monotonic() + way.answer_s
    size = 0
    # read1 hands over what has come; iter_content would wait for a full piece, as long as it drips.
    while chunk := response.raw.read1(64 * 1024, decode_content=True):
        size += len(chunk)
        if size > way.most_bytes or time.monotonic() > deadline_s:
            raise _TooMuch
        yield chunk


class _TooMuch(Exception):
    """The answer is larger or slower than any sound one."""


class _NoLogin(AuthBase):
    """Keeps requests from looking for a password in .netrc."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _Token(AuthBase):
    """A token in the header of a request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _auth(login: AnyLogin | None) -> AuthBase:
    if login is None:
        return _NoLogin()
    if isinstance(login, BearerLogin):
        return _Token(login.token)
    return HTTPBasicAuth(login.name.encode(), login.password.encode())


def _meaning(problem: Exception, host: str, is_write: bool) -> NetworkError | BadInput:
    """What a foreign exception means for a post. Whatever is not surely before the sending counts as after it."""
    invalid = (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
        requests.exceptions.InvalidHeader,
    )
    if isinstance(problem, invalid):
        return BadInput("address_wrong", host=host)
    causes = tuple(_causes(problem))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Unreachable("certificate_wrong", host=host)
    if any(isinstance(cause, wire.NameResolutionError) for cause in causes):
        return Unreachable("host_unknown", host=host)
    if any(isinstance(cause, wire.ProxyError) for cause in causes):
        return Unreachable("proxy_failed", host=host)
    if any(isinstance(cause, wire.NewConnectionError | wire.ConnectTimeoutError) for cause in causes):
        return Unreachable("host_silent", host=host)
    if is_write:
        return OutcomeUnknown("no_answer", host=host)
    if isinstance(problem, _TooMuch):
        return Refused("answer_too_large", host=host)
    return Unreachable("no_answer", host=host)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """The exceptions that hide in one another, as requests and urllib3 wrap them."""
    waiting: list[BaseException] = [problem]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
        waiting.extend(one for one in inner if isinstance(one, BaseException))
