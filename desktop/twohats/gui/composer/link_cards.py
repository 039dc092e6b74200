"""The cards of links: a button for each link that may have one, and what its page said, to be changed or taken out."""

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.composer.media_strip import Thumbnail
from twohats.gui.composer.spans import Positions
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.wording import LinkCard

_MOST_LINKS = 3
_SECTION = "link_card"


class LinkCards(QWidget):
    """A page is looked at when its button is pressed, and never before."""

    card_wanted = Signal(str)
    card_edited = Signal(str, str, str)
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, read: Callable[[LinkCard], bytes]) -> None:
        super().__init__()
        self._theme = theme
        self._read = read
        self._rows: dict[str, CardRow] = {}
        self._offers: dict[str, Button] = {}
        self._waiting: frozenset[str] = frozenset()
        self._refused = ""
        self._rows_column = QVBoxLayout()
        self._rows_column.setSpacing(8)
        self._offer_row = QWidget()
        self._flow = FlowLayout(self._offer_row)
        self._told = Label("", "small", wraps=True)
        self._told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._rows_column)
        column.addWidget(self._offer_row)
        column.addWidget(self._told)
        self.setAccessibleName("Cards of links")

    @property
    def sentence(self) -> str:
        """Why a page gave no card; empty when none was refused."""
        return self._told.text()

    def offer(self, url: str) -> Button:
        return self._offers[url]

    def offered(self) -> tuple[str, ...]:
        """The links that may have a card."""
        return tuple(self._offers)

    def row(self, url: str) -> "CardRow":
        return self._rows[url]

    def show_cards(self, cards: tuple[LinkCard, ...], links: tuple[str, ...]) -> None:
        """The cards of the draft; and its links, the first of which with a card shows it."""
        self._show_rows(cards, links)
        has_card = any(card.url in links for card in cards)
        offered = () if has_card else links[:_MOST_LINKS]
        if tuple(self._offers) != offered:
            self._show_offers(offered)
        if self._refused and self._refused not in offered:
            self._refused = ""
            self._told.hide()
            self._told.setText("")
        self.setVisible(bool(cards or offered))

    def wait_for(self, url: str) -> None:
        """The page of a link is being looked at."""
        self._waiting |= {url}
        self._told.hide()
        self._told.setText("")
        self._refresh_offers()

    def stop_waiting(self, url: str) -> None:
        self._waiting -= {url}
        self._refresh_offers()

    def tell_refused(self, url: str, sentence: str) -> None:
        """A page gave no card, and why."""
        self._refused = url
        self._told.setText(sentence)
        self._told.show()
        announce(self, sentence)

    def go_to(self, url: str, start: int, end: int) -> None:
        """Selects words of a card: title and description, a line each, in code points."""
        if url in self._rows:
            self._rows[url].go_to(start, end)

    def _show_rows(self, cards: tuple[LinkCard, ...], links: tuple[str, ...]) -> None:
        wanted = {card.url: card for card in cards}
        for url in [url for url, row in self._rows.items() if not row.shows(wanted.get(url))]:
            row = self._rows.pop(url)
            self._rows_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for number, card in enumerate(cards):
            if card.url not in self._rows:
                self._rows[card.url] = self._made_row(card)
            row = self._rows[card.url]
            if self._rows_column.indexOf(row) != number:
                self._rows_column.insertWidget(number, row)
            row.show_card(card, is_linked=card.url in links)

    def _made_row(self, card: LinkCard) -> "CardRow":
        row = CardRow(self._theme, card, self._read(card))
        row.edited.connect(lambda title, description: self.card_edited.emit(card.url, title, description))
        row.removal_wanted.connect(lambda: self.removal_wanted.emit(card.url))
        return row

    def _show_offers(self, links: tuple[str, ...]) -> None:
        for button in self._offers.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers = {}
        for url in links:
            button = Button(self._theme, "", "small", "link", wording.sentence(_SECTION, "tip", url=url))
            button.clicked.connect(lambda _on=False, url=url: self.card_wanted.emit(url))
            self._flow.addWidget(button)
            button.show()
            self._offers[url] = button
        self._refresh_offers()
        self._offer_row.setVisible(bool(links))

    def _refresh_offers(self) -> None:
        for url, button in self._offers.items():
            is_waited_for = url in self._waiting
            button.set_words(wording.sentence(_SECTION, "waiting" if is_waited_for else "add", host=host_of(url)))
            button.setEnabled(not is_waited_for)


class CardRow(Card):
    """What one page said of itself."""

    edited = Signal(str, str)
    removal_wanted = Signal()

    def __init__(self, theme: Theme, card: LinkCard, picture: bytes) -> None:
        super().__init__(padding=8, spacing=4)
        self._digest = card.picture_digest
        host = host_of(card.url)
        self.setAccessibleName(f"Card for {host}")
        self.title = _field("Title", f"Title of the card for {host}")
        self.description = _field("Description", f"Description of the card for {host}")
        for field in (self.title, self.description):
            field.textEdited.connect(lambda _text: self.edited.emit(self.title.text(), self.description.text()))
        self._where = Label(host, "small")
        self._where.setToolTip(card.url)
        remove = IconButton(theme, "close", f"Take out the card for {host}", size_px=14)
        remove.clicked.connect(self.removal_wanted)
        self.remove_button = remove
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(Glyph(theme, "link", "text-soft", 14))
        below.addWidget(self._where, 1)
        below.addWidget(remove)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.description)
        words.addLayout(below)
        row = QHBoxLayout()
        row.setSpacing(8)
        if picture:
            row.addWidget(Thumbnail(theme, picture), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def shows(self, card: LinkCard | None) -> bool:
        """Whether it can stand for this card: the words may differ."""
        return card is not None and card.picture_digest == self._digest

    def show_card(self, card: LinkCard, *, is_linked: bool) -> None:
        for field, words in ((self.title, card.title), (self.description, card.description)):
            if field.text() != words:
                with QSignalBlocker(field):
                    field.setText(words)
                    field.setCursorPosition(0)
        host = host_of(card.url)
        self._where.setText(host if is_linked else wording.sentence(_SECTION, "not_linked", host=host))

    def go_to(self, start: int, end: int) -> None:
        title = self.title.text()
        is_below = start > len(title)
        field = self.description if is_below else self.title
        gone = len(title) + 1 if is_below else 0
        positions = Positions(field.text())
        first, last = positions.to_units(start - gone), positions.to_units(min(end - gone, len(field.text())))
        field.setFocus()
        field.setSelection(first, last - first)


def host_of(url: str) -> str:
    """The place that a link leads to, as people say it."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


def _field(hint: str, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setProperty("role", "bare")
    field.setPlaceholderText(hint)
    field.setAccessibleName(name)
    return field
