"""One part of a thread as it is written for one account: as tall as its words, with its findings marked."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from twohats.gui.composer.marks import tone_of
from twohats.gui.composer.spans import Positions
from twohats.gui.composer.written_keys import writes
from twohats.gui.theme import Theme
from twohats.model.finding import Finding, Severity

_LINES = {
    Severity.STOP: QTextCharFormat.UnderlineStyle.SingleUnderline,
    Severity.WARN: QTextCharFormat.UnderlineStyle.WaveUnderline,
}
_LEAST_LINES = 2


class PartEditor(QTextEdit):
    """Plain text. Backspace at its very beginning asks to be joined with the part before, Tab leads on."""

    edited = Signal(str)
    join_wanted = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._is_walk_selection = False
        self._shown = ""
        self.setProperty("role", "field")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._tell)
        self.selectionChanged.connect(self._note_selection)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())

    @property
    def text(self) -> str:
        return self._shown

    def set_text(self, text: str) -> None:
        """Other words from outside; what was typed here is not undone past them."""
        if text != self._shown:
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._shown = text
            self.updateGeometry()

    def halves(self) -> tuple[str, str]:
        """The words before and behind the caret, without the white space between them."""
        at = Positions(self._shown).to_code_points(self.textCursor().position())
        return self._shown[:at].rstrip(), self._shown[at:].lstrip()

    def show_words(self, start: int, end: int) -> None:
        """Selects a stretch, in code points. A letter typed next goes behind it."""
        positions = Positions(self._shown)
        cursor = self.textCursor()
        cursor.setPosition(positions.to_units(start))
        cursor.setPosition(positions.to_units(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()
        self._is_walk_selection = True

    def mark(self, findings: Iterable[Finding]) -> None:
        """Underlines the words of findings that lie in this part."""
        positions = Positions(self._shown)
        marks = []
        for finding in findings:
            if finding.severity is Severity.SILENT:
                continue
            form = QTextCharFormat()
            form.setUnderlineStyle(_LINES.get(finding.severity, QTextCharFormat.UnderlineStyle.DotLine))
            form.setUnderlineColor(self._theme.color(tone_of(finding.severity)))
            mark = QTextEdit.ExtraSelection()
            mark.format = form
            cursor = QTextCursor(self.document())
            cursor.setPosition(positions.to_units(finding.span.start))
            cursor.setPosition(positions.to_units(finding.span.end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            marks.append(mark)
        self.setExtraSelections(marks)

    def sizeHint(self) -> QSize:
        around = self.height() - self.viewport().height()
        least = self.fontMetrics().lineSpacing() * _LEAST_LINES + 2 * self.document().documentMargin()
        return QSize(320, round(max(least, self.document().size().height())) + max(0, around))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        if event.key() == Qt.Key.Key_Backspace and cursor.atStart() and not cursor.hasSelection():
            self.join_wanted.emit()
            return
        if self._is_walk_selection and writes(event):
            cursor.setPosition(cursor.selectionEnd())
            self.setTextCursor(cursor)
        super().keyPressEvent(event)

    def _tell(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def _note_selection(self) -> None:
        self._is_walk_selection = False
