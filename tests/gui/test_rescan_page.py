"""Checking again what was posted: choosing, stopping, the report in place, taking down from it, saving it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.fakes import archive_files as made
from tests.gui.desk import Desk, open_desk

from twohats.boundary.check import BoundaryChecker, make_checker
from twohats.bridge.rescans import Rescans
from twohats.bridge.tasks import Tasks
from twohats.gui.main_window import MainWindow
from twohats.gui.rescan.page import RescanPage
from twohats.model.delivery import DeliveryState
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.store.database import Store

SESSION = "A client told me today that she wants to leave him."
FAMILY = "My wife and I finally took that cruise."
CLEAN = "Most of us sleep worse in November."


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made_desk:
        made_desk.add_folders()
        yield made_desk
        made_desk.theme.set_scale(100)


@pytest.fixture
def rescans(desk: Desk) -> Iterator[Rescans]:
    tasks = Tasks()
    crashes: list[BaseException] = []
    tasks.crashed.connect(crashes.append)

    def checker_with(give_way: Callable[[], None]) -> BoundaryChecker:
        return make_checker(give_way=give_way)

    running = Rescans(desk.services, tasks, checker_with)
    yield running
    running.stop()
    tasks.close()
    assert not crashes


@pytest.fixture
def page(desk: Desk, rescans: Rescans) -> RescanPage:
    shown = RescanPage(desk.theme, desk.library, rescans)
    desk.show(shown)
    return shown


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    texts = (f"A long day. {SESSION} More <b>tomorrow</b>.", FAMILY, CLEAN, "RT @robin: hello")
    return made.x_archive(tmp_path / "x.zip", [made.tweet(n, text) for n, text in enumerate(texts, start=1)])


def _until(desk: Desk, condition: Callable[[], bool]) -> None:
    desk.qtbot.waitUntil(condition, timeout=60_000)  # on a machine that does much else


def _reported(desk: Desk, page: RescanPage) -> None:
    page.choosing.start_button.click()
    _until(desk, page.shown_report.isVisible)


def test_an_archive_is_chosen_with_its_hat_and_reported_in_groups(
    desk: Desk, page: RescanPage, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.choosing.archive.click()
    assert not page.choosing.start_button.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(archive), ""))
    page.choosing.choose_button.click()
    assert page.choosing.file_name.text() == "x.zip"
    assert [page.choosing.hats.itemData(n) for n in range(page.choosing.hats.count())] == ["professional", "personal"]
    _reported(desk, page)
    report = page.shown_report
    assert report.outcome.text() == "2 of 3 posts hold something that a colleague might want to talk about."
    assert "1 left out: words of somebody else" in report.remarks.text()
    assert [group.accessibleName() for group in report.groups] == ["Stops: 1 post", "Warnings: 1 post"]
    (card,) = report.groups[0].cards
    assert "7 November 2020" in card.accessibleName()
    with desk.qtbot.waitSignal(page.page_wanted) as wanted:
        card.links[0].click()
    assert wanted.args == ["https://x.com/i/web/status/1"]
    assert card.take_down_button.isHidden()


def test_own_posts_are_looked_through_under_the_hat_they_wore(desk: Desk, page: RescanPage) -> None:
    desk.post(Hat.PERSONAL, "Roses", FAMILY)
    answered = desk.post(Hat.PROFESSIONAL, "Cruise", FAMILY)
    desk.wait_for_state(answered, DeliveryState.SENT)
    assert page.choosing.hats.currentData() is None
    _reported(desk, page)
    report = page.shown_report
    assert report.outcome.text() == "Nothing new in 2 posts by these checks."
    assert [group.accessibleName() for group in report.groups] == ["Weighed when it was posted: 1 post"]


def _let_through(desk: Desk) -> str:
    """A post that nobody was asked about, since its rule was but a note then."""
    desk.owner.set_severity("S1", Hat.PROFESSIONAL, Severity.NOTE)
    post_id = desk.post(Hat.PROFESSIONAL, "Cruise", FAMILY)
    desk.wait_for_state(post_id, DeliveryState.SENT)
    desk.owner.set_severity("S1", Hat.PROFESSIONAL, None)
    return post_id


def test_taking_down_asks_first_and_says_what_came_of_it(desk: Desk, page: RescanPage) -> None:
    post_id = _let_through(desk)
    file = desk.folder / "professional" / desk.library.deliveries(post_id)[0].receipt.remote_id
    _reported(desk, page)
    (card,) = page.shown_report.groups[0].cards
    card.take_down_button.click()
    assert card.question.isVisible()
    card.question.leave_button.click()
    assert file.exists()
    assert card.take_down_button.isVisible()
    card.take_down_button.click()
    card.question.sure_button.click()
    desk.wait_for_state(post_id, DeliveryState.TAKEN_DOWN)
    _until(desk, lambda: card.told.text() == "Taken down.")
    assert not file.exists()
    assert card.take_down_button.isHidden()


def test_what_cannot_be_taken_down_says_so_and_can_be_tried_again(desk: Desk, page: RescanPage) -> None:
    post_id = _let_through(desk)
    _reported(desk, page)
    (card,) = page.shown_report.groups[0].cards
    folder = desk.folder / "professional"
    folder.rename(desk.folder / "unplugged")
    card.take_down_button.click()
    card.question.sure_button.click()
    _until(desk, lambda: card.told.text().startswith("It could not be taken down."))
    (desk.folder / "unplugged").rename(folder)
    assert card.take_down_button.isEnabled()
    card.take_down_button.click()
    card.question.sure_button.click()
    desk.wait_for_state(post_id, DeliveryState.TAKEN_DOWN)


def test_a_refused_file_is_told_beside_it_and_another_can_be_chosen(
    desk: Desk, page: RescanPage, archive: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "holiday.jpg"
    picture.write_bytes(b"\xff\xd8\xff" * 99)
    page.choosing.take_file(picture)
    page.choosing.start_button.click()
    _until(desk, lambda: page.choosing.fault.isVisible())
    assert page.choosing.fault.text().startswith("This is no archive that Two Hats knows.")
    page.choosing.take_file(archive)
    assert page.choosing.fault.isHidden()
    _reported(desk, page)


def test_it_can_be_stopped_and_shows_what_was_seen(desk: Desk, page: RescanPage, tmp_path: Path) -> None:
    many = [made.tweet(number, f"{SESSION} Day {number}.") for number in range(8000)]
    page.choosing.take_file(made.x_archive(tmp_path / "many.zip", many))
    page.choosing.start_button.click()
    assert page.underway.isVisible()
    _until(desk, lambda: "posts looked at" in page.underway.counts.text())
    assert page.underway.line.value() > 0
    page.underway.stop_button.click()
    _until(desk, page.shown_report.isVisible)
    assert page.shown_report.remarks.text().startswith("Stopped before the end")
    cards = page.shown_report.groups[0].cards
    assert len(cards) == 15
    page.shown_report.groups[0].more_button.click()
    assert len(cards) == 30


def test_it_goes_on_while_another_page_is_shown(desk: Desk, page: RescanPage, archive: Path) -> None:
    page.choosing.take_file(archive)
    page.choosing.start_button.click()
    page.hide()
    _until(desk, lambda: page.shown_report.report is not None)
    page.show()
    assert page.shown_report.isVisible()


@pytest.mark.parametrize(
    ("name", "begins"), [("report.html", "<!DOCTYPE html>"), ("report.csv", '"posted"'), ("report", "<!")]
)
def test_the_report_is_saved_as_its_name_says(
    desk: Desk, page: RescanPage, archive: Path, tmp_path: Path, name: str, begins: str
) -> None:
    page.choosing.take_file(archive)
    _reported(desk, page)
    page.shown_report.save_as(tmp_path / name)
    _until(desk, lambda: page.shown_report.saved.text().startswith("Saved as report"))
    path = tmp_path / (name if "." in name else f"{name}.html")
    assert path.read_text(encoding="utf-8").startswith(begins)


def test_where_it_cannot_be_saved_it_says_so(desk: Desk, page: RescanPage, archive: Path, tmp_path: Path) -> None:
    page.choosing.take_file(archive)
    _reported(desk, page)
    page.shown_report.save_as(tmp_path / "nowhere" / "report.html")
    _until(desk, lambda: page.shown_report.saved.text().startswith("The report could not be saved there."))


def test_words_of_a_post_are_never_markup(desk: Desk, page: RescanPage, archive: Path) -> None:
    page.choosing.take_file(archive)
    _reported(desk, page)
    shown = [label.text() for label in page.shown_report.groups[0].findChildren(type(page.shown_report.saved).__base__)]
    assert any("&lt;b&gt;tomorrow&lt;/b&gt;" in words for words in shown)
    assert not any("<b>tomorrow" in words for words in shown)


def test_nothing_of_an_archive_is_kept(desk: Desk, page: RescanPage, archive: Path) -> None:
    page.choosing.take_file(archive)
    _reported(desk, page)
    assert desk.library.counts().records == 0
    assert desk.library.drafts("leave him") == []


def test_a_file_that_is_dropped_is_taken_as_an_archive(desk: Desk, page: RescanPage, archive: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(archive))])
    none = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, dropped, *none))
    assert page.choosing.file_name.text() == "x.zip"
    assert page.choosing.archive.isChecked()


def test_the_way_from_sent_and_back_and_to_the_record(desk: Desk, rescans: Rescans, qtbot: QtBot) -> None:
    post_id = _let_through(desk)
    desk.owner.save_settings(desk.owner.settings)
    window = MainWindow(desk.session, desk.owner, desk.library, desk.theme, None, rescans)
    desk.show(window, 1280, 800)
    window.show_page("sent")
    window.page("sent").again_button.click()
    page = window.page("rescan")
    assert window.stack.currentWidget() is page
    assert window.rail.button("sent").isChecked()
    _reported(desk, page)
    page.shown_report.groups[0].cards[0].record_wanted.emit(post_id)
    assert window.stack.currentWidget() is window.page("sent")
    assert window.page("sent").detail.record.post_id == post_id
    window.show_page("rescan")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.page("sent")
    window.hide()
