"""The places that can be connected, for choosing one: a name, a word on it, and how it suits the hat."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.accounts.advice import advice_for
from twohats.gui.icons import network_icon
from twohats.gui.theme import CARD_RADIUS, GAP_INSIDE, Theme
from twohats.gui.widgets.buttons import is_enter
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.identity import Hat

_ORDER = ("folder", "wordpress", "facebook", "byhand", "linkedin", "x", "mastodon", "bluesky", "threads")
_NEEDS_PX = 620


def in_order(networks: tuple[str, ...]) -> tuple[str, ...]:
    """The founding article's four first, then the others of ours, then those by others, by name."""
    ours = [name for name in _ORDER if name in networks]
    return (*ours, *sorted(set(networks) - set(ours)))


class Places(QWidget):
    """One row a place, in two columns while there is room."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._columns = 0
        self.rows: tuple[PlaceRow, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_INSIDE)
        theme.theme_changed.connect(self._arrange)

    def show_places(self, networks: tuple[str, ...], hat: Hat) -> None:
        for row in self.rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(PlaceRow(self._theme, network, hat, self) for network in in_order(networks))
        for row in self.rows:
            row.clicked.connect(lambda _=False, network=row.network: self.chosen.emit(network))
        self._columns = 0
        self._arrange()
        for row in self.rows:
            row.show()

    def row(self, network: str) -> "PlaceRow":
        return next(row for row in self.rows if row.network == network)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() >= self._theme.px(_NEEDS_PX) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for number, row in enumerate(self.rows):
            self._grid.addWidget(row, number // columns, number % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)


class PlaceRow(QAbstractButton):
    """A place as a button: as high as its words ask for."""

    def __init__(self, theme: Theme, network: str, hat: Hat, parent: QWidget) -> None:
        super().__init__(parent)
        self.network = network
        self._theme = theme
        name = wording.sentence("network", network)
        about = wording.table("connect", network).get("about", "")
        fit = advice_for(network, hat).fit
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{about} {fit}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (Label(name, "strong"), Label(about, wraps=True), Label(fit, "small", wraps=True)):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setVisible(bool(label.text()))
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(Glyph(theme, network_icon(network), "text", 22), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        theme.theme_changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._inner.minimumSize()

    def heightForWidth(self, width: int) -> int:
        return self._inner.totalHeightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = 1.0 if self.hasFocus() else 0.5
        painter.setPen(theme.focus_pen() if self.hasFocus() else QPen(theme.color("line"), 1))
        ground = "line" if self.isDown() else "hover" if self.underMouse() else "surface-raised"
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), CARD_RADIUS, CARD_RADIUS)

    @property
    def _inner(self) -> QHBoxLayout:
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)  # noqa: S101 - made in __init__
        return layout

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
