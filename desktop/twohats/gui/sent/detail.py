"""One record, whole: the text as sent, as whom, when, where to, what was found and what was said to it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.gui import wording
from twohats.gui.policy.severity_word import SeverityWord
from twohats.gui.preview.plate import HatPlate
from twohats.gui.queue.delivery_line import DeliveryLine
from twohats.gui.sent.moment import moment_of
from twohats.gui.sent.particulars import Particulars
from twohats.gui.sent.reactions import ReactionsPart, has_reactions
from twohats.gui.sent.what_left import WhatLeft, differs
from twohats.gui.theme import GAP, Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.copy_link import CopyLinkButton
from twohats.gui.widgets.frames import Card, Hairline, Sunken, bring_into_view
from twohats.gui.widgets.labels import Label, soft, title
from twohats.model.delivery import Delivery
from twohats.model.finding import Severity
from twohats.model.identity import Identity
from twohats.model.record import Record, RecordedFinding, RecordedTarget
from twohats.model.wish import ItemKind, OpenItem

_TICK_MS = 500
_SEVERITIES = {severity.word: severity for severity in Severity}
_SCOPES = {
    "post": "Allowed for this post",
    "wording": "Allowed in this wording",
    "topic": "Topic opened",
    "not_personal": "Marked as not personal",
}


class RecordDetail(QWidget):
    """As tall as it needs to be: whoever shows it scrolls. Taking down asks once before anything is deleted.

    What is shown already is left as it stands, with its place and its question; `show_anew` makes it from the start.
    `page_wanted` with the address of a page that is to be opened.
    """

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, library: Library) -> None:
        super().__init__()
        self._theme = theme
        self._library = library
        self.record: Record | None = None
        self.lines: list[DeliveryLine] = []
        self.left_standing: dict[str, Label] = {}
        self._reasons: dict[str, str] = {}
        self._unfolded = ""  # whose particulars, by post
        self._deliveries: Sequence[Delivery] = ()
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 0, 8, GAP)
        self._column.setSpacing(GAP)
        self.setAccessibleName("Record")
        library.not_taken_down.connect(self._tell_not_taken_down)
        self.show_anew()

    def show_record(self, record: Record | None) -> None:
        """Shows another record, or the same as it stands now."""
        deliveries = tuple(self._library.deliveries(record.post_id)) if record else ()
        if (record, deliveries) != (self.record, self._deliveries):
            self.record, self._deliveries = record, deliveries
            self.show_anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def show_anew(self) -> None:
        """Makes the same again."""
        record = self.record
        self.lines = []
        self.left_standing = {}
        _clear(self._column)
        if record is None:
            self._column.addWidget(soft("Choose a post to see its record."))
            self._column.addStretch(1)
            return
        plate = HatPlate(self._theme, record.hat)
        plate.show_identity(Identity(record.hat, record.posted_as))
        self._column.addWidget(plate)
        self._column.addWidget(Label(moment_of(record.posted_at), "soft"))
        self._column.addWidget(self._make_places(record))
        self._column.addWidget(self._make_text(record))
        self._show_what_left(record)
        self._column.addWidget(self._make_findings(record))
        self._column.addWidget(self._make_foot(record))
        self.particulars = self._make_particulars(record)
        self.particulars.head.setChecked(self._unfolded == record.post_id)
        self.particulars.head.toggled.connect(self._keep_unfolded)
        self._column.addWidget(self.particulars)
        self.link_button = CopyLinkButton(self._theme, OpenItem(ItemKind.RECORD, record.post_id))
        self._column.addWidget(self.link_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def _keep_unfolded(self, is_unfolded: bool) -> None:
        self._unfolded = self.record.post_id if is_unfolded and self.record else ""

    # The parts.

    def _make_places(self, record: Record) -> QWidget:
        card = Card(padding=16, spacing=GAP)
        deliveries = self._deliveries
        targets = {target.delivery_id: target for target in record.targets}
        for number, delivery in enumerate(deliveries):
            if number:
                card.body.addWidget(Hairline(self._theme))
            line = self._make_line(delivery, targets.get(delivery.id))
            line.page_wanted.connect(self.page_wanted)
            self.lines.append(line)
            card.body.addWidget(line)
            why = Label(self._reasons.get(delivery.id, ""), "soft", wraps=True)
            why.setVisible(delivery.is_out and delivery.id in self._reasons)
            self.left_standing[delivery.id] = why
            card.body.addWidget(why)
            if has_reactions(delivery):
                card.body.addWidget(ReactionsPart(self._theme, self._library, delivery))
        if any(delivery.is_out and not delivery.went_by_hand for delivery in deliveries):
            card.body.addWidget(Hairline(self._theme))
            card.body.addWidget(self._make_take_down(record))
        return card

    def _tell_not_taken_down(self, delivery_id: str, code: str, facts: dict[str, str | int | float]) -> None:
        """Beside the place where it still stands; the question is open for another try."""
        why = self.left_standing.get(delivery_id)
        if why is not None:
            self._reasons[delivery_id] = f"Not taken down: {wording.sentence('error', code, **facts)}"
            why.setText(self._reasons[delivery_id])
            why.show()
            self.sure_button.setEnabled(True)

    def _tick(self) -> None:
        now = datetime.now(UTC)
        for line in self.lines:
            line.tell_time(now)

    def _make_line(self, delivery: Delivery, target: RecordedTarget | None) -> DeliveryLine:
        label = self._label_of(delivery, target)
        return DeliveryLine(self._theme, self._library, delivery, label, delivery.rendition.network)

    def _label_of(self, delivery: Delivery, target: RecordedTarget | None) -> str:
        return target.label if target and target.label else wording.sentence("network", delivery.rendition.network)

    def _make_take_down(self, record: Record) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        self.take_down_button = Button(self._theme, "Take down everywhere", "small", "trash")
        question = QWidget()
        asked = QVBoxLayout(question)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(
            Label("The post is deleted where it went; copies that others made are not. This record stays.", wraps=True)
        )
        self.sure_button = Button(self._theme, "Take it down", "danger")
        self.leave_button = Button(self._theme, "Leave it")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.sure_button)
        asked.addLayout(row)
        question.hide()
        column.addWidget(self.take_down_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(question)

        def ask() -> None:
            self.take_down_button.hide()
            question.show()
            self.leave_button.setFocus()
            bring_into_view(question)

        def stop_asking() -> None:
            question.hide()
            self.take_down_button.show()
            self.take_down_button.setFocus()

        def take_down() -> None:
            self.sure_button.setEnabled(False)
            self._reasons.clear()
            for why in self.left_standing.values():
                why.hide()
            self._library.take_down(record.post_id)

        self.take_down_button.clicked.connect(ask)
        self.leave_button.clicked.connect(stop_asking)
        self.sure_button.clicked.connect(take_down)
        return place

    def _make_text(self, record: Record) -> QWidget:
        card = Card(padding=16, spacing=8)
        if record.title:
            card.body.addWidget(_selectable(Label(record.title, "title", wraps=True)))
        if record.excerpt:
            card.body.addWidget(_selectable(soft(record.excerpt)))
        card.body.addWidget(_selectable(Label(record.text, wraps=True)))
        if record.tags:
            card.body.addWidget(Label("  ".join(f"#{tag}" for tag in record.tags), "small", wraps=True))
        for number, alt in enumerate(record.alt_texts, 1):
            card.body.addWidget(Label(f"Picture {number}: {alt or 'no alt text'}", "small", wraps=True))
        return card

    def _show_what_left(self, record: Record) -> None:
        """The words that other readers see, place by place."""
        targets = {target.delivery_id: target for target in record.targets}
        for delivery in self._deliveries:
            if differs(delivery, record):
                card = Card(padding=16, spacing=8)
                card.body.addWidget(WhatLeft(delivery, record, self._label_of(delivery, targets.get(delivery.id))))
                self._column.addWidget(card)

    def _make_findings(self, record: Record) -> QWidget:
        place = Sunken(padding=16, spacing=GAP)
        place.body.addWidget(title("What the check said"))
        if not record.findings:
            place.body.addWidget(soft("Nothing found by these checks."))
        for finding in record.findings:
            place.body.addWidget(self._make_finding(finding))
        return place

    def _make_finding(self, finding: RecordedFinding) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        if finding.severity in _SEVERITIES:
            head.addWidget(SeverityWord(self._theme, _SEVERITIES[finding.severity]))
        head.addWidget(Label(wording.rule_title(finding.rule), "strong", wraps=True), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(_selectable(Label(f"“{finding.words}”", wraps=True)))
        done = _what_was_done(finding)
        if done:
            column.addWidget(soft(done))
        return part

    def _make_foot(self, record: Record) -> QWidget:
        rules = f" · rules {record.checked_by[:8]}" if record.checked_by else ""
        quiet = " · quiet gate" if record.was_quiet else ""
        words = f"Record {record.number} · seal {record.hash[:8]}{rules}{quiet}"
        return _selectable(Label(words, "small", wraps=True))

    def _make_particulars(self, record: Record) -> Particulars:
        targets = {target.delivery_id: target for target in record.targets}
        labels = {delivery.id: self._label_of(delivery, targets.get(delivery.id)) for delivery in self._deliveries}
        plans = self._library.plans_of(record.post_id)
        return Particulars(self._theme, record, self._deliveries, plans, labels)


def _what_was_done(finding: RecordedFinding) -> str:
    if finding.action == "answered":
        note = f" ({finding.note})" if finding.note else ""
        return f"Your reason: {wording.answer(finding.answer)}{note}"
    if finding.action == "allowed":
        return _SCOPES.get(finding.answer, "Allowed")
    if finding.action == "noted":
        return wording.sentence("records", "done_noted")
    return "Not asked about: the gate was quiet" if finding.action == "unasked" else ""


def _selectable(label: Label) -> Label:
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
