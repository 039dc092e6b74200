"""The screens of one draft that each hat says in its own words."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from twohats.gui.main_window import MainWindow
from twohats.model.identity import Hat

Shoot = Callable[[str], None]


def walk(window: MainWindow, settle: Callable[[], None], shoot_both: Shoot) -> None:
    """Leaves an empty draft."""
    window.show_page("compose")
    session, desk = window.session, window.workbench.desk
    session.new_draft()
    session.choose_hat(Hat.PERSONAL)
    session.edit_title("Sleep in November")
    session.draft_opened.emit(session.draft)
    QTest.keyClicks(desk.editor, "We all sleep badly in November. A walk at noon helps me most.")
    settle()
    desk.word_apart()
    settle()
    shoot_both("hat-words-alike")
    session.choose_hat(Hat.PROFESSIONAL)
    desk.editor.selectAll()
    QTest.keyClicks(desk.editor, "Most people sleep worse in November. A walk at noon helps most of them.")
    settle()
    shoot_both("hat-words")
    desk.hat_words.differences_button.click()
    settle()
    shoot_both("hat-words-difference")
    desk.hat_words.same_button.click()
    settle()
    shoot_both("hat-words-joined")
    window.snackbar.hide()
    session.new_draft()
