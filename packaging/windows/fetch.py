"""Fetches what the Windows program is made of, by hash, and installs none of it. What is there already is kept."""

import hashlib
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from windows.places import LOCK, PYTHON_MINOR, RUNTIME_LOCK, WHEEL_CHOICE, BuildRefused

_PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Runtime:
    """The archive that holds CPython: an embeddable zip of python.org for a release, else the one for CI."""

    archive: Path
    python: str
    is_for_release: bool


def wheels(cache: Path) -> list[Path]:
    """The locked wheels, sorted by name."""
    hashes = {word.partition("sha256:")[2] for line in _locked() for word in line.split() if "sha256:" in word}
    found = _with_hashes(cache, hashes)
    if len(found) < len(hashes):
        options = ["--no-deps", "--require-hashes", *WHEEL_CHOICE, "--requirement", str(LOCK), "--dest", str(cache)]
        _pip_download(options)
        found = _with_hashes(cache, hashes)
    if len(found) < len(hashes):
        raise BuildRefused(f"{len(hashes) - len(found)} wheels of {LOCK.name} did not come.")
    return sorted(found)


def runtime(cache: Path, *, is_for_release: bool, lock: Path = RUNTIME_LOCK) -> Runtime:
    """The archive of CPython, its hash checked. A release is refused while its entry is empty or of another minor."""
    entry = tomllib.loads(lock.read_text(encoding="utf-8"))["release" if is_for_release else "ci"]
    if is_for_release and not all(entry[key] for key in ("python", "url", "sha256")):
        raise BuildRefused(
            f"[release] in {lock.name} names no CPython yet, and the one for CI is too old to be given to people."
            " Fill it in from python.org."
        )
    if not entry["python"].startswith(PYTHON_MINOR + "."):
        raise BuildRefused(f"{lock.name} names CPython {entry['python']}; the wheels are for {PYTHON_MINOR}.")
    archive = cache / (Path(urlsplit(entry["url"]).path).name if is_for_release else entry["file"])
    if not archive.exists() or _sha256(archive) != entry["sha256"]:
        if is_for_release:
            _download(entry["url"], archive)
        else:
            _download_sdist(entry["requirement"], entry["sha256"], cache)
    if _sha256(archive) != entry["sha256"]:
        archive.unlink()
        raise BuildRefused(f"{archive.name} is not the file that {lock.name} names.")
    return Runtime(archive, entry["python"], is_for_release)


def _locked() -> list[str]:
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _with_hashes(folder: Path, hashes: set[str]) -> list[Path]:
    return [one for one in folder.glob("*.whl") if _sha256(one) in hashes]


def _download_sdist(requirement: str, sha256: str, cache: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "runtime.txt"
        told.write_text(f"{requirement} --hash=sha256:{sha256}\n", encoding="utf-8")
        options = ["--no-deps", "--no-binary=:all:", "--require-hashes", "--requirement", str(told)]
        _pip_download([*options, "--dest", str(cache)])


def _pip_download(options: list[str]) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    ran = subprocess.run(
        [sys.executable, "-m", "pip", "download", *quiet, *options], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise BuildRefused("The parts could not be fetched: " + ran.stderr.strip()[-1500:])


def _download(url: str, to: Path) -> None:
    if not url.startswith("https://www.python.org/"):
        raise BuildRefused("The runtime of a release comes from www.python.org over https.")
    with urllib.request.urlopen(url, timeout=_PATIENCE_S) as answer:  # noqa: S310 - https, above
        to.write_bytes(answer.read())


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
