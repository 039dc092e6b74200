"""A profile as a person has one: a real keyring, an encrypted store, a real WordPress."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers.keyring_session import KeyringSession
from tests.servers.wordpress import wordpress

__all__ = ["wordpress"]  # the fixture


@pytest.fixture(scope="session")
def keyring_session() -> Iterator[KeyringSession]:
    with KeyringSession() as session:
        yield session


@pytest.fixture
def home(tmp_path: Path, keyring_session: KeyringSession, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty profile folder, the one that every process started here uses."""
    folder = tmp_path / "profile"
    monkeypatch.setenv("TWOHATS_HOME", str(folder))
    return folder


def start(*arguments: str) -> subprocess.Popen:
    """The program as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "twohats", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
