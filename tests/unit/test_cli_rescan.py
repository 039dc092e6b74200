"""The command line's second look at what was posted."""

import csv
import io
import json
from argparse import Namespace
from pathlib import Path

import pytest
from tests.fakes import archive_files as made
from tests.unit.flows.test_rescan import posted
from tests.unit.test_cli import CLEAN, STOP, WARN, said, twohats

from twohats.app import open_house
from twohats.commands import rescan
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = (f"<b>Hello</b>, a long day. {STOP} More tomorrow.", WARN, CLEAN, "RT @robin: hello")
    tweets = [made.tweet(number, text) for number, text in enumerate(texts, start=1)]
    return made.x_archive(tmp_path_factory.mktemp("archive") / "x.zip", tweets)


@pytest.mark.parametrize(("hat", "code"), [("professional", 2), ("personal", 2)])
def test_an_archive_is_told_in_groups_with_reasons_and_links(archive, hat, code):
    result = twohats("rescan", "--archive", str(archive), "--hat", hat)
    words = result.stdout.decode()
    assert result.returncode == code
    assert "Stops: 1 post" in words
    assert "A client told me today" in words
    assert "https://x.com/i/web/status/1" in words
    assert "1 left out: words of somebody else that were passed on." in words
    assert ("Warnings: 1 post" in words) == (hat == "professional")


def test_json_lines_give_each_post_and_the_counts(archive):
    result = twohats("rescan", "--archive", str(archive), "--hat", "professional", "--format", "jsonl")
    *posts, summary = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert [post["severity"] for post in posts] == ["stop", "warn"]
    for post in posts:
        assert post["places"][0]["network"] == "x"
        for finding in post["findings"]:
            assert finding["reason"].endswith(".")
            assert finding["known"] is False
    assert summary["looked_at"] == 3
    assert summary["posts"] == {"stop": 1, "warn": 1, "note": 0, "silent": 0}
    assert summary["left_out"] == {"not_own": 1}


def test_html_stands_alone_and_escapes_the_words(archive):
    page = twohats("rescan", "--archive", str(archive), "--hat", "professional", "--format", "html").stdout.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "<b>Hello" not in page
    assert "&lt;b&gt;Hello&lt;/b&gt;, a long day. <mark>A client told me" in page
    assert '<a href="https://x.com/i/web/status/1"' in page


def test_csv_has_a_row_for_each_finding(archive):
    table = twohats("rescan", "--archive", str(archive), "--hat", "professional", "--format", "csv").stdout.decode()
    head, *rows = csv.reader(io.StringIO(table))
    assert head[0] == "posted"
    assert [(row[1], row[4], row[5]) for row in rows] == [("x", "stop", "new"), ("x", "warn", "new")]


def test_own_posts_are_told_with_what_was_weighed_then(tmp_path, monkeypatch, capfdbinary):
    vault = SessionVault()  # in place of the system's keyring
    monkeypatch.setattr("twohats.app.open_house", lambda *_given: open_house(tmp_path / "profile", vault))
    house = open_house(tmp_path / "profile", vault)
    blog = house.services.accounts.add_folder(Hat.PROFESSIONAL, tmp_path / "work", "hugo")
    posted(house, blog, WARN)
    house.close()
    assert rescan.run(Namespace(hat=None, archive=None, format="text")) == 0
    words = capfdbinary.readouterr().out.decode()
    assert "Nothing new in the one post by these checks." in words
    assert "Weighed when it was posted: 1 post" in words
    assert "(weighed then)" in words


def test_an_archive_needs_a_hat(archive):
    result = twohats("rescan", "--archive", str(archive))
    assert result.returncode == 3
    assert "--hat" in said(result)


def test_what_is_no_archive_is_refused_in_one_sentence(tmp_path):
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8\xff" * 99)
    result = twohats("rescan", "--archive", str(file), "--hat", "personal")
    assert result.returncode == 3
    assert said(result).startswith("This is no archive that Two Hats knows.")
    assert result.stdout == b""
