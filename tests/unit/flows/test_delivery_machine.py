"""Deliveries under whatever happens, in any order: faults, crashes, a second process, clocks that are set. Real store
and Publisher, before a network that refuses nothing twice and takes whatever reaches it."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule
from tests.fakes.networks import PretendNetwork
from tests.unit.store.posts import post

from twohats.flows.logins import Logins, secret_name
from twohats.flows.publish import Publisher
from twohats.model.account import Account, account_of
from twohats.model.delivery import _MOVES, Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import NetworkError, OutcomeUnknown, Refused, SignedOut, TooFast, Unreachable
from twohats.model.finding import CheckResult
from twohats.model.identity import Hat, Identity
from twohats.model.policy import Policy
from twohats.model.ports import Journal, Login, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition, is_to_come, link_to_come
from twohats.store.database import Store, fresh_key, open_store
from twohats.vault.keyring_vault import SessionVault

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ACCOUNTS = {
    hat: tuple(account_of(hat, id=f"{hat.value}-{n}", network="shore", label=f"Shore {n}") for n in range(2))
    for hat in Hat
}
ANSWERS = (
    "taken",
    "taken, answer lost",
    "under way, answer lost",
    "lost on the way",
    "not reached",
    "too fast",
    "refused",
    "signed out",
    "killed before",
    "killed after",
)
ENDED = (DeliveryState.CANCELLED, DeliveryState.TAKEN_DOWN)
_ON_THE_WAY_S = 60.0


class Killed(BaseException):
    """The program ends here; nothing of it runs any more."""


class Time:
    """`true_s` passes; what the computer's clock shows can be set. Both in seconds."""

    def __init__(self) -> None:
        self.true_s = 0.0
        self.set_by_s = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.true_s + self.set_by_s)

    def monotonic(self) -> float:
        return self.true_s


class Shore(PretendNetwork):
    """Takes every request, the same one twice too. What is under way arrives up to a minute later."""

    def __init__(self, time: Time) -> None:
        super().__init__("shore", (Way("token"),))
        self.answer_with = "taken"
        self.can_tell = True
        self.taken: Counter[tuple[str, str]] = Counter()
        self.gone: set[tuple[str, str]] = set()
        self.under_way: list[tuple[float, tuple[str, str]]] = []
        self._time = time

    def gives_links(self, account: Account) -> bool:
        return True

    def link_to_come(self, rendition: Rendition, account: Account) -> str:
        return link_to_come("https://shore.example", 60)

    def link_of(self, receipt: Receipt, account: Account, longest: int) -> str:
        return receipt.url

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        assert not any(is_to_come(word) for word in rendition.payload["body"].split()), "the link is filled in"
        what, written = self.answer_with, (login.account.id, key)
        if what == "killed before":
            raise Killed
        if what in ("taken", "taken, answer lost", "killed after"):
            self.taken[written] += 1
        if what == "under way, answer lost":
            self.under_way.append((self._time.true_s + _ON_THE_WAY_S, written))
        if what == "killed after":
            raise Killed
        if what != "taken":
            self._fail(what)
        return Receipt(key, f"https://shore.example/{key}", self._time.now())

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        if not self.can_tell:
            raise OutcomeUnknown("cannot_tell")
        if (login.account.id, key) not in self.taken:
            return None
        return Receipt(key, f"https://shore.example/{key}", self._time.now())

    def delete(self, receipt: Receipt, login: Login) -> None:
        self.gone.add((login.account.id, receipt.remote_id))

    def arrive(self, whatever: bool = False) -> None:
        """What was under way long enough is there now; or all of it."""
        late = [one for one in self.under_way if not whatever and one[0] > self._time.true_s]
        for one in self.under_way:
            if one not in late:
                self.taken[one[1]] += 1
        self.under_way = late

    def _fail(self, what: str) -> NoReturn:
        problems: Mapping[str, NetworkError] = {
            "not reached": Unreachable("no_connection"),
            "too fast": TooFast("too_fast", 120.0),
            "refused": Refused("refused"),
            "signed out": SignedOut("signed_out"),
        }
        raise problems.get(what, OutcomeUnknown("no_answer"))


