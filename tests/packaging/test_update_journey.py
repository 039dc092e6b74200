"""From the feed to the set-up that runs: a real window, a real server, a real signature; nothing is pretended but the
key and, where there is no Windows, what the set-up does."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.fakes.bad_server import BadServer, Reply
from tests.fakes.releases import Publisher, make_feed
from tests.packaging.updating_window import KEY, WORDS

from twohats.store.database import open_store

HURRY_S = 120  # on a loaded machine; what is waited for comes much sooner

# Looks whether the window has let go of its profile, as the real one waits for the program to end.
SET_UP = """#!/bin/sh
echo "$@" > "{said}"
flock -n "{home}/window.lock" echo "the window has closed" >> "{said}"
"""


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    with BadServer() as server:
        yield Publisher(server, tmp_path / "built", now=datetime.now(UTC))


def left_for(publisher: Publisher, home: Path, runner: str) -> list[str]:
    """The window of an older version meets what was published; what it said, line by line."""
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "tests.packaging.updating_window"),
            *(publisher.address, make_feed.public_half(publisher.key), runner),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TWOHATS_HOME": str(home)},
        text=True,
        timeout=HURRY_S,
        check=False,
    )
    return ran.stdout.splitlines()


def kept(home: Path) -> list[str]:
    """What the drafts begin with."""
    store = open_store(home, KEY)
    try:
        return [draft.preview for draft in store.drafts.list()]
    finally:
        store.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the set-up is played by a shell script; Windows has the real one")
def test_the_window_closes_keeps_the_draft_and_starts_the_set_up(publisher: Publisher, tmp_path: Path) -> None:
    home, said = tmp_path / "profile", tmp_path / "said"
    script = tmp_path / "TwoHats-setup-9.1.0.exe"
    script.write_text(SET_UP.format(said=said, home=home))
    publisher.publish("9.1.0", file=script, min_version="0.0.1")

    assert left_for(publisher, home, "sh") == ["asked", "found", "ready", "closed", "set-up 0"]
    assert said.read_text().splitlines() == ["/S /RELAUNCH", "the window has closed"]
    assert kept(home) == [WORDS]


def test_what_was_changed_on_its_way_is_never_started(publisher: Publisher, tmp_path: Path) -> None:
    script = tmp_path / "TwoHats-setup-9.1.0.exe"
    said = tmp_path / "said"
    script.write_text(SET_UP.format(said=said, home=tmp_path))
    publisher.publish("9.1.0", file=script, min_version="0.0.1")
    publisher.server.tell("GET", ".exe", Reply(body=script.read_bytes().replace(b"echo", b"ecHo")))

    told = left_for(publisher, tmp_path / "profile", "sh")

    assert told == ["asked", "found", "problem update_damaged", "closed"]
    assert not said.exists()
