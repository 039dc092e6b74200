"""The words of a post, with what leads somewhere in the network's colour."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from twohats.gui.preview.look import Look
from twohats.gui.preview.reading import Shown
from twohats.gui.theme import Theme

_SIZE_PX = 13
_LEADING = 1.18


class PostText(QWidget):
    """As tall as its lines are in the width it gets. Laid out once for each width, since it changes with the typing."""

    def __init__(self, theme: Theme, look: Look) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._shown = Shown("")
        self._layout = QTextLayout()
        self._fitted = (-1, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._restyle()
        theme.theme_changed.connect(self._restyle)

    @property
    def text(self) -> str:
        """What is seen, with plain line ends."""
        return self._shown.text.replace("\u2028", "\n")

    def show_text(self, shown: Shown) -> None:
        """Shows other words; nothing is done when they are the same."""
        if shown == self._shown:
            return
        before = self.heightForWidth(self.width())
        self._shown = shown
        self._prepare()
        self.setAccessibleName(self.text)
        # Most keys leave the number of lines as it was: then nothing around moves.
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._fitted[0] != width:
            self._fitted = (width, self._lay_out(width))
        return self._fitted[1]

    def sizeHint(self) -> QSize:
        return QSize(160, self._theme.px(_SIZE_PX))  # how tall it is, only its width can tell

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.heightForWidth(self.width())
        painter = QPainter(self)
        painter.setPen(self._look.color(self._theme, "text"))
        self._layout.draw(painter, QPointF(0, 0))

    def _lay_out(self, width: int) -> int:
        leading = round(self._theme.px(_SIZE_PX) * (_LEADING - 1))
        height = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, height))
            height += line.height() + leading
        self._layout.endLayout()
        return max(1, round(height))

    def _prepare(self) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout = QTextLayout(self._shown.text, self._theme.font(_SIZE_PX))
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        accent = QTextCharFormat()
        accent.setForeground(self._look.color(self._theme, "accent"))
        formats = []
        for start, length in self._shown.stretches:
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = start, length, accent
            formats.append(found)
        layout.setFormats(formats)
        self._layout = layout
        self._fitted = (-1, 0)

    def _restyle(self) -> None:
        self._prepare()
        self.updateGeometry()
        self.update()
