"""The blog's post is out, and the program is killed before the others followed: the next start lets them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.journeys.conftest import start

from twohats.app import open_house
from twohats.flows import compose
from twohats.model.account import account_of
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat

SITE = "https://harbour-street.example.com"
POST = "Sleep and worry: three small habits that help, and when to ask for more help."
# Sends what is due up to the blog's post, and dies there as by a power cut.
DIES = """
import os, signal
from twohats.app import open_house
house = open_house()
services = house.services
(leader,) = services.queue.due(services.clock())
assert services.publisher.deliver(leader.id).state.value == "sent"
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_between_the_blog_and_the_others_they_follow_once(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "post.md"
    file.write_text(POST, encoding="utf-8")
    house = open_house()
    try:
        accounts = house.services.accounts
        accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "blog", "hugo", SITE)
        accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "copy", "plain")
        forum = account_of(
            Hat.PROFESSIONAL, id="forum", network="byhand", label="Forum", settings={"page": "https://forum.example"}
        )
        house.services.profile.save_account(forum)
        places = [one.id for one in house.services.profile.accounts()]
    finally:
        house.close()
    _approve(places)

    died = subprocess.run([sys.executable, "-c", DIES], env=os.environ.copy(), check=False, timeout=120)
    assert died.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "blog").rglob("*.md"))) == 1
    assert list((tmp_path / "copy").rglob("*.md")) == []

    told, _ = start("deliver").communicate(timeout=120)
    assert told.decode() == "Sent: 1.\nWaiting for you: 1. Open Two Hats to see why.\n"
    assert start("deliver").communicate(timeout=120)[0].decode() == "Nothing is due.\n"
    assert len(list((tmp_path / "copy").rglob("*.md"))) == 1
    house = open_house()
    try:
        by_hand = house.services.queue.in_state(DeliveryState.HELD)
        assert [one.leaving.parts[0].text for one in by_hand] == [f"{POST}\n\n{SITE}/posts/habits/"]
        assert len(list((tmp_path / "blog").rglob("*.md"))) == 1
    finally:
        house.close()


def _approve(places: list[str]) -> None:
    house = open_house()
    try:
        services = house.services
        now = services.clock()
        draft = compose.new_draft(services.new_id(), now, Hat.PROFESSIONAL, places)
        draft = compose.with_text(compose.with_title(draft, "Habits", now), POST, now)
        draft = compose.with_blog_first(draft, True, now)
        services.drafts.save(draft)
        identity = services.profile.identities()[1]
        accounts = [one for one in services.profile.accounts() if one.id in places]
        verdict = services.reviewer.review(draft, identity, accounts, services.profile.policy())
        services.publisher.queue_up(verdict, services.reviewer.approve(verdict), 0)
    finally:
        house.close()
