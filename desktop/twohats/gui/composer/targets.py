"""Where it goes: the accounts of the chosen hat as chips with counters, and who can read it there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.session import Face
from twohats.gui import wording
from twohats.gui.icons import network_icon
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import IconButton
from twohats.gui.widgets.chip import Chip
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.glyph import Glyph, hat_name
from twohats.gui.widgets.labels import Label
from twohats.model.account import Account
from twohats.model.identity import Hat
from twohats.model.rendition import Count


class TargetsBar(QWidget):
    """One chip an account; "+" asks for another account."""

    account_ticked = Signal(str, bool)
    connect_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hat: Hat | None = None
        self._chips: dict[str, Chip] = {}
        self._accounts: tuple[Account, ...] = ()
        self.setAccessibleName("Where it goes")
        self._hint = Label("Choose a hat to see where this can go.", "soft", wraps=True)
        self._chip_row = QWidget()
        self._flow = FlowLayout(self._chip_row)
        self._plus = IconButton(theme, "plus", "Connect an account")
        self._plus.clicked.connect(lambda: self.connect_wanted.emit(self._hat))
        self._flow.addWidget(self._plus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._hint)
        column.addWidget(self._chip_row)
        self._chip_row.hide()

    def chip(self, account_id: str) -> Chip:
        return self._chips[account_id]

    def show_accounts(self, hat: Hat | None, accounts: tuple[Account, ...], ticked: frozenset[str]) -> None:
        """The accounts of the hat, in the order given; those in `ticked` are chosen."""
        if (hat, accounts) != (self._hat, self._accounts):
            self._rebuild(hat, accounts)
        for account_id, chip in self._chips.items():
            chip.setChecked(account_id in ticked)

    def show_counts(self, faces: tuple[Face, ...]) -> None:
        """The counter of each account, by its network's own rule."""
        for face in faces:
            chip = self._chips.get(face.account.id)
            if chip is not None:
                count = face.rendition.count
                chip.set_number(counter(count), "stop" if count.is_over else "")

    def _rebuild(self, hat: Hat | None, accounts: tuple[Account, ...]) -> None:
        self._hat, self._accounts = hat, accounts
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self._plus)
        self._chips = {}
        for account in accounts:
            chip = Chip(self._theme, account.label, network_icon(account.network), hat=hat, parent=self._chip_row)
            chip.setToolTip(f"{wording.sentence('network', account.network)}: {account.handle or account.label}")
            chip.clicked.connect(lambda is_on, account_id=account.id: self.account_ticked.emit(account_id, is_on))
            self._flow.addWidget(chip)
            chip.show()
            self._chips[account.id] = chip
        self._flow.addWidget(self._plus)
        if hat is not None:
            self._plus.setAccessibleName(f"Connect an account as {hat_name(hat)}")
            self._plus.setToolTip(self._plus.accessibleName())
        self._hint.setVisible(hat is None)
        self._chip_row.setVisible(hat is not None)


class AudienceLine(QWidget):
    """One sentence: who can read this."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._label = Label("", "soft", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(theme, "eye", "text-soft", 16))
        row.addWidget(self._label, 1)
        self.show_targets(None, ())

    @property
    def sentence(self) -> str:
        return self._label.text()

    def show_targets(self, hat: Hat | None, accounts: tuple[Account, ...]) -> None:
        self._label.setText(audience(hat, accounts))
        self.setAccessibleName(self._label.text())


def audience(hat: Hat | None, accounts: tuple[Account, ...]) -> str:
    """Who can read a post that goes to these accounts, each kind of reader once."""
    if hat is None:
        return "Nobody can read this yet: it has no hat."
    if not accounts:
        return "Nobody can read this yet: choose where it goes."
    sentences = dict.fromkeys(wording.sentence("audience", account.network) for account in accounts)
    return " ".join(sentences)


def counter(count: Count) -> str:
    """ "184/3,000", "41 over", or the bare number with its unit where there is no limit."""
    if count.limit is None:
        unit = count.unit if count.used != 1 else count.unit.removesuffix("s")
        return f"{count.used:,} {unit}"
    if count.is_over:
        return f"{count.used - count.limit:,} over"
    return f"{count.used:,}/{count.limit:,}"
