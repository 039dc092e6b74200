"""The accounts of both identities, each on its own side."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twohats.bridge.owner import Owner
from twohats.flows.accounts import AUDIENCE
from twohats.gui import wording
from twohats.gui.accounts.card import AccountCard
from twohats.gui.accounts.connect import ConnectSheet
from twohats.gui.preview.plate import HatPlate
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.columns import Columns
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Page, bring_into_view
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import soft
from twohats.model.account import Account
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Hat


class AccountsPage(Page):
    def __init__(self, theme: Theme, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Accounts", "An account belongs to one identity, and never posts for the other.")
        self.setParent(parent)
        self._theme = theme
        self._owner = owner
        self.banner = Banner(theme)
        self._sides = {hat: _Side(theme, hat) for hat in Hat}
        for hat, side in self._sides.items():
            side.connect_button.clicked.connect(lambda _=False, hat=hat: self.connect_account(hat))
        self.sheet = ConnectSheet(theme, owner)
        self.sheet.closed.connect(self.show_overview)
        self._overview = Columns(theme, *self._sides.values())
        self._views = OneOf(self._overview, self.sheet)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._views)
        owner.accounts_changed.connect(self.refresh)
        owner.identities_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Reads the accounts anew; cards that still say the same stay, and with them the focus."""
        for hat, side in self._sides.items():
            side.plate.show_identity(self._owner.identity(hat))
            side.show_accounts(self._owner.accounts(hat), self._make_card)

    def connect_account(self, hat: Hat) -> None:
        """Opens the sheet for a new account of one hat."""
        self._views.show_view(self.sheet)
        self.sheet.open_for(hat)

    def show_overview(self) -> None:
        self._views.show_view(self._overview)

    def cards(self, hat: Hat) -> tuple[AccountCard, ...]:
        return tuple(self._sides[hat].cards)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for side in self._sides.values():  # days have passed, perhaps
            side.show_accounts((), self._make_card)
        self.refresh()

    def _make_card(self, account: Account) -> AccountCard:
        owner = self._owner
        card = AccountCard(
            self._theme,
            account,
            owner.now(),
            lambda: self._waiting_for(account),
            can_sign_in=owner.can_sign_in(account),
        )
        card.disconnect_wanted.connect(self._disconnect)
        card.change_wanted.connect(self._change_folder)
        card.sign_in_wanted.connect(self._sign_in_again)
        card.audience_chosen.connect(self._keep_audience)
        card.page_wanted.connect(owner.open_page)
        return card

    def _waiting_for(self, account: Account) -> int:
        try:
            return self._owner.waiting_for(account.id)
        except TwoHatsError as problem:
            self._tell(problem)
            return 0

    def _change_folder(self, account: Account) -> None:
        self._views.show_view(self.sheet)
        self.sheet.change_folder(account)

    def _sign_in_again(self, account: Account) -> None:
        self._views.show_view(self.sheet)
        self.sheet.sign_in_again(account)

    def _keep_audience(self, account: Account, value: str) -> None:
        try:
            self._owner.save_account_settings(account.id, **{AUDIENCE: value})
        except TwoHatsError as problem:
            self._tell(problem)

    def _disconnect(self, account: Account) -> None:
        try:
            self._owner.disconnect_account(account.id)
        except TwoHatsError as problem:
            self._tell(problem)

    def _tell(self, problem: TwoHatsError) -> None:
        self.banner.tell(wording.error(problem), "warn")
        bring_into_view(self.banner)


class _Side(QWidget):
    """One hat: its plate, its accounts, and a way to one more."""

    def __init__(self, theme: Theme, hat: Hat) -> None:
        super().__init__()
        self.cards: list[AccountCard] = []
        self.plate = HatPlate(theme, hat)
        self.connect_button = Button(theme, "Connect an account", "quiet", "plus")
        self.connect_button.setAccessibleName(f"Connect an account as {hat_name(hat)}")
        self._nobody = soft("No account yet. A blog folder needs no password and no site.")
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.plate)
        column.addWidget(self._nobody)
        column.addLayout(self._list)
        column.addWidget(self.connect_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_accounts(self, accounts: tuple[Account, ...], make: Callable[[Account], AccountCard]) -> None:
        old = {card.account.id: card for card in self.cards}
        self.cards = []
        for number, account in enumerate(accounts):
            card = old.get(account.id)
            if card is not None and card.follows(account):
                del old[account.id]
            else:
                card = make(account)
            self._list.insertWidget(number, card)
            self.cards.append(card)
        for card in old.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._nobody.setVisible(not accounts)
