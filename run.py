#!/usr/bin/env python3
"""Starts Two Hats from a checkout, or runs every check: `python3 run.py [arguments]`, `python3 run.py test`.

It needs nothing but Python: it makes .venv beside this file, installs the project there and goes on in it. A second
start does none of that. An old Python must still be able to read this file, so that it can be told what is missing.
Exits with what the program or the checks exit with, or with 4 when it cannot get that far.
"""

import contextlib
import hashlib
import importlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

OLDEST_PYTHON = (3, 11)
CANNOT_START = 4
STOPPED = 124
LONGEST_S = 2700  # all tests took 20 minutes on two processors

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
UNFINISHED = VENV / "two-hats-unfinished"
DEBIAN_PACKAGES = ROOT / "tests" / "servers" / "debian_packages.txt"

PYTHON_ORG = "https://www.python.org/downloads/"
OFFLINE_SIGNS = (
    "newconnectionerror",
    "failed to establish a new connection",
    "name resolution",
    "connection refused",
    "network is unreachable",
    "connecttimeouterror",
    "readtimeouterror",
    "max retries exceeded",
    "proxyerror",
    "could not fetch url",
    "(from versions: none)",
)

# What Qt loads from the system, by file, and the Debian package that holds it. Found by adding them one at a time to a
# bare Debian 12; the second half is for X11 alone.
QT_LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
)
X11_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)


class Trouble(Exception):
    """What is wrong in a plain sentence, and the one line that mends it (empty when there is none)."""

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend


def main(arguments: "list[str]") -> int:
    """Does as asked, and says plainly what is in the way."""
    try:
        return _go(arguments)
    except Trouble as trouble:
        _say(trouble.sentence)
        if trouble.mend:
            _say("    " + trouble.mend)
        return CANNOT_START
    except KeyboardInterrupt:
        _say("Stopped.")
        return 130


def too_old(version: "tuple[int, ...]", system: "dict[str, str]", newer: str, arguments: "list[str]") -> Trouble:
    """What to tell somebody whose Python is too old. `system` is os-release (or {"ID": "windows"}, {"ID": "macos"});
    `newer` is the name of a good Python on this computer, or empty."""
    needed = ".".join(str(part) for part in OLDEST_PYTHON)
    sentence = f"Two Hats needs Python {needed} or newer; this is Python {'.'.join(str(part) for part in version[:3])}."
    again = " ".join(["run.py", *arguments])
    if newer:
        return Trouble(f"{sentence} There is a newer one here. Use it with:", f"{newer} {again}")
    name, release = system.get("ID", ""), _release_number(system)
    if name == "windows":
        return Trouble(f"{sentence} Install a newer one with:", "winget install Python.Python.3.13")
    if name == "macos":
        return Trouble(f"{sentence} Install a newer one with:", "brew install python@3.13")
    if name == "debian" and release < 12:
        sentence += f" Debian {release:g} has none that is new enough; Debian 12 has."
    elif name == "debian" or (name == "ubuntu" and release >= 22.04):
        return Trouble(
            f"{sentence} Install a newer one with:",
            f"{_sudo()}apt install python3.11 python3.11-venv"
            if release in (12, 22.04)
            else f"{_sudo()}apt install python3 python3-venv",
        )
    elif name == "fedora":
        return Trouble(f"{sentence} Install a newer one with:", f"{_sudo()}dnf install python3.13")
    return Trouble(f"{sentence} A newer one is at:", "https://www.python.org/downloads/")


def without_venv(system: "dict[str, str]") -> Trouble:
    """What to tell somebody whose Python cannot make virtual environments."""
    sentence = "Python's venv module is not installed here, and Two Hats keeps its parts in one."
    if _is_debian(system):
        return Trouble(f"{sentence} Install it with:", f"{_sudo()}apt install python3-venv")
    return Trouble(f"{sentence} Install it with your system's package manager, or take Python from:", PYTHON_ORG)


def missing_libraries(files: "list[str]", system: "dict[str, str]") -> Trouble:
    """What to tell somebody whose system lacks libraries that a window needs."""
    sentence = f"Two Hats cannot show a window yet: this computer lacks {_listed(files)}."
    if _is_debian(system):
        packages = dict(QT_LIBRARIES + X11_LIBRARIES)
        wanted = [packages[file] for file in files if file in packages]
        if wanted:
            return Trouble(f"{sentence} Install with:", f"{_sudo()}apt install {' '.join(wanted)}")
    if shutil.which("dnf") or shutil.which("zypper"):
        tool = "dnf" if shutil.which("dnf") else "zypper"
        return Trouble(f"{sentence} Install with:", f"{_sudo()}{tool} install {_by_file(files)}")
    return Trouble(f"{sentence} Install the packages of your system that hold them.")


