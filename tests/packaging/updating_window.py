"""The real window of an older version: looks for a newer one at a feed, fetches it, and leaves for its set-up.

Arguments: the address of the feed, the public key, and the program that runs the set-up ("sh", "wine", or "" for none).
The draft on the desk is written to before it leaves. What happens is said line by line.
"""

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from twohats.app import Program, data_folder
from twohats.bridge.updates import Stage
from twohats.flows.updates import Updates
from twohats.model.update import Channel, Version
from twohats.networks.release_server import HttpReleaseServer
from twohats.updates.shelf import UpdateShelf
from twohats.updates.signature import Ed25519Signatures
from twohats.vault.keyring_vault import SessionVault

KEY = "cd" * 32
WORDS = "written just before the update"


def main(address: str, public_key: str, runner: str) -> int:
    application = QApplication(sys.argv)
    vault = SessionVault()
    vault.set("store-key", KEY)
    updates = Updates(
        HttpReleaseServer(address),
        Ed25519Signatures((public_key,)),
        UpdateShelf(data_folder()),
        Channel.SETUP,
        Version(0, 0, 1),
        "windows-x64",
        lambda: datetime.now(UTC),
    )
    program = Program(application, data_folder(), vault, updates=updates)
    waiting = QTimer()
    done: list[str] = []

    def say(word: str) -> None:
        if word not in done:
            done.append(word)
            print(word, flush=True)

    def go_on() -> None:
        """One step, as soon as the one before is done."""
        if program.owner is None or program.window is None or not program.window.isVisible():
            return
        watch = program.owner.updates
        if watch.problem is not None:
            say(f"problem {watch.problem.code}")
            application.quit()
        elif "asked" not in done:
            say("asked")
            watch.look()
        elif watch.stage is Stage.QUIET and watch.found is not None:
            say("found" if watch.found.package else "nothing to install")
            watch.fetch()
            if watch.found.package is None:
                application.quit()
        elif watch.stage is Stage.READY and "ready" not in done:
            say("ready")
            program.window.session.edit_text(WORDS)
            watch.install()

    waiting.timeout.connect(go_on)
    waiting.start(20)
    program.start()
    code = application.exec()
    say("closed")

    def launch(words: Sequence[str]) -> object:
        return subprocess.Popen([runner, *words] if runner else list(words))

    program.start_set_up(launch)
    if isinstance(program.started, subprocess.Popen):
        say(f"set-up {program.started.wait()}")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
