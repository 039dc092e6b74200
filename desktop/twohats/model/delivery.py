"""One approved rendition on its way to one account, and the moves it can make."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Self

from twohats.model.identity import Hat
from twohats.model.receipt import Receipt
from twohats.model.rendition import Rendition, with_link


class DeliveryState(Enum):
    WAITING = "waiting"  # not yet due, or to be tried again
    SENDING = "sending"  # committed before the request leaves
    SENT = "sent"
    HELD = "held"  # needs the person: signed out, a new stop, or what only goes by hand
    UNKNOWN = "unknown"  # sent, no answer: look before anything else
    FAILED = "failed"  # the network said no
    CANCELLED = "cancelled"  # undone before anything left
    TAKEN_DOWN = "taken_down"


BY_HAND = "by_hand"
"""The problem of a held delivery that nobody but the person can bring there."""
POSTED_BY_HAND = "posted_by_hand"
"""The note of its receipt once they have."""
THREAD_SHORT = "thread_short"
"""The note of a receipt of a thread that was left as far as it came."""

_MOVES = {
    DeliveryState.WAITING: {DeliveryState.SENDING, DeliveryState.HELD, DeliveryState.CANCELLED},
    DeliveryState.SENDING: {
        DeliveryState.SENT,
        DeliveryState.WAITING,
        DeliveryState.HELD,
        DeliveryState.UNKNOWN,
        DeliveryState.FAILED,
    },
    DeliveryState.HELD: {DeliveryState.WAITING, DeliveryState.CANCELLED, DeliveryState.SENT},
    DeliveryState.UNKNOWN: {DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.CANCELLED},
    DeliveryState.FAILED: {
        DeliveryState.WAITING,
        DeliveryState.CANCELLED,
        DeliveryState.TAKEN_DOWN,
        DeliveryState.SENT,
    },
    DeliveryState.SENT: {DeliveryState.TAKEN_DOWN},
    DeliveryState.CANCELLED: set(),
    DeliveryState.TAKEN_DOWN: set(),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """`key` is stable over all attempts and goes with them where the network takes one.

    `due_at` is when it may leave; `started_at` when the last attempt began, or when sight of it was lost;
    `problem` the code of the last error, `problem_facts` what fills its sentence. A failed one has a receipt when the
    first parts of a thread are out. `after_id` is the delivery that has to be out first, empty where it waits for
    none; `link` leads to that one's post, and is None until it is out.
    """

    id: str
    post_id: str
    draft_id: str
    approval_digest: str
    hat: Hat
    account_id: str
    rendition: Rendition
    key: str
    state: DeliveryState
    due_at: datetime
    attempts: int = 0
    started_at: datetime | None = None
    receipt: Receipt | None = None
    problem: str = ""
    problem_facts: tuple[tuple[str, str], ...] = ()
    after_id: str = ""
    link: str | None = None

    @property
    def leaving(self) -> Rendition:
        """What leaves: as it was approved, with the link in the place that was kept for it, once there is one."""
        return with_link(self.rendition, self.link) if self.link else self.rendition

    @property
    def has_yet_to_follow(self) -> bool:
        """It goes after another, and that one is not out as far as is known."""
        return bool(self.after_id) and self.link is None

    @property
    def waits_for_blog(self) -> bool:
        """It waits, and may not leave before another is out."""
        return self.state is DeliveryState.WAITING and self.has_yet_to_follow

    def followed(self, link: str) -> Self:
        """The one before it is out, at `link`: it may leave."""
        if not self.waits_for_blog:
            raise ValueError("a delivery that waits for no other cannot follow one")
        return replace(self, link=link)

    @property
    def is_over(self) -> bool:
        """Nothing more will happen by itself or by the person."""
        return self.state in (DeliveryState.SENT, DeliveryState.CANCELLED, DeliveryState.TAKEN_DOWN)

    def is_due(self, now: datetime) -> bool:
        return self.state is DeliveryState.WAITING and self.due_at <= now and not self.waits_for_blog

    def claimed(self, now: datetime) -> Self:
        """The next attempt begins; to be committed before the request."""
        return self._moved(DeliveryState.SENDING, attempts=self.attempts + 1, started_at=now)

    def sent(self, receipt: Receipt) -> Self:
        return self._moved(DeliveryState.SENT, receipt=receipt)

    def refused_for_now(self, due_at: datetime, problem: str, **facts: str | int | float) -> Self:
        """Nothing was taken: it waits and goes again by itself."""
        return self._moved(DeliveryState.WAITING, due_at=due_at, problem=problem, facts=facts)

    def held(self, problem: str, **facts: str | int | float) -> Self:
        return self._moved(DeliveryState.HELD, problem=problem, facts=facts)

    def lost_sight(self, problem: str, at: datetime, **facts: str | int | float) -> Self:
        """Sent, and no answer by `at`: whether it arrived is not known."""
        return self._moved(DeliveryState.UNKNOWN, problem=problem, facts=facts, started_at=at)

    def failed(self, problem: str, **facts: str | int | float) -> Self:
        return self._moved(DeliveryState.FAILED, problem=problem, facts=facts)

    @property
    def waits_for_hand(self) -> bool:
        """No program may post there: the person does, and says so."""
        return self.state is DeliveryState.HELD and self.problem == BY_HAND

    @property
    def went_by_hand(self) -> bool:
        """The person has posted it; no program can take such a post down."""
        return self.receipt is not None and self.receipt.note == POSTED_BY_HAND

    def posted_by_hand(self, at: datetime) -> Self:
        """The person has posted it there, and says so at `at`."""
        if not self.waits_for_hand:
            raise ValueError(f"a delivery cannot go by hand from {self.state.value}")
        return self._moved(DeliveryState.SENT, receipt=Receipt("", "", at, POSTED_BY_HAND))

    def tried_again(self, due_at: datetime) -> Self:
        """The person asked for it; the problem is forgotten."""
        return self._moved(DeliveryState.WAITING, due_at=due_at)

    def sent_now(self, now: datetime) -> Self:
        """The undo window is cut short."""
        if self.state is not DeliveryState.WAITING:
            raise ValueError(f"a delivery cannot be hurried from {self.state.value}")
        return replace(self, due_at=now)

    def due_from(self, due_at: datetime) -> Self:
        """It waits for another time than before; what held it is forgotten."""
        if self.state is DeliveryState.WAITING:
            return replace(self, due_at=due_at, problem="", problem_facts=())
        return self.tried_again(due_at)

    def moved_there(self, receipt: Receipt) -> Self:
        """The network keeps it for another time, or has published it; both change its receipt."""
        if self.state is not DeliveryState.SENT or self.receipt is None or not self.receipt.waits_there:
            raise ValueError(f"nothing waits there of a delivery that is {self.state.value}")
        return replace(self, receipt=receipt, problem="", problem_facts=())

    def still_waits_there(self, problem: str, **facts: str) -> Self:
        """It lies with the network, and something is to be said of that; "" takes it back."""
        if self.state is not DeliveryState.SENT:
            raise ValueError(f"nothing waits there of a delivery that is {self.state.value}")
        return replace(self, problem=problem, problem_facts=tuple(sorted(facts.items())))

    @property
    def asks_there(self) -> bool:
        """Its network keeps it for later, and the person has something to decide about it."""
        return (
            bool(self.problem) and self.state is DeliveryState.SENT and bool(self.receipt and self.receipt.waits_there)
        )

    def taken_back_there(self) -> Self:
        """The network gave it back before its time: nobody has read it."""
        if self.state is not DeliveryState.SENT or self.receipt is None or not self.receipt.waits_there:
            raise ValueError(f"a delivery cannot be taken back from {self.state.value}")
        return replace(self, state=DeliveryState.CANCELLED, problem="", problem_facts=())

    def stopped_midway(self, receipt: Receipt, problem: str, **facts: str | int | float) -> Self:
        """The first parts of a thread are out, and the network takes no more."""
        return self._moved(DeliveryState.FAILED, problem=problem, facts=facts, receipt=receipt)

    @property
    def is_out(self) -> bool:
        """Something of it can be read there, and taken down."""
        return self.receipt is not None and self.state in (DeliveryState.SENT, DeliveryState.FAILED)

    @property
    def is_stopped_midway(self) -> bool:
        """The first parts of a thread are out, and the rest was not taken."""
        return self.state is DeliveryState.FAILED and self.receipt is not None

    @property
    def rest(self) -> tuple[str, ...]:
        """The parts of a thread that are not out, as they would have been sent."""
        out = 1 + len(self.receipt.more_ids) if self.receipt is not None else 0
        return tuple(part.text for part in self.leaving.parts[out:])

    def left_short(self) -> Self:
        """The person lets a thread that stopped midway stand as far as it came."""
        if self.receipt is None or self.state is not DeliveryState.FAILED:
            raise ValueError(f"a delivery cannot be left short from {self.state.value}")
        out, whole = 1 + len(self.receipt.more_ids), len(self.rendition.parts)
        notes = (*self.receipt.note.splitlines(), f"{THREAD_SHORT}: {out} of {whole}")
        return self._moved(DeliveryState.SENT, receipt=replace(self.receipt, note="\n".join(notes)))

    def cancelled(self) -> Self:
        return self._moved(DeliveryState.CANCELLED)

    def taken_down(self) -> Self:
        return self._moved(DeliveryState.TAKEN_DOWN)

    def _moved(
        self,
        state: DeliveryState,
        *,
        problem: str = "",
        facts: dict[str, str | int | float] | None = None,
        **changes: object,
    ) -> Self:
        if state not in _MOVES[self.state]:
            raise ValueError(f"a delivery cannot go from {self.state.value} to {state.value}")
        kept = tuple(sorted((name, str(value)) for name, value in (facts or {}).items()))
        # Any: replace() checks the names at run time; the callers above give typed values.
        changed: dict[str, object] = {"state": state, "problem": problem, "problem_facts": kept, **changes}
        return replace(self, **changed)  # type: ignore[arg-type]
