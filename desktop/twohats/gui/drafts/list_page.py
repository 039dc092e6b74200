"""A page that is one long list: a heading, a search, a choice of hat, and the list in all the height there is."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.gui.icons import icon
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import heading, soft
from twohats.model.identity import Hat

_SEARCH_AFTER_MS = 120


class ListPage(QWidget):
    """`filtered` when the search or the hat changed; `tools` is the place at the end of the search row."""

    filtered = Signal()

    def __init__(self, theme: Theme, name: str, about: str, search_name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.search = QLineEdit()
        self.search.setPlaceholderText(search_name)
        self.search.setAccessibleName(search_name)
        self.search.setClearButtonEnabled(True)
        self._glass = self.search.addAction(
            icon(theme, "search", "text-soft"), QLineEdit.ActionPosition.LeadingPosition
        )
        theme.theme_changed.connect(self._tint)  # a method of ours: Qt lets go of it when this page goes
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
        find.activated.connect(self.search.setFocus)

    @property
    def query(self) -> str:
        return self.search.text().strip()

    @property
    def hat(self) -> Hat | None:
        told = self.hats.currentData()
        return Hat(told) if told else None

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def _tint(self) -> None:
        self._glass.setIcon(icon(self._theme, "search", "text-soft"))
