"""A Mastodon server for the tests: the package mastodon-mock on loopback. It keeps what is posted and speaks the whole
interface, but it is no Mastodon.

It is kinder than one: it takes any PKCE verifier and any code twice, counts addresses in full, never says "still
working on that picture", and asks for the whole scope `write` where it asks for scopes at all (so here it does not).
Its packages are pinned in mastodon_mock.txt, stand apart from the project's and are fetched once, in about 15 s, into
~/.cache/twohats-tests; a start takes about 2 s.
"""

import atexit
import contextlib
import functools
import hashlib
import html
import json
import re
import shutil
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
import requests
from tests.servers.processes import (
    answers,
    end,
    fetch_python_packages,
    fetched_once,
    free_ports,
    fresh_folder,
    start,
    wait_until_up,
)

_PINNED = Path(__file__).with_name("mastodon_mock.txt")
_CONFIG = """
domain = "127.0.0.1:{port}"
url_scheme = "http"
media_storage_path = "{folder}/media"
[database]
path = "{folder}/mastodon.db"
[ratelimit]
enabled = {counting}
limit = {calls}
window_seconds = 300
"""


@dataclass(frozen=True)
class MastodonAccount:
    id: str
    username: str
    token: str


@dataclass(frozen=True)
class MastodonPost:
    """`text` is what was written, `html` what readers see, `warning` stands before it. `parent` is the id of the post
    that it answers, or empty; `pictures` are pairs of alt text and content; `links` the addresses that are links."""

    id: str
    url: str
    text: str
    html: str
    warning: str
    is_sensitive: bool
    visibility: str
    language: str
    parent: str
    pictures: tuple[tuple[str, bytes], ...]
    links: tuple[str, ...]
    mentions: tuple[str, ...]
    tags: tuple[str, ...]


