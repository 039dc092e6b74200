"""The page one writes on: words, marks and undo, typed into for real."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QFontMetricsF, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from twohats.gui.composer.editor import FONT_PX, MEASURE_CHARACTERS, Editor
from twohats.gui.composer.marks import letter_of, marks_of
from twohats.gui.composer.placed_marks import PlacedMarks
from twohats.gui.composer.spans import Positions
from twohats.gui.theme import Theme
from twohats.model.finding import Category, Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.settings import ThemeChoice
from twohats.model.span import Field, Span

TEXT = "Three things help 😀 a walk, a friend, sleep. My daughter starts school on Monday.\n\nA client told me today."


def _finding(text: str, words: str, severity: Severity = Severity.WARN, rule: str = "S1") -> Finding:
    start = text.index(words)
    span = Span(start, start + len(words))
    return Finding(rule, Category.RELATIONSHIPS, span, words, severity, rule)


DAUGHTER = _finding(TEXT, "My daughter starts school")
CLIENT = _finding(TEXT, "A client told me today", Severity.STOP, "C2")


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    return Theme(ThemeChoice.LIGHT)


@pytest.fixture
def editor(qtbot: QtBot, theme: Theme) -> Iterator[Editor]:
    made = Editor(theme)
    qtbot.addWidget(made)
    made.resize(820, 420)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    yield made
    made.hide()


def _mime(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def _ink_height(editor: Editor) -> int:
    """How many rows of the page hold something dark."""
    page = editor.viewport().grab().toImage()
    return sum(any(page.pixelColor(x, y).lightness() < 150 for x in range(page.width())) for y in range(page.height()))


def _words(editor: Editor) -> list[str]:
    units = editor.text.encode("utf-16-le", "surrogatepass")
    return [units[2 * m.start : 2 * m.end].decode("utf-16-le") for m in editor.marks]


# Positions.


@given(st.text(alphabet=st.sampled_from("ab 😀🎒é\n\u202e")))
def test_code_points_become_utf16_and_come_back(text: str) -> None:
    positions = Positions(text)
    for place in range(len(text) + 1):
        units = positions.to_units(place)
        assert units == len(text[:place].encode("utf-16-le")) // 2
        assert positions.to_code_points(units) == place


def test_a_position_inside_a_pair_belongs_to_its_character() -> None:
    assert [Positions("a😀b").to_code_points(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


def test_positions_beyond_the_text_are_its_end() -> None:
    assert Positions("a😀").to_units(99) == 3
    assert Positions("a😀").to_code_points(99) == 2


# Marks.


def test_marks_lie_under_their_words_behind_an_emoji(editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((CLIENT, DAUGHTER))
    assert _words(editor) == [DAUGHTER.words, CLIENT.words]


def test_marks_touch_neither_text_nor_undo(editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER, CLIENT))
    editor.glow(DAUGHTER)
    QTest.qWait(20)
    assert editor.text == TEXT
    assert not editor.document().isUndoAvailable()
    assert not editor.document().isModified() or editor.document().availableUndoSteps() == 0


def test_marks_move_along_with_what_is_typed_before_them(editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER, CLIENT))
    cursor = editor.textCursor()
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, "Now: ")
    assert _words(editor) == [DAUGHTER.words, CLIENT.words]
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _words(editor) == [DAUGHTER.words, CLIENT.words]


def test_a_mark_goes_when_its_own_words_are_edited(editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER, CLIENT))
    cursor = editor.textCursor()
    cursor.setPosition(editor.marks[0].start + 4)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, "x")
    assert _words(editor) == [CLIENT.words]


def test_findings_of_other_fields_are_not_marked_in_the_text() -> None:
    title = Finding("S1", Category.HEALTH, Span(0, 2, Field.TITLE), "My", Severity.WARN, "S1")
    assert marks_of((title,), "My text") == ()


@pytest.mark.parametrize(
    ("position", "removed", "added", "expected"),
    [(0, 0, 3, (8, 13)), (0, 2, 0, (3, 8)), (10, 0, 4, (5, 10)), (12, 3, 0, (5, 10)), (7, 1, 0, None), (4, 9, 0, None)],
    ids=["typed before", "deleted before", "typed at the end", "deleted after", "deleted inside", "deleted whole"],
)
def test_what_an_edit_does_to_a_mark(position: int, removed: int, added: int, expected: tuple[int, int] | None) -> None:
    text = "xxxxxhello and more"
    placed = PlacedMarks(QTextDocument(text))
    placed.put(marks_of((_finding(text, "hello"),), text))
    placed.follow(position, removed, added)
    assert [(mark.start, mark.end) for mark in placed.marks] == ([expected] if expected else [])


def test_an_edit_among_marks_that_overlap_takes_those_it_touches(qtbot: QtBot) -> None:
    text = "My daughter starts school on Monday. A friend helps."
    words = ("My daughter starts school on Monday", "daughter", "school", "A friend")
    placed = PlacedMarks(QTextDocument(text))
    placed.put(marks_of(tuple(_finding(text, each) for each in words), text))
    placed.follow(text.index("daughter") + 3, 2, 1)
    assert [mark.finding.words for mark in placed.marks] == ["school", "A friend"]
    assert [mark.start for mark in placed.marks] == [text.index("school") - 1, text.index("A friend") - 1]


@pytest.mark.parametrize("at", [0, TEXT.index(" My daughter"), TEXT.index("\n")], ids=["first", "before", "behind"])
@pytest.mark.parametrize("typed", ["x", "\n", "word " * 40], ids=["letter", "line end", "lines"])
def test_marks_are_drawn_where_their_words_lie_after_an_edit(editor: Editor, at: int, typed: str) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER, CLIENT))
    editor.viewport().grab()
    cursor = editor.textCursor()
    cursor.setPosition(Positions(TEXT).to_units(at))
    editor.setTextCursor(cursor)
    for letter in typed:
        QTest.keyClick(editor, Qt.Key.Key_Return) if letter == "\n" else QTest.keyClicks(editor, letter)
    after = editor.viewport().grab().toImage()
    marks = editor.marks
    editor.set_marks(())
    editor.set_marks(marks)  # measured anew
    assert editor.viewport().grab().toImage() == after


def test_the_margin_has_the_letter_of_each_kind(qtbot: QtBot, editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER, CLIENT))
    qtbot.waitUntil(lambda: len(editor.letters()) == 2)
    assert [letter.letter for letter in editor.letters()] == ["S", "C"]
    assert [letter.tone for letter in editor.letters()] == ["warn", "stop"]
    assert letter_of(CLIENT) == "C"


def test_a_finding_is_selected_whole(editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER, CLIENT))
    assert editor.select_finding(DAUGHTER)
    assert editor.textCursor().selectedText() == DAUGHTER.words
    assert editor.finding_at_caret() == DAUGHTER
    editor.set_text("Other words.")
    assert not editor.select_finding(DAUGHTER)


def test_pointing_at_a_mark_tells_which(qtbot: QtBot, editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER,))
    cursor = editor.textCursor()
    cursor.setPosition(editor.marks[0].start + 3)
    place = editor.cursorRect(cursor).center()
    with qtbot.waitSignal(editor.finding_pointed) as told:
        QTest.mouseMove(editor.viewport(), place)
    assert told.args == [DAUGHTER]
    with qtbot.waitSignal(editor.finding_pointed) as told:
        QTest.mouseMove(editor.viewport(), QPoint(5, editor.viewport().height() - 5))
    assert told.args == [None]


# Suggestions and undo.


def test_a_suggestion_is_one_step_of_undo(editor: Editor) -> None:
    editor.set_text(TEXT)
    start = TEXT.index("My daughter starts school")
    suggestion = Suggestion(SuggestionKind.GENERALISE, Span(start, start + 25), "School starts")
    editor.apply_suggestion(suggestion)
    assert editor.text == TEXT.replace("My daughter starts school", "School starts")
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == TEXT
    assert not editor.document().isUndoAvailable()


def test_undo_with_nothing_to_undo_is_passed_on(qtbot: QtBot, editor: Editor) -> None:
    editor.set_text(TEXT)
    with qtbot.waitSignal(editor.undo_past_start):
        QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == TEXT


def test_alt_enter_asks_for_the_suggestion_at_the_caret(qtbot: QtBot, editor: Editor) -> None:
    editor.set_text(TEXT)
    editor.set_findings((DAUGHTER,))
    editor.select_finding(DAUGHTER)
    with qtbot.waitSignal(editor.suggestion_wanted) as asked:
        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [DAUGHTER]
    assert editor.text == TEXT


def test_another_hat_or_theme_leaves_text_caret_and_undo(editor: Editor, theme: Theme) -> None:
    QTest.keyClicks(editor, "Two steps")
    editor.textCursor().insertBlock()
    QTest.keyClicks(editor, "of undo")
    steps, caret = editor.document().availableUndoSteps(), editor.textCursor().position()
    editor.set_hat(Hat.PERSONAL)
    theme.set_choice(ThemeChoice.DARK)
    assert editor.text == "Two steps\nof undo"
    assert (editor.document().availableUndoSteps(), editor.textCursor().position()) == (steps, caret)


def test_another_text_scale_is_no_step_of_undo(editor: Editor, theme: Theme) -> None:
    QTest.keyClicks(editor, "one")
    editor.textCursor().insertBlock()
    theme.set_scale(150)
    assert editor.font().pixelSize() == round(FONT_PX * 1.5)
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == "one"


# What is typed and pasted.


def test_typing_is_told_after_it_was_painted_and_at_once_when_asked(qtbot: QtBot, editor: Editor) -> None:
    told: list[str] = []
    editor.text_edited.connect(told.append)
    QTest.keyClicks(editor, "abc")
    assert told == []
    editor.tell_words()
    assert told == ["abc"]
    QTest.keyClicks(editor, "d")
    qtbot.waitUntil(lambda: told == ["abc", "abcd"])


def test_loading_a_text_is_not_typing(editor: Editor) -> None:
    told: list[str] = []
    editor.text_edited.connect(told.append)
    editor.set_text(TEXT)
    assert told == []


def test_shift_enter_is_an_ordinary_line_end(editor: Editor) -> None:
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor, "two")
    assert editor.text == "one\ntwo"
    assert editor.document().blockCount() == 2


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("a\x00b", "ab"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("\u202eright to left\u202c \u200b", "\u202eright to left\u202c \u200b"),
        ("no\u00a0break", "no\u00a0break"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
    ],
    ids=["NUL", "line ends", "Qt's line ends", "bidi", "no-break space", "joined emoji"],
)
def test_odd_characters_survive_or_are_mended_on_paste(editor: Editor, pasted: str, expected: str) -> None:
    editor.insertFromMimeData(_mime(pasted))
    assert editor.text == expected


def test_rich_text_arrives_as_plain_words(editor: Editor) -> None:
    mime = QMimeData()
    mime.setHtml("<h1>Big</h1>")
    mime.setText("Big")
    editor.insertFromMimeData(mime)
    assert editor.text == "Big"
    assert editor.textCursor().charFormat().fontPointSize() == 0


def test_two_hundred_thousand_characters_can_be_pasted_and_written_in(editor: Editor) -> None:
    long = ("A paragraph of some length, as people write. " * 20 + "\n") * 230
    editor.insertFromMimeData(_mime(long[:200_000]))
    assert len(editor.text) == 200_000
    QTest.keyClicks(editor, "x")
    assert editor.text.endswith("x")


def test_a_dropped_picture_is_handed_on_and_leaves_the_text(qtbot: QtBot, editor: Editor) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/jamie/beach.jpg")])
    with qtbot.waitSignal(editor.picture_file_given) as given_path:
        editor.insertFromMimeData(mime)
    assert given_path.args[0].endswith("beach.jpg")
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    pasted = QMimeData()
    pasted.setImageData(image)
    with qtbot.waitSignal(editor.picture_given) as given_bytes:
        editor.insertFromMimeData(pasted)
    assert bytes(given_bytes.args[0]).startswith(b"\x89PNG")
    assert editor.text == ""


# The page.


@pytest.mark.parametrize("width", [420, 700, 820, 1600])
def test_the_measure_is_at_most_72_characters_and_fits(qtbot: QtBot, editor: Editor, width: int) -> None:
    editor.resize(width, 400)
    editor.set_text("word " * 200)
    qtbot.wait(10)
    layout = editor.document().firstBlock().layout()
    widest = max(layout.lineAt(number).naturalTextWidth() for number in range(layout.lineCount()))
    assert widest <= QFontMetricsF(editor.font()).averageCharWidth() * MEASURE_CHARACTERS + 1
    assert widest <= editor.viewport().width()


def test_lines_have_room_between_them(editor: Editor) -> None:
    editor.set_text("one\ntwo")
    layout = editor.document().documentLayout()
    first, second = editor.document().begin(), editor.document().begin().next()
    distance = layout.blockBoundingRect(second).top() - layout.blockBoundingRect(first).top()
    assert distance == round(17 * 1.55)


def test_the_hint_changes_with_the_hat(editor: Editor) -> None:
    assert editor.placeholderText() == "Write once. Choose the hat when you are ready."
    editor.set_hat(Hat.PROFESSIONAL)
    assert editor.placeholderText() != "Write once. Choose the hat when you are ready."


def _on_screen(qtbot: QtBot, editor: Editor) -> QImage:
    qtbot.waitUntil(lambda: not editor._letters_timer.isActive())  # the margin follows a little later
    qtbot.waitUntil(lambda: not editor._telling.isActive())
    qtbot.wait(30)
    return editor.screen().grabWindow(editor.winId()).toImage()


def test_what_stands_on_the_screen_after_typing_is_what_a_full_repaint_would_show(
    qtbot: QtBot, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Editor, "_turn_caret", lambda _editor: None)
    text = f"{TEXT} One more sentence that makes this paragraph go over several lines of the page.\n\nA last one."
    editor.set_text(text)
    editor.set_findings((DAUGHTER, CLIENT))
    cursor = editor.textCursor()
    cursor.setPosition(4)
    editor.setTextCursor(cursor)
    for keys in ("x", "some words ", "y " * 45):
        QTest.keyClicks(editor, keys)
        shown = _on_screen(qtbot, editor)
        editor.viewport().update()
        assert _on_screen(qtbot, editor) == shown
    for _ in range(30):
        QTest.keyClick(editor, Qt.Key.Key_Backspace)
    shown = _on_screen(qtbot, editor)
    editor.viewport().update()
    assert _on_screen(qtbot, editor) == shown
    assert len({shown.pixel(x, y) for x in range(100, 400) for y in range(10, 100)}) > 5


def test_the_page_scrolls_along_with_what_is_typed(qtbot: QtBot, editor: Editor) -> None:
    editor.resize(600, 200)
    for _ in range(12):
        QTest.keyClicks(editor, "line")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "words that go on " * 12)
    assert editor.verticalScrollBar().maximum() > 0
    assert editor.viewport().rect().contains(editor.cursorRect().center())


def test_the_hint_takes_another_text_size_at_once(editor: Editor, theme: Theme, qapp: QApplication) -> None:
    editor.clearFocus()
    theme.apply(qapp)
    before = _ink_height(editor)
    theme.set_scale(150)
    assert before > 5
    assert _ink_height(editor) == pytest.approx(1.5 * before, abs=3)
    theme.set_scale(100)


def test_the_caret_moves_along_when_the_page_is_made_narrower(editor: Editor, qtbot: QtBot) -> None:
    editor.set_text(TEXT)
    editor.resize(420, 420)
    qtbot.waitUntil(lambda: editor._caret_box.topLeft() == editor.cursorRect().topLeft())


def test_work_beside_the_typing_is_told_of_every_key(qtbot: QtBot, theme: Theme) -> None:
    keys: list[None] = []
    editor = Editor(theme, on_key=lambda: keys.append(None))
    qtbot.addWidget(editor)
    QTest.keyClicks(editor, "two")
    assert len(keys) == 3


def test_the_caret_stands_still_while_somebody_writes(editor: Editor) -> None:
    for _ in range(3):
        QTest.keyClicks(editor, "x")
        editor._turn_caret()
        assert editor._is_caret_on
    editor._turn_caret()
    assert not editor._is_caret_on
