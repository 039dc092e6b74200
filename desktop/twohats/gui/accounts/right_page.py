"""Who signed in, and the question whether that is right: nothing is kept before the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.owner import ConnectedProfile
from twohats.gui import wording
from twohats.gui.accounts.portrait import Portrait
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import Label
from twohats.model.account import Account


class RightPage(QWidget):
    """ "You connected Jamie L. as Professional. Right?" """

    confirmed = Signal()
    refused = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.portrait = Portrait(theme, 56)
        self.question = Label("", "title", wraps=True)
        self._who = Label("", "soft", wraps=True)
        self._where = Label("", "soft", wraps=True)
        self.doubt = Banner(theme, can_close=False)
        self.yes_button = Button(theme, "Yes, that is right", "primary")
        self.no_button = Button(theme, "No, that is another")
        self.yes_button.clicked.connect(self.confirmed)
        self.no_button.clicked.connect(self.refused)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.question, self._who, self._where):
            words.addWidget(label)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.portrait, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.no_button)
        foot.addWidget(self.yes_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.doubt)
        column.addLayout(foot)
        column.addStretch(1)

    def ask(self, found: ConnectedProfile, accounts: tuple[Account, ...], instead_of: Account | None) -> None:
        """`accounts` are all that are connected already, under both hats."""
        self.portrait.show_account(found.pending.login.account)
        self.question.setText(f"You connected {found.name or found.handle} as {hat_name(found.hat)}. Right?")
        network = wording.sentence("network", found.network)
        is_told = found.handle in ("", found.name)
        self._who.setText(network if is_told else f"{network}, signed in as {found.handle}")
        self._where.setText(" · ".join(part for part in (found.site_title, found.site_url) if part))
        self._where.setVisible(bool(self._where.text()))
        doubt = _doubt(found, accounts, instead_of)
        self.doubt.hide()
        if doubt:
            self.doubt.tell(doubt, "warn")
        self.yes_button.set_hat(found.hat)
        self.yes_button.setEnabled(True)


def _doubt(found: ConnectedProfile, accounts: tuple[Account, ...], instead_of: Account | None) -> str:
    """What speaks against a quick yes: another person than before, or somebody who is here already."""
    fresh = found.pending.login.account
    if instead_of is not None and instead_of.handle and instead_of.handle != found.handle:
        return f"Until now this account was {instead_of.handle}. Posts that wait for it would go to {found.handle}."
    for account in accounts:
        is_same = account.network == fresh.network and account.handle == fresh.handle and bool(fresh.handle)
        same_place = account.settings.get("site_url", "") == fresh.settings.get("site_url", "")
        if account.id == fresh.id or not (is_same and same_place):
            continue
        if account.hat is not found.hat:
            return (
                f"{found.handle} is connected as {hat_name(account.hat)} already. Under both hats, its readers see both"
                " sides of you."
            )
        return f"{found.handle} is connected as {hat_name(account.hat)} already. A post for both would arrive twice."
    return ""
