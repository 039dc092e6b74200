"""The findings of the draft: counts for both hats, then the cards, stops first, never more than five open."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from twohats.bridge.owner import Owner
from twohats.bridge.session import Findings, Session
from twohats.gui import wording
from twohats.gui.findings.card import FindingCard, card_name
from twohats.gui.findings.how_checked import HowChecked, how_checked
from twohats.gui.findings.step_down import StepDown
from twohats.gui.icons import hat_icon
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.chip import Chip
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import Label
from twohats.model.finding import Category, CheckResult, Finding, Severity
from twohats.model.identity import Hat

OPEN_AT_MOST = 5
_EMPTY = "Nothing found by these checks."
_UNWRITTEN = "Write, and what a client might read into it is listed here."
_STALE_AFTER_MS = 800
_REST_MS = 700  # after the check's own pause: a hand that only paused for a word sees nothing move


class FindingsPanel(QWidget):
    """A person may look at the other hat's list as well; what is decided is decided under the chosen hat."""

    finding_chosen = Signal(object)
    suggestion_wanted = Signal(object)
    count_changed = Signal(int)

    def __init__(self, theme: Theme, session: Session, owner: Owner) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._owner = owner
        self._looked_at: Hat | None = None
        self._state: tuple[Hat, Hat | None] | None = None
        self._folded: dict[Category, int] = {}
        self._unfolded: set[Category] = set()
        self._whys: set[str] = set()
        self.setAccessibleName("Findings")
        self._chips = {hat: Chip(theme, hat_name(hat), hat_icon(hat), hat=hat, has_tick=False) for hat in Hat}
        counts = QHBoxLayout()
        counts.setSpacing(8)
        for hat, chip in self._chips.items():
            chip.clicked.connect(lambda _on=False, hat=hat: self.look_at(hat))
            counts.addWidget(chip)
        counts.addStretch(1)
        self._told = Label("", "soft", wraps=True)
        self.how = HowChecked(theme)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._told)
        head.addWidget(self.how)
        self.list = _CardList()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(counts)
        whole.addLayout(head)
        whole.addWidget(self.list, 1)
        self.step_down = StepDown(theme, owner.learning)
        whole.addWidget(self.step_down)
        self.list.entered.connect(self.finding_chosen)
        self.list.currentRowChanged.connect(self._light_row)
        self._rest_timer = QTimer(self)  # new cards wait for a rest in the typing; the marks do not
        self._rest_timer.setSingleShot(True)
        self._rest_timer.setInterval(_REST_MS)
        self._rest_timer.timeout.connect(self._show_cards)
        self._stale_timer = QTimer(self)
        self._stale_timer.setSingleShot(True)
        self._stale_timer.setInterval(_STALE_AFTER_MS)
        self._stale_timer.timeout.connect(lambda: self._tell(session.findings, session.findings.of(self.hat)))
        session.draft_changed.connect(self._expect)
        session.findings_changed.connect(self.show_findings)
        session.hat_changed.connect(self._follow_hat)
        self._follow_hat(session.hat)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    @property
    def hat(self) -> Hat:
        """Whose list is shown: the one looked at, else the chosen hat, else the stricter."""
        return self._looked_at or self._session.hat or Hat.PROFESSIONAL

    @property
    def sentence(self) -> str:
        """What stands above the cards."""
        return self._told.text()

    def cards(self) -> list[FindingCard]:
        """The open cards in their order."""
        return [card for card in self.list.widgets() if isinstance(card, FindingCard)]

    def count_chip(self, hat: Hat) -> Chip:
        return self._chips[hat]

    def look_at(self, hat: Hat) -> None:
        """Shows the list of one hat; nothing else changes."""
        self._looked_at = hat
        self._rest_timer.stop()
        self.show_findings(self._session.findings)

    def show_findings(self, findings: Findings) -> None:
        if findings.revision == self._session.draft.revision:
            self._stale_timer.stop()
        for hat, chip in self._chips.items():
            count = str(len(_seen(findings.of(hat)))) if findings.revision >= 0 else ""
            chip.set_number(count, _tone(findings.of(hat)))
            chip.setChecked(hat is self.hat)
        self._tell(findings, findings.of(self.hat))
        self.count_changed.emit(len(_seen(findings.of(self._session.hat or Hat.PROFESSIONAL))))
        if not self._rest_timer.isActive():
            self._show_cards()

    def show_finding(self, finding: Finding | None, *, scrolls: bool = True) -> None:
        """Lights the card of a finding, and brings it into view."""
        for row, card in enumerate(self.list.widgets()):
            if not isinstance(card, FindingCard):
                continue
            is_it = finding is not None and card.finding.key == finding.key and card.finding.span == finding.span
            card.glow(is_it)
            if is_it and scrolls:
                self.list.setCurrentRow(row)
                self.list.scrollToItem(self.list.item(row))

    def _light_row(self, current: int) -> None:
        for row, card in enumerate(self.list.widgets()):
            if isinstance(card, FindingCard):
                card.glow(row == current)

    def _show_cards(self) -> None:
        """Brings the list up to date; a card whose finding is still there stays."""
        shown = in_order(_seen(self._session.findings.of(self.hat)))
        state = (self.hat, self._session.hat)
        if state != self._state:
            self._state = state
            self.list.clear()
        opened: list[Finding] = []
        folded: dict[Category, int] = {}
        for finding in shown:
            if len(opened) < OPEN_AT_MOST or finding.category in self._unfolded:
                opened.append(finding)
            else:
                folded[finding.category] = folded.get(finding.category, 0) + 1
        has_changed = self._lay_out(opened)
        rows = self.list.widgets()
        if folded != self._folded or len(rows) != len(opened) + len(folded):
            self._folded = folded
            self.list.cut(len(opened))
            for category, count in folded.items():
                self._add_fold(category, count)
            has_changed = True
        if has_changed:
            self.list.fit()

    def _lay_out(self, opened: list[Finding]) -> bool:
        """Makes the first rows the cards of these findings; True when any row came or went."""
        has_changed = False
        draft = self._session.draft
        wanted = {finding.key for finding in opened}
        for row, finding in enumerate(opened):
            rows = self.list.widgets()
            while row < len(rows) and _key_of(rows[row]) not in wanted:
                self.list.remove(row)
                rows = self.list.widgets()
                has_changed = True
            card = rows[row] if row < len(rows) else None
            if isinstance(card, FindingCard) and card.shows(finding):
                card.renew(finding, draft)
            else:
                self._add_card(finding, row)
                has_changed = True
        while len(self.list.widgets()) > len(opened) and isinstance(self.list.widgets()[len(opened)], FindingCard):
            self.list.remove(len(opened))
            has_changed = True
        return has_changed

    def _add_card(self, finding: Finding, row: int) -> None:
        card = FindingCard(
            self._theme,
            finding,
            self._session.draft,
            self.hat,
            can_decide=self._session.hat is self.hat,
            shows_why=finding.key in self._whys,
        )
        card.chosen.connect(self.finding_chosen)
        card.suggestion_wanted.connect(self.suggestion_wanted)
        card.move_wanted.connect(self._move)
        card.allowance_wanted.connect(self._session.allow)
        card.why_turned.connect(self._keep_why)
        self.list.add(card, card_name(finding), row)

    def _add_fold(self, category: Category, count: int) -> None:
        words = f"{count} more: {wording.category(category)}"
        button = Button(self._theme, words, "flat", "chevron-right")
        button.clicked.connect(lambda: self._unfold(category))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        self.list.add(holder, words, self.list.count())

    def _unfold(self, category: Category) -> None:
        self._unfolded.add(category)
        self._show_cards()

    def _keep_why(self, finding: Finding, is_shown: bool) -> None:
        (self._whys.add if is_shown else self._whys.discard)(finding.key)

    def _move(self) -> None:
        self._looked_at = None
        self._session.choose_hat(self.hat.other)

    def _expect(self, _draft: object) -> None:
        if not self._stale_timer.isActive():
            self._stale_timer.start()
        self._rest_timer.start()

    def _follow_hat(self, hat: Hat | None) -> None:
        self._looked_at = None
        self._rest_timer.stop()
        self.show_findings(self._session.findings)

    def _tell(self, findings: Findings, result: CheckResult) -> None:
        count = len(_seen(result))
        is_stale = findings.revision != self._session.draft.revision and not self._stale_timer.isActive()
        if findings.revision < 0 or is_stale:
            words = _UNWRITTEN if self._session.draft.is_empty else "Checking what you wrote."
        elif not result.complete:
            words = "A part of the check failed. What is listed may not be all; nothing is posted unchecked."
        elif self._session.hat is None and not self._session.draft.is_empty:
            both = {hat: len(_seen(findings.of(hat))) for hat in Hat}
            words = (
                f"No hat yet. As Personal: {_number(both[Hat.PERSONAL])}. "
                f"As Professional: {_number(both[Hat.PROFESSIONAL])}."
            )
        elif self._session.draft.is_empty:
            words = _UNWRITTEN
        elif count == 0:
            words = _EMPTY
        elif self._session.hat is not self.hat:
            words = f"What these checks would find if you posted as {hat_name(self.hat)}."
        else:
            words = f"Before you post as {self._owner.identity(self.hat).display_name}:"
        self._told.setText(words)
        is_checked = findings.revision >= 0 and not self._session.draft.is_empty
        self.how.show_less(how_checked(result) if is_checked else ())


