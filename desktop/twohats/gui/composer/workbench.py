"""The compose page: the desk, and beside it findings and previews, as tabs or side by side."""

from enum import Enum

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.bridge.session import Session
from twohats.gui.composer.desk import Desk
from twohats.gui.findings.panel import FindingsPanel
from twohats.gui.preview.board import PreviewBoard
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.frames import Hairline
from twohats.gui.widgets.labels import title
from twohats.model.finding import Finding, Suggestion

SIDE_BY_SIDE_FROM_PX = 1300
STACKED_FROM_PX = 700
ONE_AT_A_TIME_BELOW_PX = 640
_FINDINGS_TAB = 0
_AS_WIDE_AS_IT_LIKES = 16_777_215  # Qt's QWIDGETSIZE_MAX, which PySide leaves out


class Room(Enum):
    """How much stands beside the desk."""

    WIDE = "wide"  # findings and previews, side by side
    TALL = "tall"  # findings above previews
    TABS = "tabs"  # one of the two
    NARROW = "narrow"  # nothing: the desk, findings and previews take turns


class Workbench(QWidget):
    """Wires the cards to the marks: what one shows, the other lights."""

    def __init__(self, theme: Theme, session: Session, owner: Owner, library: Library) -> None:
        super().__init__()
        self._theme = theme
        self._room = Room.TABS
        self.desk = Desk(theme, session, owner, library)
        self.findings = FindingsPanel(theme, session, owner)
        self.previews = PreviewBoard(theme, session)
        scroll = self._desk_scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.desk.setProperty("role", "page")
        scroll.setWidget(self.desk)

        self.tabs = _tab_bar("Findings or previews", "Findings", "Previews")
        self.turns = _tab_bar("What is shown", "Write", "Findings", "Previews")
        for bar in (self.tabs, self.turns):
            bar.currentChanged.connect(lambda _index: self._show_columns())
        self._columns = (_Column("Findings", self.findings), _Column("Previews", self.previews))
        between = Hairline(theme, is_vertical=True)
        self._between = between
        beside = self._beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self._columns[0], 3)
        beside.addWidget(between)
        beside.addWidget(self._columns[1], 4)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(16, 16, 16, 0)
        side.setSpacing(GAP)
        side.addWidget(self.tabs)
        side.addLayout(beside, 1)

        self._edge = Hairline(theme, is_vertical=True)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(scroll, 1)
        across.addWidget(self._edge)
        across.addWidget(self._side)
        self._turn_row = QWidget()
        turn_row = QHBoxLayout(self._turn_row)
        turn_row.setContentsMargins(GAP_REGION, 8, GAP_REGION, 0)
        turn_row.addWidget(self.turns)
        turn_row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._turn_row)
        whole.addLayout(across, 1)

        self.desk.finding_shown.connect(self._show_card)
        self.desk.finding_pointed.connect(self._light_card)
        self.desk.answer_shown.connect(self._bring_into_view)
        self.findings.finding_chosen.connect(self._go_to)
        self.findings.suggestion_wanted.connect(self._use)
        self.findings.count_changed.connect(self._name_tab)
        theme.theme_changed.connect(self._arrange)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 400)

    @property
    def room(self) -> Room:
        return self._room

    @property
    def is_showing_findings(self) -> bool:
        return self._columns[_FINDINGS_TAB].isVisible()

    def show_desk(self) -> None:
        """Brings the desk back where it takes turns."""
        self.turns.setCurrentIndex(0)

    def show_previews(self) -> None:
        self.tabs.setCurrentIndex(1)
        self.turns.setCurrentIndex(2)

    def show_findings(self) -> None:
        self.tabs.setCurrentIndex(_FINDINGS_TAB)
        self.turns.setCurrentIndex(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self.width() >= self._theme.px(SIDE_BY_SIDE_FROM_PX):
            self._room = Room.WIDE
        elif self.width() < self._theme.px(ONE_AT_A_TIME_BELOW_PX):
            self._room = Room.NARROW
        elif self.height() >= self._theme.px(STACKED_FROM_PX):
            self._room = Room.TALL
        else:
            self._room = Room.TABS
        is_tall = self._room is Room.TALL
        self._beside.setDirection(QBoxLayout.Direction.TopToBottom if is_tall else QBoxLayout.Direction.LeftToRight)
        match self._room:
            case Room.WIDE:
                self._side.setFixedWidth(max(780, min(1100, round(self.width() * 0.54))))
            case Room.TALL | Room.TABS:
                self._side.setFixedWidth(max(330, min(self._theme.px(480), round(self.width() * 0.42))))
            case Room.NARROW:
                self._side.setMinimumWidth(0)
                self._side.setMaximumWidth(_AS_WIDE_AS_IT_LIKES)
        self._show_columns()

    def _show_columns(self) -> None:
        is_wide, is_narrow = self._room is Room.WIDE, self._room is Room.NARROW
        shows_both = is_wide or self._room is Room.TALL
        self._turn_row.setVisible(is_narrow)
        self.tabs.setVisible(self._room is Room.TABS)
        self._between.setVisible(is_wide)
        turn = self.turns.currentIndex()
        self._desk_scroll.setVisible(not is_narrow or turn == 0)
        self._side.setVisible(not is_narrow or turn > 0)
        self._edge.setVisible(not is_narrow)
        shown = turn - 1 if is_narrow else self.tabs.currentIndex()
        for number, column in enumerate(self._columns):
            column.head.setVisible(shows_both)
            column.setVisible(shows_both or shown == number)

    def _name_tab(self, count: int) -> None:
        name = f"Findings {count}" if count else "Findings"
        self.tabs.setTabText(_FINDINGS_TAB, name)
        self.turns.setTabText(1, name)

    def _go_to(self, finding: Finding) -> None:
        self.show_desk()
        self.desk.go_to(finding)

    def _use(self, suggestion: Suggestion) -> None:
        self.show_desk()
        self.desk.use(suggestion)

    def _show_card(self, finding: Finding) -> None:
        self.show_desk()
        self.tabs.setCurrentIndex(_FINDINGS_TAB)
        self.findings.show_finding(finding)

    def _bring_into_view(self, widget: QWidget) -> None:
        """Once the layout has made room for it. What becomes of a post later may wait: nobody is led away for it."""
        if widget is not self.desk.results:
            self.show_desk()
        QTimer.singleShot(0, widget, lambda: self._desk_scroll.ensureWidgetVisible(widget, 0, GAP))

    def _light_card(self, finding: Finding | None) -> None:
        self.findings.show_finding(finding, scrolls=False)


def _tab_bar(name: str, *tabs: str) -> QTabBar:
    bar = QTabBar()
    bar.setAccessibleName(name)
    bar.setExpanding(False)
    bar.setDrawBase(False)
    bar.setUsesScrollButtons(False)  # Qt's arrows would eat the names at large text
    for tab in tabs:
        bar.addTab(tab)
    return bar


class _Column(QWidget):
    def __init__(self, name: str, content: QWidget) -> None:
        super().__init__()
        self.head = title(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.head)
        column.addWidget(content, 1)
