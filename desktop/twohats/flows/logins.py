"""Accounts with their secrets, renewed before they end; a new secret is kept before anything is sent with it."""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from twohats.model.account import Account
from twohats.model.errors import NetworkError, SignedOut
from twohats.model.ports import Clock, Login, Network, ProfileStore, Renewal, Vault

EXPIRES_AT = "expires_at"
"""The setting of an account that says when its secret ends: ISO 8601, UTC."""

_Result = TypeVar("_Result")
_AHEAD = timedelta(minutes=5)
_AHEAD_SHARE = 0.2  # of what is left when it was made: a token of 60 days is renewed 12 days ahead
_LONGEST_AHEAD = timedelta(days=12)


class Logins:
    """Safe on any thread: two that find the same secret ending renew it once."""

    def __init__(
        self, profile: ProfileStore, networks: Mapping[str, Network], vault: Callable[[], Vault], clock: Clock
    ) -> None:
        self._profile = profile
        self._networks = networks
        self._vault = vault
        self._clock = clock
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def act(self, account: Account, network: Network, act: Callable[[Login], _Result]) -> _Result:
        """What `act` gives with the account's login. Where that was refused, it is renewed, and tried once more: a
        refused login means that nothing was taken. Raises what `act` does, SignedOut, VaultError."""
        login = self.of(account, network)
        try:
            return act(login)
        except SignedOut:
            renewed = self._renewed(login, network)
            if renewed is None:
                raise
        return act(renewed)

    def of(self, account: Account, network: Network) -> Login:
        """The login as it is kept, renewed if it ends soon. A fault in renewing is no reason not to try the old one."""
        login = self._kept(account, network)
        ends_at = expires_at(account)
        if ends_at is None or self._clock() < ends_at - _ahead(account, ends_at):
            return login
        try:
            return self._renewed(login, network) or login
        except NetworkError:
            if self._clock() < ends_at:
                return login
            raise

    def keep(self, account: Account, secret: str, more: Mapping[str, str]) -> None:
        """Into the keyring, what renews before what it renewed: a crash between them loses nothing."""
        vault = self._vault()
        for name, value in more.items():
            vault.set(secret_name(account.id, name), value)
        vault.set(secret_name(account.id), secret)

    def taken_out(self, account: Account, network: Network) -> Login:
        """The login as it was, out of the keyring. Raises VaultError."""
        vault = self._vault()
        names = [secret_name(account.id), *(secret_name(account.id, name) for name in network.more_secrets)]
        kept = {name: vault.get(name) for name in names}
        for name, value in kept.items():
            if value is not None:
                vault.delete(name)
        more = {name: kept[secret_name(account.id, name)] or "" for name in network.more_secrets}
        return Login(account, kept[secret_name(account.id)] or "", more)

    def more_of(self, account: Account, network: Network) -> Mapping[str, str]:
        """What the keyring holds beside the secret, by name; what is not there is left out. Raises VaultError."""
        if not network.more_secrets:
            return {}
        vault = self._vault()
        kept = {name: vault.get(secret_name(account.id, name)) for name in network.more_secrets}
        return {name: value for name, value in kept.items() if value}

    def _kept(self, account: Account, network: Network) -> Login:
        if not network.needs_secret:
            return Login(account)
        vault = self._vault()
        secret = vault.get(secret_name(account.id))
        if not secret:
            raise SignedOut("secret_missing")
        more = {name: vault.get(secret_name(account.id, name)) or "" for name in network.more_secrets}
        return Login(account, secret, more)

    def _renewed(self, login: Login, network: Network) -> Login | None:
        """None where this network renews nothing."""
        account = login.account
        with self._locks[account.id]:
            now = self._kept(account, network)
            if now.secret != login.secret:
                return replace(now, account=self._account(account))  # another thread, or another process, was first
            renewal = network.renew(login)
            if renewal is None:
                return None
            self.keep(account, renewal.secret, renewal.more)
            account = self._with_end(self._account(account), renewal)
            self._profile.save_account(account)
        return Login(account, renewal.secret, {**login.more, **renewal.more})

    def _account(self, account: Account) -> Account:
        return next((one for one in self._profile.accounts() if one.id == account.id), account)

    def _with_end(self, account: Account, renewal: Renewal) -> Account:
        settings = lasting(account.settings)
        if renewal.expires_at is not None:
            settings |= {EXPIRES_AT: renewal.expires_at.isoformat(), "renewed_at": self._clock().isoformat()}
        return replace(account, settings=settings)


def expires_at(account: Account) -> datetime | None:
    """When the account's secret ends; None when it does not, or is not known to."""
    return _moment(account.settings.get(EXPIRES_AT, ""))


def lasting(settings: Mapping[str, str]) -> dict[str, str]:
    """The settings of an account without those that tell of one secret's life."""
    return {name: value for name, value in settings.items() if name not in (EXPIRES_AT, "renewed_at")}


def secret_name(account_id: str, name: str = "") -> str:
    """The vault's name for an account's secret, or for one of the further ones."""
    return f"account-{account_id}-{name}" if name else f"account-{account_id}"


def _ahead(account: Account, ends_at: datetime) -> timedelta:
    renewed_at = _moment(account.settings.get("renewed_at", ""))
    life = ends_at - renewed_at if renewed_at else timedelta()
    return max(_AHEAD, min(_LONGEST_AHEAD, life * _AHEAD_SHARE))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
