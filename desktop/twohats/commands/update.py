"""`twohats update --check`: whether there is a newer version. Looks now, whatever the settings say; changes nothing.

Exit codes: 0 there is none newer; 1 there is one; 3 it could not be found out, or this copy does not look for any.
"""

import argparse
from pathlib import Path

from twohats.gui import wording
from twohats.model.errors import BadInput

EXIT_NEWEST, EXIT_NEWER = 0, 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "update",
        help="look whether there is a newer version",
        epilog="Exit codes: 0 there is none newer; 1 there is one; 3 it could not be found out.",
    )
    parser.add_argument("--check", action="store_true", required=True, help="ask the server, and say what it tells")
    parser.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """The exit code. Raises BadInput, NetworkError."""
    from twohats.app import data_folder, make_updates

    updates = make_updates(Path(chosen.home) if chosen.home else data_folder())
    if not updates.is_on_offer:
        channel = updates.channel
        raise BadInput(f"update_off_{'setup' if channel.may_look else channel.value}")
    look = updates.look()
    newest, version = str(look.release.version), str(updates.own)
    if not look.is_newer:
        print(wording.sentence("cli", "no_newer", version=version))
        return EXIT_NEWEST
    print(wording.sentence("cli", "newer", newest=newest, version=version, url=look.release.notes_url))
    return EXIT_NEWER
