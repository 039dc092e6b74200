"""How this copy of the program was handed out, and for which system: the packager writes it into a file beside it."""

import platform
import sys
from pathlib import Path

from twohats.model.update import Channel

FILE_NAME = "channel"
_LONGEST = 64


def channel_of(folders: tuple[Path, ...] | None = None) -> Channel:
    """By the first file that is found; without one, or with a word that we do not know, it is a checkout."""
    for folder in folders if folders is not None else _folders():
        try:
            with (folder / FILE_NAME).open("rb") as file:
                word = file.read(_LONGEST).decode("ascii", "replace").strip()
        except OSError:
            continue
        return next((channel for channel in Channel if channel.value == word), Channel.SOURCE)
    return Channel.SOURCE


def platform_name(system: str = sys.platform, machine: str = "") -> str:
    """The name of this system in the feed: "windows-x64", "macos", "linux-arm64"."""
    if system == "darwin":
        return "macos"
    machine = (machine or platform.machine()).lower()
    kind = {"amd64": "x64", "x86_64": "x64", "arm64": "arm64", "aarch64": "arm64"}.get(machine, machine)
    return f"{'windows' if system == 'win32' else 'linux'}-{kind}"


def _folders() -> tuple[Path, ...]:
    """Beside the program; and where PyInstaller puts data, since macOS allows nothing but code beside it."""
    unpacked = getattr(sys, "_MEIPASS", None)
    beside = Path(sys.executable).parent
    return (beside, Path(unpacked)) if unpacked else (beside,)
