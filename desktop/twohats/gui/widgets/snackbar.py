"""A snackbar: what just happened, with Undo, for a few seconds at the foot of a window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label

STAYS_MS = 8000
_EDGE_PX = 24
_LIFT_PX = 40
_NARROW_PX = 900


class Snackbar(QFrame):
    """Lies over the lower right of `host`; one at a time, the newest wins. It waits while it has the focus."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._wish: Callable[[], object] | None = None
        self.setProperty("role", "snackbar")
        self._label = Label()
        self._button = Button(theme, "Undo", "link")
        self._button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(16)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        host.installEventFilter(self)
        self.hide()

    def tell(self, sentence: str, wish: Callable[[], object] | None = None, verb: str = "Undo") -> None:
        """Shows the sentence; with a wish, a button that grants it."""
        self._wish = wish
        self._label.setText(sentence)
        self._button.set_words(verb)
        self._button.setVisible(wish is not None)
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self._place()
        self._timer.start(STAYS_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.hide()
        if self._wish is not None:
            self._wish()

    def _leave(self) -> None:
        if self._button.hasFocus():
            self._timer.start(STAYS_MS)
        else:
            self.hide()

    def _place(self) -> None:
        host = self._host
        self.adjustSize()
        width = min(self.sizeHint().width(), host.width() - 2 * _EDGE_PX)
        # In a narrow window the Post button is what stands there: the bar keeps clear of it.
        lift = self._theme.px(_LIFT_PX) if host.width() < self._theme.px(_NARROW_PX) else 0
        top = host.height() - self.height() - _EDGE_PX - lift
        self.setGeometry(host.width() - width - _EDGE_PX, top, width, self.height())
