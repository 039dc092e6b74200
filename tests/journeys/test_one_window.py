"""Two starts of the real program on one profile: the second finds the first, and never writes over its work."""

import subprocess
from pathlib import Path

import pytest
from tests.journeys.first_window import KEY
from tests.journeys.starting import HURRY_S, first, start

from twohats.store.database import open_store

__all__ = ["first"]  # the fixture


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "profile"


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
