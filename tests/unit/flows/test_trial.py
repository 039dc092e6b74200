"""The quiet trial: how long it lasts, what still gates, what is recorded and reported."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.app import House, open_house
from twohats.boundary.policy import answers_for
from twohats.flows import compose, trial
from twohats.flows.review import Verdict, VerdictKind, wants_reason
from twohats.model.account import Account
from twohats.model.approval import Answer
from twohats.model.delivery import DeliveryState
from twohats.model.errors import NotApproved
from twohats.model.finding import Category, Finding, Severity
from twohats.model.identity import Hat
from twohats.model.settings import Settings
from twohats.model.span import Span
from twohats.vault.keyring_vault import SessionVault

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = START.date()
CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
FAMILY = "My wife and I finally took that cruise."
REVIEWS = "Happy clients, please review us on Google!"
SESSION = "A client told me today that she wants to leave him."


def after(*days: int, settings: Settings | None = None) -> Settings:
    """A trial that began today, looked at on days counted from today."""
    settings = settings or trial.begun(Settings(), TODAY, 0)
    for day in days:
        settings = trial.advanced(settings, TODAY + timedelta(days=day))
    return settings


class TestItsLength:
    def test_there_is_none_until_it_is_begun(self):
        assert not trial.is_quiet(after(0, 1, settings=Settings()))
        assert after(5, settings=Settings()) == Settings()

    @pytest.mark.parametrize(("days", "left"), [((), 14), ((0,), 14), ((1,), 13), ((5, 9, 13), 1)])
    def test_it_lasts_two_weeks(self, days, left):
        settings = after(*days)
        assert trial.is_quiet(settings)
        assert not trial.is_over(settings)
        assert trial.days_left(settings) == left

    @pytest.mark.parametrize("days", [(14,), (1, 2, 14), (13, 14), (40,)])
    def test_then_the_gate_is_on_and_the_report_waits(self, days):
        settings = after(*days)
        assert not trial.is_quiet(settings)
        assert trial.is_over(settings)
        assert trial.days_left(settings) == 0
        assert not trial.is_over(trial.ended(settings))
        assert not trial.is_quiet(trial.ended(settings))

    def test_it_can_begin_anew(self):
        again = trial.begun(after(14), TODAY + timedelta(days=14), 7)
        assert trial.days_left(again) == 14
        assert again.trial_from_record == 7

    @pytest.mark.parametrize("days", [(10, -400, -399), (10, 3, 4), (5, 0, 6)])
    def test_a_clock_set_back_takes_no_day_away_and_does_not_stop_it(self, days):
        assert trial.days_left(after(*days)) == 14 - after(*days).trial_days
        assert after(*days).trial_days == 11

    def test_a_clock_that_was_wrong_when_it_began_does_not_make_it_endless(self):
        wrong = trial.begun(Settings(), date(2036, 1, 1), 0)
        assert trial.is_over(after(0, 7, 14, settings=wrong))

    @given(st.lists(st.integers(-5000, 5000), max_size=40))
    def test_whatever_the_clock_does_the_days_never_shrink(self, days):
        settings = trial.begun(Settings(), TODAY, 0)
        for day in days:
            later = trial.advanced(settings, TODAY + timedelta(days=day))
            assert settings.trial_days <= later.trial_days <= trial.TRIAL_DAYS
            settings = later

    @pytest.mark.parametrize("broken", ["", "yesterday", "2026-13-45"])
    def test_a_day_that_cannot_be_read_ends_it(self, broken):
        assert trial.is_over(after(0, settings=replace(after(3), trial_seen_on=broken)))


@pytest.mark.parametrize(
    ("rule", "severity", "wants"),
    [
        *((rule, Severity.STOP, True) for rule in ("C1", "C2", "C3", "C5", "C6", "C8", "T2", "T3")),
        *((rule, Severity.WARN, False) for rule in ("C3", "C4", "C7", "T1", "S1", "D2")),
        *((rule, Severity.STOP, False) for rule in ("S8", "S9", "D1", "D3", "D4")),
        ("S11", Severity.NOTE, False),
    ],
)
def test_quiet_the_gate_asks_only_about_stops_that_guard_somebody_else(rule, severity, wants):
    finding = Finding(rule, Category.CLIENT, Span(0, 4), "some", severity, rule)
    assert wants_reason(finding, is_quiet=True) is wants
    assert wants_reason(finding, is_quiet=False) is (severity >= Severity.WARN)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault(), lambda: START)
    yield opened
    opened.close()


@pytest.fixture
def blog(house: House, tmp_path: Path) -> Account:
    return house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")


def reviewed(house: House, blog: Account, text: str, *, is_quiet: bool = True) -> Verdict:
    draft = compose.new_draft(house.services.new_id(), START, Hat.PROFESSIONAL, (blog.id,))
    draft = compose.with_text(compose.with_title(draft, f"Post {house.services.new_id()}", START), text, START)
    house.services.drafts.save(draft)
    identity = house.services.profile.identities()[1]
    policy = house.services.profile.policy()
    return house.services.reviewer.review(draft, identity, (blog,), policy, is_quiet=is_quiet)


def posted(house: House, blog: Account, text: str, *, is_quiet: bool = True) -> str:
    """Posts, with a reason for each question, and gives the post's id."""
    verdict = reviewed(house, blog, text, is_quiet=is_quiet)
    answers = [Answer(f, answers_for(f.rule)[0]) for f in verdict.open_findings]
    approval = house.services.reviewer.approve(verdict, answers)
    (delivery,) = house.services.publisher.queue_up(verdict, approval, 0)
    assert house.services.publisher.deliver(delivery.id).state is DeliveryState.SENT
    return approval.post_id


