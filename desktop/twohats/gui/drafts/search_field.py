"""The field that one searches in: a glass at its beginning, and keys that lead out of it into the list."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from twohats.gui.icons import paint_icon
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import IconButton

_GLASS_PX = 14
_EDGE_PX = 10  # as in the style sheet, where it does not grow with the text


class SearchField(QLineEdit):
    """`left` when Enter or the arrow down asks for what was found. Escape clears it.

    Glass and cross are our own: Qt's stay small where the text is large.
    """

    left = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.clear_button = IconButton(theme, "close", "Clear the search", "text-soft", 14)
        self.clear_button.setParent(self)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does it from the keyboard
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        self.textChanged.connect(lambda text: self.clear_button.setVisible(bool(text)))
        theme.theme_changed.connect(self._arrange)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.px(_GLASS_PX)
        x = self.width() - _EDGE_PX - side if self._is_mirrored else _EDGE_PX
        box = QRectF(x, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), box, "search", self._theme.color("text-soft"))

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _arrange(self) -> None:
        cross = self.clear_button.sizeHint()
        x = 2 if self._is_mirrored else self.width() - cross.width() - 2
        self.clear_button.setGeometry(x, (self.height() - cross.height()) // 2, cross.width(), cross.height())
        before, after = self._theme.px(_GLASS_PX + 6), max(0, cross.width() - 4)
        self.setTextMargins(*((after, 0, before, 0) if self._is_mirrored else (before, 0, after, 0)))
