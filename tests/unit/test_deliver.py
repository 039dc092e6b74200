"""`twohats deliver`: sends what is due, asks about what is late, says how much and nothing else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.fakes.networks import KeepingNetwork

from twohats.app import House, open_house
from twohats.commands.deliver import send_due
from twohats.flows import compose
from twohats.model.account import Account
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import Refused
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, plan_at
from twohats.model.ports import Way
from twohats.store.file_lock import Claim
from twohats.vault.keyring_vault import SessionVault

WORDS = "Grief has no timetable. Three things that help, and where to find a group."
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> Iterator[House]:
    opened = open_house(tmp_path / "profile", SessionVault(), clock)
    yield opened
    opened.close()


@pytest.fixture
def blog(house: House, tmp_path: Path) -> Account:
    return house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")


def planned(house: House, account: Account, in_minutes: int) -> Delivery:
    services = house.services
    draft = compose.new_draft(services.new_id(), START, Hat.PROFESSIONAL, (account.id,))
    draft = compose.with_text(compose.with_title(draft, "A title", START), WORDS, START)
    services.drafts.save(draft)
    identity = services.profile.identities()[1]
    plan = plan_at(START + timedelta(minutes=in_minutes), "Europe/Berlin")
    verdict = services.reviewer.review(draft, identity, (account,), services.profile.policy(), goes_at=plan.at)
    (delivery,) = services.publisher.queue_up(verdict, services.reviewer.approve(verdict), 0, plan)
    return delivery


def state_of(house: House, delivery: Delivery) -> DeliveryState:
    kept = house.services.queue.get(delivery.id)
    assert kept is not None
    return kept.state


def test_what_is_due_is_sent_once(house, blog, clock, capsys):
    delivery = planned(house, blog, 30)
    clock.now += timedelta(minutes=31)

    assert send_due(house) == 0
    assert capsys.readouterr().out == "Sent: 1.\n"
    assert state_of(house, delivery) is DeliveryState.SENT

    assert send_due(house) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"


def test_what_is_to_come_stays(house, blog, clock, capsys):
    delivery = planned(house, blog, 30)
    clock.now += timedelta(minutes=29)

    assert send_due(house) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    assert state_of(house, delivery) is DeliveryState.WAITING


def test_what_is_late_waits_for_the_person(house, blog, clock, capsys):
    delivery = planned(house, blog, 30)
    clock.now += timedelta(minutes=40)

    assert send_due(house) == 1
    assert capsys.readouterr().out == "Waiting for you: 1. Open Two Hats to see why.\n"
    assert state_of(house, delivery) is DeliveryState.HELD


def test_a_running_window_sends_itself(house, blog, clock, capsys):
    delivery = planned(house, blog, 30)
    clock.now += timedelta(minutes=31)
    window = Claim(house.folder / "sender.lock")
    assert window.take()

    assert send_due(house) == 0
    assert capsys.readouterr().out == "A running Two Hats sends what is due.\n"
    assert state_of(house, delivery) is DeliveryState.WAITING
    window.give_back()


def test_no_word_of_a_post_is_said(house, blog, clock, capsys):
    planned(house, blog, 30)
    planned(house, blog, 2)
    clock.now += timedelta(minutes=31)

    send_due(house)

    said = "".join(capsys.readouterr())
    assert not any(word in said for word in ("Grief", "timetable", "group", "title", blog.label))


@pytest.mark.parametrize("by_option", [True, False], ids=["option", "environment"])
def test_where_no_profile_is_none_is_made(tmp_path, by_option):
    home = tmp_path / "nobody"
    ran = subprocess.run(
        [sys.executable, "-m", "twohats", "deliver", *(["--home", str(home)] if by_option else [])],
        env=os.environ | {"TWOHATS_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "Nothing is due.\n", "")
    assert not home.exists()


def test_a_network_that_keeps_the_old_time_after_a_change_of_clocks_is_for_the_person(house, blog, clock, capsys):
    network = KeepingNetwork("folder", ways=(Way("folder", ()),))
    house.services.networks["folder"] = network
    services = house.services
    draft = compose.with_text(compose.new_draft("d", START, Hat.PROFESSIONAL, (blog.id,)), WORDS, START)
    services.drafts.save(draft)
    meant = plan_at(START + timedelta(hours=30), "Europe/Berlin")
    identity = services.profile.identities()[1]
    verdict = services.reviewer.review(draft, identity, (blog,), services.profile.policy(), goes_at=meant.at)
    services.publisher.queue_up(verdict, services.reviewer.approve(verdict), 0, meant, Keeper.THERE)
    assert send_due(house) == 0
    capsys.readouterr()
    (kept,) = services.plans.in_state(DeliveryState.SENT)
    services.plans.keep(replace(kept, plan=replace(meant, at=meant.at + timedelta(hours=1))))
    network.fault = Refused("refused", host="example.com")

    assert send_due(house) == 1

    assert capsys.readouterr().out == "Waiting for you: 1. Open Two Hats to see why.\n"
