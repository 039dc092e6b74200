"""A report of a re-scan in words: for the page, for paper and for the command line. No Qt."""

from collections.abc import Iterator
from datetime import datetime

from twohats.flows.rescan import Flagged, Place, Report
from twohats.gui import wording
from twohats.gui.sent.moment import day_of
from twohats.model.finding import Severity
from twohats.model.identity import Hat

GROUPS = (Severity.STOP, Severity.WARN, Severity.NOTE, Severity.SILENT)
"""In the order in which they are shown; SILENT are posts where all was weighed when they were posted."""
_SECTION = "rescan"
_LEFT_OUT = "left_out"


def source(report: Report) -> str:
    """ "Your records", "An archive of X"."""
    return wording.sentence(_SECTION, f"source_{report.source}")


def under(hat: Hat | None) -> str:
    """The hat for all, or that each wears its own."""
    return wording.sentence(_SECTION, f"under_{hat.value}" if hat else "under_own")


def outcome(report: Report) -> str:
    """What came of it, in one sentence."""
    crossing = report.counts.get(Severity.STOP, 0) + report.counts.get(Severity.WARN, 0)
    if not report.looked_at:
        return say("none", 0)
    return say("crossing" if crossing else "clear", crossing or report.looked_at, of=f"{report.looked_at:,}")


def remarks(report: Report) -> Iterator[str]:
    """What the reader of a report must know beside it, a sentence each."""
    if not report.is_whole:
        yield wording.sentence(_SECTION, "stopped")
    if report.not_checked:
        yield say("not_checked", report.not_checked)
    if report.by_rules_only:
        yield wording.sentence(_SECTION, "rules_only")
    if report.not_read:
        yield say("not_read", report.not_read)
    for why, count in sorted(report.left_out.items()):
        yield wording.sentence(_LEFT_OUT, f"{why}_one" if count == 1 else why, count=f"{count:,}")
    if report.not_listed:
        yield say("not_listed", report.not_listed)


def group(severity: Severity, count: int) -> str:
    """The title of a group: "Stops: 3 posts"."""
    return say(f"group_{severity.word}", count)


def when(posted_at: datetime | None) -> str:
    """The day in local time, or that the archive does not tell."""
    return day_of(posted_at) if posted_at else wording.sentence(_SECTION, "no_date")


def where(place: Place) -> str:
    """The account's name where there is one, and the network."""
    network = wording.sentence("network", place.network) if place.label else _name_of(place.network)
    return network if place.label in ("", network) else f"{place.label} ({network})"


def places(post: Flagged) -> str:
    return ", ".join(where(place) for place in post.places)


def say(code: str, count: int, **facts: object) -> str:
    """A sentence about a number of things; its form for one where it has another."""
    name = f"{code}_one" if count == 1 and wording.has_sentence(_SECTION, f"{code}_one") else code
    return wording.sentence(_SECTION, name, count=f"{count:,}", **facts)


def _name_of(network: str) -> str:
    code = f"network_{network}"
    return (
        wording.sentence(_SECTION, code)
        if wording.has_sentence(_SECTION, code)
        else wording.sentence("network", network)
    )
