"""What a network gives back for a post that it took."""

from dataclasses import dataclass
from datetime import datetime

PLANNED_THERE = "planned_there"
"""The note of a receipt while the network keeps the post until its time, which follows it (ISO 8601, UTC)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`remote_id` is the network's name for the post; `url` where a person can read it (may be a file's path).

    `more_ids` are the further parts of a thread, in their order.
    """

    remote_id: str
    url: str
    sent_at: datetime
    note: str = ""
    more_ids: tuple[str, ...] = ()

    @property
    def waits_there(self) -> bool:
        """The network has it, and keeps it until its time: nobody reads it yet."""
        return self.note.startswith(PLANNED_THERE)


def planned_note(at: datetime) -> str:
    """The note of a receipt for what waits on the network until `at` (aware UTC)."""
    return f"{PLANNED_THERE}: {at.isoformat()}"
