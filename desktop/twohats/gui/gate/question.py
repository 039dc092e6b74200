"""One open finding at the gate: its words, why it matters, and the reasons that fit its rule."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from twohats.boundary.policy import row_of, rule_book
from twohats.gui import wording
from twohats.gui.findings.card import card_name, heading_of, quoted
from twohats.gui.findings.severity_mark import SeverityMark
from twohats.gui.gate.picker import Picker
from twohats.gui.gate.reasons import Given
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.labels import Label
from twohats.model.approval import Answer
from twohats.model.finding import Finding

_LEAST_NOTE_PX = 140


class Question(QWidget):
    """A reason must be picked; a note may be added."""

    changed = Signal()
    answered = Signal()

    def __init__(self, theme: Theme, finding: Finding, given: Given) -> None:
        super().__init__()
        self._theme = theme
        self.finding = finding
        self.setAccessibleName(card_name(finding))
        self.reasons = Picker("Choose a reason")
        self.reasons.setAccessibleName(f"Reason to keep {quoted(finding.words)}")
        for code in row_of(rule_book(), finding.rule).answers:
            self.reasons.addItem(wording.answer(code), code)
        self.reasons.setCurrentIndex(self.reasons.findData(given.code))
        self.reasons.currentIndexChanged.connect(self.changed)
        self.reasons.activated.connect(self.answered)
        self.note = QLineEdit(given.note)
        self.note.setPlaceholderText("Note, if you like")
        self.note.setAccessibleName(f"Note about {quoted(finding.words)}")
        self._fields = QHBoxLayout()
        self._fields.setSpacing(8)
        self._fields.addWidget(self.reasons, 3)
        self._fields.addWidget(self.note, 2)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(heading_of(finding), "small", wraps=True))
        words.addWidget(Label(quoted(finding.words), "quote", wraps=True))
        words.addWidget(Label(wording.reason(finding), wraps=True))
        words.addSpacing(4)
        words.addLayout(self._fields)
        self._mark = SeverityMark(theme, finding)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    @property
    def answer(self) -> Answer | None:
        """What was picked; None until something was."""
        given = self.given
        return Answer(self.finding, given.code, given.note) if given.code else None

    @property
    def given(self) -> Given:
        """What was said so far."""
        return Given(str(self.reasons.currentData() or ""), self.note.text().strip())

    def controls(self) -> list[QWidget]:
        """In the order of Tab."""
        return [self.reasons, self.note]

    def lay_out_for(self, width: int) -> None:
        """Reason and note side by side where the longest reason leaves room for the note, else below each other."""
        room = width - self._mark.sizeHint().width() - GAP
        needed = self.reasons.sizeHint().width() + 8 + self._theme.px(_LEAST_NOTE_PX)
        way = QBoxLayout.Direction.LeftToRight if needed <= room else QBoxLayout.Direction.TopToBottom
        if self._fields.direction() is not way:
            self._fields.setDirection(way)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out_for(self.width())
