"""A report of a re-scan as a file: a page of HTML that stands alone, or a table for a spreadsheet. No Qt.

Words of posts are anybody's. In HTML all of them are escaped, links lead to the web alone, and the page allows itself
neither scripts nor anything from elsewhere. In CSV a cell that a spreadsheet would take for a formula gets an
apostrophe before it (owasp.org/www-community/attacks/CSV_Injection, read 2026-11-23).
"""

import csv
import io
from html import escape

from twohats.flows.rescan import Flagged, Place, Report, Seen
from twohats.gui import wording
from twohats.gui.rescan import telling
from twohats.gui.sent.moment import moment_of
from twohats.model.finding import Severity

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = ("posted", "network", "account", "hat", "severity", "new", "rule", "words", "text", "reason", "link")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1d1d21 }
h1 { font-size: 1.5em } h2 { font-size: 1.2em; margin-top: 2em } h3 { font-size: 1em; margin: 0 }
article { border-top: 1px solid #ccc; padding: .8em 0; break-inside: avoid }
mark { background: #ffe9a8; color: inherit } .small { color: #55555c; font-size: .9em } ul { padding-left: 1.2em }
"""


def html_of(report: Report) -> str:
    """A whole page."""
    title = escape(wording.sentence("rescan", "paper_title", source=telling.source(report)))
    about = [moment_of(report.made_at), telling.under(report.under), telling.outcome(report), *telling.remarks(report)]
    lines = "".join(f"<p>{escape(line)}</p>" for line in about)
    groups = "".join(_group(report, severity) for severity in telling.GROUPS)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="referrer" content="no-referrer">'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{lines}{groups}</body></html>\n"
    )


def csv_of(report: Report) -> str:
    """A row for each finding, with a head; lines end as RFC 4180 has them."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow([wording.sentence("rescan", f"column_{name}") for name in _COLUMNS])
    for severity in telling.GROUPS:
        for post in report.of(severity):
            for seen in post.seen:
                writer.writerow([_cell(value) for value in _row(post, seen)])
    return table.getvalue()


def _row(post: Flagged, seen: Seen) -> tuple[str, ...]:
    finding = seen.finding
    return (
        post.posted_at.isoformat() if post.posted_at else "",
        ", ".join(place.network for place in post.places),
        ", ".join(place.label for place in post.places if place.label),
        post.hat.value,
        finding.severity.word,
        wording.sentence("rescan", "known" if seen.is_known else "new"),
        f"{finding.rule} {wording.rule_title(finding.rule)}",
        finding.words,
        f"{seen.before}{finding.words}{seen.after}",
        wording.reason(finding),
        " ".join(place.url for place in post.places if place.url),
    )


def _cell(value: str) -> str:
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) or value.startswith(_FORMULA) else value


def _group(report: Report, severity: Severity) -> str:
    count = report.counts.get(severity, 0)
    if not count:
        return ""
    posts = "".join(_article(post) for post in report.of(severity))
    return f"<section><h2>{escape(telling.group(severity, count))}</h2>{posts}</section>"


def _article(post: Flagged) -> str:
    said = "".join(f"<li>{_finding(seen)}</li>" for seen in post.seen)
    places = ", ".join(_place(place) for place in post.places)
    return (
        f"<article><h3>{escape(post.begins)}</h3>"
        f'<p class="small">{escape(telling.when(post.posted_at))} · {places}</p><ul>{said}</ul></article>'
    )


def _place(place: Place) -> str:
    name = escape(telling.where(place))
    if not place.url.startswith(("https://", "http://")):
        return f"{name} <span>{escape(place.url)}</span>" if place.url else name
    return f'<a href="{escape(place.url)}" rel="noreferrer noopener">{name}</a>'


def _finding(seen: Seen) -> str:
    finding = seen.finding
    title = escape(wording.rule_title(finding.rule))
    known = f" · {escape(wording.sentence('rescan', 'known'))}" if seen.is_known else ""
    words = f"{escape(seen.before)}<mark>{escape(finding.words)}</mark>{escape(seen.after)}"
    word = escape(wording.sentence("rescan", f"severity_{finding.severity.word}"))
    return f"<strong>{word}: {title}</strong>{known}<br>{words}<br>{escape(wording.reason(finding))}"
