"""What is kept: drafts, records, and what is on its way; for the lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from twohats.bridge.services import Services
from twohats.bridge.tasks import Lane, Tasks
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.draft import Draft, DraftSummary, DraftVersion
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Hat
from twohats.model.record import Record

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


class Library(QObject):
    """Reads are quick and made on the main thread; what touches the network goes through a lane."""

    drafts_changed = Signal()
    records_changed = Signal()
    delivery_changed = Signal(object)
    queue_woken = Signal()
    problem = Signal(str, dict)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks

    def drafts(
        self, query: str = "", hat: Hat | None = None, deleted: bool = False, limit: int = 200
    ) -> Sequence[DraftSummary]:
        return self._services.drafts.list(query, hat, deleted, limit)

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

    def record(self, post_id: str) -> Record | None:
        return self._services.records.get(post_id)

    def deliveries(self, post_id: str) -> Sequence[Delivery]:
        return self._services.queue.of_post(post_id)

    def queue(self) -> Sequence[Delivery]:
        """What has not arrived yet."""
        return self._services.queue.in_state(*_ON_ITS_WAY)

    def counts(self) -> Counts:
        records = self._services.records
        return Counts(self._services.drafts.count(), len(self.queue()), records.count_sent(), records.count())

    def first_broken(self) -> int | None:
        """The number of the first record that was changed or is missing."""
        return self._services.records.first_broken()

    def try_again(self, delivery_id: str) -> None:
        self._move(lambda: self._services.publisher.try_again(delivery_id))

    def look_again(self, delivery_id: str) -> None:
        """Asks the network whether an unknown post is there."""
        self._move(lambda: self._services.publisher.look(delivery_id), lane=Lane.WIRE)

    def settle_unknown(self, delivery_id: str, has_arrived: bool) -> None:
        """The person looked."""
        self._move(lambda: self._services.publisher.settle(delivery_id, has_arrived))

    def note_posted_by_hand(self, delivery_id: str) -> None:
        """The person has posted it where no program may."""
        self._move(lambda: self._services.publisher.posted_by_hand(delivery_id))

    def cancel(self, delivery_id: str) -> None:
        self._move(lambda: self._services.publisher.cancel(delivery_id))

    def take_down(self, post_id: str) -> None:
        """Deletes a post everywhere it went; each target tells how that went."""
        for delivery in self.deliveries(post_id):
            if delivery.state is DeliveryState.SENT:
                self._move(partial(self._services.publisher.take_down, delivery.id), lane=Lane.WIRE)

    def tell_drafts_changed(self) -> None:
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

        def failed(problem: TwoHatsError) -> None:
            self.problem.emit(problem.code, dict(problem.facts))

        self._tasks.run(lane, work, done, failed)
