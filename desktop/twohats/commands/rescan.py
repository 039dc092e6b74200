"""`twohats rescan`: looks through what was posted, or through an archive, with today's rules. It reports, and changes
nothing.

Exit codes as those of the check: 0 nothing new at warn or above, 1 a warning, 2 a stop, 3 input that cannot be read.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from twohats.gui import wording
from twohats.gui.rescan import paper, telling
from twohats.model.errors import BadInput, TwoHatsError
from twohats.model.finding import Severity
from twohats.model.identity import Hat, fresh_identities
from twohats.model.policy import Policy

if TYPE_CHECKING:
    from twohats.flows.rescan import Flagged, Progress, Report

_EXIT = {Severity.WARN: 1, Severity.STOP: 2}
_TELL_EVERY = 25  # posts


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "rescan",
        help="check again what was posted, or an archive",
        description="Looks through your records, or through an archive of X, Mastodon, Facebook (JSON) or the export"
        " file of WordPress, with today's rules and policy. Nothing is changed, uploaded or kept.",
        epilog="Exit codes: 0 nothing new at warn or above; 1 a warning; 2 a stop; 3 input that cannot be read.",
    )
    parser.add_argument("--hat", choices=[hat.value for hat in Hat], help="check all of it under this hat")
    parser.add_argument("--archive", metavar="FILE", help="an archive that a network gave you; asks for --hat")
    parser.add_argument("--format", choices=["text", "jsonl", "html", "csv"], default="text")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """The exit code. Raises BadInput for what cannot be read, and whatever opening the profile raises."""
    under = Hat(chosen.hat) if chosen.hat else None
    if chosen.archive and under is None:
        raise BadInput("rescan_needs_hat")
    report = _of_archive(Path(chosen.archive), under) if chosen.archive else _of_records(under)
    match chosen.format:
        case "html":
            _out(paper.html_of(report))
        case "csv":
            _out(paper.csv_of(report))
        case "jsonl":
            _print_lines(report)
        case _:
            _print(report)
    return _EXIT.get(report.severity, 0)


def _of_records(under: Hat | None) -> "Report":
    from twohats.app import open_house
    from twohats.flows.rescan import look_through
    from twohats.flows.rescan_sources import of_records

    house = open_house()
    try:
        house.load_tagger()
        services = house.services
        identities, policy = services.profile.identities(), services.profile.policy()
        source = of_records(services.records, services.queue)
        return look_through(source, under, house.boundary, identities, policy, services.clock(), _tell)
    finally:
        house.close()


def _of_archive(path: Path, under: Hat | None) -> "Report":
    """With the owner's cards and allowances, where there is a profile and the keyring opens it."""
    from datetime import UTC, datetime

    from twohats.app import has_profile, open_house
    from twohats.archives.opening import open_archive
    from twohats.boundary.check import make_checker
    from twohats.boundary.tagger.loading import load
    from twohats.flows.rescan import look_through
    from twohats.flows.rescan_sources import of_archive

    archive = open_archive(path)
    house = None
    if has_profile():
        try:
            house = open_house()
        except TwoHatsError:
            _say(wording.sentence("cli", "checked_bare"))
    checker = make_checker()
    checker.tagger = load()
    if house is None:
        return look_through(of_archive(archive), under, checker, fresh_identities(), Policy(), datetime.now(UTC), _tell)
    try:
        services = house.services
        source = of_archive(archive, services.records, services.queue)
        identities, policy = services.profile.identities(), services.profile.policy()
        return look_through(source, under, checker, identities, policy, services.clock(), _tell)
    finally:
        house.close()


def _tell(progress: "Progress") -> None:
    """On a terminal alone, over the same line again and again."""
    if sys.stderr.isatty() and progress.looked_at % _TELL_EVERY == 0:
        found = f"{progress.crossing:,}"
        sys.stderr.write(f"\r{telling.say('running', progress.looked_at, found=found)} ")
        sys.stderr.flush()


def _print(report: "Report") -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    _out(f"{telling.source(report)}. {telling.under(report.under)}")
    _out(telling.outcome(report))
    for line in telling.remarks(report):
        _out(line)
    for severity in telling.GROUPS:
        if count := report.counts.get(severity, 0):
            _out(f"\n{telling.group(severity, count)}")
            for post in report.of(severity):
                _print_post(post)


def _print_post(post: "Flagged") -> None:
    _out(f"  {telling.when(post.posted_at)}  {telling.places(post)}")
    for seen in post.seen:
        known = f" ({wording.sentence('rescan', 'known')})" if seen.is_known else ""
        _out(f"    {seen.finding.severity.word:4}  {seen.finding.rule:3}  “{seen.finding.words}”{known}")
        _out(f"          {wording.reason(seen.finding)}")
    for place in post.places:
        if place.url:
            _out(f"    {place.url}")


def _print_lines(report: "Report") -> None:
    for severity in telling.GROUPS:
        for post in report.of(severity):
            _out(json.dumps({"type": "post", "severity": severity.word, **_as_json(post)}, ensure_ascii=False))
    summary = {
        "type": "summary",
        "source": report.source,
        "under": report.under.value if report.under else None,
        "made_at": report.made_at.isoformat(),
        "looked_at": report.looked_at,
        "posts": {severity.word: report.counts.get(severity, 0) for severity in telling.GROUPS},
        "left_out": dict(report.left_out),
        "not_checked": report.not_checked,
        "not_read": report.not_read,
        "not_listed": report.not_listed,
        "by_rules_only": report.by_rules_only,
    }
    _out(json.dumps(summary, ensure_ascii=False))


def _as_json(post: "Flagged") -> dict[str, object]:
    return {
        "posted_at": post.posted_at.isoformat() if post.posted_at else None,
        "hat": post.hat.value,
        "post_id": post.post_id or None,
        "begins": post.begins,
        "places": [{"network": place.network, "label": place.label, "url": place.url} for place in post.places],
        "findings": [
            {
                "rule": seen.finding.rule,
                "severity": seen.finding.severity.word,
                "known": seen.is_known,
                "field": seen.finding.span.field.value,
                "words": seen.finding.words,
                "before": seen.before,
                "after": seen.after,
                "reason": wording.reason(seen.finding),
            }
            for seen in post.seen
        ],
    }


def _out(words: str) -> None:
    # As UTF-8 whatever the console's code page: files and programs read it.
    sys.stdout.flush()
    sys.stdout.buffer.write((words.rstrip("\n") + "\n").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
