"""Measures the program against bare baselines in the same run: `python -m tests.bench [NAME …]`, all without a name."""

import importlib
import os
import sys

from tests.bench.measure import HEAD

MEASUREMENTS = {
    "check": "tests.bench.checking",
    "list": "tests.bench.listing",
    "type": "tests.bench.keystrokes",
    "preview": "tests.bench.previews",
    "start": "tests.bench.starting",
    "tag": "tests.bench.tagging",
    "publish": "tests.bench.publishing",
    "queue": "tests.bench.queueing",
    "records": "tests.bench.recording",
}


def main(names: list[str]) -> int:
    """Prints the table; 3 when a name is unknown. What is slow is shown, not failed: computers differ."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"There is no measurement called {unknown[0]}; there are {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 3
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(HEAD)
    for name in names or MEASUREMENTS:
        for row in importlib.import_module(MEASUREMENTS[name]).rows():
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
