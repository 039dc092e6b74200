"""The gate: one sheet over the dimmed desk, for a post with open findings. It looks like no other dialog."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.flows.review import Verdict
from twohats.gui.composer.naming import listed
from twohats.gui.composer.targets import audience
from twohats.gui.gate.question import Question
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Hairline, Scroller
from twohats.gui.widgets.glyph import Glyph, paint_hat
from twohats.gui.widgets.labels import Label, heading
from twohats.model.finding import Finding, Severity
from twohats.model.identity import Hat

TYPED_WORD = "POST"
_WIDEST_PX = 640
_BAND_PX = 8


class GateSheet(QWidget):
    """Covers `host` until it is answered or left. Leaving is the default: Escape and Enter lead back to the text."""

    answered = Signal(tuple)
    left = Signal(object)

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._sheet: _Sheet | None = None
        host.installEventFilter(self)
        self.hide()
        theme.theme_changed.connect(self.update)

    @property
    def sheet(self) -> "_Sheet | None":
        """What is on show; None while the gate is open to nobody."""
        return self._sheet

    def ask(self, verdict: Verdict) -> None:
        """Shows the sheet for what the review found."""
        self.close_sheet()
        sheet = _Sheet(self._theme, verdict, self)
        sheet.answered.connect(self._answer)
        sheet.left.connect(self._leave)
        self._sheet = sheet
        self._cover()
        self.show()
        self.raise_()
        sheet.show()
        sheet.focus_first()
        announce(sheet, f"{sheet.title}. {len(sheet.questions)} to answer. Escape leads back to the text.")

    def close_sheet(self) -> None:
        self.hide()
        if self._sheet is not None:
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("scrim"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within the sheet."""
        return self._sheet.step_focus(forward) if self._sheet is not None else False

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(self._host.rect())
        if self._sheet is not None:
            width = min(self._theme.px(_WIDEST_PX), self.width() - 2 * GAP_REGION)
            height = min(self._sheet.height_for(width), self.height() - 2 * GAP_REGION)
            self._sheet.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _answer(self, answers: tuple[object, ...]) -> None:
        self.close_sheet()
        self.answered.emit(answers)

    def _leave(self) -> None:
        first: Finding | None = self._sheet.first_finding if self._sheet is not None else None
        self.close_sheet()
        self.left.emit(first)


