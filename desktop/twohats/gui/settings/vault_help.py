"""When the profile does not open: what happened, what is safe, and what to do, in plain words."""

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Scroller, Sunken
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label, heading, soft
from twohats.model.errors import TwoHatsError, VaultError

_WIDTH_PX = 620


@dataclass(frozen=True, slots=True)
class _Help:
    """`steps` are what a person can do, in order."""

    name: str
    about: str
    steps: tuple[str, ...]


_GET_KEYRING = {
    "linux": "Install GNOME Keyring or KWallet, then sign in to your computer again.",
    "darwin": "Open Keychain Access and see that the login keychain is there.",
    "win32": "Open Credential Manager and see that it is not switched off by your office.",
}
_VAULT = {
    "keyring_missing": _Help(
        "No keyring was found",
        "Two Hats keeps its key in the keyring of this computer and nowhere else, so that nobody who takes the disk can"
        " read your drafts. Without a keyring it opens nothing.",
        (_GET_KEYRING.get(sys.platform, _GET_KEYRING["linux"]), "Then come back and try again."),
    ),
    "keyring_weak": _Help(
        "This keyring does not protect what lies in it",
        "The keyring that was found would write your key into a plain file, or forget it. Two Hats does not use it.",
        (_GET_KEYRING.get(sys.platform, _GET_KEYRING["linux"]), "Then come back and try again."),
    ),
    "keyring_locked": _Help(
        "Your keyring is locked",
        "The key to your drafts lies in it. Nothing was opened and nothing was changed.",
        ("Try again, and type the keyring's password when the system asks. It is often that of your computer.",),
    ),
    "keyring_secret_broken": _Help(
        "A secret in the keyring is not whole",
        "A part of it is missing; something may have been cut off while it was written. Your files were not touched.",
        ("Try again. If it stays so, restore the keyring from your computer's backup.",),
    ),
    "keyring_failed": _Help(
        "The keyring did not answer as it should",
        "Nothing was opened and nothing was changed.",
        ("Try again. If it stays so, sign out of your computer and in again.",),
    ),
}
_STORE = {
    "store_key_missing": _Help(
        "The key to your drafts is gone from the keyring",
        "The file with your drafts and records is there and was not touched, but it opens with that key alone.",
        (
            "If you use another keyring now, or reset it, bring the old one back and try again.",
            "If you restored this computer from a backup, restore the keyring with it.",
        ),
    ),
    "store_wrong_key": _Help(
        "The file does not open with its key",
        "It may come from another computer or another profile, or be damaged. It was not touched.",
        (
            "If you copied it here, bring the key too, or put back the file that was here.",
            "Otherwise put back the newest copy that lies beside it, and try again.",
        ),
    ),
    "store_damaged": _Help(
        "The file with your drafts and records cannot be read",
        "It is damaged, and none of the copies beside it is whole. It was not touched, so nothing is lost beyond what"
        " is lost already.",
        (
            "Make a copy of the whole folder first.",
            "Then put back the folder from the backup of your computer, and try again.",
        ),
    ),
    "store_newer": _Help(
        "This file was made by a newer Two Hats",
        "An older program could spoil it, so it was not touched.",
        ("Install the newest Two Hats, and try again.",),
    ),
    "already_open": _Help(
        "Two Hats is open already",
        "Only one window may write to your drafts at a time. The other one did not answer, so it could not be brought"
        " to the front. Nothing was changed.",
        ("Go to the other window, or close it and try again.",),
    ),
    "store_busy": _Help(
        "Two Hats is open already",
        "Only one may write to your drafts at a time. Nothing was changed.",
        ("Go to the other window, or close it and try again.",),
    ),
    "store_full": _Help(
        "The disk is full",
        "Nothing was changed. What was kept before is still there.",
        ("Make some room, and try again.",),
    ),
    "store_not_writable": _Help(
        "Two Hats may not write into its folder",
        "Nothing was changed. What was kept before is still there.",
        ("Allow your account to write there, and try again.",),
    ),
    "backup_failed": _Help(
        "The copy before an update could not be made",
        "So the update did not begin, and the file is as it was.",
        ("Make some room on the disk, and try again.",),
    ),
}


