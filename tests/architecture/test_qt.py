"""Qt where it belongs: not in the command line, and of a version that counts its references."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

# Runs the command line as `twohats ARGUMENTS` does, then tells what it loaded.
STARTER = """
import sys
from twohats.__main__ import main
code = main()
print("loaded:", *sorted(name for name in sys.modules if name.split(".")[0] == "PySide6"), file=sys.stderr)
sys.exit(code)
"""


class Bell(QObject):
    rung = Signal(bool)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--version"], id="version"),
        pytest.param(["check", "-", "--as", "professional"], id="check"),
    ],
)
def test_the_command_line_starts_without_qt(tmp_path: Path, arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", STARTER, *arguments],
        input="The clinic opens at nine on Monday.",
        env=os.environ | {"TWOHATS_HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert "Traceback" not in ran.stderr
    assert ran.stderr.splitlines()[-1].strip() == "loaded:"


def test_signals_give_back_every_reference_they_take() -> None:
    """PySide6 6.12.0 lost one reference to True at every emit on Python 3.11, until the interpreter aborted."""
    bell = Bell()
    bell.rung.connect(lambda _: None)
    before = sys.getrefcount(True)

    for _ in range(500):
        bell.rung.emit(True)

    assert abs(sys.getrefcount(True) - before) < 100
