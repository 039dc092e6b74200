"""The compose page: the desk, and beside it findings and previews, as tabs or side by side."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.bridge.session import Session
from twohats.gui.composer.desk import Desk
from twohats.gui.findings.panel import FindingsPanel
from twohats.gui.preview.board import PreviewBoard
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.frames import Hairline
from twohats.gui.widgets.labels import title
from twohats.model.finding import Finding

SIDE_BY_SIDE_FROM_PX = 1300
_FINDINGS_TAB = 0


class Workbench(QWidget):
    """Wires the cards to the marks: what one shows, the other lights."""

    def __init__(self, theme: Theme, session: Session, owner: Owner, library: Library) -> None:
        super().__init__()
        self._theme = theme
        self._is_wide: bool | None = None
        self.desk = Desk(theme, session, owner, library)
        self.findings = FindingsPanel(theme, session, owner)
        self.previews = PreviewBoard(theme, session)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.desk.setProperty("role", "page")
        scroll.setWidget(self.desk)

        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Findings or previews")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.addTab("Findings")
        self.tabs.addTab("Previews")
        self.tabs.currentChanged.connect(lambda _index: self._show_columns())
        self._columns = (_Column("Findings", self.findings), _Column("Previews", self.previews))
        between = Hairline(theme, is_vertical=True)
        self._between = between
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self._columns[0], 12)
        beside.addWidget(between)
        beside.addWidget(self._columns[1], 13)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(16, 16, 16, 0)
        side.setSpacing(GAP)
        side.addWidget(self.tabs)
        side.addLayout(beside, 1)

        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(scroll, 1)
        across.addWidget(Hairline(theme, is_vertical=True))
        across.addWidget(self._side)

        self.desk.finding_shown.connect(self._show_card)
        self.desk.finding_pointed.connect(self._light_card)
        self.findings.finding_chosen.connect(self.desk.go_to)
        self.findings.suggestion_wanted.connect(self.desk.use)
        self.findings.count_changed.connect(self._name_tab)
        theme.theme_changed.connect(self._arrange)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 480)

    @property
    def is_wide(self) -> bool:
        """Whether findings and previews stand side by side."""
        return bool(self._is_wide)

    def show_previews(self) -> None:
        self.tabs.setCurrentIndex(1)

    def show_findings(self) -> None:
        self.tabs.setCurrentIndex(_FINDINGS_TAB)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._is_wide = self.width() >= self._theme.px(SIDE_BY_SIDE_FROM_PX)
        share = 0.54 if self._is_wide else 0.42
        least, most = (620, 1100) if self._is_wide else (330, 480)
        width = max(least, min(most, round(self.width() * share)))
        self._side.setFixedWidth(width)
        self.tabs.setVisible(not self._is_wide)
        self._between.setVisible(self._is_wide)
        self._show_columns()

    def _show_columns(self) -> None:
        for number, column in enumerate(self._columns):
            column.head.setVisible(bool(self._is_wide))
            column.setVisible(bool(self._is_wide) or self.tabs.currentIndex() == number)

    def _name_tab(self, count: int) -> None:
        self.tabs.setTabText(_FINDINGS_TAB, f"Findings {count}" if count else "Findings")

    def _show_card(self, finding: Finding) -> None:
        self.show_findings()
        self.findings.show_finding(finding)

    def _light_card(self, finding: Finding | None) -> None:
        self.findings.show_finding(finding, scrolls=False)


class _Column(QWidget):
    def __init__(self, name: str, content: QWidget) -> None:
        super().__init__()
        self.head = title(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.head)
        column.addWidget(content, 1)
