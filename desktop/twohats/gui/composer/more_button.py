"""What is seldom wanted of a post, in the menu beside the Post button."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from twohats.gui import wording
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import IconButton


class MoreButton(IconButton):
    """`choices` is the menu, `entries` what stands there."""

    requests_wanted = Signal()
    versions_wanted = Signal()
    apart_wanted = Signal()
    link_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "more", wording.sentence("desk_menu", "title"))
        self.choices = QMenu(self)
        self.choices.setAccessibleName(wording.sentence("desk_menu", "title"))
        self.choices.setToolTipsVisible(True)
        self.requests = self._entry("requests", "Ctrl+Shift+R")
        self.versions = self._entry("versions", "Ctrl+Shift+H")
        self.apart = self._entry("apart")
        self.link = self._entry("link", "Ctrl+Shift+C")
        self.requests.triggered.connect(self.requests_wanted)
        self.versions.triggered.connect(self.versions_wanted)
        self.link.triggered.connect(self.link_wanted)
        self.apart.triggered.connect(self.apart_wanted)
        self.clicked.connect(self.open_menu)

    @property
    def entries(self) -> tuple[QAction, ...]:
        return tuple(self.choices.actions())

    def open_menu(self) -> None:
        """Above the button: it stands at the window's foot."""
        size = self.choices.sizeHint()
        self.choices.popup(self.mapToGlobal(QPoint(self.width() - size.width(), -size.height())))

    def show_state(self, *, can_post: bool, has_draft: bool, can_part: bool) -> None:
        """What can be asked for now."""
        self.requests.setEnabled(can_post)
        self.versions.setEnabled(has_draft)
        self.apart.setEnabled(can_part)
        self.link.setEnabled(has_draft)

    def _entry(self, name: str, keys: str = "") -> QAction:
        # The keys are told here and heard by the window: a menu that is closed hears none.
        words = wording.sentence("desk_menu", name)
        entry = self.choices.addAction(f"{words}\t{_native(keys)}" if keys else words)
        entry.setToolTip(wording.sentence("desk_menu", f"{name}_tip"))
        return entry


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
