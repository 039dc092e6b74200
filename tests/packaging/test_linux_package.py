"""The Debian package, built whole, looked over, installed into a bare system, started there, and taken away again.

As root, since a bare system is made by debootstrap; run.py test names the Debian packages. The sizes, and how long the
installed program and the checkout take to start, are told at the end of the run.
"""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import licences
import lock
import pytest
import version
from linux import bundle, deb, libraries
from tests.packaging.wine.screen import Screen

from twohats.system_timer import texts

ROOT = version.ROOT
SLIP = "My client Jamie Lee of 12 Example Street came today."
MIRROR = "http://deb.debian.org/debian"
_PATIENCE_S = 1800

Tell = Callable[[str, object], None]

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the Linux package is built on Linux"),
    pytest.mark.skipif(sys.platform == "linux" and os.geteuid() != 0, reason="a bare system is made as root"),
]


@dataclass(frozen=True)
class Built:
    """What one build made."""

    deb: Path
    tree: Path
    work: Path
    said: str
    linting: subprocess.Popen[str]


def _run(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_S,
        stdin=subprocess.DEVNULL if "input" not in options else None,
        **options,
    )
    assert ran.returncode == 0, f"{words[0]}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}"
    return ran


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    """A bare Debian, made while the package is built."""
    root = tmp_path_factory.mktemp("bare") / "root"
    words = ["nice", "debootstrap", "--variant=minbase", "bookworm", str(root), MIRROR]
    making = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    with making:
        yield root, making
        making.kill()
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def built(bare, tmp_path_factory) -> Iterator[Built]:
    work, out = ROOT / "build", tmp_path_factory.mktemp("dist")
    words = ["nice", sys.executable, ROOT / "packaging" / "build.py", "deb", "--quick", "--out", out, "--work", work]
    said = _run(*words).stdout
    (package,) = out.glob("*.deb")
    linting = _start_linting(work / "linux" / "tree", tmp_path_factory.mktemp("lint") / package.name)
    with linting:
        yield Built(package, work / "linux" / "tree", work / "linux", said, linting)
        linting.kill()


