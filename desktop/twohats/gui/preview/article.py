"""The body of an article as a reader sees it: laid out by Qt, and never fetched from anywhere."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QPixmap, QResizeEvent, QTextDocument, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from twohats.gui.theme import Theme

FOLD_LINES = 12
"""How many lines an article shows before "Read more"."""

_NARROW_PX = 4  # of a letter, on average: no line holds more of them
_CUT_STEP = 500
_LONGEST_SHOWN = 60_000


class ArticleBody(QTextBrowser):
    """HTML of a rendition, folded after some lines. It is as tall as what it shows, and leaves scrolling to the page
    around it. Only pictures that it was given are shown; nothing is loaded, since a site must not learn that the
    program looked."""

    fold_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._html = ""
        self._pictures: Mapping[str, QPixmap] = {}
        self._is_open = False
        self._is_long = False
        self._is_cut = False
        self._fitted_width = -1
        self._seen: tuple[object, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("The text as readers see it")
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self._restyle()
        theme.theme_changed.connect(self._restyle)

    @property
    def is_long(self) -> bool:
        """Whether there is more than the fold shows."""
        return self._is_long

    @property
    def is_open(self) -> bool:
        return self._is_open

    def show_html(self, html: str, pictures: Mapping[str, QPixmap]) -> None:
        """Shows another body, with pictures by the name it gives them; nothing is done when it is the same."""
        if html != self._html or pictures.keys() != self._pictures.keys():
            self._html = html
            self._pictures = pictures
            self._lay_out()

    def set_open(self, is_open: bool) -> None:
        """Unfolds the article, or folds it again."""
        if is_open != self._is_open:
            self._is_open = is_open
            self._lay_out()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return b""
        name = name.toString() if isinstance(name, QUrl) else name
        return self._pictures.get(name) or _nothing()

    def sizeHint(self) -> QSize:
        return QSize(160, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != self._fitted_width:
            self._fitted_width = -1
            self._lay_out()
            if self._fitted_width < 0:
                self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _lay_out(self) -> None:
        longest = _LONGEST_SHOWN if self._is_open else self._most_folded()
        shown = self._local(self._html)
        self._is_cut = len(shown) > longest
        seen = (_cut(shown, longest) if self._is_cut else shown, self._is_open, tuple(self._pictures))
        if seen != self._seen:
            self._seen = seen
            self.setHtml(seen[0])
            self._fit()

    def _most_folded(self) -> int:
        """More characters than the lines before the fold hold: the rest of a long article costs nothing at each key.
        Half as many again for tags, and in steps, so that not every width asks for another layout."""
        held = FOLD_LINES * self.viewport().width() / self._theme.px(_NARROW_PX)
        return _CUT_STEP * (1 + int(held * 1.5) // _CUT_STEP)

    def _local(self, html: str) -> str:
        """Without what could be fetched, and without the figures below the text: they have a place of their own."""

        def kept(image: re.Match[str]) -> str:
            source = _SOURCE.search(image[0])
            return f'<img src="{source[1]}" style="max-width:100%">' if source and source[1] in self._pictures else ""

        return _IMAGE.sub(kept, _FIGURE.sub("", _REMOTE.sub("", html)))

    def _fit(self) -> None:
        width = self.viewport().width()
        self._fitted_width = self.width()
        self.document().setTextWidth(width)
        whole = self.document().size().height()
        fold = self._fold_height()
        self._is_long = self._is_cut or whole > fold + 1
        height = whole if self._is_open or not self._is_long else min(fold, whole)
        if round(height) != self.height():
            self.setFixedHeight(max(1, round(height)))
        self.fold_changed.emit()

    def _fold_height(self) -> float:
        """Where the last line before the fold ends, in pixels from the top."""
        layout = self.document().documentLayout()
        block = self.document().begin()
        lines = 0
        while block.isValid():
            box = layout.blockBoundingRect(block)
            for number in range(block.layout().lineCount()):
                lines += 1
                line = block.layout().lineAt(number)
                if lines == FOLD_LINES:
                    return box.top() + line.y() + line.height()
            block = block.next()
        return float("inf")

    def _restyle(self) -> None:
        theme = self._theme
        text, soft = theme.color("text").name(), theme.color("text-soft").name()
        self.document().setDefaultFont(theme.font(13))
        self.document().setIndentWidth(theme.px(18))
        self.document().setDefaultStyleSheet(
            f"body {{ color: {text}; }}"
            f"p, blockquote, li {{ line-height: 112%; margin-top: 0; margin-bottom: {theme.px(8)}px; }}"
            f"li {{ margin-bottom: {theme.px(3)}px; }}"
            f"h1, h2, h3, h4 {{ font-size: {theme.px(15)}px; font-weight: 600; margin-top: {theme.px(10)}px;"
            f" margin-bottom: {theme.px(4)}px; }}"
            f"ul, ol {{ margin-top: 0; margin-bottom: {theme.px(8)}px; }}"
            f"blockquote {{ color: {soft}; margin-left: {theme.px(12)}px; }}"
            f"code, pre {{ font-family: monospace; font-size: {theme.px(12)}px; }}"
            f"a {{ color: {theme.color('focus').name()}; }}"
        )
        self.setStyleSheet("QTextBrowser { background: transparent; border: none; padding: 0; }")
        self._seen = ()
        self._lay_out()


_REMOTE = re.compile(r"<(?:link|script|style|iframe|object|embed)\b[^>]*>", re.IGNORECASE)
_FIGURE = re.compile(r"<figure\b[^>]*>.*?</figure>", re.IGNORECASE | re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc=\"([^\"]*)\"")


def _nothing() -> QPixmap:
    empty = QPixmap(1, 1)
    empty.fill(Qt.GlobalColor.transparent)
    return empty


def _cut(html: str, longest: int) -> str:
    """The beginning of some HTML, never ending within a tag or an entity; Qt closes what stays open."""
    begun = html[:longest]
    if begun.rfind("<") > begun.rfind(">"):
        begun = begun[: begun.rfind("<")]
    ampersand = begun.rfind("&", len(begun) - 12)
    if ampersand >= 0 and ";" not in begun[ampersand:]:
        begun = begun[:ampersand]
    return begun
