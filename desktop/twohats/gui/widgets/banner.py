"""A banner: something that stays true until it is mended, said in a sentence, with what to do."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label

_ICONS = {"note": "note", "warn": "warning", "stop": "stop", "good": "check"}


class Banner(QFrame):
    """`tone` is "note", "warn", "stop" or "good". Hidden until `tell` is called, unless made with a sentence."""

    def __init__(self, theme: Theme, sentence: str = "", tone: str = "note", *, can_close: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._wish: Callable[[], object] | None = None
        self.setProperty("role", "banner")
        self._glyph = Glyph(theme, _ICONS[tone], tone)
        self._label = Label(sentence, wraps=True)
        self._button = Button(theme, "", "small")
        self._button.clicked.connect(self._act)
        close = IconButton(theme, "close", "Close this notice", size_px=14)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._glyph)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        row.addWidget(close)
        close.setVisible(can_close)
        self._say(sentence, tone, "")
        if not sentence:
            self.hide()

    @property
    def sentence(self) -> str:
        return self._label.text()

    def tell(self, sentence: str, tone: str = "note", verb: str = "", wish: Callable[[], object] | None = None) -> None:
        """Shows a sentence, and a button if there is something to do about it."""
        self._wish = wish
        self._say(sentence, tone, verb)
        self.show()

    def _say(self, sentence: str, tone: str, verb: str) -> None:
        self._glyph.set_icon(_ICONS[tone], tone)
        self._label.setText(sentence)
        self._button.set_words(verb)
        self._button.setVisible(bool(verb))
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def _act(self) -> None:
        if self._wish is not None:
            self._wish()
