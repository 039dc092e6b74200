"""A network that renders for real and only pretends to send: each part of a thread arrives, or not, as a test says."""

from datetime import UTC, datetime

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.errors import NetworkError, Refused, StoppedMidway
from twohats.model.identity import Identity
from twohats.model.ports import Journal, Login, Network, Profile, Reactions, Renewal, Way
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition

Reading = Reactions | NetworkError | None


class RehearsedNetwork:
    """Meets Network. `takes`: how many parts it takes before it refuses (None: all). `reading` is what it tells of a
    post, `asked` how often it was asked; `sent` the parts that are out, `deleted` the ids that are not any more."""

    needs_secret = False
    ways: tuple[Way, ...] = ()
    more_secrets: tuple[str, ...] = ()

    def __init__(self, real: Network, takes: int | None = None, reading: Reading = None, cost_mills: int = 0) -> None:
        self.name = real.name
        self.takes = takes
        self.reading = reading
        self.reactions_cost_mills = cost_mills
        self.asked = 0
        self.sent: list[str] = []
        self.deleted: list[str] = []
        self._real = real

    def connect(self, way: str, given: object, browser: object) -> tuple[()]:
        return ()

    def renew(self, login: Login) -> Renewal | None:
        return None

    def verify(self, login: Login) -> Profile:
        return Profile("Amira", "@amira")

    def revoke(self, login: Login) -> None:
        """Nothing was given."""

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        return self._real.render(draft, account, identity, at)

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        texts = [part.text for part in rendition.parts]
        taken = len(texts) if self.takes is None else self.takes
        self.sent += texts[len(self.sent) : taken]
        if not self.sent:
            raise Refused("refused", host=self.name)
        ids = [f"id-{number}" for number in range(len(self.sent))]
        receipt = Receipt(ids[0], f"https://{self.name}.example.com/{ids[0]}", datetime.now(UTC), "", tuple(ids[1:]))
        if len(self.sent) < len(texts):
            raise StoppedMidway("thread_stopped", receipt, sent=len(self.sent), of=len(texts), why="refused")
        return receipt

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        return None

    def delete(self, receipt: Receipt, login: Login) -> None:
        self.deleted += [*reversed(receipt.more_ids), receipt.remote_id]

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        self.asked += 1
        if isinstance(self.reading, NetworkError):
            raise self.reading
        return self.reading
