"""The welcome: four short steps to the desk, each of which can be skipped."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from twohats.bridge.owner import Owner
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.welcome.dots import Dots
from twohats.gui.welcome.steps import CardStep, CheckStep, FoldersStep, IdentitiesStep, Step
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Scroller
from twohats.gui.widgets.labels import heading, soft

_WIDTH_PX = 760


class Welcome(QWidget):
    """Enter goes on, Escape goes back. At the end, and when skipped, every hat has a place to post to."""

    finished = Signal()

    def __init__(self, theme: Theme, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._owner = owner
        self.setAccessibleName("Welcome to Two Hats")
        self._folders = FoldersStep(theme, owner)
        self.steps: tuple[Step, ...] = (
            IdentitiesStep(theme, owner),
            CardStep(owner),
            self._folders,
            CheckStep(theme),
        )
        self._at = 0
        self._was_told = False
        self._build()
        self.start()

    @property
    def at(self) -> int:
        """The number of the step that is shown, from 0."""
        return self._at

    def start(self) -> None:
        """Begins with the first step."""
        self._go(0)

    def go_on(self) -> None:
        """Keeps what was entered and shows the next step; after the last, it is finished."""
        if not self.steps[self._at].keep():
            return
        self._leave()

    def skip(self) -> None:
        """Shows the next step and keeps nothing of this one."""
        self.steps[self._at].forget()
        self._leave()

    def go_back(self) -> None:
        if self._at > 0:
            self._go(self._at - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            if isinstance(focused, QAbstractButton) and focused is not self.next_button and not focused.isCheckable():
                focused.click()
            else:
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(640, 480)

    def _build(self) -> None:
        theme = self._theme
        self._heading = heading("")
        self._about = soft("")
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.setStyleSheet("QStackedWidget { background: transparent; }")
        for step in self.steps:
            self._pages.addWidget(step)
        self._dots = Dots(theme, len(self.steps))
        self.back_button = Button(theme, "Back", "quiet")
        self.skip_button = Button(theme, "Skip", "flat")
        self.next_button = Button(theme, "Next", "primary")
        self.back_button.clicked.connect(self.go_back)
        self.skip_button.clicked.connect(self.skip)
        self.next_button.clicked.connect(self.go_on)

        onward = QHBoxLayout()
        onward.setSpacing(8)
        onward.addStretch(1)
        onward.addWidget(self.skip_button)
        onward.addWidget(self.next_button)
        foot = QGridLayout()
        foot.addWidget(self.back_button, 0, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self._dots, 0, 1, Qt.AlignmentFlag.AlignCenter)
        foot.addLayout(onward, 0, 2)
        foot.setColumnStretch(0, 1)
        foot.setColumnStretch(2, 1)
        foot.setColumnMinimumWidth(0, theme.px(180))
        foot.setColumnMinimumWidth(2, theme.px(180))

        card = self._card = Card(padding=GAP_REGION, spacing=GAP)
        card.body.addWidget(self._heading)
        card.body.addWidget(self._about)
        card.body.addSpacing(GAP)
        card.body.addWidget(self._pages, 1)
        card.body.addSpacing(GAP)
        card.body.addLayout(foot)

        ground = QWidget()
        across = QHBoxLayout(ground)
        across.setContentsMargins(GAP_REGION, GAP_REGION, GAP_REGION, GAP_REGION)
        across.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(2)
        across.addLayout(middle, 100)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroller(ground))
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _fit(self) -> None:
        """The card keeps its size from step to step: room for two lines under the heading."""
        self._card.setMaximumWidth(self._theme.px(_WIDTH_PX))
        self._about.setMinimumHeight(self._about.fontMetrics().lineSpacing() * 2)

    def _go(self, at: int) -> None:
        self._at = at
        step = self.steps[at]
        step.load()
        self._pages.setCurrentWidget(step)
        self._heading.setText(step.name)
        self._about.setText(step.about)
        self._dots.show_step(at)
        is_last = at == len(self.steps) - 1
        self.back_button.setVisible(at > 0)
        self.skip_button.setVisible(not is_last)
        self.next_button.set_words("Start writing" if is_last else "Next")
        if is_last:
            self.next_button.setFocus()
        else:
            step.focusNextChild() if step.focusWidget() is None else step.focusWidget().setFocus()

    def _leave(self) -> None:
        if self._at + 1 < len(self.steps):
            self._go(self._at + 1)
            return
        if not self._folders.keep_defaults() and not self._was_told:
            # Once: whoever goes on all the same reaches the desk, and can choose a folder under Accounts.
            self._was_told = True
            self._go(self.steps.index(self._folders))
            self._folders.keep_defaults()
            return
        self._owner.save_settings(replace(self._owner.settings, welcomed=True))
        self.finished.emit()
