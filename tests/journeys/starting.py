"""Starts of the real program on one profile."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HURRY_S = 120  # on a loaded machine; what is waited for comes much sooner


def start(home: Path, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TWOHATS_HOME": str(home)},
        text=True,
    )


@pytest.fixture
def first(home: Path) -> Iterator[subprocess.Popen[str]]:
    """The first window of that profile, open on its desk."""
    process = start(home, "-m", "tests.journeys.first_window")
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.communicate()
