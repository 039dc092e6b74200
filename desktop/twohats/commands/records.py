"""`twohats records`: finds what was posted, checks that nothing was changed, takes a range along, removes what is old.

Exit codes: 0 done, or the records hold; 1 a record was changed or is missing; 3 bad use, or the profile cannot be
opened.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from twohats.gui import wording
from twohats.model.errors import BadInput
from twohats.model.identity import Hat
from twohats.model.plan import KeptPlan
from twohats.model.record import Record, RecordFilter

if TYPE_CHECKING:
    from twohats.app import House

EXIT_DONE, EXIT_BROKEN = 0, 1
_FORMATS = ("pdf", "html", "csv", "json")
_REDACTIONS = ("text", "names", "clients")
_TELL_EVERY = 100  # records
_LONGEST_LINE = 70


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("records", help="what was posted: find it, check it, take it along")
    parser.set_defaults(run=search, query="", hat=None, network="", first=None, last=None, quiet=False, format="text")
    parser.set_defaults(home=None, limit=None)
    kinds = parser.add_subparsers(metavar="search | verify | export | remove")

    found = kinds.add_parser("search", help="find records by words, hat, network and dates")
    found.add_argument("query", nargs="?", default="")
    _add_filter(found)
    found.add_argument("--format", choices=["text", "json"], default="text")
    found.add_argument("--limit", type=int, metavar="N", help="the newest N at the most")
    found.set_defaults(run=search)

    checked = kinds.add_parser("verify", help="name the first record that was changed or is missing")
    checked.add_argument("--format", choices=["text", "json"], default="text")
    checked.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")
    checked.set_defaults(run=verify)

    taken = kinds.add_parser("export", help="write records as PDF, HTML, CSV or JSON")
    taken.add_argument("out", metavar="OUT", help="the file to write")
    taken.add_argument("--words", dest="query", default="", help="only records with all these words")
    _add_filter(taken)
    taken.add_argument("--format", choices=_FORMATS, help="as the name of the file says, if not given")
    taken.add_argument(
        "--redact",
        action="append",
        choices=_REDACTIONS,
        default=[],
        help="leave out: text (every word of the posts), names (handles, and words found to be about others),"
        " clients (words found to be about clients); may repeat",
    )
    taken.add_argument("--replace", action="store_true", help="write over a file that is there")
    taken.set_defaults(run=export)

    removed = kinds.add_parser("remove", help="remove records older than some years; says first how many")
    removed.add_argument("--older-than", dest="years", type=int, required=True, metavar="YEARS")
    removed.add_argument("--yes", action="store_true", help="remove them; without it they are only counted")
    removed.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")
    removed.set_defaults(run=remove)


def search(chosen: argparse.Namespace) -> int:
    """Prints what fits, the newest first. The exit code."""
    with _house(chosen.home) as house:
        limit = 10_000 if chosen.limit is None else max(1, chosen.limit)
        found = house.services.records.find(_wanted(chosen), limit)
        is_json = chosen.format == "json"
        plans = {record.post_id: house.services.plans.of_post(record.post_id) for record in found if is_json}
    if is_json:
        _out(json.dumps([_told(record, plans[record.post_id]) for record in found], ensure_ascii=False, indent=2))
        return EXIT_DONE
    for record in found:
        where = ", ".join(f"{t.label} ({t.state.replace('_', ' ')})" for t in record.targets)
        _out(f"{record.posted_at.astimezone():%Y-%m-%d %H:%M}  {record.posted_as}  {where}")
        line = " ".join((record.title or record.text).split())
        _out(f"    {line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + '…'}")
    if not found:
        _out(wording.sentence("cli", "no_records" if not _wanted(chosen).narrows else "no_such_records"))
    return EXIT_DONE


def verify(chosen: argparse.Namespace) -> int:
    """Says whether the chain holds; 1 when it does not."""
    with _house(chosen.home) as house:
        records = house.services.records
        broken, (number, seal) = records.first_broken(), records.head()
    if chosen.format == "json":
        told = {"holds": broken is None, "first_broken": broken, "newest_number": number, "newest_hash": seal}
        _out(json.dumps(told))
    elif broken is None:
        _out(wording.sentence("records", "chain_holds", count=number, seal=seal))
    else:
        _out(wording.sentence("records", "chain_broken", number=broken, count=number))
    return EXIT_DONE if broken is None else EXIT_BROKEN


def export(chosen: argparse.Namespace) -> int:
    """Writes the file. Raises BadInput."""
    from twohats.flows.export_records import Redaction, export_of
    from twohats.gui.sent.export_files import write

    path = Path(chosen.out)
    kind = chosen.format or path.suffix.lower().removeprefix(".")
    if kind not in _FORMATS:
        raise BadInput("export_unknown_format", file=path.name)
    if path.exists() and not chosen.replace:
        raise BadInput("export_exists", file=str(path))
    with _house(chosen.home) as house:
        services = house.services
        left_out = frozenset(Redaction(name) for name in chosen.redact)
        made = export_of(services.records, services.queue, services.plans, _wanted(chosen), left_out, services.clock())
        write(made, path, kind, _tell)
    _out(wording.sentence("records", "exported", count=made.count, file=str(path)))
    return EXIT_DONE


def remove(chosen: argparse.Namespace) -> int:
    """Counts what is old enough; removes it with --yes. Raises BadInput."""
    if chosen.years < 1:
        raise BadInput("retention_years")
    with _house(chosen.home) as house:
        records, now = house.services.records, house.services.clock()
        before = now - timedelta(days=chosen.years * 365.25)
        count, stay = records.count_older(before)
        if chosen.yes:
            count = records.remove_older(before, now)
    _out(wording.sentence("records", "removed" if chosen.yes else "would_remove", count=count, years=chosen.years))
    if stay:
        _out(wording.sentence("records", "stay", count=stay))
    return EXIT_DONE


def _add_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hat", "--as", dest="hat", choices=[hat.value for hat in Hat])
    parser.add_argument("--network", default="", help="as accounts name it: wordpress, mastodon, x")
    parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="from this day on, as 2026-11-23")
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="until the end of this day")
    parser.add_argument("--quiet", action="store_true", help="only what was posted while the gate was quiet")
    parser.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")


def _wanted(chosen: argparse.Namespace) -> RecordFilter:
    """Days are those of this computer's zone."""
    last: date | None = chosen.last
    return RecordFilter(
        chosen.query,
        Hat(chosen.hat) if chosen.hat else None,
        chosen.network,
        _begin_of(chosen.first) if chosen.first else None,
        _begin_of(last + timedelta(days=1)) if last and last < date.max else None,
        chosen.quiet,
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _told(record: Record, plans: Sequence[KeptPlan]) -> dict[str, object]:
    planned = [
        {
            "delivery_id": kept.delivery_id,
            "local": kept.plan.local.isoformat(),
            "zone": kept.plan.zone,
            "at": kept.plan.at.isoformat(),
            "kept_by": kept.keeper.value,
        }
        for kept in plans
    ]
    told = asdict(record)
    return {**told, "hat": record.hat.value, "posted_at": record.posted_at.isoformat(), "planned": planned}


def _tell(done: int, count: int) -> bool:
    if sys.stderr.isatty() and (done % _TELL_EVERY == 0 or done == count):
        sys.stderr.write(f"\r{done:,} / {count:,}" + ("\n" if done == count else ""))
        sys.stderr.flush()
    return True


@contextmanager
def _house(home: str | None) -> "Iterator[House]":
    from twohats.app import data_folder, has_profile, open_house

    folder = Path(home) if home else data_folder()
    if not has_profile(folder):
        raise BadInput("no_profile")
    house = open_house(folder)
    try:
        yield house
    finally:
        house.close()


def _out(line: str) -> None:
    # As UTF-8 whatever the console's code page: programs read it.
    sys.stdout.buffer.write((line + "\n").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
