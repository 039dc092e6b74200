"""The sheet for connecting: choose the place, go through what it asks for, and say whether it is the right one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twohats.bridge.owner import ConnectedProfile, GrantChoice, Owner
from twohats.gui import wording
from twohats.gui.accounts.advice_card import AdviceCard
from twohats.gui.accounts.folder_page import FolderPage
from twohats.gui.accounts.grant_list import GrantList
from twohats.gui.accounts.guide import guide_for
from twohats.gui.accounts.places import Places
from twohats.gui.accounts.right_page import RightPage
from twohats.gui.accounts.waiting_page import WaitingPage
from twohats.gui.accounts.way_form import WayForm
from twohats.gui.preview.plate import HatPlate
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.columns import Columns
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.frames import Card, bring_into_view
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import soft, title
from twohats.model.account import Account
from twohats.model.identity import Hat
from twohats.model.ports import Grant, Way

_ASKED_AGAIN = {
    "address_wrong": ("site_url", "server", "service", "page"),
    "app_keys_wrong": ("client_id", "app_id"),
    "handle_unknown": ("handle",),
    "handle_wrong": ("handle",),
    "host_unknown": ("site_url", "server", "service", "handle"),
    "login_refused": ("password", "app_password", "user_token", "token"),
    "not_bluesky": ("service",),
    "permissions_missing": ("user_token", "token"),
    "signed_out": ("app_password", "user_token", "token", "client_secret"),
    "token_refused": ("user_token", "token"),
}
"""The fields that a fault speaks of, by its code."""
_REFUSED = "Nothing was kept. Sign out in the browser, or use another user name, and connect again."


class ConnectSheet(QWidget):
    """`closed` when the person is done here, whether or not an account came of it."""

    closed = Signal()

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__()
        self._theme = theme
        self._owner = owner
        self._hat = Hat.PROFESSIONAL
        self._network = ""
        self._instead_of: Account | None = None
        self._found: ConnectedProfile | None = None
        self._choice: GrantChoice | None = None
        self.form: WayForm | None = None
        self._build()
        owner.connect_waiting.connect(self._show_waiting)
        owner.account_found.connect(self._ask_whether_right)
        owner.grants_found.connect(self._ask_which)
        owner.account_added.connect(self._leave)
        owner.connect_failed.connect(self._tell_failure)

    def open_for(self, hat: Hat) -> None:
        """A new account for one hat: first the place."""
        self._begin(hat, None)
        self._show_places()

    def change_folder(self, account: Account) -> None:
        """The same account on another folder."""
        self._begin(account.hat, None)
        self._show_folder(account)

    def sign_in_again(self, account: Account) -> None:
        """The same account with a new login."""
        self._begin(account.hat, account)
        self._network = account.network
        ways = self._owner.ways(account.network)
        if ways:
            self._show_way(ways[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
        else:
            super().keyPressEvent(event)

    # Building.

    def _build(self) -> None:
        theme = self._theme
        self._name = title("")
        self._plates = {hat: HatPlate(theme, hat) for hat in Hat}
        self.banner = Banner(theme, can_close=False)
        self.places = Places(theme)
        self.places.chosen.connect(self._choose)
        self._places_page = QWidget()
        column = QVBoxLayout(self._places_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(soft("Whatever you connect here belongs to this hat alone."))
        column.addWidget(self.places)
        self.folder_page = FolderPage(theme, self._owner)
        self.folder_page.done.connect(self._leave)
        self.folder_page.left.connect(self._close)
        self.folder_page.before.connect(self._show_places)
        self._form_place = QWidget()
        self._form_column = QVBoxLayout(self._form_place)
        self._form_column.setContentsMargins(0, 0, 0, 0)
        self.waiting_page = WaitingPage(theme)
        self.waiting_page.stopped.connect(self._owner.cancel_connect)
        self.grants = GrantList(theme)
        self.grants.chosen.connect(self._choose_grant)
        self.grants.left.connect(self._close)
        self.right = RightPage(theme)
        self.right.confirmed.connect(self._confirm)
        self.right.refused.connect(self._refuse)
        self._views = OneOf(
            self._places_page, self.folder_page, self._form_place, self.waiting_page, self.grants, self.right
        )
        card = Card(padding=20, spacing=GAP)
        card.body.addWidget(self._name)
        for plate in self._plates.values():
            card.body.addWidget(plate)
        card.body.addWidget(self.banner)
        card.body.addWidget(self._views)
        self.advice = AdviceCard(theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns(theme, card, self.advice, needs_px=620, shares=(3, 2)))
        whole.addStretch(1)

    def _begin(self, hat: Hat, instead_of: Account | None) -> None:
        self._hat, self._instead_of = hat, instead_of
        self._found, self._choice = None, None
        self._drop_form()
        for one, plate in self._plates.items():
            plate.setVisible(one is hat)
        self._plates[hat].show_identity(self._owner.identity(hat))
        self.banner.hide()

    # The steps.

    def _show_places(self) -> None:
        self._drop_form()
        self.banner.hide()
        self._name.setText(f"Connect an account as {hat_name(self._hat)}")
        self.advice.hide()
        names = self._owner.networks()
        self.places.show_places(tuple(n for n in names if n == "folder" or self._owner.ways(n)), self._hat)
        self._show(self._places_page)
        if self.places.rows:
            self.places.rows[0].setFocus()

    def _choose(self, network: str) -> None:
        self._network = network
        if network == "folder":
            self._show_folder(None)
        else:
            self._show_way(self._owner.ways(network)[0])

    def _show_folder(self, changing: Account | None) -> None:
        verb = "Change the blog folder" if changing else "Add a blog folder"
        self._name.setText(f"{verb} as {hat_name(self._hat)}")
        self.advice.show_advice("folder", self._hat)
        self.advice.show()
        self.folder_page.begin(self._hat, changing)
        self._show(self.folder_page)
        self.folder_page.form.path.setFocus()

    def _show_way(self, way: Way) -> None:
        """A form for one way; what was typed into another of the same place goes along."""
        typed = self._known()
        if self.form is not None:
            typed |= {name: words for page in self.form.pages for name, words in page.given.items() if words}
        self._drop_form()
        place = wording.sentence("network", self._network)
        again = self._instead_of is not None
        self._name.setText(f"Sign in again: {place}" if again else f"Connect {place} as {hat_name(self._hat)}")
        self.advice.show_advice(self._network, self._hat)
        self.advice.show()
        others = tuple(guide_for(self._network, w) for w in self._owner.ways(self._network) if w.name != way.name)
        kept = self._owner.kept_secrets(self._network) if again else ()
        form = self.form = WayForm(
            self._theme,
            self._hat,
            guide_for(self._network, way),
            others,
            typed,
            kept,
            came_from_places=not again,
        )
        form.given.connect(self._connect)
        form.left.connect(self._close)
        form.before.connect(self._show_places)
        form.other_way.connect(self._show_way)
        form.page_wanted.connect(self._owner.open_page)
        self._form_column.addWidget(form)
        self._show(self._form_place)
        form.show_last() if again else form.show_page(0)

    def _known(self) -> dict[str, str]:
        """What is known of the account that signs in anew, by the names under which it is asked for."""
        account = self._instead_of
        return {**account.settings, "handle": account.handle.removeprefix("@")} if account else {}

    def _connect(self, given: dict[str, str]) -> None:
        if self.form is None:
            return
        self.banner.hide()
        self.waiting_page.show_words(self.form.guide.waiting)
        self._owner.connect_account(self._hat, self._network, self.form.guide.way, given, self._instead_of)

    def _show_waiting(self, is_waiting: bool) -> None:
        if is_waiting and self.isVisible():
            self._show(self.waiting_page)
            self.waiting_page.stop_button.setFocus()
            announce(self, self.waiting_page.words)
        elif not is_waiting and self._views.shown is self.waiting_page:
            self._show_form()

    def _ask_which(self, choice: GrantChoice) -> None:
        if choice.hat is not self._hat or choice.network != self._network or not self.isVisible():
            return
        if not choice.grants:
            self._tell_failure("nothing_to_connect", {"network": wording.sentence("network", choice.network)})
            return
        self._choice = choice
        self.grants.show_grants(choice.network, choice.hat, choice.grants)
        self._show(self.grants)
        self.grants.focus_first()

    def _choose_grant(self, grant: Grant) -> None:
        if self._choice is not None:
            self._owner.choose_grant(self._choice, grant)

    def _ask_whether_right(self, found: ConnectedProfile) -> None:
        if found.hat is not self._hat or not self.isVisible():
            return
        self._found = found
        if self.form is not None:
            self.form.forget_secrets()
        self.banner.hide()
        self.right.ask(found, self._owner.accounts(), self._instead_of)
        self._show(self.right)
        self.right.yes_button.setFocus()
        announce(self, self.right.question.text())

    def _confirm(self) -> None:
        if self._found is not None:
            self.right.yes_button.setEnabled(False)
            self._owner.confirm_connection(self._found)

    def _refuse(self) -> None:
        if self._found is not None:
            self._owner.refuse_connection(self._found)
        self._found = None
        self._show_form()
        self.banner.tell(_REFUSED)
        bring_into_view(self.banner)

    def _tell_failure(self, code: str, facts: dict[str, object]) -> None:
        self.right.yes_button.setEnabled(True)
        if code == "connect_by_paste":
            self._show_way_to_paste()
        self.banner.tell(wording.sentence("error", code, **facts), "warn")
        announce(self, self.banner.sentence)
        if self.form is not None and self._views.shown is self._form_place:
            self.form.point_at(_ASKED_AGAIN.get(code, ()))
        bring_into_view(self.banner)

    def _show_way_to_paste(self) -> None:
        if self._network in self._owner.networks():
            paste = [way for way in self._owner.ways(self._network) if not way.comes_back]
            if paste:
                self._show_way(paste[0])

    # Coming and going.

    def _show(self, view: QWidget) -> None:
        self._views.show_view(view)
        bring_into_view(self._name)

    def _show_form(self) -> None:
        if self.form is None:
            self._show_places()
            return
        self._show(self._form_place)
        self.form.page.focus_first()

    def _step_back(self) -> None:
        """Escape: one step back, and out from the first."""
        shown = self._views.shown
        if shown is self.waiting_page:
            self._owner.cancel_connect()
        elif shown is self.right:
            self._refuse()
        elif shown is self.grants:
            self._show_form()
        elif shown is self._form_place and self.form is not None and self._instead_of is None:
            self.form.go_back()
        elif shown is self.folder_page and not self.folder_page.is_changing:
            self._show_places()
        else:
            self._close()

    def _leave(self, account: Account | None = None) -> None:
        if self.isVisible():
            self._close()

    def _close(self) -> None:
        self._owner.cancel_connect()
        self._drop_form()
        self.closed.emit()

    def _drop_form(self) -> None:
        """A form goes as a whole: no secret stays in a field that nobody sees."""
        if self.form is not None:
            self._form_column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
