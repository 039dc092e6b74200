"""Words for one account alone, typed for real: parts, counters, breaks, and the way back to the shared text."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from tests.gui.desk import Desk
from tests.gui.social import add_accounts, wait_for_faces

from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.composer.own_words import OwnWords
from twohats.gui.main_window import MainWindow
from twohats.model.identity import Hat
from twohats.model.span import Field

FIRST = "Sleep is a skill that can be learned, and most of us were never taught it by anybody at all. " * 2
SECOND = "What helps least is looking at the clock. Turn it to the wall, and get up when you lie awake for long."
TEXT = f"{FIRST.strip()}\n\n{SECOND}"
FAMILY = "My wife and I asked ourselves the same."


@pytest.fixture
def page(bench: Desk, window: MainWindow) -> DeskPage:
    page = window.workbench.desk
    bench.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(bench, Hat.PROFESSIONAL, "linkedin", "x")
    page.editor.setFocus()
    page.editor.insertPlainText(TEXT)
    wait_for_faces(bench)
    bench.wait_for(lambda: page.targets.pen("x-1").isVisible())
    return page


@pytest.fixture
def words(page: DeskPage) -> OwnWords:
    return page.own_words


def _put_caret(words: OwnWords, part: int, before: str) -> None:
    editor = words.parts[part].editor
    cursor = editor.textCursor()
    cursor.setPosition(editor.text.index(before))
    editor.setTextCursor(cursor)


def _texts(bench: Desk, account_id: str) -> tuple[str, ...]:
    own = bench.session.draft.wording_for(account_id)
    assert own is not None
    return own.parts


def test_it_begins_with_the_shared_text_in_the_parts_of_the_account(page: DeskPage, words: OwnWords) -> None:
    assert page.targets.pen("x-1").accessibleName() == "Word it for Amira alone…"
    QTest.mouseClick(page.targets.pen("x-1"), Qt.MouseButton.LeftButton)
    assert words.isVisible()
    assert [row.editor.text for row in words.parts] == [FIRST.strip(), SECOND]
    assert words.parts[0].editor.hasFocus()
    assert words.parts[0].count == f"{len(FIRST.strip())}/280"
    assert words.note.startswith("This is the shared text")


def test_to_look_is_not_to_change(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    words.close_button.click()
    assert not words.isVisible()
    assert bench.session.draft.wordings == ()
    assert page.editor.hasFocus()


def test_a_typed_word_goes_to_that_account_alone(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    words.parts[1].editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(words.parts[1].editor, " Good night.")
    wait_for_faces(bench)
    renditions = {face.account.id: face.rendition for face in bench.session.faces.professional}
    assert [part.text for part in renditions["x-1"].parts] == [FIRST.strip(), f"{SECOND} Good night."]
    assert renditions["linkedin-1"].parts[0].text == TEXT
    bench.wait_for(lambda: words.parts[1].count == f"{len(SECOND) + 12}/280")
    bench.wait_for(lambda: page.targets.pen("x-1").text() == "Own words")
    assert page.editor.text == TEXT


def test_an_account_without_threads_has_one_part_and_no_breaks(page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("linkedin-1").click()
    assert [row.editor.text for row in words.parts] == [TEXT]
    assert not words.parts[0].split_button.isVisible()
    assert not words.add_button.isVisible()


def test_parts_are_joined_as_the_shared_text_goes_on(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    words.parts[0].join_button.click()
    assert _texts(bench, "x-1") == (TEXT,)
    wait_for_faces(bench)
    bench.wait_for(lambda: words.parts[0].count.endswith("over"))


def test_backspace_at_the_beginning_joins_a_part_with_the_one_before(
    bench: Desk, page: DeskPage, words: OwnWords
) -> None:
    page.targets.pen("x-1").click()
    _put_caret(words, 1, "What")
    QTest.keyClick(words.parts[1].editor, Qt.Key.Key_Backspace)
    assert _texts(bench, "x-1") == (TEXT,)
    QTest.keyClicks(words.parts[0].editor, "So ")
    assert "\n\nSo What helps" in _texts(bench, "x-1")[0]


def test_a_part_is_split_at_the_caret(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    _put_caret(words, 1, "Turn it")
    words.parts[1].split_button.click()
    assert _texts(bench, "x-1") == (
        FIRST.strip(),
        "What helps least is looking at the clock.",
        "Turn it to the wall, and get up when you lie awake for long.",
    )
    assert words.parts[2].editor.hasFocus()


def test_the_break_moves_to_the_caret(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    second = FIRST.index("Sleep is", 10)
    cursor = words.parts[0].editor.textCursor()
    cursor.setPosition(second)
    words.parts[0].editor.setTextCursor(cursor)
    words.parts[0].push_button.click()
    parts = _texts(bench, "x-1")
    assert parts[0] == FIRST[:second].strip()
    assert "\n\n".join((parts[0], parts[1])).split() == TEXT.split()


def test_a_part_can_be_added_and_an_empty_one_is_not_sent(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    words.add_button.click()
    assert len(words.parts) == 3
    assert words.parts[2].editor.hasFocus()
    wait_for_faces(bench)
    rendition = next(f.rendition for f in bench.session.faces.professional if f.account.id == "x-1")
    assert len(rendition.parts) == 2


def test_the_disclaimer_stands_under_the_last_part_that_is_sent(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    identity = bench.owner.identity(Hat.PROFESSIONAL)
    bench.owner.save_identity(replace(identity, card=replace(identity.card, disclaimer="Not advice.")))
    page.targets.pen("x-1").click()
    assert words.parts[-1].editor.text == SECOND
    words.add_button.click()
    bench.session.edit_text("")
    wait_for_faces(bench)
    rendition = next(f.rendition for f in bench.session.faces.professional if f.account.id == "x-1")
    assert [part.text for part in rendition.parts] == [FIRST.strip(), f"{SECOND}\n\nNot advice."]


def test_numbers_stand_below_what_was_written(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    bench.session.options.number_parts(True)
    page.targets.pen("x-1").click()
    assert [row.editor.text for row in words.parts] == [FIRST.strip(), SECOND]
    QTest.keyClicks(words.parts[0].editor, "So: ")
    wait_for_faces(bench)
    rendition = next(f.rendition for f in bench.session.faces.professional if f.account.id == "x-1")
    assert [part.text[-4:] for part in rendition.parts] == [" 1/2", " 2/2"]


def test_a_change_of_the_shared_text_is_told_until_it_is_answered(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    QTest.keyClicks(words.parts[0].editor, "So: ")
    assert not words.is_behind
    page.editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(page.editor, " Sleep well.")
    bench.wait_for(lambda: words.is_behind)
    QTest.keyClicks(words.parts[0].editor, "Well. ")
    bench.wait_for(lambda: bench.session.draft.wordings[0].parts[0].startswith("So: Well."))
    assert bench.session.options.is_behind("x-1")
    words.keep_button.click()
    bench.wait_for(lambda: not words.is_behind)
    assert _texts(bench, "x-1")[0].startswith("So: Well.")


def test_the_shared_text_can_be_taken_anew(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    QTest.keyClicks(words.parts[0].editor, "So: ")
    bench.session.edit_text("All new.")
    bench.wait_for(lambda: words.is_behind)
    words.anew_button.click()
    assert _texts(bench, "x-1") == ("All new.",)
    bench.wait_for(lambda: not words.is_behind)


def test_back_to_the_shared_text(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    QTest.keyClicks(words.parts[0].editor, "So: ")
    bench.wait_for(words.shared_button.isVisible)
    words.shared_button.click()
    assert bench.session.draft.wordings == ()
    assert not words.isVisible()


def test_f8_leads_to_the_part_with_the_finding_and_takes_its_suggestion(
    bench: Desk, page: DeskPage, words: OwnWords
) -> None:
    page.targets.pen("linkedin-1").click()
    QTest.keyClicks(words.parts[0].editor, "For colleagues. ")
    words.close_button.click()
    page.targets.pen("x-1").click()
    words.parts[1].editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(words.parts[1].editor, f" {FAMILY}")
    words.close_button.click()
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    finding = page.walk(1)
    assert finding is not None
    assert finding.span.field is Field.WORDING
    assert words.isVisible()
    assert words.account_id == "x-1"
    assert words.parts[1].editor.textCursor().selectedText() == finding.words
    assert words.parts[1].editor.extraSelections()
    suggestion = next(s for s in finding.suggestions if s.span.field is Field.WORDING)
    page.use(suggestion)
    bench.wait_for(lambda: FAMILY not in words.parts[1].editor.text)
    assert FAMILY not in _texts(bench, "x-1")[1]


def test_the_words_of_a_hat_close_with_it(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    QTest.keyClicks(words.parts[0].editor, "So: ")
    bench.session.choose_hat(Hat.PERSONAL)
    assert not words.isVisible()
    bench.session.choose_hat(Hat.PROFESSIONAL)
    assert page.targets.pen("x-1").text() == "Own words"


def test_words_for_an_account_that_is_gone_can_be_taken_out(bench: Desk, page: DeskPage, words: OwnWords) -> None:
    page.targets.pen("x-1").click()
    QTest.keyClicks(words.parts[0].editor, f"{FAMILY} ")
    bench.owner.disconnect_account("x-1")
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    bench.wait_for(lambda: page.walk(1) is not None)
    assert page.refusal.sentence == "These words were for an account that is not connected any more."
    page._drop_own_words("x-1")
    assert bench.session.draft.wordings == ()
