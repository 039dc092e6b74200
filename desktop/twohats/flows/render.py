"""One rendition per account: the only source of both preview and payload."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.errors import BadInput
from twohats.model.identity import Hat, Identity
from twohats.model.ports import Network
from twohats.model.rendition import Rendition


class Renderer:
    """Turns a draft into what each account's network would get."""

    def __init__(self, networks: Mapping[str, Network]) -> None:
        self._networks = networks

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """The draft as this account will get it if approved at `at`.

        Raises BadInput when no network of that name is there (a plug-in taken away).
        """
        network = self._networks.get(account.network)
        if network is None:
            raise BadInput("network_missing", network=account.network)
        return network.render(_with_disclaimer(draft, identity), account, identity, at)

    def render_all(
        self, draft: Draft, accounts: Iterable[Account], identity: Identity, at: datetime
    ) -> tuple[Rendition, ...]:
        """One rendition per account, in their order."""
        return tuple(self.render(draft, account, identity, at) for account in accounts)


def _with_disclaimer(draft: Draft, identity: Identity) -> Draft:
    """The professional card's disclaimer stands under every professional post, in preview and payload alike."""
    words = identity.card.disclaimer.strip()
    if identity.hat is not Hat.PROFESSIONAL or not words:
        return draft
    wordings = tuple(replace(one, parts=_below_last(one.parts, words)) for one in draft.wordings)
    return replace(draft, text=_below_last((draft.text,), words)[0], wordings=wordings)


def _below_last(parts: tuple[str, ...], words: str) -> tuple[str, ...]:
    """`words` under the last part that says something; an empty one is not sent, and gets none."""
    last = max((number for number, part in enumerate(parts) if part.strip()), default=None)
    if last is None:
        return parts
    return (*parts[:last], f"{parts[last].rstrip()}\n\n{words}", *parts[last + 1 :])
