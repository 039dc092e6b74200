"""How long one post takes to eight accounts at once, beside the slowest of them alone: over the real way, with servers
that take their time."""

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from tests.bench.measure import Row
from tests.fakes.strict import Request, Response, StrictFake

from twohats.app import House, open_house
from twohats.bridge.library import Library
from twohats.bridge.pump import Pump
from twohats.bridge.tasks import Tasks
from twohats.flows import compose
from twohats.flows.logins import secret_name
from twohats.model.account import Account, account_of
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

FEWEST_S, MOST_S = 0.3, 1.2
TARGET = 1.3
ROUNDS = 3

_PATIENCE_S = 60.0
_TEXT = "Sleep and rest, number {}: a walk before supper, a dim lamp after it, and nothing to be won in bed."


def rows() -> Iterator[Row]:
    """Each account alone first, one after the other; then all eight, several times, and the middle one counts."""
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory(prefix="two-hats-bench-") as place, StrictFake() as fake:
        for network in fake.networks.values():
            _slow_down(network)
        house = open_house(Path(place) / "profile", SessionVault())
        accounts = _connected(house, fake, Path(place))
        desk = _Desk(house, application)
        try:
            desk.post(accounts)  # what is loaded at the first post of a day is not in it
            alone_s = {account.id: desk.post([account]) for account in accounts}
            together_s = sorted(desk.post(accounts) for _ in range(ROUNDS))[ROUNDS // 2]
        finally:
            desk.close()
            house.close()
    slowest = max(alone_s, key=lambda account_id: alone_s[account_id])
    name = f"one post to eight accounts, beside {slowest} alone"
    yield Row(name, together_s * 1000, "ms", alone_s[slowest] * 1000, TARGET)
    yield Row("the same eight, one after the other", sum(alone_s.values()) * 1000, "ms")


class _Desk:
    """What sends, as in the window: pump and lanes on the event loop."""

    def __init__(self, house: House, application: QCoreApplication) -> None:
        self._house = house
        self._application = application
        self._tasks = Tasks()
        self._library = Library(house.services, self._tasks)
        self._pump = Pump(house.services, self._library, self._tasks)
        self._pump.start()
        self._posts = 0

    def post(self, accounts: Sequence[Account]) -> float:
        """From the moment when a post may leave until it has arrived everywhere, in seconds."""
        services, now = self._house.services, datetime.now(UTC)
        self._posts += 1
        draft = compose.new_draft(services.new_id(), now, Hat.PROFESSIONAL, (account.id for account in accounts))
        draft = compose.with_text(draft, _TEXT.format(self._posts), now)
        services.drafts.save(draft)
        identity = next(one for one in services.profile.identities() if one.hat is Hat.PROFESSIONAL)
        verdict = services.reviewer.review(draft, identity, accounts, services.profile.policy())
        approval = services.reviewer.approve(verdict)
        services.publisher.queue_up(verdict, approval, 0)
        began = time.perf_counter()
        self._pump.wake()
        while not all(one.state is DeliveryState.SENT for one in services.queue.of_post(approval.post_id)):
            if time.perf_counter() - began > _PATIENCE_S:
                told = [(one.account_id, one.state, one.problem) for one in services.queue.of_post(approval.post_id)]
                raise TimeoutError(told)
            self._application.processEvents()
            time.sleep(0.005)
        return time.perf_counter() - began

    def close(self) -> None:
        self._tasks.close()


def _slow_down(network: object) -> None:
    """Every call takes its time, the same at every run; they overlap, as those of real servers do."""
    answered, times = network.answer, {}

    def answer(request: Request) -> tuple[Response | None, float]:
        response, wait_s = answered(request)
        call = f"{network.name} {request.method} {request.path.rstrip('0123456789')}"
        slowness_s = times.setdefault(call, random.Random(call).uniform(FEWEST_S, MOST_S))
        return response, wait_s + slowness_s

    network.answer = answer


def _connected(house: House, fake: StrictFake, folder: Path) -> list[Account]:
    """Seven accounts over the wire, with a second one on the same Mastodon server and a second Page, and a folder."""
    x, linkedin, threads = fake.x.people[0], fake.linkedin.people[0], fake.threads.people[0]
    given = [
        _account(house, "x", fake.give_token("x").access, fake.x.url, user_id=x.id, username=x.handle),
        _account(house, "linkedin", fake.give_token("linkedin").access, fake.linkedin.url, user_id=linkedin.id),
        _account(
            house,
            "threads",
            fake.give_token("threads").access,
            fake.threads.url,
            user_id=threads.id,
            username=threads.handle,
        ),
    ]
    for number, page in enumerate(fake.facebook.pages[:2], 1):
        token = fake.facebook.give_page_token(page).access
        given.append(_account(house, "facebook", token, fake.facebook.url, number, page_id=page.id))
    for number, person in enumerate(fake.mastodon.people[:2], 1):
        token = fake.give_token("mastodon", person).access
        server = fake.mastodon.url
        given.append(_account(house, "mastodon", token, server, number, server=server, user_id=person.id))
    return [*given, house.services.accounts.add_folder(Hat.PROFESSIONAL, folder / "blog", "hugo")]


def _account(house: House, network: str, token: str, root: str, number: int = 1, **settings: str) -> Account:
    account = account_of(
        Hat.PROFESSIONAL,
        id=f"{network}-{number}",
        network=network,
        label=network,
        settings={"api_root": root, **settings},
    )
    house.services.profile.save_account(account)
    house.services.vault().set(secret_name(account.id), token)
    return account
