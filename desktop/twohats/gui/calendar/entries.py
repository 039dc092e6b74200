"""What the calendar shows of a post, planned or sent: its hour on the clock here, its hat, and how it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from twohats.bridge.calendar import PlannedPost
from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.composer.naming import listed
from twohats.gui.schedule import when
from twohats.gui.widgets.glyph import hat_name
from twohats.model.identity import Hat
from twohats.model.plan import Keeper, Plan, offset_words, plan_at
from twohats.model.record import Record

_SECTION = "calendar"
_STANDINGS = {
    "planned": ("clock", ""),
    "held": ("warning", "warn"),
    "partly": ("sent", ""),
    "out": ("check", "good"),
    "taken_down": ("trash", ""),
}
"""The icon and the tone of each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A post at its hour. `here` is what the clock in the calendar's zone shows, naive; `plan` None where it was posted
    at once. `standing` is one of _STANDINGS."""

    post_id: str
    hat: Hat
    title: str
    here: datetime
    standing: str
    where: tuple[str, ...]
    plan: Plan | None = None
    goes_by: Keeper | None = None
    can_move: bool = False
    elsewhere: str = ""

    @property
    def clock(self) -> str:
        """ "07:30"."""
        return f"{self.here:%H:%M}"

    @property
    def icon(self) -> str:
        return _STANDINGS[self.standing][0]

    @property
    def tone(self) -> str:
        return _STANDINGS[self.standing][1]

    @property
    def standing_word(self) -> str:
        return wording.sentence(_SECTION, self.standing)

    @property
    def time_words(self) -> str:
        """Day, hour, zone and offset."""
        if self.plan is not None:
            whole = when.plan_words(self.plan)
            return wording.sentence(_SECTION, "here", whole=whole, here=self.clock) if self.elsewhere else whole
        return f"{when.day_words(self.here)}, {self.clock}"

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader and for the tip."""
        return f"{hat_name(self.hat)}: {self.title}. {self.time_words}. {self.standing_word}. {listed(self.where)}."


def entries(library: Library, first: date, last: date, zone: str) -> tuple[Entry, ...]:
    """Everything that is planned or was posted from the beginning of `first` to the end of `last`, the earliest
    first. Raises StoreError."""
    found = [*planned_entries(library, first, last, zone), *_posted(library, first, last, zone)]
    return tuple(sorted(found, key=lambda entry: (entry.here, entry.post_id)))


def planned_entries(library: Library, first: date, last: date, zone: str) -> tuple[Entry, ...]:
    """What is or was planned for those days, and not taken back; the earliest first. Raises StoreError."""
    return tuple(_planned(post, zone) for post in library.planned(first, last, zone) if post.state != "taken_back")


def of_day(all_of_them: Sequence[Entry], day: date) -> tuple[Entry, ...]:
    return tuple(entry for entry in all_of_them if entry.here.date() == day)


def _planned(post: PlannedPost, zone: str) -> Entry:
    is_home = when.is_at_home(post.plan, zone)
    return Entry(
        post_id=post.post_id,
        hat=post.hat,
        title=_title(post.title),
        here=when.plan_here(post.plan, zone).local,
        standing=post.state,
        where=tuple(target.label for target in post.targets),
        plan=post.plan,
        goes_by=post.goes_by if post.state in ("planned", "partly") else None,
        can_move=post.can_move,
        elsewhere="" if is_home else f"{when.clock_words(post.plan)} {offset_words(post.plan)}",
    )


def _posted(library: Library, first: date, last: date, zone: str) -> Iterator[Entry]:
    for record in library.posted(first, last, zone):
        standing = _standing(record)
        if not standing or library.plans_of(record.post_id):
            continue
        yield Entry(
            post_id=record.post_id,
            hat=record.hat,
            title=_title(record.title or record.text),
            here=plan_at(record.posted_at, zone).local,
            standing=standing,
            where=tuple(target.label for target in record.targets),
        )


def _standing(record: Record) -> str:
    states = {target.state for target in record.targets}
    if states & {"failed", "held", "unknown"}:
        return "held"
    if states & {"waiting", "sending"}:
        return "partly" if "sent" in states else "planned"
    if "sent" in states:
        return "out"
    return "taken_down" if "taken_down" in states else ""


def _title(words: str) -> str:
    return " ".join(words.split())[:80] or wording.sentence(_SECTION, "untitled")
