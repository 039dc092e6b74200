"""Servers as processes of the test run: started on loopback, awaited, and gone with it, however it ends."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

START_S = 60.0
_DAY_S = 24 * 3600


def cache_folder() -> Path:
    """Where the tests keep what they fetched, outside the checkout."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "twohats-tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fetched_once(name: str, fill: Callable[[Path], None]) -> Path:
    """A folder `name` in the cache, filled by `fill` unless it is there: whole, or not at all.

    A second test run that wants it at the same time waits for the first.
    """
    place = cache_folder() / name
    with (cache_folder() / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # falls with the process
        if place.exists():
            return place
        for old in cache_folder().glob(f".{name}.filling-*"):
            shutil.rmtree(old, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix=f".{name}.filling-", dir=cache_folder()))
        try:
            fill(work)
            work.rename(place)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    return place


def fetch_python_packages(into: Path, *wanted: str) -> None:
    """Installs packages beside each other in a folder, away from those of the project. `wanted` as for pip."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    run([*command, "--no-compile", "--target", str(into), *wanted], timeout=600)


def run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None, timeout: float = 120) -> str:
    """What a program prints. Raises RuntimeError with its last words when it fails. `timeout` in seconds."""
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


def start(
    command: list[str], log: Path, env: dict[str, str], cwd: Path | None = None, run_as: tuple[str, ...] = ()
) -> subprocess.Popen[bytes]:
    """Starts a server. A test run that is killed takes it along, as does the end of the thread that called this.

    `run_as` is a command that runs another as somebody else; the other's own end is told last, since a change of
    person makes the system forget it.
    """
    command = [*run_as, "setpriv", "--pdeathsig", "KILL", "--", *command]
    with log.open("ab") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env, cwd=cwd)


def wait_until_up(is_up: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        if is_up():
            return
        time.sleep(0.05)
    raise RuntimeError(f"a server did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def answers(url: str) -> bool:
    """Whether a GET is answered with 200, past any proxy."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=30) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ends them, the last one first."""
    for process in reversed(processes):
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody uses, all different."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def fresh_folder(prefix: str) -> Path:
    """A temporary folder; those that killed runs left behind a day ago or more are removed."""
    for old in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            if old.stat().st_mtime < time.time() - _DAY_S:
                shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix))
