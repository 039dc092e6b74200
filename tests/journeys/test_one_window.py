"""Two starts of the real program on one profile: the second finds the first, and never writes over its work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.journeys.first_window import KEY

from twohats.store.database import open_store

HURRY_S = 120  # on a loaded machine; what is waited for comes much sooner


def start(home: Path, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TWOHATS_HOME": str(home)},
        text=True,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def first(home: Path) -> object:
    """The first window, open on its desk."""
    process = start(home, "-m", "tests.journeys.first_window")
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_start_brings_the_first_window_to_the_front_and_ends(home: Path, first: subprocess.Popen[str]) -> None:
    for _ in range(2):
        second = start(home, "-m", "twohats")
        assert second.wait(HURRY_S) == 0
        second.communicate()
        assert first.stdout is not None
        assert first.stdout.readline() == "wanted True\n"
    assert first.poll() is None, "the first goes on"
    store = open_store(home, KEY)
    (kept,) = store.drafts.list()
    assert kept.preview == "written in the first window"
    store.close()


def test_after_a_crash_the_next_start_takes_its_place(home: Path, first: subprocess.Popen[str]) -> None:
    first.kill()
    first.wait(HURRY_S)
    assert (home / "window.lock").exists()
    again = start(home, "-m", "tests.journeys.first_window")
    try:
        assert again.stdout is not None
        assert again.stdout.readline() == "open\n"
        third = start(home, "-m", "twohats")
        assert third.wait(HURRY_S) == 0
        third.communicate()
        assert again.stdout.readline() == "wanted True\n"
    finally:
        again.kill()
        again.communicate()


def test_windows_of_two_profiles_do_not_mind_each_other(
    first: subprocess.Popen[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = start(tmp_path_factory.mktemp("other"), "-m", "tests.journeys.first_window")
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert first.poll() is None
    finally:
        other.kill()
        other.communicate()
