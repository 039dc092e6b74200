"""Where a delivery goes: its account and network, compared once more with what was approved."""

from collections.abc import Mapping

from twohats.model.account import Account
from twohats.model.delivery import Delivery
from twohats.model.errors import BadInput, NotApproved
from twohats.model.ports import Network, ProfileStore


class Places:
    """Asked before anything leaves for an account, or is changed there."""

    def __init__(self, profile: ProfileStore, networks: Mapping[str, Network]) -> None:
        self._profile = profile
        self._networks = networks

    def account(self, account_id: str) -> Account | None:
        """The account of that id; None when it is gone."""
        return next((account for account in self._profile.accounts() if account.id == account_id), None)

    def of(self, delivery: Delivery) -> tuple[Account, Network]:
        """Raises NotApproved when the account is gone, or is not the one that was approved; BadInput without its
        network."""
        account = self.account(delivery.account_id)
        if account is None:
            raise NotApproved("account_gone")
        if account.hat is not delivery.hat or delivery.rendition.account_id != account.id:
            raise NotApproved("other_hat")
        network = self._networks.get(account.network)
        if network is None:
            raise BadInput("network_missing", network=account.network)
        return account, network
