"""Makes Two Hats.app on a Mac, in an environment from the lock files. sign_notarize.sh does the rest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import icons
import licences
import lock
from linux.bundle import BuildRefused, dated, make_environment, site_packages
from version import ROOT

from macos import plists

HERE = Path(__file__).resolve().parent
LOCK = lock.LOCKS / "macos.txt"
PYTHON = (3, 13)


def make(to: Path, work: Path) -> Path:
    """The .app, unsigned but for PyInstaller's ad-hoc signature. Raises BuildRefused."""
    if sys.platform != "darwin":
        raise BuildRefused("The macOS program is built on a Mac.")
    if sys.version_info[:2] != PYTHON:
        raise BuildRefused(f"The macOS program is built with CPython {PYTHON[0]}.{PYTHON[1]}, for which its lock is.")
    environment = make_environment(work, LOCK)
    python = str(environment / "bin" / "python")
    _run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--force-reinstall",
          "--no-build-isolation", str(ROOT)], environment)  # fmt: skip
    staged = stage(work / "staged", site_packages(environment))
    shutil.rmtree(to, ignore_errors=True)
    options = ["--noconfirm", "--log-level=ERROR", f"--distpath={to}", f"--workpath={work / 'pyinstaller'}"]
    _run([str(environment / "bin" / "pyinstaller"), *options, str(HERE / "twohats_mac.spec")], environment, staged)
    made = to / "Two Hats.app"
    if not (made / "Contents" / "Info.plist").exists():
        raise BuildRefused("PyInstaller made no application.")
    return made


def stage(to: Path, packages: Path) -> Path:
    """What the application takes beside the program: icon, licences, the way it was handed out, entitlements."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    icons.make_icns(to / "twohats.icns")
    licences.gather(to / "licenses", packages, lock.names(LOCK))
    (to / "channel").write_text("dmg\n", encoding="ascii")
    (to / "entitlements.plist").write_bytes(plists.entitlements())
    return to


def _run(words: list[str], environment: Path, staged: Path | None = None) -> None:
    variables = {**dated(), "PATH": f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    if staged:
        variables["TWOHATS_STAGED"] = str(staged)
    ran = subprocess.run(words, env=variables, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise BuildRefused(f"{Path(words[0]).name} failed: {(ran.stdout + ran.stderr).strip()[-2000:]}")
