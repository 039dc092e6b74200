"""Starts the program: the window without arguments, else the command line."""

import sys


def main() -> int:
    """The process's exit code."""
    from twohats.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
