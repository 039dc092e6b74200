"""The gate: nothing goes on without a reason for each, and the way back is the nearest."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from tests.gui.desk import Desk

from twohats.boundary.policy import rule_book
from twohats.gui import wording
from twohats.gui.gate.gate_sheet import GateSheet
from twohats.gui.gate.kept import kept_in
from twohats.gui.gate.reasons import Given, GivenReasons
from twohats.gui.gate.sheet import TYPED_WORD
from twohats.gui.main_window import MainWindow
from twohats.model.finding import Category, Finding, Severity
from twohats.model.identity import Hat
from twohats.model.policy import Scope
from twohats.model.span import Span

CONTACT = "Text my cell 555-0142."
MOOD = "Worst day ever."
FAMILY = "My daughter starts kindergarten on Monday."
SESSION = "A client told me today that she wants to leave him."

_OFFSCREEN = (
    "This plugin does not support"  # a menu raises itself and takes the keyboard, which means nothing offscreen
)


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


def _come_again(bench: Desk, window: MainWindow) -> None:
    bench.session.ask_to_post()
    bench.wait_for(lambda: window.gate.sheet is not None)


def _is_in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def _said(gate: GateSheet) -> list[str]:
    assert gate.sheet is not None
    return [label.text() for label in gate.sheet.findChildren(QLabel) if not label.isHidden()]


def test_the_sheet_names_hat_place_and_readers(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    assert gate.sheet is not None
    assert gate.sheet.title == gate.sheet.accessibleName() == "Before this goes out as Dr A. Lee"
    assert gate.sheet.title in _said(gate)
    assert "To Blog folder" in _said(gate)
    assert "A blog is public: anyone can read it, clients included." in _said(gate)


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


def test_enter_after_the_typed_word_leads_to_the_button_and_does_not_send(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, SESSION)
    sheet = gate.sheet
    assert sheet is not None
    sheet.typed.setFocus()
    QTest.keyClicks(sheet.typed, TYPED_WORD)
    QTest.keyClick(sheet.typed, Qt.Key.Key_Return)
    assert sheet.typed.hasFocus()
    sheet.questions[0].reasons.setCurrentIndex(0)
    QTest.keyClick(sheet.typed, Qt.Key.Key_Return)
    assert sheet.send.hasFocus()
    assert gate.sheet is sheet
    QTest.keyClick(sheet.send, Qt.Key.Key_Return)
    assert gate.sheet is None


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


def test_leaving_leads_to_the_words_where_desk_and_findings_take_turns(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    bench.theme.set_scale(200)
    window.resize(960, 600)
    _come_to_the_gate(bench, window, FAMILY)
    window.workbench.show_findings()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    editor = window.workbench.desk.editor
    assert editor.isVisible()
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() == FAMILY[:-1]


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


# Room for what is asked.


def _labels(gate: GateSheet, *texts: str) -> list[QLabel]:
    assert gate.sheet is not None
    return [label for label in gate.sheet.findChildren(QLabel) if label.text() in texts]


@pytest.mark.parametrize(("size", "percent"), [((960, 600), 200), ((960, 600), 100), ((1280, 800), 150)])
def test_all_but_hat_places_and_buttons_scrolls_and_those_stay_in_sight(
    bench: Desk, window: MainWindow, gate: GateSheet, size: tuple[int, int], percent: int
) -> None:
    bench.theme.set_scale(percent)
    window.resize(*size)
    _come_to_the_gate(bench, window, f"{FAMILY} {SESSION} {MOOD} {CONTACT}")
    sheet = gate.sheet
    assert sheet is not None
    bench.qtbot.wait(20)
    fixed = [*_labels(gate, sheet.title, "To Blog folder"), sheet.back, sheet.send]
    assert len(fixed) == 4
    assert all(map(_is_in_sight, fixed))
    sheet.typed.setFocus()
    sheet.scroller.ensureWidgetVisible(sheet.typed)
    assert all(map(_is_in_sight, [*fixed, sheet.typed]))
    assert sheet.scroller.viewport().height() > sheet.height() / 2
    assert gate.rect().contains(sheet.geometry())


def test_nothing_at_the_gate_is_wider_than_the_sheet(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    identity = bench.owner.identity(Hat.PROFESSIONAL)
    long_name = "Dr Anneliese Featherstonehaugh-Carrington"
    bench.owner.save_identity(replace(identity, name=long_name, credentials="PhD, ABPP"))
    bench.theme.set_scale(200)
    window.resize(960, 600)
    _come_to_the_gate(bench, window, f"{FAMILY} {MOOD}")
    sheet = gate.sheet
    assert sheet is not None
    bench.qtbot.wait(20)
    for widget in (sheet.back, sheet.send, *(w for q in sheet.questions for w in q.controls())):
        right = widget.mapTo(sheet, widget.rect().topRight()).x()
        assert right < sheet.width() - 8, widget.accessibleName()
    assert sheet.send.accessibleName() == f"Post as {long_name}, PhD, ABPP"
    assert sheet.scroller.viewport().height() > sheet.height() / 2


@pytest.mark.qt_log_ignore(_OFFSCREEN)
@pytest.mark.parametrize("percent", [100, 200])
def test_the_list_of_reasons_shows_every_reason_whole(
    bench: Desk, window: MainWindow, gate: GateSheet, percent: int
) -> None:
    bench.theme.set_scale(percent)
    window.resize(960, 600)
    _come_to_the_gate(bench, window, MOOD)
    assert gate.sheet is not None
    (question,) = gate.sheet.questions
    question.reasons.showPopup()
    menu = question.reasons.menu
    assert menu is not None
    bench.wait_for(menu.isVisible)
    for action in menu.actions():
        place = menu.actionGeometry(action)
        assert menu.rect().contains(place), action.text()
        assert place.width() > menu.fontMetrics().horizontalAdvance(action.text()), action.text()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert question.answer is not None
    assert question.answer.code == rule_book()[question.finding.rule].answers[0]
    assert question.reasons.menu is None
    assert gate.sheet is not None


@pytest.mark.qt_log_ignore(_OFFSCREEN)
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return], ids=["space", "enter"])
def test_escape_in_the_list_of_reasons_closes_the_list_alone(
    bench: Desk, window: MainWindow, gate: GateSheet, key: Qt.Key
) -> None:
    _come_to_the_gate(bench, window, MOOD)
    assert gate.sheet is not None
    (question,) = gate.sheet.questions
    question.reasons.setFocus()
    QTest.keyClick(question.reasons, key)
    menu = question.reasons.menu
    assert menu is not None
    bench.wait_for(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert question.reasons.menu is None
    assert question.answer is None
    assert gate.sheet is not None


# What was said already.


def _answer_all(gate: GateSheet) -> None:
    assert gate.sheet is not None
    for question in gate.sheet.questions:
        question.reasons.setCurrentIndex(1)
        question.note.setText(f"about {question.finding.rule}")


def _told(gate: GateSheet) -> list[tuple[str, str, str]]:
    assert gate.sheet is not None
    return [(q.finding.rule, q.given.code, q.given.note) for q in gate.sheet.questions]


def test_reasons_given_are_shown_again_when_the_draft_comes_back(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, f"{FAMILY} {SESSION}")
    _answer_all(gate)
    said = _told(gate)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    bench.session.edit_text(f"A thought. {SESSION} {FAMILY} {MOOD}")
    _come_again(bench, window)
    assert _told(gate) == [*said, ("S10", "", "")]
    assert gate.sheet is not None
    assert gate.sheet.typed.text() == ""
    assert not gate.sheet.send.isEnabled()


def test_a_reason_goes_with_its_finding(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    _come_to_the_gate(bench, window, f"{FAMILY} {SESSION}")
    _answer_all(gate)
    for text in (SESSION, f"{FAMILY} {SESSION}"):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        bench.session.edit_text(text)
        _come_again(bench, window)
    assert [(rule, bool(code)) for rule, code, _ in _told(gate)] == [("C2", True), ("S1", False)]


def test_a_reason_given_as_professional_is_not_given_as_personal(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, SESSION)
    _answer_all(gate)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    bench.session.choose_hat(Hat.PERSONAL)
    _come_again(bench, window)
    assert _told(gate) == [("C2", "", "")]


def _post(bench: Desk, window: MainWindow, gate: GateSheet) -> str:
    _come_to_the_gate(bench, window, FAMILY)
    _answer_all(gate)
    assert gate.sheet is not None
    QTest.mouseClick(gate.sheet.send, Qt.MouseButton.LeftButton)
    bench.wait_for(window.workbench.desk.undo_bars.isVisible)
    return window.workbench.desk.undo_bars.newest


def test_a_post_taken_back_keeps_its_reasons(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    bench.session.undo_post(_post(bench, window, gate))
    bench.qtbot.wait(10)
    _come_again(bench, window)
    assert _told(gate) == [("S1", rule_book()["S1"].answers[1], "about S1")]


@pytest.mark.parametrize("way", ["sent", "discarded"])
def test_reasons_are_forgotten_when_the_post_is_gone(
    bench: Desk, window: MainWindow, gate: GateSheet, way: str
) -> None:
    draft = bench.session.draft.id
    if way == "sent":
        bench.session.send_now(_post(bench, window, gate))
        bench.qtbot.wait(10)
        bench.session.new_draft()
    else:
        _come_to_the_gate(bench, window, FAMILY)
        _answer_all(gate)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        bench.session.discard_draft()
        bench.session.restore_draft(draft)
    finding = Finding("S1", Category.RELATIONSHIPS, Span(0, 41), FAMILY[:-1], Severity.WARN, "S1")
    assert gate.reasons.of(draft, Hat.PROFESSIONAL, [finding]) == [Given()]


def test_the_same_words_twice_have_a_reason_each() -> None:
    first = Finding("S1", Category.RELATIONSHIPS, Span(0, 7), "my wife", Severity.WARN, "S1")
    second = replace(first, span=Span(20, 27), words="My  wife")
    reasons = GivenReasons()
    reasons.keep("draft", Hat.PROFESSIONAL, [(first, Given("not_about_me", "a quotation")), (second, Given())])
    assert reasons.of("draft", Hat.PROFESSIONAL, [first, second]) == [Given("not_about_me", "a quotation"), Given()]


# What was kept.


def _keep(bench: Desk, rule: str, reason: str) -> None:
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    finding = next(f for f in bench.session.findings.professional.findings if f.rule == rule)
    bench.session.allow(finding, Scope.POST, reason)


def test_what_was_kept_for_the_post_is_listed_and_can_be_undone_there(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    window.workbench.desk.editor.insertPlainText(f"{CONTACT} ")
    bench.session.choose_hat(Hat.PROFESSIONAL)
    _keep(bench, "S9", "office_contact")
    _come_to_the_gate(bench, window, FAMILY)
    first = gate.sheet
    assert first is not None
    assert [line.sentence for line in first.kept_lines] == [
        "Kept: \u201cText my cell 555-0142\u201d. An office or practice contact"
    ]
    assert [question.finding.rule for question in first.questions] == ["S1"]
    first.questions[0].reasons.setCurrentIndex(0)
    assert first.send.isEnabled()
    QTest.mouseClick(first.kept_lines[0].undo, Qt.MouseButton.LeftButton)
    assert not first.send.isEnabled()
    bench.wait_for(lambda: gate.sheet is not None and gate.sheet is not first)
    sheet = gate.sheet
    assert sheet is not None
    assert [(q.finding.rule, bool(q.answer)) for q in sheet.questions] == [("S9", False), ("S1", True)]
    assert sheet.kept_lines == ()
    assert bench.owner.allowances() == ()
    assert window.gate.isVisible()


def test_only_what_is_kept_for_this_very_post_and_still_in_it_is_listed(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    window.workbench.desk.editor.insertPlainText(CONTACT)
    bench.session.choose_hat(Hat.PROFESSIONAL)
    _keep(bench, "S9", "office_contact")
    window.workbench.desk.editor.clear()
    _come_to_the_gate(bench, window, FAMILY)
    assert gate.sheet is not None
    assert gate.sheet.kept_lines == ()
    draft = replace(bench.session.draft, text="So: text  my\ncell 555-0142!")
    allowances = bench.owner.allowances()
    assert [words for _, words in kept_in(draft, Hat.PROFESSIONAL, allowances)] == ["text  my\ncell 555-0142"]
    assert not list(kept_in(draft, Hat.PERSONAL, allowances))
    assert not list(kept_in(replace(draft, id="another"), Hat.PROFESSIONAL, allowances))


def test_tab_reaches_the_undo_of_what_was_kept(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    window.workbench.desk.editor.insertPlainText(f"{CONTACT} ")
    bench.session.choose_hat(Hat.PROFESSIONAL)
    _keep(bench, "S9", "office_contact")
    _come_to_the_gate(bench, window, FAMILY)
    sheet = gate.sheet
    assert sheet is not None
    (question,) = sheet.questions
    for expected in (question.reasons, question.note, sheet.kept_lines[0].undo, sheet.back):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_a_refusal_while_it_looks_again_leads_back_to_the_text(
    bench: Desk, window: MainWindow, gate: GateSheet
) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    bench.session.post_refused.emit("not_checked", {})
    assert gate.sheet is None
    assert window.workbench.desk.refusal.isVisible()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.hat is Hat.PERSONAL


def test_the_gate_says_where_the_check_saw_less(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    _come_to_the_gate(bench, window, FAMILY)
    verdict = gate.verdict
    assert verdict is not None
    for is_less in (False, True):
        gate.ask(replace(verdict, checked=replace(verdict.checked, by_rules_only=is_less)))
        assert ("Checked by rules only" in _said(gate)) is is_less


def test_a_finding_outside_the_text_says_where_it_is(bench: Desk, window: MainWindow, gate: GateSheet) -> None:
    bench.session.edit_title("My daughter and I")
    _come_to_the_gate(bench, window, "Most people improve with time.")
    assert "Family detail, in the title" in _said(gate)
