"""What the flows ask of the rooms beside them: plain Protocols, so that nobody imports a neighbour."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from twohats.model.account import Account
from twohats.model.approval import Approval
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft, DraftSummary, DraftVersion
from twohats.model.dry_run import DryRun
from twohats.model.finding import CheckResult, Severity
from twohats.model.identity import Hat, Identity
from twohats.model.plan import KeptPlan
from twohats.model.policy import Allowance, Policy
from twohats.model.receipt import Receipt
from twohats.model.record import Record, RecordFilter
from twohats.model.rendition import Rendition
from twohats.model.settings import Settings
from twohats.model.tally import ProposalAnswer, Showing, Tally
from twohats.model.update import Package, SignedFeed

Clock = Callable[[], datetime]
NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Login:
    """An account with its secrets, for the length of one call. They never show in a repr.

    `secret` is what each request is signed with; `more` are those that only renewing it needs, by name.
    """

    account: Account
    secret: str = field(default="", repr=False)
    more: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the network says is signed in. `settings` are to be kept with the account; `picture` are the bytes of a
    portrait, empty where there is none."""

    name: str
    handle: str
    url: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that connecting needs from the person; its words are in the sentences of the network's way."""

    name: str
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way to connect. `opens` is the page where the person finds what is asked for, if there is one;
    `comes_back` says that the system's browser is opened and waited for."""

    name: str
    asks: tuple[Ask, ...] = ()
    opens: str = ""
    comes_back: bool = False


class Browser(Protocol):
    """The system's browser, as connecting sees it."""

    @property
    def is_stopped(self) -> bool:
        """The person has given up waiting."""
        ...

    def open(self, url: str) -> object: ...


