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


def test_a_folder_that_cannot_be_written_to_costs_only_the_log(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.touch()

    assert _run(tmp_path, in_the_way / "logs", "nothing").returncode == 0


def _run(tmp_path: Path, folder: Path, what: str) -> subprocess.CompletedProcess[str]:
    home = tmp_path / "Jamie Quill"
    home.mkdir(exist_ok=True)
    program = home / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(program), SECRET, str(folder), what],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _everything_in(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


def _assert_nothing_private(written: str) -> None:
    for word in [*SECRET.split(), "Quill"]:
        assert word == "in" or word not in written
