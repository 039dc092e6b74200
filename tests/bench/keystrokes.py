"""How long from a key to the paint that shows it: on the real desk with the check running, and in a bare text field."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit
from tests.bench.measure import Row, p95
from tests.bench.painting import PaintsOf
from tests.bench.profile import make_profile, vault_of
from tests.bench.texts import post_of

from twohats.app import Program
from twohats.bridge.session import CHECK_AFTER_MS
from twohats.gui.composer.editor import TOLD_AFTER_MS, Editor

BLOCKS, KEYS_A_BLOCK = 20, 25  # of 150 keys the slowest twentieth was the luck of the machine: 1.3x, then 2.3x
Field = QPlainTextEdit | QTextEdit

_PATIENCE_S = 60
_PAUSE_S = (TOLD_AFTER_MS + CHECK_AFTER_MS) / 1000
_WORDS = "it helps to write down what woke you and when "


def rows() -> Iterator[Row]:
    """Both fields have the same size, font, text and rhythm of typing, and take turns."""
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError("typing needs a QApplication")
    with tempfile.TemporaryDirectory(prefix="two-hats-bench-") as place:
        folder = Path(place)
        make_profile(folder)
        program = Program(application, folder, vault_of(folder))
        program.start()
        until = time.perf_counter() + _PATIENCE_S
        while program.window is None:
            application.processEvents()
            if time.perf_counter() > until:
                raise TimeoutError("the desk did not open")
        editor = program.window.findChild(Editor)
        bare = QPlainTextEdit()
        bare.setFont(editor.font())
        bare.resize(editor.size())
        bare.show()
        for characters in (280, 5_000):
            ours_ms, bare_ms = _type_in_turns(application, editor, bare, post_of(characters))
            name = f"key to paint at {characters:,} characters, "
            yield Row(name + "p95", p95(ours_ms), "ms", p95(bare_ms), 1.5)
            yield Row(name + "median", sorted(ours_ms)[len(ours_ms) // 2], "ms", sorted(bare_ms)[len(bare_ms) // 2])
        program.window.close()
        bare.close()
        program.close()


def _type_in_turns(
    application: QApplication, editor: QTextEdit, bare: QPlainTextEdit, text: str
) -> tuple[list[float], list[float]]:
    for field in (editor, bare):
        cursor = field.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(text.index(" ", len(text) // 2))
        field.setTextCursor(cursor)
    _wait(application, 1.0)
    taken: dict[Field, list[float]] = {editor: [], bare: []}
    for block in range(BLOCKS):
        for field, kept in taken.items():
            rhythm = random.Random(block)  # the same for both
            field.activateWindow()
            field.setFocus()
            _wait(application, 0.3)
            kept += _type(application, field, rhythm)
    return taken[editor], taken[bare]


def _type(application: QApplication, field: Field, rhythm: random.Random) -> list[float]:
    paints = PaintsOf(field.viewport())
    taken = []
    for number in range(KEYS_A_BLOCK):
        # Every fifth key comes after just such a pause as sets the check off, so that it meets the check at work.
        _wait(application, _PAUSE_S + rhythm.uniform(-0.005, 0.03) if number % 5 == 4 else rhythm.uniform(0.02, 0.09))
        shown = paints.count
        began = time.perf_counter()
        QTest.keyClicks(field, _WORDS[number % len(_WORDS)])
        paints.await_next()
        while paints.count == shown:
            application.processEvents()
        taken.append((paints.last_at_s - began) * 1000)
    paints.deleteLater()
    return taken


def _wait(application: QApplication, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        application.processEvents()
        time.sleep(0.001)
