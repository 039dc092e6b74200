"""One delivery from the queue to the reader, through the real Publisher, and a person who does what is asked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.contract.networks_suite import Place
from tests.fakes.strict import StrictFake

from twohats.flows.logins import Logins
from twohats.flows.publish import Publisher
from twohats.gui import wording
from twohats.model.account import targets_of
from twohats.model.approval import Approval, approval_digest
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft
from twohats.model.errors import TwoHatsError
from twohats.model.finding import CheckResult
from twohats.model.identity import Hat, Identity
from twohats.model.plan import Keeper, KeptPlan, Plan
from twohats.model.policy import Policy
from twohats.model.record import Record
from twohats.model.rendition import Rendition
from twohats.networks.http import Http
from twohats.networks.tools import NetworkTools
from twohats.store.database import Store
from twohats.vault.keyring_vault import SessionVault

PATIENCE_S = 0.25
"""How long an answer is waited for."""

_MOST_MOVES = 24
_SETTLED_AFTER_S = 95


class NoRules:
    """Whoever approved these posts used the same rules: only what was planned is checked again. Meets Checker."""

    version = "rules"

    def check(self, draft: Draft, identity: Identity, policy: Policy) -> CheckResult:
        assert draft.text == "Kept.", "nothing has changed since"
        return CheckResult(())


class Desk:
    """A store, a keyring and a publisher for one place, whose time goes with the fake's. `told` are the codes that the
    person was told on the way; `asked` counts how often they had to look for themselves."""

    def __init__(self, place: Place, fake: StrictFake, store: Store) -> None:
        self.place = place
        self.fake = fake
        self.told: list[str] = []
        self.asked = 0
        self._store = store
        self._count = 0
        http = Http(connect_s=1.0, read_s=PATIENCE_S, answer_s=2.0, pause=fake.advance)
        network = type(place.network)(NetworkTools(place.pictures, self.now, http))  # type: ignore[call-arg]
        place.network = network
        self._account = place.login.account
        store.profile.save_account(self._account)
        networks, vault = {network.name: network}, SessionVault()
        self.logins = Logins(store.profile, networks, lambda: vault, self.now)
        self.logins.keep(self._account, place.login.secret, place.login.more)
        self.publisher = Publisher(
            queue=store.queue,
            plans=store.plans,
            drafts=store.drafts,
            profile=store.profile,
            networks=networks,
            logins=self.logins,
            checker=NoRules(),
            clock=self.now,
            new_id=self._new_id,
            pause=lambda seconds: None,
        )

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.fake.clock.now_s(), UTC)

    def queued(self, rendition: Rendition, plan: Plan | None = None, keeper: Keeper = Keeper.THERE) -> Delivery:
        """Approved, and due now; with a plan, as `queue_up` writes it, its draft handed over."""
        post_id, now, policy = self._new_id(), self.now(), self._store.profile.policy()
        digest = approval_digest(Hat.PROFESSIONAL, (self._account.id,), (rendition.digest,))
        approval = Approval(
            id=self._new_id(),
            post_id=post_id,
            draft_id=self._new_id(),
            targets=targets_of(Hat.PROFESSIONAL, (self._account,)),
            renditions=(rendition,),
            findings=(),
            answers=(),
            policy_version=policy.version,
            rules_version=NoRules.version,
            approved_at=now,
            digest=digest,
        )
        delivery = Delivery(
            id=self._new_id(),
            post_id=post_id,
            draft_id=approval.draft_id,
            approval_digest=digest,
            hat=Hat.PROFESSIONAL,
            account_id=self._account.id,
            rendition=rendition,
            key=self._new_id(),
            state=DeliveryState.WAITING,
            due_at=now,
        )
        record = Record(
            post_id=post_id,
            hat=Hat.PROFESSIONAL,
            posted_as="Jamie Lark",
            text="",
            title="",
            tags=(),
            excerpt="",
            alt_texts=(),
            approval_digest=digest,
            findings=(),
            targets=(),
            posted_at=now,
            checked_by=NoRules.version,
        )
        kept: tuple[KeptPlan, ...] = ()
        if plan is not None:
            self._store.drafts.save(Draft(delivery.draft_id, now, now, hat=Hat.PROFESSIONAL, text="Kept."))
            (delivery,), kept = self.publisher.planner.planned((delivery,), plan, keeper)
        self._store.queue.add(approval, (delivery,), record, kept)
        return delivery

    def pursue(self, delivery: Delivery, is_there: Callable[[], bool]) -> Delivery:
        """As the pump does, until it is sent. Signs in anew where that is asked, tries again what failed, and says
        whether the post `is_there` where the network cannot."""
        for _ in range(_MOST_MOVES):
            current = self._store.queue.get(delivery.id)
            assert current is not None
            if current.problem:
                self._read(current)
            match current.state:
                case DeliveryState.SENT:
                    return current
                case DeliveryState.WAITING:
                    self.fake.advance(max(0.0, (current.due_at - self.now()) / timedelta(seconds=1)))
                    self.publisher.deliver(delivery.id)
                case DeliveryState.UNKNOWN:
                    self._look(current, is_there)
                case DeliveryState.HELD | DeliveryState.FAILED:
                    self.publisher.try_again(delivery.id)
                case _:
                    raise AssertionError(current.state)
        raise AssertionError((current.state, self.told))

    def _look(self, current: Delivery, is_there: Callable[[], bool]) -> None:
        self.publisher.look(current.id)
        self.fake.advance(_SETTLED_AFTER_S)
        for _ in range(2):
            moved = self.publisher.look(current.id)
            if moved is None or moved.state is not DeliveryState.UNKNOWN:
                return
        self.asked += 1
        self.publisher.settle(current.id, is_there())

    def _read(self, current: Delivery) -> None:
        """The person reads what happened: a whole sentence, with every gap filled."""
        assert wording.has_sentence("error", current.problem), current.problem
        problem = TwoHatsError(current.problem, **dict(current.problem_facts))
        sentence = wording.error(problem)
        assert sentence.endswith((".", "?")), sentence
        assert "{" not in sentence, sentence
        self.told.append(current.problem)

    def _new_id(self) -> str:
        self._count += 1
        return f"id-{self._count:04}"
