"""`twohats import FILE`: puts an export into an empty profile.

Exit codes: 0 imported; 3 it could not be, and nothing was changed.
"""

import argparse
from pathlib import Path

from twohats.gui import wording
from twohats.model.errors import StoreError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "import",
        help="put an export into an empty profile",
        description="Puts everything of an export into a profile that holds no drafts, posts or accounts yet. Each"
        " account asks you to sign in again. What was waiting to leave is held until you say what becomes of it.",
    )
    parser.add_argument("file", help="a file that `twohats export` wrote")
    parser.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """The exit code. Raises BadInput, StoreError, VaultError."""
    from twohats.app import data_folder, hold_alone, open_house

    folder = Path(chosen.home) if chosen.home else data_folder()
    with hold_alone(folder) as is_alone:
        if not is_alone:
            raise StoreError("already_open")
        house = open_house(folder)
        try:
            rows = house.store.import_all(Path(chosen.file))
        finally:
            house.close()
    print(wording.sentence("cli", "imported", rows=rows))
    return 0
