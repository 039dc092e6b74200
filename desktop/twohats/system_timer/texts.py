"""What the schedulers of the three systems are given, as text."""

import plistlib
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

EVERY_MINUTES = 2
"""A planned post is at most this late; more often would cost a laptop's battery for nothing."""
UNIT = "twohats-deliver"
LABEL = "app.twohats.deliver"
TASK = "Two Hats\\Deliver"
_WHAT = "Two Hats: sends planned posts that are due"


def systemd_service(command: Sequence[str]) -> str:
    """https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html, read 2026-11-23.

    Where the program was removed and its timer was not, nothing is started, and nothing fails every two minutes.
    """
    program = command[0].replace("%", "%%")
    return (
        f"[Unit]\nDescription={_WHAT}\nConditionFileIsExecutable={program}\n\n"
        f"[Service]\nType=oneshot\nExecStart={' '.join(map(_systemd_word, command))}\nNice=10\nTimeoutStartSec=600\n"
    )


def systemd_timer() -> str:
    """What was missed while the computer slept is not made up for: the program asks about it."""
    return (
        f"[Unit]\nDescription={_WHAT}\n\n"
        f"[Timer]\nOnCalendar=*:0/{EVERY_MINUTES}\nAccuracySec=1s\nPersistent=false\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def launch_agent(command: Sequence[str]) -> bytes:
    """A property list, as `man launchd.plist` tells it."""
    told = {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "StartInterval": EVERY_MINUTES * 60,
        "RunAtLoad": False,
        "ProcessType": "Background",
        "LowPriorityIO": True,
    }
    return plistlib.dumps(told)


def scheduled_task(command: Sequence[str], begins: datetime) -> bytes:
    """A task for schtasks, in UTF-16 as it wants it. `begins` is local.

    https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema, read 2026-11-23.
    """
    program, *arguments = command
    xml = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{escape(_WHAT)}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT{EVERY_MINUTES}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>{begins:%Y-%m-%dT%H:%M:00}</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>false</StartWhenAvailable>
    <ExecutionTimeLimit>PT10M</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(" ".join(map(_windows_word, arguments)))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
    return xml.encode("utf-16")


def _systemd_word(word: str) -> str:
    """A word in quotes: %, $ and \\ mean something there."""
    for sign, kept in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), ("\n", "\\n")):
        word = word.replace(sign, kept)
    return f'"{word}"'


def _windows_word(word: str) -> str:
    """A word as programs on Windows split them: backslashes before a quote are doubled."""
    if word and not any(sign in word for sign in ' \t"'):
        return word
    quoted, slashes = "", 0
    for sign in word:
        if sign == '"':
            quoted += "\\" * (slashes + 1)
        quoted += sign
        slashes = slashes + 1 if sign == "\\" else 0
    return f'"{quoted}{chr(92) * slashes}"'
