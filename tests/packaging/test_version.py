"""One place tells the version, and whatever is built or shown says the same."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import version

import twohats


def test_program_and_installation_tell_the_same() -> None:
    assert version.version() == twohats.__version__ == metadata.version("twohats")


def test_the_command_line_tells_it() -> None:
    told = subprocess.run([sys.executable, "-m", "twohats", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == f"twohats {version.version()}"


def test_a_version_that_is_not_three_numbers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "__init__.py"
    told.write_text('__version__ = "1.0"\n', encoding="utf-8")
    monkeypatch.setattr(version, "_TOLD_IN", told)
    with pytest.raises(ValueError, match="three numbers"):
        version.version()


def test_what_is_built_is_dated_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert version.epoch() == 1234567890
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert version.epoch() == 1767225600
