"""The page one writes on: plain text with room between the lines, quiet marks, a caret in the hat's colour."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMimeData,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from twohats.flows.compose import text_that_can_be_kept
from twohats.gui.composer.gutter import Gutter, Letter
from twohats.gui.composer.marks import Mark, letter_of, marks_of, paint_underline, tone_of
from twohats.gui.composer.placed_marks import Box, PlacedMarks
from twohats.gui.composer.spans import Positions
from twohats.gui.composer.written_keys import writes
from twohats.gui.theme import Theme
from twohats.model.finding import Finding, Suggestion
from twohats.model.identity import Hat

FONT_PX = 17
LINE_HEIGHT = 1.55
MEASURE_CHARACTERS = 72
GUTTER_PX = 24
TOLD_AFTER_MS = 15  # by then the key has been painted, and shown by a display of 60 pictures a second and more
_LETTERS_AFTER_MS = 60

_PLACEHOLDERS = {
    None: "Write once. Choose the hat when you are ready.",
    Hat.PERSONAL: "What would you like to tell your friends?",
    Hat.PROFESSIONAL: "What would you like to tell your readers?",
}
_ENTER = frozenset(key.value for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter))
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")


@dataclass(frozen=True, slots=True)
class _Page:
    """The words of a hat that is not worn, with their steps of undo, where the caret stood, and how high lines are."""

    page: QTextDocument
    caret_units: int
    line_height: int


class Editor(QTextEdit):
    """Marks are painted over the text and never enter it: neither the words nor the steps of undo know of them.

    `on_key` is called at every key, before anything else. What happens between a key and its paint is kept small: the
    code is cold when a key comes, and each step of it takes ten times as long as when it is timed in a loop.
    """

    text_edited = Signal(str)
    finding_pointed = Signal(object)
    finding_chosen = Signal(object)
    suggestion_wanted = Signal(object)
    undo_past_start = Signal()
    picture_file_given = Signal(str)
    picture_given = Signal(bytes)
    measure_changed = Signal(int, int)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, on_key: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hat: Hat | None = None
        self._on_key = on_key
        self._is_loading = True
        self._page = self._fresh_page()
        self._aside: dict[Hat, _Page] = {}
        self.setDocument(self._page)
        self._view = self.viewport()
        self._bar = self.verticalScrollBar()
        self._layout = self._page.documentLayout()
        self._marks = PlacedMarks(self._page)
        self._letters_state: tuple[int, int] = (-1, -1)
        self._has_selection = False
        self._is_walk_selection = False  # made to be looked at, not by the person
        self._glowing: Finding | None = None
        self._pointed: Finding | None = None
        self._is_untold = False
        self._caret_box = QRect()
        self._line_height = 0
        self._is_caret_on = False
        self._has_caret_moved = False  # since it was last turned
        self._is_taking_key = False
        self._gutter = Gutter(theme, self)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setCursorWidth(0)  # drawn here, in the hat's colour
        self.setAccessibleName("Post")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)
        self._view.setMouseTracking(True)
        # The ground is painted below: a palette set while a style sheet is on does not reach the viewport.
        self._view.setAutoFillBackground(False)
        self._view.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._letters_timer = QTimer(self)
        self._letters_timer.setSingleShot(True)
        self._letters_timer.setInterval(_LETTERS_AFTER_MS)
        self._letters_timer.timeout.connect(self._show_letters)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(TOLD_AFTER_MS)
        self._telling.timeout.connect(self.tell_words)
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._turn_caret)
        self.cursorPositionChanged.connect(self._show_caret)
        self.selectionChanged.connect(self._note_selection)
        self._restyle()
        self.set_text("")
        theme.theme_changed.connect(self._restyle)

    # The words.

    @property
    def text(self) -> str:
        """The words, with \\n at the ends of lines."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Puts another text on the page; the steps of undo begin anew."""
        self._is_loading = True
        self._forget_untold()
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text_that_can_be_kept(text))
        self._space_lines()
        self.document().setUndoRedoEnabled(True)
        self._is_loading = False
        self.set_marks(())
        self.moveCursor(QTextCursor.MoveOperation.End)

    def turn_page(self, leaving: Hat | None, to: Hat | None, text: str) -> None:
        """The words of another hat, on a page of their own: with their own caret and steps of undo, if they stood here
        before and are the same still. Those of `leaving` are kept aside; whatever was typed there has been told."""
        if leaving is not None and leaving is not to:
            self._aside[leaving] = _Page(self._page, self.textCursor().position(), self._line_height)
        kept = self._aside.pop(to, None) if to is not None else None
        if leaving is not to:
            self._take_page(kept or _Page(self._fresh_page(), 0, self._line_height))
        if self.text != text:
            self.set_text(text)
        elif kept is not None:
            cursor = self.textCursor()
            cursor.setPosition(kept.caret_units)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def forget_pages(self) -> None:
        """Lets go of what was kept aside."""
        for kept in self._aside.values():
            kept.page.deleteLater()
        self._aside.clear()

    def tell_words(self) -> None:
        """Tells at once of words that were typed since the last time."""
        if self._is_untold:
            self._forget_untold()
            self.text_edited.emit(self.text)

    def apply_suggestion(self, suggestion: Suggestion) -> None:
        """Puts the suggested words in place as one step of undo, and leaves the caret after them."""
        positions = Positions(self.text)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(positions.to_units(suggestion.span.start))
        cursor.setPosition(positions.to_units(suggestion.span.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(suggestion.text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    # The marks.

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self._marks.marks

    def letters(self) -> tuple[Letter, ...]:
        """What stands in the margin."""
        return self._gutter.letters

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        """Marks what the check found in the text that stands here now."""
        self.set_marks(marks_of(findings, self.text) if findings else ())

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        if marks != self._marks.marks:
            self._marks.put(marks)
            self._view.update()

    def glow(self, finding: Finding | None) -> None:
        """Lays a soft ground under the words of one finding."""
        if finding != self._glowing:
            self._glowing = finding
            self._view.update()

    def select_finding(self, finding: Finding) -> bool:
        """Selects the words of a finding and brings them into view; False when they are no longer there.

        A letter typed next goes behind them: they were selected to be looked at, and a stray key must not replace them.
        """
        mark = next((mark for mark in self.marks if mark.finding == finding), None)
        if mark is None:  # not marked yet, as after a check that was made for posting
            text = self.text
            if text[finding.span.start : finding.span.end] != finding.words:
                return False
            (mark,) = marks_of((finding,), text)
        cursor = self.textCursor()
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._is_walk_selection = True
        self.ensureCursorVisible()
        return True

    def finding_at_caret(self) -> Finding | None:
        """The gravest finding whose words hold the caret, or are selected."""
        cursor = self.textCursor()
        at = [m for m in self.marks if m.start <= cursor.selectionStart() and cursor.selectionEnd() <= m.end]
        return max((mark.finding for mark in at), key=lambda finding: finding.severity, default=None)

    # The hat.

    def set_hat(self, hat: Hat | None) -> None:
        """Takes the hat's colour for the caret; text, caret and undo stay as they are."""
        self._hat = hat
        self.setPlaceholderText(_PLACEHOLDERS[hat])
        self._view.update()

    # Qt's own.

    def paintEvent(self, event: QPaintEvent) -> None:
        exposed = event.rect()
        shown = self._shown_marks(exposed.top(), exposed.bottom()) if self._marks else []
        painter = QPainter(self._view)
        painter.fillRect(exposed, self._theme.color("surface-raised"))
        if self._glowing is not None:
            self._paint_glow(painter, shown)
        # Under the words, but over the ground of a selection, which Qt paints together with the words.
        is_over = self._has_selection
        if not is_over:
            self._paint_marks(painter, shown, exposed)
        painter.end()
        super().paintEvent(event)
        if is_over:
            painter = QPainter(self._view)
            self._paint_marks(painter, shown, exposed)
            painter.end()
        if exposed.height() == self._view.height():
            self._show_letters()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._on_key()
        if not self._page.isUndoAvailable() and event.matches(QKeySequence.StandardKey.Undo):
            self.undo_past_start.emit()
            return
        if self._is_walk_selection and writes(event):
            self._step_behind_selection()
        if event.key() in _ENTER:
            modifiers = event.modifiers()
            if modifiers & Qt.KeyboardModifier.AltModifier:
                finding = self.finding_at_caret()
                if finding is not None:
                    self.suggestion_wanted.emit(finding)
                return
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.textCursor().insertBlock()  # one kind of line end, not two
                self.ensureCursorVisible()
                return
        self._take_key(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.accept()  # nobody above asks for it, and Qt would offer it to each of them, before the paint

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._is_walk_selection and (event.preeditString() or event.commitString()):
            self._step_behind_selection()
        super().inputMethodEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection() and self._pointed is not None:
            self.finding_chosen.emit(self._pointed)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_pointed(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        flash_ms = QApplication.cursorFlashTime()
        if flash_ms > 0:
            self._blink.start(flash_ms // 2)
        self._show_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._blink.stop()
        self._is_caret_on = False
        self._view.update(self._caret_box)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasText() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        pictures = [path for path in files if path.lower().endswith(_PICTURE_ENDINGS)]
        if pictures:
            for path in pictures:
                self.picture_file_given.emit(path)
        elif source.hasImage() and not source.hasText():
            image = QImage(source.imageData())
            if not image.isNull():
                self.picture_given.emit(png_of(image))
        elif source.hasText():
            self.textCursor().insertText(text_that_can_be_kept(source.text()))
            self.ensureCursorVisible()

    # Inside.

    def _fresh_page(self) -> QTextDocument:
        """A page to write on. It is this editor's own: what Qt makes by itself is gone when another takes its place."""
        page = QTextDocument(self)
        page.setDocumentMargin(4)
        page.contentsChange.connect(self._follow_edit)
        return page

    def _take_page(self, kept: "_Page") -> None:
        self._is_loading = True
        self._page = kept.page
        self._layout = kept.page.documentLayout()
        self._marks = PlacedMarks(kept.page)
        self._letters_state = (-1, -1)
        self._glowing = self._pointed = None
        self._line_height = kept.line_height
        kept.page.setDefaultFont(self.font())
        self.setDocument(kept.page)
        self._restyle()
        self._is_loading = False

    def _take_key(self, event: QKeyEvent) -> None:
        """Lets Qt act on the key, and repaints the paragraph alone when nothing else moved.

        Left to itself, Qt (6.11) repaints everything from the paragraph to the foot at every key.
        """
        if self._has_selection:
            super().keyPressEvent(event)
            return
        page, layout = self._page, self._layout
        size, blocks, revision = page.size(), page.blockCount(), page.revision()
        layout.blockSignals(True)
        self._is_taking_key = True
        super().keyPressEvent(event)
        self._is_taking_key = False
        layout.blockSignals(False)
        if page.revision() == revision:
            self._show_caret()
            return
        self._place_caret()
        if page.size() != size or page.blockCount() != blocks:
            layout.documentSizeChanged.emit(page.size())
            self.ensureCursorVisible()
            self._view.update()
            return
        # Qt's box ends above the foot of the last line, by as much as the line is higher than its letters.
        box = layout.blockBoundingRect(self.textCursor().block())
        height = ceil(box.height()) + self._line_height
        self._view.update(0, floor(box.top()) - self._bar.value() - 1, self._view.width(), height)

    def _show_letters(self) -> None:
        """What stands in the margin: beside each line where a mark begins, the letter of the gravest of them."""
        state = (self._marks.version, self._bar.value() if self._marks else 0)
        if state == self._letters_state:
            return
        self._letters_state = state
        gravest: dict[float, Finding] = {}
        for finding, lines in self._shown_marks(0, self._view.height()):
            there = gravest.get(lines[0][1])
            if there is None or there.severity < finding.severity:
                gravest[lines[0][1]] = finding
        height = self._line_height
        self._gutter.show_letters(
            tuple(Letter(top, height, letter_of(f), tone_of(f.severity)) for top, f in gravest.items())
        )

    def _paint_glow(self, painter: QPainter, shown: list[tuple[Finding, list[Box]]]) -> None:
        for finding, lines in shown:
            if finding == self._glowing:
                soft = self._theme.color(f"{tone_of(finding.severity)}-soft")
                for left, top, width, height in lines:
                    painter.fillRect(QRectF(left - 2, top, width + 4, height + 2), soft)

    def _paint_marks(self, painter: QPainter, shown: list[tuple[Finding, list[Box]]], exposed: QRect) -> None:
        for finding, lines in shown:
            color = self._theme.color(tone_of(finding.severity))
            for left, top, width, height in lines:
                paint_underline(painter, left, top + height - 3, width, finding.severity, color)
        if self._is_caret_on and exposed.intersects(self._caret_box):
            painter.fillRect(self._caret_box, self._caret_color())

    def _shown_marks(self, top: float, bottom: float) -> list[tuple[Finding, list[Box]]]:
        return self._marks.between(top, bottom, self.horizontalScrollBar().value(), self._bar.value())

    def _space_lines(self) -> None:
        # Fixed, not proportional: a line with an emoji or another script keeps the rhythm.
        spaced = QTextBlockFormat()
        self._line_height = self._theme.px(FONT_PX * LINE_HEIGHT)
        spaced.setLineHeight(self._line_height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    def _space_lines_again(self) -> None:
        """Another text scale: part of the last step of undo, not a step of its own."""
        can_undo = self.document().isUndoAvailable()
        cursor = self.textCursor()
        if can_undo:
            cursor.joinPreviousEditBlock()
        self._space_lines()
        if can_undo:
            cursor.endEditBlock()

    def _keep_measure(self) -> None:
        measure = round(QFontMetricsF(self.font()).averageCharWidth() * MEASURE_CHARACTERS) + 8
        gutter = self._theme.px(GUTTER_PX)
        scroll_bar = self._bar.sizeHint().width()
        width = max(80, min(measure, self.width() - gutter - max(gutter, scroll_bar)))
        side = max(gutter, (self.width() - width) // 2)
        self.setViewportMargins(side, 12, max(0, self.width() - side - width - scroll_bar), 8)
        # A fixed width: Qt leaves the text as it was when margins change while the page is not shown yet.
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
            self._marks.measure_anew()
            self._show_caret()
        box = self._view.geometry()
        self._gutter.setGeometry(box.left() - gutter, box.top(), gutter, box.height())
        margin = round(self.document().documentMargin())
        self.measure_changed.emit(side + margin, self.width() - side - width + margin)

    def _follow_edit(self, position: int, removed: int, added: int) -> None:
        if self._is_loading:
            return
        if self._marks and self._marks.follow(position, removed, added):
            self._letters_timer.start()
        if not self._is_untold:  # told after the key has been painted: it must not keep a letter from the screen
            self._is_untold = True
            self._telling.start()

    def _forget_untold(self) -> None:
        self._telling.stop()
        self._is_untold = False

    def _point_at(self, place: QPoint) -> None:
        if not self._marks:
            self._set_pointed(None)
            return
        position = self.cursorForPosition(place).position()
        pointed = next((mark.finding for mark in self.marks if mark.holds(position)), None)
        self._set_pointed(pointed)

    def _set_pointed(self, finding: Finding | None) -> None:
        if finding != self._pointed:
            self._pointed = finding
            self.finding_pointed.emit(finding)

    def _note_selection(self) -> None:
        self._has_selection = self.textCursor().hasSelection()
        self._is_walk_selection = False

    def _step_behind_selection(self) -> None:
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    def _show_caret(self) -> None:
        if self._is_taking_key:
            return  # once, when the key has done all it does
        self._view.update(self._caret_box)
        self._place_caret()
        self._view.update(self._caret_box)

    def _place_caret(self) -> None:
        self._caret_box = self.cursorRect()
        self._caret_box.setWidth(2)
        self._is_caret_on = self.hasFocus()
        self._has_caret_moved = True

    def _turn_caret(self) -> None:
        self._is_caret_on = self._has_caret_moved or not self._is_caret_on  # it stands still while somebody writes
        self._has_caret_moved = False
        self._view.update(self._caret_box)

    def _caret_color(self) -> QColor:
        return self._theme.accent(self._hat) if self._hat else self._theme.color("text")

    def _restyle(self) -> None:
        self.setFont(self._theme.font(FONT_PX))
        self._view.setFont(self.font())  # the hint is drawn in it, and it does not follow by itself (Qt 6.11)
        if self._line_height != self._theme.px(FONT_PX * LINE_HEIGHT):
            self._space_lines_again()
        self.setPlaceholderText(_PLACEHOLDERS[self._hat])
        self._keep_measure()
        self._marks.measure_anew()
        self._view.update()


def png_of(image: QImage) -> bytes:
    """A picture from the clipboard as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