def _start_linting(tree: Path, copy: Path) -> subprocess.Popen[str]:
    """Lintian takes a minute, while the other tests go on. That of Debian 12 cannot read zstd: hence the copy."""
    _run("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree, copy)
    words = ["nice", "lintian", "--allow-root", "--tag-display-limit=0", "--fail-on=error,warning", str(copy)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture(scope="module")
def installed(bare, built: Built) -> tuple[Path, set[str]]:
    """The bare system with the package in it, and the files that it had before."""
    root, making = bare
    output, _ = making.communicate(timeout=_PATIENCE_S)
    assert making.returncode == 0, output.decode(errors="replace")[-2000:]
    (root / "etc" / "dpkg" / "dpkg.cfg.d" / "fast").write_text("force-unsafe-io\n", encoding="ascii")
    shutil.copyfile(built.deb, root / "tmp" / "twohats.deb")
    before = _files(root)
    words = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", "/tmp/twohats.deb"]
    _run("chroot", root, *words, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return root, before


def _files(root: Path) -> set[str]:
    """The names of all that lies in a system, without what apt and dpkg keep for themselves."""
    own = ("var/lib/apt", "var/lib/dpkg", "var/cache", "var/log", "tmp", "proc", "sys", "dev", "run")
    found = (path.relative_to(root).as_posix() for path in root.rglob("*"))
    return {path for path in found if not path.startswith(own)}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _seconds(*words: object, **options: object) -> float:
    began = time.perf_counter()
    subprocess.run([str(word) for word in words], capture_output=True, check=True, **options)
    return time.perf_counter() - began


def test_the_package_is_built_and_the_sizes_are_told(built: Built, record_property: Tell) -> None:
    told = json.loads((built.tree / "usr" / "share" / "doc" / "twohats" / "sbom.json").read_text(encoding="utf-8"))
    assert told["metadata"]["component"]["version"] == version.version()
    fields = _run("dpkg-deb", "--field", built.deb, "Package", "Version", "Architecture").stdout.splitlines()
    assert fields == ["Package: twohats", f"Version: {version.version()}", "Architecture: amd64"]
    record_property("outcomes", " ".join(built.said.split()))


def test_the_program_is_whole(built: Built) -> None:
    program = built.tree / deb.INSTALLED
    assert [name for name in bundle.WANTED if not (program / name).exists()] == []
    assert (program / "channel").read_text(encoding="ascii") == "deb\n"
    migrations = {file.name for file in (ROOT / "desktop/twohats/store/migrations/versions").glob("*.py")}
    inside = program / "_internal" / "twohats" / "store" / "migrations" / "versions"
    assert {file.name for file in inside.glob("*.py")} == migrations


def test_every_package_that_is_shipped_has_its_licence(built: Built) -> None:
    folder = built.tree / deb.INSTALLED / "_internal" / "resources" / "licenses" / "packages"
    text = {one.name.rpartition("-")[0]: [*one.iterdir()] for one in folder.iterdir()}
    assert sorted(text) == sorted(lock.names(lock.LOCKS / "linux.txt"))
    assert [name for name, files in text.items() if not any(file.stat().st_size > 500 for file in files)] == []


def test_the_list_of_what_is_shipped_is_valid_and_complete(built: Built) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (built.tree / "usr" / "share" / "doc" / "twohats" / "sbom.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    names = [part["name"].partition(",")[0] for part in json.loads(text)["components"]]
    assert {licences.plain(name) for name in names} >= set(lock.names(lock.LOCKS / "linux.txt"))
    assert {"CPython", "Qt", "ICU", "OpenSSL", "SQLCipher", "The trained check"} <= set(names)


def test_nothing_but_what_is_locked_comes_along(built: Built) -> None:
    """PyInstaller takes whatever is imported; what is in nobody's list has no licence with it."""
    inside = built.tree / deb.INSTALLED / "_internal"
    assert not [name for name in ("setuptools", "chardet", "PyInstaller", "pkg_resources") if (inside / name).exists()]
    assert not [file.name for file in inside.glob("libgtk*")]
    packages = libraries.dependencies(built.tree / deb.INSTALLED)
    assert "libc6 (>= 2.34)" in packages


def test_two_trees_of_one_program_are_the_same_bytes(built: Built, tmp_path: Path) -> None:
    bill = (built.tree / "usr" / "share" / "doc" / "twohats" / "sbom.json").read_bytes()
    made = bundle.Bundle(built.work / "program", built.work)
    again = deb.make_package(deb.make_tree(tmp_path / "tree", made, bill), tmp_path / "again.deb", 3)
    assert _digest(again) == _digest(built.deb)  # pytest would look for ever for what differs in 116 MB


def test_the_installed_program_checks_with_the_trained_check(installed) -> None:
    root, _ = installed
    words = ["chroot", root, "twohats", "check", "--as", "professional", "--bare", "--format", "json"]
    told = subprocess.run([str(w) for w in words], input=SLIP, capture_output=True, text=True, check=False)
    found = json.loads(told.stdout)
    assert (told.returncode, found["verdict"], found["by_rules_only"]) == (2, "stop", False)
    assert _run("chroot", root, "twohats", "--version").stdout.strip() == f"twohats {version.version()}"


def test_the_installed_program_opens_a_window(installed) -> None:
    root, _ = installed
    home = root / "root" / "profile"
    variables = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
        "TWOHATS_HOME": "/root/profile",
        "HOME": "/root",
    }
    window = subprocess.Popen(["chroot", str(root), "twohats"], env=variables, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + _PATIENCE_S
        while not (home / "window.lock").exists() and window.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert window.poll() is None, window.stderr.read()
        assert (home / "window.lock").exists()
    finally:
        window.terminate()
        window.communicate()
        shutil.rmtree(home, ignore_errors=True)


def test_the_installed_program_sets_its_timer(installed) -> None:
    """No user manager of systemd runs in a bare folder: a tool that says yes stands for it, the rest is real."""
    root, _ = installed
    stand_in, settings = root / "usr" / "local" / "bin" / "systemctl", root / "root" / ".config"
    stand_in.write_text("#!/bin/sh\n", encoding="ascii")
    stand_in.chmod(0o755)
    alone = ["chroot", root, "env", "-u", "XDG_CONFIG_HOME", "HOME=/root"]
    asked = [*alone, "twohats", "deliver", "--home", "/root/no-profile", "--timer"]
    try:
        _run(*asked, "install")
        units = settings / "systemd" / "user"
        service = (units / f"{texts.UNIT}.service").read_text(encoding="utf-8")
        (command,) = [line.partition("=")[2] for line in service.splitlines() if line.startswith("ExecStart=")]
        assert shlex.split(command) == ["/usr/lib/twohats/twohats", "deliver", "--home", "/root/no-profile"]
        assert _run("chroot", root, *shlex.split(command)).stdout == "Nothing is due.\n"
        assert (units / f"{texts.UNIT}.timer").exists()
        _run(*asked, "remove")
        assert [*units.iterdir()] == []
    finally:
        stand_in.unlink()
        shutil.rmtree(settings, ignore_errors=True)


def test_the_start_of_both_is_told(installed, record_property: Tell) -> None:
    root, _ = installed
    ours = ["chroot", root, "twohats", "--version"]
    theirs = [sys.executable, "-P", "-m", "twohats", "--version"]
    record_property("outcomes", _told("--version", *_in_turns(lambda: _seconds(*ours), lambda: _seconds(*theirs))))


def test_the_start_of_both_windows_is_told(built: Built, tmp_path: Path, record_property: Tell) -> None:
    """To what is first seen, each on a screen of its own, without a keyring, which both would ask."""
    ours = [built.tree / "usr" / "lib" / "twohats" / "twohats"]
    theirs = [sys.executable, "-P", "-m", "twohats"]
    seen = _in_turns(lambda: _seen_s(tmp_path, *ours), lambda: _seen_s(tmp_path, *theirs))
    record_property("outcomes", _told("first seen", *seen))


def _in_turns(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    """The best of five each, in turns, so that a busy moment meets both; the first of each, which reads the disk and
    compiles, is not counted."""
    pairs = [(ours(), theirs()) for _ in range(6)][1:]
    return min(one for one, _ in pairs), min(other for _, other in pairs)


def _told(what: str, bundled: float, checkout: float) -> str:
    return f"{what}: installed {bundled:.2f} s, checkout {checkout:.2f} s: {bundled / checkout:.2f} times"


def _seen_s(place: Path, *words: object) -> float:
    home = Path(tempfile.mkdtemp(dir=place))
    variables = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(home),
        "TWOHATS_HOME": str(home / "profile"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    }
    with Screen() as screen:
        variables["DISPLAY"] = screen.display
        began = time.perf_counter()
        window = subprocess.Popen([str(word) for word in words], env=variables, cwd=place, stderr=subprocess.PIPE)
        try:
            while not screen.shows_something():
                assert window.poll() is None, window.stderr.read()
                assert time.perf_counter() - began < _PATIENCE_S
                time.sleep(0.005)
            return time.perf_counter() - began
        finally:
            window.kill()
            window.communicate()


def test_lintian_has_nothing_to_say(built: Built) -> None:
    said, _ = built.linting.communicate(timeout=_PATIENCE_S)
    assert said == ""
    assert built.linting.returncode == 0


def test_purging_leaves_nothing(installed) -> None:
    """The last of this file: after it the program is gone."""
    root, before = installed
    needed = _run("chroot", root, "dpkg-query", "-L", "twohats").stdout.split("\n")
    _run("chroot", root, "apt-get", "purge", "-qq", "--yes", "twohats")
    ours = {path.lstrip("/") for path in needed if path.startswith("/usr/")}
    left = {path for path in ours - before if (root / path).is_symlink() or (root / path).is_file()}
    assert left == set()
    assert not (root / "usr/lib/twohats").exists()
    assert "twohats" not in " ".join(_files(root) - before)