def why_not_installed(output: str) -> Trouble:
    """The plain reason behind what pip or the system said."""
    lowered = output.lower()
    if "no space left" in lowered:
        return Trouble("The disk is full. Two Hats and its parts need about 500 MB beside run.py.")
    if "certificate_verify_failed" in lowered or "sslerror" in lowered:
        return Trouble(
            "The connection to the package index could not be trusted: a proxy or virus scanner may sit in between."
            " Ask whoever looks after this network for its certificate file, then:",
            "pip config set global.cert FILE",
        )
    if any(sign in lowered for sign in OFFLINE_SIGNS):
        return Trouble("The packages could not be fetched: there is no network, or no way to the index.")
    if "permission denied" in lowered:
        return Trouble(f"This folder cannot be written to: {ROOT}. Move Two Hats to a folder of your own.")
    last = [line.strip() for line in output.splitlines() if line.strip()][-5:]
    return Trouble("Installing did not work. The last words were:\n    " + "\n    ".join(last))


def _go(arguments: "list[str]") -> int:
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise too_old(tuple(sys.version_info), _system(), _newer_python(), arguments)
    if arguments[:1] == ["test"]:
        _install_debian_packages()
        _ensure_installed("test")
        _require_libraries(QT_LIBRARIES)
        return _run_checks(arguments[1:])
    opens_window = not arguments  # with any, it is the command line
    if opens_window:
        _require_screen()
    _ensure_installed("program")
    if opens_window:
        _require_libraries(QT_LIBRARIES + X11_LIBRARIES if _is_x11() else QT_LIBRARIES)
    return _start(arguments)


def _start(arguments: "list[str]") -> int:
    # -P keeps the folder that one happens to stand in from being searched for modules.
    command = [str(VENV_PYTHON), "-P", "-m", "twohats", *arguments]
    if os.name == "nt":
        return subprocess.call(command)
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    return CANNOT_START


# --- installing


def _fingerprint() -> str:
    """Changes when the installation has to be made anew: other dependencies, another place, another Python."""
    told = (ROOT / "pyproject.toml").read_bytes()
    told += f"\n{ROOT}\n{sys.version_info[0]}.{sys.version_info[1]}".encode()
    return hashlib.sha256(told).hexdigest()


def _stamp(kind: str) -> Path:
    return VENV / f"two-hats-{kind}"


def _has_stamp(kind: str) -> bool:
    try:
        return _stamp(kind).read_text(encoding="ascii") == _fingerprint()
    except (OSError, ValueError):
        return False


def _is_installed(kind: str) -> bool:
    """Whether the last installation was for this pyproject.toml. One for the tests will do for the program too."""
    if UNFINISHED.exists() or not VENV_PYTHON.exists():
        return False
    return _has_stamp("test") or (kind == "program" and _has_stamp("program"))


def _ensure_installed(kind: str) -> None:
    if _is_installed(kind):
        return
    try:
        _install(kind)
    except OSError as error:
        raise why_not_installed(str(error)) from error


def _install(kind: str) -> None:
    if VENV.exists() and not _is_whole():
        _say("The last installation was left half-made; it is made again.")
        shutil.rmtree(str(VENV))
    if not VENV.exists():
        _make_venv()
    else:
        _say("Bringing the installation up to date.")
    UNFINISHED.touch()
    output = _pip("install", "--editable", ".[test]" if kind == "test" else ".")
    UNFINISHED.unlink()
    if output is not None:
        raise why_not_installed(output)
    _stamp(kind).write_text(_fingerprint(), encoding="ascii")


