"""What became of a post on social networks: replies and likes, threads that stopped, and what really left."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from tests.fakes.rehearsed import RehearsedNetwork
from tests.gui.desk import Desk, open_desk
from tests.gui.social import add_accounts

from twohats.gui.queue.page import QueuePage
from twohats.gui.sent.page import SentPage
from twohats.gui.sent.reactions import ReactionsPart, counts_of
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import Unreachable
from twohats.model.identity import Hat
from twohats.model.ports import Reactions, Reply
from twohats.store.database import Store

FIRST = "Sleep is a skill that can be learned, and most of us were never taught it by anybody at all. " * 2
SECOND = "What helps least is looking at the clock. Turn it to the wall, and get up when you lie awake for long."
TEXT = f"{FIRST.strip()}\n\n{SECOND}"
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_FIRST_CHECK_MS = 20_000  # the first check of a run reads all its rules
REPLIES = (
    Reply("Kim", "That helped me.", "https://x.example.com/1", AT),
    Reply("Sam", "And the walk at noon?", "https://x.example.com/2", AT),
)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        made.add_folders()
        yield made


@pytest.fixture
def x(desk: Desk) -> RehearsedNetwork:
    return _rehearse(desk, "x")


@pytest.fixture
def page(desk: Desk) -> SentPage:
    made = SentPage(desk.theme, desk.library)
    desk.show(made)
    return made


def _rehearse(desk: Desk, name: str) -> RehearsedNetwork:
    networks = desk.services.networks
    assert isinstance(networks, dict)
    networks[name] = RehearsedNetwork(networks[name])
    return networks[name]


def _post(desk: Desk, text: str, *networks: str, state: DeliveryState = DeliveryState.SENT) -> Delivery:
    desk.session.new_draft()
    desk.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(desk, Hat.PROFESSIONAL, *networks)
    return _send(desk, text, state)


def _send(desk: Desk, text: str, state: DeliveryState) -> Delivery:
    desk.owner.save_settings(replace(desk.owner.settings, undo_professional_s=0))
    before = desk.library.counts().records
    desk.session.edit_text(text)
    desk.session.ask_to_post()
    desk.qtbot.waitUntil(
        lambda: desk.library.counts().records > before and not desk.session.is_busy, timeout=_FIRST_CHECK_MS
    )
    return desk.wait_for_state(desk.library.records(limit=1)[0].post_id, state)


def _words(page: SentPage | QueuePage) -> list[str]:
    return [label.text() for label in page.detail.findChildren(Label) if label.isVisibleTo(page.detail)]


def _press(desk: Desk, page: SentPage | QueuePage, words: str) -> None:
    def found() -> list[QAbstractButton]:
        return [button for button in page.findChildren(QAbstractButton) if button.text() == words and _seen(button)]

    desk.wait_for(lambda: bool(found()))
    found()[0].click()


def _seen(button: QAbstractButton) -> bool:
    return button.isVisible() and button.isEnabled()


def _part(page: SentPage) -> ReactionsPart:
    return page.detail.findChildren(ReactionsPart)[-1]


# Replies and likes.


def test_nothing_is_asked_for_by_itself(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    page.show_post(_post(desk, "Good morning", "x").post_id)
    desk.qtbot.wait(300)
    assert x.asked == 0
    assert _part(page).look_button.text() == "Look for replies"


def test_what_looking_costs_is_told_before(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.reactions_cost_mills = 6
    page.show_post(_post(desk, "Good morning", "x").post_id)
    assert _part(page).look_button.text() == "Read replies (up to about $0.006)"
    assert _part(page).cost == "X charges for each look, as it does for each post."
    assert x.asked == 0


def test_counts_come_first_and_replies_when_opened(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.reading = Reactions(likes=3, reposts=1, reply_count=2, replies=REPLIES)
    page.show_post(_post(desk, "Good morning", "x").post_id)
    part = _part(page)
    part.look_button.click()
    desk.wait_for(lambda: part.sentence.startswith("3 likes, 1 repost, 2 replies ("))
    assert x.asked == 1
    assert not any(line.isVisible() for line in part.replies)
    part.show_button.click()
    assert "That helped me." in _words(page)
    assert [line.accessibleName() for line in part.replies][1] == "Sam: And the walk at noon?"
    assert part.show_button.text() == "Hide 2 replies"


def test_what_was_found_is_still_there_when_one_comes_back(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.reading = Reactions(likes=1)
    first = _post(desk, "Good morning", "x")
    page.show_post(first.post_id)
    _part(page).look_button.click()
    desk.wait_for(lambda: _part(page).sentence.startswith("1 like"))
    page.detail.show_anew()
    assert _part(page).sentence.startswith("1 like")
    assert x.asked == 1


def test_a_closed_network_says_so(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    page.show_post(_post(desk, "Good morning", "x").post_id)
    part = _part(page)
    part.look_button.click()
    desk.wait_for(lambda: part.sentence.startswith("X does not let programs read"))
    assert not part.look_button.isVisible()


def test_a_fault_is_told_and_can_be_tried_again(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.reading = Unreachable("host_unknown", host="x.example.com")
    page.show_post(_post(desk, "Good morning", "x").post_id)
    part = _part(page)
    part.look_button.click()
    desk.wait_for(lambda: bool(part.sentence) and part.look_button.isEnabled())
    assert "x.example.com" in part.sentence


def test_a_folder_has_no_replies(desk: Desk, page: SentPage) -> None:
    post_id = desk.post(Hat.PROFESSIONAL, "Notes", "Good morning")
    desk.wait_for_state(post_id, DeliveryState.SENT)
    page.show_post(post_id)
    assert not page.detail.findChildren(ReactionsPart)


@pytest.mark.parametrize(
    ("reactions", "words"),
    [
        (Reactions(likes=0, reposts=0, reply_count=0), "No replies or likes yet"),
        (Reactions(likes=1_200, reply_count=1), "1,200 likes, 1 reply"),
        (Reactions(replies=REPLIES), "2 replies"),
    ],
    ids=["nothing", "many", "not counted"],
)
def test_counts_in_words(reactions: Reactions, words: str) -> None:
    assert counts_of(reactions) == words


# Threads.


def test_a_thread_that_stopped_says_which_parts_are_out(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.takes = 1
    page.show_post(_post(desk, TEXT, "x", state=DeliveryState.FAILED).post_id)
    desk.wait_for(lambda: "Stopped midway" in _words(page))
    words = _words(page)
    assert any(
        line.startswith("Out of 2 parts of this thread, 1 went out") and line.endswith("X did not take the next part.")
        for line in words
    )
    assert "Part 1 of 2" in words
    assert "Part 2 of 2, not sent" in words


def test_it_goes_on_where_it_stopped(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.takes = 1
    delivery = _post(desk, TEXT, "x", state=DeliveryState.FAILED)
    page.show_post(delivery.post_id)
    x.takes = None
    _press(desk, page, "Try again")
    desk.wait_for_state(delivery.post_id, DeliveryState.SENT)
    assert x.sent == [FIRST.strip(), SECOND]


def test_what_is_out_of_it_can_be_taken_down(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.takes = 1
    delivery = _post(desk, TEXT, "x", state=DeliveryState.FAILED)
    page.show_post(delivery.post_id)
    _press(desk, page, "Take down")
    assert x.deleted == []
    _press(desk, page, "Take it down")
    desk.wait_for_state(delivery.post_id, DeliveryState.TAKEN_DOWN)
    assert x.deleted == ["id-0"]


def test_take_down_everywhere_takes_whole_threads_from_their_end(
    desk: Desk, page: SentPage, x: RehearsedNetwork
) -> None:
    delivery = _post(desk, TEXT, "x")
    page.show_post(delivery.post_id)
    _press(desk, page, "Take down everywhere")
    page.detail.sure_button.click()
    desk.wait_for_state(delivery.post_id, DeliveryState.TAKEN_DOWN)
    assert x.deleted == ["id-1", "id-0"]


def test_take_down_everywhere_means_a_stopped_thread_too(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    linkedin = _rehearse(desk, "linkedin")
    x.takes = 1
    desk.session.new_draft()
    desk.session.choose_hat(Hat.PROFESSIONAL)
    add_accounts(desk, Hat.PROFESSIONAL, "x", "linkedin")
    desk.owner.save_settings(replace(desk.owner.settings, undo_professional_s=0))
    desk.session.edit_text(TEXT)
    desk.session.ask_to_post()
    desk.wait_for(lambda: desk.library.counts().records == 1)
    post_id = desk.library.records(limit=1)[0].post_id
    ends = {DeliveryState.SENT, DeliveryState.FAILED}
    desk.wait_for(lambda: {one.state for one in desk.library.deliveries(post_id)} == ends)
    page.show_post(post_id)
    _press(desk, page, "Take down everywhere")
    page.detail.sure_button.click()
    desk.wait_for_state(post_id, DeliveryState.TAKEN_DOWN)
    assert x.deleted == ["id-0"]
    assert linkedin.deleted == ["id-0"]


def test_its_rest_becomes_a_draft_and_nothing_goes_twice(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    x.takes = 1
    identity = desk.owner.identity(Hat.PROFESSIONAL)
    desk.owner.save_identity(replace(identity, card=replace(identity.card, disclaimer="Not advice.")))
    desk.session.new_draft()
    desk.session.choose_hat(Hat.PROFESSIONAL)
    desk.session.options.number_parts(True)
    desk.session.options.set_language("de")
    add_accounts(desk, Hat.PROFESSIONAL, "x")
    delivery = _send(desk, TEXT, DeliveryState.FAILED)
    assert delivery.rest[-1].endswith("Not advice. 2/2")
    page.show_post(delivery.post_id)
    made: list[str] = []
    desk.library.rest_drafted.connect(made.append)
    _press(desk, page, "Rest as a new draft")
    desk.wait_for(lambda: bool(made))
    draft = desk.services.drafts.get(made[0])
    assert draft is not None
    assert (draft.text, draft.hat, draft.target_ids) == (SECOND, Hat.PROFESSIONAL, frozenset({"x-1"}))
    assert (draft.language, draft.numbers_parts) == ("de", True)
    short = desk.library.deliveries(delivery.post_id)[0]
    assert short.state is DeliveryState.SENT
    desk.wait_for(lambda: "It stands there as far as it came: 1 of 2 parts. The rest was not sent." in _words(page))
    desk.library.try_again(delivery.id)
    desk.library.rest_as_draft(delivery.id)
    desk.qtbot.wait(200)
    assert len(x.sent) == 1
    assert len(made) == 1


def test_a_stopped_thread_can_be_left_as_it_is_in_the_queue(desk: Desk, x: RehearsedNetwork) -> None:
    x.takes = 1
    delivery = _post(desk, TEXT, "x", state=DeliveryState.FAILED)
    queue = QueuePage(desk.theme, desk.library, desk.owner)
    desk.show(queue)
    _press(desk, queue, "Leave it so")
    desk.wait_for_state(delivery.post_id, DeliveryState.SENT)
    desk.wait_for(lambda: not queue.lines)


# What really left.


def test_the_record_shows_the_words_of_each_place(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    _rehearse(desk, "linkedin")
    desk.session.new_draft()
    desk.session.choose_hat(Hat.PROFESSIONAL)
    accounts = add_accounts(desk, Hat.PROFESSIONAL, "x", "linkedin")
    desk.session.edit_text("Good morning")
    desk.session.options.word_for(accounts[0], ("Morning, all",))
    desk.session.options.set_audience("linkedin-1", "CONNECTIONS")
    delivery = _send(desk, "Good morning", DeliveryState.SENT)
    page.show_post(delivery.post_id)
    desk.wait_for(lambda: "As it went to Amira" in _words(page))
    words = _words(page)
    assert "Morning, all" in words
    assert "As it went to Dr Lee" in words
    assert "Who can read it: Connections only" in words
    assert words.count("Good morning") == 1


def test_where_nothing_differs_nothing_is_said_twice(desk: Desk, page: SentPage, x: RehearsedNetwork) -> None:
    page.show_post(_post(desk, "Good morning", "x").post_id)
    desk.wait_for(lambda: _words(page).count("Good morning") == 1)
    assert not any(word.startswith("As it went") for word in _words(page))
