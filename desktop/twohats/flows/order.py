"""The blog first: the others wait until its post is out, and lead to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from twohats.model.account import Account
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.plan import Keeper
from twohats.model.ports import GivesLinks, Network, PlanStore, ProfileStore, QueueStore
from twohats.model.rendition import AFTER, LINK_TO_COME, Rendition

_NOTE_LINK, _NOTE_AFTER = "link_follows", "after_blog"
_GONE = (DeliveryState.CANCELLED, DeliveryState.TAKEN_DOWN)


@dataclass(frozen=True, slots=True)
class Leader:
    """The account whose post goes first, and what stands for that post's address in the others."""

    account_id: str
    place: str


def blog_of(accounts: Iterable[Account], networks: Mapping[str, Network]) -> Account | None:
    """The first of them whose posts get an address, if there are others to lead to it."""
    chosen = tuple(accounts)
    blogs = (account for account in chosen if _gives_links(account, networks))
    return next(blogs, None) if len(chosen) > 1 else None


def linking(network: object) -> GivesLinks | None:
    """A network as one whose posts get addresses; None where they do not."""
    return network if isinstance(network, GivesLinks) else None


def with_place(draft: Draft, account: Account, leader: Leader, networks: Mapping[str, Network]) -> Draft:
    """The draft as one of the others gets it: with a place for the link below its words. Blogs go without one."""
    if linking(networks.get(account.network)) is not None:
        return draft
    wordings = tuple(replace(one, parts=_below_last(one.parts, leader.place)) for one in draft.wordings)
    has_words = bool(draft.text.strip()) or bool(draft.media)
    text = f"{draft.text.rstrip()}\n\n{leader.place}".lstrip() if has_words else draft.text
    return replace(draft, text=text, wordings=wordings)


def as_follower(rendition: Rendition, leader: Leader) -> Rendition:
    """A rendition that waits for the leader's post; what was approved says so. One that has lost the place of the link
    has the problem "link_no_room"."""
    payload = {**rendition.payload, AFTER: leader.account_id}
    if "parts" not in rendition.payload:
        return replace(rendition, payload=payload, notes=(*rendition.notes, _NOTE_AFTER))
    if rendition.parts and not any(leader.place in part.text for part in rendition.parts):
        is_known = "too_long" in rendition.problems or "empty" in rendition.problems
        problems = rendition.problems if is_known else (*rendition.problems, "link_no_room")
        return replace(rendition, payload=payload, problems=problems)
    return replace(rendition, payload={**payload, LINK_TO_COME: leader.place}, notes=(*rendition.notes, _NOTE_LINK))


class Order:
    """Lets deliveries go once the one before them is out. Reads and writes the store alone; safe on any thread."""

    def __init__(
        self, *, queue: QueueStore, plans: PlanStore, profile: ProfileStore, networks: Mapping[str, Network]
    ) -> None:
        self._queue = queue
        self._plans = plans
        self._profile = profile
        self._networks = networks

    def release(self) -> Sequence[Delivery]:
        """Those that may go now, their link written down; and those held, since there will be none."""
        moved = []
        for delivery in self._queue.waiting_for_others():
            after = self._released(delivery)
            if after is not None and self._queue.save(after, DeliveryState.WAITING):
                moved.append(after)
        return moved

    def behind(self, delivery: Delivery) -> Sequence[Delivery]:
        """What has yet to follow this one, and can still be given up."""
        return [
            one
            for one in self._queue.of_post(delivery.post_id)
            if one.after_id == delivery.id
            and one.has_yet_to_follow
            and one.state in (DeliveryState.WAITING, DeliveryState.HELD)
        ]

    def leader(self, delivery: Delivery) -> Delivery | None:
        """What has to be out before this one; None where it waits for none."""
        return self._queue.get(delivery.after_id) if delivery.after_id else None

    def since(self, delivery: Delivery) -> datetime | None:
        """From when on it could leave, where that hung on another: None where it did not, or where its network kept the
        other, and nobody saw when it came out."""
        leader = self.leader(delivery)
        if leader is None or leader.receipt is None:
            return None
        kept = self._plans.of_delivery(leader.id)
        return leader.receipt.sent_at if kept is None or kept.keeper is Keeper.HERE else None

    def _released(self, delivery: Delivery) -> Delivery | None:
        leader = self.leader(delivery)
        if leader is None or leader.state in _GONE:
            return delivery.held("blog_gone")
        if leader.state is not DeliveryState.SENT or leader.receipt is None or leader.receipt.waits_there:
            return None
        place = delivery.rendition.payload.get(LINK_TO_COME, "")
        if not place:
            return delivery.followed(leader.receipt.url)
        account = next((one for one in self._profile.accounts() if one.id == leader.account_id), None)
        network = linking(self._networks.get(leader.rendition.network))
        if account is None or network is None:
            return delivery.held("blog_link_unknown")
        link = network.link_of(leader.receipt, account, len(place))
        return delivery.followed(link) if link else delivery.held("blog_link_unknown")


def _gives_links(account: Account, networks: Mapping[str, Network]) -> bool:
    network = linking(networks.get(account.network))
    return network is not None and network.gives_links(account)


def _below_last(parts: tuple[str, ...], words: str) -> tuple[str, ...]:
    last = max((number for number, part in enumerate(parts) if part.strip()), default=None)
    if last is None:
        return parts
    return (*parts[:last], f"{parts[last].rstrip()}\n\n{words}", *parts[last + 1 :])
