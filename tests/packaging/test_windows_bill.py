"""The list of what is in the Windows program names every package with its hash, and is valid CycloneDX."""

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from windows.bill import bill
from windows.places import LOCK, PYTHON_MINOR

LOCKED = [line.split() for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line]
CLASSIFIED = "pyside6-essentials"
MIT = "Classifier: License :: OSI Approved :: MIT License"


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    """What a staged program keeps of each package, and Two Hats itself."""
    for name, version in [one.split("==") for one, _ in LOCKED] + [("twohats", "0.1.0")]:
        folder = tmp_path / "lib" / f"{name.replace('-', '_')}-{version}.dist-info"
        folder.mkdir(parents=True)
        licence = (
            "Classifier: License :: OSI Approved :: MIT License" if name == CLASSIFIED else "License-Expression: MIT"
        )
        (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{licence}\n")
    return tmp_path


def test_every_locked_package_is_listed_with_its_hash(staged: Path) -> None:
    listed = json.loads(bill(staged, "0.1.0", f"{PYTHON_MINOR}.2"))["components"]

    packages = {part["purl"]: part["hashes"][0]["content"] for part in listed if "hashes" in part}
    assert packages == {
        "pkg:pypi/" + name.replace("==", "@"): told.removeprefix("--hash=sha256:") for name, told in LOCKED
    }
    assert {"CPython", "Qt", "Visual C++ runtime"} <= {part["name"] for part in listed}


def test_the_list_is_valid_and_the_same_each_time(staged: Path) -> None:
    made = bill(staged, "0.1.0", f"{PYTHON_MINOR}.2")

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()) is None
    assert made == bill(staged, "0.1.0", f"{PYTHON_MINOR}.2")


def test_a_licence_is_told_as_the_package_tells_it(staged: Path) -> None:
    listed = json.loads(bill(staged, "0.1.0", f"{PYTHON_MINOR}.2"))["components"]
    licences = {part["name"]: part["licenses"] for part in listed}

    assert licences["requests"] == [{"expression": "MIT"}]
    assert licences[CLASSIFIED] == [{"license": {"name": "MIT License"}}]
