"""A window over a real store, for tests that type into it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.gui.main_window import MainWindow
from twohats.model.identity import Hat
from twohats.store.database import Store


@pytest.fixture
def bench(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    """The bridge behind the window: welcomed, two named identities, a blog folder for each."""
    with open_desk(qtbot, store, tmp_path) as made:
        made.owner.save_settings(replace(made.owner.settings, welcomed=True))
        made.owner.save_identity(replace(made.owner.identity(Hat.PERSONAL), name="Jamie"))
        made.owner.save_identity(replace(made.owner.identity(Hat.PROFESSIONAL), name="Dr A. Lee"))
        made.add_folders()
        made.session.new_draft()
        yield made


@pytest.fixture
def window(bench: Desk) -> Iterator[MainWindow]:
    """The whole window, shown."""
    made = MainWindow(bench.session, bench.owner, bench.library, bench.theme)
    bench.show(made, 1280, 800)
    with bench.qtbot.waitActive(made):
        made.activateWindow()
    yield made
    made.hide()
