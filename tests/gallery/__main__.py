"""Drives the real window through its main screens and saves a picture of each.

`python -m tests.gallery OUT [--only NAME,…]` saves OUT/NAME-light-1x.png and so on: light and dark, at 1x and 2x, at
the usual size; NAME-small-… at the smallest. Everything is real but the keyring (kept in memory) and the person.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="names of screens, with commas between")
    parser.add_argument("--theme", choices=["light", "dark"], help="for one run alone")
    parser.add_argument("--scale", choices=["1", "2"], help="for one run alone")
    parser.add_argument("--text", type=int, default=100, help="text size in per cent")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if "TWOHATS_GALLERY" in os.environ:
        from tests.gallery.screens import take_all

        only = tuple(name for name in chosen.only.split(",") if name)
        return take_all(chosen.out, chosen.theme, chosen.scale, chosen.text, only)
    failed = 0
    for theme in [chosen.theme] if chosen.theme else ["light", "dark"]:
        for scale in [chosen.scale] if chosen.scale else ["1", "2"]:
            failed = max(failed, _run(chosen, theme, scale))
    return failed


def _run(chosen: argparse.Namespace, theme: str, scale: str) -> int:
    """One theme and scale in a process of its own: Qt reads its scale when it starts."""
    with tempfile.TemporaryDirectory(prefix="two-hats-") as home:
        environment = {
            **os.environ,
            "TWOHATS_GALLERY": "1",
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "QT_SCALE_FACTOR": scale,
            "QT_LOGGING_RULES": "*.warning=false",
            "TZ": "Europe/London",  # so that another zone looks like one
            "HOME": home,
            "USERPROFILE": home,
            "XDG_CONFIG_HOME": str(Path(home) / ".config"),
        }
        command = [sys.executable, "-m", "tests.gallery", str(chosen.out.resolve())]
        command += ["--theme", theme, "--scale", scale, "--text", str(chosen.text), "--only", chosen.only]
        return subprocess.run(command, env=environment, cwd=_ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
