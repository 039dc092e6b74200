"""Posting from the command line while the quiet trial runs: the same gate as in the window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from twohats import cli
from twohats.app import House, open_house
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

FAMILY = "My wife and I finally took that cruise."
STOP = "A client told me today that she wants to leave him."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault())
    opened.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")
    yield opened
    opened.close()


def post(house: House, text: str) -> int:
    words = ["post", "-", "--as", "professional", "--to", "folder", "--title", "A title", "--now"]
    chosen = cli._parser().parse_args(words)
    return cli._post_from(house, Hat.PROFESSIONAL, text, chosen)


def begin(house: House, days: int = 0) -> None:
    today = house.services.clock().date().isoformat()
    settings = replace(house.services.profile.settings(), trial_started_on=today, trial_seen_on=today, trial_days=days)
    house.services.profile.save_settings(settings)


def test_a_quiet_gate_lets_a_warning_pass_and_says_so(house, capsys):
    begin(house)
    assert post(house, FAMILY) == cli.EXIT_CLEAR
    assert "Quiet trial: findings that the gate did not ask about: 1." in capsys.readouterr().out
    (record,) = house.services.records.search()
    assert record.was_quiet


def test_a_client_stops_it_all_the_same(house, capsys):
    begin(house)
    assert post(house, f"{FAMILY} {STOP}") == cli.EXIT_STOP
    assert "C2" in capsys.readouterr().out
    assert house.services.records.search() == []


@pytest.mark.parametrize("days", [None, 14])
def test_without_a_trial_or_after_it_the_gate_asks(house, days, capsys):
    if days is not None:
        begin(house, days)
    assert post(house, FAMILY) == cli.EXIT_WARN
    assert "Not posted yet" in capsys.readouterr().out
    assert house.services.records.search() == []
