"""The steps of a post that goes by hand: copy it and open the page, then say how it went."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.model.delivery import Delivery

_SECTION = "by_hand"
_PICTURES = "pictures_by_hand"


class ByHandSteps(QWidget):
    """Three buttons. `page_wanted` with the address to open; `told` with a sentence, once the text is copied."""

    page_wanted = Signal(str)
    told = Signal(str)

    def __init__(self, theme: Theme, library: Library) -> None:
        super().__init__()
        self._library = library
        self._delivery: Delivery | None = None
        self.copy_button = Button(theme, "Copy and open", "small", "copy")
        self.done_button = Button(theme, "I have posted it", "small", "check")
        self.not_button = Button(theme, "Not posted", "small")
        flow = FlowLayout(self)
        for button in (self.copy_button, self.done_button, self.not_button):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            flow.addWidget(button)
        self.copy_button.clicked.connect(self._copy)
        self.done_button.clicked.connect(self._note_posted)
        self.not_button.clicked.connect(self._give_up)

    def show_delivery(self, delivery: Delivery, place: str) -> None:
        """`place` is what the account is called."""
        self._delivery = delivery
        self.copy_button.setAccessibleName(f"Copy the text and open {place}")
        self.copy_button.setToolTip(delivery.rendition.payload.get("page", ""))
        self.done_button.setAccessibleName(f"I have posted it to {place}")
        self.not_button.setAccessibleName(f"Not posted to {place}")

    def _copy(self) -> None:
        if self._delivery is None:
            return
        rendition = self._delivery.leaving
        QGuiApplication.clipboard().setText("\n\n".join(part.text for part in rendition.parts))
        self.page_wanted.emit(rendition.payload.get("page", ""))
        words = by_hand_words(self._delivery, has_copied=True)
        self.told.emit(words)
        announce(self, words)

    def _note_posted(self) -> None:
        if self._delivery is not None:
            self._library.note_posted_by_hand(self._delivery.id)

    def _give_up(self) -> None:
        if self._delivery is not None:
            self._library.cancel(self._delivery.id)


def by_hand_words(delivery: Delivery, *, has_copied: bool = False) -> str:
    """What the person does next."""
    words = wording.sentence(_SECTION, "copied" if has_copied else "waits")
    return f"{words} {wording.sentence(_SECTION, 'pictures')}" if _PICTURES in delivery.rendition.notes else words
