"""Makes the folder that runs: an environment from the lock files, PyInstaller in it, then a look at what was made."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import licences
import lock
from version import ROOT, epoch

from linux import libraries

HERE = Path(__file__).resolve().parent
LOCKS = HERE.parent / "locks"
PYTHON = (3, 11)
WANTED = (
    "twohats",
    "_internal/resources/tagger/model.onnx",
    "_internal/resources/i18n/en.toml",
    "_internal/resources/program/icon.svg",
    "_internal/resources/licenses/LGPL-3.0.txt",
    "_internal/twohats/store/migrations/env.py",
    "_internal/twohats/store/migrations/versions/0001_first.py",
    "_internal/PySide6/Qt/plugins/platforms/libqxcb.so",
    "_internal/PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "_internal/PySide6/Qt/plugins/platforms/libqwayland.so",
    "_internal/PySide6/Qt/plugins/iconengines/libqsvgicon.so",
    "_internal/PySide6/Qt/plugins/imageformats/libqwebp.so",
    "_internal/PySide6/Qt/plugins/tls/libqopensslbackend.so",
    "_internal/PySide6/Qt/translations/qtbase_de.qm",
    "_internal/tzdata/zoneinfo/Europe/Zurich",
    "_internal/libpython3.11.so.1.0",
    "_internal/libxcb-cursor.so.0",
)
"""What must be there in the end: a missing one is told here, and not by a person who cannot start the program."""


class BuildRefused(Exception):
    """Why nothing is built, in a sentence."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The folder that runs, and the environment that it was made from."""

    folder: Path
    environment: Path

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file() and not file.is_symlink())


def make(to: Path, work: Path) -> Bundle:
    """Makes `to` anew; `work` is kept between builds. Raises BuildRefused."""
    if sys.version_info[:2] != PYTHON:
        raise BuildRefused(
            f"The Linux program is built with CPython {PYTHON[0]}.{PYTHON[1]}, for which its lock file is."
        )
    environment = make_environment(work, LOCKS / "linux.txt")
    _install_program(environment)
    shutil.rmtree(to, ignore_errors=True)
    options = ["--noconfirm", "--log-level=ERROR", f"--distpath={to.parent}", f"--workpath={work / 'pyinstaller'}"]
    _run([str(environment / "bin" / "pyinstaller"), *options, str(HERE / "twohats.spec")], "PyInstaller")
    made = to.parent / "twohats"
    if made != to:
        made.rename(to)
    libraries.strip(to)
    licences.gather(to / "_internal" / "resources" / "licenses" / "packages", site_packages(environment), lock_names())
    missing = [name for name in WANTED if not (to / name).exists()]
    if missing:
        raise BuildRefused("The program would lack " + ", ".join(missing))
    set_modes(to)
    return Bundle(to, environment)


def make_environment(work: Path, lock: Path) -> Path:
    """An environment with what a lock file names and the tools that build: made once for each state of both."""
    told = hashlib.sha256(lock.read_bytes() + (LOCKS / "build.txt").read_bytes() + sys.version.encode()).hexdigest()[
        :16
    ]
    environment = work / f"environment-{told}"
    if (environment / "whole").exists():
        return environment
    shutil.rmtree(environment, ignore_errors=True)
    _run([sys.executable, "-m", "venv", "--without-pip", str(environment)], "venv")
    _pip(environment, "--require-hashes", "--requirement", str(lock), "--requirement", str(LOCKS / "build.txt"))
    (environment / "whole").touch()
    return environment


def lock_names() -> list[str]:
    """The packages that are shipped."""
    return lock.names(LOCKS / "linux.txt")


def python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def site_packages(environment: Path) -> Path:
    return next((environment / "lib").glob("python3*")) / "site-packages"


def dated() -> dict[str, str]:
    """The environment variables under which two builds make the same."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def _install_program(environment: Path) -> None:
    """Two Hats itself, packed as a wheel and installed: with its entry points, by which the networks are found."""
    _pip(environment, "--no-build-isolation", "--force-reinstall", str(ROOT))


def _pip(environment: Path, *what: str) -> None:
    words = ["-m", "pip", "--python", str(python_of(environment)), "install", "--quiet", "--disable-pip-version-check"]
    variables = {"PATH": f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    _run([sys.executable, *words, "--no-deps", "--no-compile", *what], "pip", variables)


def _run(words: list[str], name: str, more: dict[str, str] | None = None) -> None:
    ran = subprocess.run(
        words,
        env={**dated(), **(more or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise BuildRefused(f"{name} failed: {ran.stdout.strip()[-2000:]}")


def set_modes(folder: Path) -> None:
    """Libraries are not programs, and everybody may read what everybody may start; all of one date."""
    for file in [folder, *folder.rglob("*")]:
        if file.is_symlink():
            continue
        file.chmod(0o755 if file.is_dir() or file == folder / "twohats" else 0o644)
        os.utime(file, (epoch(), epoch()))
