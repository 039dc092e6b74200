"""The re-scan in its lane: it reports on the main thread, steps aside for what is written, stops when it is told."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot
from tests.fakes import archive_files as made

from twohats.app import open_house
from twohats.boundary.check import BoundaryChecker, make_checker
from twohats.bridge.rescans import Rescans
from twohats.bridge.tasks import Tasks
from twohats.flows.rescan import Progress, Report
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

SESSION = "A client told me today that she wants to leave him."


@pytest.fixture
def rescans(qtbot: QtBot, tmp_path: Path) -> Iterator[Rescans]:
    house = open_house(tmp_path / "profile", SessionVault())
    tasks = Tasks()
    crashes: list[BaseException] = []
    tasks.crashed.connect(crashes.append)

    def checker_with(give_way: Callable[[], None]) -> BoundaryChecker:
        return make_checker(give_way=give_way)

    yield Rescans(house.services, tasks, checker_with)
    tasks.close()
    house.close()
    assert not crashes


def _archive(folder: Path, count: int) -> Path:
    return made.x_archive(folder / "x.zip", [made.tweet(n, f"{SESSION} Day {n}.") for n in range(count)])


def test_the_report_and_the_way_there_come_on_the_main_thread(qtbot: QtBot, rescans: Rescans, tmp_path: Path) -> None:
    told: list[tuple[Progress, threading.Thread]] = []
    rescans.progressed.connect(lambda progress: told.append((progress, threading.current_thread())))
    with qtbot.waitSignal(rescans.finished, timeout=20_000) as came:
        rescans.look_through_archive(_archive(tmp_path, 60), Hat.PERSONAL)
        assert rescans.is_running
    report: Report = came.args[0]
    assert (report.looked_at, report.counts[Severity.STOP], report.is_whole) == (60, 60, True)
    assert not rescans.is_running
    assert told
    assert {thread for _, thread in told} == {threading.main_thread()}


def test_stopping_gives_what_was_seen_until_then(qtbot: QtBot, rescans: Rescans, tmp_path: Path) -> None:
    rescans.progressed.connect(rescans.stop)
    with qtbot.waitSignal(rescans.finished, timeout=20_000) as came:
        rescans.look_through_archive(_archive(tmp_path, 5000), Hat.PERSONAL)
    report: Report = came.args[0]
    assert not report.is_whole
    assert 0 < report.looked_at < 5000


def test_nothing_goes_on_while_something_is_written(qtbot: QtBot, rescans: Rescans, tmp_path: Path) -> None:
    rescans._quiet_until = monotonic() + 3600  # edits that never end
    rescans.look_through_archive(_archive(tmp_path, 3), Hat.PERSONAL)
    with qtbot.assertNotEmitted(rescans.progressed, wait=300):
        pass
    assert rescans.is_running
    with qtbot.waitSignal(rescans.finished, timeout=20_000) as came:
        rescans.stop()
    assert came.args[0].looked_at == 0


def test_an_edit_only_holds_it_up(qtbot: QtBot, rescans: Rescans, tmp_path: Path) -> None:
    rescans.note_edit()
    with qtbot.waitSignal(rescans.finished, timeout=20_000) as came:
        rescans.look_through_archive(_archive(tmp_path, 3), Hat.PERSONAL)
    assert came.args[0].is_whole


def test_a_second_one_does_not_begin_beside_the_first(qtbot: QtBot, rescans: Rescans, tmp_path: Path) -> None:
    finished: list[Report] = []
    rescans.finished.connect(finished.append)
    path = _archive(tmp_path, 20)
    rescans.look_through_archive(path, Hat.PERSONAL)
    rescans.look_through_archive(path, Hat.PROFESSIONAL)
    qtbot.waitUntil(lambda: not rescans.is_running, timeout=20_000)
    assert [report.under for report in finished] == [Hat.PERSONAL]


def test_what_is_no_archive_fails_with_its_code_and_another_can_be_chosen(
    qtbot: QtBot, rescans: Rescans, tmp_path: Path
) -> None:
    picture = tmp_path / "holiday.jpg"
    picture.write_bytes(b"\xff\xd8\xff" * 99)
    with qtbot.waitSignal(rescans.failed, timeout=20_000) as failed:
        rescans.look_through_archive(picture, Hat.PERSONAL)
    assert failed.args == ["archive_unknown", {}]
    with qtbot.waitSignal(rescans.finished, timeout=20_000):
        rescans.look_through_archive(_archive(tmp_path, 1), Hat.PERSONAL)


def test_without_records_the_report_is_empty(qtbot: QtBot, rescans: Rescans) -> None:
    with qtbot.waitSignal(rescans.finished, timeout=20_000) as came:
        rescans.look_through_records(None)
    assert (came.args[0].source, came.args[0].looked_at) == ("records", 0)


def test_a_saved_report_is_for_its_owner_alone(qtbot: QtBot, rescans: Rescans, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("an older one", encoding="utf-8")
    with qtbot.waitSignal(rescans.saved, timeout=20_000) as saved:
        rescans.save(path, "<p>Grüße</p>\r\n")
    assert saved.args == ["report.html"]
    assert path.read_bytes() == "<p>Grüße</p>\r\n".encode()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["report.html"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_written_it_says_so(qtbot: QtBot, rescans: Rescans, tmp_path: Path) -> None:
    with qtbot.waitSignal(rescans.not_saved, timeout=20_000):
        rescans.save(tmp_path / "nowhere" / "report.html", "words")
