"""Puts the fakes on ports of 127.0.0.1, speaks real HTTP, and cuts lines where it is told to."""

import socket
import struct
import time
from contextlib import suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote

from tests.fakes.strict.network import Network
from tests.fakes.strict.wire import Request, Response

_POLL_S = 0.02
_MOST_BYTES = 64 * 1024 * 1024


class Host:
    """One network on one port, taken at once; `network.url` is the address."""

    def __init__(self, network: Network) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(network))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(_POLL_S,), daemon=True)
        network.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler_for(network: Network) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            if size > _MOST_BYTES or "chunked" in self.headers.get("Transfer-Encoding", ""):
                self._send(Response(411, None))
                return
            body = self.rfile.read(size)
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, body, network.now_s())
            request.origin = f"http://{headers.get('host', '')}"
            response, wait_s = network.answer(request)
            time.sleep(wait_s)
            if response is None:
                self._reset()
                return
            request.status = response.status
            try:
                self._send(response)
            except OSError:
                self.close_connection = True  # the other side gave up

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _any

        def _send(self, response: Response) -> None:
            body = response.payload()
            self.send_response(response.status)
            known = {name.lower() for name in response.headers}
            if body and "content-type" not in known:
                self.send_header("Content-Type", response.mime)
            for name, value in response.headers.items():
                self.send_header(name, quote(value, safe="!#$%&'*+-.^_`|~:/?=;,()<>@[]{} \"\\"))
            if response.status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def _reset(self) -> None:
            # Linger 0 makes the close a reset, as of a line that was cut.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def date_time_string(self, timestamp: float | None = None) -> str:
            """The Date header goes by the clock that tests move."""
            return formatdate(network.now_s() if timestamp is None else timestamp, usegmt=True)

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()

        def log_message(self, format: str, *args: object) -> None:
            """Tests read what was asked from `requests`."""

    return Handler
