"""Counts of what became of findings, in a real encrypted store."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.tally import COUNTS_KEPT_FOR, Outcome, Proposal, ProposalAnswer, Showing, Tally
from twohats.store.database import Store, fresh_key, open_store
from twohats.store.migrations import LADDER, Ladder
from twohats.store.migrations.climb import climb
from twohats.store.seal import Seal, look_at
from twohats.store.transactions import Database

DAY = date(2026, 11, 22)
EDITED = Showing("S1", Hat.PROFESSIONAL, Severity.WARN, Outcome.EDITED)
ANSWERED = Showing("S1", Hat.PROFESSIONAL, Severity.WARN, Outcome.ANSWERED, "meant_for_clients")
LOWERED = ProposalAnswer(Proposal("S1", Hat.PROFESSIONAL, 15, 20), is_lowered=True, on=DAY)


def test_the_same_on_the_same_day_adds_up(store: Store) -> None:
    store.tallies.add(DAY, [EDITED, ANSWERED, EDITED])
    store.tallies.add(DAY, [EDITED])
    store.tallies.add(DAY, [])
    assert sorted(store.tallies.all(), key=lambda tally: tally.count) == [
        Tally(DAY, ANSWERED, 1),
        Tally(DAY, EDITED, 3),
    ]


def test_days_hats_severities_and_reasons_are_counted_apart(store: Store) -> None:
    others = [
        EDITED,
        Showing("S1", Hat.PERSONAL, Severity.WARN, Outcome.EDITED),
        Showing("S1", Hat.PROFESSIONAL, Severity.NOTE, Outcome.EDITED),
        ANSWERED,
        Showing("S1", Hat.PROFESSIONAL, Severity.WARN, Outcome.ANSWERED, "not_about_me"),
    ]
    store.tallies.add(DAY, others)
    store.tallies.add(DAY - timedelta(days=1), [EDITED])
    found = store.tallies.all()
    assert len(found) == 6
    assert {tally.count for tally in found} == {1}
    assert found[0].day == DAY - timedelta(days=1)


def test_counts_outlive_the_program(tmp_path: Path) -> None:
    key = fresh_key()
    first = open_store(tmp_path, key)
    first.tallies.add(DAY, [ANSWERED])
    first.tallies.note_answer(LOWERED)
    first.close()
    second = open_store(tmp_path, key)
    assert second.tallies.all() == [Tally(DAY, ANSWERED, 1)]
    assert second.tallies.answers() == [LOWERED]
    second.close()


def test_old_days_are_forgotten_when_the_store_is_tidied(store: Store) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for age in (0, COUNTS_KEPT_FOR.days, COUNTS_KEPT_FOR.days + 1):
        store.tallies.add(DAY - timedelta(days=age), [EDITED])
    store.tidy(now)
    assert [(DAY - tally.day).days for tally in store.tallies.all()] == [COUNTS_KEPT_FOR.days, 0]


def test_clearing_forgets_counts_and_answers_and_nothing_else(store: Store) -> None:
    store.tallies.add(DAY, [EDITED, ANSWERED])
    store.tallies.note_answer(LOWERED)
    store.profile.set_severity("S1", Hat.PROFESSIONAL, Severity.NOTE)
    store.tallies.clear()
    assert store.tallies.all() == []
    assert store.tallies.answers() == []
    assert store.profile.policy().severities == {("S1", Hat.PROFESSIONAL): Severity.NOTE}


def test_of_the_answers_to_a_rule_the_last_counts(store: Store) -> None:
    left = ProposalAnswer(Proposal("S1", Hat.PROFESSIONAL, 16, 21), is_lowered=False, on=DAY + timedelta(days=40))
    other = ProposalAnswer(Proposal("S2", Hat.PROFESSIONAL, 18, 20), is_lowered=False, on=DAY)
    for answer in (LOWERED, other, left):
        store.tallies.note_answer(answer)
    assert store.tallies.answers() == [other, left]


def test_what_a_newer_program_counts_in_its_own_way_is_left_out(store: Store) -> None:
    store.tallies.add(DAY, [EDITED])
    with store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE tallies SET outcome = 'sung_aloud'")
    assert store.tallies.all() == []


@pytest.mark.parametrize(
    ("columns", "fault"),
    [("'nobody', 2, 1", "tallies_hat_known"), ("'personal', 9, 1", "severity_known"), ("'personal', 2, 0", "count")],
)
def test_a_count_that_makes_no_sense_is_refused(store: Store, columns: str, fault: str) -> None:
    sql = (
        f"INSERT INTO tallies (hat, severity, count, day, rule, outcome, reason) VALUES ({columns}, 'd', 'S1', 'o', '')"
    )
    with pytest.raises(Exception, match=fault), store._database.writing() as connection:
        connection.exec_driver_sql(sql)


def test_a_store_from_before_there_were_counts_is_copied_and_gets_its_tables(tmp_path: Path) -> None:
    key = fresh_key()
    first_step = Ladder(LADDER.folder, ("0001",))
    path = tmp_path / "twohats.db"
    old = Database(path, key, is_being_made=True)
    with old.writing() as connection:
        climb(connection, first_step)
        connection.exec_driver_sql("INSERT INTO settings VALUES ('preference.undo_personal_s', '33')")
    old.close()
    store = open_store(tmp_path, key)
    assert store.tallies.all() == []
    store.tallies.add(DAY, [EDITED])
    assert store.profile.settings().undo_personal_s == 33
    assert store.profile.settings().keeps_counts
    store.close()
    assert look_at(tmp_path / "backups" / "twohats-0001.db", key) is Seal.WHOLE
