"""Links and files that another start hands to the first window, as a desktop does; and what is refused before that."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.journeys.first_window import KEY
from tests.journeys.starting import HURRY_S, first, start

from twohats.model.draft import Draft
from twohats.store.database import open_store

__all__ = ["first"]  # the fixture

ID = "0123456789abcdef0123456789abcdef"
REFUSED = "That link does not name a draft or a record of Two Hats, so nothing was opened.\n"


def told(home: Path, *arguments: str) -> tuple[int, str]:
    """The exit code of another start, and what it said on the console."""
    process = start(home, "-m", "twohats", *arguments)
    _out, said = process.communicate(timeout=HURRY_S)
    return process.returncode, said


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    store = open_store(folder, KEY)
    now = datetime.now(UTC)
    store.drafts.save(Draft(ID, now, now, text="Kept from another day."))
    store.close()
    return folder


def test_the_first_window_opens_what_another_start_was_given(
    home: Path, first: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert first.stdout is not None
    assert told(home, "--open-url", f"twohats://draft/{ID}")[0] == 0
    assert [first.stdout.readline() for _ in range(2)] == ["wanted True\n", f"draft {ID}\n"]

    assert told(home, "open", f"twohats://record/{ID}")[0] == 0
    assert [first.stdout.readline() for _ in range(2)] == [
        "wanted True\n",
        "says What that link leads to is not kept here, or not any more.\n",
    ]

    file = tmp_path / "an old desk, år 2025.twohats"
    assert told(home, "--open-file", str(file))[0] == 0
    wanted, says = (first.stdout.readline() for _ in range(2))
    assert wanted == "wanted True\n"
    assert says.startswith("says Put everything that is in an old desk, år 2025.twohats into Two Hats?")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--open-url"], id="nothing"),
        pytest.param(["--open-url", f"twohats://draft/{ID}", "--version"], id="two arguments"),
        pytest.param(["--open-url", "--version"], id="an option"),
        pytest.param(["--open-url", f"twohats://draft/{ID}?post=now"], id="a query"),
        pytest.param(["--open-url", "https://example.org/"], id="another scheme"),
        pytest.param(["--open-url", "/etc/passwd"], id="a file"),
        pytest.param(["open", f"twohats://settings/{ID}"], id="another item"),
    ],
)
def test_what_a_web_page_could_try_is_refused_in_a_sentence(home: Path, arguments: list[str]) -> None:
    assert told(home, *arguments) == (3, REFUSED)


def test_the_words_count_only_in_front(home: Path) -> None:
    """What follows a command is the command's own."""
    code, said = told(home, "check", "--open-url", f"twohats://draft/{ID}")
    assert code == 3
    assert "unrecognized arguments" in said or "required" in said
