"""Opens the real window on a profile, and says "open" when the desk stands there, "wanted" each time another start asks
for it, "draft ID" each time another draft is put on the desk, and "says" with each sentence of the banner."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from twohats.app import Program, data_folder
from twohats.gui import first_window
from twohats.vault.keyring_vault import SessionVault

KEY = "ab" * 32


def main() -> int:
    application = QApplication(sys.argv)
    vault = SessionVault()
    vault.set("store-key", KEY)
    program = Program(application, data_folder(), vault)
    first_window.bring_to_front = lambda window: print("wanted", window.isVisible(), flush=True)
    waiting = QTimer()

    def look() -> None:
        if program.window is not None and program.window.isVisible():
            waiting.stop()
            program.window.session.edit_text("written in the first window")
            program.window.session.save_now()
            session, window = program.window.session, program.window
            session.draft_opened.connect(lambda: print("draft", session.draft.id, flush=True))
            tell = window.banner.tell
            window.banner.tell = lambda *told: (tell(*told), print("says", told[0], flush=True))
            print("open", flush=True)

    waiting.timeout.connect(look)
    waiting.start(20)
    program.start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
