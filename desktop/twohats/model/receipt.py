"""What a network gives back for a post that it took."""

from dataclasses import dataclass
from datetime import datetime


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
