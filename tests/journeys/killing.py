"""A profile whose program is killed again and again, before servers that cut, delay, repeat and refuse; and what has
become of each approved post in the end."""

import multiprocessing
import random
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.fakes.strict import Fault, Request, Response, StrictFake
from tests.journeys.living import KEYS_A_SECOND, SENTENCE, Life, live, vault_of

from twohats.app import House, open_house
from twohats.flows.logins import secret_name
from twohats.model.account import account_of
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.identity import Hat
from twohats.store.database import open_store
from twohats.store.key import SECRET_NAME, fresh_key

NETWORKS = ("mastodon", "x", "linkedin", "facebook")
"""A key with each request; looking through what was posted; a refusal of what is there already; and both of these."""

_WRITES = {
    "x": "POST /2/tweets",
    "linkedin": "POST /rest/posts",
    "facebook": "POST /v26.0/*/feed",
    "mastodon": "POST /api/v1/statuses",
}
_FAULTS = (
    Fault.CUT_BEFORE,
    Fault.CUT_AFTER,
    Fault.SLOW,
    Fault.TOO_FAST,
    Fault.SERVER_ERROR,
    Fault.SERVER_ERROR_TAKEN,
    Fault.EMPTY,
    Fault.TRUNCATED,
    Fault.PAGE_TAKEN,
    Fault.REPEATED,
)
_LIVES_FOR_S = 10 * 365 * 86_400
_START_S = 60.0
_FOREVER = 400
_FORK = multiprocessing.get_context("forkserver")
_FORK.set_forkserver_preload(["tests.journeys.warmed"])


