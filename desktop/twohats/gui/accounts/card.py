"""One account: who it is, where it leads, how long it lasts, who reads it, and the way to let it go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from twohats.flows.accounts import AUDIENCE
from twohats.gui import wording
from twohats.gui.accounts.facts import audiences_of, settings_page
from twohats.gui.accounts.portrait import Portrait
from twohats.gui.accounts.standing import standing_of
from twohats.gui.theme import Theme
from twohats.gui.welcome.fields import Field
from twohats.gui.welcome.folder_form import shown_path
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, bring_into_view
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import Label
from twohats.gui.widgets.quiet_wheel import QuietWheel
from twohats.model.account import Account

_PRESET_NAMES = {"plain": "plain Markdown", "hugo": "Hugo", "jekyll": "Jekyll", "eleventy": "Eleventy"}
_FORGETS = "Two Hats forgets this account and its login. Posts that are online stay."


class AccountCard(Card):
    """Letting go asks once, in the card itself. `waiting` tells how many posts wait for the account."""

    disconnect_wanted = Signal(object)
    change_wanted = Signal(object)
    sign_in_wanted = Signal(object)
    audience_chosen = Signal(object, str)
    page_wanted = Signal(str)

    def __init__(
        self, theme: Theme, account: Account, now: datetime, waiting: Callable[[], int], *, can_sign_in: bool
    ) -> None:
        super().__init__(padding=12, spacing=10)
        self._theme = theme
        self._waiting = waiting
        self.account = account
        self._kind = wording.sentence("network", account.network)
        self._label = account.label or self._kind
        self.setAccessibleName(f"{self._kind} as {hat_name(account.hat)}: {self._label}")
        self.standing = standing_of(account, now)
        self.body.addLayout(self._made_top())
        self.audience = QComboBox()
        if audiences_of(account.network):
            self.body.addWidget(self._made_audience())
        self._foot = self._made_foot(can_sign_in)
        self._question = self._made_question()
        self.body.addWidget(self._foot)
        self.body.addWidget(self._question)
        self._question.hide()

    def follows(self, account: Account) -> bool:
        """Takes over an account that is the same but for who reads it, which shows here already."""
        if _bare(account) != _bare(self.account):
            return False
        if audiences_of(account.network) and self.audience.currentData() != _audience_of(account):
            return False
        self.account = account
        return True

    def _made_top(self) -> QHBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(Label(self._label, "strong", wraps=True))
        for words in _lines(self.account, self._kind):
            line = Label(words, "small", wraps=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(line)
        if self.standing:
            standing = Label(self.standing.words, "small", wraps=True)
            standing.set_tone(self.standing.tone)
            lines.addWidget(standing)
        lines.addStretch(1)
        self.portrait = Portrait(self._theme, 40)
        self.portrait.show_account(self.account)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.portrait, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(lines, 1)
        return top

    def _made_audience(self) -> Field:
        for value, name in audiences_of(self.account.network):
            self.audience.addItem(name, value)
        self.audience.setCurrentIndex(max(0, self.audience.findData(_audience_of(self.account))))
        QuietWheel(self.audience)
        field = Field("Who can read new posts", self.audience, self._readers())
        self.audience.setAccessibleName(f"Who can read new posts to {self._label}")
        self.audience.activated.connect(lambda: self._choose_audience(field))
        return field

    def _readers(self) -> str:
        return wording.sentence("audience", f"{self.account.network}.{self.audience.currentData()}")

    def _choose_audience(self, field: Field) -> None:
        field.show_hint(self._readers())
        announce(self, self._readers())
        self.audience_chosen.emit(self.account, self.audience.currentData())

    def _made_foot(self, can_sign_in: bool) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        if self.account.network == "folder":
            change = Button(self._theme, "Change folder", "small")
            change.setAccessibleName(f"Change the folder of {self._label}")
            change.clicked.connect(lambda: self.change_wanted.emit(self.account))
            row.addWidget(change)
        elif can_sign_in:
            is_time = self.standing is not None and self.standing.wants_sign_in
            self.sign_in = Button(self._theme, "Sign in again", "primary" if is_time else "small")
            self.sign_in.set_hat(self.account.hat if is_time else None)
            self.sign_in.setAccessibleName(f"Sign in again to {self._label}")
            self.sign_in.clicked.connect(lambda: self.sign_in_wanted.emit(self.account))
            row.addWidget(self.sign_in)
        self.let_go = Button(self._theme, "Disconnect", "small")
        self.let_go.setAccessibleName(f"Disconnect {self._label}")
        self.let_go.clicked.connect(self._ask)
        row.addWidget(self.let_go)
        return foot

    def _made_question(self) -> QWidget:
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.consequence = Label("", wraps=True)
        column.addWidget(self.consequence)
        page = settings_page(self.account.network)
        if page:
            leads_there = Button(self._theme, f"Open the settings of {self._kind}", "small", "external", page)
            leads_there.clicked.connect(lambda: self.page_wanted.emit(page))
            column.addWidget(leads_there, 0, Qt.AlignmentFlag.AlignLeft)
        self.sure = Button(self._theme, "Disconnect", "danger")
        self.sure.setAccessibleName(f"Yes, disconnect {self._label}")
        self.sure.clicked.connect(lambda: self.disconnect_wanted.emit(self.account))
        self.keep = Button(self._theme, "Keep it")
        self.keep.clicked.connect(self._stop_asking)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.sure)
        column.addLayout(row)
        return question

    def _ask(self) -> None:
        self.consequence.setText(_what_letting_go_means(self.account, self._waiting()))
        self._foot.hide()
        self._question.show()
        self.keep.setFocus()
        bring_into_view(self._question)
        announce(self, self.consequence.text())

    def _stop_asking(self) -> None:
        self._question.hide()
        self._foot.show()
        self.let_go.setFocus()


def _audience_of(account: Account) -> str:
    """What was chosen, or what holds where nothing was."""
    choices = audiences_of(account.network)
    return account.settings.get(AUDIENCE) or (choices[0][0] if choices else "")


def _bare(account: Account) -> Account:
    return replace(account, settings={name: v for name, v in account.settings.items() if name != AUDIENCE})


def _lines(account: Account, kind: str) -> list[str]:
    settings = account.settings
    if account.network == "folder":
        preset = _PRESET_NAMES.get(settings.get("preset", "plain"), settings.get("preset", ""))
        return [shown_path(settings.get("path", "")), f"Laid out for {preset}"]
    login = account.handle or settings.get("login", "")
    is_told = login in ("", account.label)
    lines = [settings.get("site_url", ""), kind if is_told else f"{kind}, signed in as {login}"]
    return [line for line in lines if line]


def _what_letting_go_means(account: Account, waiting: int) -> str:
    words = wording.table("connect", account.network).get("letting_go", "")
    sentences = [words] if account.network in ("folder", "byhand") else [_FORGETS, words]
    if waiting == 1:
        sentences.append("One post waits for it. It is held in the queue, and its text is kept.")
    elif waiting:
        sentences.append(f"{waiting} posts wait for it. They are held in the queue, and their texts are kept.")
    return " ".join(sentence for sentence in sentences if sentence)
