"""The sheet that shows what would be sent: one fold for each account, to read and to copy."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from twohats.bridge.dry_runs import ToldRequests
from twohats.flows.dry_run import AccountDryRun, as_text
from twohats.gui import wording
from twohats.gui.composer.dry_run_words import reason_of
from twohats.gui.theme import GAP, GAP_REGION, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Scroller
from twohats.gui.widgets.glyph import HatMark
from twohats.gui.widgets.labels import Label, heading
from twohats.model.plan import Plan

_SECTION = "dry_run"
_FEWEST_LINES, _MOST_LINES = 4, 24
_WIDTH_PX, _HEIGHT_PX = 760, 620


class DryRunSheet(QDialog):
    """The first account is unfolded; where it is the only one, nothing else is to be done."""

    def __init__(self, theme: Theme, told: ToldRequests, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(wording.sentence(_SECTION, "title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.folds = tuple(AccountFold(theme, run, told.plan) for run in told.runs)
        self.note = Label(wording.sentence(_SECTION, "note"), "soft", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(HatMark(theme, told.identity.hat, told.identity.icon, 32))
        head.addWidget(heading(wording.sentence(_SECTION, "title")), 1)
        middle = QWidget()
        folds = QVBoxLayout(middle)
        folds.setContentsMargins(0, 0, 0, 0)
        folds.setSpacing(GAP)
        for fold in self.folds:
            folds.addWidget(fold)
        folds.addStretch(1)
        close = Button(theme, wording.sentence(_SECTION, "close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.note, 1)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_REGION, GAP_REGION, GAP_REGION, GAP_REGION)
        column.setSpacing(GAP)
        column.addLayout(head)
        if told.open_count:
            column.addWidget(Label(wording.sentence(_SECTION, "open", count=told.open_count), wraps=True))
        column.addWidget(Scroller(middle), 1)
        column.addLayout(foot)
        if self.folds:
            self.folds[0].head.setChecked(True)
            self.folds[0].head.setFocus()
        around = parent.window().size()
        self.resize(min(theme.px(_WIDTH_PX), around.width() - 48), min(theme.px(_HEIGHT_PX), around.height() - 48))
        announce(self, self.note.text())


class AccountFold(Card):
    """What one account would be sent. `head` folds it; `words` are what is shown and copied."""

    def __init__(self, theme: Theme, run: AccountDryRun, plan: Plan | None = None) -> None:
        super().__init__(padding=8, spacing=8)
        label = run.account.label or run.account.network
        self.words = "\n\n\n".join(as_text(request) for request in run.requests)
        self.reason = Label(reason_of(run, plan), wraps=True)
        self.head = Button(theme, f"{label} · {_counted(run)}", "flat", "chevron-right")
        self.head.setCheckable(True)
        self.copy = Button(theme, wording.sentence(_SECTION, "copy"), "small", "copy")
        self.copy.setAccessibleName(f"{wording.sentence(_SECTION, 'copy')}: {label}")
        self.text = RequestText(theme, self.words)
        self.text.setAccessibleName(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.head)
        row.addStretch(1)
        row.addWidget(self.copy)
        self.body.addLayout(row)
        self.body.addWidget(self.text)
        self.body.addWidget(self.reason)
        self.head.toggled.connect(self._turn)
        self.copy.clicked.connect(self._copy)
        self._turn(False)

    def _turn(self, is_shown: bool) -> None:
        self.head.set_icon("chevron-down" if is_shown else "chevron-right")
        self.text.setVisible(is_shown and bool(self.words))
        self.reason.setVisible(is_shown and bool(self.reason.text()))
        self.copy.setVisible(bool(self.words))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)
        self.copy.set_words(wording.sentence(_SECTION, "copied"))
        announce(self, wording.sentence(_SECTION, "copied"))


class RequestText(QPlainTextEdit):
    """Requests in signs of one width; as high as they are, up to some lines."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(words)
        self._theme = theme
        self._lines = min(_MOST_LINES, max(_FEWEST_LINES, words.count("\n") + 2))
        self.setReadOnly(True)
        self.setProperty("role", "field")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        # The style sheet has a least height for fields, which would undo a fixed one.
        height = self.fontMetrics().lineSpacing() * self._lines + self._theme.px(24)
        return QSize(super().sizeHint().width(), height)

    def _restyle(self) -> None:
        self.setFont(self._theme.fixed_font())
        self.updateGeometry()


def _counted(run: AccountDryRun) -> str:
    count = len(run.requests)
    if run.problem or not count:
        return wording.sentence(_SECTION, "requests_none")
    return wording.sentence(_SECTION, "requests_one" if count == 1 else "requests_some", count=count)
