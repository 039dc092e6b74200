"""Where things lie and what is contacted: the whole list, in plain words."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.folder_form import shown_path
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Hairline
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import Label
from twohats.model.settings import UpdateWish

_STORE = (
    "One encrypted file. A copy is made beside it once a day, and before its form changes; five are kept. Should the"
    " file be damaged, the newest good copy is put back, and you are told."
)
_KEYRING = (
    "The key to your drafts and records, and the passwords of your blogs, lie in the keyring of this computer"
    " (Credential Manager on Windows, Keychain on a Mac, GNOME Keyring or KWallet on Linux), and nowhere else."
)
_CHECK = "The check runs on this computer. No text is sent anywhere to be checked, and there is no telemetry."


class PlacesCard(Card):
    def __init__(self, theme: Theme, owner: Owner, store_folder: Path | None) -> None:
        super().__init__(padding=16, spacing=GAP)
        self._theme = theme
        self._owner = owner
        self._contacts = Label("", wraps=True)
        self._folders = Label("", wraps=True)
        store = str(store_folder) if store_folder else "In the data folder of your account on this computer"
        for number, (name, words) in enumerate(
            (
                ("Drafts, records, settings", Label(f"{store}\n{_STORE}", wraps=True)),
                ("Key and passwords", Label(_KEYRING, wraps=True)),
                ("Blog folders", self._folders),
                ("What is contacted, and when", self._contacts),
                ("The check", Label(_CHECK, wraps=True)),
            )
        ):
            if number:
                self.body.addWidget(Hairline(theme))
            part = QVBoxLayout()
            part.setSpacing(2)
            part.addWidget(Label(name, "strong"))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            part.addWidget(words)
            self.body.addLayout(part)
            if number == 0 and store_folder is not None:
                show = Button(theme, "Show the folder", "small", "folder")
                show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(store_folder))))
                self.body.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        owner.accounts_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Reads the accounts anew."""
        accounts = self._owner.accounts()
        folders = [
            f"{hat_name(a.hat)}: {shown_path(a.settings.get('path', ''))}" for a in accounts if a.network == "folder"
        ]
        self._folders.setText("\n".join(folders) or "None")
        sites = sorted({a.settings.get("site_url", "") for a in accounts if a.network == "wordpress"} - {""})
        when = "when you connect, post, look for a post or take one down"
        contacts = [f"{site}, {when}" for site in sites]
        updates = self._owner.updates
        if updates.is_on_offer and self._owner.settings.updates is UpdateWish.DAILY:
            contacts.append(wording.sentence("update", "contact", host=updates.host))
        self._contacts.setText("\n".join(contacts) or "Nothing. You have no account online.")
