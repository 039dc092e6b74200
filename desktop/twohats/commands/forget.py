"""`twohats forget`: takes back what the system was told. The uninstaller of Windows calls it before it removes us.

With --data everything of the person on this computer goes too: log-ins, key and store. Exit codes: 0 done; 1 a running
Two Hats holds the profile, and nothing was removed.
"""

import argparse
import shutil
from pathlib import Path

from twohats.gui import wording
from twohats.model.errors import BadInput, StoreError

EXIT_DONE, EXIT_HELD = 0, 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("forget", help="take back what the system was told; for the uninstaller")
    parser.add_argument(
        "--data", action="store_true", help="delete drafts, records, settings and log-ins too; cannot be undone"
    )
    parser.add_argument("--home", metavar="FOLDER", help="where the profile lies, if not in its usual place")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """The exit code. Raises VaultError when the keyring does not give the secrets away; the data stays then."""
    from twohats.app import data_folder, hold_alone
    from twohats.system_timer.timer import SystemTimer

    folder = Path(chosen.home) if chosen.home else data_folder()
    timer = SystemTimer(folder)
    if timer.state().is_installed:
        try:
            timer.remove()
        except BadInput as problem:
            print(wording.error(problem))
    if not chosen.data or not folder.exists():
        return EXIT_DONE
    with hold_alone(folder) as is_alone:
        if not is_alone:
            print(wording.sentence("cli", "forget_held"))
            return EXIT_HELD
        _forget_secrets(folder)
    shutil.rmtree(folder)
    print(wording.sentence("cli", "forgotten"))
    return EXIT_DONE


def _forget_secrets(folder: Path) -> None:
    """The log-ins by the accounts in the store, then the key. A store that cannot be opened keeps no one from the rest:
    without the key nobody reads it."""
    from twohats.app import has_profile, open_house
    from twohats.flows.logins import secret_name
    from twohats.store.key import SECRET_NAME
    from twohats.vault.keyring_vault import KeyringVault

    vault = KeyringVault()
    if has_profile(folder):
        try:
            house = open_house(folder)
        except StoreError:
            pass
        else:
            try:
                for account in house.services.profile.accounts():
                    network = house.services.networks.get(account.network)
                    vault.delete(secret_name(account.id))
                    for name in network.more_secrets if network else ():
                        vault.delete(secret_name(account.id, name))
            finally:
                house.close()
    vault.delete(SECRET_NAME)
