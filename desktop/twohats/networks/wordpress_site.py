"""A WordPress site: where its interface lies, and requests to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit, urlunsplit

from twohats.model.errors import BadInput, NetworkError, Refused, SignedOut, Unreachable
from twohats.networks.http import Answer, BasicLogin, Http, Upload, host_of, is_private_wire, is_this_computer
from twohats.networks.limits import limits_of

_REL = "https://api.w.org/"
_ADMIN_PAGES = re.compile(r"/(wp-admin|wp-login\.php|wp-json|index\.php|xmlrpc\.php)(/.*)?$")
_LINK_TAG = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(r"""href=["']([^"']+)["']""", re.IGNORECASE)
_GENERATOR = re.compile(r"""content=["']WordPress (\d+)\.(\d+)""")


@dataclass(frozen=True, slots=True)
class Site:
    """`home` is what readers see, `url` where WordPress itself lies, `api_root` its interface.

    `authorize_url` is the page that gives out application passwords, empty where the site has them switched off;
    `comes_back` whether that page may lead back to this computer.
    """

    home: str
    url: str
    title: str
    api_root: str
    authorize_url: str
    comes_back: bool


@dataclass(frozen=True, slots=True)
class Api:
    """The interface of one site, with a login."""

    http: Http
    root: str
    login: BasicLogin

    def url(self, path: str) -> str:
        """The address of something below wp/v2."""
        return f"{self.root.rstrip('/')}/wp/v2/{path}"

    def read(self, path: str, **params: str) -> Answer:
        """A GET below wp/v2. Raises NetworkError for anything but success."""
        answer = self.http.read(self.url(path), login=self.login, params=params)
        answer.require_success()
        return answer

    def write(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        fields: Mapping[str, str] | None = None,
        file: Upload | None = None,
        **params: str,
    ) -> Answer:
        """One write below wp/v2, whatever the status."""
        return self.http.write(
            method, self.url(path), login=self.login, params=params, json=json, fields=fields, file=file
        )


def discover(http: Http, typed: str, login: BasicLogin | None = None) -> Site:
    """Finds the interface of the site that a person typed the address of.

    Raises BadInput("address_wrong"), BadInput("not_wordpress"), Refused("site_not_https"), Refused("rest_closed"),
    and Unreachable.
    """
    address = site_address(typed)
    page = http.read(address, accept="text/html")
    if not is_private_wire(page.url):
        raise Refused("site_not_https", host=host_of(page.url))
    is_closed = False
    for root in dict.fromkeys((*_announced(page), f"{address}/wp-json/", f"{address}/?rest_route=/")):
        if not is_private_wire(root):
            continue
        trusted = login if host_of(root) == host_of(page.url) else None
        try:
            answer = http.read(root, login=trusted)
            is_closed = is_closed or answer.status in (401, 403)
            answer.require_success()
            index = answer.data()
        except Unreachable:
            raise
        except NetworkError:
            continue
        if isinstance(index, dict) and "wp/v2" in (index.get("namespaces") or ()):
            return _site(index, root, page)
    if is_closed:
        raise Refused("rest_closed", host=host_of(address))
    raise BadInput("not_wordpress", host=host_of(address))


def site_address(typed: str) -> str:
    """A clean address from what a person typed: https unless it is this computer, without pages of the back office."""
    text = typed.strip()
    if "://" not in text:
        is_here = is_this_computer(f"http://{text}")
        text = f"{'http' if is_here else 'https'}://{text}"
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        has_host = False
    if not has_host or parts.scheme not in ("http", "https") or parts.username or re.search(r"[\s\\]", text):
        raise BadInput("address_wrong", host="")
    scheme = "http" if parts.scheme == "http" and is_this_computer(text) else "https"
    path = _ADMIN_PAGES.sub("", parts.path).rstrip("/")
    return urlunsplit((scheme, parts.netloc.lower(), path, "", ""))


def is_same_site(one: str, other: str) -> bool:
    """Whether both addresses are of one site: host, port and folder."""
    return _place(one) == _place(other)


def login_of(secret: str) -> BasicLogin:
    """The login in a secret "name:application password". Raises SignedOut when it is not one."""
    name, colon, password = secret.partition(":")
    if not (colon and name.strip() and password.strip()):
        raise SignedOut("secret_missing")
    return BasicLogin(name.strip(), password.strip())


def _place(url: str) -> tuple[str, int | None, str]:
    parts = urlsplit(url)
    return (host_of(url), parts.port, parts.path.rstrip("/"))


def _announced(page: Answer) -> list[str]:
    """Where the page says that the interface lies: in its headers, or in its head."""
    from requests.utils import parse_header_links  # here: a start should not wait for it

    links = [link["url"] for link in parse_header_links(page.headers.get("link", "")) if link.get("rel") == _REL]
    head = page.body[:200_000].decode("utf-8", "replace")
    for tag in _LINK_TAG.findall(head):
        href = _HREF.search(tag)
        if _REL in tag and href:
            links.append(unescape(href.group(1)))
    return [urljoin(page.url, link) for link in links]


def _site(index: Mapping[str, object], root: str, page: Answer) -> Site:
    url, home = str(index.get("url") or page.url), str(index.get("home") or page.url)
    authorize = _dig(index, "authentication", "application-passwords", "endpoints", "authorization")
    authorize_url = authorize if isinstance(authorize, str) and is_private_wire(authorize) else ""
    return Site(
        home=home.rstrip("/"),
        url=url.rstrip("/"),
        title=unescape(str(index.get("name") or "")),
        api_root=root,
        authorize_url=authorize_url,
        comes_back=is_this_computer(url) or _version(page) >= _comes_back_since(),
    )


def _version(page: Answer) -> tuple[int, int]:
    """The version that the page tells; one that tells none is taken for a current one."""
    found = _GENERATOR.search(page.body[:200_000].decode("utf-8", "replace"))
    return (int(found.group(1)), int(found.group(2))) if found else (999, 0)


def _comes_back_since() -> tuple[int, int]:
    major, minor = limits_of("wordpress")["connect"]["comes_back_since"].split(".")
    return (int(major), int(minor))


def _dig(value: object, *names: str) -> object:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
