"""Buttons of a few kinds, each a verb."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from twohats.gui.icons import icon
from twohats.gui.theme import Theme
from twohats.model.identity import Hat


class Button(QPushButton):
    """A button with words.

    `kind` is "primary" (one a screen), "quiet" (outlined), "small", "flat", "link" or "danger".
    A primary button takes a hat's colour and shape with `set_hat`.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: str = "quiet",
        icon_name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_escaped(text), parent)
        self._theme = theme
        self._words = text
        self._icon_name = icon_name
        self._kind = kind
        self._hat: Hat | None = None
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        if tip:
            self.setToolTip(tip)
        self._tint()
        theme.theme_changed.connect(self._tint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_words(self, text: str) -> None:
        """Other words on the button, and for the screen reader."""
        self._words = text
        self.setText(_escaped(text))
        self.setAccessibleName(text)

    def show_words(self, is_shown: bool) -> None:
        """Whether the words stand beside the icon; they are spoken either way."""
        self.setText(_escaped(self._words) if is_shown else "")

    def set_hat(self, hat: Hat | None) -> None:
        """Takes the hat's colour and shape; None takes them off."""
        if hat is not self._hat:
            self._hat = hat
            self.setProperty("hat", hat.value if hat else "")
            self.style().unpolish(self)
            self.style().polish(self)
            self._tint()

    def set_icon(self, icon_name: str) -> None:
        self._icon_name = icon_name
        self._tint()

    def _tint(self) -> None:
        if not self._icon_name:
            return
        tint = "text"
        if self._kind == "primary":
            tint = "on-accent" if self._hat else "surface"
        elif self._kind == "danger":
            tint = "stop"
        size = self._theme.px(16)
        self.setIcon(icon(self._theme, self._icon_name, tint, size))
        self.setIconSize(QSize(size, size))


class IconButton(QToolButton):
    """A button with an icon alone: its name is spoken and shown as a tip."""

    def __init__(self, theme: Theme, icon_name: str, name: str, tint: str = "text", size_px: int = 18) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._tint_name = tint
        self._size_px = size_px
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoRaise(True)
        self._tint()
        theme.theme_changed.connect(self._tint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_icon(self, icon_name: str) -> None:
        self._icon_name = icon_name
        self._tint()

    def _tint(self) -> None:
        size = self._theme.px(self._size_px)
        self.setIcon(icon(self._theme, self._icon_name, self._tint_name, size))
        self.setIconSize(QSize(size, size))


def is_enter(event: QKeyEvent) -> bool:
    """Enter, anew and alone: it presses the button that has the focus, as Space does. Qt does so in dialogs only."""
    is_alone = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_alone and not event.isAutoRepeat()


def _escaped(text: str) -> str:
    # An ampersand in a name ("Lee & Partners") is not a mnemonic.
    return text.replace("&", "&&")
