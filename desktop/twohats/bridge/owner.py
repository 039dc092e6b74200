"""The owner: identities, accounts, settings, and what the owner allows; and the connecting of accounts."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from twohats.bridge.learning import Learning
from twohats.bridge.moving import Moving
from twohats.bridge.retention import Retention
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.bridge.trial import Trial
from twohats.bridge.updates import Updates
from twohats.flows.accounts import PendingAccount
from twohats.model.account import Account
from twohats.model.delivery import DeliveryState
from twohats.model.errors import TwoHatsError
from twohats.model.finding import Severity
from twohats.model.identity import Hat, Identity
from twohats.model.policy import Allowance, Policy
from twohats.model.ports import Grant, Way
from twohats.model.settings import Settings
from twohats.system_timer.timer import TimerState


@dataclass(frozen=True, slots=True)
class ConnectedProfile:
    """Who signed in, for the question "Right?". `pending` goes back with the answer."""

    hat: Hat
    network: str
    name: str
    handle: str
    site_url: str
    site_title: str
    pending: PendingAccount


@dataclass(frozen=True, slots=True)
class GrantChoice:
    """Signing in opened more than one place: the person says which. It goes back with the one that was chosen."""

    hat: Hat
    network: str
    grants: tuple[Grant, ...]
    instead_of: Account | None = None


class SystemBrowser:
    """Meets Browser: one visit to a site's page, which the person may give up."""

    def __init__(self, open_url: Callable[[str], object]) -> None:
        self._open_url = open_url
        self._stopped = threading.Event()

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def open(self, url: str) -> object:
        return self._open_url(url)

    def stop(self) -> None:
        self._stopped.set()


