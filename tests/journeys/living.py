"""One life of the program, until it is killed: a real process with the real store, session, pump and networks, and no
window. It types without a pause, approves posts, and tells its watcher of each step as it is done."""

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from twohats.app import House, open_house
from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.bridge.pump import Pump
from twohats.bridge.session import Session
from twohats.bridge.tasks import Tasks
from twohats.flows import compose
from twohats.model.account import Account
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

SENTENCE = "Sleep and worry: three small habits that help, and when to ask. "
KEYS_A_SECOND = 50
_WINDOW_S = 30


@dataclass(frozen=True)
class Life:
    """`number` of this life in its profile. `secrets`: what the keyring holds; `ahead_s`: how far its clock goes before
    the computer's. Its chances come from `seed`."""

    folder: Path
    number: int
    seed: int
    secrets: Mapping[str, str]
    ahead_s: float


def text_of(number: str) -> str:
    """A post that nobody else writes."""
    return f"Note {number}. Sleep comes easier with a routine, and a walk before supper helps."


def vault_of(secrets: Mapping[str, str]) -> SessionVault:
    vault = SessionVault()
    for name, secret in secrets.items():
        vault.set(name, secret)
    return vault


def approve(house: House, accounts: Sequence[Account], number: str, window_s: int) -> str:
    """Writes, checks and approves a post, as desk and gate do; its id."""
    services, hat = house.services, accounts[0].hat
    now = services.clock()
    draft = compose.new_draft(services.new_id(), now, hat, (account.id for account in accounts))
    draft = compose.with_text(draft, text_of(number), now)
    services.drafts.save(draft)
    identity = next(one for one in services.profile.identities() if one.hat is hat)
    verdict = services.reviewer.review(draft, identity, accounts, services.profile.policy())
    approval = services.reviewer.approve(verdict)
    services.publisher.queue_up(verdict, approval, window_s)
    return approval.post_id


def live(life: Life, watcher: Connection) -> None:
    """Tells ("open",), ("typed", length), ("approving", number) and ("approved", number, post id)."""
    chance = random.Random(life.seed)
    application = QCoreApplication(["life"])
    ahead = timedelta(seconds=life.ahead_s)
    house = open_house(life.folder, vault_of(life.secrets), lambda: datetime.now(UTC) + ahead)
    tasks = Tasks()
    owner = Owner(house.services, tasks, lambda url: None)
    library = Library(house.services, tasks)
    session = Session(house.services, owner, tasks)
    pump = Pump(house.services, library, tasks, house.sender.take)
    pump.follow(session)
    pump.start()
    _answer_what_was_missed(house, chance)
    watcher.send(("open",))

    typed = itertools.count(1)
    begin = f"Life {life.number}: "

    def type_on() -> None:
        session.edit_text(begin + (SENTENCE * 20)[: next(typed)])
        watcher.send(("typed", len(session.draft.text)))

    keys = QTimer()
    keys.timeout.connect(type_on)
    keys.start(1000 // KEYS_A_SECOND)
    numbers = itertools.count(1)

    def post() -> None:
        number = f"{life.number}-{next(numbers)}"
        watcher.send(("approving", number))
        is_held = chance.random() < 0.2
        post_id = approve(house, _chosen(house, chance), number, _WINDOW_S if is_held else 0)
        watcher.send(("approved", number, post_id))
        if is_held:
            pump.hold(post_id, _WINDOW_S)
        pump.wake()
        posts.start(chance.randint(50, 600))

    posts = QTimer()
    posts.setSingleShot(True)
    posts.timeout.connect(post)
    posts.start(chance.randint(0, 250))
    application.exec()


def _chosen(house: House, chance: random.Random) -> list[Account]:
    """One to three accounts of one identity."""
    hat = Hat.PERSONAL if chance.random() < 0.3 else Hat.PROFESSIONAL
    accounts = [account for account in house.services.profile.accounts() if account.hat is hat]
    return chance.sample(accounts, min(len(accounts), chance.randint(1, 3)))


def _answer_what_was_missed(house: House, chance: random.Random) -> None:
    """The person reads what did not go, and mostly wants it to go."""
    for delivery in house.services.queue.in_state(DeliveryState.HELD, DeliveryState.FAILED):
        if chance.random() < 0.6:
            house.services.publisher.try_again(delivery.id)
