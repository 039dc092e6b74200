"""`twohats export FILE`: everything but secrets in one file that any program can read.

Exit codes: 0 written; 3 it could not be, or the profile cannot be opened.
"""

import argparse
from pathlib import Path

from twohats.gui import wording
from twohats.model.errors import BadInput


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "export",
        help="everything but passwords and keys in one file",
        description="Writes drafts with their versions, posts, records, accounts, settings and pictures into one zip"
        " file. It holds no password and no key, and is not encrypted.",
    )
    parser.add_argument("file", help="the file to write")
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")
    parser.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """The exit code. Raises BadInput, StoreError, VaultError."""
    from twohats.app import data_folder, has_profile, open_house

    folder = Path(chosen.home) if chosen.home else data_folder()
    target = Path(chosen.file)
    if not has_profile(folder):
        raise BadInput("no_profile")
    if target.exists() and not chosen.replace:
        raise BadInput("export_exists", file=str(target))
    house = open_house(folder)
    try:
        rows = house.store.export_all(target, house.services.clock())
    finally:
        house.close()
    print(wording.sentence("cli", "exported", file=str(target), rows=rows))
    return 0
