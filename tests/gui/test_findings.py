"""The findings beside the text: counts, cards, what can be done about each, and the walk with F8."""

from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton
from tests.gui.desk import Desk

from twohats.boundary.policy import rule_book
from twohats.gui import wording
from twohats.gui.composer.desk import spoken
from twohats.gui.findings.card import FindingCard, card_name, quoted, spoke
from twohats.gui.findings.panel import OPEN_AT_MOST, FindingsPanel, in_order
from twohats.gui.main_window import MainWindow
from twohats.model.finding import Category, Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.policy import Scope
from twohats.model.span import Span

FAMILY = "My daughter starts kindergarten on Monday."
SESSION = "A client told me today that she wants to leave him."
CLEAN = "Most people improve with time."


@pytest.fixture
def panel(window: MainWindow) -> FindingsPanel:
    return window.workbench.findings


def _write(bench: Desk, window: MainWindow, text: str, hat: Hat | None = Hat.PROFESSIONAL) -> None:
    window.workbench.desk.editor.insertPlainText(text)
    if hat is not None:
        bench.session.choose_hat(hat)
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    seen = bench.session.findings.of(hat or Hat.PROFESSIONAL).findings
    panel = window.workbench.findings
    bench.wait_for(lambda: len(panel.cards()) == min(OPEN_AT_MOST, len(seen)))


def _button(card: FindingCard, verb: str) -> QAbstractButton:
    return next(b for b in card.findChildren(QAbstractButton) if b.accessibleName().startswith(f"{verb}:"))


def _menu(card: FindingCard) -> list[QAction]:
    keep = _button(card, "Keep\u2026")
    assert isinstance(keep, QPushButton)
    return keep.menu().actions()


def _finding(rule: str, start: int, severity: Severity, category: Category = Category.HEALTH) -> Finding:
    return Finding(rule, category, Span(start, start + 4), f"w{start}", severity, rule)


# What is said.


