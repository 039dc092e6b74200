"""A page that is one long list: a heading, a search, a choice of hat, and the list in all the height there is."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui.drafts.search_field import SearchField
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import heading, soft
from twohats.model.identity import Hat

_SEARCH_AFTER_MS = 120
_ROOM_FOR_WORDS_PX = 440


class ListPage(QWidget):
    """`filtered` when the search or the hat changed, `search_left` when the person wants what was found; `tools` is
    the place at the end of the search row. `about` is left out where the window is low."""

    filtered = Signal()
    search_left = Signal()

    def __init__(self, theme: Theme, name: str, about: str, search_name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.search = SearchField(theme, search_name)
        self.search.left.connect(self._leave_search)
        self.hats = QComboBox()
        self.hats.setAccessibleName("Which hat")
        self.hats.addItem("Both hats", None)
        for hat in Hat:
            self.hats.addItem(hat_name(hat), hat.value)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)

        self.filters = QWidget()
        row = QHBoxLayout(self.filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.hats)
        row.addLayout(self.tools)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_REGION + 8, GAP_REGION, GAP_REGION + 8, GAP_REGION)
        whole.setSpacing(GAP)
        self.about = soft(about)
        whole.addWidget(heading(name))
        whole.addWidget(self.about)
        whole.addWidget(self.filters)
        whole.addLayout(self.body, 1)

        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SEARCH_AFTER_MS)
        self._soon.timeout.connect(self.filtered)
        self.search.textChanged.connect(lambda: self._soon.start())
        self.hats.currentIndexChanged.connect(lambda: self.filtered.emit())
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._find)
        theme.theme_changed.connect(self._fit)

    @property
    def query(self) -> str:
        return self.search.text().strip()

    @property
    def hat(self) -> Hat | None:
        told = self.hats.currentData()
        return Hat(told) if told else None

    def told_nothing(self, things: str) -> str:
        """What an empty list says while something is searched for: "No drafts with “garden” under Personal."."""
        words = f" with \u201c{self.query}\u201d" if self.query else ""
        return f"No {things}{words}{f' under {hat_name(self.hat)}' if self.hat else ''}."

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _leave_search(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self.filtered.emit()
        self.search_left.emit()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _fit(self) -> None:
        self.about.setVisible(self.height() >= self._theme.px(_ROOM_FOR_WORDS_PX))
