"""The program is killed at the worst moments; afterwards nothing is lost and nothing stands twice."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from tests.fakes.cutting_proxy import CuttingProxy
from tests.journeys.conftest import start
from tests.journeys.typist import SENTENCE
from tests.servers.wordpress import WordPressServer

from twohats.app import House, open_house
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.model.ports import Grant

POST = "Sleep and worry: three small habits that help, and when to ask for more help."


def connect(house: House, server: WordPressServer, proxy: CuttingProxy) -> None:
    accounts = house.services.accounts
    grant = Grant(settings={"site_url": server.url}, secret=server.writer.secret)
    pending = accounts.look(Hat.PROFESSIONAL, "wordpress", grant)
    account = accounts.confirm(pending)
    far = {**account.settings, "api_root": f"{proxy.url}/wp-json/"}
    house.services.profile.save_account(type(account)(account.id, account.network, "Practice blog", settings=far))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "post.md"
    file.write_text(POST, encoding="utf-8")
    return file


@pytest.fixture
def proxy(home: Path, wordpress: WordPressServer) -> Iterator[CuttingProxy]:
    """Stands before a blog that is connected as *Practice blog*."""
    with CuttingProxy(wordpress.url) as between:
        house = open_house()
        connect(house, wordpress, between)
        house.close()
        yield between


def posts_titled(server: WordPressServer, title: str) -> int:
    answer = requests.get(f"{server.url}/wp-json/wp/v2/posts", params={"search": title, "per_page": 100}, timeout=30)
    return len([post for post in answer.json() if post["title"]["rendered"] == title])


def test_killed_between_request_and_answer_it_looks_and_does_not_double(
    text: Path, proxy: CuttingProxy, wordpress: WordPressServer
) -> None:
    taken, killed = threading.Event(), threading.Event()
    proxy.hold_answer("POST", "/wp/v2/posts", taken, killed)
    process = start("post", str(text), "--as", "professional", "--to", "Practice blog", "--title", "Killed", "--now")
    assert taken.wait(60), process.communicate(timeout=5)
    process.kill()
    process.communicate()
    killed.set()

    house = open_house()
    try:
        queue, publisher = house.services.queue, house.services.publisher
        assert [d.state for d in queue.in_state(*DeliveryState)] == [DeliveryState.SENDING]
        (lost,) = publisher.recover()
        assert lost.state is DeliveryState.UNKNOWN
        found = publisher.look(lost.id)
        assert found is not None
        assert found.state is DeliveryState.SENT
        (record,) = house.services.records.search("habits")
        assert [t.state for t in record.targets] == ["sent"]
    finally:
        house.close()
    assert posts_titled(wordpress, "Killed") == 1


def test_killed_before_the_request_arrived_it_goes_once_and_only_after_a_wait(
    text: Path, proxy: CuttingProxy, wordpress: WordPressServer
) -> None:
    proxy.lose_request("POST", "/wp/v2/posts")
    process = start("post", str(text), "--as", "professional", "--to", "Practice blog", "--title", "Lost", "--now")
    process.communicate(timeout=60)
    assert posts_titled(wordpress, "Lost") == 0

    house = open_house()
    (delivery,) = house.services.queue.in_state(DeliveryState.UNKNOWN)
    young = house.services.publisher.look(delivery.id)
    house.close()
    assert young is not None
    assert young.state is DeliveryState.UNKNOWN

    later = open_house(clock=lambda: datetime.now(UTC) + timedelta(minutes=5))
    try:
        moved = later.services.publisher.look(delivery.id)
        assert moved is not None
        assert moved.state is DeliveryState.WAITING
        sent = later.services.publisher.deliver(delivery.id)
        assert sent is not None
        assert sent.state is DeliveryState.SENT
    finally:
        later.close()
    assert posts_titled(wordpress, "Lost") == 1


def test_killed_in_the_undo_window_nothing_has_left_and_nothing_is_lost(
    text: Path, proxy: CuttingProxy, wordpress: WordPressServer
) -> None:
    proxy.passed.clear()
    process = start("post", str(text), "--as", "professional", "--to", "Practice blog", "--title", "Waiting")
    deadline = time.monotonic() + 60
    house = open_house()
    try:
        while not house.services.queue.in_state(DeliveryState.WAITING):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.kill()
        process.communicate()
        assert proxy.passed == []
        (delivery,) = house.services.queue.in_state(DeliveryState.WAITING)
        assert house.services.publisher.deliver(delivery.id) is None, "the undo window is not over"
        assert house.services.publisher.undo(delivery.post_id)
        draft = house.services.drafts.get(delivery.draft_id)
        assert draft is not None
        assert draft.text == POST
    finally:
        house.close()
    assert posts_titled(wordpress, "Waiting") == 0


@pytest.mark.parametrize("seconds", [2.5, 3.4, 4.6])
def test_killed_while_typing_at_most_the_last_second_is_lost(home: Path, seconds: float) -> None:
    typist = subprocess.Popen([sys.executable, "-m", "tests.journeys.typist"], stdout=subprocess.PIPE, text=True)
    assert typist.stdout is not None
    first = float(typist.stdout.readline().split()[0])
    time.sleep(max(0.0, first + seconds - time.monotonic()))
    typist.kill()
    killed_at = time.monotonic()
    typed = [(float(at), int(length)) for at, length in (line.split() for line in typist.stdout.read().splitlines())]
    typist.stdout.close()
    typist.wait()
    old = max((length for at, length in typed if at <= killed_at - 1), default=0)
    assert old > 0

    house = open_house()
    try:
        (kept,) = house.services.drafts.list()
        draft = house.services.drafts.get(kept.id)
    finally:
        house.close()
    assert draft is not None
    assert len(draft.text) >= old
    assert (SENTENCE * 20).startswith(draft.text)
