"""Where releases are told of and lie: the signed feed and the packages, over HTTPS or from this very computer."""

from dataclasses import replace
from urllib.parse import urlsplit

from twohats.model.errors import BadInput, NetworkError, Refused, Unreachable
from twohats.model.ports import Sink
from twohats.model.update import Package, SignedFeed
from twohats.networks.http import Answer, Http, host_of, is_private_wire

_MOST_FEED_BYTES = 64 * 1024
_MOST_SIGNATURE_BYTES = 4 * 1024
_DOWNLOAD_S = 3600.0
_LONGEST_URL = 2000


class HttpReleaseServer:
    """Meets ReleaseServer. It is told nothing but what every request tells: the version of the program."""

    def __init__(self, address: str, http: Http | None = None) -> None:
        self._address = address
        self._http = replace(http or Http(), refuse=_refuse_open_wire)

    @property
    def host(self) -> str:
        return host_of(self._address)

    def read(self) -> SignedFeed:
        """The feed and its signatures, unread. Raises Unreachable, Refused."""
        feed = self._fetched(self._address, _MOST_FEED_BYTES)
        return SignedFeed(feed, self._fetched(self._address + ".sig", _MOST_SIGNATURE_BYTES))

    def may_ask(self, url: str) -> bool:
        """https, or this very computer; without a name and password in it."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= _LONGEST_URL
        return is_plain and bool(parts.hostname) and "@" not in parts.netloc and is_private_wire(url)

    def download(self, package: Package, into: Sink) -> None:
        """Raises Unreachable, Refused, and what the sink raises."""
        # One byte more than promised ends it.
        way = replace(self._http, most_bytes=package.size, answer_s=_DOWNLOAD_S)
        try:
            answer = way.save(package.url, into)
        except (NetworkError, BadInput) as problem:
            raise _meaning(problem, package.url, "update_damaged") from None
        _require_success(answer)

    def _fetched(self, url: str, most_bytes: int) -> bytes:
        try:
            answer = replace(self._http, most_bytes=most_bytes).read(url)
        except (NetworkError, BadInput) as problem:
            raise _meaning(problem, url, "feed_too_long") from None
        _require_success(answer)
        return answer.body


def _refuse_open_wire(url: str) -> None:
    if not is_private_wire(url):
        raise Refused("feed_moved", host=host_of(url))


def _require_success(answer: Answer) -> None:
    if 200 <= answer.status < 300:
        return
    host = host_of(answer.url)
    if answer.status >= 500 or answer.status in (408, 429):
        raise Unreachable("feed_unreachable", host=host)
    raise Refused("feed_not_there", host=host, status=answer.status)


def _meaning(problem: NetworkError | BadInput, url: str, too_large: str) -> NetworkError | BadInput:
    """What went wrong on the wire, told for somebody who only wanted to know whether there is a newer version."""
    match problem.code:
        case "answer_too_large":
            return Refused("feed_too_long", host=host_of(url)) if too_large == "feed_too_long" else Refused(too_large)
        case "feed_moved" | "update_not_written":
            return problem
        case "site_moved":
            return Refused("feed_moved", host=host_of(url))
        case _ if isinstance(problem, Unreachable):
            return Unreachable("feed_unreachable", host=host_of(url))
    return problem
