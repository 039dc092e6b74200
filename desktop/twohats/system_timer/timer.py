"""Installs, finds and removes the system's timer. All calls may take a moment."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from twohats.model.errors import BadInput
from twohats.system_timer import texts

_PATIENCE_S = 20


@dataclass(frozen=True, slots=True)
class TimerState:
    """`kind` is "systemd", "launchd" or "task_scheduler"; "" where the system has none that we know.

    `is_installed`: it is there, and starts us; `is_of_another`: it starts another copy of the program.
    """

    kind: str
    is_installed: bool = False
    is_of_another: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    """What a tool of the system answered."""

    code: int
    told: str = ""


def run_tool(words: Sequence[str]) -> Ran:
    """Runs a tool of the system, found on the path. A code of 127 where it is not there, 124 where it hangs."""
    # Into a file: a pipe is waited for as long as anybody that the tool started holds it, timeout or not.
    with tempfile.TemporaryFile() as told:
        try:
            ran = subprocess.run(  # noqa: S603 - our own words, no shell
                list(words),
                stdout=told,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=_PATIENCE_S,
                check=False,
            )
        except FileNotFoundError:
            return Ran(127)
        except (OSError, subprocess.TimeoutExpired):
            return Ran(124)
        told.seek(0)
        return Ran(ran.returncode, told.read().decode("utf-8", "replace").replace("\0", ""))


def command_for(folder: Path, executable: str = sys.executable, is_frozen: bool | None = None) -> tuple[str, ...]:
    """What starts a delivery for the profile in a folder. On Windows without a console that would flash up.

    A program that is no Python is Two Hats itself: bundled, or the launcher of the Windows set-up.
    """
    program = _without_console(Path(executable))
    if is_frozen is None:
        is_frozen = bool(getattr(sys, "frozen", False)) or not program.name.lower().startswith(("python", "pypy"))
    module = () if is_frozen else ("-m", "twohats")
    return (str(program), *module, "deliver", "--home", str(folder))


def _without_console(program: Path) -> Path:
    """The twin that opens no console, where there is one."""
    twin = program
    if program.name.lower() == "python.exe":
        twin = program.with_name("pythonw.exe")
    elif program.name.lower() == "twohats.exe" and program.parent.name == "bin":
        twin = program.parent.parent / "TwoHats.exe"
    return twin if twin.exists() else program


class SystemTimer:
    """The timer of one profile. `home` is the person's own folder."""

    def __init__(
        self,
        folder: Path,
        platform: str = sys.platform,
        home: Path | None = None,
        run: Callable[[Sequence[str]], Ran] = run_tool,
    ) -> None:
        self._command = command_for(folder.resolve())
        self._platform = platform
        self._home = home or Path.home()
        self._run = run

    def state(self) -> TimerState:
        """Whether it is there. Never raises."""
        if self._platform == "win32":
            return self._state_of_task()
        if self._platform == "darwin":
            return self._state_of(self._agent, texts.launch_agent(self._command), "launchd")
        if self._run(("systemctl", "--user", "--version")).code != 0:
            return TimerState("")
        is_on = self._run(("systemctl", "--user", "is-enabled", f"{texts.UNIT}.timer")).code == 0
        service = texts.systemd_service(self._command).encode()
        found = self._state_of(self._units / f"{texts.UNIT}.service", service, "systemd")
        return found if is_on else TimerState("systemd")

    def install(self) -> TimerState:
        """Raises BadInput("timer_unsupported"), BadInput("timer_failed")."""
        if self._platform == "win32":
            self._install_task()
        elif self._platform == "darwin":
            self._install_agent()
        else:
            self._install_units()
        return self.state()

    def remove(self) -> TimerState:
        """What is not there is fine. Raises BadInput("timer_failed")."""
        if self._platform == "win32":
            if self._run(("schtasks", "/Query", "/TN", texts.TASK)).code == 0:
                self._must("schtasks", "/Delete", "/TN", texts.TASK, "/F")
        elif self._platform == "darwin":
            self._run(("launchctl", "bootout", f"{self._domain}/{texts.LABEL}"))
            self._agent.unlink(missing_ok=True)
        else:
            self._run(("systemctl", "--user", "disable", "--now", f"{texts.UNIT}.timer"))
            for kind in ("timer", "service"):
                (self._units / f"{texts.UNIT}.{kind}").unlink(missing_ok=True)
            self._run(("systemctl", "--user", "daemon-reload"))
        return self.state()

    @property
    def _units(self) -> Path:
        chosen = os.environ.get("XDG_CONFIG_HOME", "") if self._home == Path.home() else ""
        return (Path(chosen) if chosen else self._home / ".config") / "systemd" / "user"

    @property
    def _agent(self) -> Path:
        return self._home / "Library" / "LaunchAgents" / f"{texts.LABEL}.plist"

    @property
    def _domain(self) -> str:
        return f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"

    def _install_units(self) -> None:
        if self._run(("systemctl", "--user", "--version")).code != 0:
            raise BadInput("timer_unsupported")
        _write(self._units / f"{texts.UNIT}.service", texts.systemd_service(self._command).encode())
        _write(self._units / f"{texts.UNIT}.timer", texts.systemd_timer().encode())
        self._must("systemctl", "--user", "daemon-reload")
        self._must("systemctl", "--user", "enable", "--now", f"{texts.UNIT}.timer")

    def _install_agent(self) -> None:
        self._run(("launchctl", "bootout", f"{self._domain}/{texts.LABEL}"))
        _write(self._agent, texts.launch_agent(self._command))
        self._must("launchctl", "bootstrap", self._domain, str(self._agent))

    def _install_task(self) -> None:
        now = datetime.now().astimezone()
        with tempfile.TemporaryDirectory(prefix="twohats-") as folder:
            told = Path(folder) / "task.xml"
            _write(told, texts.scheduled_task(self._command, now))
            self._must("schtasks", "/Create", "/TN", texts.TASK, "/XML", str(told), "/F")

    def _state_of_task(self) -> TimerState:
        found = self._run(("schtasks", "/Query", "/TN", texts.TASK, "/XML"))
        if found.code == 127:
            return TimerState("")
        if found.code != 0:
            return TimerState("task_scheduler")
        wanted = texts.scheduled_task(self._command, datetime.now().astimezone()).decode("utf-16")
        is_ours = _exec_of(found.told) == _exec_of(wanted)
        return TimerState("task_scheduler", is_ours, not is_ours)

    def _state_of(self, file: Path, wanted: bytes, kind: str) -> TimerState:
        try:
            is_ours = file.read_bytes() == wanted
        except OSError:
            return TimerState(kind)
        return TimerState(kind, is_ours, not is_ours)

    def _must(self, *words: str) -> None:
        ran = self._run(words)
        if ran.code == 127:
            raise BadInput("timer_unsupported")
        if ran.code != 0:
            raise BadInput("timer_failed", tool=words[0], status=ran.code)


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as problem:
        raise BadInput("timer_failed", tool=file.parent.name, status=problem.errno or 0) from None


def _exec_of(xml: str) -> str:
    """The part of a task that says what is started, without white space."""
    return "".join(xml.partition("<Exec>")[2].partition("</Exec>")[0].split())
