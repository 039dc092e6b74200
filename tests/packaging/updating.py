"""An update from end to end, for who has a real set-up: published, found, fetched, checked and started."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.fakes.bad_server import BadServer
from tests.fakes.releases import Publisher

from twohats.updates.set_up import start_set_up


def update_over_the_feed(
    set_up: Path, version: str, folder: Path, start: Callable[..., subprocess.Popen[bytes]]
) -> subprocess.Popen[bytes]:
    """What version 0.0.1 does when `set_up` is published as `version`, up to the start of what it downloaded into
    `folder`. `start` gets the words of a command, one by one, and starts it (under Wine, where there is no Windows)."""
    with BadServer() as server:
        publisher = Publisher(server, folder / "built", now=datetime.now(UTC))
        publisher.publish(version, file=set_up, min_version="0.0.1")
        updates = publisher.updates(folder / "data", own="0.0.1")
        look = updates.look()
        updates.fetch(look)
    started = start_set_up(updates.checked(look), lambda words: start(*words))
    assert isinstance(started, subprocess.Popen)
    return started