class _Sheet(QFrame):
    """Hat, places, readers; then each open finding with its reason; then the way back, and the way on."""

    answered = Signal(tuple)
    left = Signal()

    def __init__(self, theme: Theme, verdict: Verdict, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        if verdict.identity is None or verdict.targets is None:
            raise ValueError("a verdict at the gate has an identity and targets")
        self._hat: Hat = verdict.identity.hat
        self._icon = verdict.identity.icon
        accounts = verdict.targets.accounts
        who = verdict.identity.display_name
        where = listed(tuple(account.label for account in accounts))
        self.title = f"Before this goes out as {who}"
        self.setAccessibleName(self.title)
        found = sorted(
            verdict.open_findings, key=lambda f: (f.severity is not Severity.STOP, f.span.field.value, f.span.start)
        )
        self.first_finding = found[0] if found else None
        has_stop = any(finding.severity is Severity.STOP for finding in found)

        head = heading(self.title)
        head.setContentsMargins(theme.px(40) + GAP, 0, 0, 0)
        head.setMinimumHeight(theme.px(40))
        readers = QHBoxLayout()
        readers.setSpacing(8)
        readers.addWidget(Glyph(theme, "eye", "text-soft", 16), 0, Qt.AlignmentFlag.AlignTop)
        readers.addWidget(Label(f"To {where}. {audience(self._hat, accounts)}", wraps=True), 1)

        self.questions = tuple(Question(theme, finding) for finding in found)
        ground = QWidget()
        asked = QVBoxLayout(ground)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(GAP)
        for question in self.questions:
            question.changed.connect(self._weigh)
            asked.addWidget(question)
        asked.addStretch(1)
        self._ground = ground
        self._scroller = Scroller(ground)

        self.typed = QLineEdit()
        self.typed.setPlaceholderText(f"Type {TYPED_WORD}")
        self.typed.setAccessibleName(f"A stop is open. To send it all the same, type {TYPED_WORD}")
        self.typed.setFixedWidth(theme.px(140))
        self.typed.textChanged.connect(self._weigh)
        typed_row = QHBoxLayout()
        typed_row.setSpacing(GAP)
        typed_row.addWidget(self.typed)
        typed_row.addWidget(
            Label(f"A stop is open. To send it all the same, type {TYPED_WORD}.", "soft", wraps=True), 1
        )
        self._typed_row = QWidget()
        self._typed_row.setLayout(typed_row)
        typed_row.setContentsMargins(0, 0, 0, 0)
        self._has_stop = has_stop

        self.back = Button(theme, "Back to the text", "quiet", "undo")
        self.back.setDefault(True)
        self.back.clicked.connect(self.left)
        self.send = Button(theme, f"Post as {who}", "primary")
        self.send.set_hat(self._hat)
        self.send.setEnabled(False)
        self.send.clicked.connect(self._send)
        self._missing = Label("", "small", wraps=True)
        feet = QHBoxLayout()
        feet.setSpacing(GAP)
        feet.addWidget(self.back)
        feet.addWidget(self._missing, 1)
        feet.addWidget(self.send)

        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_REGION, GAP_REGION + _BAND_PX, GAP_REGION, GAP_REGION)
        column.setSpacing(GAP)
        column.addWidget(head)
        column.addLayout(readers)
        column.addWidget(Hairline(theme))
        column.addWidget(self._scroller, 1)
        column.addWidget(Hairline(theme))
        column.addWidget(self._typed_row)
        column.addLayout(feet)
        self._typed_row.setHidden(not has_stop)  # once it lies in the sheet: shown before, it would be a window
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(48)
        shadow.setOffset(0, 12)
        shadow.setColor(theme.color("shadow"))
        self.setGraphicsEffect(shadow)
        self._weigh()

    def height_for(self, width: int) -> int:
        """The height in which nothing needs to scroll."""
        inner = width - 2 * GAP_REGION
        layout, ground = self.layout(), self._ground.layout()
        if layout is None or ground is None:
            return self.sizeHint().height()
        rest = layout.totalHeightForWidth(width) - self._scroller.sizeHint().height()
        return rest + ground.totalHeightForWidth(inner) + 4

    def focus_first(self) -> None:
        """The way back has the focus first: Enter without reading sends nothing."""
        self.back.setFocus()

    def step_focus(self, forward: bool) -> bool:
        """The next control of the sheet, round and round."""
        controls = [w for question in self.questions for w in question.controls()]
        controls += [self.typed] if self._has_stop else []
        controls += [self.back] + ([self.send] if self.send.isEnabled() else [])
        focused = self.focusWidget()
        here = controls.index(focused) if focused in controls else -1
        controls[(here + (1 if forward else -1)) % len(controls)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        self._scroller.ensureWidgetVisible(self.focusWidget() or self.back)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if focused is self.send:
                self._send()
            elif focused is self.back:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        whole = QPainterPath()
        whole.addRoundedRect(box, 12, 12)
        painter.fillPath(whole, self._theme.color("surface"))
        band = QPainterPath()
        band.addRect(QRectF(0, 0, box.width(), _BAND_PX))
        painter.fillPath(whole.intersected(band), self._theme.accent(self._hat))
        side = self._theme.px(40)
        place = QRectF(GAP_REGION, GAP_REGION + _BAND_PX, side, side)
        paint_hat(painter, place, self._theme, self._hat, self._icon)

    def _weigh(self) -> None:
        missing = sum(1 for question in self.questions if question.answer is None)
        is_typed = not self._has_stop or self.typed.text().strip() == TYPED_WORD
        self.send.setEnabled(missing == 0 and is_typed)
        if missing:
            words = "One still wants a reason." if missing == 1 else f"{missing} still want a reason."
        else:
            words = "" if is_typed else f"Type {TYPED_WORD} to go on."
        self._missing.setText(words)

    def _send(self) -> None:
        answers = tuple(question.answer for question in self.questions if question.answer is not None)
        if self.send.isEnabled():
            self.answered.emit(answers)