class MastodonServer:
    """A server with two accounts. `folder` holds the run's files."""

    def __init__(self) -> None:
        self.folder = fresh_folder("twohats-mastodon-")
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._packages = _fetched()
            (self._port,) = free_ports(1)
            self.url = f"http://127.0.0.1:{self._port}"
            self._start()
            self.personal = self.new_account("personal")
            self.professional = self.new_account("professional")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """While it is entered, nobody answers. The posts and the tokens are there again afterwards."""
        self._stop()
        try:
            yield
        finally:
            self._start()

    @contextlib.contextmanager
    def counting_calls(self, calls: int) -> Iterator[None]:
        """While it is entered, each token has so many calls in five minutes; "reset" is told in seconds since 1970,
        where Mastodon itself tells an ISO date."""
        self._stop()
        self._start(calls)
        try:
            yield
        finally:
            self._stop()
            self._start()

    def new_account(self, username: str = "") -> MastodonAccount:
        """An account that has posted nothing yet."""
        given = {"username": username} if username else {}
        made = self.call("POST", "/api/v1/_mock/dev_user", json=given).json()
        return MastodonAccount(made["id"], made["username"], made["access_token"])

    def revoke(self, account: MastodonAccount) -> None:
        """Takes the token back, as its owner may on the settings page."""
        self.call("POST", "/oauth/revoke", data={"token": account.token})

    def approve(self, address: str, account: MastodonAccount) -> str:
        """What the owner does in the browser at an authorize address; the address that the browser is sent to next."""
        with requests.Session() as browser:
            browser.trust_env = False
            page = browser.get(address, timeout=30)
            page.raise_for_status()
            fields = re.findall(r'name="(\w+)" value="([^"]*)">\s*\n', page.text)
            given = {name: html.unescape(value) for name, value in fields if name != "username"}
            target = urllib.parse.urljoin(address, "/oauth/authorize")
            answer = browser.post(
                target, data={**given, "username": account.username}, allow_redirects=False, timeout=30
            )
        return answer.headers["Location"]

    def disturb(self, method: str, path: str, *, times: int = 1, **effect: Any) -> None:
        """The next calls go wrong: `type` is "status" (with `status`, `body`, `headers`), "ratelimit", "latency"
        (with `delay_ms`; it then works), "malformed" (200 and half an object) or "timeout". `path` may hold *."""
        given = {"match": {"methods": [method], "path": path}, "effect": effect, "count": times}
        self.call("POST", "/api/v1/_mock/faults", json=given).raise_for_status()

    def soothe(self) -> None:
        """Nothing goes wrong any more."""
        self.call("DELETE", "/api/v1/_mock/faults").raise_for_status()

    def call(
        self, method: str, path: str, *, token: str = "", headers: dict[str, str] | None = None, **given: Any
    ) -> requests.Response:
        """One call. `given` as requests takes it (params, data, json, files)."""
        headers = {**(headers or {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        with requests.Session() as wire:
            wire.trust_env = False
            return wire.request(method, self.url + path, headers=headers, timeout=30, **given)

    def posts(self, account: MastodonAccount, reader: MastodonAccount | None = None) -> list[MastodonPost]:
        """An account's posts as a `reader` finds them (None: anybody without a login), the oldest first."""
        path, token = f"/api/v1/accounts/{account.id}/statuses", reader.token if reader else ""
        rows: list[dict[str, Any]] = []
        asked = {"limit": "40"}
        while page := self.call("GET", path, token=token, params=asked).json():
            rows += page
            asked["max_id"] = page[-1]["id"]
        return [self._post(row) for row in reversed(rows)]

    def _post(self, row: dict[str, Any]) -> MastodonPost:
        source = self.call("GET", f"/api/v1/statuses/{row['id']}/source").json()
        return MastodonPost(
            id=row["id"],
            url=row["url"],
            text=source["text"],
            html=row["content"],
            warning=row["spoiler_text"],
            is_sensitive=row["sensitive"],
            visibility=row["visibility"],
            language=row["language"] or "",
            parent=row["in_reply_to_id"] or "",
            pictures=tuple((media["description"] or "", self._media(media)) for media in row["media_attachments"]),
            links=tuple(html.unescape(address) for address in re.findall(r'href="([^"]+)"', row["content"])),
            mentions=tuple(mention["acct"] for mention in row["mentions"]),
            tags=tuple(tag["name"] for tag in row["tags"]),
        )

    def _media(self, media: dict[str, Any]) -> bytes:
        answer = self.call("GET", urllib.parse.urlsplit(media["url"]).path)
        answer.raise_for_status()
        return answer.content

    def _start(self, calls: int = 0) -> None:
        config, log = self.folder / "config.toml", self.folder / "mastodon.log"
        told = {"port": self._port, "folder": self.folder, "counting": json.dumps(calls > 0), "calls": calls}
        config.write_text(_CONFIG.format(**told))
        # -S: of this Python's own packages it sees none.
        command = [sys.executable, "-S", "-m", "mastodon_mock", "serve", "--config", str(config)]
        command += ["--host", "127.0.0.1", "--port", str(self._port), "--log-level", "warning"]
        environment = {"PYTHONPATH": str(self._packages), "PATH": "/usr/bin:/bin"}
        self._process = start(command, log, environment, self.folder)
        wait_until_up(lambda: answers(f"{self.url}/health"), self._process, log)

    def _stop(self) -> None:
        end([self._process] if self._process is not None else [])
        self._process = None


@pytest.fixture(scope="session")
def mastodon() -> MastodonServer:
    """One server for the whole run of the tests."""
    return running_mastodon()


@functools.cache
def running_mastodon() -> MastodonServer:
    """Starts the server, once in a process; it ends with the process, however that ends."""
    server = MastodonServer()
    atexit.register(server.close)
    return server


def _fetched() -> Path:
    """The packages, under a name that changes with their list and with Python."""
    digest = hashlib.sha256(_PINNED.read_bytes()).hexdigest()[:12]
    name = f"mastodon-mock-{sys.implementation.cache_tag}-{digest}"
    return fetched_once(name, lambda work: fetch_python_packages(work, "--no-deps", "-r", str(_PINNED)))
