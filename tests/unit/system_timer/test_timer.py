"""Installing, finding and removing the system's timer; the tool of the system is played."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from twohats import cli
from twohats.model.errors import BadInput
from twohats.system_timer import texts
from twohats.system_timer.timer import Ran, SystemTimer, TimerState, command_for, run_tool

FAKE_SYSTEMCTL = """#!/bin/sh
# Remembers what is enabled, as systemd does with links.
echo "$@" >> "$TIMER_SAID"
case "$2" in
  --version|daemon-reload) exit 0 ;;
  enable) touch "$TIMER_ON" ;;
  disable) rm -f "$TIMER_ON" ;;
  is-enabled) test -e "$TIMER_ON" ;;
esac
"""


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """A systemctl in the path; what it was told."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "systemctl").write_text(FAKE_SYSTEMCTL)
    (tools / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("TIMER_SAID", str(tmp_path / "said"))
    monkeypatch.setenv("TIMER_ON", str(tmp_path / "on"))
    return lambda: (tmp_path / "said").read_text().splitlines()


def systemd(tmp_path: Path, folder: str = "profile") -> SystemTimer:
    return SystemTimer(tmp_path / folder, "linux", tmp_path / "robin")


@pytest.mark.skipif(sys.platform == "win32", reason="the played tool is a shell script")
class TestSystemd:
    def test_there_is_none_at_first(self, tmp_path, said):
        assert systemd(tmp_path).state() == TimerState("systemd")

    def test_it_is_installed_found_and_removed(self, tmp_path, said):
        timer = systemd(tmp_path)
        units = tmp_path / "robin" / ".config" / "systemd" / "user"

        assert timer.install() == TimerState("systemd", is_installed=True)
        assert sorted(file.name for file in units.iterdir()) == ["twohats-deliver.service", "twohats-deliver.timer"]
        assert "--user enable --now twohats-deliver.timer" in said()
        assert str(tmp_path / "profile") in (units / "twohats-deliver.service").read_text()

        assert timer.remove() == TimerState("systemd")
        assert list(units.iterdir()) == []
        assert "--user disable --now twohats-deliver.timer" in said()

    def test_the_command_line_installs_tells_and_removes(self, tmp_path, said, monkeypatch, capsys):
        monkeypatch.setenv("HOME", str(tmp_path / "robin"))
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

        def told(wish: str) -> tuple[int, str]:
            code = cli.run(["deliver", "--home", str(tmp_path / "profile"), "--timer", wish])
            return code, capsys.readouterr().out.split(":")[0]

        assert told("state") == (1, "Not installed")
        assert told("install") == (0, "Installed")
        assert told("state") == (0, "Installed")
        assert told("remove") == (0, "Not installed")

    def test_the_command_line_says_where_there_is_no_scheduler(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("PATH", str(tmp_path))

        assert cli.run(["deliver", "--home", str(tmp_path), "--timer", "install"]) == 3
        assert "Traceback" not in capsys.readouterr().err

    def test_installing_twice_is_as_good_as_once(self, tmp_path, said):
        timer = systemd(tmp_path)
        timer.install()

        assert timer.install() == TimerState("systemd", is_installed=True)

    def test_removing_what_is_not_there_is_fine(self, tmp_path, said):
        assert systemd(tmp_path).remove() == TimerState("systemd")

    def test_that_of_another_copy_is_told_from_ours(self, tmp_path, said):
        systemd(tmp_path, "other").install()

        assert systemd(tmp_path).state() == TimerState("systemd", is_of_another=True)

    def test_units_that_are_not_switched_on_do_nothing(self, tmp_path, said):
        timer = systemd(tmp_path)
        timer.install()
        (tmp_path / "on").unlink()

        assert timer.state() == TimerState("systemd")

    def test_a_tool_that_says_no_is_told(self, tmp_path, said):
        (tmp_path / "tools" / "systemctl").write_text('#!/bin/sh\ntest "$2" = --version\n')

        with pytest.raises(BadInput, match="timer_failed") as told:
            systemd(tmp_path).install()
        assert told.value.facts == {"tool": "systemctl", "status": 1}

    def test_without_systemd_there_is_no_timer(self, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", str(tmp_path))

        assert systemd(tmp_path).state() == TimerState("")
        with pytest.raises(BadInput, match="timer_unsupported"):
            systemd(tmp_path).install()


class Tools:
    """Stands for launchctl and schtasks: what was said to them, and what they keep."""

    def __init__(self) -> None:
        self.said: list[tuple[str, ...]] = []
        self.task = b""

    def __call__(self, words: Sequence[str]) -> Ran:
        self.said.append(tuple(words))
        match words:
            case ["schtasks", "/Create", *_, "/XML", file, "/F"]:
                self.task = Path(file).read_bytes()
            case ["schtasks", "/Delete", *_]:
                self.task = b""
            case ["schtasks", "/Query", *_]:
                return Ran(0 if self.task else 1, self.task.decode("utf-16") if self.task else "")
        return Ran(0)


def test_launchd_gets_an_agent_and_lets_go_of_it(tmp_path: Path) -> None:
    tools = Tools()
    timer = SystemTimer(tmp_path, "darwin", tmp_path / "robin", tools)
    agent = tmp_path / "robin" / "Library" / "LaunchAgents" / "app.twohats.deliver.plist"

    assert timer.state() == TimerState("launchd")
    assert timer.install() == TimerState("launchd", is_installed=True)
    assert agent.read_bytes() == texts.launch_agent(command_for(tmp_path))
    assert tools.said[-1][:2] == ("launchctl", "bootstrap")
    assert SystemTimer(tmp_path / "other", "darwin", tmp_path / "robin", tools).state().is_of_another
    assert timer.remove() == TimerState("launchd")
    assert not agent.exists()


def test_the_task_scheduler_gets_a_task_and_lets_go_of_it(tmp_path: Path) -> None:
    tools = Tools()
    timer = SystemTimer(tmp_path, "win32", tmp_path, tools)

    assert timer.state() == TimerState("task_scheduler")
    assert timer.install() == TimerState("task_scheduler", is_installed=True)
    assert b"<\0E\0x\0e\0c\0>\0" in tools.task
    assert SystemTimer(tmp_path / "other", "win32", tmp_path, tools).state().is_of_another
    assert timer.remove() == TimerState("task_scheduler")
    assert timer.remove() == TimerState("task_scheduler")
    assert [said for said in tools.said if said[1] == "/Delete"] == [("schtasks", "/Delete", "/TN", texts.TASK, "/F")]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "robin").write_text("no folder")

    with pytest.raises(BadInput, match="timer_failed"):
        SystemTimer(tmp_path, "darwin", tmp_path / "robin", Tools()).install()


def test_a_tool_that_is_not_there_is_told_by_its_code() -> None:
    assert run_tool(("no-such-tool-of-any-system",)) == Ran(127)
    assert run_tool((sys.executable, "-c", "print('heard')")).told.strip() == "heard"


def test_who_a_tool_leaves_behind_is_not_waited_for() -> None:
    """Such as a service that it woke, and that holds what the tool could write to."""
    stays = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(40)'])"

    ran = run_tool((sys.executable, "-c", f"{stays}; print('heard')"))

    assert (ran.code, ran.told.strip()) == (0, "heard")
