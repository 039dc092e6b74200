"""`twohats update --check`, against a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fakes.bad_server import BadServer, Reply
from tests.fakes.releases import NOTES, Publisher

from twohats import app, cli


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    with BadServer() as server:
        made = Publisher(server, tmp_path / "built")
        monkeypatch.setattr(app, "make_updates", made.updates)
        yield made


@pytest.mark.parametrize(
    ("version", "code", "words"),
    [
        ("9.1.0", 1, f"Version 9.1.0 is there; this is 9.0.0. What is new: {NOTES}\n"),
        ("9.0.0", 0, "Version 9.0.0 is the newest.\n"),
        ("8.0.0", 0, "Version 9.0.0 is the newest.\n"),
    ],
)
def test_it_tells(publisher, tmp_path, capfd, version, code, words):
    publisher.publish(version)
    assert cli.run(["update", "--check", "--home", str(tmp_path / "home")]) == code
    assert capfd.readouterr().out == words


def test_what_is_not_right_is_one_sentence(publisher, tmp_path, capfd):
    publisher.publish()
    publisher.server.tell("GET", "feed.json.sig", Reply(body=b""))
    assert cli.run(["update", "--check", "--home", str(tmp_path / "home")]) == 3
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err == (
        "The list of versions does not bear our signature. It was left aside, and nothing was installed.\n"
    )


def test_a_checkout_does_not_look(tmp_path, capfd):
    assert cli.run(["update", "--check", "--home", str(tmp_path)]) == 3
    assert capfd.readouterr().err == "This copy runs from its source, so it does not look for updates.\n"
    assert list(tmp_path.iterdir()) == []


def test_it_changes_nothing_unless_asked_to_look(tmp_path, capfd):
    assert cli.run(["update", "--home", str(tmp_path)]) == 3
    assert "--check" in capfd.readouterr().err
