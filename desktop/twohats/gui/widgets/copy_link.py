"""A button that copies a link to something kept here, and says so in its place."""

from PySide6.QtGui import QGuiApplication

from twohats.gui import wording
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.model.wish import OpenItem


class CopyLinkButton(Button):
    """For notes elsewhere: the link opens the item on this computer and tells nobody else anything."""

    def __init__(self, theme: Theme, item: OpenItem) -> None:
        super().__init__(theme, wording.sentence("opening", f"copy_{item.kind.value}"), "small", "copy")
        self.item = item
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.item.link)
        told = wording.sentence("opening", "copied")
        self.set_words(told)
        announce(self, told)
