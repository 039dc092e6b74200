"""A real WordPress on loopback for the tests: Debian's package, unpacked once, on PHP's own server and MariaDB.

Nothing is installed or started system-wide, and root is not needed. Debian packages: see debian_packages.txt beside
this file. First start about 7 s (WordPress is fetched and kept in ~/.cache/twohats-tests), later ones about 4 s.
"""

import atexit
import contextlib
import functools
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_PROGRAMS = ("php", "mariadbd", "mariadb-install-db", "mariadb", "setpriv", "apt-get", "dpkg")
_PACKAGES = ("wordpress", "libjs-cropper", "libjs-underscore", "php-getid3")
_START_S = 60.0
_RUN = "twohats-wp-"
_PHP = Path(__file__).with_name("php")


@dataclass(frozen=True)
class WordPressUser:
    """`password` signs in on the site's own page, `app_password` over the interface."""

    login: str
    password: str
    app_password: str

    @property
    def secret(self) -> str:
        return f"{self.login}:{self.app_password}"


@dataclass
class WordPressServer:
    """`admin` may do everything, `writer` is an author, `helper` a contributor who may not publish, and `plain` an
    author who may neither make nor use tags. `folder` holds the run's files."""

    url: str
    folder: Path
    admin: WordPressUser
    writer: WordPressUser
    helper: WordPressUser
    plain: WordPressUser
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def php(self, code: str) -> str:
        """Runs PHP inside this WordPress and returns what it prints."""
        return _php(self.folder, "require getenv('TWOHATS_WP_CODE').'/wp-load.php';" + code)

    def stop(self) -> None:
        _end(self.processes)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def wordpress() -> WordPressServer:
    """One WordPress for the whole run of the tests."""
    return running_wordpress()


@functools.cache
def running_wordpress() -> WordPressServer:
    """Starts WordPress, once in a process; it ends with the process, however that ends."""
    missing = [name for name in _PROGRAMS if _program(name) is None]
    if missing:
        packages = Path(__file__).with_name("debian_packages.txt")
        raise RuntimeError(f"the WordPress tests need {', '.join(missing)}; Debian packages are listed in {packages}")
    code = _unpacked()
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_RUN))
    processes: list[subprocess.Popen[bytes]] = []
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(_end, processes)
    port = _free_port()
    database = _database(folder, processes)
    _configure(folder, code, port, database)
    _php(folder, _code("install"))
    users = {name: WordPressUser(**row) for name, row in json.loads(_php(folder, _code("users"))).items()}
    command = ["php", "-d", "upload_max_filesize=16M", "-d", "post_max_size=20M", "-S", f"127.0.0.1:{port}"]
    processes.append(_start([*command, "-t", str(code), str(folder / "router.php")], folder, "php.log"))
    url = f"http://127.0.0.1:{port}"
    _await(lambda: _answers(f"{url}/?rest_route=/"), folder, "php.log")
    return WordPressServer(url, folder, **users, processes=processes)


def _sweep() -> None:
    """Removes what runs that were killed left behind, a day ago or more."""
    for old in Path(tempfile.gettempdir()).glob(f"{_RUN}*"):
        with contextlib.suppress(OSError):
            if old.stat().st_mtime < time.time() - 24 * 3600:
                shutil.rmtree(old, ignore_errors=True)


def _unpacked() -> Path:
    """WordPress's own files, as Debian packages them: fetched once, then kept."""
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "twohats-tests"
    version = _run(["apt-cache", "policy", "wordpress"])
    found = re.search(r"Candidate: (\S+)", version)
    if found is None or found.group(1) == "(none)":
        raise RuntimeError("apt knows no package wordpress; run apt-get update first")
    place = kept / f"wordpress-{found.group(1).replace(':', '_')}"
    if (place / "wp-load.php").exists():
        return place
    kept.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="unpacking-", dir=kept))
    try:
        theme = re.findall(r"Recommends: (wordpress-theme-\S+)", _run(["apt-cache", "depends", "wordpress"]))
        _run(["apt-get", "-qq", "download", *_PACKAGES, *theme], cwd=work)
        root = work / "root"
        for package in sorted(work.glob("*.deb")):
            _run(["dpkg", "-x", str(package), str(root)])
        share = root / "usr" / "share"
        code = work / "code"
        # Links lead into ../javascript and ../php; a dead one belongs to a part that is not needed here.
        shutil.copytree(share / "wordpress", code, symlinks=False, ignore_dangling_symlinks=True)
        (code / "wp-config.php").unlink(missing_ok=True)
        (code / "wp-config.php").write_text("<?php require getenv('TWOHATS_WP_RUN').'/config.php';\n")
        try:
            code.rename(place)
        except OSError:
            if not (place / "wp-load.php").exists():
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return place


