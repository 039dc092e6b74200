"""A button whose words shorten with the room it gets; the whole is always spoken and in the tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button

_LEAST_PX = 180


class FittingButton(Button):
    """A primary button with several wordings for one thing; where not even the shortest has room, its end goes."""

    def __init__(self, theme: Theme, *wordings: str) -> None:
        super().__init__(theme, wordings[0], "primary")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._wordings = wordings
        self.set_wordings(*wordings)

    @property
    def words(self) -> str:
        """All that it says, however little is shown."""
        return self._wordings[0]

    def set_wordings(self, *wordings: str) -> None:
        """From the fullest to the shortest."""
        self._wordings = wordings
        self.setAccessibleName(wordings[0])
        self.setToolTip(wordings[0])
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self._width_of(self._wordings[0]), hint.height())

    def minimumSizeHint(self) -> QSize:
        least = min(self._width_of(self._wordings[-1]), self._theme.px(_LEAST_PX))
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = next((w for w in self._wordings if self._width_of(w) <= self.width()), self._wordings[-1])
        room = self.width() - self._theme.px(16) * 2 - 4
        shown = self._metrics().elidedText(shown, Qt.TextElideMode.ElideRight, max(40, room))
        if self.text() != shown.replace("&", "&&"):
            self.setText(shown.replace("&", "&&"))

    def _width_of(self, words: str) -> int:
        return self._metrics().horizontalAdvance(words) + self._theme.px(16) * 2 + 8

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(13, 600))