class Owner(QObject):
    """Small things, read whole and kept in memory; every change is written at once.

    `learning` and `trial` are what the program learns of this owner's rules, and the quiet trial; `moving` takes all of
    it along into a file, or out of one; `retention` lets old records go; `updates` are newer versions of the program.
    """

    identities_changed = Signal()
    accounts_changed = Signal()
    settings_changed = Signal(object)
    policy_changed = Signal()
    account_found = Signal(object)
    grants_found = Signal(object)
    account_added = Signal(object)
    connect_failed = Signal(str, dict)
    connect_waiting = Signal(bool)
    timer_changed = Signal(object)
    timer_failed = Signal(str, dict)

    def __init__(
        self, services: Services, tasks: Tasks, open_url: Callable[[str], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._open_url = open_url
        self._identities = services.profile.identities()
        self._accounts: tuple[Account, ...] = tuple(services.profile.accounts())
        self._settings = services.profile.settings()
        self._policy = services.profile.policy()
        self._browser = SystemBrowser(open_url)
        self._timer: TimerState | None = None
        self.learning = Learning(services, self, tasks)
        self.trial = Trial(services, self)
        self.moving = Moving(services, tasks, self)
        self.retention = Retention(services, tasks, self)
        self.updates = Updates(services, self, tasks, self)
        self.moving.imported.connect(lambda _rows: self._read_anew())

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def policy(self) -> Policy:
        return self._policy

    def identity(self, hat: Hat) -> Identity:
        return self._identities[0] if hat is Hat.PERSONAL else self._identities[1]

    def identities(self) -> tuple[Identity, Identity]:
        """Personal first."""
        return self._identities

    def accounts(self, hat: Hat | None = None) -> tuple[Account, ...]:
        """The accounts of one hat, or all."""
        return tuple(a for a in self._accounts if hat is None or a.hat is hat)

    def account(self, account_id: str) -> Account | None:
        return next((a for a in self._accounts if a.id == account_id), None)

    def save_identity(self, identity: Identity) -> None:
        self._services.profile.save_identity(identity)
        self._identities = self._services.profile.identities()
        self._policy = self._services.profile.policy()  # the card is an allow list: its version has stepped
        self.identities_changed.emit()

    def save_settings(self, settings: Settings) -> None:
        self._services.profile.save_settings(settings)
        if settings.home_address != self._settings.home_address:
            self._read_policy()
        self._settings = settings
        self.settings_changed.emit(settings)

    # The system's timer, which sends planned posts without a window.

    def timer_state(self) -> TimerState | None:
        """As it was last seen; None before anybody looked."""
        return self._timer

    def look_at_timer(self) -> None:
        """`timer_changed` follows with a TimerState."""
        self._ask_timer(self._services.timer.state)

    def install_timer(self) -> None:
        """`timer_changed` follows, or `timer_failed` with a code and facts."""
        self._ask_timer(self._services.timer.install)

    def remove_timer(self) -> None:
        """`timer_changed` follows, or `timer_failed`."""
        self._ask_timer(self._services.timer.remove)

    def _ask_timer(self, work: Callable[[], TimerState]) -> None:
        def show(state: TimerState) -> None:
            self._timer = state
            self.timer_changed.emit(state)

        self._tasks.run(
            Lane.WIRE, work, show, lambda problem: self.timer_failed.emit(problem.code, dict(problem.facts))
        )

    def remembered_hat(self) -> Hat | None:
        """The hat of a new post: none, but for an owner who asked for the last one."""
        if not self._settings.remember_hat or not self._settings.last_hat:
            return None
        return Hat(self._settings.last_hat)

    def remember_hat(self, hat: Hat) -> None:
        if self._settings.remember_hat and self._settings.last_hat != hat.value:
            self.save_settings(replace(self._settings, last_hat=hat.value))

    # What is allowed.

    def allowances(self) -> tuple[Allowance, ...]:
        """Newest first."""
        return tuple(sorted(self._policy.allowances, key=lambda a: a.made_at, reverse=True))

    def add_allowance(self, allowance: Allowance) -> None:
        self._services.profile.add_allowance(allowance)
        self._read_policy()

    def remove_allowance(self, allowance_id: str) -> None:
        self._services.profile.remove_allowance(allowance_id)
        self._read_policy()

    def set_severity(self, rule: str, hat: Hat, severity: Severity | None) -> None:
        """How loud a rule is under a hat; None gives it back its own. Raises StoreError."""
        self._services.profile.set_severity(rule, hat, severity)
        self._read_policy()

    # Accounts.

    def add_folder(self, hat: Hat, path: str, preset: str, site_url: str = "") -> Account:
        """A blog folder, at once. Raises TwoHatsError."""
        account = self._services.accounts.add_folder(hat, Path(path), preset, site_url)
        self._read_accounts()
        self.account_added.emit(account)
        return account

    def move_folder(self, account: Account, path: str, preset: str) -> Account:
        """The same account on another folder. Raises TwoHatsError."""
        moved = self._services.accounts.move_folder(account, Path(path), preset)
        self._read_accounts()
        return moved

    def networks(self) -> tuple[str, ...]:
        """The names of the networks that can be connected."""
        return tuple(self._services.networks)

    def ways(self, network: str) -> tuple[Way, ...]:
        """How one can be connected, the easiest way first."""
        return self._services.networks[network].ways

    def can_sign_in(self, account: Account) -> bool:
        """Whether there is a login to renew, and a way to do it."""
        network = self._services.networks.get(account.network)
        return network is not None and network.needs_secret and bool(network.ways)

    def kept_secrets(self, network: str) -> tuple[str, ...]:
        """The names of what the keyring keeps beside a login there: whoever signs in anew need not give them again."""
        return tuple(self._services.networks[network].more_secrets)

    def waiting_for(self, account_id: str) -> int:
        """How many posts still wait to go to an account, or wait there for their time. Raises StoreError."""
        queue = self._services.queue
        on_its_way = list(queue.in_state(DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.HELD))
        kept_there = [queue.get(kept.delivery_id) for kept in self._services.publisher.planner.kept_there()]
        return sum(1 for delivery in (*on_its_way, *kept_there) if delivery and delivery.account_id == account_id)

    def now(self) -> datetime:
        """By the clock of the program, in UTC."""
        return self._services.clock()

    def save_account_settings(self, account_id: str, **chosen: str) -> None:
        """Keeps what the person has set for an account; an empty value forgets it. Raises StoreError."""
        account = next((a for a in self._services.profile.accounts() if a.id == account_id), None)
        if account is None:
            return
        settings = {name: value for name, value in {**account.settings, **chosen}.items() if value}
        self._services.profile.save_account(replace(account, settings=settings))
        self._read_accounts()

    def connect_account(
        self, hat: Hat, network: str, way: Way, given: Mapping[str, str], instead_of: Account | None = None
    ) -> None:
        """Signs in, with the system's browser where the way needs it. `account_found`, `grants_found` or
        `connect_failed` follows. `instead_of`: the account that signs in anew."""
        self.cancel_connect()
        browser = self._browser = SystemBrowser(self._open_url)
        self.connect_waiting.emit(True)

        def ask() -> PendingAccount | tuple[Grant, ...]:
            grants = self._services.accounts.connect(network, way.name, given, browser, instead_of)
            if len(grants) != 1:
                return grants
            return self._services.accounts.look(hat, network, grants[0], instead_of, made_for_us=way.comes_back)

        def show(found: PendingAccount | tuple[Grant, ...]) -> None:
            if browser.is_stopped:
                self._let_go(found)
            elif isinstance(found, PendingAccount):
                self._ask_whether_right(found)
            else:
                self.connect_waiting.emit(False)
                self.grants_found.emit(GrantChoice(hat, network, found, instead_of))

        self._tasks.run(Lane.WIRE, ask, show, lambda problem: self._tell_failed(problem, browser))

    def choose_grant(self, choice: GrantChoice, grant: Grant) -> None:
        """The person said which place of several."""
        browser = self._browser = SystemBrowser(self._open_url)
        self.connect_waiting.emit(True)
        self._tasks.run(
            Lane.WIRE,
            lambda: self._services.accounts.look(choice.hat, choice.network, grant, choice.instead_of),
            lambda found: None if browser.is_stopped else self._ask_whether_right(found),
            lambda problem: self._tell_failed(problem, browser),
        )

    def open_page(self, url: str) -> None:
        """In the system's browser."""
        self._open_url(url)

    def cancel_connect(self) -> None:
        self._browser.stop()
        self.connect_waiting.emit(False)

    def confirm_connection(self, found: ConnectedProfile) -> None:
        """The person said it is the right one: the secret goes to the keyring, the account to its hat."""
        self._tasks.run(
            Lane.WIRE,
            lambda: self._services.accounts.confirm(found.pending),
            self._welcome_account,
            lambda problem: self._tell_failed(problem, None),
        )

    def refuse_connection(self, found: ConnectedProfile) -> None:
        """It was the wrong one: nothing is kept here, and a password made for us goes from the site as well."""
        self._let_go(found.pending)

    def disconnect_account(self, account_id: str) -> None:
        """Forgets an account; its secret goes and the network is told in the background. Raises TwoHatsError."""
        account = self._services.accounts.disconnect(account_id)
        self._read_accounts()
        network = self._services.networks.get(account.network) if account is not None else None
        if account is not None and network is not None and network.needs_secret:
            # A site that cannot be told is no reason to keep the account; its owner can take the password back there.
            self._tasks.run(Lane.WIRE, lambda: self._services.accounts.forget_secret(account))

    def _ask_whether_right(self, pending: PendingAccount) -> None:
        self.connect_waiting.emit(False)
        settings = dict(pending.login.account.settings)
        self.account_found.emit(
            ConnectedProfile(
                hat=pending.hat,
                network=pending.login.account.network,
                name=pending.profile.name,
                handle=pending.profile.handle,
                site_url=settings.get("site_url", pending.profile.url),
                site_title=settings.get("site_title", ""),
                pending=pending,
            )
        )

    def _let_go(self, found: PendingAccount | tuple[Grant, ...]) -> None:
        if isinstance(found, PendingAccount) and found.is_ours_to_revoke:
            self._tasks.run(Lane.WIRE, lambda: self._services.accounts.revoke(found.login))

    def _tell_failed(self, problem: TwoHatsError, browser: SystemBrowser | None) -> None:
        """Nothing is said to somebody who has given up waiting meanwhile: they may be on another try."""
        if browser is not None and browser.is_stopped:
            return
        self.connect_waiting.emit(False)
        if problem.code != "connect_cancelled":
            self.connect_failed.emit(problem.code, dict(problem.facts))

    def _welcome_account(self, account: Account) -> None:
        self._read_accounts()
        self.account_added.emit(account)

    def _read_accounts(self) -> None:
        self._accounts = tuple(self._services.profile.accounts())
        self.accounts_changed.emit()

    def _read_policy(self) -> None:
        self._policy = self._services.profile.policy()
        self.policy_changed.emit()

    def _read_anew(self) -> None:
        """Everything came from a file."""
        self._identities = self._services.profile.identities()
        self._settings = self._services.profile.settings()
        self._read_policy()
        self.identities_changed.emit()
        self._read_accounts()
        self.settings_changed.emit(self._settings)
