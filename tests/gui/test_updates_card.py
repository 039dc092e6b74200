"""Updates in the settings: asked once, looked for over a real server, fetched, and never in the way of a post."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.fakes.bad_server import BadServer, Reply
from tests.fakes.releases import NOTES, Publisher
from tests.gui.desk import Desk

from twohats.bridge.owner import Owner
from twohats.bridge.tasks import Tasks
from twohats.bridge.updates import Stage
from twohats.flows.updates import Updates
from twohats.gui import wording
from twohats.gui.main_window import MainWindow
from twohats.gui.settings.page import SettingsPage
from twohats.gui.settings.places import PlacesCard
from twohats.gui.settings.updates_card import UpdatesCard
from twohats.model.identity import Hat
from twohats.model.settings import UpdateWish
from twohats.model.update import Channel

Make = Callable[[Updates], UpdatesCard]


@pytest.fixture
def publisher(bench: Desk, tmp_path: Path) -> Iterator[Publisher]:
    with BadServer() as server:
        made = Publisher(server, tmp_path / "built", now=bench.services.clock())
        made.publish("9.1.0")
        yield made


@pytest.fixture
def make_card(bench: Desk, qtbot: QtBot) -> Iterator[Make]:
    """A card whose owner has those updates, with the desk's session behind it."""
    all_tasks = []

    def make(updates: Updates) -> UpdatesCard:
        tasks = Tasks()
        all_tasks.append(tasks)
        owner = Owner(replace(bench.services, updates=updates), tasks, bench.opened.append)
        owner.updates.start(bench.session)
        card = UpdatesCard(bench.theme, owner)
        bench.show(card, 700, 400)
        return card

    yield make
    for tasks in all_tasks:
        tasks.close()


@pytest.fixture
def card(make_card: Make, publisher: Publisher, tmp_path: Path) -> UpdatesCard:
    return make_card(publisher.updates(tmp_path / "data"))


def settled(bench: Desk, card: UpdatesCard) -> None:
    bench.wait_for(lambda: card._updates.stage not in (Stage.LOOKING, Stage.FETCHING))


def test_nobody_is_asked_before_the_person_has_answered(card: UpdatesCard, publisher: Publisher) -> None:
    assert card.yes_button.isVisible()
    assert card.no_button.isVisible()
    assert not card.switch.isVisible()
    assert not card.look_button.isVisible(), "one question at a time"
    card._updates.look_if_due()
    assert publisher.server.asked == []


def test_yes_looks_at_once_and_then_once_a_day(bench: Desk, card: UpdatesCard, publisher: Publisher) -> None:
    card.yes_button.click()
    settled(bench, card)
    bench.wait_for(lambda: card.sentence.startswith("Version 9.1.0 is there."))
    assert card._owner.settings.updates is UpdateWish.DAILY
    assert not card.yes_button.isVisible()
    assert card.switch.isChecked()
    card._updates.look_if_due()
    assert publisher.server.count("GET", "feed.json.sig") == 1
    yesterday = bench.services.clock() - timedelta(days=1, seconds=1)
    card._owner.save_settings(replace(card._owner.settings, updates_looked_at=yesterday.isoformat()))
    card._updates.look_if_due()
    settled(bench, card)
    assert publisher.server.count("GET", "feed.json.sig") == 2


def test_no_asks_nobody_until_the_person_looks_or_switches_it_on(
    bench: Desk, card: UpdatesCard, publisher: Publisher
) -> None:
    card.no_button.click()
    card._updates.look_if_due()
    assert publisher.server.asked == []
    assert card.switch.isVisible()
    assert not card.switch.isChecked()
    card.look_button.click()
    settled(bench, card)
    assert card.sentence.startswith("Version 9.1.0 is there.")
    card.switch.click()
    assert card._owner.settings.updates is UpdateWish.DAILY


def test_what_is_new_opens_in_the_browser(bench: Desk, card: UpdatesCard) -> None:
    card.look_button.click()
    bench.wait_for(card.notes_button.isVisible)
    card.notes_button.click()
    assert bench.opened == [NOTES]