class SameRules:
    """Nothing was found, then or now. Meets Checker."""

    version = "2026.11"

    def check(self, draft: Draft, identity: Identity, policy: Policy) -> CheckResult:
        return CheckResult(())


class Deliveries(RuleBasedStateMachine):
    """`process` 0 sends for the profile, and is the one that is killed; 1 is another on the same store."""

    deliveries = Bundle("deliveries")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="two-hats-machine-"))
        self.key = fresh_key()
        self.time = Time()
        self.shore = Shore(self.time)
        self.vault = SessionVault()
        self.approved: dict[str, Delivery] = {}
        self.states: dict[str, DeliveryState] = {}
        self.given_up: set[str] = set()
        self.numbers = 0
        self.stores = [open_store(self.folder, self.key), open_store(self.folder, self.key)]
        for accounts in ACCOUNTS.values():
            for account in accounts:
                self.stores[0].profile.save_account(account)
                self.vault.set(secret_name(account.id), "token")
        self.publishers = [self._publisher(store) for store in self.stores]

    def teardown(self) -> None:
        for store in getattr(self, "stores", ()):
            store.close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    # What happens.

    @rule(
        target=deliveries,
        hat=st.sampled_from(Hat),
        how_many=st.integers(1, 2),
        window_s=st.sampled_from((0, 20)),
        led=st.booleans(),
    )
    def approve(self, hat: Hat, how_many: int, window_s: int, led: bool) -> object:
        self.numbers += 1
        accounts: tuple[Account, ...] = ACCOUNTS[hat][:how_many]
        made = post(
            self.numbers,
            f"Note {self.numbers}.",
            accounts,
            hat,
            self.time.now() + timedelta(seconds=window_s),
            is_led=led,
        )
        self.stores[0].queue.add(made.approval, made.deliveries, made.record)
        for delivery in made.deliveries:
            self.approved[delivery.id] = delivery
            self.states[delivery.id] = DeliveryState.WAITING
        return multiple(*(delivery.id for delivery in made.deliveries))

    @rule(what=st.sampled_from(ANSWERS), process=st.sampled_from((0, 0, 0, 1)))
    def send_what_is_due(self, what: str, process: int) -> None:
        self.shore.answer_with = what
        self.publishers[process].order.release()
        for delivery in self.stores[process].queue.due(self.time.now()):
            try:
                self.publishers[process].deliver(delivery.id)
            except Killed:
                self._end_and_start_again()
                return

    @rule(delivery_id=deliveries, what=st.sampled_from(ANSWERS))
    def both_processes_take_the_same(self, delivery_id: str, what: str) -> None:
        self.shore.answer_with = what
        before = self.shore.taken[self._written(delivery_id)]
        try:
            for publisher in self.publishers:
                publisher.deliver(delivery_id)
        except Killed:
            self._end_and_start_again()
        assert self.shore.taken[self._written(delivery_id)] <= before + 1

    @rule(delivery_id=deliveries, can_tell=st.booleans())
    def look(self, delivery_id: str, can_tell: bool) -> None:
        self.shore.can_tell = can_tell
        self.publishers[0].look(delivery_id)

    @rule()
    def crash(self) -> None:
        self._end_and_start_again()

    @rule(seconds=st.sampled_from((1.0, 15.0, 59.0, 61.0, 95.0, 1_000.0, 90_000.0)))
    def time_passes(self, seconds: float) -> None:
        self.time.true_s += seconds
        self.shore.arrive()

    @rule(seconds=st.sampled_from((-90_000.0, -3_600.0, -30.0, 30.0, 3_600.0, 90_000.0)))
    def the_clock_is_set(self, seconds: float) -> None:
        self.time.set_by_s += seconds

    # What the person does.

    @rule(delivery_id=deliveries)
    def undo(self, delivery_id: str) -> None:
        post_id = self.approved[delivery_id].post_id
        if self.publishers[0].undo(post_id):
            self.given_up |= {one.id for one in self.approved.values() if one.post_id == post_id}

    @rule(delivery_id=deliveries)
    def send_now(self, delivery_id: str) -> None:
        self.publishers[0].send_now(self.approved[delivery_id].post_id)

    @rule(delivery_id=deliveries)
    def try_again(self, delivery_id: str) -> None:
        self.publishers[0].try_again(delivery_id)

    @rule(delivery_id=deliveries)
    def cancel(self, delivery_id: str) -> None:
        if self.publishers[0].cancel(delivery_id):
            self.given_up |= {delivery_id, *(one.id for one in self.approved.values() if one.after_id == delivery_id)}

    @rule(delivery_id=deliveries)
    def settle(self, delivery_id: str) -> None:
        """The person looks at the page, later than anything could still arrive, and says what is there."""
        if self._written(delivery_id) not in {written for _, written in self.shore.under_way}:
            self.publishers[0].settle(delivery_id, self._is_there(delivery_id))

    @rule(delivery_id=consumes(deliveries))
    def take_down(self, delivery_id: str) -> None:
        if self.publishers[0].take_down(delivery_id):
            self.given_up.add(delivery_id)

    # What holds, whatever happened.

    @invariant()
    def nothing_is_there_twice_or_under_another_hat(self) -> None:
        under_way = Counter(written for _, written in getattr(self, "shore", Shore(Time())).under_way)
        found = self.shore.taken + under_way if self._is_open() else Counter[tuple[str, str]]()
        approved = {self._written(delivery_id) for delivery_id in self.approved} if found else set()
        assert set(found) <= approved
        assert all(count == 1 for count in found.values())

    @invariant()
    def nothing_is_lost(self) -> None:
        if not self._is_open():
            return
        kept = {one.id: one for one in self.stores[0].queue.in_state(*DeliveryState)}
        assert set(kept) == set(self.approved)
        for delivery_id, delivery in kept.items():
            match delivery.state:
                case DeliveryState.SENT | DeliveryState.TAKEN_DOWN:
                    assert self._is_there(delivery_id)
                case DeliveryState.CANCELLED:
                    assert delivery_id in self.given_up
                case DeliveryState.HELD | DeliveryState.FAILED | DeliveryState.UNKNOWN:
                    assert delivery.problem, "what needs the person says why"
                case DeliveryState.SENDING:
                    raise AssertionError("nobody is sending now")
                case _:
                    assert delivery.due_at is not None

    @invariant()
    def nothing_goes_before_what_it_follows(self) -> None:
        for delivery in self.approved.values() if self._is_open() else ():
            if delivery.after_id and self._is_there(delivery.id):
                assert self._is_there(delivery.after_id)

    @invariant()
    def states_move_by_the_table(self) -> None:
        if not self._is_open():
            return
        for delivery in self.stores[1].queue.in_state(*DeliveryState):
            before = self.states[delivery.id]
            assert delivery.state in _reached(before), (before, delivery.state)
            self.states[delivery.id] = delivery.state

    @invariant()
    def the_records_hold(self) -> None:
        if self._is_open():
            assert self.stores[0].records.first_broken() is None

    def _is_open(self) -> bool:
        return hasattr(self, "publishers")

    def _publisher(self, store: Store) -> Publisher:
        networks = {"shore": self.shore}
        return Publisher(
            queue=store.queue,
            plans=store.plans,
            drafts=store.drafts,
            profile=store.profile,
            networks=networks,
            logins=Logins(store.profile, networks, lambda: self.vault, self.time.now),
            checker=SameRules(),
            clock=self.time.now,
            new_id=lambda: "",
            pause=lambda seconds: None,
        )

    def _end_and_start_again(self) -> None:
        self.shore.arrive(whatever=True)
        self.stores[0].close()
        self.stores[0] = open_store(self.folder, self.key)
        self.publishers[0] = self._publisher(self.stores[0])
        self.publishers[0].recover()

    def _written(self, delivery_id: str) -> tuple[str, str]:
        delivery = self.approved[delivery_id]
        return delivery.account_id, delivery.key

    def _is_there(self, delivery_id: str) -> bool:
        return self._written(delivery_id) in self.shore.taken


def _reached(state: DeliveryState) -> set[DeliveryState]:
    """Within one event: a move, or the attempt and how it ended, or what a start made of it."""
    once = _MOVES[state]
    return {state, *once, *(further for one in once for further in _MOVES[one])}


Deliveries.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
TestDeliveries = Deliveries.TestCase
