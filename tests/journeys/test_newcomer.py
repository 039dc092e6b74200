"""From the first start to a published post with its record, in the real window, with nothing pretended."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from PySide6.QtTest import QTest
from tests.fakes.person_with_browser import PersonWithBrowser
from tests.journeys.pressing import fill, is_there, press, window_of
from tests.servers.wordpress import WordPressServer

from twohats.app import Program
from twohats.model.identity import Hat

SLIP = "My wife and I still talk about the morning our daughter would not let go of the gate."
POST = f"The first days at a new school are hard for many children. {SLIP} Most children settle within two weeks."


@pytest.fixture
def person(wordpress: WordPressServer) -> PersonWithBrowser:
    return PersonWithBrowser(wordpress.writer)


@pytest.fixture
def program(
    qapp, home: Path, tmp_path: Path, person: PersonWithBrowser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setenv("HOME", str(tmp_path / "owner"))
    started = Program(qapp, home, open_url=person.open)
    started.start()
    yield started
    person.wait_until_done()
    if started.window is not None:
        started.window.hide()
    started.close()


def test_a_newcomer_gets_from_the_welcome_to_a_published_post(
    program: Program, qtbot, wordpress: WordPressServer, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    window = window_of(program, qtbot)
    session = window.session

    # The welcome: names, and the rest skipped.
    fill(window, "Professional name", "Dr A. Lee")
    for _ in range(3):
        press(window, "Next")
    press(window, "Start writing")

    # A blog for the professional hat, through the site's own page.
    window.page("accounts")
    window.show_page("accounts")
    accounts = window.page("accounts")
    accounts.connect_account(Hat.PROFESSIONAL)
    press(accounts, "WordPress")
    fill(accounts, "Address of your WordPress site", wordpress.url)
    press(accounts, "Open my site in the browser")
    qtbot.waitUntil(is_there(accounts, "Yes, that is right"), timeout=60_000)
    press(accounts, "Yes, that is right")
    qtbot.waitUntil(lambda: len(window._owner.accounts(Hat.PROFESSIONAL)) == 2, timeout=20_000)
    site = next(a for a in window._owner.accounts(Hat.PROFESSIONAL) if a.network == "wordpress")

    # A post with a slip in it.
    window.show_page("compose")
    desk = window.workbench.desk
    desk.title.setFocus()
    QTest.keyClicks(desk.title, "When the first school day is hard")
    desk.editor.setFocus()
    QTest.keyClicks(desk.editor, POST)
    press(desk.switch, "Professional")
    assert session.hat is Hat.PROFESSIONAL
    for account in window._owner.accounts(Hat.PROFESSIONAL):
        session.tick(account.id, account.id == site.id)
    qtbot.waitUntil(lambda: bool(session.findings.professional.findings), timeout=10_000)
    assert session.findings.professional.findings[0].category.value == "relationships"
    qtbot.waitUntil(lambda: len(session.faces.professional) == 2 and bool(session.faces.personal), timeout=10_000)
    assert "Dr A. Lee" in desk.post.text()
    assert site.label in desk.post.text()

    # Repaired with one click, and posted: nothing asks, nothing leaves before the window ends.
    qtbot.waitUntil(is_there(window.workbench.findings, "Use suggestion"), timeout=10_000)
    press(window.workbench.findings, "Use suggestion")
    qtbot.waitUntil(lambda: SLIP not in session.draft.text, timeout=5_000)
    qtbot.waitUntil(lambda: session.findings.revision == session.draft.revision, timeout=10_000)
    press(desk, "Post as Dr A. Lee")
    qtbot.waitUntil(lambda: bool(session.pending), timeout=20_000)
    assert not window.gate.isVisible()
    assert titles(wordpress) == []
    press(desk.undo_bars, "Send now")
    qtbot.waitUntil(lambda: any(r.targets[0].state == "sent" for r in window._library.records()), timeout=60_000)

    # It stands there, and in the records, without the slip.
    assert titles(wordpress) == ["When the first school day is hard"]
    (record,) = window._library.records("school")
    assert record.posted_as == "Dr A. Lee"
    assert SLIP not in record.text
    page = requests.get(record.targets[0].url, timeout=30).text
    assert "two weeks" in page
    assert "daughter" not in page
    record_property("outcomes", f"from the welcome to the published post in {time.monotonic() - began:.0f} s")


def titles(server: WordPressServer) -> list[str]:
    query = {"search": "first school day", "per_page": 100}
    answer = requests.get(f"{server.url}/wp-json/wp/v2/posts", params=query, timeout=30)
    return [post["title"]["rendered"] for post in answer.json()]


def test_closing_in_the_undo_window_asks_and_then_takes_the_post_back(program: Program, qtbot, tmp_path: Path) -> None:
    window = window_of(program, qtbot)
    for _ in range(3):
        press(window, "Next")
    press(window, "Start writing")
    desk, session = window.workbench.desk, window.session
    desk.editor.setFocus()
    QTest.keyClicks(desk.editor, "Grief has no timetable.")
    press(desk.switch, "Professional")
    press(desk, "Post as")
    qtbot.waitUntil(lambda: bool(session.pending), timeout=20_000)

    window.close()
    assert window.isVisible(), "it asks first"
    press(window.banner, "Take it back and close")
    assert not window.isVisible()

    assert [draft.preview for draft in window._library.drafts()] == ["Grief has no timetable."]
    assert list((tmp_path / "owner").rglob("*.md")) == []
