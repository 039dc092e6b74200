"""What a person does with a window: finds a button by its words and presses it, a field by its name and fills it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from twohats.app import Program
from twohats.gui.main_window import MainWindow


def window_of(program: Program, qtbot) -> MainWindow:
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=20_000)
    assert program.window is not None
    return program.window


def button(within: QWidget, words: str) -> QAbstractButton:
    """The visible, enabled button that a person would press."""
    for found in within.findChildren(QAbstractButton):
        names = (found.text().replace("&", ""), found.accessibleName())
        if found.isVisible() and found.isEnabled() and any(words in name for name in names):
            return found
    seen = sorted({b.text() or b.accessibleName() for b in within.findChildren(QAbstractButton) if b.isVisible()})
    raise AssertionError(f"no button {words!r} among {seen}")


def press(within: QWidget, words: str) -> None:
    QTest.mouseClick(button(within, words), Qt.MouseButton.LeftButton)


def is_there(within: QWidget, words: str) -> Callable[[], bool]:
    def look() -> bool:
        try:
            button(within, words)
        except AssertionError:
            return False
        return True

    return look


def fill(within: QWidget, name: str, text: str) -> None:
    for field in within.findChildren(QLineEdit):
        if field.isVisible() and name in field.accessibleName():
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, text)
            return
    names = [f.accessibleName() for f in within.findChildren(QLineEdit) if f.isVisible()]
    raise AssertionError(f"no field {name!r} among {names}")
