"""The report of a second look as a file: no formula for a spreadsheet, no markup or script for a browser."""

import csv
import io
from datetime import UTC, datetime

import pytest

from twohats.flows.rescan import Flagged, Place, Report, Seen
from twohats.gui.rescan import paper
from twohats.model.finding import Category, Finding, Severity
from twohats.model.identity import Hat
from twohats.model.span import Span

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def report(words: str, url: str = "https://x.com/i/web/status/1", begins: str = "Begins") -> Report:
    finding = Finding("S1", Category.RELATIONSHIPS, Span(0, len(words)), words, Severity.WARN, "S1")
    seen = Seen(finding, "before ", " after", is_known=False)
    post = Flagged(NOW, (Place("x", url=url),), Hat.PROFESSIONAL, begins, (seen,))
    return Report("x", Hat.PROFESSIONAL, NOW, 1, (post,), {Severity.WARN: 1}, {})


@pytest.mark.parametrize(
    "words",
    ['=HYPERLINK("http://bad.example.com","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "  =1+1", "\n=1", "\r=1", "＝1"],
)
def test_no_cell_begins_as_a_formula_does(words: str) -> None:
    _, row = csv.reader(io.StringIO(paper.csv_of(report(words, url="=cmd|' /C calc'!A0")), newline=""))
    assert f"'{words}" in row
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in row)


def test_words_with_quotes_and_lines_come_back_whole() -> None:
    words = 'He said "no"; then,\nnothing'
    _, row = csv.reader(io.StringIO(paper.csv_of(report(words)), newline=""))
    assert words in row


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd"])
def test_a_page_leads_to_the_web_alone_and_runs_nothing(url: str) -> None:
    page = paper.html_of(report("<script>alert(1)</script>", url, '"><img src=x onerror=alert(1)>'))
    assert "<script" not in page
    assert "<img" not in page
    assert "href" not in page
    assert "default-src 'none'" in page
    assert "before <mark>&lt;script&gt;" in page


def test_a_link_cannot_break_out_of_its_place() -> None:
    page = paper.html_of(report("words", 'https://x.com/"onmouseover="alert(1)'))
    assert 'href="https://x.com/&quot;onmouseover=&quot;alert(1)"' in page


def test_the_counts_and_the_group_stand_above_the_posts() -> None:
    page = paper.html_of(report("my wife"))
    assert "<h2>Warnings: 1 post</h2>" in page
    assert "1 of 1 posts holds something" in page
