"""The policy page: every rule with its weight, every allowance removable."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.boundary.policy import rule_book
from twohats.gui import wording
from twohats.gui.policy.changed_rule_row import ChangedRuleRow
from twohats.gui.policy.page import PolicyPage
from twohats.gui.policy.severity_word import SeverityWord
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.policy import Allowance, Scope
from twohats.model.tally import Outcome, Showing
from twohats.store.database import Store

_NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_TOPIC = Allowance("t", Scope.TOPIC, "S2", Hat.PROFESSIONAL, "", _NOW, reason="lived_experience")
_KEPT = Showing("S1", Hat.PROFESSIONAL, Severity.WARN, Outcome.ANSWERED, "meant_for_clients")
_EDITED = Showing("S1", Hat.PROFESSIONAL, Severity.WARN, Outcome.EDITED)
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


def _count(desk: Desk, *showings: Showing) -> None:
    desk.services.tallies.add(desk.services.clock().date(), showings)


def _snackbar(page: PolicyPage) -> Button:
    return next(b for b in page.snackbar.findChildren(Button) if b.text() == "Undo")


def test_under_each_rule_stands_what_became_of_its_findings(desk: Desk) -> None:
    _count(desk, *[_EDITED] * 8, *[_KEPT] * 4)
    page = PolicyPage(desk.theme, desk.owner)
    desk.show(page)
    told = [label for label in page.findChildren(Label) if label.text().startswith("As Professional")]
    assert [label.text() for label in told] == ["As Professional: shown 12 times, changed 8, kept 4."]
    assert told[0].accessibleDescription() == "Professional, meant for clients to know: 4"
    assert not page.proposal.isVisibleTo(page)


def test_without_counts_it_says_what_will_stand_there(desk: Desk, page: PolicyPage) -> None:
    assert any(words.startswith("Once findings were shown") for words in _words(page))
    desk.owner.save_settings(replace(desk.owner.settings, keeps_counts=False))
    desk.wait_for(lambda: any(words.startswith("What becomes of findings is not counted") for words in _words(page)))


def test_a_rule_that_is_mostly_kept_is_lowered_listed_and_raised_again(desk: Desk) -> None:
    _count(desk, *[_EDITED] * 5, *[_KEPT] * 15)
    page = PolicyPage(desk.theme, desk.owner)
    desk.show(page)
    assert page.proposal.sentence == "Family detail was kept 15 of 20 times as Professional. Show it as a note?"
    page.proposal.lower_button.click()
    assert not page.proposal.isVisibleTo(page)
    (row,) = page.changed.rows
    assert isinstance(row, ChangedRuleRow)
    desk.wait_for(lambda: any(w.startswith("Note instead of warning · since") for w in _words(page)))
    assert any(w.endswith("when it had been kept 15 of 20 times") for w in _words(page))
    _weighs(desk, page, "Note")
    row.back_button.click()
    assert list(page.changed.rows) == []
    _weighs(desk, page, "Warning")
    _snackbar(page).click()
    _weighs(desk, page, "Note")
    assert len(page.changed.rows) == 1


def test_lowering_can_be_undone_at_once(desk: Desk) -> None:
    _count(desk, *[_KEPT] * 20)
    page = PolicyPage(desk.theme, desk.owner)
    desk.show(page)
    page.proposal.lower_button.click()
    _snackbar(page).click()
    assert desk.owner.policy.severities == {}
    assert list(page.changed.rows) == []
    assert not page.proposal.isVisibleTo(page)


def test_a_proposal_that_is_left_goes(desk: Desk) -> None:
    _count(desk, *[_KEPT] * 20)
    page = PolicyPage(desk.theme, desk.owner)
    desk.show(page)
    page.proposal.leave_button.click()
    assert not page.proposal.isVisibleTo(page)
    assert desk.owner.policy.severities == {}


def test_a_rule_that_was_made_louder_stands_there_too(desk: Desk, page: PolicyPage) -> None:
    desk.owner.set_severity("S11", Hat.PROFESSIONAL, Severity.STOP)
    desk.wait_for(lambda: "Stop instead of note" in _words(page))
    (row,) = page.changed.rows
    assert isinstance(row, ChangedRuleRow)
    row.back_button.click()
    assert desk.owner.policy.severities == {}
    _snackbar(page).click()
    assert desk.owner.policy.severities == {("S11", Hat.PROFESSIONAL): Severity.STOP}


def test_the_columns_follow_the_text_size(desk: Desk, page: PolicyPage) -> None:
    def columns(shown: PolicyPage) -> set[int]:
        return {mark.mapTo(shown, QPoint(0, 0)).x() for mark in shown.findChildren(SeverityWord)}

    before = columns(page)
    desk.theme.set_scale(200)
    desk.wait_for(lambda: columns(page) != before)
    desk.theme.set_scale(100)
    desk.wait_for(lambda: columns(page) == before)


def _weighs(desk: Desk, page: PolicyPage, weight: str) -> None:
    """Waits until the rule about one's family stands there with this weight, as Professional."""
    about = f"{wording.rule_title('S1')}, Professional: {weight}"
    desk.wait_for(lambda: about in [m.accessibleName() for m in page.findChildren(SeverityWord) if m.isVisible()])
