"""The quiet trial as a person meets it: offered, said beside Post, reported, ended; and what the records say of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.desk import Desk, open_desk

from twohats.gui.composer.quiet_line import QuietLine
from twohats.gui.composer.trial_report import TrialReportCard
from twohats.gui.main_window import MainWindow
from twohats.gui.sent.detail import RecordDetail
from twohats.gui.settings.page import SettingsPage
from twohats.gui.welcome.steps import LastStep
from twohats.gui.welcome.welcome import Welcome
from twohats.gui.widgets.labels import Label
from twohats.model.errors import StoreError
from twohats.model.identity import Hat
from twohats.store.database import Store

_FAMILY = "My wife and I finally took that cruise."


@pytest.fixture
def desk(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, store, tmp_path) as made:
        made.add_folders()
        yield made


def _let_two_weeks_pass(desk: Desk) -> None:
    desk.owner.save_settings(replace(desk.owner.settings, trial_days=13, trial_seen_on="2026-01-01"))
    desk.owner.trial.look()


def test_the_last_step_of_the_welcome_offers_it_and_leaves_it_off(desk: Desk) -> None:
    welcome = Welcome(desk.theme, desk.owner)
    desk.show(welcome, 960, 600)
    for _ in range(3):
        welcome.skip()
    last = welcome.steps[3]
    assert isinstance(last, LastStep)
    assert not last.quiet.isChecked()
    welcome.go_on()
    assert desk.owner.settings.welcomed
    assert not desk.owner.trial.is_quiet


def test_who_takes_the_offer_begins_quietly(desk: Desk) -> None:
    welcome = Welcome(desk.theme, desk.owner)
    desk.show(welcome, 960, 600)
    for _ in range(3):
        welcome.skip()
    last = welcome.steps[3]
    assert isinstance(last, LastStep)
    last.quiet.click()
    welcome.go_on()
    assert desk.owner.trial.days_left == 14


def test_the_desk_says_beside_post_that_the_gate_is_quiet(bench: Desk, window: MainWindow) -> None:
    line = window.workbench.desk.quiet_line
    assert not line.isVisible()
    bench.owner.trial.begin()
    assert line.isVisible()
    assert line.sentence == "Quiet trial, 14 days left. Post asks only to guard clients and other people."
    assert line.accessibleName() == line.sentence
    bench.owner.save_settings(replace(bench.owner.settings, trial_days=13))
    assert line.sentence.startswith("Quiet trial, 1 day left.")
    line.on_button.click()
    assert not line.isVisible()
    assert not bench.owner.trial.is_quiet
    assert not window.workbench.desk.trial_report.isVisible()


def test_a_quiet_post_meets_no_gate_and_its_record_says_so(desk: Desk) -> None:
    desk.owner.trial.begin()
    gates: list[object] = []
    desk.session.gate_opened.connect(gates.append)
    post_id = desk.post(Hat.PROFESSIONAL, "A cruise", _FAMILY)
    assert gates == []
    detail = RecordDetail(desk.theme, desk.library)
    desk.show(detail)
    detail.show_record(desk.library.record(post_id))
    words = [label.text() for label in detail.findChildren(Label)]
    assert "Not asked about: the gate was quiet" in words
    assert any(word.startswith("Record 1") and word.endswith("quiet gate") for word in words)


def test_a_client_meets_the_gate_all_the_same(bench: Desk, window: MainWindow) -> None:
    bench.owner.trial.begin()
    bench.write(Hat.PROFESSIONAL, "Today", f"{_FAMILY} A client told me today that she wants to leave him.")
    bench.session.ask_to_post()
    bench.qtbot.waitUntil(window.gate.isVisible, timeout=20000)
    assert window.gate.sheet is not None
    assert [question.finding.rule for question in window.gate.sheet.questions] == ["C2"]


def test_after_two_weeks_the_desk_reports_and_the_gate_is_on(desk: Desk) -> None:
    desk.owner.trial.begin()
    desk.post(Hat.PROFESSIONAL, "A cruise", _FAMILY)
    desk.post(Hat.PROFESSIONAL, "Grief", "Grief has no timetable.")
    card = TrialReportCard(desk.theme, desk.owner)
    desk.qtbot.addWidget(card)
    assert card.isHidden()
    _let_two_weeks_pass(desk)
    assert card.isVisible()
    assert card.sentences == (
        "In two weeks the gate would have asked about 1 post. It would have let 1 pass.",
        "Family detail once. From now on it asks again.",
    )
    assert not desk.owner.trial.is_quiet
    card.on_button.click()
    assert not card.isVisible()
    assert not desk.owner.trial.is_over
    assert desk.services.profile.settings().trial_started_on == ""


def test_two_more_quiet_weeks_count_anew(desk: Desk) -> None:
    desk.owner.trial.begin()
    desk.post(Hat.PROFESSIONAL, "A cruise", _FAMILY)
    _let_two_weeks_pass(desk)
    card = TrialReportCard(desk.theme, desk.owner)
    desk.show(card)
    line = QuietLine(desk.theme, desk.owner)
    card.quiet_button.click()
    assert not card.isVisible()
    assert desk.owner.trial.days_left == 14
    assert line.sentence.startswith("Quiet trial, 14 days left.")
    assert desk.owner.trial.report().posts == 0


def test_a_report_that_cannot_be_read_says_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.owner.trial.begin()
    _let_two_weeks_pass(desk)

    def fail(*_query: object, **_limits: object) -> None:
        raise StoreError("store_busy")

    monkeypatch.setattr(type(desk.services.records), "search", fail)
    card = TrialReportCard(desk.theme, desk.owner)
    desk.show(card)
    assert card.sentences[0].startswith("Two Hats is open already")


def test_settings_begin_it_tell_how_it_stands_and_end_it(desk: Desk) -> None:
    page = SettingsPage(desk.theme, desk.owner)
    desk.show(page)
    card = page.learning
    assert card.sentences[0] == "Quiet trial: off"
    card.trial_button.click()
    assert desk.owner.trial.is_quiet
    assert card.sentences[0].startswith("Quiet trial since ")
    assert card.sentences[0].endswith(", 14 days left")
    assert card.sentences[1] == "So far nothing was posted, so there was nothing to ask about."
    assert card.trial_button.text() == "Switch the gate on"
    card.trial_button.click()
    assert not desk.owner.trial.is_quiet
    assert card.sentences[0] == "Quiet trial: off"


def test_settings_switch_the_counting_off_and_clear_it(desk: Desk) -> None:
    desk.post(Hat.PROFESSIONAL, "A cruise", _FAMILY)
    desk.wait_for(lambda: len(desk.services.tallies.all()) == 1)
    page = SettingsPage(desk.theme, desk.owner)
    desk.show(page)
    assert page.learning.counting.isChecked()
    page.learning.counting.click()
    assert not desk.owner.settings.keeps_counts
    page.learning.clear_button.click()
    assert desk.services.tallies.all() == []
    assert "Cleared. Your rules stay as you set them." in [label.text() for label in page.findChildren(Label)]
