"""Who may read a post at each account that offers a choice: what was chosen for this post, else what it is set to."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from twohats.flows.accounts import AUDIENCE
from twohats.gui import wording
from twohats.gui.accounts.facts import audiences_of
from twohats.gui.welcome.fields import Field
from twohats.gui.widgets.quiet_wheel import QuietWheel
from twohats.model.account import Account


def audience_of(account: Account, chosen: Mapping[str, str]) -> str:
    """The network's own value for who reads a post there; empty where there is no choice."""
    values = [value for value, _ in audiences_of(account.network)]
    wished = (chosen.get(account.id, ""), account.settings.get(AUDIENCE, ""))
    return next((value for value in wished if value in values), values[0] if values else "")


def audience_name(account: Account, chosen: Mapping[str, str]) -> str:
    """The same in a word or two."""
    return wording.sentence("audience_name", f"{account.network}.{audience_of(account, chosen)}")


def is_own_choice(account: Account, chosen: Mapping[str, str]) -> bool:
    """Whether this post is read by others than the account is set to."""
    return audience_of(account, chosen) != audience_of(account, {})


class AudienceFields(QWidget):
    """One field for each account with a choice. What the account is set to is no choice of this post."""

    audience_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._accounts: tuple[Account, ...] = ()
        self._boxes: dict[str, QComboBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def box(self, account_id: str) -> QComboBox:
        return self._boxes[account_id]

    def show_accounts(self, accounts: tuple[Account, ...], chosen: Mapping[str, str]) -> None:
        offering = tuple(account for account in accounts if audiences_of(account.network))
        if offering != self._accounts:
            self._rebuild(offering)
        for account in offering:
            box = self._boxes[account.id]
            box.setCurrentIndex(box.findData(audience_of(account, chosen)))
        self.setVisible(bool(offering))

    def _rebuild(self, accounts: tuple[Account, ...]) -> None:
        self._accounts = accounts
        self._boxes = {}
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for account in accounts:
            box = QComboBox()
            for value, name in audiences_of(account.network):
                box.addItem(name, value)
            QuietWheel(box)
            box.activated.connect(lambda _row, account=account, box=box: self._choose(account, box))
            self._column.addWidget(Field(f"Who can read it: {account.label}", box))
            self._boxes[account.id] = box

    def _choose(self, account: Account, box: QComboBox) -> None:
        value = str(box.currentData())
        self.audience_chosen.emit(account.id, "" if value == audience_of(account, {}) else value)
