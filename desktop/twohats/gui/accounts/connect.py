"""Connecting a blog to one hat: choose the kind, sign in, and say whether it is the right one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from twohats.bridge.owner import ConnectedProfile, Owner
from twohats.gui import wording
from twohats.gui.accounts.advice_card import AdviceCard
from twohats.gui.preview.plate import HatPlate
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.columns import Columns
from twohats.gui.welcome.fields import Field
from twohats.gui.welcome.folder_form import FolderForm, default_folder
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, bring_into_view
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import Label, soft, title
from twohats.model.account import Account
from twohats.model.errors import TwoHatsError
from twohats.model.identity import Hat

_STEPS = (
    "Sign in to your site in the browser, and open Users, then Profile.",
    "Under Application Passwords, type Two Hats and press Add.",
    "Copy the password that appears, and paste it here. It is not the one you sign in with.",
)


class ConnectSheet(QWidget):
    """`closed` when the person is done here, whether or not an account came of it."""

    closed = Signal()

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__()
        self._theme = theme
        self._owner = owner
        self._hat = Hat.PROFESSIONAL
        self._found: ConnectedProfile | None = None
        self._changing: Account | None = None
        self._is_waiting = False
        self._build()
        owner.connect_waiting.connect(self._show_waiting)
        owner.account_found.connect(self._ask_whether_right)
        owner.account_added.connect(self._leave)
        owner.connect_failed.connect(self._tell_failure)

    def open_for(self, hat: Hat) -> None:
        """A new account for one hat."""
        self._begin(hat, None)
        self._choose_kind("wordpress" if self._owner.accounts(hat) else "folder")

    def change_folder(self, account: Account) -> None:
        """The same account on another folder."""
        self._begin(account.hat, account)
        self.folder.show_folder(account.settings.get("path", ""), account.settings.get("preset", "plain"))
        self._choose_kind("folder")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    # Building.

    def _build(self) -> None:
        theme = self._theme
        self._name = title("")
        self._plates = {hat: HatPlate(theme, hat) for hat in Hat}
        self.banner = Banner(theme, can_close=False)
        self._kinds = QWidget()
        kinds = QHBoxLayout(self._kinds)
        kinds.setContentsMargins(0, 0, 0, 0)
        kinds.setSpacing(16)
        self.folder_kind = QRadioButton("Blog folder")
        self.wordpress_kind = QRadioButton("WordPress")
        for button, kind in ((self.folder_kind, "folder"), (self.wordpress_kind, "wordpress")):
            kinds.addWidget(button)
            button.clicked.connect(lambda _=False, kind=kind: self._choose_kind(kind))
        kinds.addStretch(1)
        self._folder_page = self._make_folder_page()
        self._site_page = self._make_site_page()
        self._paste_page = self._make_paste_page()
        self._waiting_page = self._make_waiting_page()
        self._right_page = self._make_right_page()
        self._forms = OneOf(self._folder_page, self._site_page, self._paste_page, self._waiting_page, self._right_page)
        card = Card(padding=20, spacing=GAP)
        card.body.addWidget(self._name)
        for plate in self._plates.values():
            card.body.addWidget(plate)
        card.body.addWidget(self.banner)
        card.body.addWidget(self._kinds)
        card.body.addWidget(self._forms)
        self.advice = AdviceCard(theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns(theme, card, self.advice, needs_px=620, shares=(3, 2)))
        whole.addStretch(1)

    def _make_folder_page(self) -> QWidget:
        self._folder_forms = {hat: FolderForm(self._theme, hat) for hat in Hat}
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://example.com")
        self.add_button = Button(self._theme, "Add folder", "primary")
        self.add_button.clicked.connect(self._keep_folder)
        self._address_field = Field(
            "Address of the blog", self.address, "Only for the links in your records. May stay empty."
        )
        return _page(*self._folder_forms.values(), self._address_field, buttons=(self._cancel(), self.add_button))

    def _make_site_page(self) -> QWidget:
        self.site = QLineEdit()
        self.site.setPlaceholderText("example.com")
        self.site.returnPressed.connect(self._open_browser)
        self.browser_button = Button(self._theme, "Open my site in the browser", "primary", "external")
        self.browser_button.clicked.connect(self._open_browser)
        self.paste_button = Button(self._theme, "Paste an application password instead", "small", "key")
        self.paste_button.clicked.connect(lambda: self._show_page(self._paste_page, self.login))
        return _page(
            Field("Address of your WordPress site", self.site),
            soft("You approve Two Hats on your own site; your sign-in password is never asked for here."),
            self.paste_button,
            buttons=(self._cancel(), self.browser_button),
        )

    def _make_paste_page(self) -> QWidget:
        self.paste_site = QLineEdit()
        self.paste_site.setPlaceholderText("example.com")
        self.login = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("abcd efgh ijkl mnop qrst uvwx")
        self.password.returnPressed.connect(self._sign_in)
        self.sign_in_button = Button(self._theme, "Connect", "primary")
        self.sign_in_button.clicked.connect(self._sign_in)
        steps = [Label(f"{number}.  {step}", wraps=True) for number, step in enumerate(_STEPS, 1)]
        return _page(
            *steps,
            Field("Address of your WordPress site", self.paste_site),
            Field("User name on the site", self.login),
            Field("Application password", self.password, "Kept in the keyring of this computer, nowhere else."),
            buttons=(self._cancel(), self.sign_in_button),
        )

    def _make_waiting_page(self) -> QWidget:
        self.waiting = Label("", wraps=True)
        self.stop_button = Button(self._theme, "Stop waiting")
        self.stop_button.clicked.connect(self._stop_waiting)
        return _page(self.waiting, buttons=(self.stop_button,))

    def _make_right_page(self) -> QWidget:
        self.question = Label("", "title", wraps=True)
        self.found_handle = Label("", "soft", wraps=True)
        self.found_site = Label("", "soft", wraps=True)
        self.yes_button = Button(self._theme, "Yes, that is right", "primary")
        self.no_button = Button(self._theme, "No, that is another")
        self.yes_button.clicked.connect(self._confirm)
        self.no_button.clicked.connect(self._refuse)
        return _page(self.question, self.found_handle, self.found_site, buttons=(self.no_button, self.yes_button))

    def _cancel(self) -> Button:
        button = Button(self._theme, "Cancel", "flat")
        button.clicked.connect(self._give_up)
        return button

    # What happens.

    @property
    def folder(self) -> FolderForm:
        return self._folder_forms[self._hat]

    def _begin(self, hat: Hat, changing: Account | None) -> None:
        self._hat = hat
        self._changing = changing
        self._found = None
        verb = "Change the blog folder" if changing else "Connect a blog"
        self._name.setText(f"{verb} as {hat_name(hat)}")
        for one in Hat:
            self._plates[one].setVisible(one is hat)
            self._folder_forms[one].setVisible(one is hat)
        self._plates[hat].show_identity(self._owner.identity(hat))
        self.banner.hide()
        self._kinds.setVisible(changing is None)
        self._address_field.setVisible(changing is None)
        self.add_button.set_words("Use this folder" if changing else "Add folder")
        for button in (self.add_button, self.browser_button, self.sign_in_button, self.yes_button):
            button.set_hat(hat)
        for edit in (self.address, self.site, self.paste_site, self.login, self.password):
            edit.clear()
        if changing is None:
            self.folder.show_folder(default_folder(hat), "plain")

    def _choose_kind(self, kind: str) -> None:
        self.folder_kind.setChecked(kind == "folder")
        self.wordpress_kind.setChecked(kind == "wordpress")
        self.advice.show_advice(kind, self._hat)
        self.banner.hide()
        if kind == "folder":
            self._show_page(self._folder_page, self.folder.path)
        else:
            self._show_page(self._site_page, self.site)

    def _show_page(self, page: QWidget, first: QWidget) -> None:
        if page is self._paste_page and not self.paste_site.text():
            self.paste_site.setText(self.site.text())
        self._forms.show_view(page)
        first.setFocus()
        bring_into_view(first)

    def _keep_folder(self) -> None:
        form = self.folder
        try:
            if self._changing is not None:
                self._owner.move_folder(self._changing, form.folder, form.layout_name)
                self.closed.emit()
            else:
                self._owner.add_folder(self._hat, form.folder, form.layout_name, self.address.text().strip())
        except TwoHatsError as problem:
            form.tell_fault(wording.error(problem))

    def _open_browser(self) -> None:
        if not self.site.text().strip():
            self.site.setFocus()
            return
        self.banner.hide()
        self.waiting.setText(
            "Waiting for your site. Approve Two Hats in the browser that has opened, then come back here."
        )
        self._connect("browser", {"site_url": self.site.text().strip()})

    def _sign_in(self) -> None:
        for edit in (self.paste_site, self.login, self.password):
            if not edit.text().strip():
                edit.setFocus()
                return
        self.banner.hide()
        self.waiting.setText("Asking your site who this is.")
        given = {"site_url": self.paste_site.text(), "login": self.login.text(), "password": self.password.text()}
        self._connect("paste", {name: words.strip() for name, words in given.items()})

    def _connect(self, name: str, given: dict[str, str]) -> None:
        way = next(way for way in self._owner.ways("wordpress") if way.name == name)
        self._owner.connect_account(self._hat, "wordpress", way, given)

    def _show_waiting(self, is_waiting: bool) -> None:
        if is_waiting:
            self._is_waiting = True
            self._kinds.setEnabled(False)
            self._show_page(self._waiting_page, self.stop_button)
            return
        self._kinds.setEnabled(True)
        if self._is_waiting:
            self._is_waiting = False
            self._show_page(self._site_page, self.site)

    def _stop_waiting(self) -> None:
        self._owner.cancel_connect()

    def _ask_whether_right(self, found: ConnectedProfile) -> None:
        if found.hat is not self._hat or not self.isVisible():
            return
        self._found = found
        self.password.clear()
        self._kinds.hide()
        self.question.setText(f"You connected {found.name} as {hat_name(found.hat)}. Right?")
        self.found_handle.setText(f"Signed in as {found.handle}" if found.handle else "")
        self.found_handle.setVisible(bool(found.handle))
        self.found_site.setText(" · ".join(part for part in (found.site_title, found.site_url) if part))
        self.yes_button.setEnabled(True)
        self._show_page(self._right_page, self.yes_button)

    def _confirm(self) -> None:
        if self._found is not None:
            self.yes_button.setEnabled(False)
            self._owner.confirm_connection(self._found)

    def _refuse(self) -> None:
        if self._found is not None:
            self._owner.refuse_connection(self._found)
        self._found = None
        self._kinds.show()
        self.banner.tell("Nothing was kept. Sign out in the browser, or use another user name, and connect again.")
        self._show_page(self._site_page, self.site)
        bring_into_view(self.banner)

    def _tell_failure(self, code: str, facts: dict[str, object]) -> None:
        self.yes_button.setEnabled(True)
        self.banner.tell(wording.sentence("error", code, **facts), "warn")
        announce(self, self.banner.sentence)
        if code in ("connect_by_paste", "login_refused"):
            self._show_page(self._paste_page, self.login if not self.login.text() else self.password)
        bring_into_view(self.banner)

    def _leave(self, account: Account) -> None:
        if self.isVisible():
            self.closed.emit()

    def _give_up(self) -> None:
        self._owner.cancel_connect()
        self.closed.emit()


def _page(*parts: QWidget, buttons: tuple[Button, ...]) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP)
    for part in parts:
        if isinstance(part, Button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(part)
    foot = QHBoxLayout()
    foot.setSpacing(8)
    foot.addStretch(1)
    for button in buttons:
        foot.addWidget(button)
    column.addLayout(foot)
    column.addStretch(1)
    return page
