"""What the schedulers of the three systems are given."""

import plistlib
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from twohats.system_timer import texts
from twohats.system_timer.timer import command_for

COMMAND = ("/opt/Two Hats/python", "-m", "twohats", "deliver", "--home", '/home/robin/50% "of" $HOME\\x')
NOW = datetime(2026, 11, 23, 9, 5, 40, tzinfo=UTC)
NAMES = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


def lines_of(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def test_systemd_starts_the_words_as_they_are() -> None:
    assert lines_of(texts.systemd_service(COMMAND))["ExecStart"] == (
        r'"/opt/Two Hats/python" "-m" "twohats" "deliver" "--home" "/home/robin/50%% \"of\" $$HOME\\x"'
    )


def test_systemd_starts_nothing_once_the_program_is_gone() -> None:
    told = lines_of(texts.systemd_service(("/opt/50% Hats/twohats", "deliver")))

    assert told["ConditionFileIsExecutable"] == "/opt/50%% Hats/twohats"


def test_systemd_makes_up_for_nothing_that_was_missed() -> None:
    timer = lines_of(texts.systemd_timer())

    assert timer["OnCalendar"] == "*:0/2"
    assert timer["Persistent"] == "false"
    assert timer["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this computer")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    units = (tmp_path / f"{texts.UNIT}.service", tmp_path / f"{texts.UNIT}.timer")
    units[0].write_text(texts.systemd_service(("/bin/true", *COMMAND[1:])), encoding="utf-8")
    units[1].write_text(texts.systemd_timer(), encoding="utf-8")

    told = subprocess.run(
        ["systemd-analyze", "verify", "--user", *map(str, units)], capture_output=True, encoding="utf-8", check=False
    )

    assert [line for line in told.stderr.splitlines() if texts.UNIT in line] == []


def test_launchd_gets_a_property_list() -> None:
    told = plistlib.loads(texts.launch_agent(COMMAND))

    assert told["ProgramArguments"] == list(COMMAND)
    assert told["StartInterval"] == 120
    assert told["RunAtLoad"] is False


def test_the_task_scheduler_gets_its_xml() -> None:
    data = texts.scheduled_task(("C:\\Two & Hats\\twohats.exe", *COMMAND[3:]), NOW)
    assert data.startswith(b"\xff\xfe")
    root = ET.fromstring(data.decode("utf-16").partition("?>")[2])

    assert root.findtext(".//t:Command", namespaces=NAMES) == "C:\\Two & Hats\\twohats.exe"
    arguments = root.findtext(".//t:Arguments", namespaces=NAMES)
    assert arguments == r'deliver --home "/home/robin/50% \"of\" $HOME\x"'
    assert root.findtext(".//t:StartBoundary", namespaces=NAMES) == "2026-11-23T09:05:00"
    assert root.findtext(".//t:Interval", namespaces=NAMES) == "PT2M"
    assert root.findtext(".//t:StartWhenAvailable", namespaces=NAMES) == "false"


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("", '""', id="empty"),
        pytest.param("C:\\My Posts\\", '"C:\\My Posts\\\\"', id="ends-in-a-backslash"),
        pytest.param('a\\"b', '"a\\\\\\"b"', id="backslash-before-a-quote"),
    ],
)
def test_words_for_windows_are_split_as_they_were(word: str, quoted: str) -> None:
    data = texts.scheduled_task(("twohats.exe", word), NOW).decode("utf-16")
    root = ET.fromstring(data.partition("?>")[2])

    assert (root.findtext(".//t:Arguments", namespaces=NAMES) or "") == quoted


def test_a_frozen_program_starts_itself(tmp_path: Path) -> None:
    assert command_for(tmp_path, "/Applications/Two Hats", is_frozen=True) == (
        "/Applications/Two Hats",
        "deliver",
        "--home",
        str(tmp_path),
    )


def test_on_windows_no_console_flashes_up(tmp_path: Path) -> None:
    for name in ("python.exe", "pythonw.exe"):
        (tmp_path / name).touch()

    command = command_for(tmp_path, str(tmp_path / "python.exe"), is_frozen=False)

    assert command[:4] == (str(tmp_path / "pythonw.exe"), "-m", "twohats", "deliver")


@pytest.mark.parametrize("told_as", ["TwoHats.exe", "bin/twohats.exe"])
def test_the_installed_program_starts_its_window_s_twin_without_a_console(tmp_path: Path, told_as: str) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("TwoHats.exe", "bin/twohats.exe"):
        (tmp_path / name).touch()

    command = command_for(tmp_path, str(tmp_path / told_as))

    assert command == (str(tmp_path / "TwoHats.exe"), "deliver", "--home", str(tmp_path))


@pytest.mark.parametrize("name", ["python", "python3.13", "pypy3"])
def test_any_python_is_told_what_to_run(tmp_path: Path, name: str) -> None:
    assert command_for(tmp_path, f"/usr/bin/{name}")[:3] == (f"/usr/bin/{name}", "-m", "twohats")
