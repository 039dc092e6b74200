"""One rendition per account: the only source of both preview and payload."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from twohats.flows.order import Leader, as_follower, blog_of, linking, with_place
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

    def blog_of(self, accounts: Iterable[Account]) -> Account | None:
        """Which of the accounts could go first, so that the others lead to its post; None where that makes no sense."""
        return blog_of(accounts, self._networks)

    def leader(self, draft: Draft, accounts: Iterable[Account], identity: Identity, at: datetime) -> Leader | None:
        """Which of the accounts goes first, if that is wished; None otherwise."""
        blog = self.blog_of(accounts) if draft.blog_first else None
        network = linking(self._networks.get(blog.network)) if blog else None
        if blog is None or network is None:
            return None
        return Leader(blog.id, network.link_to_come(self.render(draft, blog, identity, at), blog))

    def render(
        self, draft: Draft, account: Account, identity: Identity, at: datetime, leader: Leader | None = None
    ) -> Rendition:
        """The draft as this account will get it if approved at `at`; behind the leader, if there is one.

        Raises BadInput when no network of that name is there (a plug-in taken away).
        """
        network = self._networks.get(account.network)
        if network is None:
            raise BadInput("network_missing", network=account.network)
        if leader is None or leader.account_id == account.id:
            return network.render(_with_disclaimer(draft, identity), account, identity, at)
        led = _with_disclaimer(with_place(draft, account, leader, self._networks), identity)
        return as_follower(network.render(led, account, identity, at), leader)

    def render_all(
        self, draft: Draft, accounts: Iterable[Account], identity: Identity, at: datetime
    ) -> tuple[Rendition, ...]:
        """One rendition per account, in their order."""
        chosen = tuple(accounts)
        leader = self.leader(draft, chosen, identity, at)
        return tuple(self.render(draft, account, identity, at, leader) for account in chosen)


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
