"""What many tests ask for: a real store, and a real keyring away from the owner's."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from twohats.store.database import Store, fresh_key, open_store

if TYPE_CHECKING:
    from tests.servers.keyring_session import KeyringSession


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples at every run of CI, so that a red run is about the change; at home new ones are looked for.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _garbage_stays_on_the_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program (bridge/garbage.py): no lane and no server may free a widget or a timer of an earlier test."""
    gc.disable()
    yield
    gc.disable()  # a program that was closed has turned it on again
    gc.collect(2 if "qapp" in request.fixturenames else 0)


@pytest.fixture(autouse=True, scope="module")
def _collecting_stays_short() -> None:
    """What earlier files have loaded and left stays: to look through all of it after each test took seconds."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh encrypted store, in the folder `profile` of tmp_path."""
    opened = open_store(tmp_path / "profile", fresh_key())
    yield opened
    opened.close()


@pytest.fixture
def keyring_session() -> Iterator["KeyringSession"]:
    """A gnome-keyring of its own for one test, unlocked."""
    # Here, since what it needs is installed on Linux only.
    from tests.servers.keyring_session import KeyringSession

    with KeyringSession() as session:
        yield session


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that none is begun when the others are at their end; those with windows last, so that
    what a window has left behind in a worker meets windows alone."""
    with_windows = {item.path for item in items if "qapp" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (item.path in with_windows, item.path.parent.name not in ("packaging", "journeys")))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test has counted is printed at the end, whichever process ran it."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, told in getattr(report, "user_properties", ()):
                if name == "outcomes" and report.when == "call":
                    terminalreporter.write_line(f"{report.nodeid}: {told}")
