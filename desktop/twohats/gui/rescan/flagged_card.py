"""One post of the report: when and where it was posted, each finding in its words, and what can be done about it."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.flows.rescan import Flagged, Seen
from twohats.gui import wording
from twohats.gui.composer.marks import tone_of
from twohats.gui.findings.card import card_name, heading_of
from twohats.gui.findings.severity_mark import SeverityMark
from twohats.gui.rescan import telling
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.ask_once import AskOnce
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.glyph import HatMark
from twohats.gui.widgets.labels import Label, soft
from twohats.model.delivery import Delivery

_RECOGNISED = 40  # characters


def _say(code: str, **facts: object) -> str:
    return wording.sentence("rescan", code, **facts)


class FlaggedCard(Card):
    """`page_wanted` with the address of the post, `record_wanted` with its id. Taking down asks first."""

    page_wanted = Signal(str)
    record_wanted = Signal(str)

    def __init__(self, theme: Theme, post: Flagged, library: Library) -> None:
        super().__init__(padding=16, spacing=GAP)
        self._theme = theme
        self._library = library
        self.post = post
        self._is_leaving = False
        self.setAccessibleName(f"{telling.when(post.posted_at)}, {telling.places(post)}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(HatMark(theme, post.hat, size_px=20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(f"{telling.when(post.posted_at)} · {telling.places(post)}", "small", wraps=True), 1)
        self.body.addLayout(head)
        if not _is_told(post):
            self.body.addWidget(Label(post.begins, "strong", wraps=True))
        for seen in post.seen:
            self.body.addWidget(_SeenLine(theme, seen))
        self.take_down_button = Button(theme, _say("take_down"), "small", "trash")
        self.question = AskOnce(theme)
        self.told = soft("")
        self.told.hide()
        self.body.addWidget(self._made_buttons())
        self.body.addWidget(self.question)
        self.body.addWidget(self.told)
        self.take_down_button.clicked.connect(self._ask)
        self.question.closed.connect(self._stop_asking)
        library.delivery_changed.connect(self._note_move)
        library.problem.connect(self._note_problem)

    def _made_buttons(self) -> QWidget:
        place = QWidget()
        row = FlowLayout(place)
        self.links: list[Button] = []
        web = [one for one in self.post.places if one.url.startswith(("https://", "http://"))]
        for one in web:
            words = _say("open") if len(web) == 1 else _say("open_named", name=telling.where(one))
            button = Button(self._theme, words, "small", "external")
            button.setToolTip(one.url)
            button.clicked.connect(lambda _on=False, url=one.url: self.page_wanted.emit(url))
            self.links.append(button)
            row.addWidget(button)
        if self.post.post_id:
            record = Button(self._theme, _say("to_record"), "small", "sent")
            record.clicked.connect(lambda: self.record_wanted.emit(self.post.post_id))
            row.addWidget(record)
        elif not web:
            network = self.post.places[0].network if self.post.places else ""
            code = "no_link_facebook" if network == "facebook" else "no_link"
            row.addWidget(soft(_say(code)))
        self.take_down_button.setVisible(self.post.can_be_taken_down)
        if self.post.can_be_taken_down:
            row.addWidget(self.take_down_button)
        return place

    def _ask(self) -> None:
        self.take_down_button.hide()
        self.question.ask(_say("take_down_asks"), _say("take_down_sure"), self._take_down)

    def _stop_asking(self) -> None:
        self.take_down_button.show()
        self.take_down_button.setFocus()

    def _take_down(self) -> None:
        self._is_leaving = True
        self.take_down_button.setEnabled(False)
        self._tell("taking_down")
        self._library.take_down(self.post.post_id)

    def _note_move(self, delivery: Delivery) -> None:
        if delivery.post_id != self.post.post_id or not self.post.can_be_taken_down:
            return
        standing = [one for one in self._library.deliveries(self.post.post_id) if one.is_out]
        if not any(not one.went_by_hand for one in standing):
            self._is_leaving = False
            self.take_down_button.hide()
            self._tell("taken_down")

    def _note_problem(self, *_what: object) -> None:
        if self._is_leaving:
            self._is_leaving = False
            self.take_down_button.setEnabled(True)
            self._tell("not_taken_down")

    def _tell(self, code: str) -> None:
        self.told.setText(_say(code))
        self.told.show()
        announce(self, self.told.text())


class _SeenLine(QWidget):
    """A finding among the words around it. What was weighed then is quieter."""

    def __init__(self, theme: Theme, seen: Seen) -> None:
        super().__init__()
        self._theme = theme
        self._seen = seen
        finding = seen.finding
        self.setAccessibleName(card_name(finding))
        known = f" · {_say('known')}" if seen.is_known else ""
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)  # every word of the post goes through escape
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(heading_of(finding) + known, "small", wraps=True))
        column.addWidget(self._words)
        column.addWidget(Label(wording.reason(finding), wraps=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(SeverityMark(theme, finding), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        theme.theme_changed.connect(self._paint_words)
        self._paint_words()

    def _paint_words(self) -> None:
        finding = self._seen.finding
        ground = self._theme.color(f"{tone_of(finding.severity)}-soft").name()
        ink = self._theme.color("text").name()
        marked = f"background-color: {ground}; color: {ink}; text-decoration: underline; font-weight: 600"
        before, after = escape(self._seen.before), escape(self._seen.after)
        self._words.setText(f"{before}<span style='{marked}'>{escape(finding.words)}</span>{after}")
        self._words.setAccessibleName(f"{self._seen.before}{finding.words}{self._seen.after}")


def _is_told(post: Flagged) -> bool:
    """Whether the words around a finding say already how the post begins."""
    begins = post.begins.rstrip("…")
    return any(f"{seen.before}{seen.finding.words}{seen.after}".startswith(begins[:_RECOGNISED]) for seen in post.seen)
