"""The program is killed at random moments, hundreds of times: each approved post arrives exactly once or stands as
unknown with its question, no draft loses more than a second, and the store always opens."""

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.journeys.killing import Victim

KILLS = int(os.environ.get("TWOHATS_KILLS", "200"))
SEED = int(os.environ.get("TWOHATS_SEED") or random.SystemRandom().getrandbits(32))
_SIDE_BY_SIDE = 4
_KILLS_A_PROFILE = 50


def test_however_often_it_is_killed_each_approved_post_arrives_once_or_asks(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    profiles = -(-KILLS // _KILLS_A_PROFILE)
    outcomes: Counter[str] = Counter()
    losses: list[int] = []

    def suffer(profile: int) -> Counter[str]:
        with Victim(tmp_path / f"profile-{profile}", SEED + profile) as victim:
            for number in range(profile, KILLS, profiles):
                victim.live_and_die(number)
            victim.settle()
            losses.append(victim.longest_loss)
            return victim.outcomes

    try:
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as side_by_side:
            for counted in side_by_side.map(suffer, range(profiles)):
                outcomes += counted
    finally:
        counts = ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))
        request.node.user_properties.append(
            ("outcomes", f"seed {SEED}: {counts}; at most {max(losses, default=0)} keys lost")
        )
    assert outcomes["lives"] == KILLS
