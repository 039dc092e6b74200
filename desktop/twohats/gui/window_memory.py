"""How the window looked when it was closed: for the first moments of a start, before the profile is open.

Only place and looks: the file beside the store is plain, and must say nothing of what is written there.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

from twohats.model.settings import Settings, ThemeChoice

FIRST_SIZE = QSize(1280, 800)
_FILE = "window.json"


@dataclass(frozen=True, slots=True)
class WindowMemory:
    """`geometry` is Qt's own, empty at a first start."""

    geometry: bytes = b""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_scale_percent: int = 100

    def place(self, window: QWidget) -> None:
        """Puts the window where it was."""
        if not self.geometry or not window.restoreGeometry(QByteArray(self.geometry)):
            window.resize(FIRST_SIZE)


def recall(folder: Path) -> WindowMemory:
    """What was kept; a file that is missing or spoilt is as none."""
    try:
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return WindowMemory(b64decode(kept["geometry"]), ThemeChoice(kept["theme"]), int(kept["text_scale_percent"]))
    except (OSError, ValueError, KeyError, TypeError, Base64Error):
        return WindowMemory()


def remember(folder: Path, window: QWidget, settings: Settings) -> None:
    """Keeps it. A folder that cannot be written to costs the memory, nothing else."""
    kept = {
        "geometry": b64encode(window.saveGeometry().data()).decode("ascii"),
        "theme": settings.theme.value,
        "text_scale_percent": settings.text_scale_percent,
    }
    with suppress(OSError):
        (folder / _FILE).write_text(json.dumps(kept), encoding="utf-8")