class Victim:
    """One profile. `outcomes` counts what became of posts, drafts and lives; `longest_loss` is in keys."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.seed = seed
        self.outcomes: Counter[str] = Counter()
        self.longest_loss = 0
        self._folder = folder
        self._chance = random.Random(seed)
        self._fake = StrictFake(*NETWORKS)
        self._secrets = {SECRET_NAME: fresh_key()}
        self._owners: dict[str, str] = {}
        self._approved: dict[str, str] = {}
        self._trap = _Trap()

    def __enter__(self) -> "Victim":
        self._fake.__enter__()
        for network in self._fake.networks.values():
            self._trap.stand_before(network)
        house = self._opened()
        self._connect(house)
        house.close()
        return self

    def __exit__(self, *problem: Any) -> None:
        self._fake.__exit__(None, None, None)

    def live_and_die(self, number: int) -> None:
        """One life, its end, and a look at what it left. Raises AssertionError."""
        self._spoil()
        life = Life(self._folder, number, self._chance.getrandbits(32), self._secrets, self._fake.clock.ahead_s)
        here, there = _FORK.Pipe(duplex=False)
        process = _FORK.Process(target=live, args=(life, there), daemon=True)
        process.start()
        there.close()
        told: list[tuple[Any, ...]] = []
        listening = threading.Thread(target=_listen, args=(here, told))
        listening.start()
        self._kill(process, told)
        process.join()
        listening.join()
        self.outcomes["lives"] += 1
        self._look_at_what_is_left(number, told)
        for network in self._fake.networks.values():
            network.soothe()
        # Mostly so late that a server has made up its mind; now and then the program is back at once.
        self._fake.advance(self._chance.choice((0.0, 100.0, 100.0, 400.0)))

    def settle(self) -> None:
        """Lets everything come to its end, without faults; then counts what readers find. Raises AssertionError."""
        house = self._opened()
        try:
            publisher, queue = house.services.publisher, house.services.queue
            publisher.recover()
            for _ in range(_FOREVER):
                moving = queue.in_state(DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.FAILED)
                if not moving:
                    break
                for delivery in moving:
                    self._move(house, delivery)
            for delivery in queue.in_state(DeliveryState.UNKNOWN):
                self._look(house, delivery)
            stood = [one for one in queue.in_state(*DeliveryState) if one.state is not DeliveryState.SENT]
            odd = [
                (self.seed, one.account_id, one.state, one.problem, queue.steps(one.id))
                for one in stood
                if one.state is not DeliveryState.UNKNOWN or not one.problem
            ]
            assert not odd, odd
            self._count(queue.in_state(DeliveryState.SENT, DeliveryState.UNKNOWN))
            assert house.services.records.first_broken() is None
        finally:
            house.close()

    def _opened(self) -> House:
        return open_house(self._folder, vault_of(self._secrets), self._now)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._fake.clock.now_s(), UTC)

    def _connect(self, house: House) -> None:
        """Everywhere as the professional, and on two networks as the private person too."""
        for name in NETWORKS:
            network = self._fake.networks[name]
            hats = (Hat.PROFESSIONAL, Hat.PERSONAL) if name in ("mastodon", "x") else (Hat.PROFESSIONAL,)
            for hat, person in zip(hats, network.people, strict=False):
                account_id = f"{name}-{hat.value}"
                settings = {"api_root": network.url, "user_id": person.id, "username": person.handle}
                author = person.id
                if name == "facebook":
                    page = self._fake.facebook.pages[0]
                    token, author = self._fake.facebook.give_page_token(page), page.id
                    settings["page_id"] = page.id
                else:
                    token = network.give_token(person, lives_s=_LIVES_FOR_S)
                if name == "mastodon":
                    settings["server"] = network.url
                if name == "linkedin":
                    settings["client_id"], author = network.client_id, f"urn:li:person:{person.id}"
                house.services.profile.save_account(
                    account_of(hat, id=account_id, network=name, label=account_id, settings=settings)
                )
                self._secrets[secret_name(account_id)] = token.access
                self._owners[account_id] = author

    def _spoil(self) -> None:
        for name, network in self._fake.networks.items():
            if name not in NETWORKS or self._chance.random() < 0.35:
                continue
            fault, match = self._chance.choice(_FAULTS), self._chance.choice((_WRITES[name], "* *"))
            network.fail_next(match, fault, skip=self._chance.randint(0, 2), seconds=self._chance.uniform(0, 0.5))

    def _kill(self, process: Any, told: list[tuple[Any, ...]]) -> None:
        """At a random moment: while it opens, while it works, or as a write reaches a server or has been taken."""
        moment = self._chance.random()
        if moment < 0.15:
            time.sleep(self._chance.uniform(0, 0.3))
        else:
            until = time.monotonic() + _START_S
            while not told and time.monotonic() < until and process.is_alive():
                time.sleep(0.005)
            assert process.is_alive(), f"the program ended by itself, seed {self.seed}"
            if moment < 0.55:
                self._trap.set(process, self._chance.random() < 0.5)
                self._trap.sprung.wait(1.0)
            else:
                time.sleep(self._chance.uniform(0, 0.8) if moment < 0.9 else self._chance.uniform(1.1, 2.2))
        process.kill()
        self._trap.clear()

    def _look_at_what_is_left(self, number: int, told: list[tuple[Any, ...]]) -> None:
        store = open_store(self._folder, self._secrets[SECRET_NAME])
        try:
            for what, *rest in told:
                if what == "approved":
                    token, post_id = rest
                    assert store.queue.of_post(post_id), f"an approved post is lost, seed {self.seed}, {token}"
                    self._approved[post_id] = token
            self.outcomes["lives ended while sending"] += bool(store.queue.in_state(DeliveryState.SENDING))
            typed = max((step[1] for step in told if step[0] == "typed"), default=0)
            begin = f"Life {number}: "
            kept = [d for d in (store.drafts.get(one.id) for one in store.drafts.list(begin)) if d is not None]
            texts = [draft.text for draft in kept if draft.text.startswith(begin)]
            lost = typed - (len(texts[0]) if texts else 0)
            assert len(texts) <= 1, f"a draft is doubled, seed {self.seed}, life {number}"
            assert lost <= KEYS_A_SECOND, f"more than a second is lost, seed {self.seed}, life {number}: {lost} keys"
            self.outcomes["drafts that were kept"] += bool(texts)
            self.longest_loss = max(self.longest_loss, lost)
            assert all((begin + SENTENCE * 20).startswith(text) for text in texts)
        finally:
            store.close()

    def _move(self, house: House, delivery: Delivery) -> None:
        publisher = house.services.publisher
        if delivery.state is not DeliveryState.WAITING:
            self.outcomes[f"asked: {delivery.problem}"] += 1
            publisher.try_again(delivery.id)
            return
        self._fake.advance(max(0.0, (delivery.due_at - self._now()) / timedelta(seconds=1)))
        publisher.deliver(delivery.id)

    def _look(self, house: House, delivery: Delivery) -> None:
        publisher = house.services.publisher
        self._fake.advance(100)
        for _ in range(8):
            current = house.services.queue.get(delivery.id)
            assert current is not None
            if current.state is DeliveryState.SENT:
                return
            if current.state is DeliveryState.UNKNOWN:
                moved = publisher.look(delivery.id)
                if moved is None or moved.state is DeliveryState.UNKNOWN:
                    return
            else:
                self._move(house, current)

    def _count(self, deliveries: Any) -> None:
        """Each text once with its own account and nowhere else; an *unknown* one once or not at all."""
        found: Counter[tuple[str, str]] = Counter()
        for name in NETWORKS:
            for post in self._fake.posts(name):
                found[post.author, post.text] += 1
        posts = set()
        for delivery in deliveries:
            posts.add(delivery.post_id)
            text = delivery.rendition.parts[0].text if delivery.rendition.parts else ""
            readers_find = found.pop((self._owners[delivery.account_id], text), 0)
            is_sent = delivery.state is DeliveryState.SENT
            told = (self.seed, delivery.account_id, delivery.state, delivery.problem, readers_find)
            assert readers_find == 1 if is_sent else readers_find <= 1, told
            how = "sent" if is_sent else "unknown, and there" if readers_find else "unknown, and not there"
            self.outcomes[f"{how} ({delivery.account_id.partition('-')[0]})"] += 1
        assert not found, f"what nobody approved for there, seed {self.seed}: {len(found)}"
        assert set(self._approved) <= posts
        self.outcomes["posts approved"] += len(posts)


class _Trap:
    """Kills a process in the moment when a write reaches a server, before or after it is taken."""

    def __init__(self) -> None:
        self.sprung = threading.Event()
        self._process: Any = None
        self._is_after = False
        self._lock = threading.Lock()

    def set(self, process: Any, is_after: bool) -> None:
        self.sprung.clear()
        self._is_after = is_after
        self._process = process

    def clear(self) -> None:
        self._process = None

    def stand_before(self, network: Any) -> None:
        answered = network.answer

        def answer(request: Request) -> tuple[Response | None, float]:
            if request.method == "POST" and not self._is_after:
                self._spring()
            response = answered(request)
            if request.method == "POST" and self._is_after:
                self._spring()
            return response

        network.answer = answer

    def _spring(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            self.sprung.set()


def _listen(here: Connection, told: list[tuple[Any, ...]]) -> None:
    try:
        while True:
            told.append(here.recv())
    except (EOFError, OSError):
        here.close()
