"""One person with a network for each hat, in the real window: a real Bluesky for the professional one, by app password,
and a strict Mastodon for the personal one, signed in by the browser. Each post goes where its hat lives, and nowhere
else."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.fakes.strict import StrictFake
from tests.fakes.strict.person import PersonAtConsent
from tests.journeys.pressing import fill, is_there, press, window_of
from tests.servers.bluesky_reader import read_posts
from tests.servers.pds import PdsAccount, PdsServer, pds

from twohats.app import Program
from twohats.gui.main_window import MainWindow
from twohats.model.account import Account
from twohats.model.identity import Hat

__all__ = ["pds"]  # the fixture

WORK = "Grief has no timetable. A walk at noon helps, and so does a fixed hour for getting up."
HOME = "The roses are still in flower, in November."


@pytest.fixture
def mastodon() -> Iterator[StrictFake]:
    with StrictFake("mastodon") as fake:
        yield fake
        assert fake.secrets_in_urls() == []


@pytest.fixture
def person() -> PersonAtConsent:
    return PersonAtConsent()


@pytest.fixture
def program(
    qapp, home: Path, tmp_path: Path, person: PersonAtConsent, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setenv("HOME", str(tmp_path / "owner"))
    started = Program(qapp, home, open_url=person.open)
    started.start()
    yield started
    person.wait_until_done()
    if started.window is not None:
        started.window.hide()
    started.close()


def picture(window: QWidget, name: str) -> None:
    """Kept where TWOHATS_PICTURES says, for whoever wants to look."""
    if folder := os.environ.get("TWOHATS_PICTURES"):
        window.grab().save(str(Path(folder) / f"{name}.png"))


def connected(window: MainWindow, qtbot, hat: Hat, network: str) -> Account:
    accounts = window.page("accounts")
    qtbot.waitUntil(is_there(accounts, "Yes, that is right"), timeout=60_000)
    picture(window, f"right-{network}")
    press(accounts, "Yes, that is right")
    qtbot.waitUntil(lambda: any(a.network == network for a in window._owner.accounts(hat)), timeout=20_000)
    return next(a for a in window._owner.accounts(hat) if a.network == network)


def post(window: MainWindow, qtbot, hat: Hat, account: Account, text: str) -> str:
    """Writes, ticks the account alone, posts, and waits for it to arrive; the post's id."""
    window.show_page("compose")
    desk, session = window.workbench.desk, window.session
    session.new_draft()
    desk.editor.setFocus()
    QTest.keyClicks(desk.editor, text)
    press(desk.switch, "Professional" if hat is Hat.PROFESSIONAL else "Personal")
    for one in window._owner.accounts(hat):
        session.tick(one.id, one.id == account.id)
    qtbot.waitUntil(lambda: session.findings.revision == session.draft.revision, timeout=20_000)
    picture(window, f"desk-{account.network}")
    press(desk, "Post as")
    qtbot.waitUntil(lambda: bool(session.pending), timeout=20_000)
    (pending,) = session.pending
    press(desk.undo_bars, "Send now")
    library = window._library
    qtbot.waitUntil(lambda: [d.state.value for d in library.deliveries(pending.post_id)] == ["sent"], timeout=60_000)
    return pending.post_id


def test_each_hat_has_a_network_of_its_own_and_posts_there_alone(
    program: Program, qtbot, pds: PdsServer, mastodon: StrictFake
) -> None:
    window = window_of(program, qtbot)
    office: PdsAccount = pds.new_account()
    for _ in range(3):
        press(window, "Next")
    press(window, "Start writing")
    window.show_page("accounts")
    accounts = window.page("accounts")

    accounts.connect_account(Hat.PROFESSIONAL)
    press(accounts, "Bluesky")
    fill(accounts, "Your handle", office.handle)
    fill(accounts, "App password", office.app_password)
    fill(accounts, "Your server", pds.url)
    picture(window, "asks-bluesky")
    press(accounts, "Connect")
    bluesky = connected(window, qtbot, Hat.PROFESSIONAL, "bluesky")

    accounts.connect_account(Hat.PERSONAL)
    press(accounts, "Mastodon")
    fill(accounts, "Your server", mastodon.mastodon.url)
    press(accounts, "Open my server in the browser")
    at_home = connected(window, qtbot, Hat.PERSONAL, "mastodon")
    picture(window, "accounts")

    work = post(window, qtbot, Hat.PROFESSIONAL, bluesky, WORK)
    assert [one.text for one in read_posts(pds, office.did)] == [WORK]
    assert mastodon.posts("mastodon") == []
    post(window, qtbot, Hat.PERSONAL, at_home, HOME)
    assert [one.text for one in mastodon.posts("mastodon")] == [HOME]
    assert [one.text for one in read_posts(pds, office.did)] == [WORK]

    # The record tells both, and what was posted comes down from there.
    library = window._library
    assert [(r.hat, r.text) for r in library.records()] == [(Hat.PERSONAL, HOME), (Hat.PROFESSIONAL, WORK)]
    window.show_page("sent")
    window.page("sent").show_post(work)
    picture(window, "sent")
    library.take_down(work)
    qtbot.waitUntil(lambda: [d.state.value for d in library.deliveries(work)] == ["taken_down"], timeout=60_000)
    assert read_posts(pds, office.did) == []
    assert [one.text for one in mastodon.posts("mastodon")] == [HOME]
