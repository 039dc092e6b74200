"""One post of a thread: a portrait, who says it, the words, and what hangs on them."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.accounts.portrait import Portrait
from twohats.gui.composer.targets import counter
from twohats.gui.preview.actions import Actions
from twohats.gui.preview.figures import Figures
from twohats.gui.preview.link_card import LinkCardView
from twohats.gui.preview.look import Column, Look
from twohats.gui.preview.pictures import Album, PictureColumn, flush
from twohats.gui.preview.post_head import Byline, PostHead
from twohats.gui.preview.post_text import PostText
from twohats.gui.preview.reading import shown
from twohats.gui.preview.skeleton import POST, Skeleton
from twohats.gui.preview.word_button import WordButton
from twohats.gui.theme import Theme
from twohats.gui.widgets.labels import Label
from twohats.model.account import Account
from twohats.model.rendition import Part, RenderedPicture
from twohats.model.wording import LinkCard

SIDE_PX, BESIDE_PX = 12, 8
_TOP_PX, _ABOVE_PX, _BELOW_PX = 10, 6, 8
_LINE_PX = 2


@dataclass(frozen=True, slots=True)
class PartShown:
    """All that one post of a thread shows. `number` counts from 1; pictures and card where they hang on this part.
    `is_unwritten`: bars stand where words will."""

    account: Account
    byline: Byline
    part: Part
    number: int = 1
    total: int = 1
    pictures: tuple[RenderedPicture, ...] = ()
    card: LinkCard | None = None
    warning: str = ""
    is_unveiled: bool = False
    is_unwritten: bool = False


class PostPart(QWidget):
    """What a network hides until it is asked for (pictures, cards, buttons) is made when it is first needed.

    `warning_turned`: the reader opens what lies behind the warning, or closes it.
    """

    warning_turned = Signal()

    def __init__(self, theme: Theme, look: Look, album: Album) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._album = album
        self._told: PartShown | None = None
        self._is_open = False
        self._stands_beside: bool | None = None
        self.more_button: WordButton | None = None
        self.warning_button: WordButton | None = None
        self.pictures: PictureColumn | None = None
        self.card: LinkCardView | None = None
        self._counter: Figures | None = None
        self._warning: Label | None = None
        self._bars: Skeleton | None = None

        self._portrait = Portrait(theme, look.portrait_px, corner=look.corner)
        self.head = PostHead(theme, look)
        self.text = PostText(theme, look)
        self.action_row = Actions(theme, look)
        self._warned = QVBoxLayout()
        self._folds = QVBoxLayout()
        self._words = _Box(4)
        self._words.body.addLayout(self._warned)
        self._words.body.addWidget(self.text)
        self._words.body.addLayout(self._folds)
        self._hung = _Box(6)
        self._tail = _Box(4)
        self._counts = QVBoxLayout()
        self._tail.body.addLayout(self._counts)
        self._tail.body.addWidget(self.action_row)
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setColumnMinimumWidth(0, SIDE_PX)
        self._grid.setColumnMinimumWidth(2, BESIDE_PX)
        self._grid.setColumnStretch(3, 1)
        self._grid.setColumnMinimumWidth(4, SIDE_PX)
        theme.theme_changed.connect(self.update)

    @property
    def is_folded(self) -> bool:
        """Whether the network keeps the end of the words back."""
        return self._told is not None and self._told.part.fold_at is not None and not self._is_open

    def show_part(self, told: PartShown) -> None:
        """Brings what changed up to date, in place."""
        before = self._told
        if told == before:
            return
        self._told = told
        if before is None or told.account != before.account:
            self._portrait.show_account(told.account)
        self.head.show_byline(told.byline)
        self._arrange(told)
        self._show_words()
        self._show_warning(told)
        if before is None or (told.pictures, told.card) != (before.pictures, before.card):
            self._show_hung(told)
        self._show_behind(told)
        self._show_count(told)
        is_last = told.number == told.total
        self.action_row.setVisible(is_last and not told.is_unwritten and bool(self._look.actions.names))
        self.update()

    def set_open(self, is_open: bool) -> None:
        """Opens the fold, or closes it again."""
        self._is_open = is_open
        self._show_words()

    def paintEvent(self, event: QPaintEvent) -> None:
        told = self._told
        if told is None or told.total == 1 or not self._stands_beside:
            return
        painter = QPainter(self)
        painter.setPen(QPen(self._look.color(self._theme, "line"), _LINE_PX))
        portrait = self._portrait.geometry()
        x = portrait.center().x() + 0.5
        if told.number > 1:
            painter.drawLine(QLineF(x, 0, x, portrait.top() - 4))
        if told.number < told.total:
            painter.drawLine(QLineF(x, portrait.bottom() + 5, x, self.height()))

    def _arrange(self, told: PartShown) -> None:
        """The words beside the portrait, or below it."""
        column = self._look.column
        stands_beside = column is Column.ALWAYS or (column is Column.IN_THREAD and told.total > 1)
        self._grid.setContentsMargins(0, _TOP_PX, 0, _BELOW_PX if told.number == told.total else 2)
        if stands_beside is self._stands_beside:
            return
        self._stands_beside = stands_beside
        grid, top = self._grid, Qt.AlignmentFlag.AlignTop
        for item in (self._portrait, self.head, self._words, self._hung, self._tail):
            grid.removeWidget(item)
        if stands_beside:
            grid.addWidget(self._portrait, 0, 1, 4, 1, top)
            grid.addWidget(self.head, 0, 3, top)
            first, columns = 3, 1
        else:
            grid.addWidget(self._portrait, 0, 1, top)
            grid.addWidget(self.head, 0, 3, Qt.AlignmentFlag.AlignVCenter)
            first, columns = 1, 3
        grid.addWidget(self._words, 1, first, 1, columns)
        grid.addWidget(self._hung, 2, *((0, 1, 5) if self._look.picture.is_full_width else (first, 1, columns)))
        grid.addWidget(self._tail, 3, first, 1, columns)
        self._words.body.setContentsMargins(0, 2 if stands_beside else 8, 0, 0)
        self._hung.body.setContentsMargins(0, _ABOVE_PX, 0, 0)
        self._tail.body.setContentsMargins(0, _ABOVE_PX, 0, 0)

    def _show_words(self) -> None:
        if self._told is None:
            return
        part = self._told.part
        self.text.show_text(shown(part, self._look, is_open=self._is_open))
        has_fold = part.fold_at is not None
        if has_fold and self.more_button is None:
            self.more_button = WordButton(self._theme, self._look, "", is_soft=self._look.has_soft_fold)
            self.more_button.clicked.connect(lambda: self.set_open(not self._is_open))
            self._folds.addLayout(_in_line(self.more_button, at_end=self._look.has_fold_at_end))
        if self.more_button is not None:
            words = "See less" if self._is_open else wording.sentence("fold", self._look.network)
            self.more_button.set_words(words, "Show less of the text" if self._is_open else "Show all of the text")

    def _show_warning(self, told: PartShown) -> None:
        if told.warning and self._warning is None:
            self._warning = Label("", "strong", wraps=True)
            self.warning_button = WordButton(self._theme, self._look, "")
            self.warning_button.clicked.connect(self.warning_turned)
            self._warned.addWidget(self._warning)
            self._warned.addLayout(_in_line(self.warning_button))
        if self._warning is not None and self.warning_button is not None:
            self._warning.setText(told.warning)
            self._warning.setVisible(bool(told.warning))
            self.warning_button.setVisible(bool(told.warning))
            words = "Show less" if told.is_unveiled else "Show more"
            self.warning_button.set_words(words, f"{words}: what lies behind the warning")

    def _show_behind(self, told: PartShown) -> None:
        """What stands behind a warning, once it is opened."""
        is_seen = told.is_unveiled or not told.warning
        self.text.setVisible(is_seen and bool(told.part.text))
        if told.is_unwritten and self._bars is None:
            self._bars = Skeleton(self._theme, POST, lambda: self._look.color(self._theme, "line"))
            self._words.body.insertWidget(0, self._bars)
        if self._bars is not None:
            self._bars.setVisible(told.is_unwritten)
        self._hung.setVisible(is_seen and bool(told.pictures or told.card))
        if self.more_button is not None:
            self.more_button.setVisible(is_seen and told.part.fold_at is not None)

    def _show_hung(self, told: PartShown) -> None:
        if told.pictures and self.pictures is None:
            self.pictures = PictureColumn(self._theme, self._album, self._look)
            self._hung.body.addWidget(self.pictures)
            switch = flush(self.pictures.switch)
            if self._look.picture.is_full_width:
                switch.insertSpacing(0, SIDE_PX)
            self._hung.body.addLayout(switch)
        if self.pictures is not None:
            self.pictures.show_pictures(told.pictures)
        if told.card is not None and self.card is None:
            self.card = LinkCardView(self._theme, self._look, self._album)
            row = QHBoxLayout()
            inset = SIDE_PX if self._look.picture.is_full_width and not self._look.card.is_full_width else 0
            row.setContentsMargins(inset, 0, inset, 0)
            row.addWidget(self.card)
            self._hung.body.addLayout(row)
        if self.card is not None:
            self.card.setVisible(told.card is not None)
            if told.card is not None:
                self.card.show_card(told.card)

    def _show_count(self, told: PartShown) -> None:
        if told.total > 1 and self._counter is None:
            self._counter = Figures(self._theme)
            self._counts.addWidget(self._counter, 0, Qt.AlignmentFlag.AlignRight)
        if self._counter is not None:
            count = counter(told.part.count)
            self._counter.show_words(
                f"{told.number}/{told.total} · {count}",
                spoken=f"Part {told.number} of {told.total}, {count.replace('/', ' of ')}",
                tone="stop" if told.part.count.is_over else "",
            )
            self._counter.setVisible(told.total > 1)


class _Box(QWidget):
    """A column without margins; put things into `body`."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(spacing)


def _in_line(button: WordButton, *, at_end: bool = False) -> QHBoxLayout:
    """A row in which the words of a button stand in line with the text above."""
    row = QHBoxLayout()
    row.setSpacing(0)
    if at_end:
        row.addStretch(1)
        row.addWidget(button)
        row.addSpacing(-WordButton.inset)
    else:
        row.addSpacing(-WordButton.inset)
        row.addWidget(button)
        row.addStretch(1)
    return row
