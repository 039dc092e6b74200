"""The queue: what is on its way, and what waits for a decision."""

from datetime import UTC, datetime, timedelta
from textwrap import shorten

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.calendar.entries import Entry, planned_entries
from twohats.gui.calendar.plan_changes import PlanChanges
from twohats.gui.calendar.post_strip import PostStrip
from twohats.gui.queue.delivery_line import DeliveryLine
from twohats.gui.queue.states import needs_person
from twohats.gui.schedule import when
from twohats.gui.sent.detail import RecordDetail
from twohats.gui.theme import GAP, Theme
from twohats.gui.welcome.one_of import OneOf
from twohats.gui.widgets.banner import Banner
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.frames import Card, Hairline, Page
from twohats.gui.widgets.glyph import HatMark
from twohats.gui.widgets.labels import Label, soft, title
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.plan import Plan

_TICK_MS = 500
_AHEAD = timedelta(days=3 * 366)


class QueuePage(Page):
    """What waits for a decision comes first. A post's record opens in place.

    `take_back_wanted` for a post whose undo window still runs, with its id; `draft_wanted` for a draft that a planned
    post has become again.
    """

    take_back_wanted = Signal(str)
    draft_wanted = Signal(str)

    def __init__(self, theme: Theme, library: Library, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Queue", "What has not arrived yet. Nothing is sent twice, and nothing is lost.")
        self.setParent(parent)
        self._theme = theme
        self._library = library
        self._owner = owner
        self.lines: list[DeliveryLine] = []
        self._nothing = soft("Nothing waits. What you post shows here until it has arrived.")
        self._groups = QVBoxLayout()
        self._groups.setSpacing(GAP)
        self.planned: list[PostStrip] = []
        self._held: dict[str, Entry] = {}
        self.told = Banner(theme)
        self._changes = PlanChanges(library, self.told)
        self._changes.changed.connect(self._note_change)
        self._changes.draft_wanted.connect(self.draft_wanted)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.told)
        column.addWidget(self._nothing)
        column.addLayout(self._groups)
        self.back_button = Button(theme, "Back to the queue", "quiet", "chevron-left")
        self.back_button.clicked.connect(self.show_queue)
        self.detail = RecordDetail(theme, library)
        self.detail.page_wanted.connect(owner.open_page)
        self._record = QWidget()
        record = QVBoxLayout(self._record)
        record.setContentsMargins(0, 0, 0, 0)
        record.setSpacing(GAP)
        record.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        record.addWidget(self.detail)
        self._views = OneOf(self._list, self._record)
        self.body.addWidget(self._views)
        library.records_changed.connect(self._note_change)
        library.problem.connect(self._note_problem)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._tick)

    def show_record(self, post_id: str) -> None:
        """The record of one post, with its own next steps."""
        self.detail.show_record(self._library.record(post_id))
        self._views.show_view(self._record)
        self.back_button.setFocus()

    def show_queue(self) -> None:
        self.refresh()
        self._views.show_view(self._list)

    def refresh(self) -> None:
        """Reads the queue anew, and the record if one is open."""
        if self.detail.record is not None:
            self.detail.show_record(self._library.record(self.detail.record.post_id))
        while (item := self._groups.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = []
        queue = sorted(self._library.queue(), key=lambda delivery: delivery.due_at)
        stuck = {delivery.id for delivery in queue if needs_person(delivery)}
        behind = {one.id for one in queue if one.waits_for_blog and one.after_id in stuck}
        waiting_for_you = [delivery for delivery in queue if delivery.id in stuck | behind]
        planned = self._planned_entries()
        kept = {entry.post_id for entry in planned if entry.standing == "planned"}
        on_their_way = [d for d in queue if d.id not in stuck | behind and d.post_id not in kept]
        self._nothing.setVisible(not queue and not planned)
        self.planned = []
        self._held = {entry.post_id: entry for entry in planned if entry.standing == "held" and entry.can_move}
        self._add_group("Waits for you", waiting_for_you)
        self._add_group("On its way", on_their_way)
        self._add_planned([entry for entry in planned if entry.standing in ("planned", "partly")])
        for row in range(self._groups.count()):  # Qt would show them a moment later, and the page would blink
            item = self._groups.itemAt(row)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_queue()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _add_group(self, name: str, deliveries: list[Delivery]) -> None:
        if not deliveries:
            return
        self._groups.addWidget(title(name))
        by_post: dict[str, list[Delivery]] = {}
        for delivery in deliveries:
            by_post.setdefault(delivery.post_id, []).append(delivery)
        for post_id, own in by_post.items():
            self._groups.addWidget(self._make_card(post_id, own))

    def _planned_entries(self) -> tuple[Entry, ...]:
        zone = when.own_zone()
        today = when.here_of(self._owner.now(), zone).date()
        return planned_entries(self._library, today - timedelta(days=1), today + _AHEAD, zone)

    def _add_planned(self, entries: list[Entry]) -> None:
        if entries:
            self._groups.addWidget(title("Planned"))
        for entry in entries:
            self._groups.addWidget(self._make_strip(entry))

    def _make_strip(self, entry: Entry) -> PostStrip:
        strip = PostStrip(self._theme, self._owner.now, when.own_zone(), can_close=False)
        strip.show_entry(entry)
        strip.move_wanted.connect(self._move)
        strip.back_wanted.connect(self._changes.take_back)
        strip.now_wanted.connect(self._library.post_planned_now)
        strip.open_wanted.connect(self.show_record)
        self.planned.append(strip)
        return strip

    def _move(self, post_id: str, plan: Plan) -> None:
        entry = next((strip.entry for strip in self.planned if strip.entry and strip.entry.post_id == post_id), None)
        if entry is not None and entry.plan is not None:
            self._changes.move(post_id, entry.plan, plan)

    def _make_card(self, post_id: str, deliveries: list[Delivery]) -> QWidget:
        card = Card(padding=16, spacing=GAP)
        record = self._library.record(post_id)
        words = (record.title or record.text) if record else deliveries[0].rendition.title
        line = Label(shorten(words, 120, placeholder=" …") or "Untitled", "title", wraps=True)
        show = Button(self._theme, "Record", "small")
        show.setAccessibleName("Show the record of this post")
        show.clicked.connect(lambda: self.show_record(post_id))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(HatMark(self._theme, deliveries[0].hat))
        head.addWidget(line, 1)
        if all(delivery.state is DeliveryState.WAITING and not delivery.attempts for delivery in deliveries):
            take_back = Button(self._theme, "Take it back", "small", "undo")
            take_back.clicked.connect(lambda: self.take_back_wanted.emit(post_id))
            head.addWidget(take_back)
        head.addWidget(show)
        card.body.addLayout(head)
        for delivery in deliveries:
            card.body.addWidget(Hairline(self._theme))
            card.body.addWidget(self._make_line(delivery))
        if needs_person(deliveries[0]) and post_id in self._held:
            card.body.addWidget(self._make_strip(self._held[post_id]))  # what was missed can be planned anew
        return card

    def _make_line(self, delivery: Delivery) -> DeliveryLine:
        account = self._owner.account(delivery.account_id)
        network = delivery.rendition.network
        label = account.label if account and account.label else wording.sentence("network", network)
        line = DeliveryLine(self._theme, self._library, delivery, label, network)
        line.page_wanted.connect(self._owner.open_page)
        self.lines.append(line)
        return line

    def _note_change(self) -> None:
        if self.isVisible():
            self.refresh()

    def _note_problem(self, *_what: object) -> None:
        if self.isVisible():
            self.detail.show_anew()  # its buttons may be tried again

    def _tick(self) -> None:
        now = datetime.now(UTC)
        for line in self.lines:
            line.tell_time(now)
