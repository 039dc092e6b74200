"""Types into the real window, a key every 30 ms, and says after each how much stands there: "SECONDS LENGTH"."""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from twohats.app import Program, data_folder

SENTENCE = "Sleep and worry: three small habits that help, and when to ask. "


def main() -> int:
    application = QApplication(["typist"])
    program = Program(application, data_folder())
    program.start()
    typed = 0

    def type_on() -> None:
        nonlocal typed
        if program.window is None:
            return
        editor = program.window.workbench.desk.editor
        if typed == 0:
            program.window.show_page("compose")
        QTest.keyClicks(editor, SENTENCE[typed % len(SENTENCE)])
        typed += 1
        print(time.monotonic(), len(editor.toPlainText()), flush=True)

    keys = QTimer()
    keys.timeout.connect(type_on)
    keys.start(30)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
