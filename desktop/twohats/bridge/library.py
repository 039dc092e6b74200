"""What is kept: drafts, records, and what is on its way; for the lists."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance

from twohats.bridge.calendar import PlannedPost, planned_posts, posted
from twohats.bridge.record_exports import RecordExports
from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.flows import compose
from twohats.flows.picture_copies import save_pictures
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft, DraftSummary, DraftVersion
from twohats.model.errors import TwoHatsError
from twohats.model.finding import Severity
from twohats.model.identity import Hat
from twohats.model.plan import KeptPlan, Plan
from twohats.model.ports import Reactions
from twohats.model.record import Record, RecordFilter

_ON_ITS_WAY = (
    DeliveryState.WAITING,
    DeliveryState.SENDING,
    DeliveryState.HELD,
    DeliveryState.UNKNOWN,
    DeliveryState.FAILED,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """The quiet numbers of the rail, and how many records there are: of what was sent, and of what has yet to leave."""

    drafts: int
    queue: int
    sent: int
    records: int


@dataclass(frozen=True, slots=True)
class Found:
    """Replies and likes as they were at a moment (aware UTC); None where the network does not let us read them."""

    reactions: Reactions | None
    at: datetime


class Library(QObject):
    """Reads are quick and made on the main thread; what touches the network goes through a lane. `exports` takes
    records along."""

    drafts_changed = Signal()
    records_changed = Signal()
    delivery_changed = Signal(object)
    chain_checked = Signal(object, int)
    pictures_saved = Signal(str, str, int)
    queue_woken = Signal()
    plan_moved = Signal(str, str)
    plan_taken_back = Signal(str, str)
    rest_drafted = Signal(str)
    not_taken_down = Signal(str, str, dict)
    reactions_came = Signal(str)
    reactions_failed = Signal(str, str, dict)
    problem = Signal(str, dict)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._found: dict[str, Found] = {}
        self.exports = RecordExports(services, tasks, self)
        self._stopping = threading.Event()

    def drafts(
        self,
        query: str = "",
        hat: Hat | None = None,
        deleted: bool = False,
        limit: int = 200,
        *,
        within: timedelta | None = None,
        has_findings: bool = False,
    ) -> Sequence[DraftSummary]:
        """`within`: edited so long ago at most; `has_findings`: the last check found something to warn of or stop."""
        since = self._services.clock() - within if within is not None else None
        return self._services.drafts.list(query, hat, deleted, limit, since=since, has_findings=has_findings)

    def draft(self, draft_id: str) -> Draft | None:
        """As it is kept now."""
        return self._services.drafts.get(draft_id)

    def note_findings(self, draft_id: str, severity: Severity) -> None:
        """How grave the gravest finding of a draft is now; kept off the main thread."""
        self._tasks.run(
            Lane.DISK, lambda: self._services.drafts.note_findings(draft_id, severity), lambda _: None, self._tell
        )

    def versions(self, draft_id: str) -> Sequence[DraftVersion]:
        return self._services.drafts.versions(draft_id)

    def version(self, draft_id: str, number: int) -> Draft | None:
        return self._services.drafts.version(draft_id, number)

    def delete_draft(self, draft_id: str) -> None:
        self._services.drafts.delete(draft_id, self._services.clock())
        self.drafts_changed.emit()

    def undelete_draft(self, draft_id: str) -> None:
        self._services.drafts.undelete(draft_id)
        self.drafts_changed.emit()

    def forget_deleted_draft(self, draft_id: str) -> None:
        """Empties the bin of one draft, for good."""
        self._forget(lambda: self._services.drafts.forget_deleted(draft_id))

    def empty_bin(self) -> None:
        """Forgets all that was let go, for good."""
        self._forget(self._services.drafts.empty_bin)

    def records(self, query: str = "", hat: Hat | None = None, limit: int = 200, offset: int = 0) -> Sequence[Record]:
        return self._services.records.search(query, hat, limit, offset)

    def records_like(self, wanted: RecordFilter, limit: int = 200, offset: int = 0) -> Sequence[Record]:
        """The newest first."""
        return self._services.records.find(wanted, limit, offset)

    def networks(self) -> Sequence[str]:
        """The names of all networks that posts can have gone to."""
        return sorted(self._services.networks)

    def posted(self, first: date, last: date, zone: str) -> Sequence[Record]:
        """The records of those days as days are in `zone`, the earliest first. Raises BadInput, StoreError."""
        return posted(self._services, first, last, zone)

    def record(self, post_id: str) -> Record | None:
        return self._services.records.get(post_id)

    def deliveries(self, post_id: str) -> Sequence[Delivery]:
        return self._services.queue.of_post(post_id)

    def holds_back(self, delivery: Delivery) -> bool:
        """Whether others of its post wait until this one is out."""
        return any(one.after_id == delivery.id and one.waits_for_blog for one in self.deliveries(delivery.post_id))

    def goes_after(self, delivery: Delivery) -> str:
        """The name of the place whose post has to be out first; empty where this one waits for none."""
        record = self.record(delivery.post_id) if delivery.after_id else None
        targets = record.targets if record is not None else ()
        return next((target.label for target in targets if target.delivery_id == delivery.after_id), "")

    # What is planned.

    def planned(self, first: date, last: date, zone: str) -> Sequence[PlannedPost]:
        """What is, or was, planned from day to day as days are in `zone`, the earliest first. Raises BadInput,
        StoreError."""
        return planned_posts(self._services, first, last, zone)

    def plans_of(self, post_id: str) -> Sequence[KeptPlan]:
        """The plans of a post's deliveries, the earliest first; none where it was to go at once."""
        return self._services.plans.of_post(post_id)

    def move_plan(self, post_id: str, plan: Plan) -> None:
        """Plans a post for another time; what lies with a network is moved there. `plan_moved` follows with "", or with
        the code of why it could not be; then it stands where it stood."""
        self._change_plan(post_id, lambda: self._services.publisher.planner.move(post_id, plan), self.plan_moved)

    def take_back_plan(self, post_id: str) -> None:
        """A planned post becomes a draft again. `plan_taken_back` follows with "", or with the code of why not."""
        self._change_plan(post_id, lambda: self._services.publisher.planner.take_back(post_id), self.plan_taken_back)

    def post_planned_now(self, post_id: str) -> None:
        """What waits here for its time leaves now, as it was approved."""

        def hurry() -> None:
            self._services.publisher.send_now(post_id)

        self._tasks.run(Lane.DISK, hurry, lambda _: self._tell_plans_changed(), self._tell)

    def _change_plan(self, post_id: str, work: Callable[[], str], told: SignalInstance) -> None:
        def done(problem: str) -> None:
            self._tell_plans_changed()
            told.emit(post_id, problem)

        # The network may be asked: never on the main thread.
        self._tasks.run(Lane.WIRE, work, done, lambda problem: told.emit(post_id, problem.code))

    def _tell_plans_changed(self) -> None:
        self.records_changed.emit()
        self.drafts_changed.emit()
        self.queue_woken.emit()

    def queue(self) -> Sequence[Delivery]:
        """What has not arrived yet, and what a network keeps for later and the person should know of."""
        services = self._services
        kept = [services.queue.get(one.delivery_id) for one in services.publisher.planner.kept_there()]
        return [*services.queue.in_state(*_ON_ITS_WAY), *(one for one in kept if one is not None and one.asks_there)]

    def counts(self) -> Counts:
        records = self._services.records
        return Counts(self._services.drafts.count(), len(self.queue()), records.count_sent(), records.count())

    def check_chain(self) -> None:
        """Reads every record. `chain_checked` follows with the number of the first that was changed or is missing, or
        None, and how many there are."""
        services = self._services

        def pause() -> None:
            services.courtesy.give_way()
            if self._stopping.is_set():
                raise _Stopped

        def work() -> tuple[int | None, int] | None:
            try:
                return services.records.first_broken(pause), services.records.count()
            except _Stopped:
                return None

        def tell(told: tuple[int | None, int] | None) -> None:
            if told is not None:
                self.chain_checked.emit(*told)

        self._tasks.run(Lane.PAPERS, work, tell, self._tell)

    def stop(self) -> None:
        """Ends soon what reads all records, whether to check them or to write them; the program is being closed."""
        self._stopping.set()
        self.exports.stop()

    def try_again(self, delivery_id: str) -> None:
        self._move(lambda: self._services.publisher.try_again(delivery_id))

    def look_again(self, delivery_id: str) -> None:
        """Asks the network whether an unknown post is there."""
        self._move(lambda: self._services.publisher.look(delivery_id), lane=Lane.WIRE)

    def settle_unknown(self, delivery_id: str, has_arrived: bool) -> None:
        """The person looked."""
        self._move(lambda: self._services.publisher.settle(delivery_id, has_arrived))

    def save_pictures(self, delivery_id: str, folder: Path) -> None:
        """Writes a post's pictures into a folder, for whoever adds them by hand. `pictures_saved` follows with the
        delivery, the folder and how many."""
        services = self._services

        def work() -> int:
            delivery = services.queue.get(delivery_id)
            pictures = delivery.rendition.pictures if delivery is not None else ()
            return len(save_pictures(services.media, pictures, folder))

        def tell(count: int) -> None:
            self.pictures_saved.emit(delivery_id, str(folder), count)

        self._tasks.run(Lane.PAPERS, work, tell, self._tell)

    def note_posted_by_hand(self, delivery_id: str) -> None:
        """The person has posted it where no program may."""
        self._move(lambda: self._services.publisher.posted_by_hand(delivery_id))

    def cancel(self, delivery_id: str) -> None:
        self._move(lambda: self._services.publisher.cancel(delivery_id))

    def take_down(self, post_id: str) -> None:
        """Deletes a post everywhere it went, the parts of a thread that stopped midway too; each target tells how that
        went."""
        for delivery in self.deliveries(post_id):
            if delivery.is_out and not delivery.went_by_hand:
                self.take_down_delivery(delivery.id)

    def take_down_delivery(self, delivery_id: str) -> None:
        """Deletes a post at one place. `not_taken_down` follows, with its id and why, when that did not work."""

        def done(delivery: Delivery | None) -> None:
            if delivery is not None:
                self.tell_delivery(delivery)
            self.queue_woken.emit()

        def fail(problem: TwoHatsError) -> None:
            self.not_taken_down.emit(delivery_id, problem.code, dict(problem.facts))
            self._tell(problem)

        self._tasks.run(Lane.WIRE, partial(self._services.publisher.take_down, delivery_id), done, fail)

    def leave_short(self, delivery_id: str) -> None:
        """Lets a thread that stopped midway stand as far as it came."""
        self._move(lambda: self._services.publisher.leave_short(delivery_id))

    def rest_as_draft(self, delivery_id: str) -> None:
        """The parts of a thread that did not get out become a new draft of the same hat; the thread stands as far as
        it came, so that nothing can go twice. `rest_drafted` follows, with the draft's id."""
        services = self._services

        def move() -> tuple[Delivery, str] | None:
            delivery = services.queue.get(delivery_id)
            if delivery is None or not delivery.is_stopped_midway or not delivery.rest:
                return None
            identity = next(one for one in services.profile.identities() if one.hat is delivery.hat)
            origin = services.drafts.get(delivery.draft_id)
            disclaimer = identity.card.disclaimer if delivery.hat is Hat.PROFESSIONAL else ""
            draft = compose.draft_of_rest(delivery, origin, disclaimer, services.new_id(), services.clock())
            services.drafts.save(draft)  # first: should anything fail behind it, the words are there
            moved = services.publisher.leave_short(delivery_id)
            return (moved, draft.id) if moved is not None else None

        def show(made: tuple[Delivery, str] | None) -> None:
            if made is not None:
                self.tell_delivery(made[0])
                self.drafts_changed.emit()
                self.rest_drafted.emit(made[1])

        self._tasks.run(Lane.DISK, move, show, self._tell)

    # Replies and likes.

    def reactions_cost_mills(self, delivery: Delivery) -> int:
        """What asking for them costs the owner at most, in thousandths of a US dollar."""
        network = self._services.networks.get(delivery.rendition.network)
        return int(getattr(network, "reactions_cost_mills", 0))

    def reactions_of(self, delivery_id: str) -> Found | None:
        """What was last found while the program runs; None where nobody asked."""
        return self._found.get(delivery_id)

    def ask_for_reactions(self, delivery_id: str) -> None:
        """Looks, now and once. `reactions_came` follows with the delivery's id, or `reactions_failed`."""

        def show(reactions: Reactions | None) -> None:
            self._found[delivery_id] = Found(reactions, self._services.clock())
            self.reactions_came.emit(delivery_id)

        self._tasks.run(
            Lane.WIRE,
            lambda: self._services.publisher.reactions(delivery_id),
            show,
            lambda problem: self.reactions_failed.emit(delivery_id, problem.code, dict(problem.facts)),
        )

    def tell_drafts_changed(self) -> None:
        self.drafts_changed.emit()

    def tell_records_removed(self, _count: int) -> None:
        """Old records went, with what was kept of them."""
        self.records_changed.emit()
        self.drafts_changed.emit()

    def tell_queue_changed(self) -> None:
        self.records_changed.emit()

    def tell_delivery(self, delivery: Delivery) -> None:
        """Somebody moved a delivery."""
        self.delivery_changed.emit(delivery)
        self.records_changed.emit()

    def _forget(self, work: Callable[[], None]) -> None:
        try:
            work()
        except TwoHatsError as problem:
            self.problem.emit(problem.code, dict(problem.facts))
            return
        self.drafts_changed.emit()

    def _move(self, work: Callable[[], Delivery | None], lane: Lane = Lane.DISK) -> None:
        def done(delivery: Delivery | None) -> None:
            if delivery is not None:
                self.tell_delivery(delivery)
            self.queue_woken.emit()

        self._tasks.run(lane, work, done, self._tell)

    def _tell(self, problem: TwoHatsError) -> None:
        self.problem.emit(problem.code, dict(problem.facts))


class _Stopped(Exception):
    """The program is being closed."""
