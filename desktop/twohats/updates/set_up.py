"""Starts the set-up of the newer version, which waits for this program to end, replaces it and opens it again."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from twohats.model.errors import BadInput

WORDS = ("/S", "/RELAUNCH")
"""Silent, and with a window again at the end."""
_APART = 0x00000008 | 0x00000200  # DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP: it outlives us, and has no console


def start_set_up(set_up: Path, launch: Callable[[Sequence[str]], object] | None = None) -> object:
    """Starts it apart from this process, and does not wait. `launch` None: by the system. Gives what was started.

    Raises BadInput("update_not_started").
    """
    words = (str(set_up), *WORDS)
    try:
        return (launch or _launch)(words)
    except OSError as problem:
        raise BadInput("update_not_started", errno=problem.errno or 0) from None


def _launch(words: Sequence[str]) -> "subprocess.Popen[bytes]":
    is_windows = sys.platform == "win32"
    return subprocess.Popen(  # noqa: S603 - a file that was just held against the signed feed, no shell
        list(words),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(words[0]).parent,
        close_fds=True,
        start_new_session=not is_windows,
        creationflags=_APART if is_windows else 0,
    )
