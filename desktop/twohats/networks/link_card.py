"""The card of a link: what a page says of itself, fetched once, when the person asks for it.

Title, description and picture by the Open Graph protocol (https://ogp.me, read 2026-11-22), else by the page's own
title and description. The address stands in a text that may have come from anywhere, and a page can send us on: so we
go out of this computer and its own network only, step by step, to the very addresses that were looked at, and read no
more than a page has at its head.
"""

import hashlib
import ipaddress
import socket
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from twohats.model.errors import BadInput, NetworkError, Refused, Unreachable
from twohats.model.wording import LinkCard
from twohats.networks.fitting import FittedPicture, fitted
from twohats.networks.http import Answer, Http, host_of
from twohats.networks.page_head import head_of

_PAGE_BYTES = 4 * 1024 * 1024
_PICTURE_BYTES = 8 * 1024 * 1024
_PATIENCE_S = 15.0
_LONGEST_TITLE = 300
_LONGEST_DESCRIPTION = 1000
_KEPT_BYTES = 900_000
_LONGEST_SIDE = 1200
_SHORTEST_SIDE = 48  # what is smaller counts visitors, or is an icon
_PAGES = ("text/html", "application/xhtml+xml")
_TITLES = ("og:title", "twitter:title")
_DESCRIPTIONS = ("og:description", "twitter:description", "description")
_PICTURES = ("og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class FetchedCard:
    """`picture` are the bytes that `card.picture_digest` is of; empty where the page has none."""

    card: LinkCard
    picture: bytes = field(default=b"", repr=False)


def fetch_card(http: Http, url: str, *, may_be_here: bool = False) -> FetchedCard:
    """The card of a page; `url` stays as it is, so that it is found again in the text. `may_be_here`: also pages of
    this computer itself, for trying things out.

    Raises BadInput("address_wrong"), Unreachable, Refused with "card_private", "card_refused", "card_not_a_page" or
    "card_untitled"."""

    def refuse(address: str) -> None:
        _refuse_inside(address, may_be_here)

    def addresses(host: str, port: int) -> list[str]:
        return [str(found) for found in _checked(host, port, may_be_here)]

    patience_s = min(http.answer_s, _PATIENCE_S)
    quick = replace(
        http,
        read_s=patience_s,
        answer_s=patience_s,
        most_bytes=_PAGE_BYTES,
        refuse=refuse,
        addresses=addresses,
    )
    answer = quick.read(url, accept="text/html,application/xhtml+xml;q=0.9")
    if answer.status != 200:
        raise Refused("card_refused", host=host_of(url), status=answer.status)
    if _mime(answer) not in _PAGES:
        raise Refused("card_not_a_page", host=host_of(url))
    page = head_of(answer.body, answer.headers.get("content-type", ""))
    title = page.first(*_TITLES) or page.title
    if not title:
        raise Refused("card_untitled", host=host_of(url))
    base = urljoin(answer.url, page.base) if page.base else answer.url
    picture = _picture(replace(quick, most_bytes=_PICTURE_BYTES), base, page.first(*_PICTURES))
    card = LinkCard(url, _cut(title, _LONGEST_TITLE), _cut(page.first(*_DESCRIPTIONS), _LONGEST_DESCRIPTION))
    if picture is None:
        return FetchedCard(card)
    digest = hashlib.sha256(picture.data).hexdigest()
    return FetchedCard(replace(card, picture_digest=digest, picture_mime=picture.mime), picture.data)


def _picture(http: Http, base: str, address: str) -> FittedPicture | None:
    """The page's picture; none where it cannot be had, or is no picture: the card does without."""
    if not address:
        return None
    try:
        answer = http.read(urljoin(base, address), accept="image/jpeg,image/png,image/webp")
        if answer.status != 200:
            return None
        found = fitted(
            answer.body, most_bytes=_KEPT_BYTES, mimes=("image/jpeg", "image/png"), longest_side=_LONGEST_SIDE
        )
    except (NetworkError, BadInput, ValueError):
        return None
    return found if min(found.width, found.height) >= _SHORTEST_SIDE else None


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"


def _mime(answer: Answer) -> str:
    return answer.headers.get("content-type", "").split(";")[0].strip().lower()


def _refuse_inside(address: str, may_be_here: bool) -> None:
    """Raises for what is no address of a page out there."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise BadInput("address_wrong", host=host)
    _checked(host, port or 443, may_be_here)


def _checked(host: str, port: int, may_be_here: bool) -> Sequence[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """All that a name stands for now; raises if any of it lies inside."""
    found = tuple(dict.fromkeys(_addresses(host, port)))
    if not all(_is_outside(one) or (may_be_here and one.is_loopback) for one in found):
        raise Refused("card_private", host=host)
    return found


def _addresses(host: str, port: int) -> Iterator[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        if urllib.request.getproxies():
            return  # names are looked up by the proxy, which may see no more than this computer's own network lets it
        raise Unreachable("host_unknown", host=host) from None
    for row in found:
        yield ipaddress.ip_address(str(row[4][0]).partition("%")[0])


def _is_outside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_outside(inner)
    return address.is_global and not address.is_multicast
