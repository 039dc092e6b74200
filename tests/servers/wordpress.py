"""A real WordPress on loopback for the tests: Debian's package, unpacked once, on PHP's own server and MariaDB.

Nothing is installed or started system-wide, and root is not needed. Debian packages: see debian_packages.txt beside
this file. First start about 7 s (WordPress is fetched and kept in ~/.cache/twohats-tests), later ones about 4 s.
"""

import atexit
import functools
import json
import os
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.servers.processes import (
    START_S,
    answers,
    end,
    fetched_once,
    free_ports,
    fresh_folder,
    run,
    start,
    wait_until_up,
)

_PROGRAMS = ("php", "mariadbd", "mariadb-install-db", "mariadb", "setpriv", "apt-get", "dpkg")
_PACKAGES = ("wordpress", "libjs-cropper", "libjs-underscore", "php-getid3")
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
        end(self.processes)
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
    folder = fresh_folder("twohats-wp-")
    processes: list[subprocess.Popen[bytes]] = []
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(end, processes)
    (port,) = free_ports(1)
    database = _database(folder, processes)
    _configure(folder, code, port, database)
    _php(folder, _code("install"))
    users = {name: WordPressUser(**row) for name, row in json.loads(_php(folder, _code("users"))).items()}
    command = ["php", "-d", "upload_max_filesize=16M", "-d", "post_max_size=20M", "-S", f"127.0.0.1:{port}"]
    command += ["-t", str(code), str(folder / "router.php")]
    processes.append(start(command, folder / "php.log", _environment(folder)))
    url = f"http://127.0.0.1:{port}"
    wait_until_up(lambda: answers(f"{url}/?rest_route=/"), processes[-1], folder / "php.log")
    return WordPressServer(url, folder, **users, processes=processes)


def _unpacked() -> Path:
    """WordPress's own files, as Debian packages them."""
    found = re.search(r"Candidate: (\S+)", run(["apt-cache", "policy", "wordpress"]))
    if found is None or found.group(1) == "(none)":
        raise RuntimeError("apt knows no package wordpress; run apt-get update first")
    return fetched_once(f"wordpress-{found.group(1).replace(':', '_')}", _unpack)


def _unpack(place: Path) -> None:
    theme = re.findall(r"Recommends: (wordpress-theme-\S+)", run(["apt-cache", "depends", "wordpress"]))
    work = place / "unpacking"
    work.mkdir()
    run(["apt-get", "-qq", "download", *_PACKAGES, *theme], cwd=work)
    root = work / "root"
    for package in sorted(work.glob("*.deb")):
        run(["dpkg", "-x", str(package), str(root)])
    # Links lead into ../javascript and ../php; a dead one belongs to a part that is not needed here.
    source = root / "usr" / "share" / "wordpress"
    shutil.copytree(source, place, symlinks=False, ignore_dangling_symlinks=True, dirs_exist_ok=True)
    (place / "wp-config.php").unlink(missing_ok=True)
    (place / "wp-config.php").write_text("<?php require getenv('TWOHATS_WP_RUN').'/config.php';\n")
    shutil.rmtree(work)


def _database(folder: Path, processes: list[subprocess.Popen[bytes]]) -> str:
    """Starts MariaDB on a private socket and returns its path."""
    data, user = folder / "db", ["--user=root"] if os.geteuid() == 0 else []
    install = ["mariadb-install-db", "--no-defaults", *user, f"--datadir={data}", "--skip-test-db"]
    # Its own: MariaDB names temporary files by process number, which can meet another's in a shared /tmp.
    scratch = folder / "tmp"
    scratch.mkdir()
    install.append(f"--tmpdir={scratch}")
    run([*install, "--auth-root-authentication-method=normal"], timeout=START_S)
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
    processes.append(start([*daemon, *light], folder / "db.log", _environment(folder)))
    client = ["mariadb", "--no-defaults", "-uroot", "-S", socket_path, "-e"]
    make = [*client, "create database if not exists wp character set utf8mb4"]
    log = folder / "db.log"
    wait_until_up(lambda: subprocess.run(make, capture_output=True, check=False).returncode == 0, processes[-1], log)
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
    return run(command, env=_environment(folder), timeout=START_S)


def _code(name: str) -> str:
    return (_PHP / f"{name}.php").read_text().removeprefix("<?php")


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "TWOHATS_WP_RUN": str(folder), "TWOHATS_WP_CODE": str(folder / "code")}


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
