"""Networks that are not there: they let themselves be connected, and keep posts, as a test says. They meet Network."""

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime

from twohats.model.account import Account
from twohats.model.draft import Draft
from twohats.model.errors import NetworkError, OutcomeUnknown, Refused
from twohats.model.identity import Identity
from twohats.model.ports import PLANNED_FOR, Ask, Browser, Grant, Journal, Login, Profile, Reactions, Renewal, Way
from twohats.model.receipt import Receipt, planned_note
from twohats.model.rendition import Count, Rendition

WAYS: Mapping[str, tuple[Way, ...]] = {
    "facebook": (Way("page_token", (Ask("app_id"), Ask("app_secret", True), Ask("user_token", True))),),
    "linkedin": (Way("own_app", (Ask("client_id"), Ask("client_secret", True)), comes_back=True),),
    "x": (Way("own_app", (Ask("client_id"),), comes_back=True),),
    "mastodon": (Way("browser", (Ask("server"),), comes_back=True),),
    "bluesky": (Way("app_password", (Ask("handle"), Ask("app_password", True), Ask("service"))),),
    "threads": (Way("token", (Ask("app_id"), Ask("app_secret", True), Ask("token", True))),),
}
"""The ways of our own networks, as the sheet knows them."""


class PretendNetwork:
    """`given` collects what was handed over; `revoked` the secrets that were let go. `fault` is raised on connecting.

    With a way that comes back, the browser is opened and waited for until `answer` is called. `asked` is set when
    somebody wanted to know who signed in.
    """

    needs_secret = True

    def __init__(
        self,
        name: str,
        ways: tuple[Way, ...] = (),
        grants: Sequence[Grant] | None = None,
        profile: Profile | None = None,
        more_secrets: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.ways = ways or WAYS[name]
        self.more_secrets = more_secrets
        self.grants = (Grant(secret="token"),) if grants is None else tuple(grants)
        self.profile = profile or Profile("Dr A. Lee", "@alee")
        self.fault: NetworkError | None = None
        self.given: list[dict[str, str]] = []
        self.revoked: list[str] = []
        self.asked = threading.Event()
        self._answered = threading.Event()
        self._may_tell = threading.Event()
        self._may_tell.set()

    def answer(self) -> None:
        """The person says yes in the browser."""
        self._answered.set()

    def hold(self) -> None:
        """From now on it does not say who signed in, until `go_on`."""
        self._may_tell.clear()

    def go_on(self) -> None:
        self._may_tell.set()

    def connect(self, way: str, given: Mapping[str, str], browser: Browser) -> Sequence[Grant]:
        self.given.append(dict(given))
        if next(one for one in self.ways if one.name == way).comes_back:
            browser.open(f"https://{self.name}.example.com/consent")
            while not self._answered.wait(0.01):
                if browser.is_stopped:
                    raise Refused("connect_cancelled")
        if self.fault is not None:
            raise self.fault
        return self.grants

    def verify(self, login: Login) -> Profile:
        self.asked.set()
        self._may_tell.wait(10)
        return self.profile

    def renew(self, login: Login) -> Renewal | None:
        return None

    def revoke(self, login: Login) -> None:
        self.revoked.append(login.secret)

    def render(self, draft: Draft, account: Account, identity: Identity, at: datetime) -> Rendition:
        return Rendition(account.id, self.name, "", draft.text, {"text": draft.text}, count=Count(len(draft.text)))

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        raise Refused("refused", host=self.name)

    def find(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt | None:
        raise OutcomeUnknown("no_answer", host=self.name)

    def delete(self, receipt: Receipt, login: Login) -> None:
        raise Refused("refused", host=self.name)

    def reactions(self, receipt: Receipt, login: Login) -> Reactions | None:
        return None


class KeepingNetwork(PretendNetwork):
    """Keeps every post until its time. Where there is a `fault`, it is raised when one is to be moved, and `refusal`
    when one is sent. Meets KeepsPlans, too."""

    needs_secret = False
    refusal: NetworkError | None = None

    def publish(self, rendition: Rendition, login: Login, key: str, journal: Journal) -> Receipt:
        if self.refusal is not None:
            raise self.refusal
        at = datetime.fromisoformat(journal.read(PLANNED_FOR) or "")
        return Receipt("1", "", at, planned_note(at))

    def unfit_to_keep(self, rendition: Rendition, account: Account, at: datetime, now: datetime) -> str:
        return ""

    def replan(self, rendition: Rendition, receipt: Receipt, login: Login, at: datetime) -> Receipt:
        if self.fault is not None:
            raise self.fault
        return Receipt("1", "", at, planned_note(at))

    def came_out(self, rendition: Rendition, receipt: Receipt, login: Login) -> Receipt | None:
        return None