def _is_whole() -> bool:
    if UNFINISHED.exists() or not VENV_PYTHON.exists():
        return False
    return (
        subprocess.run([str(VENV_PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    )


def _make_venv() -> None:
    importlib.invalidate_caches()
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise without_venv(_system())
    _say("Installing Two Hats beside this file, about 500 MB. This takes a few minutes, once.")
    python = getattr(sys, "_base_executable", sys.executable)  # not the one in .venv, should that be active
    made = subprocess.run(
        [python, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if made.returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise why_not_installed(made.stdout.decode(errors="replace"))


def _pip(*arguments: str) -> "str | None":
    """Runs pip, showing what it fetches on a terminal. None when it worked, what it printed when it did not."""
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command = [str(VENV_PYTHON), "-m", "pip", *arguments, *options]
    process = subprocess.Popen(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    printed = []
    for raw in process.stdout or ():
        line = raw.decode(errors="replace")
        printed.append(line)
        if sys.stderr.isatty() and line.startswith(("Collecting ", "Installing ")):
            sys.stderr.write("\r\033[K  " + line.strip()[:76])
            sys.stderr.flush()
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    return "".join(printed) if process.wait() else None


# --- the system around it


def _install_debian_packages() -> None:
    """What the checks need from Debian: installed when we are root, told when we are not."""
    system = _system()
    if not _is_debian(system) or not shutil.which("dpkg-query"):
        return
    missing = _missing_packages(_packages_listed(DEBIAN_PACKAGES.read_text(encoding="utf-8")))
    if not missing:
        return
    if os.geteuid() != 0:
        raise Trouble(
            "The checks need a few Debian packages that are not here yet. Install them with:",
            "sudo apt-get install --no-install-recommends " + " ".join(missing),
        )
    _say(f"Installing {len(missing)} Debian packages for the checks: {' '.join(missing)}")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends"]
    for command in (["apt-get", "update", "-qq"], install + missing):
        done = subprocess.run(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            _say(done.stdout.decode(errors="replace")[-2000:])
            raise Trouble("The Debian packages could not be installed. Try by hand:", " ".join(install + missing))


def _packages_listed(text: str) -> "list[str]":
    """The packages of a list: one or more a line, "#" begins a remark."""
    return [name for line in text.splitlines() for name in line.split("#")[0].split()]


def _missing_packages(wanted: "list[str]") -> "list[str]":
    # "Provides" too, since newer releases have renamed some (libglib2.0-0 is libglib2.0-0t64 there).
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n"]
    known = subprocess.run(query, stdout=subprocess.PIPE, check=True).stdout.decode()
    installed = set()
    for line in known.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            installed.add(package)
            installed.update(part.split()[0] for part in provides.split(",") if part.strip())
    return [package for package in wanted if package not in installed]


def _require_screen() -> None:
    if _is_x11() and not os.environ.get("DISPLAY"):
        raise Trouble(
            "There is no screen here to show a window on. Start Two Hats from a terminal of the desktop;"
            " without a screen, the check alone works:",
            "python3 run.py check FILE --as professional",
        )


def _is_x11() -> bool:
    """Whether Qt will look for an X screen: on Linux without Wayland, unless told to use none."""
    return sys.platform.startswith("linux") and not (
        os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen")
    )


def _require_libraries(libraries: "tuple[tuple[str, str], ...]") -> None:
    """Looks once an installation; a system does not lose its libraries from one day to the next."""
    stamp = f"libraries-{len(libraries)}"
    if not sys.platform.startswith("linux") or _has_stamp(stamp):
        return
    found = subprocess.run(
        [str(VENV_PYTHON), "-c", LIBRARY_PROBE, *[file for file, _ in libraries]],
        capture_output=True,
        check=False,
    )
    missing = found.stdout.decode().split()
    if missing:
        raise missing_libraries(missing, _system())
    if found.returncode:
        raise Trouble("Qt cannot be loaded: " + found.stderr.decode(errors="replace").strip().splitlines()[-1])
    _stamp(stamp).write_text(_fingerprint(), encoding="ascii")


# Prints the libraries that are missing; tries Qt itself when none is, and prints what that still lacks.
LIBRARY_PROBE = """
import ctypes, re, sys
missing = []
for file in sys.argv[1:]:
    try:
        ctypes.CDLL(file)
    except OSError:
        missing.append(file)
if not missing:
    try:
        import PySide6.QtGui, PySide6.QtWidgets
    except ImportError as error:
        missing = re.findall(r"(lib\\S+): cannot open shared object", str(error))
        if not missing:
            raise
print(*missing)
"""


def _system() -> "dict[str, str]":
    """os-release as a dictionary; only {"ID": ...} where there is none."""
    if os.name == "nt":
        return {"ID": "windows"}
    if sys.platform == "darwin":
        return {"ID": "macos"}
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {"ID": ""}
    pairs = [line.split("=", 1) for line in lines if "=" in line]
    return {name: value.strip("\"'") for name, value in pairs}


def _is_debian(system: "dict[str, str]") -> bool:
    return "debian" in f"{system.get('ID', '')} {system.get('ID_LIKE', '')}".split()


def _release_number(system: "dict[str, str]") -> float:
    try:
        return float(system.get("VERSION_ID", ""))
    except ValueError:
        return 0


def _newer_python() -> str:
    """The name of a Python on this computer that is new enough, or nothing."""
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name):
            # It may be a stand-in that runs nothing, as version managers put in place.
            ran = subprocess.run([name, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            if ran.returncode == 0:
                return name
    return ""


def _sudo() -> str:
    return "" if os.name == "nt" or os.geteuid() == 0 else "sudo "


def _listed(names: "list[str]") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _by_file(files: "list[str]") -> str:
    return " ".join(f"'{file}()(64bit)'" for file in files)


# --- checking


def _run_checks(for_pytest: "list[str]") -> int:
    """Every check in order, each named and timed. pytest comes last, and has the last word."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", VIRTUAL_ENV=str(VENV))
    environment["PATH"] = os.pathsep.join([str(PROGRAMS), environment.get("PATH", "")])
    if sys.stdout.isatty():
        environment["FORCE_COLOR"] = "1"  # what they print goes through a pipe
    checks = (
        ("ruff check", ["ruff", "check", "."]),
        ("ruff format", ["ruff", "format", "--check", "."]),
        ("mypy", ["mypy"]),
        ("lint-imports", ["lint-imports", "--no-logo"]),
    )
    failed = []
    for name, command in checks:
        seconds, code = _timed(name, command, environment)
        _print(f"-- {name}: {'passed' if code == 0 else 'FAILED'} in {seconds:.1f} s")
        if code:
            failed.append(name)
    if failed:
        _print(f"-- FAILED before pytest: {_listed(failed)}")
    # A worker for each processor and one more, for they wait for servers. A file stays in one, so that a server which
    # a file shares is started once.
    # tests/conftest.py puts the longest files first; xdist would put them last, and one worker would wait for another.
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # No worker is replaced: xdist 3.8 gives the new one its work such that it waits for ever, seen after a crash.
    at_once = [
        f"--numprocesses={processors + 1}",
        "--dist=loadfile",
        "--no-loadscope-reorder",
        "--max-worker-restart=0",
    ]
    # Ten thousand tests type into real windows and ask real servers on machines with other work: one stumble is given
    # a second go, and every test that needed it is named at the end.
    second_go = ["--reruns=1", "-raR"]
    _, code = _timed("pytest", ["pytest", *at_once, *second_go, *for_pytest], environment, LONGEST_S)
    return code or (1 if failed else 0)


def _timed(
    name: str, command: "list[str]", environment: "dict[str, str]", longest_s: "float | None" = None
) -> "tuple[float, int]":
    _print(f"== {name}")
    began = time.monotonic()
    program = PROGRAMS / (command[0] + (".exe" if os.name == "nt" else ""))
    code = passed_on([str(program), *command[1:]], environment, longest_s)
    return time.monotonic() - began, code


def passed_on(words: "list[str]", environment: "dict[str, str]", longest_s: "float | None" = None) -> int:
    """Runs a check and passes on what it prints; its exit code, or STOPPED when it took longer than `longest_s`.

    It ends with the check. A server that a crashed test has left behind holds this pipe, and not the one that whoever
    started us reads to its end; then it is killed.
    """
    own_group = os.name != "nt"
    check = subprocess.Popen(
        words,
        cwd=str(ROOT),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=own_group,
    )
    passing = threading.Thread(target=_pass_on, args=(check.stdout.fileno(),), daemon=True)
    passing.start()
    try:
        code = check.wait(longest_s)
    except subprocess.TimeoutExpired:
        # pytest and its workers answer this one by printing where each of their threads is.
        _end(check, getattr(signal, "SIGABRT", None) if own_group else None)
        time.sleep(5)
        _print(f"\n-- stopped after {longest_s:.0f} s; above stands where each process was")
        code = STOPPED
    finally:
        _end(check, getattr(signal, "SIGKILL", None) if own_group else None)
        passing.join(5)
    return code


def _pass_on(source: int) -> None:
    while True:
        printed = os.read(source, 65536)
        if not printed:
            return
        sys.stdout.buffer.write(printed)
        sys.stdout.buffer.flush()


def _end(check: "subprocess.Popen[bytes]", by: "int | None") -> None:
    """To a check and what it has started; on Windows, which has no such groups, to the check alone."""
    if by is None:
        check.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says the second where nothing is left
        os.killpg(check.pid, by)


def _print(line: str) -> None:
    print(line, flush=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
