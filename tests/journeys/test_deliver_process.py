"""`twohats deliver` as the system's scheduler starts it: a process of its own, a real keyring, an encrypted store."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.journeys.conftest import start

from twohats.app import open_house
from twohats.flows import compose
from twohats.model.identity import Hat
from twohats.model.plan import plan_at

POST = "Sleep and worry: three small habits that help, and when to ask for more help."


@pytest.fixture
def blog(home: Path, tmp_path: Path) -> Path:
    """A blog folder, and a post that was planned an hour ago for this very minute."""
    folder = tmp_path / "blog"
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    house = open_house(clock=lambda: an_hour_ago)
    try:
        services = house.services
        account = services.accounts.add_folder(Hat.PROFESSIONAL, folder, "hugo")
        draft = compose.new_draft(services.new_id(), an_hour_ago, Hat.PROFESSIONAL, (account.id,))
        draft = compose.with_text(compose.with_title(draft, "Habits", an_hour_ago), POST, an_hour_ago)
        services.drafts.save(draft)
        plan = plan_at(datetime.now(UTC), "Europe/Berlin")
        identity, policy = services.profile.identities()[1], services.profile.policy()
        verdict = services.reviewer.review(draft, identity, (account,), policy, goes_at=plan.at)
        services.publisher.queue_up(verdict, services.reviewer.approve(verdict), 20, plan)
    finally:
        house.close()
    return folder


def posts_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.md"))


def test_it_sends_what_is_due_and_says_how_much(blog: Path) -> None:
    told, complained = start("deliver").communicate(timeout=120)

    assert (told.decode(), complained.decode()) == ("Sent: 1.\n", "")
    assert len(posts_in(blog)) == 1


def test_many_at_once_send_it_once(blog: Path) -> None:
    running = [start("deliver") for _ in range(3)]
    told = sorted(process.communicate(timeout=180)[0].decode() for process in running)

    assert [process.returncode for process in running] == [0, 0, 0]
    assert told.count("Sent: 1.\n") == 1
    assert set(told) <= {"Sent: 1.\n", "Nothing is due.\n", "A running Two Hats sends what is due.\n"}
    assert len(posts_in(blog)) == 1


def test_while_a_window_sends_it_leaves_everything_to_it(blog: Path) -> None:
    house = open_house()
    try:
        assert house.sender.take()
        process = start("deliver")
        told, _ = process.communicate(timeout=120)
    finally:
        house.close()

    assert (process.returncode, told.decode()) == (0, "A running Two Hats sends what is due.\n")
    assert posts_in(blog) == []
