"""Connecting accounts to a hat, and letting them go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from twohats.flows.logins import Logins, lasting
from twohats.model.account import Account, account_of
from twohats.model.errors import BadInput, MixedIdentities
from twohats.model.identity import Hat
from twohats.model.ports import Browser, Grant, Login, Network, NewId, Profile, ProfileStore

AUDIENCE = "audience"
"""The setting of an account that says who may read its posts, where the network offers a choice."""


@dataclass(frozen=True, slots=True)
class PendingAccount:
    """A login that works, waiting for "You connected ... as Professional. Right?". The secret never shows in a repr.

    `is_ours_to_revoke`: the secret was made for us, and goes again if the answer is no.
    """

    login: Login
    profile: Profile
    is_ours_to_revoke: bool = False

    @property
    def hat(self) -> Hat:
        return self.login.account.hat


class Accounts:
    """Adds and removes accounts. May block on the network and the keyring."""

    def __init__(
        self,
        profile: ProfileStore,
        networks: Mapping[str, Network],
        logins: Logins,
        new_id: NewId,
        portrait_of: Callable[[bytes], str],
    ) -> None:
        """`portrait_of` makes a small picture in base64 of one from the network; empty when it is none."""
        self._profile = profile
        self._networks = networks
        self._logins = logins
        self._portrait_of = portrait_of
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

    def connect(
        self,
        network: str,
        way: str,
        given: Mapping[str, str],
        browser: Browser,
        instead_of: Account | None = None,
    ) -> tuple[Grant, ...]:
        """Signs in by one of the network's ways. More than one grant: the person chooses. What `instead_of` keeps in
        the keyring stands in for what was left empty.

        Raises NetworkError, BadInput, VaultError."""
        place = self._networks[network]
        kept = self._logins.more_of(instead_of, place) if instead_of else {}
        whole = {name: value or kept.get(name, "") for name, value in given.items()}
        return tuple(place.connect(way, whole, browser))

    def look(
        self, hat: Hat, network: str, grant: Grant, instead_of: Account | None = None, *, made_for_us: bool = False
    ) -> PendingAccount:
        """Asks the network who this is. Nothing is kept until `confirm`. `instead_of`: the account that signs in anew,
        and stays the one that drafts and deliveries know, with what the person has set for it. Raises NetworkError,
        BadInput, MixedIdentities."""
        if instead_of is not None and (instead_of.hat is not hat or instead_of.network != network):
            raise MixedIdentities("mixed_identities")
        account_id = instead_of.id if instead_of else self._new_id()
        account = account_of(hat, id=account_id, network=network, label=grant.label, settings=grant.settings)
        profile = self._networks[network].verify(Login(account, grant.secret, grant.more))
        portrait = self._portrait_of(profile.picture) if profile.picture else ""
        settings = {
            **_chosen_before(instead_of, profile),
            **account.settings,
            **dict(profile.settings),
            **({"portrait": portrait} if portrait else {}),
        }
        label = instead_of.label if instead_of else profile.name
        known = replace(account, label=label, handle=profile.handle, settings=settings)
        return PendingAccount(Login(known, grant.secret, grant.more), profile, made_for_us)

    def confirm(self, pending: PendingAccount, label: str = "") -> Account:
        """Keeps the account; the secret goes to the keyring first, so that no account stands without one."""
        account = replace(pending.login.account, label=label or pending.login.account.label)
        if self._networks[account.network].needs_secret:
            self._logins.keep(account, pending.login.secret, pending.login.more)
        self._profile.save_account(account)
        return account

    def disconnect(self, account_id: str) -> Account | None:
        """Forgets an account, at once; what was waiting for it is held. Its secret goes by `forget_secret`."""
        account = next((a for a in self._profile.accounts() if a.id == account_id), None)
        self._profile.delete_account(account_id)
        return account

    def forget_secret(self, account: Account) -> None:
        """Takes the secret out of the keyring and tells the network. Raises VaultError, NetworkError."""
        network = self._networks.get(account.network)
        if network is None:
            return
        login = self._logins.taken_out(account, network)
        if login.secret:
            network.revoke(login)

    def revoke(self, login: Login) -> None:
        """Tells the network that the login is no longer wanted. Raises NetworkError."""
        network = self._networks.get(login.account.network)
        if network is not None:
            network.revoke(login)


def _chosen_before(account: Account | None, profile: Profile) -> Mapping[str, str]:
    """What stays of an account that signs in anew. Who may read its posts stays even if its name has changed."""
    if account is None:
        return {}
    if account.handle == profile.handle:
        return lasting(account.settings)
    return {name: value for name, value in account.settings.items() if name == AUDIENCE}


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput("folder_not_writable", path=str(folder)) from problem
