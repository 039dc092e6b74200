"""Where downloads lie when nothing else is kept: without a keyring."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from twohats.app import Program


def test_without_a_keyring_a_download_outlives_the_session(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    """The set-up is started when all else is gone: what the session leaves behind is taken away before that."""
    home = tmp_path / "home"
    program = Program(qapp, home)
    program.start_session_only()
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=60_000)
    assert program.house is not None
    assert program.window is not None
    session_folder = program.folder
    shelf = program.house.services.updates._shelf
    kept = shelf.put("TwoHats-setup-9.1.0.exe", lambda into: into.write(b"MZ invented"))
    program.window.hide()
    program.close()

    assert not session_folder.exists()
    assert kept == home / "updates" / "TwoHats-setup-9.1.0.exe"
    assert kept.exists()
