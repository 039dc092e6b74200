"""Records taken along: every format, what is left out, and what a spreadsheet or a browser could take amiss."""

import csv
import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.unit.store.posts import BLOG, NOON, post

from twohats.flows.export_records import MASK, Redaction, export_of, sheet_of
from twohats.gui.sent.export_files import FORMATS, write
from twohats.gui.sent.export_words import sent_line
from twohats.model.plan import Keeper, KeptPlan, plan_at
from twohats.model.record import Record, RecordedFinding, RecordFilter
from twohats.store.database import Store

NASTY = '=HYPERLINK("http://bad.test")<script>alert(1)</script> 睡眠'


def add(store: Store, number: int, text: str) -> None:
    made = post(number, text=text, at=NOON + timedelta(minutes=number))
    store.queue.add(made.approval, made.deliveries, made.record)


def written(store: Store, path: Path, kind: str, *left_out: Redaction) -> bytes:
    made = export_of(store.records, store.queue, store.plans, RecordFilter(), frozenset(left_out), NOON)
    assert write(made, path, kind, lambda done, count: True)
    return path.read_bytes()


def finding(words: str, category: str) -> RecordedFinding:
    return RecordedFinding("C1", category, "stop", words, "answered", "meant", f"about {words}")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_written_whole_with_its_seals(store: Store, tmp_path: Path, kind: str) -> None:
    for number in range(1, 4):
        add(store, number, f"{NASTY} {number} " + "long " * 900)
    data = written(store, tmp_path / "out", kind)
    assert data.startswith(b"%PDF") if kind == "pdf" else store.records.head()[1] in data.decode("utf-8-sig")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.endswith("part")) == []


def test_json_holds_all_texts_targets_and_findings(store: Store, tmp_path: Path) -> None:
    add(store, 1, "My wife sleeps well.")
    told = json.loads(written(store, tmp_path / "out", "json"))
    assert (told["format"], told["version"], told["left_out"]) == ("two-hats-records", 1, [])
    (record,) = told["records"]
    assert record["text"] == "My wife sleeps well."
    assert [sent["parts"] for sent in record["sent"]] == [["My wife sleeps well."], ["My wife sleeps well."]]
    assert record["findings"][0]["answer"] == "meant"
    assert told["chain"] == {"newest_number": 1, "newest_hash": record["hash"]}


def test_anybody_can_hold_an_export_against_the_chain_and_see_the_plan(store: Store, tmp_path: Path) -> None:
    add(store, 1, "Grüße: the wörds ✓ and a lone \ud800.")
    made = post(2, at=NOON)
    plan = plan_at(NOON + timedelta(hours=6), "Europe/Berlin")
    there = KeptPlan(made.deliveries[0].id, "post-2", plan, Keeper.THERE)
    store.queue.add(made.approval, made.deliveries, made.record, (there,))
    told = json.loads(written(store, tmp_path / "out", "json"))
    previous = "0" * 64
    for record in told["records"]:
        sealed = json.loads(record["sealed"])
        assert hashlib.sha256(record["sealed"].encode()).hexdigest() == record["hash"]
        shown = sealed["text"].encode("utf-8", "replace").decode()  # as files write what is no letter
        assert (sealed["previous_hash"], shown) == (previous, record["text"])
        previous = record["hash"]
    assert told["chain"]["newest_hash"] == previous
    planned = [sent["planned"] for sent in told["records"][1]["sent"]]
    assert planned[0] == {
        "local": "2026-11-22T19:00:00",
        "zone": "Europe/Berlin",
        "at": "2026-11-22T18:00:00+00:00",
        "kept_by": "there",
    }
    assert planned[1] is None
    assert "planned for 2026-11-22 19:00 Europe/Berlin" in written(store, tmp_path / "out", "html").decode()
    assert json.loads(written(store, tmp_path / "out", "json", Redaction.CLIENTS))["records"][0]["sealed"] == ""


def test_every_paper_says_what_went_after_which(store: Store, tmp_path: Path) -> None:
    made = post(1, is_led=True)
    store.queue.add(made.approval, made.deliveries, made.record)
    (record,) = json.loads(written(store, tmp_path / "out", "json"))["records"]
    assert [sent["after"] for sent in record["sent"]] == ["", BLOG.label]
    table = written(store, tmp_path / "out", "csv").decode("utf-8-sig").splitlines()
    assert [row["after"] for row in csv.DictReader(table)] == ["", BLOG.label]
    page = written(store, tmp_path / "out", "html").decode()
    assert page.count(f"(after {BLOG.label}, with a link to its post)") == 1
    (sheet,) = export_of(store.records, store.queue, store.plans, RecordFilter(), frozenset(), NOON).sheets
    assert f"after {BLOG.label}" in sent_line(sheet.sent[1])  # the line that the PDF shows too


def test_a_spreadsheet_meets_no_formula_and_a_browser_no_script(store: Store, tmp_path: Path) -> None:
    add(store, 1, NASTY)
    table = written(store, tmp_path / "out.csv", "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    assert rows
    assert all(row["text"] == f"'{NASTY}" for row in rows)
    page = written(store, tmp_path / "out.html", "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("kind", ["html", "csv", "json"])
def test_what_is_left_out_is_said_and_gone_everywhere(store: Store, tmp_path: Path, kind: str) -> None:
    add(store, 1, "My wife and @kim@lake.test sleep well.")
    page = written(store, tmp_path / "out", kind, Redaction.NAMES).decode("utf-8-sig")
    assert "My wife" not in page
    assert "kim" not in page
    assert "names" in page or "Left out: handles" in page
    page = written(store, tmp_path / "out", kind, Redaction.TEXT).decode("utf-8-sig")
    assert "sleep well" not in page


def test_only_words_about_clients_are_covered(store: Store) -> None:
    text = "Jo cried. My wife knows. jo again."
    made = post(1, text=text).record
    findings = (finding("Jo", "client"), finding("My wife", "relationships"))
    record = Record(**{name: getattr(made, name) for name in made.__slots__} | {"findings": findings})
    sheet = sheet_of(record, (), (), frozenset({Redaction.CLIENTS}))
    assert sheet.text == f"{MASK} cried. My wife knows. {MASK} again."
    assert [f.words for f in sheet.findings] == [MASK, "My wife"]
    assert sheet.findings[0].note == f"about {MASK}"


def test_a_writing_that_is_stopped_leaves_nothing(store: Store, tmp_path: Path) -> None:
    for number in range(1, 4):
        add(store, number, "Words.")
    for kind in FORMATS:
        made = export_of(store.records, store.queue, store.plans, RecordFilter(), frozenset(), NOON)
        assert not write(made, tmp_path / "out", kind, lambda done, count: done < 2)
    assert not (tmp_path / "out").exists()
