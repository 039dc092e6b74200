"""The screens of posts for later: the sheet on the desk, the brake, the calendar, the queue's planned rows."""

from collections.abc import Callable
from datetime import UTC, datetime

from twohats.bridge.owner import Owner
from twohats.bridge.services import Services
from twohats.gui.main_window import MainWindow
from twohats.model.identity import Hat

Shoot = Callable[[str], None]
Wait = Callable[[], None]

_TEXT = "Most of us sleep worse in November. Light, a walk at noon and a fixed hour for getting up help."


def walk(window: MainWindow, owner: Owner, services: Services, settle: Wait, shoot_both: Shoot) -> None:
    """Leaves an empty draft. `settle` waits until check and previews have caught up."""
    _later(window, settle, shoot_both)
    window.session.new_draft()


def _later(window: MainWindow, settle: Wait, shoot_both: Shoot) -> None:
    desk = window.workbench.desk
    _write(window, Hat.PROFESSIONAL, "Sleep in November", _TEXT)
    settle()
    desk.later.open_sheet()
    settle()
    shoot_both("later")
    year = datetime.now(UTC).year + 1
    desk.later.chooser.show_time(datetime.fromisoformat(f"{year}-07-06T09:30"), "Australia/Lord_Howe")
    settle()
    shoot_both("later-zone")
    desk.later.close_sheet()


def _write(window: MainWindow, hat: Hat, title: str, text: str) -> None:
    session = window.session
    session.new_draft()
    session.choose_hat(hat)
    session.edit_title(title)
    session.edit_text(text)
    session.draft_opened.emit(session.draft)
