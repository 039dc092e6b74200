"""What links and files from outside do in the window: they show, they ask, and they change nothing unasked."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.gui import wording
from twohats.gui.main_window import MainWindow
from twohats.gui.queue.page import QueuePage
from twohats.gui.sent.page import SentPage
from twohats.gui.wishes import Wishes
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.wish import ItemKind, OpenFile, OpenItem
from twohats.store.database import Store, fresh_key, open_store

ID = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def wishes(bench: Desk, window: MainWindow) -> Wishes:
    return Wishes(window, bench.owner, bench.library)


def draft(draft_id: str) -> OpenItem:
    return OpenItem(ItemKind.DRAFT, draft_id)


def record(post_id: str) -> OpenItem:
    return OpenItem(ItemKind.RECORD, post_id)


def test_a_draft_comes_to_the_desk_and_what_stood_there_is_kept(
    bench: Desk, window: MainWindow, wishes: Wishes
) -> None:
    bench.write(Hat.PERSONAL, "", "The first thought.")
    first = bench.session.draft.id
    bench.session.new_draft()
    bench.session.edit_text("The second thought.")
    window.show_page("settings")
    wishes.obey(draft(first))
    assert bench.session.draft.id == first
    assert window.stack.currentWidget() is window.workbench
    assert {one.preview for one in bench.library.drafts()} == {"The first thought.", "The second thought."}


@pytest.mark.parametrize("wish", [draft(ID), record(ID)], ids=["draft", "record"])
def test_what_is_not_kept_is_said_so(window: MainWindow, wishes: Wishes, wish: OpenItem) -> None:
    wishes.obey(wish)
    assert window.banner.sentence == wording.sentence("error", "link_gone")


def test_a_draft_in_the_bin_stays_there(bench: Desk, window: MainWindow, wishes: Wishes) -> None:
    bench.write(Hat.PERSONAL, "", "Let go.")
    gone = bench.session.draft.id
    bench.session.discard_draft()
    wishes.obey(draft(gone))
    assert window.banner.sentence == wording.sentence("error", "link_in_bin")
    assert bench.session.draft.id != gone
    assert [one.id for one in bench.library.drafts(deleted=True)] == [gone]


def test_a_record_is_shown_where_its_post_is(bench: Desk, window: MainWindow, wishes: Wishes) -> None:
    sent = bench.post(Hat.PERSONAL, "Roses", "The roses are out.")
    bench.wait_for_state(sent, DeliveryState.SENT)
    wishes.obey(record(sent))
    page = window.stack.currentWidget()
    assert isinstance(page, SentPage)
    assert page.detail.record is not None
    assert page.detail.record.post_id == sent

    waits = bench.post(Hat.PERSONAL, "Tulips", "The tulips are late.", window_s=120)
    wishes.obey(record(waits))
    page = window.stack.currentWidget()
    assert isinstance(page, QueuePage)
    assert page.detail.record is not None
    assert page.detail.record.post_id == waits
    bench.session.undo_post(waits)


def test_the_draft_of_a_post_leads_to_its_record(bench: Desk, window: MainWindow, wishes: Wishes) -> None:
    sent = bench.post(Hat.PERSONAL, "Roses", "The roses are out.")
    delivery = bench.wait_for_state(sent, DeliveryState.SENT)
    wishes.obey(draft(delivery.draft_id))
    assert isinstance(window.stack.currentWidget(), SentPage)
    assert bench.session.draft.id != delivery.draft_id


def test_links_to_a_draft_and_to_a_record_are_copied_and_lead_back(
    bench: Desk, window: MainWindow, wishes: Wishes
) -> None:
    sent = bench.post(Hat.PERSONAL, "Roses", "The roses are out.")
    bench.wait_for_state(sent, DeliveryState.SENT)
    wishes.obey(record(sent))
    page = window.stack.currentWidget()
    assert isinstance(page, SentPage)
    page.detail.link_button.click()
    assert QGuiApplication.clipboard().text() == record(sent).link
    assert page.detail.link_button.accessibleName().startswith("Copied.")

    bench.session.new_draft()
    bench.session.edit_text("To come back to.")
    kept = bench.session.draft.id
    entry = window.workbench.desk.more.link
    bench.wait_for(entry.isEnabled)
    entry.trigger()
    copied = QGuiApplication.clipboard().text()
    bench.session.new_draft()
    wishes.obey(OpenItem.of_link(copied))
    assert bench.session.draft.id == kept


def test_the_gate_is_not_disturbed(bench: Desk, window: MainWindow, wishes: Wishes) -> None:
    bench.write(Hat.PERSONAL, "", "Kept for later.")
    other = bench.session.draft.id
    bench.write(Hat.PROFESSIONAL, "Autumn", "My wife and I talked all night about our divorce.")
    asked = bench.session.draft.id
    bench.session.ask_to_post()
    bench.wait_for(window.gate.isVisible)
    wishes.obey(draft(other))
    assert window.gate.isVisible()
    assert bench.session.draft.id == asked


@pytest.fixture
def newcomer(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[tuple[Desk, MainWindow, Wishes]]:
    """A window at its welcome, over a profile that holds nothing."""
    with open_desk(qtbot, store, tmp_path) as desk:
        window = MainWindow(desk.session, desk.owner, desk.library, desk.theme)
        desk.show(window, 1280, 800)
        yield desk, window, Wishes(window, desk.owner, desk.library)
        window.hide()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """What another computer's Two Hats gave."""
    file = tmp_path / "desk.twohats"
    other = open_store(tmp_path / "other", fresh_key())
    profile = other.profile
    profile.save_settings(replace(profile.settings(), welcomed=True))
    profile.save_identity(replace(profile.identities()[0], name="Jamie from there"))
    other.export_all(file, datetime.now(UTC))
    other.close()
    return file


