"""Says beside the Post button that the gate is quiet, and how to switch it on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.errors import TwoHatsError


class QuietLine(QWidget):
    """Hidden unless the quiet trial runs."""

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__()
        self._trial = owner.trial
        self._label = Label("", "small", wraps=True)
        self.on_button = Button(theme, "Switch the gate on", "tiny-link")
        self.on_button.clicked.connect(self._switch_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(theme, "clock", "text-soft", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        row.addWidget(self.on_button, 0, Qt.AlignmentFlag.AlignTop)
        owner.settings_changed.connect(self.refresh)
        self.refresh()

    @property
    def sentence(self) -> str:
        return self._label.text()

    def refresh(self) -> None:
        """Shows how the trial stands."""
        left = self._trial.days_left
        still = "1 day left" if left == 1 else f"{left} days left"
        words = f"Quiet trial, {still}. Post asks only to guard clients and other people."
        self._label.setText(words if left else "")
        self.setAccessibleName(self._label.text())
        self.setVisible(left > 0)

    def _switch_on(self) -> None:
        try:
            self._trial.end()
        except TwoHatsError as problem:
            self._label.setText(wording.error(problem))
