"""Connections that go only to addresses that were looked at: a name may mean another one a moment later.

Whoever owns a name can answer "out there" to the one who checks it, and "your own network" to the one who connects. So
the name is looked up once, each address is checked, and the connection is made to one of those. The certificate and
the Host header go by the name, as ever. Where a proxy stands between, it is the proxy that looks names up.
"""

from collections.abc import Callable, Sequence
from socket import socket

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

Addresses = Callable[[str, int], Sequence[str]]
"""The addresses of a host and port that may be connected to, best first; raises where there is none."""


class SteeredAdapter(HTTPAdapter):
    """Carries requests of a session of requests."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        super().__init__()

    def init_poolmanager(self, *given: object, **more: object) -> None:
        super().init_poolmanager(*given, **more)  # type: ignore[arg-type]  # handed through as they came
        self.poolmanager.pool_classes_by_scheme = _pools(self._addresses)


def _pools(addresses: Addresses) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        """urllib3 connects to `_dns_host`, and shows servers the same as `host`: so it is an address just while the
        socket is opened. The first address that answers is taken."""

        def _new_conn(self) -> socket:
            name = self._dns_host
            fault: NewConnectionError | ConnectTimeoutError | None = None
            for address in addresses(name, self.port):
                self._dns_host = address
                try:
                    return super()._new_conn()
                except (NewConnectionError, ConnectTimeoutError) as problem:
                    fault = problem
                finally:
                    self._dns_host = name
            raise fault or NewConnectionError(self, "no address")

    class Sealed(Plain, HTTPSConnection):
        """The same, with https."""

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SealedPool(HTTPSConnectionPool):
        ConnectionCls = Sealed

    return {"http": PlainPool, "https": SealedPool}