class VaultHelp(QWidget):
    """For a keyring that is missing, locked or too weak. `session_only` works without one, and keeps nothing."""

    try_again = Signal()
    session_only = Signal()

    def __init__(self, theme: Theme, code: str) -> None:
        super().__init__()
        told = _VAULT.get(code, _VAULT["keyring_failed"])
        card = _make_card(theme, told, "key")
        self.session_button = Button(theme, "Use for this session only")
        self.session_button.clicked.connect(self.session_only)
        self.again_button = Button(theme, "Try again", "primary")
        self.again_button.clicked.connect(self.try_again)
        card.body.addWidget(
            soft("For this session only: everything works, and nothing you write is kept after closing.")
        )
        card.body.addLayout(_buttons(self.session_button, self.again_button))
        _center(self, theme, card)
        self.setAccessibleName(told.name)


class StoreTrouble(QWidget):
    """For a file that cannot be opened; it is never overwritten."""

    try_again = Signal()
    quit_wanted = Signal()

    def __init__(self, theme: Theme, code: str, path: Path, facts: dict[str, str | int | float] | None = None) -> None:
        super().__init__()
        sentence = wording.sentence("error", code, **(facts or {}))
        told = _STORE.get(code, _Help("Your drafts could not be opened", sentence, ("Try again.",)))
        card = _make_card(theme, told, "lock")
        where = Sunken()
        place = Label(str(path), wraps=True)
        place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        where.body.addWidget(Label("It lies here", "small"))
        where.body.addWidget(place)
        card.body.addWidget(where)
        self.folder_button = Button(theme, "Show the folder", "quiet", "folder")
        self.folder_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        self.quit_button = Button(theme, "Quit")
        self.quit_button.clicked.connect(self.quit_wanted)
        self.again_button = Button(theme, "Try again", "primary")
        self.again_button.clicked.connect(self.try_again)
        card.body.addLayout(_buttons(self.folder_button, self.quit_button, self.again_button))
        _center(self, theme, card)
        self.setAccessibleName(told.name)


class HelpWindow(QWidget):
    """The window in place of the desk when the profile did not open."""

    try_again = Signal()
    session_only = Signal()

    def __init__(self, theme: Theme, problem: TwoHatsError, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("Two Hats")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.help: VaultHelp | StoreTrouble
        if isinstance(problem, VaultError):
            self.help = VaultHelp(theme, problem.code)
            self.help.session_only.connect(self.session_only)
        else:
            self.help = StoreTrouble(theme, problem.code, folder, problem.facts)
            self.help.quit_wanted.connect(self.close)
        self.help.try_again.connect(self.try_again)
        whole.addWidget(self.help)
        self.resize(960, 640)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.help.again_button.setFocus()


def _make_card(theme: Theme, told: _Help, icon_name: str) -> Card:
    card = Card(padding=GAP_REGION, spacing=GAP)
    card.setMaximumWidth(theme.px(_WIDTH_PX))
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Glyph(theme, icon_name, "text", 26))
    head.addWidget(heading(told.name), 1)
    card.body.addLayout(head)
    card.body.addWidget(Label(told.about, wraps=True))
    for number, step in enumerate(told.steps, 1):
        words = f"{number}.  {step}" if len(told.steps) > 1 else step
        card.body.addWidget(Label(words, "strong" if len(told.steps) == 1 else "", wraps=True))
    return card


def _buttons(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, GAP, 0, 0)
    row.setSpacing(8)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def _center(host: QWidget, theme: Theme, card: Card) -> None:
    ground = QWidget()
    middle = QVBoxLayout(ground)
    middle.setContentsMargins(GAP_REGION, GAP_REGION, GAP_REGION, GAP_REGION)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(card, 100)
    across.addStretch(1)
    middle.addStretch(1)
    middle.addLayout(across)
    middle.addStretch(2)
    whole = QVBoxLayout(host)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(Scroller(ground))
    host.setMinimumSize(QSize(480, 360))
