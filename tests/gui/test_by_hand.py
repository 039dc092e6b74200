"""What no program may post: copied, opened, and told of by the person."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.fakes.pictures import Pictures
from tests.gui.desk import Desk, open_desk

from twohats.gui.composer.result_strip import ResultStrip
from twohats.gui.queue.by_hand import ByHandSteps, by_hand_words
from twohats.gui.queue.page import QueuePage
from twohats.gui.sent.page import SentPage
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.store.database import Store

TEXT = "Roses in November: the last of the year, and the *first* frost on them."
PAGE = "https://www.facebook.com/jamie"


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        way = made.owner.ways("byhand")[0]
        with qtbot.waitSignal(made.owner.account_found) as found:
            made.owner.connect_account(Hat.PERSONAL, "byhand", way, {"label": "My profile", "page": PAGE})
        with qtbot.waitSignal(made.owner.account_added):
            made.owner.confirm_connection(found.args[0])
        yield made


@pytest.fixture
def waiting(desk: Desk) -> str:
    """A post that waits for the person; its id."""
    post_id = desk.post(Hat.PERSONAL, "", TEXT)
    desk.wait_for_state(post_id, DeliveryState.HELD)
    return post_id


def steps_shown(page: QueuePage | SentPage | ResultStrip) -> list[ByHandSteps]:
    return [one for one in page.findChildren(ByHandSteps) if one.isVisibleTo(page)]


def steps_in(page: QueuePage | SentPage | ResultStrip) -> ByHandSteps:
    (steps,) = steps_shown(page)
    return steps


def words_in(page: QueuePage | SentPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisibleTo(page)]


@pytest.fixture
def queue(desk: Desk, waiting: str) -> QueuePage:
    page = QueuePage(desk.theme, desk.library, desk.owner)
    desk.show(page)
    desk.wait_for(lambda: bool(steps_shown(page)))
    return page


@pytest.fixture
def strip(desk: Desk, waiting: str) -> ResultStrip:
    made = ResultStrip(desk.theme, desk.library, desk.owner)
    desk.show(made)
    made.follow(waiting)
    desk.wait_for(lambda: bool(steps_shown(made)))
    return made


def test_the_queue_says_that_it_waits_for_the_person_and_is_no_fault(queue: QueuePage) -> None:
    words = words_in(queue)

    assert "Waits for you" in words
    assert "By hand" in words
    assert any(line.startswith("Two Hats sends nothing here.") for line in words)
    assert "Held" not in words


def test_copying_takes_exactly_what_was_approved_and_opens_the_page(desk: Desk, queue: QueuePage, waiting: str) -> None:
    (delivery,) = desk.library.deliveries(waiting)

    steps_in(queue).copy_button.click()

    assert QGuiApplication.clipboard().text() == delivery.rendition.parts[0].text
    assert "the first frost" in QGuiApplication.clipboard().text()
    assert desk.opened == [PAGE]
    assert any(line.startswith("Copied, and the page is opened.") for line in words_in(queue))
    assert desk.library.deliveries(waiting)[0].state is DeliveryState.HELD


def test_what_the_person_has_posted_is_recorded_so(desk: Desk, queue: QueuePage, waiting: str) -> None:
    steps_in(queue).done_button.click()

    desk.wait_for_state(waiting, DeliveryState.SENT)
    desk.wait_for(lambda: any(line.startswith("Nothing waits.") for line in words_in(queue)))
    page = SentPage(desk.theme, desk.library)
    desk.show(page)
    page.show_post(waiting)
    desk.wait_for(lambda: "Posted" in words_in(page))
    assert "You posted it there by hand." in words_in(page)
    assert "Take down everywhere" not in [button.text() for button in page.detail.findChildren(type(page.back_button))]


def test_what_was_not_posted_is_a_draft_again(desk: Desk, queue: QueuePage, waiting: str) -> None:
    drafts = desk.library.counts().drafts

    steps_in(queue).not_button.click()

    desk.wait_for_state(waiting, DeliveryState.CANCELLED)
    assert desk.library.counts().drafts == drafts + 1


def test_the_strip_under_the_desk_leads_through_the_same_steps(desk: Desk, strip: ResultStrip, waiting: str) -> None:
    assert strip.sentences[0].startswith("My profile: Two Hats sends nothing here.")

    steps_in(strip).copy_button.click()
    assert desk.opened == [PAGE]
    assert strip.sentences[0].startswith("My profile: Copied, and the page is opened.")
    steps_in(strip).done_button.click()

    desk.wait_for_state(waiting, DeliveryState.SENT)
    desk.wait_for(lambda: strip.sentences == ("My profile: You posted it there by hand.",))
    assert not steps_shown(strip)


def test_a_new_post_does_not_sweep_away_what_waits_for_the_person(strip: ResultStrip) -> None:
    strip.let_go_if_well()

    assert strip.isVisible()


def test_the_record_leads_through_the_steps_too(desk: Desk, waiting: str) -> None:
    page = SentPage(desk.theme, desk.library)
    page.detail.page_wanted.connect(desk.owner.open_page)
    desk.show(page)
    page.show_post(waiting)
    desk.wait_for(lambda: bool(steps_shown(page)))

    steps_in(page).copy_button.click()

    assert desk.opened == [PAGE]


def test_its_pictures_are_saved_as_they_were_approved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Pictures()
    red = store.read(store.draw("red", "Kite").digest)
    post_id = desk.post(Hat.PERSONAL, "", TEXT, pictures=[red])
    delivery = desk.wait_for_state(post_id, DeliveryState.HELD)
    (picture,) = delivery.rendition.pictures
    page = QueuePage(desk.theme, desk.library, desk.owner)
    desk.show(page)
    desk.wait_for(lambda: bool(steps_shown(page)))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))

    steps_in(page).save_button.click()

    desk.wait_for(lambda: any("saved in" in line for line in words_in(page)))
    assert hashlib.sha256((tmp_path / picture.name).read_bytes()).hexdigest() == picture.digest
    assert by_hand_words(delivery).endswith("Save your pictures as files, and add them there.")


def test_a_post_without_pictures_offers_none_to_save(queue: QueuePage) -> None:
    assert not steps_in(queue).save_button.isVisibleTo(queue)
