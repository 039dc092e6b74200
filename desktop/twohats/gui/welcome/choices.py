"""A row of colours or of icons, of which one is chosen."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from twohats.gui.icons import paint_icon
from twohats.gui.theme import ACCENTS, Theme, read_tokens
from twohats.model.identity import Hat

ICONS = {
    Hat.PERSONAL: (("house", "House"), ("leaf", "Leaf"), ("sun", "Sun"), ("heart", "Heart")),
    Hat.PROFESSIONAL: (("badge", "Badge"), ("book", "Book"), ("cross-care", "Care"), ("people", "People")),
}
"""What each hat may choose from; no icon is offered to both."""

_COLOUR_NAMES = {
    "personal": "Terracotta",
    "plum": "Plum",
    "ochre": "Ochre",
    "professional": "Teal",
    "indigo": "Indigo",
    "forest": "Forest",
}


class ColourChoice(QWidget):
    """The colours that a hat may have. Arrow keys go along the row."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, hat: Hat) -> None:
        super().__init__()

        def ground(token: str) -> Callable[[], QColor]:
            return lambda: QColor(read_tokens(theme.name).colours[token])

        self._row = _Row(
            [_Swatch(theme, hat, token, _COLOUR_NAMES[token], ground(token)) for token in ACCENTS[hat]], self
        )
        self._row.chosen.connect(self.chosen)

    def choose(self, token: str) -> None:
        self._row.choose(token)

    @property
    def value(self) -> str:
        return self._row.value


class IconChoice(QWidget):
    """The icons that a hat may have. Arrow keys go along the row."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, hat: Hat) -> None:
        super().__init__()
        self._row = _Row([_Swatch(theme, hat, name, spoken, None) for name, spoken in ICONS[hat]], self)
        self._row.chosen.connect(self.chosen)

    def choose(self, name: str) -> None:
        self._row.choose(name)

    @property
    def value(self) -> str:
        return self._row.value


class _Row(QButtonGroup):
    chosen = Signal(str)

    def __init__(self, swatches: list["_Swatch"], host: QWidget) -> None:
        super().__init__(host)
        self._swatches = swatches
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for swatch in swatches:
            row.addWidget(swatch)
            self.addButton(swatch)
        row.addStretch(1)
        swatches[0].setChecked(True)
        self.buttonClicked.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> str:
        return next(swatch.key for swatch in self._swatches if swatch.isChecked())

    def choose(self, key: str) -> None:
        for swatch in self._swatches:
            if swatch.key == key:
                swatch.setChecked(True)


class _Swatch(QAbstractButton):
    """One colour or icon: round for Personal, square for Professional; a ring and a tick when chosen."""

    def __init__(self, theme: Theme, hat: Hat, key: str, spoken: str, ground: Callable[[], QColor] | None) -> None:
        super().__init__()
        self.key = key
        self._theme = theme
        self._hat = hat
        self._ground = ground
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        theme.theme_changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        side = self._theme.px(36)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        is_round = self._hat is Hat.PERSONAL
        if self.hasFocus() or self.isChecked():
            ring = whole.adjusted(1, 1, -1, -1)
            painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "text"), 2 if self.hasFocus() else 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, *self._radii(ring, is_round))
        inner = whole.adjusted(4, 4, -4, -4)
        ground = self._ground() if self._ground else theme.accent_soft(self._hat if self.isChecked() else None)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(inner, *self._radii(inner, is_round))
        inset = inner.width() * 0.2
        mark = inner.adjusted(inset, inset, -inset, -inset)
        if self._ground is None:
            paint_icon(painter, mark, self.key, theme.accent(self._hat) if self.isChecked() else theme.color("text"))
        elif self.isChecked():
            paint_icon(painter, mark, "check", theme.color("on-accent"))

    def _radii(self, box: QRectF, is_round: bool) -> tuple[float, float]:
        radius = box.height() / 2 if is_round else 6
        return radius, radius

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
