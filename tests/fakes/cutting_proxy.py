"""Stands between the program and a real server, passes everything on, loses what it is told to lose, and answers in the
server's place where it is told to."""

import http.client
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass
class Cut:
    """Loses one request (`before`) or its answer (not `before`) of a method, on targets that contain `part`. With an
    `instead`, that is answered.

    `taken` is set once the server has answered; the answer is lost when `until` is.
    """

    method: str
    part: str
    before: bool
    taken: threading.Event | None = None
    until: threading.Event | None = None
    instead: "Instead | None" = None


@dataclass(frozen=True)
class Instead:
    """An answer in the place of the server's own."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Passed:
    """A request as it came; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class CuttingProxy:
    """`passed` are the requests that reached the server, as "POST /wp-json/wp/v2/posts"; `requests` the same, whole."""

    def __init__(self, target: str) -> None:
        self.passed: list[str] = []
        self.requests: list[Passed] = []
        self.cuts: list[Cut] = []
        self.dropped_headers: set[str] = set()
        self.changed_headers: dict[str, str] = {}
        self._target = urlsplit(target).netloc
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self, self._target))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def lose_answer(self, method: str, part: str) -> None:
        """The server takes the next such request, and nobody hears of it."""
        self.cuts.append(Cut(method, part, before=False))

    def hold_answer(self, method: str, part: str, taken: threading.Event, until: threading.Event) -> None:
        """The server takes the next such request; its answer is held back, and then lost."""
        self.cuts.append(Cut(method, part, before=False, taken=taken, until=until))

    def lose_request(self, method: str, part: str) -> None:
        """The next such request never reaches the server."""
        self.cuts.append(Cut(method, part, before=True))

    def answer(self, method: str, part: str, instead: Instead, times: int = 1, *, is_taken: bool = False) -> None:
        """The next such requests are answered so. They reach the server only if they are taken."""
        self.cuts += [Cut(method, part, before=not is_taken, instead=instead) for _ in range(times)]

    def cut_for(self, method: str, target: str) -> Cut | None:
        for cut in self.cuts:
            if cut.method == method and cut.part in target:
                self.cuts.remove(cut)
                return cut
        return None


def _handler_for(proxy: CuttingProxy, target: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            cut = proxy.cut_for(self.command, self.path)
            if cut and cut.before:
                self._lose(cut)
                return
            proxy.passed.append(f"{self.command} {self.path}")
            headers = {name.lower(): value for name, value in self.headers.items()}
            proxy.requests.append(Passed(self.command, self.path, headers, body))
            connection = http.client.HTTPConnection(target, timeout=60)
            try:
                kept = {
                    name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")
                }
                connection.request(self.command, self.path, body or None, {**kept, "Host": target})
                answer = connection.getresponse()
                data = answer.read()
            finally:
                connection.close()
            if cut:
                if cut.taken and cut.until:
                    cut.taken.set()
                    cut.until.wait(60)
                self._lose(cut)
                return
            self.send_response_only(answer.status)
            answered = {name: value for name, value in answer.getheaders() if name.lower() not in _OWN}
            for name, value in {**answered, **proxy.changed_headers}.items():
                if name.lower() not in proxy.dropped_headers:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _any

        def _lose(self, cut: Cut) -> None:
            if cut.instead is None:
                self._reset()
                return
            self.send_response_only(cut.instead.status)
            for name, value in cut.instead.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(cut.instead.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(cut.instead.body)
            self.close_connection = True

        def _reset(self) -> None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()

        def log_message(self, format: str, *args: object) -> None:
            """Tests read what was passed from `passed`."""

    return Handler


_OWN = ("content-length", "connection", "transfer-encoding")
