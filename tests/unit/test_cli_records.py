"""The command line's records: searching, checking, taking along, removing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.unit.store.posts import NOON, post

from twohats import cli
from twohats.app import House, open_house
from twohats.vault.keyring_vault import SessionVault


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A profile with three records; the commands open the same."""
    opened = open_house(tmp_path / "profile", SessionVault())
    for number, text in enumerate(("A heron at dawn.", "A finch at noon.", "A heron at dusk."), start=1):
        made = post(number, text=text, at=NOON + timedelta(days=number))
        opened.services.queue.add(made.approval, made.deliveries, made.record)
    monkeypatch.setattr("twohats.app.has_profile", lambda folder: True)
    monkeypatch.setattr("twohats.app.open_house", lambda folder: opened)
    monkeypatch.setattr(House, "close", lambda self: None)
    yield opened
    monkeypatch.undo()
    opened.close()


def test_records_are_found_by_words_and_days(house: House, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    day = (NOON + timedelta(days=2)).astimezone().date().isoformat()
    assert cli.run(["records", "search", "heron", "--from", day, "--format", "json"]) == 0
    (found,) = json.loads(capsysbinary.readouterr().out)
    assert found["text"] == "A heron at dusk."
    assert cli.run(["records", "search", "--network", "wordpress", "--to", day]) == 0
    told = capsysbinary.readouterr().out.decode()
    assert "finch" in told
    assert "dusk" not in told


def test_verify_holds_and_names_what_was_changed(house: House, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["records", "verify"]) == 0
    assert b"The records hold" in capsysbinary.readouterr().out
    with house.store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM records WHERE number = 3")
    assert cli.run(["records", "verify", "--format", "json"]) == 1
    told = json.loads(capsysbinary.readouterr().out)
    assert (told["holds"], told["first_broken"], told["newest_number"]) == (False, 3, 3)


def test_a_range_is_written_and_nothing_is_written_over(house: House, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert cli.run(["records", "export", str(out), "--words", "heron", "--redact", "text"]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert (len(told["records"]), told["left_out"]) == (2, ["text"])
    assert cli.run(["records", "export", str(out)]) == 3
    assert cli.run(["records", "export", str(tmp_path / "out.doc")]) == 3


def test_removing_counts_first_and_keeps_what_has_not_arrived(
    house: House, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.run(["records", "remove", "--older-than", "1", "--yes"]) == 0
    assert house.services.records.count() == 3
    assert cli.run(["records", "remove", "--older-than", "0", "--yes"]) == 3
