"""Where it goes: the accounts of the chosen hat as chips with counters, and who can read it there."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.session import Face
from twohats.gui import wording
from twohats.gui.composer.article_fields import BLOGS
from twohats.gui.composer.audiences import audience_of
from twohats.gui.composer.naming import listed
from twohats.gui.icons import network_icon
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.chip import Chip
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.glyph import Glyph, hat_name
from twohats.gui.widgets.labels import Label
from twohats.model.account import Account
from twohats.model.identity import Hat
from twohats.model.rendition import Count


class TargetsBar(QWidget):
    """One chip an account; the pen beside it asks to word the post for this account alone, "+" for another account."""

    account_ticked = Signal(str, bool)
    connect_wanted = Signal(object)
    words_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hat: Hat | None = None
        self._chips: dict[str, Chip] = {}
        self._pens: dict[str, Button] = {}
        self._places: list[QWidget] = []
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

    def pen(self, account_id: str) -> Button:
        return self._pens[account_id]

    def show_accounts(
        self, hat: Hat | None, accounts: tuple[Account, ...], ticked: frozenset[str], worded: frozenset[str]
    ) -> None:
        """The accounts of the hat, in the order given; those in `ticked` are chosen, those in `worded` have words of
        their own."""
        if (hat, accounts) != (self._hat, self._accounts):
            self._rebuild(hat, accounts)
        for account_id, chip in self._chips.items():
            chip.setChecked(account_id in ticked)
        for account in accounts:
            if account.id in self._pens:
                self._show_pen(account, account.id in ticked, account.id in worded)

    def show_counts(self, faces: tuple[Face, ...]) -> None:
        """The counter of each account, by its network's own rule."""
        for face in faces:
            chip = self._chips.get(face.account.id)
            if chip is not None:
                count = face.rendition.count
                chip.set_number(counter(count), "stop" if count.is_over else "")

    def _rebuild(self, hat: Hat | None, accounts: tuple[Account, ...]) -> None:
        self._hat, self._accounts = hat, accounts
        for place in self._places:
            self._flow.removeWidget(place)
            place.hide()
            place.deleteLater()
        self._flow.removeWidget(self._plus)
        self._chips, self._pens, self._places = {}, {}, []
        for account in accounts:
            chip = Chip(self._theme, account.label, network_icon(account.network), hat=hat, parent=self._chip_row)
            chip.setToolTip(f"{wording.sentence('network', account.network)}: {account.handle or account.label}")
            chip.clicked.connect(lambda is_on, account_id=account.id: self.account_ticked.emit(account_id, is_on))
            self._chips[account.id] = chip
            place = chip if account.network in BLOGS else self._with_pen(account, chip)
            self._flow.addWidget(place)
            place.show()
            self._places.append(place)
        self._flow.addWidget(self._plus)
        if hat is not None:
            self._plus.setAccessibleName(f"Connect an account as {hat_name(hat)}")
            self._plus.setToolTip(self._plus.accessibleName())
        self._hint.setVisible(hat is None)
        self._chip_row.setVisible(hat is not None)

    def _with_pen(self, account: Account, chip: Chip) -> QWidget:
        pen = Button(self._theme, "Own words", "flat", "pen")
        pen.clicked.connect(lambda: self.words_wanted.emit(account.id))
        self._pens[account.id] = pen
        place = QWidget(self._chip_row)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(pen, 0, Qt.AlignmentFlag.AlignTop)
        return place

    def _show_pen(self, account: Account, is_ticked: bool, is_worded: bool) -> None:
        pen = self._pens[account.id]
        pen.setVisible(is_ticked or is_worded)
        pen.show_words(is_worded)
        wish = wording.sentence("own_words", "change" if is_worded else "wish", name=account.label)
        pen.setToolTip(wish)
        pen.setAccessibleName(wish)


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
        self.show_targets(None, (), {})

    @property
    def sentence(self) -> str:
        return self._label.text()

    def show_targets(self, hat: Hat | None, accounts: tuple[Account, ...], chosen: Mapping[str, str]) -> None:
        """`chosen`: who may read this post, by account, where that was chosen."""
        self._label.setText(audience(hat, accounts, chosen))
        self.setAccessibleName(self._label.text())


def audience(hat: Hat | None, accounts: tuple[Account, ...], chosen: Mapping[str, str]) -> str:
    """Who can read a post that goes to these accounts, each kind of reader once; `chosen` by account. Where two
    accounts of one network have other readers, each is named."""
    if hat is None:
        return "Nobody can read this yet: it has no hat."
    if not accounts:
        return "Nobody can read this yet: choose where it goes."
    told: dict[str, list[Account]] = {}
    for account in accounts:
        told.setdefault(_readers(account, chosen), []).append(account)
    kinds = Counter(group[0].network for group in told.values())
    sentences = [
        f"{listed(tuple(account.label for account in group))}: {words}" if kinds[group[0].network] > 1 else words
        for words, group in told.items()
    ]
    return " ".join(sentences)


def _readers(account: Account, chosen: Mapping[str, str]) -> str:
    value = audience_of(account, chosen)
    return wording.sentence("audience", f"{account.network}.{value}" if value else account.network)


def counter(count: Count) -> str:
    """ "184/3,000", "41 over", or the bare number with its unit where there is no limit."""
    if count.limit is None:
        unit = count.unit if count.used != 1 else count.unit.removesuffix("s")
        return f"{count.used:,} {unit}"
    if count.is_over:
        return f"{count.used - count.limit:,} over"
    return f"{count.used:,}/{count.limit:,}"