def test_an_empty_page_is_not_called_safe(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    assert panel.sentence == "Write, and what a client might read into it is listed here."


def test_a_clean_text_reads_nothing_found_by_these_checks(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    _write(bench, window, CLEAN)
    assert panel.sentence == "Nothing found by these checks."
    assert [panel.count_chip(hat).accessibleName() for hat in Hat] == ["Personal, 0", "Professional, 0"]


def test_before_the_check_has_come_back_nothing_is_claimed(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    bench.session.new_draft()
    window.workbench.desk.editor.insertPlainText(FAMILY)
    bench.session.choose_hat(Hat.PROFESSIONAL)
    assert panel.sentence == "Checking what you wrote."
    assert panel.count_chip(Hat.PROFESSIONAL).accessibleName() == "Professional"


def test_without_a_hat_both_counts_are_explained(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, FAMILY, hat=None)
    assert panel.sentence == "No hat yet. As Personal: nothing found. As Professional: 1 to look at."


def test_the_tab_carries_the_count(bench: Desk, window: MainWindow) -> None:
    _write(bench, window, f"{FAMILY} {SESSION}")
    assert window.workbench.tabs.tabText(0) == "Findings 2"


def test_the_other_hats_list_can_be_looked_at_but_not_decided_there(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    _write(bench, window, f"{FAMILY} {SESSION}")
    QTest.mouseClick(panel.count_chip(Hat.PERSONAL), Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: [card.finding.rule for card in panel.cards()] == ["C2"])
    assert panel.sentence == "What these checks would find if you posted as Personal."
    verbs = {b.accessibleName().split(":")[0] for b in panel.cards()[0].findChildren(QAbstractButton)}
    assert not verbs & {"Keep\u2026", "Not about a client", "Not personal"}
    assert bench.session.hat is Hat.PROFESSIONAL


# Cards.


def test_cards_stand_in_text_order_with_stops_first() -> None:
    note, warn, stop = (
        _finding("S11", 0, Severity.NOTE),
        _finding("S1", 9, Severity.WARN),
        _finding("C2", 20, Severity.STOP),
    )
    assert in_order([warn, stop, note]) == [stop, note, warn]


def test_the_cards_are_a_true_list_for_a_screen_reader(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, f"{FAMILY} {SESSION}")
    spoken_list = QAccessible.queryAccessibleInterface(panel.list)
    assert spoken_list.role() == QAccessible.Role.List
    names = [panel.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(panel.list.count())]
    assert names == [card_name(card.finding) for card in panel.cards()]
    assert names[0].startswith("Stop: Session talk, \u201cA client told me today")


def test_a_card_gives_the_words_and_one_sentence(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, FAMILY)
    (card,) = panel.cards()
    said = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert quoted(card.finding.words) in said
    assert wording.reason(card.finding) in said


def test_why_unfolds_the_guideline_and_stays_unfolded(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, FAMILY)
    (card,) = panel.cards()
    before = panel.list.item(0).sizeHint().height()
    QTest.mouseClick(_button(card, "Why"), Qt.MouseButton.LeftButton)
    shown = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("Found by a rule.\nBehind this: ") for text in shown)
    bench.wait_for(lambda: panel.list.item(0).sizeHint().height() > before)
    QTest.mouseClick(_button(card, "Why"), Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: panel.list.item(0).sizeHint().height() == before)


def test_a_card_grows_and_shrinks_with_the_suggestion_that_it_shows(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    options = tuple(Suggestion(SuggestionKind.GENERALISE, Span(0, 2), words) for words in ("A", "Many words. " * 40))
    finding = replace(_finding("S1", 0, Severity.WARN), suggestions=options)
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    bench.session.findings_changed.disconnect(panel.show_findings)  # a later check would take the card away
    card = FindingCard(bench.theme, finding, bench.session.draft, Hat.PROFESSIONAL, can_decide=True)
    panel.list.add(card, card_name(finding), 0)
    panel.list.fit()
    before = panel.list.item(0).sizeHint().height()
    QTest.mouseClick(_button(card, "Another"), Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: panel.list.item(0).sizeHint().height() > before + 100)
    QTest.mouseClick(_button(card, "Another"), Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: panel.list.item(0).sizeHint().height() == before)


@pytest.mark.parametrize(
    ("by_rule", "sure", "sentence"),
    [
        (True, 0.0, "Found by a rule."),
        (True, 0.941, "Found by a rule, and by the trained check (94 % sure)."),
        (False, 0.81, "Found by the trained check, which learned from examples (81 % sure)."),
        (False, 0.9996, "Found by the trained check, which learned from examples (99 % sure)."),
    ],
    ids=["rule", "both", "trained", "never wholly sure"],
)
def test_why_tells_what_spoke_and_how_sure(by_rule: bool, sure: float, sentence: str) -> None:
    assert spoke(replace(_finding("S1", 0, Severity.WARN), by_rule=by_rule, sure=sure)) == sentence


def test_a_card_that_stays_tells_anew_how_sure(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, FAMILY)
    (card,) = panel.cards()
    card.renew(replace(card.finding, sure=0.9), bench.session.draft)
    QTest.mouseClick(_button(card, "Why"), Qt.MouseButton.LeftButton)
    shown = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("Found by a rule, and by the trained check (90 % sure).") for text in shown)


@pytest.mark.parametrize(
    ("less", "sentences", "why"),
    [
        ({"by_rules_only": False}, (), ""),
        ({"by_rules_only": True}, ("Checked by rules only",), "has not read this"),
        (
            {"language": "de", "by_rules_only": True},
            ("Not in English: checked for contact details only",),
            "This looks like German",
        ),
        (
            {"by_rules_only": False, "other_languages": ("fr", "it")},
            ("Partly not in English: those parts were checked for contact details only",),
            "French and Italian",
        ),
    ],
    ids=["whole", "rules only", "not English", "partly not English"],
)
def test_the_panel_says_where_the_check_saw_less(
    bench: Desk, window: MainWindow, panel: FindingsPanel, less: dict[str, Any], sentences: tuple[str, ...], why: str
) -> None:
    _write(bench, window, CLEAN)
    findings = bench.session.findings
    panel.show_findings(replace(findings, professional=replace(findings.professional, **less)))
    assert panel.sentence == "Nothing found by these checks."
    assert panel.how.sentences == sentences
    assert panel.how.isVisible() is bool(sentences)
    for button in [b for b in panel.how.findChildren(QAbstractButton) if b.isVisible()]:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert why in " ".join(label.text() for label in panel.how.findChildren(QLabel) if label.isVisible())


def test_an_empty_page_says_nothing_of_how_it_was_checked(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    findings = bench.session.findings
    panel.show_findings(replace(findings, professional=replace(findings.professional, by_rules_only=True)))
    assert panel.how.sentences == ()


def test_long_words_are_shortened_in_the_middle() -> None:
    words = quoted("word " * 100)
    assert len(words) < 150
    assert "\u2026" in words


def test_no_more_than_five_are_open_and_the_rest_folds_by_kind(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    lines = [
        "My daughter starts kindergarten on Monday.",
        "My wife and I took that cruise.",
        "My migraine is back.",
        "I was diagnosed with ADHD at forty.",
        "My landlord is suing me.",
        "My therapist told me to slow down.",
        "Our twins turned six.",
    ]
    _write(bench, window, "\n\n".join(lines))
    count = len(bench.session.findings.professional.findings)
    assert count > OPEN_AT_MOST
    folds = [b for b in panel.list.findChildren(QAbstractButton) if " more: " in b.accessibleName()]
    assert sum(int(b.accessibleName().split()[0]) for b in folds) == count - OPEN_AT_MOST
    QTest.mouseClick(folds[0], Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: len(panel.cards()) > OPEN_AT_MOST)


def test_a_card_stays_while_the_text_around_it_changes(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN}")
    (card,) = panel.cards()
    editor = window.workbench.desk.editor
    cursor = editor.textCursor()
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, "Well. ")
    bench.wait_for(lambda: card.finding.span.start == 6)
    assert panel.cards() == [card]
    editor.set_text("")
    bench.session.edit_text("")
    bench.wait_for(lambda: panel.cards() == [])


# What can be done.


def test_a_suggestion_shows_what_goes_and_what_comes_and_is_one_step_of_undo(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN}")
    (card,) = panel.cards()
    suggestion = next(s for s in card.finding.suggestions if s.kind is not SuggestionKind.MOVE)
    goes = bench.session.draft.words_at(suggestion.span).strip()
    shown = [unescape(label.text()) for label in card.findChildren(QLabel)]
    assert any(goes in text and "line-through" in text for text in shown)
    QTest.mouseClick(_button(card, "Use suggestion"), Qt.MouseButton.LeftButton)
    editor = window.workbench.desk.editor
    before = f"{FAMILY} {CLEAN}"
    assert editor.text == before[: suggestion.span.start] + suggestion.text + before[suggestion.span.end :]
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == before


def test_move_changes_the_hat_and_keeps_the_words(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, FAMILY)
    QTest.mouseClick(_button(panel.cards()[0], "Move to Personal"), Qt.MouseButton.LeftButton)
    assert bench.session.hat is Hat.PERSONAL
    assert bench.session.draft.text == FAMILY
    bench.wait_for(lambda: panel.cards() == [])


def test_not_personal_lets_the_words_pass_and_can_be_undone(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    _write(bench, window, FAMILY)
    QTest.mouseClick(_button(panel.cards()[0], "Not personal"), Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: panel.cards() == [])
    (allowance,) = bench.owner.allowances()
    assert allowance.scope is Scope.NOT_PERSONAL
    undo = next(b for b in window.snackbar.findChildren(QAbstractButton) if b.accessibleName() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    bench.wait_for(lambda: len(panel.cards()) == 1)
    assert bench.owner.allowances() == ()


def test_keep_offers_post_wording_and_topic_for_the_authors_own_life(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    _write(bench, window, FAMILY)
    actions = _menu(panel.cards()[0])
    assert [action.text() for action in actions] == [
        "Keep in this post",
        "Keep this wording whenever I post as Professional",
        "Open this topic for Professional: family detail",
    ]
    actions[2].trigger()
    bench.wait_for(lambda: panel.cards() == [])
    assert bench.owner.allowances()[0].scope is Scope.TOPIC


def test_a_client_finding_is_kept_for_this_post_only_and_with_a_reason(
    bench: Desk, window: MainWindow, panel: FindingsPanel
) -> None:
    _write(bench, window, SESSION)
    (card,) = panel.cards()
    head, *reasons = _menu(card)
    assert not head.isEnabled()
    assert len(reasons) >= 3
    reason = reasons[0].text()
    reasons[0].trigger()
    bench.wait_for(lambda: panel.cards() == [])
    (allowance,) = bench.owner.allowances()
    assert (allowance.scope, allowance.draft_id) == (Scope.POST, bench.session.draft.id)
    assert wording.answer(allowance.reason) == reason


def test_a_stop_is_kept_with_a_reason_however_far(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, "Text my cell 555-0142.")
    (card,) = panel.cards()
    assert (card.finding.rule, card.finding.severity) == ("S9", Severity.STOP)
    ways = _menu(card)
    assert [way.text() for way in ways] == [
        "Keep in this post, because",
        "Keep this wording whenever I post as Professional, because",
        "Open this topic for Professional: private contact details, because",
    ]
    reasons = [wording.answer(code) for code in rule_book()["S9"].answers]
    for way in ways:
        menu = way.menu()
        assert isinstance(menu, QMenu)
        assert [reason.text() for reason in menu.actions()] == reasons
    menu = ways[1].menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    bench.wait_for(lambda: panel.cards() == [] or panel.cards()[0].finding.rule != "S9")
    (allowance,) = bench.owner.allowances()
    assert (allowance.scope, allowance.reason) == (Scope.WORDING, rule_book()["S9"].answers[0])


# Card and mark.


def test_a_click_on_a_card_selects_its_words(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, f"{CLEAN} 😀 {FAMILY}")
    (card,) = panel.cards()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().topRight() / 2)
    assert window.workbench.desk.editor.textCursor().selectedText() == card.finding.words


def test_f8_walks_round_the_findings_and_selects_each(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN} {SESSION}")
    editor = window.workbench.desk.editor
    words = [card.finding.words for card in sorted(panel.cards(), key=lambda c: c.finding.span.start)]
    walked = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F8)
        walked.append(editor.textCursor().selectedText())
    assert walked == [words[0], words[1], words[0]]
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert editor.textCursor().selectedText() == words[1]
    assert editor.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifiers", "left"),
    [
        (Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "{words}x"),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "{words} "),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "{words}\n"),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, ""),
        (Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier, ""),
    ],
    ids=["letter", "space", "enter", "backspace", "cut"],
)
def test_a_stray_key_does_not_replace_what_the_walk_selected(
    bench: Desk, window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, left: str
) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN}")
    (finding,) = bench.session.findings.professional.findings
    QTest.keyClick(window, Qt.Key.Key_F8)
    editor = window.workbench.desk.editor
    QTest.keyClick(editor, key, modifiers)
    assert editor.text == f"{FAMILY} {CLEAN}".replace(finding.words, left.format(words=finding.words))


