"""The log and the crash notes: useful to mend by, and free of what was written."""

import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "Wanda relapsed in Tromsø"

# A program in which everything that may happen to a secret does. It runs by itself, since it takes over the hooks of
# its interpreter; it lies in a folder with its owner's name.
PROGRAM = """
import gc, logging, sys, threading, urllib.request
from datetime import UTC, datetime
from pathlib import Path
from twohats.diagnostics import Diagnostics
from twohats.model.draft import Draft
from twohats.model.errors import Refused
from twohats.model.identity import Hat
import twohats.model.draft

SECRET, folder, what = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
draft = Draft(id="1", created_at=datetime.now(UTC), edited_at=datetime.now(UTC), text=SECRET, title=SECRET)
diagnostics = Diagnostics(folder, lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC), lambda note: print(note.name))
diagnostics.start()
log = logging.getLogger("twohats.model.draft")

def publish(text):
    try:
        raise KeyError(text)
    except KeyError as error:
        raise Refused("not_taken", said=text) from error

class Stubborn:
    def __del__(self):
        raise ValueError(SECRET)

match what:
    case "log":
        log.warning(draft.text)
        log.warning("a draft of " + draft.text)
        log.warning("%s and %d", draft, 12)
        # Constants of that module, as its own log calls would be.
        log.error("Nothing in it that would be missed.")
        import twohats.boundary.check
        rules_log = logging.getLogger("twohats.boundary.check")
        rules_log.error("rule %s failed with %s", "S1", KeyError)
        rules_log.error("rule %s failed with %s", SECRET, Hat.PERSONAL)
        logging.getLogger("urllib3.connectionpool").warning('"POST /%s HTTP/1.1" 500', SECRET)
        try:
            publish(SECRET)
        except Refused as error:
            log.exception("A line of the drafts list. `preview` is the title or the first words.")
    case "uncaught":
        publish(draft.text)
    case "thread":
        thread = threading.Thread(target=publish, args=(draft.text,), name=SECRET)
        thread.start()
        thread.join()
    case "unraisable":
        Stubborn()
        gc.collect()
    case "below":
        import faulthandler
        faulthandler._sigsegv()
    case "nothing":
        diagnostics.stop()
"""

# The program's own parts at work on such a post, with every logger at its most talkative: kept, checked, sent to a blog
# that takes it, and answers with a fault that repeats it.
POSTING = """
import logging, sys, threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from twohats import app, diagnostics
from twohats.boundary.policy import rule_book
from twohats.flows import compose
from twohats.flows.logins import secret_name
from twohats.model.account import account_of
from twohats.model.approval import Answer
from twohats.model.delivery import DeliveryState
from twohats.model.identity import Hat
from twohats.vault.keyring_vault import SessionVault

SECRET, folder = sys.argv[1], Path(sys.argv[2])

class Faulty(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, "[]")

    def do_POST(self):
        asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.answer(500, SECRET)

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass

asked = []
server = HTTPServer(("127.0.0.1", 0), Faulty)
threading.Thread(target=server.serve_forever, daemon=True).start()
site = f"http://127.0.0.1:{server.server_port}"
diagnostics.start(folder)
for name in ("", "twohats", "urllib3", "requests", "sqlalchemy.engine", "alembic", "PIL"):
    logging.getLogger(name).setLevel(logging.DEBUG)

vault = SessionVault()
house = app.open_house(folder, vault)
services = house.services
account = account_of(
    Hat.PROFESSIONAL, id="blog", network="wordpress", label=SECRET,
    settings={"site_url": site, "api_root": site + "/wp-json/", "login": "wanda", "user_id": "1"},
)
services.profile.save_account(account)
vault.set(secret_name("blog"), "wanda:" + SECRET)
now = services.clock()
draft = compose.new_draft("one", now, Hat.PROFESSIONAL, ["blog"])
draft = compose.with_title(compose.with_text(draft, f"My client {SECRET} on Tuesday.", now), SECRET, now)
services.drafts.save(draft)
services.drafts.list(SECRET)
identity = services.profile.identities()[1]
verdict = services.reviewer.review(draft, identity, [account], services.profile.policy())
answers = [Answer(finding, rule_book()[finding.rule].answers[0], SECRET) for finding in verdict.open_findings]
approval = services.reviewer.approve(verdict, answers)
services.publisher.queue_up(verdict, approval, 0)
moved = services.publisher.deliver(services.queue.of_post(approval.post_id)[0].id)
logging.getLogger("urllib3.connectionpool").warning("%s", moved)
print(moved.state.name, "Wanda relapsed" in str(asked))
house.close()
raise RuntimeError(draft.text)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "logs"


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        pytest.param(
            "log",
            [
                "Nothing in it that would be missed.",
                "rule S1 failed with KeyError",
                "rule … failed with personal",
                "Refused not_taken",
            ],
            id="logged",
        ),
        pytest.param("uncaught", ["main thread", "Refused not_taken", "KeyError", "in publish"], id="uncaught"),
        pytest.param("thread", ["a thread", "Refused not_taken", "in publish"], id="in a thread"),
        pytest.param("unraisable", ["cannot raise", "ValueError", "Stubborn.__del__"], id="unraisable"),
    ],
)
def test_faults_are_told_by_place_and_code_without_what_was_written(
    tmp_path: Path, folder: Path, what: str, expected: list[str]
) -> None:
    ran = _run(tmp_path, folder, what)

    written = _everything_in(folder) + ran.stdout + ran.stderr
    _assert_nothing_private(written)
    for words in expected:
        assert words in written


def test_a_crash_note_is_written_and_told_of(tmp_path: Path, folder: Path) -> None:
    ran = _run(tmp_path, folder, "uncaught")

    note = folder / "crash-20261122-093000-000000.txt"
    assert ran.returncode == 1
    assert ran.stdout.strip() == note.name
    assert note.read_text(encoding="utf-8").startswith("Two Hats ")


def test_a_death_below_python_becomes_a_note_at_the_next_start(tmp_path: Path, folder: Path) -> None:
    assert _run(tmp_path, folder, "below").returncode != 0

    _run(tmp_path, folder, "nothing")

    note = folder / "crash-20261122-093000-000000.txt"
    assert "below Python" in note.read_text(encoding="utf-8")
    assert 'File "program.py"' in note.read_text(encoding="utf-8")
    _assert_nothing_private(_everything_in(folder))


def test_a_post_that_fails_on_its_way_leaves_no_word_in_any_file(tmp_path: Path, folder: Path) -> None:
    ran = _run(tmp_path, folder, "", POSTING)

    assert ran.stdout.split()[-2:] == ["UNKNOWN", "True"], ran.stderr
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".txt" for path in files)
    for path in files:
        _assert_nothing_private(path.read_bytes().decode("utf-8", "replace"))
    _assert_nothing_private(ran.stderr)


def test_a_folder_that_cannot_be_written_to_costs_only_the_log(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.touch()

    assert _run(tmp_path, in_the_way / "logs", "nothing").returncode == 0


def _run(tmp_path: Path, folder: Path, what: str, code: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    home = tmp_path / "Jamie Quill"
    home.mkdir(exist_ok=True)
    program = home / "program.py"
    program.write_text(code, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(program), SECRET, str(folder), what],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _everything_in(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


def _assert_nothing_private(written: str) -> None:
    assert [word for word in ("wanda", "relapsed", "tromsø", "quill") if word in written.casefold()] == []
