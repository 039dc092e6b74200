"""Networks that keep a post until its time: what they take, what was noted for them, and what they say of it after."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from twohats.model.errors import BadInput
from twohats.model.ports import DATED, PLANNED_FOR, Journal
from twohats.model.receipt import PLANNED_THERE, Receipt, planned_note
from twohats.networks.limits import limits_of


def unfit(network: str, at: datetime, now: datetime) -> str:
    """Why that is no time that the network takes, by resources/limits: a code, "" when it is. Clocks differ, so that
    the least is more than the network asks for."""
    rule = limits_of(network)["plan"]
    if at - now < timedelta(seconds=rule["least_s"]):
        return "too_soon_there"
    if rule["most_days"] and at - now > timedelta(days=rule["most_days"]):
        return "too_far_there"
    return ""


def planned_for(journal: Journal | None) -> datetime | None:
    """Until when the network is to keep the post (aware UTC); None: it is to go at once."""
    noted = journal.read(PLANNED_FOR) if journal is not None else ""
    return datetime.fromisoformat(noted).astimezone(UTC) if noted else None


def dates_of(journal: Journal | None) -> tuple[datetime, ...]:
    """The dates that the post was to bear since it was approved, the newest last; none where it was never planned."""
    noted = journal.read(DATED) if journal is not None else ""
    return tuple(datetime.fromisoformat(date).astimezone(UTC) for date in (noted or "").split())


def until_of(receipt: Receipt) -> datetime:
    """Until when it waits there. Raises BadInput("receipt_wrong") where it does not."""
    first = receipt.note.partition("\n")[0]
    if not first.startswith(f"{PLANNED_THERE}: "):
        raise BadInput("receipt_wrong")
    return datetime.fromisoformat(first.partition(": ")[2]).astimezone(UTC)


class NoJournal:
    """Meets Journal: of what nobody remembers, and nothing is to be kept."""

    def read(self, step: str) -> str | None:
        return None

    def note(self, step: str, value: str) -> None:
        pass


def waiting(receipt: Receipt, at: datetime) -> Receipt:
    """The receipt of what waits there: readers have no address for it yet."""
    rest = [line for line in receipt.note.splitlines() if not line.startswith(PLANNED_THERE)]
    return replace(receipt, url="", note="\n".join([planned_note(at), *rest]))


def out(receipt: Receipt, url: str, at: datetime, remote_id: str = "") -> Receipt:
    """The same once readers have it, at `url`."""
    rest = [line for line in receipt.note.splitlines() if not line.startswith(PLANNED_THERE)]
    return replace(receipt, remote_id=remote_id or receipt.remote_id, url=url, sent_at=at, note="\n".join(rest))