class TestTheQuietGate:
    @pytest.mark.parametrize("text", [FAMILY, REVIEWS, "Text my cell 555-0142."])
    def test_what_concerns_the_author_passes_unasked_and_is_recorded(self, house, blog, text):
        assert reviewed(house, blog, text, is_quiet=False).kind is VerdictKind.NEEDS_ANSWERS
        verdict = reviewed(house, blog, text)
        assert verdict.kind is VerdictKind.CLEAR
        assert verdict.findings
        approval = house.services.reviewer.approve(verdict)
        assert approval.was_quiet
        record = house.services.records.get(posted(house, blog, text))
        assert record.was_quiet
        assert {finding.action for finding in record.findings} == {"unasked"}
        assert house.services.records.first_broken() is None

    def test_a_story_of_a_client_stops_all_the_same(self, house, blog):
        verdict = reviewed(house, blog, f"{FAMILY} {SESSION}")
        assert verdict.kind is VerdictKind.NEEDS_ANSWERS
        assert {finding.rule for finding in verdict.open_findings} == {"C2"}
        with pytest.raises(NotApproved):
            house.services.reviewer.approve(verdict)
        record = house.services.records.get(posted(house, blog, f"{FAMILY} {SESSION}"))
        assert {(f.rule, f.action) for f in record.findings} == {("S1", "unasked"), ("C2", "answered")}

    def test_without_a_trial_nothing_is_quiet(self, house, blog):
        record = house.services.records.get(posted(house, blog, FAMILY, is_quiet=False))
        assert not record.was_quiet
        assert [finding.action for finding in record.findings] == ["answered"]

    def test_what_passed_unasked_is_no_new_stop_when_the_policy_changes_meanwhile(self, house, blog):
        verdict = reviewed(house, blog, REVIEWS)
        approval = house.services.reviewer.approve(verdict)
        (delivery,) = house.services.publisher.queue_up(verdict, approval, 0)
        house.services.profile.save_settings(Settings(home_address="14 Larch Road"))
        assert house.services.publisher.deliver(delivery.id).state is DeliveryState.SENT


class TestTheReport:
    def test_it_tells_what_the_gate_would_have_done(self, house, blog):
        posted(house, blog, FAMILY)  # before the trial
        settings = trial.begun(Settings(), TODAY, trial.newest_record(house.services.records))
        for text in (FAMILY, f"{FAMILY} My daughter starts kindergarten Monday.", REVIEWS, CLEAN, SESSION):
            posted(house, blog, text)
        posted(house, blog, FAMILY, is_quiet=False)
        told = trial.report(house.services.records, settings)
        assert (told.posts, told.asked, told.held, told.stopped) == (5, 2, 1, 1)
        assert dict(told.rules) == {"S1": 3, "D1": 1}

    def test_a_post_that_was_taken_back_is_not_told(self, house, blog):
        settings = trial.begun(Settings(), TODAY, 0)
        verdict = reviewed(house, blog, FAMILY)
        approval = house.services.reviewer.approve(verdict)
        house.services.publisher.queue_up(verdict, approval, 20)
        house.services.publisher.undo(approval.post_id)
        assert trial.report(house.services.records, settings) == trial.TrialReport(0, 0, 0, 0, ())

    def test_many_posts_are_counted_to_the_last(self, house, blog, monkeypatch):
        monkeypatch.setattr(trial, "_AT_ONCE", 2)
        for _ in range(3):
            posted(house, blog, FAMILY)
        settings = trial.begun(Settings(), TODAY, trial.newest_record(house.services.records))
        for count in range(6):
            assert trial.report(house.services.records, settings).asked == count
            posted(house, blog, FAMILY)
