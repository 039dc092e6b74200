"""A place where no program may post, such as a Facebook profile: the person copies the text, and pastes it there.

Nothing is ever sent. The post goes the way of all others, through the check and the undo window; then it waits for the
person, who says whether it stands there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.dry_run import DryRun
from twohats.model.errors import BadInput, ByHand, Refused
from twohats.model.identity import Identity
from twohats.model.ports import Ask, Browser, Grant, Journal, Login, Profile, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Count, Rendition
from twohats.networks.http import host_of
from twohats.networks.limits import address_of, limits_of
from twohats.networks.social import Manner, payload_of, said
from twohats.networks.tools import NetworkTools
from twohats.networks.writing.counting import utf16_units
from twohats.networks.writing.entities import FACEBOOK as DIALECT


def make(tools: NetworkTools) -> "ByHandPlace":
    """Entry point of the group twohats.networks."""
    return ByHandPlace()


class ByHandPlace:
    """`account.settings`: "page", the address that is opened."""

    name = "byhand"
    needs_secret = False
    more_secrets = ()
    ways = (Way("page", (Ask("label"), Ask("page"))),)

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Nobody is asked. Raises BadInput("address_wrong")."""
        page = _address(given.get("page", ""))
        return (Grant(label=given.get("label", "").strip() or host_of(page), settings={"page": page}),)

    def renew(self, login: Login) -> None:
        """There is no login."""

    def verify(self, login: Login) -> Profile:
        """What the person said."""
        page = _address(login.account.settings.get("page", ""))
        return Profile(name=login.account.label or host_of(page), handle="", url=page, settings=(("page", page),))

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        """payload: "parts" (one: the text to copy), "card" (empty), "page"."""
        found = said(draft, account, _manner())
        return Rendition(
            account_id=account.id,
            network=self.name,
            title="",
            html="",
            payload=payload_of(found, page=_address(account.settings.get("page", ""))),
            count=found.count,
            problems=found.problems,
            parts=found.parts,
            card=found.card,
            pictures=found.pictures,
            notes=(*found.notes, *(("pictures_by_hand",) if found.pictures else ())),
        )

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Raises ByHand, always."""
        raise ByHand("by_hand", host=host_of(rendition.payload["page"]))

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """Raises ByHand, always."""
        raise ByHand("by_hand", host=host_of(rendition.payload["page"]))

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> None:
        """None: whatever was cut off, nothing was sent."""

    def delete(self, receipt: Receipt, login: Login) -> None:
        """Raises Refused, always."""
        raise Refused("taken_down_by_hand", host=host_of(login.account.settings.get("page", "")))

    def reactions(self, receipt: Receipt, login: Login) -> None:
        """Nobody lets us read them."""

    def revoke(self, login: Login) -> None:
        """There is nothing to end."""


def _manner() -> Manner:
    limits = limits_of("byhand")

    def count(text: str) -> Count:
        return Count(utf16_units(text), limits["text"]["most"])

    return Manner("byhand", DIALECT, count, most_pictures=limits["pictures"]["most"], has_threads=False)


def _address(typed: str) -> str:
    """A whole address of what was typed; the usual page of nothing. Raises BadInput("address_wrong")."""
    typed = typed.strip()
    if not typed:
        return address_of("byhand", "page")
    whole = typed if "://" in typed else f"https://{typed}"
    host = host_of(whole)
    if "." not in host or urlsplit(whole).scheme not in ("https", "http") or any(sign.isspace() for sign in whole):
        raise BadInput("address_wrong", host=host)
    return whole
