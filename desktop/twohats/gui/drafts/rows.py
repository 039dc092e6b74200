"""A long list that stays quick: rows are read in portions and painted, never made into widgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from twohats.gui.theme import Theme
from twohats.gui.widgets.glyph import hat_name, paint_hat
from twohats.model.identity import Hat

Item = TypeVar("Item")
Index = QModelIndex | QPersistentModelIndex

_PORTION = 200
_ROW_PX = 60
_LEAST_TITLE_PX = 170


@dataclass(frozen=True, slots=True)
class RowFace:
    """What a row shows. `sign` is a word at the end; `tone` its token ("good", "warn", "stop") or empty."""

    hat: Hat | None
    title: str
    detail: str
    sign: str = ""
    tone: str = ""


class Rows(QAbstractListModel, Generic[Item]):
    """`read` gives the items from an offset on; `face` says how one of them looks."""

    def __init__(
        self, read: Callable[[int, int], Sequence[Item]], face: Callable[[Item], RowFace], key: Callable[[Item], str]
    ) -> None:
        super().__init__()
        self._read = read
        self._face = face
        self._key = key
        self._items: list[Item] = []
        self._may_be_more = False

    def reload(self) -> None:
        """Reads from the beginning, as many as were there before."""
        count = max(_PORTION, len(self._items))
        items = list(self._read(0, count))
        self.beginResetModel()
        self._items = items
        self._may_be_more = len(items) == count
        self.endResetModel()

    def item(self, index: Index) -> Item:
        return self._items[index.row()]

    def face(self, index: Index) -> RowFace:
        return self._face(self._items[index.row()])

    def index_of(self, key: str) -> QModelIndex:
        """Where the item of that key is; invalid when it is not among those read."""
        row = next((number for number, item in enumerate(self._items) if self._key(item) == key), -1)
        return self.index(row, 0) if row >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.face(index).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            face = self.face(index)
            return ", ".join(part for part in (hat_name(face.hat), face.title, face.detail, face.sign) if part)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._may_be_more

    def fetchMore(self, parent: Index) -> None:
        more = list(self._read(len(self._items), _PORTION))
        self._may_be_more = len(more) == _PORTION
        if more:
            self.beginInsertRows(QModelIndex(), len(self._items), len(self._items) + len(more) - 1)
            self._items.extend(more)
            self.endInsertRows()


class RowList(QListView):
    """Click or Enter opens a row, Delete lets it go; `nothing` is what an empty list says."""

    opened = Signal(QModelIndex)
    delete_wanted = Signal(QModelIndex)

    def __init__(self, theme: Theme, name: str, nothing: str) -> None:
        super().__init__()
        self._theme = theme
        self._nothing = nothing
        self.setItemDelegate(_RowPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.clicked.connect(self.opened)
        theme.theme_changed.connect(self._restyle)

    def open_on_double_click(self) -> None:
        """One click then only chooses a row: for lists whose rows have buttons of their own."""
        self.clicked.disconnect(self.opened)
        self.doubleClicked.connect(self.opened)

    def say_nothing(self, words: str) -> None:
        """Other words for the empty list."""
        self._nothing = words
        self._speak_nothing()
        self.viewport().update()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._speak_nothing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.opened.emit(current)
        elif event.key() == Qt.Key.Key_Delete and current.isValid():
            self.delete_wanted.emit(current)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is None or self.model().rowCount() or not self._nothing:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self._theme.color("text-soft"))
        painter.setFont(self._theme.font(13))
        room = self.viewport().rect().adjusted(24, 24, -24, -24)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room.adjusted(0, room.height() // 4, 0, 0), flags, self._nothing)

    def _speak_nothing(self) -> None:
        # Painted words are not read out by themselves.
        is_empty = self.model() is not None and not self.model().rowCount()
        self.setAccessibleDescription(self._nothing if is_empty else "")

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class _RowPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        model = index.model()
        if not isinstance(model, Rows):
            return
        face = model.face(index)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -2), 8, 8)
        if is_chosen and self._view.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -2), 8, 8)
        painter.fillRect(QRect(box.left() + px(12), box.bottom(), box.width() - px(24), 1), theme.color("line"))

        is_mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inner = box.adjusted(px(12), 0, -px(12), 0)
        mark = QRectF(inner.left(), box.center().y() - px(14), px(28), px(28))
        if is_mirrored:
            mark.moveRight(inner.right())
        paint_hat(painter, mark, theme, face.hat)
        words = inner.adjusted(0, 0, -px(40), 0) if is_mirrored else inner.adjusted(px(40), 0, 0, 0)
        align = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft

        middle = box.center().y()
        below = QRect(words.left(), middle, words.width(), px(20))
        if face.sign:
            painter.setFont(theme.font(12, 600 if face.tone else 400))
            painter.setPen(theme.color(face.tone or "text-soft"))
            taken = QFontMetrics(painter.font()).horizontalAdvance(face.sign) + px(16)
            if words.width() - taken >= px(_LEAST_TITLE_PX):
                end = Qt.AlignmentFlag.AlignLeft if is_mirrored else Qt.AlignmentFlag.AlignRight
                painter.drawText(words, end | Qt.AlignmentFlag.AlignVCenter, face.sign)
                words = words.adjusted(taken, 0, 0, 0) if is_mirrored else words.adjusted(0, 0, -taken, 0)
                below.setLeft(words.left())
                below.setRight(words.right())
            else:  # where it is narrow, the title has its line to itself
                painter.drawText(below, align | Qt.AlignmentFlag.AlignVCenter, face.sign)
                below = below.adjusted(0, 0, -taken, 0) if is_mirrored else below.adjusted(taken, 0, 0, 0)
        self._write(painter, QRect(words.left(), middle - px(21), words.width(), px(21)), align, face.title, 14, 600)
        painter.setPen(theme.color("text-soft"))
        self._write(painter, below, align, face.detail, 12, 400)
        painter.restore()

    def _write(
        self, painter: QPainter, box: QRect, align: Qt.AlignmentFlag, words: str, size_px: int, weight: int
    ) -> None:
        painter.setFont(self._theme.font(size_px, weight))
        if weight == 600:
            painter.setPen(self._theme.color("text"))
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, shown)
