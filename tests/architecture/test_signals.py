"""A widget listens in a way that ends with it: to what outlives it, by a method that Qt disconnects; and what is to
happen later happens to what is still there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

import twohats.gui

ROOM = Path(twohats.gui.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
HOUSE = ROOM.parent
WITH_TIMERS = [file for file in sorted(HOUSE.rglob("*.py")) if "singleShot(" in file.read_text("utf-8")]
# What the bridge and the program hold: alive before every widget and after it.
OUTLIVING = {"session", "owner", "library", "theme", "rescans", "moving"}


class Bell(QObject):
    rung = Signal(bool)


class Listener(QObject):
    def __init__(self, bell: Bell, heard: list[str]) -> None:
        super().__init__()
        self._heard = heard
        bell.rung.connect(self.note)

    def note(self) -> None:
        self._heard.append("rung")


def test_a_method_is_no_longer_called_when_its_object_is_gone(qtbot: QtBot) -> None:
    heard: list[str] = []
    bell = Bell()
    listener = Listener(bell, heard)
    bell.rung.emit(True)
    with qtbot.waitSignal(listener.destroyed):
        listener.deleteLater()

    bell.rung.emit(True)

    assert heard == ["rung"]


def _loose_ends(tree: ast.AST) -> Iterator[int]:
    """Lines in which something that outlives widgets is told to call a function that no widget owns."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "connect":
            continue
        path = ast.unparse(call.func.value).replace("self.", "", 1).split(".")
        if path[0].lstrip("_") in OUTLIVING and call.args and not isinstance(call.args[0], ast.Attribute):
            yield call.lineno


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOM)) for file in FILES])
def test_no_widget_is_called_after_its_end(file: Path) -> None:
    assert list(_loose_ends(ast.parse(file.read_text("utf-8")))) == []


def test_a_loose_end_is_seen() -> None:
    assert list(_loose_ends(ast.parse("self._session.saved.connect(lambda at: self.show(at))"))) == [1]


def _loose_shots(tree: ast.AST) -> Iterator[int]:
    """Lines in which QTimer.singleShot is given a context and the method of something else.

    PySide6 6.11.3 keeps no hold on that, and calls it in freed memory when the context outlives it.
    """
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "singleShot":
            continue
        *_, context, then = call.args
        owner = ast.unparse(then.value) if isinstance(then, ast.Attribute) else None
        if len(call.args) > 2 and owner not in (None, ast.unparse(context)):
            yield call.lineno


@pytest.mark.parametrize("file", WITH_TIMERS, ids=[str(file.relative_to(HOUSE)) for file in WITH_TIMERS])
def test_nothing_is_called_later_that_may_be_gone(file: Path) -> None:
    assert list(_loose_shots(ast.parse(file.read_text("utf-8")))) == []


def test_a_loose_shot_is_seen() -> None:
    assert list(_loose_shots(ast.parse("QTimer.singleShot(60, self.window, self._copy_store)"))) == [1]
    assert (
        list(_loose_shots(ast.parse("QTimer.singleShot(60, self, self._look)\nQTimer.singleShot(0, self._load)"))) == []
    )
