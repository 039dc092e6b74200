"""The workflows build on real machines of each system. They cannot run here, but are held against their schema."""

import subprocess
import sys
from pathlib import Path

import pytest
import version
import yaml

WORKFLOWS = sorted((version.ROOT / ".github" / "workflows").glob("*.yml"))


def test_there_is_one_for_each_system_and_one_for_releases() -> None:
    assert [file.stem for file in WORKFLOWS] == ["linux", "macos", "release", "windows"]


def test_all_of_them_are_valid() -> None:
    words = ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS)]
    told = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_their_commands_can_be_read_by_the_shell(file: Path) -> None:
    for name, job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].items():
        if job.get("defaults", {}).get("run", {}).get("shell") == "pwsh":
            continue
        for step in job["steps"]:
            if "run" in step:
                ran = subprocess.run(["bash", "-n"], input=step["run"], capture_output=True, text=True, check=False)
                assert ran.returncode == 0, (name, step, ran.stderr)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_what_they_run_of_ours_is_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    named = {word.strip("\"'") for word in text.split() if word.startswith(("packaging/", "tests/"))}
    assert [name for name in sorted(named) if "*" not in name and not (version.ROOT / name).exists()] == []
