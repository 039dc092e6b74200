"""The screens of checking again what was posted: choosing, the way there, the report of records and of an archive."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from tests.fakes import archive_files as made

from twohats.gui.main_window import MainWindow
from twohats.gui.rescan.page import RescanPage

Shoot = Callable[[str], None]
_SAID = (
    "Long Tuesday. A client told me today that she wants to leave him before the baby comes, and I think of it.",
    "My wife and I finally took that cruise. Two weeks without a screen, and the children asked for books.",
    "Text my cell 555-0142 if you cannot reach the practice.",
    "Happy clients, please review us on Google!",
    "Most of us sleep worse in November. Light and a walk at noon help more than going to bed early.",
    "RT @harbour_books: read this one slowly",
    "So hungover after the wedding. Coffee, a walk by the lake, and early to bed tonight.",
)


def walk(window: MainWindow, folder: Path, shoot: Shoot, shoot_both: Shoot) -> None:
    """Some posts must have been made before."""
    window.show_page("sent")
    window.page("sent").again_button.click()
    page = window.page("rescan")
    assert isinstance(page, RescanPage)
    shoot_both("rescan")
    page.choosing.start_button.click()
    _wait_for(page.shown_report.isVisible)
    shoot("rescan-records")
    page.shown_report.again_button.click()
    tweets = [made.tweet(number, said) for number, said in enumerate(_SAID, start=1)]
    page.choosing.take_file(made.x_archive(folder / "twitter-2026-11-22.zip", tweets))
    shoot_both("rescan-archive")
    page.choosing.start_button.click()
    _wait_for(page.shown_report.isVisible)
    shoot_both("rescan-report")
    page.shown_report.again_button.click()
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8\xff" * 40)
    page.choosing.take_file(folder / "holiday.jpg")
    page.choosing.start_button.click()
    _wait_for(page.choosing.fault.isVisible)
    shoot("rescan-refused")
    many = [made.tweet(number, f"{said} Day {number}.") for number in range(3000) for said in _SAID]
    page.choosing.take_file(made.x_archive(folder / "years.zip", many))
    page.choosing.start_button.click()
    _wait_for(lambda: page.underway.line.value() > 3)
    shoot_both("rescan-underway")
    page.underway.stop_button.click()
    _wait_for(page.shown_report.isVisible)
    page.shown_report.again_button.click()


def _wait_for(condition: Callable[[], bool], limit_s: float = 60.0) -> None:
    deadline_s = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline_s:
            raise TimeoutError("the page did not get there")
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