def _database(folder: Path, processes: list[subprocess.Popen[bytes]]) -> str:
    """Starts MariaDB on a private socket and returns its path."""
    data, user = folder / "db", ["--user=root"] if os.geteuid() == 0 else []
    install = ["mariadb-install-db", "--no-defaults", *user, f"--datadir={data}", "--skip-test-db"]
    # Its own: MariaDB names temporary files by process number, which can meet another's in a shared /tmp.
    scratch = folder / "tmp"
    scratch.mkdir()
    install.append(f"--tmpdir={scratch}")
    _run([*install, "--auth-root-authentication-method=normal"], timeout=_START_S)
    socket_path = str(folder / "db.sock")
    daemon = [
        _program("mariadbd") or "mariadbd",
        "--no-defaults",
        *user,
        f"--datadir={data}",
        f"--socket={socket_path}",
    ]
    light = [
        "--skip-networking",
        f"--tmpdir={scratch}",
        "--innodb-buffer-pool-size=32M",
        "--innodb-flush-log-at-trx-commit=0",
    ]
    processes.append(_start([*daemon, *light], folder, "db.log"))
    client = ["mariadb", "--no-defaults", "-uroot", "-S", socket_path, "-e"]
    make = [*client, "create database if not exists wp character set utf8mb4"]
    _await(lambda: subprocess.run(make, capture_output=True, check=False).returncode == 0, folder, "db.log")
    return socket_path


def _configure(folder: Path, code: Path, port: int, socket_path: str) -> None:
    content = folder / "content"
    for name in ("plugins", "uploads", "mu-plugins"):
        (content / name).mkdir(parents=True)
    (content / "themes").symlink_to(code / "wp-content" / "themes")
    shutil.copy(_PHP / "may_not_tag.php", content / "mu-plugins")
    filled = {"PORT": str(port), "SOCKET": socket_path, "SALT": secrets.token_hex(16), "CONTENT": str(content)}
    config = (_PHP / "config.php").read_text()
    for name, value in filled.items():
        config = config.replace(f"%{name}%", value)
    (folder / "config.php").write_text(config)
    shutil.copy(_PHP / "router.php", folder)
    (folder / "code").symlink_to(code)


def _php(folder: Path, code: str) -> str:
    start = "$_SERVER['HTTP_HOST']='127.0.0.1'; $_SERVER['SERVER_PROTOCOL']='HTTP/1.1';"
    command = ["php", "-d", "memory_limit=256M", "-d", "sendmail_path=true", "-r", start + code]
    return _run(command, env=_environment(folder), timeout=_START_S)


def _code(name: str) -> str:
    return (_PHP / f"{name}.php").read_text().removeprefix("<?php")


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "TWOHATS_WP_RUN": str(folder), "TWOHATS_WP_CODE": str(folder / "code")}


def _start(command: list[str], folder: Path, log: str) -> subprocess.Popen[bytes]:
    # A test run that is killed leaves no server behind.
    command = ["setpriv", "--pdeathsig", "KILL", "--", *command]
    with (folder / log).open("wb") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=_environment(folder))


def _run(
    command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None, timeout: float = 120
) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        timeout=timeout,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed ({done.returncode}): {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


def _await(is_up: Callable[[], bool], folder: Path, log: str) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if is_up():
            return
        time.sleep(0.05)
    raise RuntimeError(f"a server did not come up:\n{(folder / log).read_text(errors='replace')[-2000:]}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=30) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in reversed(processes):
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
