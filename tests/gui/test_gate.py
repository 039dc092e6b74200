"""The gate: nothing goes on without a reason for each, and the way back is the nearest."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from tests.gui.desk import Desk

from twohats.boundary.policy import rule_book
from twohats.gui import wording
from twohats.gui.gate.gate_sheet import TYPED_WORD, GateSheet
from twohats.gui.main_window import MainWindow
from twohats.model.identity import Hat

FAMILY = "My daughter starts kindergarten on Monday."
SESSION = "A client told me today that she wants to leave him."


@pytest.fixture
def gate(window: MainWindow) -> GateSheet:
    return window.gate


def _come_to_the_gate(bench: Desk, window: MainWindow, text: str) -> None:
    window.workbench.desk.editor.insertPlainText(text)
    bench.session.choose_hat(Hat.PROFESSIONAL)
    bench.wait_for(window.workbench.desk.post.isEnabled)
    window.workbench.desk.editor.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    bench.wait_for(lambda: window.gate.sheet is not None)


def _said(gate: GateSheet) -> list[str]:
    assert gate.sheet is not None
    return [label.text() for label in gate.sheet.findChildren(QLabel) if not label.isHidden()]


def test_the_sheet_names_hat_place_and_readers(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    assert gate.sheet is not None
    assert gate.sheet.title == gate.sheet.accessibleName() == "Before this goes out as Dr A. Lee"
    assert gate.sheet.title in _said(gate)
    assert "To Blog folder. A blog is public: anyone can read it, clients included." in _said(gate)


def test_it_covers_the_window_and_holds_the_keyboard(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    _come_to_the_gate(bench, window, f"{FAMILY} {SESSION}")
    sheet = gate.sheet
    assert sheet is not None
    assert gate.rect() == gate.parentWidget().rect()
    window.resize(1000, 640)
    bench.qtbot.wait(10)
    assert gate.rect() == gate.parentWidget().rect()
    assert gate.rect().contains(sheet.geometry())
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.hat is Hat.PROFESSIONAL


def test_the_keyboard_begins_on_the_way_back_and_goes_in_order(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, f"{FAMILY} {SESSION}")
    sheet = gate.sheet
    assert sheet is not None
    assert QApplication.focusWidget() is sheet.back
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window]
    first, second = sheet.questions
    for expected in (first.reasons, first.note, second.reasons, second.note, sheet.typed, sheet.back):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_the_reasons_fit_the_rule_and_none_is_picked_beforehand(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    assert gate.sheet is not None
    (question,) = gate.sheet.questions
    offered = [question.reasons.itemText(row) for row in range(question.reasons.count())]
    assert offered == [wording.answer(code) for code in rule_book()[question.finding.rule].answers]
    assert question.reasons.currentIndex() == -1
    assert question.answer is None


def test_send_is_off_until_each_has_a_reason_and_a_stop_its_typed_word(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, f"{FAMILY} {SESSION}")
    sheet = gate.sheet
    assert sheet is not None
    assert [question.finding.rule for question in sheet.questions] == ["C2", "S1"]
    assert not sheet.send.isEnabled()
    assert "2 still want a reason." in _said(gate)
    sheet.questions[0].reasons.setCurrentIndex(0)
    assert not sheet.send.isEnabled()
    sheet.questions[1].reasons.setCurrentIndex(1)
    assert not sheet.send.isEnabled()
    QTest.keyClicks(sheet.typed, "post")
    assert not sheet.send.isEnabled()
    sheet.typed.clear()
    QTest.keyClicks(sheet.typed, TYPED_WORD)
    assert sheet.send.isEnabled()


def test_a_warning_alone_asks_for_no_typed_word(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    sheet = gate.sheet
    assert sheet is not None
    assert not sheet.typed.isVisible()
    sheet.questions[0].reasons.setCurrentIndex(0)
    assert sheet.send.isEnabled()


@pytest.mark.parametrize("way", ["escape", "enter", "button"])
def test_leaving_is_the_default_and_leads_to_the_first_words(
    bench: Desk, window: MainWindow, gate: GateSheet, way: str
) -> None:
    _come_to_the_gate(bench, window, f"{FAMILY} {SESSION}")
    sheet = gate.sheet
    assert sheet is not None
    if way == "escape":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    elif way == "enter":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    else:
        QTest.mouseClick(sheet.back, Qt.MouseButton.LeftButton)
    assert gate.sheet is None
    assert not gate.isVisible()
    assert window.workbench.desk.editor.textCursor().selectedText().startswith("A client told me")
    assert bench.library.counts().sent == 0
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.hat is Hat.PERSONAL


def test_with_every_reason_it_goes_into_the_undo_window_and_the_record_keeps_them(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    sheet = gate.sheet
    assert sheet is not None
    (question,) = sheet.questions
    question.reasons.setCurrentIndex(0)
    QTest.keyClicks(question.note, "said with care")
    QTest.mouseClick(sheet.send, Qt.MouseButton.LeftButton)
    bench.wait_for(window.workbench.desk.undo_bars.isVisible)
    assert gate.sheet is None
    record = bench.library.record(window.workbench.desk.undo_bars.newest)
    assert record is not None
    (kept,) = record.findings
    assert (kept.answer, kept.note) == (rule_book()["S1"].answers[0], "said with care")
    assert not list(bench.folder.rglob("*.md"))


def test_a_wheel_over_a_picker_picks_nothing(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    assert gate.sheet is not None
    (question,) = gate.sheet.questions
    bench.qtbot.wait(10)
    centre = question.reasons.rect().center()

    wheel = QWheelEvent(
        QPointF(centre),
        QPointF(question.reasons.mapToGlobal(centre)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(question.reasons, wheel)
    assert question.reasons.currentIndex() == -1