class _CardList(QListWidget):
    """A true list for a screen reader, whose rows are widgets of their own height."""

    entered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "cards")
        self.setAccessibleName("Findings, in the order of the text, stops first")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(0)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.timeout.connect(self.fit)

    def add(self, widget: QWidget, name: str, row: int) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        self.insertItem(row, item)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 8)
        column.addWidget(widget)
        holder.installEventFilter(self)
        self.setItemWidget(item, holder)

    def remove(self, row: int) -> None:
        """Takes one row out, with its widget; the keyboard stays in the list."""
        holder = self.itemWidget(self.item(row))
        focused = QApplication.focusWidget()
        if holder is not None and focused is not None and holder.isAncestorOf(focused):
            self.setFocus()
        self.takeItem(row)

    def cut(self, rows: int) -> None:
        """Leaves the first rows only."""
        while self.count() > rows:
            self.remove(rows)

    def widgets(self) -> list[QWidget]:
        """The widget of each row."""
        found = []
        for row in range(self.count()):
            holder = self.itemWidget(self.item(row))
            layout = holder.layout() if holder is not None else None
            inner = layout.itemAt(0) if layout is not None else None
            widget = inner.widget() if inner is not None else None
            if widget is not None:
                found.append(widget)
        return found

    def fit(self) -> None:
        """Gives each row the height that its words need in this width."""
        width = self.viewport().width()
        for row in range(self.count()):
            holder = self.itemWidget(self.item(row))
            layout = holder.layout() if holder is not None else None
            if layout is not None:
                layout.activate()
                self.item(row).setSizeHint(QSize(width, layout.totalHeightForWidth(width)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a card unfolded, or says something longer
            self._fit_timer.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            widget = self.widgets()[self.currentRow()]
            if isinstance(widget, FindingCard):
                self.entered.emit(widget.finding)
                return
        super().keyPressEvent(event)


def _key_of(row: QWidget) -> str:
    return row.finding.key if isinstance(row, FindingCard) else ""


def in_order(findings: list[Finding]) -> list[Finding]:
    """In the order of the text, stops first."""
    return sorted(findings, key=lambda f: (f.severity is not Severity.STOP, f.span.field.value != "text", f.span.start))


def _seen(result: CheckResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.severity > Severity.SILENT]


def _tone(result: CheckResult) -> str:
    worst = max((finding.severity for finding in result.findings), default=Severity.SILENT)
    return {Severity.STOP: "stop", Severity.WARN: "warn"}.get(worst, "")


def _number(count: int) -> str:
    return f"{count} to look at" if count else "nothing found"
