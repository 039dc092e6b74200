"""One finding: the words, one sentence of reason, the guideline behind it, and what can be done."""

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from twohats.boundary.policy import row_of, rule_book
from twohats.gui import wording
from twohats.gui.composer.marks import tone_of
from twohats.gui.findings.severity_mark import SEVERITY_WORDS, SeverityMark
from twohats.gui.theme import CARD_RADIUS, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Sunken
from twohats.gui.widgets.glyph import hat_name
from twohats.gui.widgets.labels import Label
from twohats.model.draft import Draft
from twohats.model.finding import Finding, Severity, Suggestion, SuggestionKind
from twohats.model.identity import Hat
from twohats.model.policy import Scope
from twohats.model.span import Field

_LONGEST_QUOTE = 140
_PLACES = {
    Field.TITLE: "in the title",
    Field.EXCERPT: "in the excerpt",
    Field.TAG: "in a tag",
    Field.ALT: "in an alt text",
    Field.FILE_NAME: "in a file name",
    Field.WARNING: "in the content warning",
    Field.WORDING: "in the wording for one account",
    Field.CARD: "in the card of a link",
}


class FindingCard(QWidget):
    """Shows a finding as it stands under `hat`. With `can_decide` off (the other hat's list) it cannot be allowed."""

    chosen = Signal(object)
    suggestion_wanted = Signal(object)
    move_wanted = Signal()
    allowance_wanted = Signal(object, object, str)
    why_turned = Signal(object, bool)

    def __init__(
        self, theme: Theme, finding: Finding, draft: Draft, hat: Hat, *, can_decide: bool, shows_why: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self.finding = finding
        self._hat = hat
        self._row = row_of(rule_book(), finding.rule)
        self._is_glowing = False
        self._is_hovered = False
        self.setAccessibleName(card_name(finding))
        self._options = [s for s in finding.suggestions if s.kind is not SuggestionKind.MOVE]
        self._option = 0
        self._draft = draft

        head = Label(heading_of(finding), "small", wraps=True)
        words = Label(quoted(finding.words), "quote", wraps=True)
        reason = Label(wording.reason(finding), wraps=True)
        self._why = Label(self._reasons(), "small", wraps=True)
        self._why.setHidden(not shows_why)

        beside = QVBoxLayout()
        beside.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(head, 1)
        top.addWidget(self._made_why_button(shows_why), 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(top)
        beside.addWidget(words)
        beside.addWidget(reason)
        beside.addWidget(self._why)
        if self._options:
            beside.addSpacing(4)
            beside.addWidget(self._made_preview())
        beside.addSpacing(4)
        beside.addWidget(self._made_buttons(can_decide))
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 12, 12, 8)
        across.setSpacing(12)
        across.addWidget(SeverityMark(theme, finding), 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(beside, 1)
        theme.theme_changed.connect(self._show_option)
        theme.theme_changed.connect(self.update)
        self._show_option()

    def shows(self, finding: Finding) -> bool:
        """Whether the card can stand for this finding as well: same crossing, same weight, same things to do."""
        return (
            self.finding.key == finding.key
            and self.finding.severity is finding.severity
            and [s.kind for s in self.finding.suggestions] == [s.kind for s in finding.suggestions]
        )

    def renew(self, finding: Finding, draft: Draft) -> None:
        """The same crossing at another place of the text."""
        self.finding = finding
        self._draft = draft
        self._options = [s for s in finding.suggestions if s.kind is not SuggestionKind.MOVE]
        self._option = min(self._option, max(0, len(self._options) - 1))
        self._why.setText(self._reasons())
        self._show_option()

    def glow(self, is_on: bool) -> None:
        """Lights up while its mark is the one that is looked at."""
        if is_on != self._is_glowing:
            self._is_glowing = is_on
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.finding)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self._theme.color(tone_of(self.finding.severity))
        line = tone if self._is_glowing else self._theme.color("line-strong" if self._is_hovered else "line")
        painter.setPen(QPen(line, 2 if self._is_glowing else 1))
        painter.setBrush(self._theme.color("surface-raised"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)

    def _reasons(self) -> str:
        """What spoke, and the guideline behind it."""
        lines = [wording.basis(code) for code in self.finding.basis or self._row.basis]
        behind = " ".join(lines) if lines else "care for the relationship."
        return f"{spoke(self.finding)}\nBehind this: {behind}"

    def _made_preview(self) -> QWidget:
        frame = Sunken(padding=8, spacing=4)
        self._before_after = QLabel()
        self._before_after.setTextFormat(Qt.TextFormat.RichText)
        self._before_after.setWordWrap(True)
        frame.body.addWidget(self._before_after)
        return frame

    def _made_buttons(self, can_decide: bool) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        words = quoted(self.finding.words)
        if self._options:
            use = _small(self._theme, "Use suggestion", words)
            use.clicked.connect(lambda: self.suggestion_wanted.emit(self._options[self._option]))
            flow.addWidget(use)
        if len(self._options) > 1:
            other = _small(self._theme, "Another", words)
            other.clicked.connect(self._turn_option)
            flow.addWidget(other)
        if can_decide and self._keep_choices():
            keep = _small(self._theme, "Keep\u2026", words)
            keep.setMenu(self._keep_menu(keep))
            flow.addWidget(keep)
        if any(s.kind is SuggestionKind.MOVE for s in self.finding.suggestions):
            move = _small(self._theme, f"Move to {hat_name(self._hat.other)}", words)
            move.clicked.connect(self.move_wanted)
            flow.addWidget(move)
        if can_decide and Scope.NOT_PERSONAL in self._row.scopes:
            wrong = _small(self._theme, _not_words(self.finding.rule), words)
            wrong.clicked.connect(lambda: self.allowance_wanted.emit(self.finding, Scope.NOT_PERSONAL, ""))
            flow.addWidget(wrong)
        return holder

    def _made_why_button(self, shows_why: bool) -> Button:
        why = Button(self._theme, "Why", "tiny-link")
        why.setCheckable(True)
        why.setChecked(shows_why)
        why.setAccessibleName(f"Why: {quoted(self.finding.words)}")
        why.toggled.connect(self._turn_why)
        return why

    def _keep_choices(self) -> list[Scope]:
        return [scope for scope in (Scope.POST, Scope.WORDING, Scope.TOPIC) if scope in self._row.scopes]

    def _keep_menu(self, button: QWidget) -> QMenu:
        menu = QMenu(button)
        hat = hat_name(self._hat)
        choices = self._keep_choices()
        if choices == [Scope.POST]:
            menu.addAction("Keep in this post, because:").setEnabled(False)
            self._add_reasons(menu, Scope.POST)
            return menu
        names = {
            Scope.POST: "Keep in this post",
            Scope.WORDING: f"Keep this wording whenever I post as {hat}",
            Scope.TOPIC: f"Open this topic for {hat}: {wording.rule_title(self.finding.rule).lower()}",
        }
        is_stop = self.finding.severity is Severity.STOP
        if is_stop:
            menu.setStyleSheet(f"QMenu::item {{ padding-right: {self._theme.px(32)}px; }}")  # room for the arrows
        for scope in choices:
            if is_stop:
                self._add_reasons(menu.addMenu(f"{names[scope]}, because"), scope)
                continue
            action = menu.addAction(names[scope])
            action.triggered.connect(lambda _on=False, scope=scope: self.allowance_wanted.emit(self.finding, scope, ""))
        return menu

    def _add_reasons(self, menu: QMenu, scope: Scope) -> None:
        """A stop is kept for a reason that fits its rule."""
        for code in self._row.answers:
            action = menu.addAction(wording.answer(code))
            action.triggered.connect(lambda _on=False, code=code: self.allowance_wanted.emit(self.finding, scope, code))

    def _turn_option(self) -> None:
        self._option = (self._option + 1) % len(self._options)
        self._show_option()

    def _turn_why(self, is_shown: bool) -> None:
        self._why.setVisible(is_shown)
        self.why_turned.emit(self.finding, is_shown)

    def _show_option(self) -> None:
        if not self._options or not hasattr(self, "_before_after"):
            return
        suggestion = self._options[self._option]
        soft = self._theme.color("text-soft").name()
        before, after = _before_and_after(self._draft, suggestion)
        lines = [f'<span style="color:{soft}; text-decoration:line-through">{escape(before)}</span>'] if before else []
        lines.append(escape(after) if after else f'<span style="color:{soft}">and nothing in its place</span>')
        self._before_after.setText("<br>".join(lines))
        self._before_after.setAccessibleName(f"Instead of {before}: {after or 'nothing'}")


def card_name(finding: Finding) -> str:
    """How a card is called in the list: severity, kind, words."""
    word = SEVERITY_WORDS.get(finding.severity, "Note")
    return f"{word}: {wording.rule_title(finding.rule)}, {quoted(finding.words)}"


def heading_of(finding: Finding) -> str:
    """What kind it is, and where when that is not the text itself: "Family detail, in the title"."""
    place = _PLACES.get(finding.span.field, "")
    return f"{wording.rule_title(finding.rule)}, {place}" if place else wording.rule_title(finding.rule)


def spoke(finding: Finding) -> str:
    """What found it, and how sure the trained check was: never wholly sure, and never nothing."""
    percent = min(99, max(1, round(finding.sure * 100)))
    if not finding.by_rule:
        return wording.sentence("spoke", "trained", percent=percent)
    return wording.sentence("spoke", "both" if finding.sure > 0 else "rule", percent=percent)


def quoted(words: str) -> str:
    """The words of a finding in quotation marks, shortened in the middle when they are long."""
    flat = " ".join(words.split())
    if len(flat) > _LONGEST_QUOTE:
        flat = f"{flat[: _LONGEST_QUOTE - 40]} \u2026 {flat[-36:]}"
    return f"\u201c{flat}\u201d"


def _before_and_after(draft: Draft, suggestion: Suggestion) -> tuple[str, str]:
    """What would go and what would come, each as long as it takes."""
    return draft.words_at(suggestion.span).strip(), suggestion.text.strip()


def _not_words(rule: str) -> str:
    return {"C": "Not about a client", "D": "Does not apply", "H": "Does not apply"}.get(rule[:1], "Not personal")


def _small(theme: Theme, verb: str, about: str) -> Button:
    button = Button(theme, verb, "small")
    button.setAccessibleName(f"{verb}: {about}")
    return button
