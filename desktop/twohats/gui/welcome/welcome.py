"""The welcome: four short steps to the desk, each of which can be skipped."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from twohats.bridge.owner import Owner
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.welcome.dots import Dots
from twohats.gui.welcome.steps import CardStep, FoldersStep, IdentitiesStep, LastStep, Step
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Scroller
from twohats.gui.widgets.labels import heading, soft

_WIDTH_PX = 760
_STEADY_FROM_PX = 560


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
            LastStep(theme, owner),
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
        foot = self._foot_row = QGridLayout()
        foot.addWidget(self.back_button, 0, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self._dots, 0, 1, Qt.AlignmentFlag.AlignCenter)
        foot.addLayout(onward, 0, 2)
        foot.setColumnStretch(0, 1)
        foot.setColumnStretch(2, 1)

        card = self._card = Card(padding=0, spacing=GAP)
        card.body.setContentsMargins(0, GAP_REGION, 0, GAP_REGION)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        sheet = QWidget()
        told = QVBoxLayout(sheet)
        told.setContentsMargins(GAP_REGION, 0, GAP_REGION, 0)
        told.setSpacing(GAP)
        told.addWidget(self._heading)
        told.addWidget(self._about)
        told.addSpacing(GAP)
        told.addWidget(self._pages, 1)
        self._scroller = _SheetScroller(sheet)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        foot.setContentsMargins(GAP_REGION, 0, GAP_REGION, 0)
        card.body.addWidget(self._scroller, 1)
        card.body.addSpacing(GAP)
        card.body.addWidget(self._foot)

        across = QHBoxLayout(self)
        across.setContentsMargins(GAP_REGION, GAP_REGION, GAP_REGION, GAP_REGION)
        across.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 100)
        middle.addStretch(2)
        across.addLayout(middle, 100)
        across.addStretch(1)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _fit(self) -> None:
        """Where there is room, the card keeps its size from step to step, with two lines under the heading."""
        px = self._theme.px
        self._card.setMaximumWidth(px(_WIDTH_PX))
        has_room = self.width() >= px(_WIDTH_PX) and self.height() >= px(_STEADY_FROM_PX)
        self._about.setMinimumHeight(self._about.fontMetrics().lineSpacing() * 2 if has_room else 0)
        for step in self.steps:
            counts = has_room or step is self.steps[self._at]
            step.setSizePolicy(
                QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred if counts else QSizePolicy.Policy.Ignored
            )
        for outer in (0, 2):  # so that the dots stand in the middle
            self._foot_row.setColumnMinimumWidth(outer, self.next_button.sizeHint().width() + px(70))

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
        self._fit()
        self._scroller.verticalScrollBar().setValue(0)
        if step.is_filled:
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


class _SheetScroller(Scroller):
    """As high as what it holds, where there is room for that; the buttons under it stay in sight where there is not."""

    def sizeHint(self) -> QSize:
        layout = self._inner.layout()
        height = layout.totalHeightForWidth(self.viewport().width()) if layout is not None else 0
        return QSize(super().sizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
