"""The policy page: every rule with its weight, every allowance removable."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.boundary.policy import rule_book
from twohats.gui import wording
from twohats.gui.policy.page import PolicyPage
from twohats.gui.policy.severity_word import SeverityWord
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope
from twohats.store.database import Store

_NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_TOPIC = Allowance("t", Scope.TOPIC, "S2", Hat.PROFESSIONAL, "", _NOW, reason="lived_experience")
_WORDING = Allowance("w", Scope.WORDING, "S1", Hat.PROFESSIONAL, "my wife and i", _NOW)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        yield made


@pytest.fixture
def page(desk: Desk) -> PolicyPage:
    made = PolicyPage(desk.theme, desk.owner)
    desk.show(made)
    return made


def _words(page: PolicyPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisibleTo(page)]


def test_every_rule_stands_there_with_its_weight_for_both_hats(page: PolicyPage) -> None:
    spoken = {mark.accessibleName() for mark in page.findChildren(SeverityWord)}
    assert len(spoken) == 2 * len(rule_book())
    assert f"{wording.rule_title('C2')}, Personal: Stop" in spoken
    assert f"{wording.rule_title('S1')}, Personal: Silent" in spoken
    assert f"{wording.rule_title('S1')}, Professional: Warning" in spoken


def test_opened_topics_stand_apart_from_words(desk: Desk, page: PolicyPage) -> None:
    desk.owner.add_allowance(_TOPIC)
    desk.owner.add_allowance(_WORDING)
    desk.wait_for(lambda: len(page.topics.rows) == 1 and len(page.wordings.rows) == 1)
    desk.wait_for(lambda: "“my wife and i”" in _words(page))
    assert any(w.startswith("The whole topic · since 22 November 2026 · Lived experience") for w in _words(page))


def test_an_allowance_is_removed_and_brought_back(desk: Desk, page: PolicyPage) -> None:
    desk.owner.add_allowance(_WORDING)
    desk.wait_for(lambda: len(page.wordings.rows) == 1)
    page.wordings.rows[0].remove_button.click()
    assert desk.owner.allowances() == ()
    assert page.wordings.rows == []
    next(b for b in page.snackbar.findChildren(Button) if b.text() == "Undo").click()
    assert [a.id for a in desk.owner.allowances()] == ["w"]
