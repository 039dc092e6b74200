"""One open finding at the gate: its words, why it matters, and the reasons that fit its rule."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from twohats.boundary.policy import row_of, rule_book
from twohats.gui import wording
from twohats.gui.findings.card import card_name, quoted
from twohats.gui.findings.severity_mark import SeverityMark
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.labels import Label
from twohats.model.approval import Answer
from twohats.model.finding import Finding


class Question(QWidget):
    """A reason must be picked; a note may be added."""

    changed = Signal()

    def __init__(self, theme: Theme, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setAccessibleName(card_name(finding))
        self.reasons = _Picker()
        self.reasons.setPlaceholderText("Choose a reason")
        self.reasons.setAccessibleName(f"Reason to keep {quoted(finding.words)}")
        self.reasons.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for code in row_of(rule_book(), finding.rule).answers:
            self.reasons.addItem(wording.answer(code), code)
        self.reasons.setCurrentIndex(-1)
        self.reasons.currentIndexChanged.connect(self.changed)
        self.note = QLineEdit()
        self.note.setPlaceholderText("Note, if you like")
        self.note.setAccessibleName(f"Note about {quoted(finding.words)}")
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.reasons, 3)
        fields.addWidget(self.note, 2)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(wording.rule_title(finding.rule), "small"))
        words.addWidget(Label(quoted(finding.words), "quote", wraps=True))
        words.addWidget(Label(wording.reason(finding), wraps=True))
        words.addSpacing(4)
        words.addLayout(fields)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(SeverityMark(theme, finding), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    @property
    def answer(self) -> Answer | None:
        """What was picked; None until something was."""
        code = self.reasons.currentData()
        return Answer(self.finding, str(code), self.note.text().strip()) if code else None

    def controls(self) -> list[QWidget]:
        """In the order of Tab."""
        return [self.reasons, self.note]


class _Picker(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over the sheet scrolls it and picks no reason
