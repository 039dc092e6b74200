"""Waits on this computer for a browser to come back from a site's consent page.

What comes back is in the address, so nothing here is ever logged, the address is answered by a redirect to a clean one
(which is what stays in the browser's history), and its path cannot be guessed.
"""

import os
import secrets
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from twohats.model.errors import Unreachable
from twohats.model.ports import Browser

_LOOK_EVERY_S = 0.05
_LINGER_S = 2.0
_CALLBACK = "/callback"
_PAGE = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>Two Hats</title>"
    "<style>body{{font:1.2rem/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color-scheme:"
    "light dark}}</style><p>{sentence}</p></html>"
)


class Loopback:
    """A listener on 127.0.0.1 for one answer. Use it as a context manager.

    `sentence` is what the person reads in the browser afterwards, `refused_sentence` when they said no. Where a network
    takes only an address that was registered with it, `ports` are those to try, in their order, and the answer comes
    back to `redirect_uri` with `state` in it.

    Raises Unreachable("connect_ports_taken") when none of the ports is free.
    """

    def __init__(self, sentence: str, refused_sentence: str, ports: Sequence[int] = (0,)) -> None:
        self._token = secrets.token_urlsafe(32)
        self._pages = {"done": sentence, "refused": refused_sentence}
        self._answer: dict[str, str] | None = None
        self._arrived = threading.Event()
        self._shown = threading.Event()
        self._server = _listening(ports, _handler_for(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_LOOK_EVERY_S,), daemon=True)

    @property
    def state(self) -> str:
        """What nobody else can know, for the address that a network sends the browser back to."""
        return self._token

    @property
    def redirect_uri(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{_CALLBACK}"

    @property
    def success_url(self) -> str:
        return self._url("return")

    @property
    def reject_url(self) -> str:
        return self._url("reject")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._arrived.is_set():
            self._shown.wait(_LINGER_S)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self, wait_s: float, browser: Browser) -> dict[str, str] | None:
        """What came back by name; empty when the person refused; None when time ran out or they gave up."""
        until_s = time.monotonic() + wait_s
        while time.monotonic() < until_s and not browser.is_stopped:
            if self._arrived.wait(_LOOK_EVERY_S):
                return self._answer
        return None

    def answer_to(self, target: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and page for a request; keeps what came back. The first answer counts."""
        parts = urlsplit(target)
        match parts.path.strip("/").split("/"):
            case [step, token] if secrets.compare_digest(token.encode(), self._token.encode()):
                if step in ("return", "reject"):
                    if not self._arrived.is_set():
                        self._answer = dict(parse_qsl(parts.query)) if step == "return" else {}
                        self._arrived.set()
                    page = "done" if self._answer else "refused"
                    return 303, {"Location": f"/{page}/{self._token}"}, ""
                if step in self._pages:
                    self._shown.set()
                    return 200, {}, _PAGE.format(sentence=self._pages[step])
            case [step] if f"/{step}" == _CALLBACK:
                given = dict(parse_qsl(parts.query))
                if secrets.compare_digest(given.pop("state", "").encode(), self._token.encode()):
                    if not self._arrived.is_set():
                        self._answer = {} if given.get("error") == "access_denied" else given
                        self._arrived.set()
                    page = "done" if self._answer and "code" in self._answer else "refused"
                    return 303, {"Location": f"/{page}/{self._token}"}, ""
        return 404, {}, ""

    def _url(self, step: str) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/{step}/{self._token}"


def _listening(ports: Sequence[int], handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    for port in ports:
        try:
            server = _Server(("127.0.0.1", port), handler)
        except OSError:
            continue
        server.daemon_threads = True
        return server
    raise Unreachable("connect_ports_taken", host="127.0.0.1")


class _Server(ThreadingHTTPServer):
    allow_reuse_address = os.name == "posix"  # on Windows it would let two programs share the port


def _handler_for(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5.0  # a browser's spare connection must not hold a thread for ever
        server_version = "TwoHats"
        sys_version = ""

        def do_GET(self) -> None:
            status, headers, page = loopback.answer_to(self.path)
            body = page.encode()
            self.send_response(status)
            fixed = {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Length": str(len(body)),
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
                "Connection": "close",
            }
            for name, value in {**fixed, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the address holds a password."""

    return Handler
