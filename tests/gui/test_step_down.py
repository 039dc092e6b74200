"""The quiet line at the foot of the findings, by which a rule offers to step down."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.gui.desk import Desk

from twohats.gui.findings import step_down
from twohats.gui.findings.step_down import StepDown
from twohats.gui.main_window import MainWindow
from twohats.model.errors import StoreFull
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.tally import Outcome, Showing

_KEPT = Showing("S1", Hat.PROFESSIONAL, Severity.WARN, Outcome.ANSWERED, "meant_for_clients")
_PROPOSED = "Family detail was kept 20 of 20 times as Professional. Show it as a note?"


@pytest.fixture
def foot(bench: Desk, window: MainWindow) -> StepDown:
    made = window.workbench.findings.step_down
    assert not made.isVisible()
    bench.services.tallies.add(bench.services.clock().date(), [_KEPT] * 20)
    bench.owner.learning.counts()
    assert made.isVisible()
    return made


def test_it_says_what_it_goes_by_and_takes_no_focus(window: MainWindow, foot: StepDown) -> None:
    assert foot.sentence == _PROPOSED
    assert foot.accessibleName() == _PROPOSED
    assert window.workbench.desk.editor.hasFocus()
    assert QApplication.activeModalWidget() is None


def test_lower_it_can_be_undone_for_a_while(bench: Desk, foot: StepDown) -> None:
    foot.lower_button.setFocus()
    bench.qtbot.keyClick(foot.lower_button, Qt.Key.Key_Space)
    assert bench.owner.policy.severities == {("S1", Hat.PROFESSIONAL): Severity.NOTE}
    assert foot.sentence == "Family detail is shown as a note from now on, as Professional."
    assert foot.undo_button.hasFocus()
    bench.qtbot.keyClick(foot.undo_button, Qt.Key.Key_Space)
    assert bench.owner.policy.severities == {}
    assert not foot.isVisible()


def test_after_a_while_it_goes(bench: Desk, foot: StepDown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_down, "_UNDO_STAYS_MS", 50)
    foot.lower_button.click()
    bench.wait_for(lambda: not foot.isVisible())
    assert bench.owner.policy.severities == {("S1", Hat.PROFESSIONAL): Severity.NOTE}


def test_leave_it_is_silent_afterwards(bench: Desk, foot: StepDown) -> None:
    foot.leave_button.click()
    assert not foot.isVisible()
    assert bench.owner.policy.severities == {}
    bench.services.tallies.add(bench.services.clock().date(), [_KEPT] * 20)
    bench.owner.learning.counts()
    assert not foot.isVisible()


def test_a_store_that_is_full_is_told_there_and_nothing_is_lowered(
    bench: Desk, foot: StepDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_answer: object) -> None:
        raise StoreFull("store_full")

    monkeypatch.setattr(type(bench.services.tallies), "note_answer", fail)
    foot.lower_button.click()
    assert foot.sentence.startswith("The disk is full")
    assert bench.owner.policy.severities == {}
