"""Words for each hat, on the desk: a page, a caret and an undo of its own for each, the difference, the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.gui.desk import Desk

from twohats.gui.composer.desk import Desk as DeskPage
from twohats.gui.drafts.versions import compared_drafts
from twohats.gui.main_window import MainWindow
from twohats.model.identity import Hat

PERSONAL, PROFESSIONAL = Hat.PERSONAL, Hat.PROFESSIONAL


@pytest.fixture
def page(window: MainWindow) -> DeskPage:
    return window.workbench.desk


def write(page: DeskPage, words: str) -> None:
    page.editor.setFocus()
    QTest.keyClicks(page.editor, words)


def undo(page: DeskPage) -> None:
    QTest.keyClick(page.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def part(bench: Desk, page: DeskPage) -> None:
    """Personal says "Good morning. Hi.", Professional "Good morning. Dear."; Professional is worn."""
    bench.session.choose_hat(PERSONAL)
    write(page, "Good morning.")
    bench.wait_for(page.more.apart.isEnabled)
    page.more.apart.trigger()
    write(page, " Hi.")
    bench.session.choose_hat(PROFESSIONAL)
    write(page, " Dear.")


def test_a_new_post_says_the_same_under_both_hats(bench: Desk, page: DeskPage) -> None:
    assert not page.more.apart.isEnabled(), "no hat yet"
    bench.session.choose_hat(PERSONAL)
    write(page, "Good morning.")
    bench.session.choose_hat(PROFESSIONAL)

    assert page.editor.text == "Good morning."
    assert not page.hat_words.isVisible()
    bench.wait_for(page.more.apart.isEnabled)


def test_parted_each_hat_has_its_own_words(bench: Desk, page: DeskPage) -> None:
    part(bench, page)

    assert page.editor.text == bench.session.draft.text == "Good morning. Dear."
    bench.session.choose_hat(PERSONAL)
    assert page.editor.text == bench.session.draft.text == "Good morning. Hi."
    bench.wait_for(page.hat_words.isVisible)
    assert "in their own words" in page.hat_words.note.text()
    assert not page.more.apart.isEnabled()


def test_a_key_just_typed_stays_with_the_hat_that_was_worn(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    for number in range(20):
        write(page, str(number % 10))
        bench.session.choose_hat(PERSONAL if number % 2 == 0 else PROFESSIONAL)

    assert bench.session.draft.text_for(PROFESSIONAL) == "Good morning. Dear.0246802468"
    assert bench.session.draft.text_for(PERSONAL) == "Good morning. Hi.1357913579"


def test_each_hat_keeps_its_caret_and_its_steps_of_undo(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    cursor = page.editor.textCursor()
    cursor.setPosition(5)
    page.editor.setTextCursor(cursor)
    for _ in range(50):
        bench.session.choose_hat(PERSONAL)
        assert page.editor.textCursor().position() == len("Good morning. Hi.")
        bench.session.choose_hat(PROFESSIONAL)
        assert page.editor.textCursor().position() == 5

    undo(page)
    assert "Dear" not in page.editor.text
    bench.session.choose_hat(PERSONAL)
    assert page.editor.text == "Good morning. Hi."
    undo(page)
    assert page.editor.text != "Good morning. Hi."
    assert page.editor.text in "Good morning. Hi.", "what was undone is this hat's own"


def test_marks_follow_the_words_of_the_hat(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    write(page, " My wife and I finally took that cruise.")
    bench.wait_for(lambda: bool(page.editor.marks))
    bench.session.choose_hat(PERSONAL)
    assert page.editor.marks == ()
    bench.wait_for(lambda: bench.session.findings.revision == bench.session.draft.revision)
    bench.session.choose_hat(PROFESSIONAL)
    bench.wait_for(lambda: bool(page.editor.marks))
    assert page.editor.marks[0].finding.words in page.editor.text


def test_another_text_size_reaches_the_page_that_lay_aside(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    bench.theme.set_scale(150)
    bench.session.choose_hat(PERSONAL)

    document = page.editor.document()
    assert document.firstBlock().blockFormat().lineHeight() == bench.theme.px(17 * 1.55)
    assert document.defaultFont().pixelSize() == bench.theme.px(17)
    assert page.editor.text == "Good morning. Hi."


def test_the_difference_is_shown_and_follows_the_typing(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    bench.wait_for(page.hat_words.isVisible)
    page.hat_words.differences_button.click()

    assert page.hat_words.view.isVisible()
    bench.wait_for(lambda: page.hat_words.view.toPlainText() == "Good morning. HiDear.")
    write(page, " More.")
    bench.wait_for(lambda: page.hat_words.view.toPlainText().endswith("More."))


def test_the_same_for_both_and_back_again(bench: Desk, window: MainWindow, page: DeskPage) -> None:
    part(bench, page)
    bench.wait_for(page.hat_words.isVisible)
    page.hat_words.same_button.click()

    assert window.snackbar.isVisible()
    bench.wait_for(lambda: not page.hat_words.isVisible())
    bench.session.choose_hat(PERSONAL)
    assert page.editor.text == "Good morning. Dear."
    window.snackbar._button.click()
    assert page.editor.text == bench.session.draft.text == "Good morning. Hi."
    bench.session.choose_hat(PROFESSIONAL)
    assert page.editor.text == "Good morning. Dear."


def test_a_new_post_has_nothing_of_the_pages_before(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    bench.session.new_draft()
    write(page, "Another")
    bench.session.choose_hat(PERSONAL)
    bench.session.choose_hat(PROFESSIONAL)

    assert page.editor.text == bench.session.draft.text == "Another"
    bench.wait_for(lambda: not page.hat_words.isVisible())


def test_an_opened_draft_brings_the_words_of_both(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    draft_id = bench.session.draft.id
    bench.session.new_draft()
    bench.session.open_draft(draft_id)

    assert page.editor.text == "Good morning. Dear."
    bench.session.choose_hat(PERSONAL)
    assert page.editor.text == "Good morning. Hi."


def test_versions_compare_what_each_hat_says(bench: Desk, page: DeskPage) -> None:
    part(bench, page)
    then = bench.session.draft
    bench.session.choose_hat(PERSONAL)
    write(page, " Bye.")

    compared = compared_drafts(then, bench.session.draft)

    assert [(one.name, one.before, one.after) for one in compared] == [
        ("Text as Personal", "Good morning. Hi.", "Good morning. Hi. Bye."),
        ("Text as Professional", "Good morning. Dear.", "Good morning. Dear."),
    ]


def test_after_posting_the_words_of_the_other_hat_are_a_click_away(
    bench: Desk, window: MainWindow, page: DeskPage
) -> None:
    part(bench, page)
    bench.session.edit_title("A title")
    bench.session.ask_to_post()
    bench.wait_for(lambda: bool(bench.session.pending))
    bench.wait_for(window.snackbar.isVisible)
    window.snackbar._button.click()

    assert page.editor.text == "Good morning. Hi."
    assert bench.session.hat is PERSONAL
