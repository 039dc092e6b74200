"""The steps of a post that goes by hand: copy it and open the page, save its pictures, then say how it went."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.model.delivery import Delivery

_SECTION = "by_hand"


class ByHandSteps(QWidget):
    """Three buttons, four with pictures. `page_wanted` with the address to open; `told` with a sentence, once the text
    is copied or the pictures are saved."""

    page_wanted = Signal(str)
    told = Signal(str)

    def __init__(self, theme: Theme, library: Library) -> None:
        super().__init__()
        self._library = library
        self._delivery: Delivery | None = None
        self.copy_button = Button(theme, "Copy and open", "small", "copy")
        self.save_button = Button(theme, "Save the pictures…", "small", "picture")
        self.done_button = Button(theme, "I have posted it", "small", "check")
        self.not_button = Button(theme, "Not posted", "small")
        flow = FlowLayout(self)
        for button in (self.copy_button, self.save_button, self.done_button, self.not_button):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            flow.addWidget(button)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._choose_folder)
        self.done_button.clicked.connect(self._note_posted)
        self.not_button.clicked.connect(self._give_up)
        library.pictures_saved.connect(self._tell_saved)

    def show_delivery(self, delivery: Delivery, place: str) -> None:
        """`place` is what the account is called."""
        self._delivery = delivery
        self.copy_button.setAccessibleName(f"Copy the text and open {place}")
        self.copy_button.setToolTip(delivery.rendition.payload.get("page", ""))
        self.save_button.setVisible(bool(delivery.rendition.pictures))
        self.save_button.setAccessibleName(f"Save the pictures for {place}")
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

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where to save the pictures", str(Path.home()))
        if folder and self._delivery is not None:
            self._library.save_pictures(self._delivery.id, Path(folder))

    def _tell_saved(self, delivery_id: str, folder: str, count: int) -> None:
        if self._delivery is None or delivery_id != self._delivery.id:
            return
        words = wording.sentence(_SECTION, "saved_one" if count == 1 else "saved_many", folder=folder, count=count)
        alts = "; ".join(picture.alt for picture in self._delivery.rendition.pictures if picture.alt)
        told = f"{words} {wording.sentence(_SECTION, 'alt', alt=alts)}" if alts else words
        self.told.emit(told)
        announce(self, told)

    def _note_posted(self) -> None:
        if self._delivery is not None:
            self._library.note_posted_by_hand(self._delivery.id)

    def _give_up(self) -> None:
        if self._delivery is not None:
            self._library.cancel(self._delivery.id)


def by_hand_words(delivery: Delivery, *, has_copied: bool = False) -> str:
    """What the person does next."""
    words = wording.sentence(_SECTION, "copied" if has_copied else "waits")
    return f"{words} {wording.sentence(_SECTION, 'pictures')}" if delivery.rendition.pictures else words
