"""Records in the window: narrowed by network and time, checked, and taken along into a file."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk
from tests.unit.store.posts import BLOG, DIARY, SITE, post

from twohats.flows.export_records import Redaction
from twohats.gui.sent.page import SentPage
from twohats.model.identity import Hat
from twohats.model.record import RecordFilter
from twohats.store.database import Store

NOW = datetime.now(UTC)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    """Three records: of today, of last week, and of years ago; the newest at two places."""
    for number, text, accounts, hat, days in (
        (1, "Old heron", (SITE,), Hat.PROFESSIONAL, 1000),
        (2, "Garden finch", (DIARY,), Hat.PERSONAL, 10),
        (3, "New heron", (BLOG, SITE), Hat.PROFESSIONAL, 0),
    ):
        made = post(number, text, accounts, hat, NOW - timedelta(days=days))
        store.queue.add(made.approval, made.deliveries, made.record)
    with open_desk(qtbot, store, tmp_path) as made_desk:
        yield made_desk
        made_desk.theme.set_scale(100)


@pytest.fixture
def page(desk: Desk) -> SentPage:
    made = SentPage(desk.theme, desk.library)
    desk.show(made)
    return made


def _listed(page: SentPage) -> list[str]:
    return [page._rows.item(page._rows.index(row)).text for row in range(page._rows.rowCount())]


def _choose(page: SentPage, code: object) -> None:
    box = page.narrowing.times
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemData(n) == code))


def test_the_list_is_narrowed_by_network_and_time(page: SentPage) -> None:
    assert _listed(page) == ["New heron", "Garden finch", "Old heron"]
    page.narrowing.networks.setCurrentIndex(page.narrowing.networks.findData("wordpress"))
    assert _listed(page) == ["New heron", "Old heron"]
    _choose(page, timedelta(days=30))
    assert _listed(page) == ["New heron"]
    page.narrowing.networks.setCurrentIndex(page.narrowing.networks.findData("bluesky"))
    assert _listed(page) == []
    assert page.list.accessibleDescription() == "No posts on Bluesky in that time."
    page.show_post("post-1")
    assert _listed(page) == ["New heron", "Garden finch", "Old heron"]


def test_days_are_chosen_in_a_row_of_their_own(page: SentPage) -> None:
    assert not page.narrowing.isVisible()
    _choose(page, "days")
    assert page.narrowing.isVisible()
    then = (NOW - timedelta(days=10)).astimezone()
    for field in (page.narrowing.first, page.narrowing.last):
        field.setDate(QDate(then.year, then.month, then.day))
    assert _listed(page) == ["Garden finch"]


def test_where_it_is_narrow_all_that_narrows_stands_below_the_search(desk: Desk, page: SentPage) -> None:
    page.resize(500, 600)
    desk.wait_for(page.narrowing.isVisible)
    assert page.narrowing.isAncestorOf(page.narrowing.networks)
    page.resize(1000, 600)
    desk.wait_for(lambda: not page.narrowing.isVisible())
    assert page.filters.isAncestorOf(page.narrowing.networks)
    desk.wait_for(page.narrowing.networks.isVisible)


def test_a_change_in_the_records_is_told_after_all_were_read(desk: Desk, page: SentPage) -> None:
    page.check_chain()
    desk.wait_for(page.chain_button.isEnabled)
    assert page.chain.text() == "All 3 records stand as written."
    with desk.services.records._database.writing() as connection:
        connection.exec_driver_sql("UPDATE records SET body = replace(body, 'finch', 'fench') WHERE number = 2")
    page.check_chain()
    desk.wait_for(page.chain_button.isEnabled)
    assert page.chain.text().startswith("Record 2 was changed or is missing.")


def test_closing_does_not_wait_for_all_seals(desk: Desk, page: SentPage) -> None:
    heard: list[int | None] = []
    desk.library.chain_checked.connect(lambda first, _count: heard.append(first))
    desk.library.stop()
    page.check_chain()
    desk.library._tasks.close()
    QApplication.processEvents()
    assert heard == []


def test_what_the_list_shows_is_written_with_what_is_left_out(desk: Desk, page: SentPage, tmp_path: Path) -> None:
    page.narrowing.networks.setCurrentIndex(page.narrowing.networks.findData("wordpress"))
    sheet = page.take_along()
    assert sheet.shown_records.isChecked()
    sheet.kinds.setCurrentIndex(sheet.kinds.findData("json"))
    sheet.left_out[Redaction.TEXT].setChecked(True)
    sheet.write_to(tmp_path / "out.json")
    assert sheet.stop_button.isVisible()
    desk.wait_for(sheet.write_button.isVisible)
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert ([record["number"] for record in told["records"]], told["left_out"]) == ([1, 3], ["text"])
    assert "2 records" in sheet.told.text()
    sheet.close()


def test_all_records_are_offered_where_nothing_narrows(desk: Desk, page: SentPage, tmp_path: Path) -> None:
    sheet = page.take_along()
    assert (sheet.all_records.isChecked(), sheet.shown_records.isEnabled()) == (True, False)
    sheet.write_to(tmp_path / "out.pdf")
    desk.wait_for(sheet.write_button.isVisible)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    sheet.write_to(tmp_path / "no-folder" / "out.pdf")
    desk.wait_for(sheet.write_button.isVisible)
    assert "could not be written" in sheet.told.text()
    sheet.close()


def test_an_export_is_followed_and_stopped(desk: Desk, tmp_path: Path) -> None:
    exports = desk.library.exports
    told, stopped, written = [], [], []
    exports.progressed.connect(lambda done, count: told.append((done, count)))
    exports.stopped.connect(lambda: stopped.append(True))
    exports.written.connect(lambda path, count: written.append(count))
    go_on = threading.Event()

    def write(export: object, path: Path, kind: str, tell: object) -> bool:
        tell(1, 3)
        go_on.wait(30)
        return tell(2, 3)

    exports.begin(RecordFilter(), frozenset(), tmp_path / "out", "json", write)
    desk.wait_for(lambda: bool(told))
    exports.stop()
    go_on.set()
    desk.wait_for(lambda: bool(stopped))
    assert (told[0], written) == ((1, 3), [])
