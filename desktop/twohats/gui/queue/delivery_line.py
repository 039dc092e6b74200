"""One delivery: where to, how it stands, why, and the next step as buttons."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.composer.receipt_notes import receipt_notes
from twohats.gui.icons import network_icon
from twohats.gui.preview.elided import ElidedLabel
from twohats.gui.queue.by_hand import ByHandSteps
from twohats.gui.queue.states import needs_person, state_icon, state_reason, state_tone, state_word
from twohats.gui.theme import Theme
from twohats.gui.widgets.ask_once import AskOnce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import Delivery, DeliveryState

_STOPPED = "thread_stopped"


class DeliveryLine(QWidget):
    """Buttons hand their wish to the library; a new line is made when the delivery moves. `page_wanted` with the
    address of a page that is to be opened."""

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, library: Library, delivery: Delivery, label: str, network: str) -> None:
        super().__init__()
        self._theme = theme
        self._library = library
        self.delivery = delivery
        self.setAccessibleName(label)
        self._word = Label("", "strong")
        self._word.set_tone(state_tone(delivery))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Glyph(theme, network_icon(network), "text", 18))
        top.addWidget(ElidedLabel(label, "strong"), 1)
        top.addWidget(Glyph(theme, state_icon(delivery), state_tone(delivery) or "text-soft", 16))
        top.addWidget(self._word)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        self._reason = Label(state_reason(delivery), wraps=True)
        self._reason.setVisible(bool(self._reason.text()))
        column.addWidget(self._reason)
        if blog := library.goes_after(delivery):
            column.addWidget(Label(wording.sentence("blog_first", "followed", blog=blog), "soft", wraps=True))
        if needs_person(delivery) and library.holds_back(delivery):
            cannot_retry = delivery.state is DeliveryState.UNKNOWN or delivery.asks_there
            code = "alone_unknown" if cannot_retry else "alone"
            column.addWidget(Label(wording.sentence("blog_first", code), wraps=True))
        for note in receipt_notes(delivery.receipt) if delivery.state is DeliveryState.SENT else ():
            column.addWidget(Label(note, "soft", wraps=True))
        if delivery.state is DeliveryState.UNKNOWN:
            column.addWidget(Label("Did it arrive?", "strong"))
        if delivery.waits_for_hand:
            self.by_hand = ByHandSteps(theme, library)
            self.by_hand.show_delivery(delivery, label)
            self.by_hand.page_wanted.connect(self.page_wanted)
            self.by_hand.told.connect(self._reason.setText)
            column.addWidget(self.by_hand)
        self.buttons = self._make_buttons(label)
        if self.buttons:
            row = QWidget()
            flow = FlowLayout(row)
            for button in self.buttons:
                flow.addWidget(button)
            column.addWidget(row)
        self.question = AskOnce(theme)
        column.addWidget(self.question)
        self.tell_time(datetime.now(UTC))

    def tell_time(self, now: datetime) -> None:
        """Brings the countdown up to date."""
        self._word.setText(state_word(self.delivery, now))

    def _make_buttons(self, label: str) -> list[Button]:
        library, delivery_id = self._library, self.delivery.id
        match self.delivery.state:
            case DeliveryState.SENT:
                return [self._make_link(label)] if self._url else []
            case DeliveryState.UNKNOWN:
                return [
                    self._button("Look again", "refresh", lambda: library.look_again(delivery_id)),
                    self._button("It is there", "check", lambda: library.settle_unknown(delivery_id, True)),
                    self._button("It is not there", "close", lambda: library.settle_unknown(delivery_id, False)),
                ]
            case DeliveryState.HELD if self.delivery.waits_for_hand:
                return []
            case DeliveryState.FAILED if self.delivery.is_stopped_midway:
                return [*([self._make_link(label)] if self._url else []), *self._make_stopped_buttons()]
            case DeliveryState.FAILED | DeliveryState.HELD:
                return [
                    self._button("Try again", "refresh", lambda: library.try_again(delivery_id)),
                    self._button("Give up", "", lambda: library.cancel(delivery_id)),
                ]
            case DeliveryState.WAITING if self.delivery.attempts:
                return [self._button("Give up", "", lambda: library.cancel(delivery_id))]
            case _:
                return []

    def _make_stopped_buttons(self) -> list[Button]:
        """For a thread of which only the first parts are out."""
        library, delivery_id = self._library, self.delivery.id
        take_down = self._button(wording.sentence(_STOPPED, "take_down"), "trash", self._ask_to_take_down)
        return [
            self._button("Try again", "refresh", lambda: library.try_again(delivery_id)),
            self._button(wording.sentence(_STOPPED, "rest"), "pen", lambda: library.rest_as_draft(delivery_id)),
            take_down,
            self._button(wording.sentence(_STOPPED, "leave"), "", lambda: library.leave_short(delivery_id)),
        ]

    def _ask_to_take_down(self) -> None:
        delivery_id = self.delivery.id
        self.question.ask(
            wording.sentence(_STOPPED, "sure"), "Take it down", lambda: self._library.take_down_delivery(delivery_id)
        )

    @property
    def _url(self) -> str:
        return self.delivery.receipt.url if self.delivery.receipt else ""

    def _make_link(self, label: str) -> Button:
        url = self._url
        words = "Open the file" if url.startswith("file:") else "Open the post"
        link = self._button(words, "external", lambda: QDesktopServices.openUrl(QUrl(url)))
        link.setAccessibleName(f"{words} on {label}")
        link.setToolTip(url)
        return link

    def _button(self, words: str, icon_name: str, wish: object) -> Button:
        button = Button(self._theme, words, "small", icon_name)
        button.clicked.connect(wish)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button