def test_an_export_is_asked_about_first_then_imported_and_ends_the_welcome(
    newcomer: tuple[Desk, MainWindow, Wishes], export: Path
) -> None:
    desk, window, wishes = newcomer
    before = desk.owner.identity(Hat.PERSONAL).name
    wishes.obey(OpenFile(export))
    assert window.banner.sentence.startswith("Put everything that is in desk.twohats into Two Hats?")
    assert desk.owner.identity(Hat.PERSONAL).name == before, "nothing before the answer"
    window.banner._button.click()
    desk.wait_for(lambda: window.banner.sentence.startswith("Imported:"))
    assert desk.owner.identity(Hat.PERSONAL).name == "Jamie from there"
    assert window.stack.currentWidget() is window.workbench
    assert window.rail.isVisible()


def test_a_first_start_with_a_file_does_not_put_the_focus_on_yes(
    qtbot: QtBot, store: Store, tmp_path: Path, export: Path
) -> None:
    with open_desk(qtbot, store, tmp_path) as desk:
        window = MainWindow(desk.session, desk.owner, desk.library, desk.theme)
        Wishes(window, desk.owner, desk.library).obey(OpenFile(export))
        desk.show(window, 1280, 800)
        with qtbot.waitActive(window):
            window.activateWindow()
        focused = window.focusWidget()
        assert focused is not None
        assert not window.banner.isAncestorOf(focused)
        window.hide()


def test_it_is_never_imported_into_a_profile_that_holds_something(
    bench: Desk, window: MainWindow, wishes: Wishes, export: Path
) -> None:
    for _ in range(2):  # asked again, it says so again, and once
        wishes.obey(OpenFile(export))
        window.banner._button.click()
        bench.wait_for(lambda: window.banner.sentence == wording.sentence("error", "import_not_empty"))
    assert bench.owner.identity(Hat.PERSONAL).name == "Jamie"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda file: None, "import_unreadable"),
        (lambda file: file.mkdir(), "import_unreadable"),
        (lambda file: file.write_bytes(b"MZ no export"), "import_not_ours"),
    ],
    ids=["not there", "a folder", "another file"],
)
def test_what_is_no_export_is_said_so(
    newcomer: tuple[Desk, MainWindow, Wishes], tmp_path: Path, make: Callable[[Path], object], code: str
) -> None:
    desk, window, wishes = newcomer
    file = tmp_path / "strange.twohats"
    make(file)
    wishes.obey(OpenFile(file))
    window.banner._button.click()
    desk.wait_for(lambda: window.banner.sentence == wording.sentence("error", code))


def test_a_long_name_does_not_fill_the_window(window: MainWindow, wishes: Wishes, tmp_path: Path) -> None:
    wishes.obey(OpenFile(tmp_path / f"{'very ' * 40}long.twohats"))
    assert len(window.banner.sentence) < 260


EVENTS = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from twohats.gui.file_open import Application

application = Application(["twohats"])
application.wanted.connect(print)
application.refused.connect(print)
for event in (QFileOpenEvent(QUrl(sys.argv[1])), QFileOpenEvent(sys.argv[2])):
    application.sendEvent(application, event)
"""


@pytest.mark.parametrize(
    ("url", "name", "heard"),
    [
        (f"twohats://draft/{ID}", "a.twohats", lambda file: [draft(ID), OpenFile(file)]),
        ("twohats://settings/x", "a.app", lambda _file: ["link_refused", "file_refused"]),
    ],
    ids=["wishes", "none"],
)
def test_what_macos_hands_over_as_events(
    tmp_path: Path, url: str, name: str, heard: Callable[[Path], list[object]]
) -> None:
    """In a process of its own: there is one application in each."""
    ran = subprocess.run(
        [sys.executable, "-c", EVENTS, url, str(tmp_path / name)], capture_output=True, text=True, check=False
    )
    assert ran.stdout.splitlines() == [str(one) for one in heard(tmp_path / name)], ran.stderr