def test_it_is_fetched_and_checked_then_left_for_with_the_draft_saved(
    bench: Desk, card: UpdatesCard, tmp_path: Path
) -> None:
    left: list[Path | None] = []
    card._updates.leaving.connect(lambda: left.append(card._updates.set_up))
    card.look_button.click()
    bench.wait_for(card.fetch_button.isVisible)
    card.fetch_button.click()
    bench.wait_for(card.install_button.isVisible)
    assert "your draft is kept" in card.sentence
    bench.write(Hat.PERSONAL, "", "Half a thought about the garden")
    card.install_button.click()
    bench.wait_for(lambda: bool(left))
    assert left == [tmp_path / "data" / "updates" / "TwoHats-setup-9.1.0.exe"]
    assert [draft.preview for draft in bench.library.drafts()] == ["Half a thought about the garden"]


def test_it_never_leaves_while_a_post_is_in_its_undo_window(bench: Desk, card: UpdatesCard) -> None:
    left: list[bool] = []
    card._updates.leaving.connect(lambda: left.append(True))
    card.look_button.click()
    bench.wait_for(card.fetch_button.isVisible)
    card.fetch_button.click()
    bench.wait_for(card.install_button.isVisible)
    post_id = bench.post(Hat.PERSONAL, "Roses", "The roses are out.", window_s=120)
    card.install_button.click()
    assert card.problem_sentence == wording.sentence("error", "update_post_leaves")
    assert card.install_button.isVisible()
    bench.session.undo_post(post_id)
    card.install_button.click()
    bench.wait_for(lambda: bool(left))
    assert card.problem_sentence == wording.sentence("error", "update_post_leaves") or not card.problem_sentence


def test_it_does_not_leave_without_the_draft(bench: Desk, card: UpdatesCard, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    card._updates.leaving.connect(lambda: left.append(True))
    card.look_button.click()
    bench.wait_for(card.fetch_button.isVisible)
    card.fetch_button.click()
    bench.wait_for(card.install_button.isVisible)
    with monkeypatch.context() as patched:
        patched.setattr(bench.session, "save_now", lambda: False)
        card.install_button.click()
    assert card.problem_sentence == wording.sentence("error", "update_not_saved")
    assert left == []


def test_a_download_that_is_not_what_was_promised_is_said(bench: Desk, card: UpdatesCard, publisher: Publisher) -> None:
    publisher.server.tell("GET", ".exe", Reply(body=b"another program"))
    card.look_button.click()
    bench.wait_for(card.fetch_button.isVisible)
    card.fetch_button.click()
    bench.wait_for(lambda: card.problem_sentence != "")
    assert card.problem_sentence == wording.sentence("error", "update_damaged")
    assert card.fetch_button.isEnabled()
    assert not card.install_button.isVisible()


def test_offline_is_told_to_who_asks_and_to_nobody_else(bench: Desk, card: UpdatesCard, publisher: Publisher) -> None:
    publisher.server.tell("GET", "feed.json", Reply(503, "{}"))
    card.no_button.click()
    card.switch.click()
    settled(bench, card)
    bench.wait_for(lambda: card.sentence.startswith("You have version 9.0.0."))
    assert card.problem_sentence == ""
    assert card._owner.settings.updates_looked_at == "", "asked again within the hour"
    card.look_button.click()
    bench.wait_for(lambda: card.problem_sentence != "")
    assert card.problem_sentence.startswith("127.0.0.1 could not be reached")


def test_what_is_not_right_with_the_list_is_told_though_nobody_asked(
    bench: Desk, card: UpdatesCard, publisher: Publisher
) -> None:
    publisher.server.tell("GET", "feed.json.sig", Reply(body=b"QUJD"))
    card.no_button.click()
    card.switch.click()
    bench.wait_for(lambda: card.problem_sentence != "")
    assert card.problem_sentence == wording.sentence("error", "feed_not_signed")
    assert card._owner.settings.updates_looked_at != "", "asked again tomorrow, not every hour"


def test_elsewhere_it_tells_of_the_page(bench: Desk, make_card: Make, publisher: Publisher, tmp_path: Path) -> None:
    card = make_card(publisher.updates(tmp_path / "mac", channel=Channel.DMG, platform="macos"))
    card.look_button.click()
    bench.wait_for(card.notes_button.isVisible)
    assert card.sentence.endswith("Its page tells how to get it.")
    assert not card.fetch_button.isVisible()


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        (Channel.DEB, "update_off_deb"),
        (Channel.FLATPAK, "update_off_flatpak"),
        (Channel.STORE, "update_off_store"),
        (Channel.SOURCE, "update_off_source"),
    ],
)
def test_in_stores_and_checkouts_it_says_so_and_offers_nothing(
    make_card: Make, publisher: Publisher, tmp_path: Path, channel: Channel, code: str
) -> None:
    card = make_card(publisher.updates(tmp_path / "data", channel=channel))
    assert card.sentence == wording.sentence("error", code)
    for part in (card.yes_button, card.no_button, card.switch, card.look_button, card.fetch_button):
        assert not part.isVisible()


