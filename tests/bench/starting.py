"""How long until the first paint, and how much memory it takes, beside a window with nothing but a text field.

Run as a program it is one such start: `python -m tests.bench.starting ours|bare FOLDER`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row

RUNS = 7
_WRITING_S = 1.5
_PATIENCE_S = 60


def rows() -> Iterator[Row]:
    """Runs of both take turns, so that a busy moment hits both. The keyring's own answer is not in it."""
    with tempfile.TemporaryDirectory(prefix="two-hats-bench-") as place:
        folder = Path(place)
        subprocess.run([sys.executable, "-m", "tests.bench.starting", "profile", place], check=True)
        starts: dict[str, list[tuple[float, float, float]]] = {"ours": [], "bare": []}
        for _ in range(RUNS + 1):
            for kind, kept in starts.items():
                kept.append(_start(kind, folder))
    # The first of each warmed the disk, and compiled the modules.
    ours, bare = starts["ours"][1:], starts["bare"][1:]
    yield Row(
        f"start to first paint, median of {RUNS}",
        statistics.median(first for first, _, _ in ours),
        "ms",
        statistics.median(first for first, _, _ in bare),
        2.5,
    )
    yield Row("start to first paint, best", min(ours)[0], "ms", min(bare)[0], 2.5)
    yield Row(
        "start to the desk, ready for a key, median",
        statistics.median(desk for _, desk, _ in ours),
        "ms",
        statistics.median(desk for _, desk, _ in bare),
    )
    if ours[0][2]:
        peaks = statistics.median(peak for _, _, peak in ours), statistics.median(peak for _, _, peak in bare)
        yield Row("peak memory with 5,000 characters on the desk", peaks[0], "MB", peaks[1])


def _start(kind: str, folder: Path) -> tuple[float, float, float]:
    """Milliseconds to the first paint of any window, to that of the one to write in, and the peak in MB (0 where the
    system does not tell)."""
    began = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.starting", kind, str(folder)],
        stdout=subprocess.PIPE,
        encoding="ascii",
        env=_environment(folder),
        check=True,
    )
    painted_at, desk_at, peak_mb = (float(word) for word in ran.stdout.split())
    return (painted_at - began) * 1000, (desk_at - began) * 1000, peak_mb


def _environment(folder: Path) -> dict[str, str]:
    """As installed: with compiled modules, whatever this shell says of them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def _one_start(kind: str, folder: Path) -> None:
    # Imports are part of a start, so each kind makes its own.
    from PySide6.QtWidgets import QApplication
    from tests.bench.painting import FirstPaint

    application = QApplication([])
    first = FirstPaint(application)
    if kind == "ours":
        from tests.bench.profile import vault_of

        from twohats.app import Program
        from twohats.gui.composer.editor import Editor as Field

        program = Program(application, folder, vault_of(folder))
        program.start()
    else:
        from PySide6.QtWidgets import QMainWindow
        from PySide6.QtWidgets import QPlainTextEdit as Field

        window = QMainWindow()
        window.setCentralWidget(Field(window))
        window.show()
    desk = FirstPaint(application, Field)
    until = time.monotonic() + _PATIENCE_S
    while desk.painted is None or first.painted is None:
        application.processEvents()
        if time.monotonic() > until:
            raise TimeoutError("no window was painted")

    from tests.bench.texts import post_of

    desk.painted.findChild(Field).insertPlainText(post_of(5_000))
    until = time.monotonic() + _WRITING_S
    while time.monotonic() < until:
        application.processEvents()
        time.sleep(0.005)
    print(first.painted_at_s, desk.painted_at_s, _peak_mb())
    sys.stdout.flush()
    desk.painted.close()
    application.quit()


def _peak_mb() -> float:
    if sys.platform == "win32":
        return 0
    import resource

    if sys.platform == "linux":
        # ru_maxrss begins with what the parent had when it started us.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    if sys.argv[1] == "profile":
        from tests.bench.profile import make_profile

        make_profile(Path(sys.argv[2]))
    else:
        _one_start(sys.argv[1], Path(sys.argv[2]))
