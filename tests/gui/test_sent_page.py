"""What was sent: the whole record, the state of each target, and the next step."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.gui.sent.page import SentPage
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.identity import Hat
from twohats.store.database import Store


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        made.add_folders()
        yield made
        made.theme.set_scale(100)


@pytest.fixture
def page(desk: Desk) -> SentPage:
    made = SentPage(desk.theme, desk.library)
    desk.show(made)
    return made


def _words(page: SentPage) -> list[str]:
    return [label.text() for label in page.detail.findChildren(Label) if label.isVisibleTo(page.detail)]


def _press(desk: Desk, page: SentPage, words: str) -> None:
    def found() -> list[QAbstractButton]:
        buttons = page.detail.findChildren(QAbstractButton)
        return [button for button in buttons if button.text() == words and button.isVisible()]

    desk.wait_for(lambda: bool(found()))
    found()[0].click()


def _lose_sight(desk: Desk, post_id: str) -> Delivery:
    """As if the answer of the network had never come."""
    sent = desk.wait_for_state(post_id, DeliveryState.SENT)
    sending = replace(sent, state=DeliveryState.SENDING, receipt=None)
    desk.services.queue.save(sending, DeliveryState.SENT)
    lost = sending.lost_sight("no_answer", desk.services.clock(), host="blog.example.com")
    desk.services.queue.save(lost, DeliveryState.SENDING)
    return lost


def test_a_record_tells_text_hat_place_findings_and_reasons(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PROFESSIONAL, "School nerves", "My wife and I walk the way together once.")
    desk.wait_for_state(post_id, DeliveryState.SENT)
    page.show_post(post_id)
    desk.wait_for(lambda: "School nerves" in _words(page))
    words = _words(page)
    assert "My wife and I walk the way together once." in words
    assert "Family detail" in words
    assert "Your reason: Meant for clients to know" in words
    assert "Sent" in words
    assert "Blog folder" in words


def test_the_time_is_local_and_names_its_zone(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    page.show_post(post_id)
    record = desk.library.record(post_id)
    local = record.posted_at.astimezone()
    desk.wait_for(lambda: any(f"{local:%H:%M} {local.tzname()}" in words for words in _words(page)))


def test_search_and_hat_narrow_the_list(desk: Desk, page: SentPage) -> None:
    desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    desk.post(Hat.PROFESSIONAL, "School nerves", "Three things that help.")
    model = page.list.model()
    desk.wait_for(lambda: model.rowCount() == 2)
    desk.qtbot.keyClicks(page.search, "roses")
    desk.wait_for(lambda: model.rowCount() == 1)
    page.search.clear()
    page.hats.setCurrentIndex(page.hats.findData(Hat.PROFESSIONAL.value))
    desk.wait_for(lambda: model.rowCount() == 1 and model.face(model.index(0, 0)).title == "School nerves")


def test_taking_down_asks_once_and_then_says_so(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    delivery = desk.wait_for_state(post_id, DeliveryState.SENT)
    file = desk.folder / "personal" / delivery.receipt.remote_id
    assert file.exists()
    page.show_post(post_id)
    page.detail.take_down_button.click()
    page.detail.leave_button.click()
    assert file.exists()
    page.detail.take_down_button.click()
    page.detail.sure_button.click()
    desk.wait_for_state(post_id, DeliveryState.TAKEN_DOWN)
    assert not file.exists()
    desk.wait_for(lambda: "Taken down" in _words(page))


def test_what_failed_gives_its_reason_and_is_tried_again(desk: Desk, page: SentPage) -> None:
    desk.wait_for_state(desk.post(Hat.PERSONAL, "Roses", "The first text."), DeliveryState.SENT)
    desk.qtbot.wait(1100)  # date and slug tell posts in a folder apart, and the date has seconds
    post_id = desk.post(Hat.PERSONAL, "Roses", "A second text under the same title.")
    desk.wait_for_state(post_id, DeliveryState.FAILED)
    page.show_post(post_id)
    desk.wait_for(lambda: any(w.startswith("A post with the same name is there already") for w in _words(page)))
    for file in (desk.folder / "personal").glob("*.md"):
        file.rename(file.with_name("renamed.md"))
    _press(desk, page, "Try again")
    desk.wait_for_state(post_id, DeliveryState.SENT)
    desk.wait_for(lambda: "Sent" in _words(page))


@pytest.mark.parametrize(
    ("answer", "becomes"), [("It is there", DeliveryState.SENT), ("Look again", DeliveryState.SENT)]
)
def test_an_unknown_one_asks_whether_it_arrived(
    desk: Desk, page: SentPage, answer: str, becomes: DeliveryState
) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    _lose_sight(desk, post_id)
    page.show_post(post_id)
    desk.wait_for(lambda: "Did it arrive?" in _words(page))
    _press(desk, page, answer)
    desk.wait_for_state(post_id, becomes)
    assert len(list((desk.folder / "personal").glob("*.md"))) == 1


def test_the_link_opens_what_the_network_gave(desk: Desk, page: SentPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    delivery = desk.wait_for_state(post_id, DeliveryState.SENT)
    page.show_post(post_id)
    _press(desk, page, "Open the file")
    assert opened == [delivery.receipt.url]


def test_the_chain_is_checked_and_its_state_told(desk: Desk, page: SentPage) -> None:
    page.chain_button.click()
    desk.wait_for(page.chain_button.isEnabled)
    assert page.chain.text() == "There are no records yet."
    desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    page.chain_button.click()
    desk.wait_for(page.chain_button.isEnabled)
    assert page.chain.text() == "The one record stands as written."


def test_what_has_not_left_yet_says_so(desk: Desk, page: SentPage) -> None:
    desk.post(Hat.PERSONAL, "Roses", "The last of the year.", window_s=60)
    desk.wait_for(lambda: page.list.model().rowCount() == 1)
    model = page.list.model()
    assert model.face(model.index(0, 0)).sign == "Waiting"
    counts = desk.library.counts()
    assert (counts.sent, counts.records) == (0, 1)
    leaving = [words for words in _words(page) if words.startswith("Leaves in ")]
    assert len(leaving) == 1
    desk.wait_for(lambda: [w for w in _words(page) if w.startswith("Leaves in ")] != leaving)


def test_what_the_site_did_with_a_post_is_told(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    sent = desk.wait_for_state(post_id, DeliveryState.SENT)
    note = "tags_left_out: rest, sleep\nappears_later: 2027-01-02T09:30:00"
    noted = replace(sent, receipt=replace(sent.receipt, note=note))
    desk.services.queue.save(noted, DeliveryState.SENT)
    page.show_post(post_id)
    desk.wait_for(lambda: any("without them: rest, sleep" in words for words in _words(page)))
    assert any("not to be seen yet" in words and "2 January 2027" in words for words in _words(page))


def test_an_empty_list_says_what_will_stand_there_and_shows_no_record(page: SentPage) -> None:
    assert page.list.accessibleDescription().startswith("Nothing posted yet.")
    assert not page.detail.isVisible()


def test_a_search_that_finds_nothing_says_what_was_searched_for(desk: Desk, page: SentPage) -> None:
    desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    page.hats.setCurrentIndex(page.hats.findData(Hat.PERSONAL.value))
    desk.qtbot.keyClicks(page.search, "tulips")
    desk.wait_for(lambda: page.list.model().rowCount() == 0)
    assert page.list.accessibleDescription() == "No posts with “tulips” under Personal."
    desk.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    desk.wait_for(lambda: page.list.model().rowCount() == 1)
    assert page.list.accessibleDescription() == ""


def test_enter_leads_from_the_search_into_what_was_found(desk: Desk, page: SentPage) -> None:
    desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    desk.post(Hat.PERSONAL, "Tulips", "Planted in November.")
    page.search.setFocus()
    desk.qtbot.keyClicks(page.search, "roses")
    desk.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    assert page.detail.record.title == "Roses"


def test_at_twice_the_text_size_a_record_takes_the_place_of_the_list(desk: Desk, page: SentPage) -> None:
    desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    desk.wait_for(lambda: page.detail.isVisible() and page.list.isVisible())
    desk.theme.set_scale(200)
    page.resize(840, 560)
    assert page.list.isVisible()
    assert not page.detail.isVisible()
    page.list.setFocus()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.detail.isVisible()
    assert not page.list.isVisible()
    desk.qtbot.keyClick(page.back_button, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert page.list.hasFocus()
    desk.theme.set_scale(100)
    assert page.list.isVisible()
    assert page.detail.isVisible()


def test_a_question_stays_open_while_another_post_moves(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    desk.wait_for_state(post_id, DeliveryState.SENT)
    page.show_post(post_id)
    page.detail.take_down_button.click()
    sure = page.detail.sure_button
    other = desk.post(Hat.PROFESSIONAL, "Open hours", "Closed from 24 to 26 December.")
    desk.wait_for_state(other, DeliveryState.SENT)
    desk.wait_for(lambda: page.list.model().rowCount() == 2)
    assert page.detail.record.post_id == post_id
    assert page.detail.sure_button is sure
    assert sure.isVisible()


def test_taking_down_can_be_tried_again_after_a_fault(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    desk.wait_for_state(post_id, DeliveryState.SENT)
    page.show_post(post_id)
    folder = desk.folder / "personal"
    folder.rename(desk.folder / "unplugged")
    page.detail.take_down_button.click()
    with desk.qtbot.waitSignal(desk.library.problem):
        page.detail.sure_button.click()
    (desk.folder / "unplugged").rename(folder)
    desk.wait_for(page.detail.take_down_button.isVisible)
    page.detail.take_down_button.click()
    page.detail.sure_button.click()
    desk.wait_for_state(post_id, DeliveryState.TAKEN_DOWN)


def test_every_time_link_and_seal_can_be_unfolded_and_copied(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PERSONAL, "Roses", "The last of the year.")
    delivery = desk.wait_for_state(post_id, DeliveryState.SENT)
    page.show_post(post_id)
    desk.wait_for(lambda: page.detail.record is not None and page.detail.record.post_id == post_id)
    assert not page.detail.particulars.lines.isVisible()
    page.detail.particulars.head.click()
    page.detail.show_anew()
    desk.wait_for(lambda: page.detail.particulars.lines.isVisible())  # it stays so when there is news
    folded = page.detail.particulars
    record = desk.library.record(post_id)
    held = {line.accessibleName(): line.text() for line in folded.lines.findChildren(QLineEdit)}
    assert held["Seal of this record"] == record.hash
    assert held["Approval: covers hat, accounts, and what was to go to each"] == record.approval_digest
    assert delivery.receipt.url in held.values()
    assert all(line.isReadOnly() for line in folded.lines.findChildren(QLineEdit))