def test_a_composed_letter_does_not_replace_it_either(bench: Desk, window: MainWindow) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN}")
    (finding,) = bench.session.findings.professional.findings
    QTest.keyClick(window, Qt.Key.Key_F8)
    editor = window.workbench.desk.editor
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    QApplication.sendEvent(editor, composed)
    assert editor.text == f"{FAMILY} {CLEAN}".replace(finding.words, f"{finding.words}é")


def test_what_the_person_selected_is_replaced_as_everywhere(bench: Desk, window: MainWindow) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN}")
    (finding,) = bench.session.findings.professional.findings
    QTest.keyClick(window, Qt.Key.Key_F8)
    editor = window.workbench.desk.editor
    QTest.keyClick(editor, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(editor, Qt.Key.Key_X)
    assert editor.text == f"{FAMILY} {CLEAN}".replace(finding.words[:-1], "x")


def test_f8_goes_on_from_the_caret(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN} {SESSION}")
    editor = window.workbench.desk.editor
    cursor = editor.textCursor()
    cursor.setPosition(len(FAMILY) + 5)
    editor.setTextCursor(cursor)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert editor.textCursor().selectedText().startswith("A client")


def test_f8_finds_a_crossing_in_the_title(bench: Desk, window: MainWindow) -> None:
    bench.session.edit_title("My daughter and I")
    _write(bench, window, CLEAN)
    QTest.keyClick(window, Qt.Key.Key_F8)
    title = window.workbench.desk.title
    assert title.hasFocus()
    (finding,) = bench.session.findings.professional.findings
    assert title.selectedText() == finding.words
    QTest.keyClick(title, Qt.Key.Key_X)
    assert title.text() == "My daughter and I".replace(finding.words, f"{finding.words}x")


def test_alt_enter_takes_the_suggestion_at_the_caret(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN}")
    QTest.keyClick(window, Qt.Key.Key_F8)
    editor = window.workbench.desk.editor
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert editor.text != f"{FAMILY} {CLEAN}"
    assert CLEAN in editor.text


def test_what_a_screen_reader_hears_on_the_walk() -> None:
    finding = Finding(
        "S1",
        Category.RELATIONSHIPS,
        Span(0, 7),
        "my wife",
        Severity.WARN,
        "S1",
        suggestions=(Suggestion(SuggestionKind.DROP, Span(0, 7)),),
    )
    assert spoken(finding, 2, 3) == ("Warning 2 of 3: family detail, 'my wife'. Suggestion available, Alt+Enter")


def test_a_stale_suggestion_changes_nothing(bench: Desk, window: MainWindow, panel: FindingsPanel) -> None:
    _write(bench, window, f"{FAMILY} {CLEAN}")
    (card,) = panel.cards()
    suggestion = next(s for s in card.finding.suggestions if s.kind is not SuggestionKind.MOVE)
    editor = window.workbench.desk.editor
    cursor = editor.textCursor()
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, "So ")
    window.workbench.desk.use(suggestion)
    assert editor.text == f"So {FAMILY} {CLEAN}"
