"""The button that says it all: who posts, and where."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from twohats.gui.composer.naming import listed
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.model.identity import Identity


class PostButton(Button):
    """Its words shorten with the room it gets, places before name; the whole is always spoken and in the tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Choose a hat", "primary")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._wordings: tuple[str, ...] = ("Choose a hat",)
        self.show_state(None, (), is_busy=False)

    def show_state(self, identity: Identity | None, where: tuple[str, ...], *, is_busy: bool) -> None:
        """What would happen now; the button is off while something is missing or under way."""
        self.set_hat(identity.hat if identity else None)
        self._wordings = _wordings(identity, where, is_busy)
        self.setEnabled(identity is not None and bool(where) and not is_busy)
        self.setAccessibleName(self._wordings[0])
        self.setToolTip(f"{self._wordings[0]} (Ctrl+Enter)" if self.isEnabled() else self._wordings[0])
        self.updateGeometry()
        self._fit()

    @property
    def words(self) -> str:
        return self._wordings[0]

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self._width_of(self._wordings[0]), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of(self._wordings[-1]), super().minimumSizeHint().height())

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


def _wordings(identity: Identity | None, where: tuple[str, ...], is_busy: bool) -> tuple[str, ...]:
    """From the fullest to the shortest."""
    if identity is None:
        return ("Choose a hat",)
    if not where:
        return ("Choose where it goes",)
    if is_busy:
        return (f"Checking before posting as {identity.display_name}", "Checking")
    post = f"Post as {identity.display_name}"
    places = "one place" if len(where) == 1 else f"{len(where)} places"
    return (f"{post} to {listed(where)}", f"{post} to {places}", post, f"Post as {identity.name}")
