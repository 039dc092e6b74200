"""Letting old records go: counted, asked about with their number, and told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk
from tests.unit.store.posts import BLOG, post

from twohats.gui.settings.retention_card import RetentionCard
from twohats.model.delivery import DeliveryState
from twohats.model.receipt import Receipt
from twohats.store.database import Store

NOW = datetime.now(UTC)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    """Records of three, five and twelve years ago, and one of twelve years that never left."""
    for number, years, has_arrived in ((1, 12, True), (2, 12, False), (3, 5, True), (4, 3, True)):
        at = NOW - timedelta(days=years * 366)
        made = post(number, accounts=(BLOG,), at=at)
        store.queue.add(made.approval, made.deliveries, made.record)
        if has_arrived:
            claimed = store.queue.claim(made.deliveries[0].id, NOW)
            assert claimed is not None
            store.queue.save(claimed.sent(Receipt("1", "", at)), DeliveryState.SENDING)
        else:
            store.queue.save(made.deliveries[0].held("missed"), DeliveryState.WAITING)
    with open_desk(qtbot, store, tmp_path) as made_desk:
        yield made_desk
        made_desk.theme.set_scale(100)


@pytest.fixture
def card(desk: Desk) -> RetentionCard:
    made = RetentionCard(desk.theme, desk.owner)
    desk.show(made)
    return made


def test_old_records_go_after_a_question_that_names_how_many(desk: Desk, card: RetentionCard) -> None:
    card.years.setValue(4)
    card.look_button.click()
    desk.wait_for(card.question.isVisible)
    assert card.question.sentence.startswith("2 records from before")
    assert "is recorded" in card.question.sentence
    assert card.question.sentence.endswith("has not arrived: 1.")
    assert desk.services.records.count() == 4
    card.question.sure_button.click()
    desk.wait_for(lambda: card.told.text().startswith("2 records were removed"))
    assert desk.services.records.count() == 2
    assert desk.services.records.first_broken() is None


def test_how_many_are_gone_is_told_and_closing_leaves_the_rest(
    desk: Desk, card: RetentionCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twohats.store.records._AT_ONCE", 1)
    card.years.setValue(4)
    card.look_button.click()
    desk.wait_for(card.question.isVisible)
    seen: list[str] = []
    desk.owner.retention.progressed.connect(lambda _gone: seen.append(card.told.text()))
    desk.owner.retention.stop()
    card.question.sure_button.click()
    desk.wait_for(lambda: card.told.text().startswith("One record was removed"))
    assert seen == ["Removing… 1 so far."]
    assert desk.services.records.count() == 3


def test_nothing_goes_when_it_is_left_or_another_number_is_chosen(desk: Desk, card: RetentionCard) -> None:
    card.look_button.click()
    desk.wait_for(card.question.isVisible)
    assert card.question.sentence.startswith("One record from before")
    card.years.setValue(30)
    assert not card.question.isVisible()
    card.look_button.click()
    desk.wait_for(card.told.isVisible)
    assert card.told.text().startswith("There are no records from before")
    assert desk.services.records.count() == 4
