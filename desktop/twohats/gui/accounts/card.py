"""One account: what it is, where it leads, and the way to let it go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.icons import network_icon
from twohats.gui.theme import Theme
from twohats.gui.welcome.folder_form import shown_path
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, bring_into_view
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.account import Account

_PRESET_NAMES = {"plain": "plain Markdown", "hugo": "Hugo", "jekyll": "Jekyll", "eleventy": "Eleventy"}


class AccountCard(Card):
    """Letting go asks once, in the card itself."""

    disconnect_wanted = Signal(object)
    change_wanted = Signal(object)

    def __init__(self, theme: Theme, account: Account) -> None:
        super().__init__(padding=12, spacing=8)
        self._account = account
        kind = wording.sentence("network", account.network)
        label = account.label or kind
        self.setAccessibleName(f"{kind}: {label}")
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(Label(label, "strong", wraps=True))
        for words in _lines(account, kind):
            line = Label(words, "small", wraps=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(line)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Glyph(theme, network_icon(account.network), "text", 20), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(lines, 1)
        self.body.addLayout(top)
        self._foot = self._make_foot(theme, label)
        self._question = self._make_question(theme, label)
        self.body.addWidget(self._foot)
        self.body.addWidget(self._question)
        self._question.hide()

    def _make_foot(self, theme: Theme, label: str) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        if self._account.network == "folder":
            change = Button(theme, "Change folder", "small")
            change.setAccessibleName(f"Change the folder of {label}")
            change.clicked.connect(lambda: self.change_wanted.emit(self._account))
            row.addWidget(change)
        self.let_go = Button(theme, "Disconnect", "small")
        self.let_go.setAccessibleName(f"Disconnect {label}")
        self.let_go.clicked.connect(self._ask)
        row.addWidget(self.let_go)
        return foot

    def _make_question(self, theme: Theme, label: str) -> QWidget:
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_what_letting_go_means(self._account), wraps=True))
        self.sure = Button(theme, "Disconnect", "danger")
        self.sure.setAccessibleName(f"Yes, disconnect {label}")
        self.sure.clicked.connect(lambda: self.disconnect_wanted.emit(self._account))
        self.keep = Button(theme, "Keep it")
        self.keep.clicked.connect(self._stop_asking)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.sure)
        column.addLayout(row)
        return question

    def _ask(self) -> None:
        self._foot.hide()
        self._question.show()
        self.keep.setFocus()
        bring_into_view(self._question)

    def _stop_asking(self) -> None:
        self._question.hide()
        self._foot.show()
        self.let_go.setFocus()


def _lines(account: Account, kind: str) -> list[str]:
    settings = account.settings
    if account.network == "folder":
        preset = _PRESET_NAMES.get(settings.get("preset", "plain"), settings.get("preset", ""))
        return [shown_path(settings.get("path", "")), f"Laid out for {preset}"]
    shown = [settings.get("site_url", "")]
    login = account.handle or settings.get("login", "")
    return [*shown, f"{kind}, signed in as {login}" if login else kind]


def _what_letting_go_means(account: Account) -> str:
    if account.network == "folder":
        return "Two Hats forgets where the folder lies. The files in it stay."
    return "Two Hats forgets this account and its password. Posts that are online stay."
