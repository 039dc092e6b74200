"""A field for a path: shortened in the middle while nobody types in it, since a path is told by its two ends."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

_INSET_PX = 2  # as QLineEdit keeps left and right of its text


class PathField(QLineEdit):
    """The whole path is there for the pointer and the screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.textChanged.connect(self._tell_whole)

    @property
    def shown(self) -> str:
        """What can be read of it without typing: the path, or both its ends."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self._box().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or not self.text():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(option.palette.text().color())
        painter.drawText(self._box(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.shown)

    def _box(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return box.adjusted(_INSET_PX, 0, -_INSET_PX, 0)

    def _tell_whole(self, path: str) -> None:
        self.setToolTip(path)
        self.setAccessibleDescription(path)
