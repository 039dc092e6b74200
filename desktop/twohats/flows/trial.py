"""The quiet trial: two weeks in which the check only marks; what the gate would have done; and how long it lasts.

It ends by itself, and the gate is on again: nobody is less guarded for not having answered a question.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from twohats.model.finding import Severity
from twohats.model.ports import RecordStore
from twohats.model.record import Record
from twohats.model.settings import Settings

TRIAL_DAYS = 14

_AT_ONCE = 50
_ASKED = frozenset((Severity.WARN.word, Severity.STOP.word))


def begun(settings: Settings, today: date, newest_record: int) -> Settings:
    """The trial begins, or begins anew. Its report counts the records after `newest_record`."""
    return replace(
        settings,
        trial_started_on=today.isoformat(),
        trial_seen_on=today.isoformat(),
        trial_days=0,
        trial_from_record=newest_record,
    )


def ended(settings: Settings) -> Settings:
    """The gate is on; nothing is left to report."""
    return replace(settings, trial_started_on="", trial_seen_on="", trial_days=0, trial_from_record=0)


def advanced(settings: Settings, today: date) -> Settings:
    """The same a day or more later. Days are added up as they pass: a clock set back takes none away and adds none,
    and one set forward ends the trial early, which is the safe way to be wrong."""
    if not settings.trial_started_on or settings.trial_seen_on == today.isoformat():
        return settings
    seen_on = _day_of(settings.trial_seen_on)
    passed = max(0, (today - seen_on).days) if seen_on else TRIAL_DAYS
    days = min(TRIAL_DAYS, max(0, settings.trial_days) + passed)
    return replace(settings, trial_days=days, trial_seen_on=today.isoformat())


def is_quiet(settings: Settings) -> bool:
    """Whether the gate is quiet now. The settings must have been advanced to today."""
    return bool(settings.trial_started_on) and settings.trial_days < TRIAL_DAYS


def is_over(settings: Settings) -> bool:
    """Whether the two weeks have passed, and nobody has read the report yet."""
    return bool(settings.trial_started_on) and not is_quiet(settings)


def days_left(settings: Settings) -> int:
    return TRIAL_DAYS - min(TRIAL_DAYS, max(0, settings.trial_days)) if is_quiet(settings) else 0


@dataclass(frozen=True, slots=True)
class TrialReport:
    """What the gate would have done. `asked` and `held` are posts let through that it would have asked about (a warning
    at most) or held (a stop); `stopped` those that it did stop, and no other; `rules` how often each rule was not
    heard."""

    posts: int
    asked: int
    held: int
    stopped: int
    rules: tuple[tuple[str, int], ...]


def report(records: RecordStore, settings: Settings) -> TrialReport:
    """Counts the posts of the trial, from their records. Raises StoreError."""
    posts = asked = held = stopped = 0
    rules: Counter[str] = Counter()
    for record in _since(records, settings.trial_from_record):
        unasked = [f for f in record.findings if f.action == "unasked" and f.severity in _ASKED]
        rules.update(finding.rule for finding in unasked)
        posts += 1
        if any(finding.action == "answered" for finding in record.findings):
            stopped += 1
        elif any(finding.severity == Severity.STOP.word for finding in unasked):
            held += 1
        elif unasked:
            asked += 1
    return TrialReport(posts, asked, held, stopped, tuple(rules.most_common()))


def newest_record(records: RecordStore) -> int:
    """The number of the newest record; 0 when there is none. Raises StoreError."""
    return next((record.number for record in records.search(limit=1)), 0)


def _since(records: RecordStore, number: int) -> list[Record]:
    found: list[Record] = []
    while True:
        page = records.search(limit=_AT_ONCE, offset=len(found))
        found += [record for record in page if record.number > number]
        if len(page) < _AT_ONCE or page[-1].number <= number:
            return [record for record in found if record.was_quiet]


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