def test_a_copy_without_a_key_says_so(make_card: Make, publisher: Publisher, tmp_path: Path) -> None:
    card = make_card(publisher.updates(tmp_path / "data", keys=()))
    assert card.sentence == wording.sentence("error", "update_off_setup")
    assert not card.look_button.isVisible()


def test_the_window_gives_a_quiet_notice_that_leads_to_the_card(bench: Desk, window: MainWindow) -> None:
    bench.owner.updates.newer_found.emit("9.1.0")
    assert window.banner.sentence == "Version 9.1.0 of Two Hats is there."
    window.banner._button.click()
    assert window.banner.isHidden()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    assert window.stack.currentWidget() is page
    assert page.updates.sentence == wording.sentence("error", "update_off_source"), "a checkout"


def test_the_window_tells_of_a_set_up_that_changed_nothing(bench: Desk, window: MainWindow) -> None:
    bench.owner.updates.not_put_in.emit("9.1.0")
    assert window.banner.sentence.startswith("Version 9.1.0 was not installed")
    window.banner._button.click()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    assert window.stack.currentWidget() is page


def test_what_was_noted_when_it_left_is_told_when_it_is_back(
    bench: Desk, make_card: Make, publisher: Publisher, tmp_path: Path
) -> None:
    left = make_card(publisher.updates(tmp_path / "data"))._updates
    left.look()
    bench.wait_for(lambda: left.found is not None)
    left.note_leaving()
    told: list[str] = []
    tasks = Tasks()
    back = Owner(replace(bench.services, updates=publisher.updates(tmp_path / "data")), tasks, bench.opened.append)
    back.updates.not_put_in.connect(told.append)
    back.updates.start(bench.session)
    bench.wait_for(lambda: bool(told))
    tasks.close()
    assert told == ["9.1.0"]


def test_who_looks_at_the_settings_sees_it_there(bench: Desk, window: MainWindow) -> None:
    window.show_page("settings")
    bench.owner.updates.newer_found.emit("9.1.0")
    assert window.banner.isHidden()


def test_the_notice_does_not_take_the_place_of_what_matters_more(bench: Desk, window: MainWindow) -> None:
    window.tell_problem("store_full", {})
    before = window.banner.sentence
    bench.owner.updates.newer_found.emit("9.1.0")
    assert window.banner.sentence == before


def test_who_is_asked_stands_where_things_lie(
    bench: Desk, make_card: Make, publisher: Publisher, tmp_path: Path
) -> None:
    card = make_card(publisher.updates(tmp_path / "data"))
    places = PlacesCard(bench.theme, card._owner, tmp_path)
    bench.show(places)
    assert "list of versions" not in places._contacts.text()
    card.yes_button.click()
    settled(bench, card)
    places.refresh()
    assert "127.0.0.1, once a day, for the list of versions of Two Hats" in places._contacts.text()
