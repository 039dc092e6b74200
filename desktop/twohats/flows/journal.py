"""What attempts of one delivery have done, kept in the queue."""

from twohats.model.ports import QueueStore


class DeliveryJournal:
    """Meets Journal."""

    def __init__(self, queue: QueueStore, delivery_id: str) -> None:
        self._queue = queue
        self._delivery_id = delivery_id
        self._steps = dict(queue.steps(delivery_id))

    def read(self, step: str) -> str | None:
        return self._steps.get(step)

    def note(self, step: str, value: str) -> None:
        """On the disk when it returns. Raises StoreError."""
        self._queue.note_step(self._delivery_id, step, value)
        self._steps[step] = value
