"""`twohats deliver`: sends what is due without a window. The system's scheduler starts it now and then.

Exit codes: 0 all that was due is out, nothing was due, or a running Two Hats sends itself; 1 something waits for the
person; 3 the profile cannot be opened. What it says are counts, never a word of a post.

With `--timer` it sends nothing, and tells or changes whether the scheduler starts this copy: 0 when it does, or does no
more if that was the wish; 1 otherwise.
"""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from twohats.gui import wording
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.errors import NetworkError, VaultError
from twohats.model.plan import read_anew

if TYPE_CHECKING:
    from twohats.app import House
    from twohats.store.database import Store

EXIT_DONE, EXIT_ASKS = 0, 1
_ASKING = (DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.UNKNOWN)
_LOOKED_FOR = timedelta(hours=1)  # what is not found by then waits for the window, and the person
_MOST_ROUNDS = 20  # what becomes due while others are sent goes along


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "deliver",
        help="send what is due, without a window; for the system's scheduler",
        epilog="Exit codes: 0 done, or nothing to do; 1 something waits for you, or the timer is not there; "
        "3 the profile cannot be opened.",
    )
    parser.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")
    parser.add_argument(
        "--timer",
        choices=("install", "remove", "state"),
        help="send nothing: have the system's scheduler do it every two minutes, or no more, or tell whether it does",
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """The exit code. Raises TwoHatsError when the profile cannot be opened, or the timer not be changed."""
    from twohats.store.key import FILE_NAME

    folder = Path(chosen.home) if chosen.home else _usual_folder()
    if chosen.timer:
        return _time(folder, chosen.timer)
    if not ((folder / FILE_NAME).exists() and _has_work(folder)):
        print(wording.sentence("cli", "nothing_due"))
        return EXIT_DONE
    from twohats.app import open_house

    house = open_house(folder)
    try:
        return send_due(house)
    finally:
        house.close()


def _time(folder: Path, wish: str) -> int:
    from twohats.gui.timer_words import timer_sentence
    from twohats.system_timer.timer import SystemTimer

    timer = SystemTimer(folder)
    state = {"install": timer.install, "remove": timer.remove, "state": timer.state}[wish]()
    print(timer_sentence(state))
    return EXIT_DONE if state.is_installed == (wish != "remove") else EXIT_ASKS


def send_due(house: "House") -> int:
    """Sends what is due, unless a running Two Hats does so; says how much. The exit code."""
    if not house.sender.take():
        print(wording.sentence("cli", "window_sends"))
        return EXIT_DONE
    services = house.services
    moved = list(services.publisher.recover())
    stayed = services.publisher.planner.read_zones_anew().stayed
    moved += _looked_for(house)
    is_tagger_loaded = False
    for _ in range(_MOST_ROUNDS):
        moved += services.publisher.order.release()
        due = services.queue.due(services.clock())
        if not due:
            break
        if not is_tagger_loaded:
            house.load_tagger()  # what was approved with it is checked with it again
            is_tagger_loaded = True
        sent = [services.publisher.deliver(delivery.id) for delivery in due]
        if not any(sent):
            break  # another hand has them
        moved += [delivery for delivery in sent if delivery is not None]
    _look_after(house)
    return _tell(moved, len(stayed))


def _usual_folder() -> Path:
    from twohats.app import data_folder

    return data_folder()


def _has_work(folder: Path) -> bool:
    """Looks into the store alone: most runs find nothing, and need neither the networks nor the check."""
    from twohats.store.database import open_store
    from twohats.store.key import key_for
    from twohats.vault.keyring_vault import KeyringVault

    store = open_store(folder, key_for(folder, KeyringVault()))
    try:
        now = datetime.now(UTC)
        due = store.queue.next_due()
        lost = store.queue.in_state(DeliveryState.UNKNOWN)
        return bool(
            (due is not None and due <= now)
            or store.queue.in_state(DeliveryState.SENDING)
            or any(one.started_at is None or now - one.started_at < _LOOKED_FOR for one in lost)
            or any(now - kept.plan.at < _LOOKED_FOR for kept in store.plans.to_settle(now))
            or any(_may_follow(store, one) for one in store.queue.waiting_for_others())
            or any(read_anew(kept.plan) != kept.plan for kept in store.plans.in_state(DeliveryState.WAITING))
        )
    finally:
        store.close()


def _may_follow(store: "Store", delivery: Delivery) -> bool:
    leader = store.queue.get(delivery.after_id)
    return leader is None or (leader.is_over and not (leader.receipt and leader.receipt.waits_there))


def _looked_for(house: "House") -> list[Delivery]:
    """What was cut off or lost its answer is looked for on its network; what is there is not sent again."""
    found = []
    for delivery in house.services.queue.in_state(DeliveryState.UNKNOWN):
        looked = house.services.publisher.look(delivery.id)
        if looked is not None:
            found.append(looked)
    return found


def _look_after(house: "House") -> None:
    planner = house.services.publisher.planner
    for kept in planner.to_settle():
        try:
            planner.look_after(kept.delivery_id)
        except (NetworkError, VaultError):
            continue  # the next run asks again


def _tell(moved: list[Delivery], stayed: int) -> int:
    """`stayed`: how many planned posts their networks did not move with the clocks of their zones."""
    last = {delivery.id: delivery.state for delivery in moved}
    sent = sum(state is DeliveryState.SENT for state in last.values())
    asking = sum(state in _ASKING for state in last.values()) + stayed
    if sent:
        print(wording.sentence("cli", "delivered", count=sent))
    if asking:
        print(wording.sentence("cli", "delivery_asks", count=asking))
    if not (sent or asking):
        print(wording.sentence("cli", "nothing_due"))
    return EXIT_ASKS if asking else EXIT_DONE
