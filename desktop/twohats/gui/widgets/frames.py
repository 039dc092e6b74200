"""Frames that hold other things: card, sunken ground, hairline, page."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.labels import heading, soft


class Card(QFrame):
    """A raised ground with a hairline and round corners; put things into `body`."""

    def __init__(self, padding: int = 12, spacing: int = 8) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(spacing)


class Sunken(QFrame):
    """A quiet ground that lies a little lower; put things into `body`."""

    def __init__(self, padding: int = 12, spacing: int = 8) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(spacing)


class Hairline(QWidget):
    """A line of one pixel, lying or standing."""

    def __init__(self, theme: Theme, *, is_vertical: bool = False) -> None:
        super().__init__()
        self._theme = theme
        if is_vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("line"))


class Scroller(QScrollArea):
    """Scrolls one widget up and down; it gets the full width, and the height that this width asks for."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._inner = widget
        widget.setProperty("role", "page")
        self.setWidget(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_height()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        # QScrollArea asks for a minimum size alone, which text that wraps cannot tell.
        layout = self._inner.layout()
        if layout is not None and layout.hasHeightForWidth():
            self._inner.setMinimumHeight(layout.totalHeightForWidth(self.viewport().width()))


class Page(QWidget):
    """A page of the rail: a heading, a soft line under it, then `body`, all in a column that scrolls.

    The column is as wide as reading allows (`width_px`); `tools` is the place right of the heading. Arrows and Page
    Down scroll it as soon as it is shown.
    """

    def __init__(self, theme: Theme, name: str, about: str = "", width_px: int = 880) -> None:
        super().__init__()
        self._theme = theme
        self._width_px = width_px
        self.setAccessibleName(name)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)

        top = QHBoxLayout()
        top.addWidget(heading(name), 1)
        top.addLayout(self.tools)
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        if about:
            column.addWidget(soft(about))
            column.addSpacing(GAP)
        column.addLayout(self.body)
        column.addStretch(1)

        ground = QWidget()
        across = QHBoxLayout(ground)
        across.setContentsMargins(GAP_REGION + 8, GAP_REGION, GAP_REGION + 8, GAP_REGION)
        across.addWidget(self._column, 1)
        across.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroller = Scroller(ground)
        whole.addWidget(self._scroller)
        self._fit_width()
        theme.theme_changed.connect(self._fit_width)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The page has the focus when it is shown: arrows and Page Down scroll it, before anything in it is chosen.
        self._scroller.keyPressEvent(event)

    def _fit_width(self) -> None:
        self._column.setMaximumWidth(self._theme.px(self._width_px))


def bring_into_view(widget: QWidget) -> None:
    """Scrolls what lies around a widget until all of it is seen, once it has found its place."""

    def scroll() -> None:
        around = widget.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and widget.isVisible():
            around.ensureWidgetVisible(widget, 0, GAP)

    QTimer.singleShot(0, widget, scroll)
