"""A server on loopback that behaves badly on purpose, exactly as told, and notes what it was asked."""

import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Reply:
    """An answer. `after_s` waits before it; `drip_s` waits between its bytes; `cut_at` breaks off after so many."""

    status: int = 200
    body: str | bytes = "{}"
    headers: dict[str, str] = field(default_factory=dict)
    after_s: float = 0.0
    drip_s: float = 0.0
    cut_at: int | None = None


@dataclass(frozen=True)
class Hangup:
    """No answer: the connection ends, before or after the request was read."""

    is_read: bool = True


@dataclass(frozen=True)
class Asked:
    """A request as it came. `target` is path with query."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class BadServer:
    """Answers `method` on targets that contain `part` as told: each behaviour once in turn, the last for ever."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._told: list[tuple[str, str, list[Reply | Hangup]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
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

    def tell(self, method: str, part: str, *behaviours: Reply | Hangup) -> None:
        """The newest telling that fits a request counts."""
        self._told.insert(0, (method, part, list(behaviours)))

    def count(self, method: str, part: str = "") -> int:
        return sum(1 for asked in self.asked if asked.method == method and part in asked.target)

    def behaviour_for(self, method: str, target: str) -> Reply | Hangup:
        for told_method, part, behaviours in self._told:
            if told_method == method and part in target:
                return behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        return Reply(404, '{"code":"rest_no_route"}')


def _handler_for(server: BadServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            behaviour = server.behaviour_for(self.command, self.path)
            if isinstance(behaviour, Hangup) and not behaviour.is_read:
                server.asked.append(Asked(self.command, self.path, dict(self.headers), b""))
                self._reset()
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            server.asked.append(Asked(self.command, self.path, dict(self.headers), body))
            if isinstance(behaviour, Hangup):
                self._reset()
                return
            time.sleep(behaviour.after_s)
            try:
                self._send(behaviour)
            except OSError:
                self.close_connection = True  # the other side gave up, as it should

        do_GET = do_POST = do_PUT = do_DELETE = _any

        def _send(self, reply: Reply) -> None:
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(body)), "Connection": "close", **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            kept = body if reply.cut_at is None else body[: reply.cut_at]
            for piece in [kept[i : i + 1] for i in range(len(kept))] if reply.drip_s else [kept]:
                self.wfile.write(piece)
                time.sleep(reply.drip_s)
            self.close_connection = True

        def _reset(self) -> None:
            # Linger 0 makes the close a reset, as of a server that crashed.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()

        def log_message(self, format: str, *args: object) -> None:
            """Tests read what was asked from `asked`."""

    return Handler
