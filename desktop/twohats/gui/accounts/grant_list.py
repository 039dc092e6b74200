"""Signing in opened several places: the person chooses one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from twohats.gui import wording
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import soft, title
from twohats.model.identity import Hat
from twohats.model.ports import Grant


class GrantList(QWidget):
    """None is chosen beforehand: a wrong Page is a wrong audience."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._question = title("")
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._grants: tuple[Grant, ...] = ()
        leave = Button(theme, "Cancel", "flat")
        leave.clicked.connect(self.left)
        self.go_button = Button(theme, "Connect this one", "primary")
        self.go_button.clicked.connect(self._choose)
        self._group.idToggled.connect(lambda *_: self.go_button.setEnabled(self._group.checkedId() >= 0))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.go_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._question)
        column.addWidget(soft("One account is one of them. The others can be connected afterwards, in the same way."))
        column.addLayout(self._list)
        column.addLayout(foot)
        column.addStretch(1)

    @property
    def buttons(self) -> list[QRadioButton]:
        return [button for button in self._group.buttons() if isinstance(button, QRadioButton)]

    def show_grants(self, network: str, hat: Hat, grants: tuple[Grant, ...]) -> None:
        for old in self.buttons:
            self._group.removeButton(old)
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._grants = grants
        self._question.setText(f"Which of these is the {wording.sentence('network', network)} for {hat_name(hat)}?")
        for number, grant in enumerate(grants):
            button = QRadioButton(grant.label.replace("&", "&&") or f"The one with number {number + 1}")
            button.setAccessibleName(grant.label)
            self._group.addButton(button, number)
            self._list.addWidget(button)
        self.go_button.set_hat(hat)
        self.go_button.setEnabled(False)

    def focus_first(self) -> None:
        if self.buttons:
            self.buttons[0].setFocus()

    def _choose(self) -> None:
        if self._group.checkedId() >= 0:
            self.chosen.emit(self._grants[self._group.checkedId()])
