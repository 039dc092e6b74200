"""The sheet itself: hat and places, each open finding with its reasons, what was kept, the way back and the way on."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.flows.review import Verdict
from twohats.gui.composer.departure import without_pictures
from twohats.gui.composer.fitting_button import FittingButton
from twohats.gui.composer.naming import listed
from twohats.gui.composer.targets import audience
from twohats.gui.findings.how_checked import how_checked
from twohats.gui.findings.panel import in_order
from twohats.gui.gate.kept import KeptLine
from twohats.gui.gate.question import Question
from twohats.gui.gate.reasons import Given
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Hairline, Scroller
from twohats.gui.widgets.glyph import Glyph, HatMark
from twohats.gui.widgets.labels import Label, heading
from twohats.model.finding import Finding, Severity
from twohats.model.identity import Hat
from twohats.model.policy import Allowance

TYPED_WORD = "POST"
_BAND_PX = 8
_TIGHT = 16


class Sheet(QFrame):
    """Who posts, where, and the buttons stay in sight; all between them scrolls."""

    answered = Signal(tuple)
    left = Signal()
    undo_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        verdict: Verdict,
        given: Iterable[Given],
        kept: Iterable[tuple[Allowance, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        if verdict.identity is None or verdict.targets is None:
            raise ValueError("a verdict at the gate has an identity and targets")
        self._theme = theme
        self._hat: Hat = verdict.identity.hat
        self._who = verdict.identity.display_name
        found = asked(verdict)
        self.title = f"Before this goes out as {self._who}"
        self.setAccessibleName(self.title)
        self.first_finding: Finding | None = found[0] if found else None
        self._has_stop = any(finding.severity is Severity.STOP for finding in found)
        self.questions = tuple(Question(theme, finding, said) for finding, said in zip(found, given, strict=True))
        self.kept_lines = tuple(KeptLine(theme, allowance, words) for allowance, words in kept)
        accounts = verdict.targets.accounts

        self.typed = QLineEdit()
        self.back = Button(theme, "Back to the text", "quiet", "undo")
        self.send = FittingButton(theme, f"Post as {self._who}", f"Post as {verdict.identity.name}")
        self._missing = Label("", "small", wraps=True)
        self._heading = heading(self.title)
        middle = QWidget()
        self._middle = QVBoxLayout(middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(16)
        self._middle.addLayout(self._made_readers(audience(self._hat, accounts, verdict.draft.audiences)))
        labels = {account.id: account.label for account in accounts}
        going = ((labels.get(rendition.account_id, ""), rendition) for rendition in verdict.renditions)
        if without := without_pictures(going):
            self._middle.addWidget(Label(without, "soft", wraps=True))
        for question in self.questions:
            self._middle.addWidget(question)
        if self.kept_lines:
            self._middle.addLayout(self._made_kept())
        for less in how_checked(verdict.checked):
            line = Label(less.sentence, "small", wraps=True)
            line.setToolTip(less.why)
            line.setAccessibleDescription(less.why)
            self._middle.addWidget(line)
        if self._has_stop:
            self._middle.addLayout(self._made_typed_row())
        self._middle.addStretch(1)
        self.scroller = Scroller(middle)

        self._column = QVBoxLayout(self)
        self._column.setSpacing(GAP)
        self._column.addLayout(
            self._made_head(verdict.identity.icon, listed(tuple(account.label for account in accounts)))
        )
        self._column.addWidget(Hairline(theme))
        self._column.addWidget(self.scroller, 1)
        self._column.addWidget(Hairline(theme))
        self._column.addLayout(self._made_feet())
        self._connect()
        self._cast_shadow()
        self._weigh()

    def given(self) -> list[tuple[Finding, Given]]:
        """What was said so far, to be shown again."""
        return [(question.finding, question.given) for question in self.questions]

    def fit(self, width: int, height: int) -> int:
        """Takes the width and as much of the height as is needed; gives the height. Where that is too little for all
        of it, the edges are narrower and the heading is smaller."""
        for edge, role in ((GAP_REGION, "heading"), (_TIGHT, "title")):
            self._head_as(role)
            self._column.setContentsMargins(edge, edge + _BAND_PX, edge, edge)
            inner = width - 2 * edge
            for question in self.questions:
                question.lay_out_for(inner)
            rest = self._column.totalHeightForWidth(width) - self.scroller.sizeHint().height()
            needed = rest + self._middle.totalHeightForWidth(inner) + 4
            if needed <= height:
                break
        return min(needed, height)

    def focus_first(self) -> None:
        """The way back has the focus first: Enter without reading sends nothing."""
        self.back.setFocus()

    def step_focus(self, forward: bool) -> bool:
        """The next control of the sheet, round and round."""
        controls = [w for question in self.questions for w in question.controls()]
        controls += [line.undo for line in self.kept_lines]
        controls += [self.typed] if self._has_stop else []
        controls += [self.back] + ([self.send] if self.send.isEnabled() else [])
        focused = self.focusWidget()
        here = controls.index(focused) if focused in controls else -1
        wanted = controls[(here + (1 if forward else -1)) % len(controls)]
        wanted.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        self._bring_into_view(next((q for q in self.questions if q.isAncestorOf(wanted)), wanted))
        self._bring_into_view(wanted)
        return True

    def hold(self) -> None:
        """Waits for another look at the post: what is asked here may not be all."""
        self.send.setEnabled(False)
        for line in self.kept_lines:
            line.undo.setEnabled(False)
        self._missing.setText("Checking again.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.focusWidget() is self.typed and self.send.isEnabled():
            self.send.setFocus()  # the word and Enter do not send by themselves: Enter once more does

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

    # The parts.

    def _made_head(self, icon: str, where: str) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(Label(f"To {where}", wraps=True))
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(HatMark(self._theme, self._hat, icon, 40))
        head.addLayout(words, 1)
        return head

    def _head_as(self, role: str) -> None:
        if self._heading.property("role") != role:
            self._heading.setProperty("role", role)
            self._heading.style().unpolish(self._heading)
            self._heading.style().polish(self._heading)

    def _made_readers(self, sentence: str) -> QHBoxLayout:
        readers = QHBoxLayout()
        readers.setSpacing(8)
        readers.addWidget(Glyph(self._theme, "eye", "text-soft", 16), 0, Qt.AlignmentFlag.AlignTop)
        readers.addWidget(Label(sentence, "soft", wraps=True), 1)
        return readers

    def _made_kept(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(4)
        for line in self.kept_lines:
            lines.addWidget(line)
        return lines

    def _made_typed_row(self) -> QHBoxLayout:
        self.typed.setPlaceholderText(f"Type {TYPED_WORD}")
        self.typed.setAccessibleName(f"A stop is open. To send it all the same, type {TYPED_WORD}")
        self.typed.setFixedWidth(self._theme.px(140))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.typed)
        row.addWidget(Label(f"A stop is open. To send it all the same, type {TYPED_WORD}.", "soft", wraps=True), 1)
        return row

    def _made_feet(self) -> QHBoxLayout:
        self.back.setDefault(True)
        self.send.set_hat(self._hat)
        self._missing.setMinimumWidth(self._theme.px(96))
        feet = QHBoxLayout()
        feet.setSpacing(GAP)
        feet.addWidget(self.back)
        feet.addWidget(self._missing, 1)
        feet.addWidget(self.send)
        return feet

    def _connect(self) -> None:
        for question in self.questions:
            question.changed.connect(self._weigh)
            question.answered.connect(self._lead_on)
        for line in self.kept_lines:
            line.undo_wanted.connect(self.undo_wanted)
        self.typed.textChanged.connect(self._weigh)
        self.back.clicked.connect(self.left)
        self.send.clicked.connect(self._send)

    def _cast_shadow(self) -> None:
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(48)
        shadow.setOffset(0, 12)
        shadow.setColor(self._theme.color("shadow"))
        self.setGraphicsEffect(shadow)

    # What is still missing.

    def _weigh(self) -> None:
        missing = sum(1 for question in self.questions if question.answer is None)
        self.send.setEnabled(missing == 0 and self._is_typed)
        if missing:
            words = "One still wants a reason." if missing == 1 else f"{missing} still want a reason."
        else:
            words = "" if self._is_typed else f"Type {TYPED_WORD} to go on."
        self._missing.setText(words)

    @property
    def _is_typed(self) -> bool:
        return not self._has_stop or self.typed.text().strip() == TYPED_WORD

    def _lead_on(self) -> None:
        """Brings into view what is asked next."""
        unanswered = next((question for question in self.questions if question.answer is None), None)
        if unanswered is not None:
            self._bring_into_view(unanswered)
        elif not self._is_typed:
            self._bring_into_view(self.typed)

    def _bring_into_view(self, widget: QWidget) -> None:
        if self.scroller.isAncestorOf(widget):
            self.scroller.ensureWidgetVisible(widget, 0, 4)

    def _send(self) -> None:
        answers = tuple(question.answer for question in self.questions if question.answer is not None)
        if self.send.isEnabled():
            self.answered.emit(answers)


def asked(verdict: Verdict) -> list[Finding]:
    """What the sheet asks about, in its order: stops first."""
    return in_order(list(verdict.open_findings))