@dataclass(frozen=True, slots=True)
class Grant:
    """What connecting gave. `settings` and `label` are not secret."""

    label: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    secret: str = field(default="", repr=False)
    more: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Renewal:
    """New secrets of a login; `more` those that changed with it. They are kept before anything is sent with them."""

    secret: str = field(repr=False)
    more: Mapping[str, str] = field(default_factory=dict, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wrote under one's own post. `url` leads there; `at` is aware UTC."""

    author: str
    text: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reactions:
    """Counts are None where the network does not tell. `replies` newest last, as many as it gave."""

    likes: int | None = None
    reposts: int | None = None
    reply_count: int | None = None
    replies: tuple[Reply, ...] = ()


PLANNED_FOR = "planned_for"
"""The step of a journal that says when (ISO 8601, UTC) the network is to publish by itself; empty: at once."""
DATED = "dated"
"""The step of a journal that says which date a planned post bears, where posts bear one; where it was moved, those
before as well, the newest last (ISO 8601, UTC, one space between)."""
PART = "part."
"""What the step of a journal begins with that says of a part of a post, by its number, that it is there."""
NOT_THERE = "not_there"
"""The step of a journal that says when (ISO 8601, UTC) the person looked and found nothing of what was tried before."""


class Journal(Protocol):
    """What earlier attempts of one delivery have done already, by step; on the disk before the next request leaves."""

    def read(self, step: str) -> str | None: ...

    def note(self, step: str, value: str) -> None:
        """Raises StoreError."""
        ...


class Checker(Protocol):
    """The boundary check. Never raises: a rule that failed makes the result incomplete."""

    @property
    def version(self) -> str:
        """Names what checks: with the same one, the same draft gives the same findings."""
        ...

    def check(self, draft: Draft, identity: Identity, policy: Policy) -> CheckResult: ...


class Network(Protocol):
    """One kind of place. All calls may block; they raise only NetworkError and BadInput.

    `ways` are the ways to connect, the easiest first; `more_secrets` the names of what `Login.more` holds.
    `Account.settings["expires_at"]` (ISO 8601, UTC), where it stands, is when the secret ends.
    """

    name: str
    needs_secret: bool
    ways: tuple[Way, ...]
    more_secrets: tuple[str, ...]

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        """Signs in by one of `ways`, with what was asked for by name. More than one grant: the person chooses one."""
        ...

    def renew(self, login: Login) -> Renewal | None:
        """New secrets for a login, before it ends or after it was refused; None where nothing can be renewed.

        Raises SignedOut when only signing in anew helps."""
        ...

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition: ...

    def verify(self, login: Login) -> Profile: ...

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        """Sends what `journal` does not say is there already. Raises StoppedMidway when a thread was cut short."""
        ...

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        """The post of an earlier attempt with this key; None if it, or the rest of its thread, certainly is not there:
        `publish` may go on then. What is found is noted in the journal.

        Raises OutcomeUnknown when the network cannot tell."""
        ...

    def delete(self, receipt: Receipt, login: Login) -> None:
        """Takes a post down, a thread from its end. What is gone already is fine."""
        ...

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        """Replies and likes of one's own post; None where the network does not let us read them.

        Where the network has `reactions_cost_mills`, more than 0, asking costs the owner up to so many thousandths of a
        US dollar: then only when the person asks, there and then, and never by itself."""
        ...

    def revoke(self, login: Login) -> None:
        """Ends the login there, where the network can."""
        ...


@runtime_checkable
class KeepsPlans(Protocol):
    """What a network has beside Network where it can keep a post until its time: `publish` then reads PLANNED_FOR in
    the journal, and its receipt says so (model.receipt.waits_there)."""

    def unfit_to_keep(self, rendition: Rendition, account: Account, at: datetime, now: datetime) -> str:
        """The code of why this cannot wait there until `at`; "" when it can, as far as can be told without asking.

        Where `publish` finds that it cannot after all, it raises Refused("not_kept_there"), and has sent nothing."""
        ...

    def replan(self, rendition: Rendition, receipt: Receipt, login: Login, at: datetime) -> Receipt:
        """Moves what waits there to another time. Raises Refused("out_already") when it does not wait any more."""
        ...

    def came_out(self, rendition: Rendition, receipt: Receipt, login: Login) -> Receipt | None:
        """Once its time has passed: the post as readers find it; None while it still waits there.

        Raises Refused("gone_there") when it is there no more."""
        ...


@runtime_checkable
class GivesLinks(Protocol):
    """What a network has beside Network where a post gets an address of its own that others can lead to."""

    def gives_links(self, account: Account) -> bool:
        """Whether readers find the posts of this account at an address."""
        ...

    def link_to_come(self, rendition: Rendition, account: Account) -> str:
        """What stands for the post's address before it is known (model.rendition.link_to_come), as long as that can
        get."""
        ...

    def link_of(self, receipt: Receipt, account: Account, longest: int) -> str:
        """The address of a post that is out, of `longest` characters at most; "" where none fits or is known."""
        ...


@runtime_checkable
class TellsRequests(Protocol):
    """What a network has beside Network where it can tell beforehand what `publish` would send."""

    def dry_run(self, rendition: Rendition, account: Account, key: str, journal: Journal) -> DryRun:
        """The requests that `publish` would make now, if the network answered each as it does when all goes well.

        Reaches nothing and changes nothing, and needs no secret. Raises what `publish` would before it asks anybody:
        BadInput, ByHand, Refused, Unreachable."""
        ...


class Vault(Protocol):
    """Secrets by name. Raises VaultMissing, VaultLocked."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None: ...


class DraftStore(Protocol):
    """What is being written. Raises StoreError. A deleted draft stays, and can be taken back."""

    def save(self, draft: Draft) -> bool:
        """False, and nothing changed, when a newer revision stands there: another window wrote it.

        `post_id` of a draft that is kept already is ignored: the queue alone sets and clears it."""
        ...

    def set_aside(self, draft_id: str) -> None:
        """Keeps what stands there as a version now, unless it is empty or the newest one is the same."""
        ...

    def get(self, draft_id: str) -> Draft | None: ...

    def list(
        self,
        query: str = "",
        hat: Hat | None = None,
        deleted: bool = False,
        limit: int = 200,
        *,
        since: datetime | None = None,
        has_findings: bool = False,
    ) -> Sequence[DraftSummary]:
        """`since`: edited then or later; `has_findings`: the last check found something to warn of or to stop."""
        ...

    def note_findings(self, draft_id: str, severity: Severity) -> None:
        """Keeps how grave the gravest finding of a draft is, as it was last checked."""
        ...

    def count(self) -> int:
        """How many drafts the list shows: not deleted, not handed over to be posted."""
        ...

    def delete(self, draft_id: str, at: datetime) -> None: ...

    def undelete(self, draft_id: str) -> None: ...

    def forget_deleted(self, draft_id: str) -> None:
        """Forgets a deleted draft for good, with versions and pictures. One that is not deleted stays."""
        ...

    def empty_bin(self) -> None:
        """The same for all that are deleted."""
        ...

    def versions(self, draft_id: str) -> Sequence[DraftVersion]: ...

    def version(self, draft_id: str, number: int) -> Draft | None: ...


class WholeStore(Protocol):
    """Everything but secrets, out into one file and in again. Says how many rows. Raises StoreError."""

    def export_all(self, target: Path, now: datetime) -> int: ...

    def import_all(self, source: Path) -> int:
        """Only into a store that nothing was written to. Raises BadInput: nothing has changed then."""
        ...


class MediaStore(Protocol):
    """Bytes of cleaned pictures, by their SHA-256 in hex. Raises StoreError."""

    def add(self, digest: str, data: bytes) -> None: ...

    def read(self, digest: str) -> bytes: ...


class QueueStore(Protocol):
    """Deliveries, each moved by one hand at a time. Raises StoreError."""

    def add(
        self, approval: Approval, deliveries: Sequence[Delivery], record: Record, planned: Sequence[KeptPlan] = ()
    ) -> None:
        """One transaction: the approval, one row a target, their plans, the record, the draft marked as handed over."""
        ...

    def get(self, delivery_id: str) -> Delivery | None: ...

    def claim(self, delivery_id: str, now: datetime) -> Delivery | None:
        """Moves one due row from waiting to sending and commits; None when somebody else has it or it is not due."""
        ...

    def save(self, delivery: Delivery, was: DeliveryState) -> bool:
        """Writes a move if the row still stands in state `was`; False otherwise.

        When the last delivery of a post is cancelled, its text is among the drafts again."""
        ...

    def steps(self, delivery_id: str) -> Mapping[str, str]:
        """What attempts have noted, by step."""
        ...

    def note_step(self, delivery_id: str, step: str, value: str) -> None:
        """On the disk when it returns."""
        ...

    def undo(self, post_id: str) -> bool:
        """One transaction: cancels all of a post, and makes its text a draft again. False, and nothing changed, when
        any of its deliveries does not wait for its first attempt any more."""
        ...

    def due(self, now: datetime) -> Sequence[Delivery]:
        """What waits and may leave now. What has to follow another does not come before that is out."""
        ...

    def waiting_for_others(self) -> Sequence[Delivery]:
        """What waits until another is out."""
        ...

    def next_due(self) -> datetime | None:
        """When the next waiting row may leave; None when nothing waits."""
        ...

    def in_state(self, *states: DeliveryState) -> Sequence[Delivery]: ...

    def of_post(self, post_id: str) -> Sequence[Delivery]: ...

    def approved_under(self, post_id: str) -> tuple[str, int] | None:
        """The version of the rules and of the policy under which a post was approved."""
        ...

    def answered(self, post_id: str) -> frozenset[str]:
        """The keys (Finding.key) of the findings that were answered at the gate, or that it let through unasked in
        the quiet trial: they are known, and no reason to hold the post later."""
        ...


class PlanStore(Protocol):
    """When deliveries are to go, and who keeps them until then. Raises StoreError. QueueStore.add writes them first."""

    def of_delivery(self, delivery_id: str) -> KeptPlan | None: ...

    def of_post(self, post_id: str) -> Sequence[KeptPlan]: ...

    def between(self, first: datetime, last: datetime) -> Sequence[KeptPlan]:
        """What is, or was, to go from `first` until before `last`, the earliest first."""
        ...

    def in_state(self, *states: DeliveryState) -> Sequence[KeptPlan]:
        """The plans of deliveries in any of the states, the earliest first."""
        ...

    def to_settle(self, now: datetime) -> Sequence[KeptPlan]:
        """What a network was to publish by itself until now, and nobody has looked whether it did."""
        ...

    def keep(self, kept: KeptPlan) -> None:
        """Writes a plan anew; its delivery stays as it is."""
        ...

    def settle(self, delivery_id: str) -> None:
        """It is known what became of it there."""
        ...

    def move(self, kept: KeptPlan, moved: Delivery, was: DeliveryState) -> bool:
        """Writes a plan and its delivery in one transaction, if that still stands in state `was`; False otherwise."""
        ...


class RecordStore(Protocol):
    """What left, newest first, chained by hash. Raises StoreError."""

    def get(self, post_id: str) -> Record | None: ...

    def search(
        self, query: str = "", hat: Hat | None = None, limit: int = 200, offset: int = 0
    ) -> Sequence[Record]: ...

    def find(self, wanted: RecordFilter, limit: int = 200, offset: int = 0) -> Sequence[Record]: ...

    def walk(self, wanted: RecordFilter) -> Iterator[Record]:
        """All of them, the oldest first, read a few at a time."""
        ...

    def count_of(self, wanted: RecordFilter) -> int: ...

    def count(self) -> int:
        """How many the list shows, whether they have left or not."""
        ...

    def count_sent(self) -> int:
        """How many posts have arrived somewhere, taken down since or not."""
        ...

    def first_broken(self, pause: Callable[[], None] = ...) -> int | None:
        """The number of the first record that was changed or is missing; None when the chain holds. `pause` is called
        again and again meanwhile; what it raises ends the reading."""
        ...

    def head(self) -> tuple[int, str]:
        """Number and hash of the newest record; 0 and zeros while there is none."""
        ...

    def count_older(self, before: datetime) -> tuple[int, int]:
        """How many records from before that time would be removed, and how many stay since they have not arrived."""
        ...

    def remove_older(self, before: datetime, now: datetime, tell: Callable[[int], bool] = ...) -> int:
        """Removes records from before that time that are over, with all that was kept of them; how many. The links of
        the chain stay. `tell` hears now and then how many are gone; at False the others stay."""
        ...


class ProfileStore(Protocol):
    """Identities, accounts, settings, allowances: small things, read whole."""

    def identities(self) -> tuple[Identity, Identity]: ...

    def save_identity(self, identity: Identity) -> None: ...

    def accounts(self) -> Sequence[Account]: ...

    def save_account(self, account: Account) -> None: ...

    def delete_account(self, account_id: str) -> None: ...

    def settings(self) -> Settings: ...

    def save_settings(self, settings: Settings) -> None: ...

    def policy(self) -> Policy: ...

    def add_allowance(self, allowance: Allowance) -> None: ...

    def remove_allowance(self, allowance_id: str) -> None: ...

    def set_severity(self, rule: str, hat: Hat, severity: Severity | None) -> None:
        """How loud a rule is under a hat; None gives it back its own."""
        ...


class TallyStore(Protocol):
    """Counts of what became of findings, by day. Never a word of a post. Raises StoreError."""

    def add(self, day: date, showings: Sequence[Showing]) -> None: ...

    def all(self) -> Sequence[Tally]: ...

    def answers(self) -> Sequence[ProposalAnswer]: ...

    def note_answer(self, answer: ProposalAnswer) -> None:
        """Keeps what was said to a proposal; one answer for each rule and hat, the last."""
        ...

    def forget_before(self, day: date) -> None: ...

    def clear(self) -> None:
        """Forgets all counts, and what was said to proposals."""
        ...


# Newer versions.


class Sink(Protocol):
    """What a download is written to, piece by piece."""

    def write(self, piece: bytes, /) -> object: ...


class ReleaseServer(Protocol):
    """Where releases are told of and lie; `host` is who is asked. Raises NetworkError."""

    @property
    def host(self) -> str: ...

    def read(self) -> SignedFeed: ...

    def may_ask(self, url: str) -> bool:
        """Whether nobody on the way could change or read what comes from there."""
        ...

    def download(self, package: Package, into: Sink) -> None:
        """Writes no more than the size that was promised."""
        ...


class Signatures(Protocol):
    """Whether bytes bear a signature of ours. `is_ready`: there are keys to tell by."""

    @property
    def is_ready(self) -> bool: ...

    def fit(self, data: bytes, signature: bytes) -> bool: ...


class Shelf(Protocol):
    """Where the newest feed that was ever seen lies, and what was downloaded. Raises BadInput("update_not_written")."""

    def seen(self) -> SignedFeed | None: ...

    def keep(self, feed: SignedFeed) -> None: ...

    def put(self, name: str, fill: Callable[[Sink], object]) -> Path:
        """A file that is there whole or not at all; `fill` raises where it must not be."""
        ...

    def path(self, name: str) -> Path: ...

    def clear(self, but: str = "") -> None:
        """Lets go of what was downloaded, but for one name."""
        ...
