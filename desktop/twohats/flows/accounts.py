"""Connecting accounts to a hat, and letting them go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from twohats.flows.publish import secret_name
from twohats.model.account import Account, account_of
from twohats.model.errors import BadInput
from twohats.model.identity import Hat
from twohats.model.ports import Login, Network, NewId, Profile, ProfileStore, Vault


@dataclass(frozen=True, slots=True)
class PendingAccount:
    """A login that works, waiting for "You connected ... as Professional. Right?". The secret never shows in a repr."""

    login: Login
    profile: Profile

    @property
    def hat(self) -> Hat:
        return self.login.account.hat


class Accounts:
    """Adds and removes accounts. May block on the network and the keyring."""

    def __init__(
        self, profile: ProfileStore, networks: Mapping[str, Network], vault: Callable[[], Vault], new_id: NewId
    ) -> None:
        self._profile = profile
        self._networks = networks
        self._vault = vault
        self._new_id = new_id

    def add_folder(self, hat: Hat, path: Path, preset: str, site_url: str = "") -> Account:
        """A blog folder; made if it is not there. Raises BadInput("folder_not_writable") and the network's own."""
        _make(path)
        settings = {"path": str(path), "preset": preset}
        if site_url:
            settings["site_url"] = site_url
        account = account_of(hat, id=self._new_id(), network="folder", label="Blog folder", settings=settings)
        self._networks["folder"].verify(Login(account))
        self._profile.save_account(account)
        return account

    def move_folder(self, account: Account, path: Path, preset: str) -> Account:
        """The same account on another folder or preset."""
        _make(path)
        moved = replace(account, settings={**account.settings, "path": str(path), "preset": preset})
        self._networks["folder"].verify(Login(moved))
        self._profile.save_account(moved)
        return moved

    def try_login(self, hat: Hat, network: str, settings: Mapping[str, str], secret: str) -> PendingAccount:
        """Asks the network who this is. Nothing is kept until `confirm`. Raises NetworkError, BadInput."""
        account = account_of(hat, id=self._new_id(), network=network, label="", settings=settings)
        profile = self._networks[network].verify(Login(account, secret))
        known = replace(
            account,
            label=profile.name,
            handle=profile.handle,
            settings={**account.settings, **dict(profile.settings)},
        )
        return PendingAccount(Login(known, secret), profile)

    def confirm(self, pending: PendingAccount, label: str = "") -> Account:
        """Keeps the account; the secret goes to the keyring first, so that no account stands without one."""
        account = replace(pending.login.account, label=label or pending.login.account.label)
        self._vault().set(secret_name(account.id), pending.login.secret)
        self._profile.save_account(account)
        return account

    def disconnect(self, account_id: str) -> Account | None:
        """Forgets an account, at once; what was waiting for it is held. Its secret goes by `forget_secret`."""
        account = next((a for a in self._profile.accounts() if a.id == account_id), None)
        self._profile.delete_account(account_id)
        return account

    def forget_secret(self, account: Account) -> None:
        """Takes the secret out of the keyring and tells the network. Raises VaultError, NetworkError."""
        secret = self._vault().get(secret_name(account.id))
        self._vault().delete(secret_name(account.id))
        if secret:
            self.revoke(Login(account, secret))

    def revoke(self, login: Login) -> None:
        """Tells the network that the login is no longer wanted. Raises NetworkError."""
        network = self._networks.get(login.account.network)
        if network is not None:
            network.revoke(login)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput("folder_not_writable", path=str(folder)) from problem
