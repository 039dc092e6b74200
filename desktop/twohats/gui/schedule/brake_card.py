"""Offers to hold a heated post till morning. Calm, once for each draft, and the post can go all the same."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.schedule import when
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.plan import Plan

_SECTION = "brake"


class BrakeCard(QFrame):
    """`hold_wanted` with the plan for the morning, `post_wanted` for at once. Escape leaves the draft as it is."""

    hold_wanted = Signal(object)
    post_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self.setProperty("role", "banner")
        self.setProperty("tone", "note")
        self._label = Label("", wraps=True)
        self.hold_button = Button(theme, wording.sentence(_SECTION, "hold"), "quiet", "clock")
        self.post_button = Button(theme, wording.sentence(_SECTION, "post"), "flat")
        self.hold_button.clicked.connect(self._hold)
        self.post_button.clicked.connect(self._post)
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(Glyph(theme, "clock", "note"), 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self._label, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.hold_button)
        flow.addWidget(self.post_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(words)
        column.addWidget(buttons)
        self.hide()

    @property
    def sentence(self) -> str:
        return self._label.text()

    def offer(self, plan: Plan) -> None:
        """Offers to hold the post until then."""
        self._plan = plan
        self._label.setText(wording.sentence(_SECTION, "offer", when=when.plan_words(plan)))
        self.setAccessibleName(self.sentence)
        self.show()
        self.hold_button.setFocus()
        announce(self, self.sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _hold(self) -> None:
        self.hide()
        self.hold_wanted.emit(self._plan)

    def _post(self) -> None:
        self.hide()
        self.post_wanted.emit()
