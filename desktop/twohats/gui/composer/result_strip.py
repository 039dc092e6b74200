"""What became of a post: whose it was, then one line a target, with its link or a plain reason and what can be done."""

from typing import assert_never

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from twohats.bridge.library import Library
from twohats.bridge.owner import Owner
from twohats.gui import wording
from twohats.gui.composer.receipt_notes import receipt_notes
from twohats.gui.queue.by_hand import ByHandSteps, by_hand_words
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.glyph import Glyph, HatMark
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import Delivery, DeliveryState
from twohats.model.record import Record

_LONGEST_NAME = 60
_MARK_PX = 20
_GLYPH_PX = 16


class ResultStrip(Card):
    """Shows one post at a time, the one that left last, until it is closed or something else is written."""

    sentence_changed = Signal(str)

    def __init__(self, theme: Theme, library: Library, owner: Owner) -> None:
        super().__init__(padding=12, spacing=4)
        self._theme = theme
        self._library = library
        self._owner = owner
        self._post_id = ""
        self._rows: dict[str, _Row] = {}
        self._troubles: frozenset[tuple[str, str]] = frozenset()
        self._mark = HatMark(theme, None, size_px=_MARK_PX)
        self._whose = Label("", "small", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self._whose, 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._list.addLayout(head)
        close = IconButton(theme, "close", "Close these results", size_px=14)
        close.clicked.connect(self.hide)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addLayout(self._list, 1)
        across.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(across)
        self.setAccessibleName("What became of the post")
        self.hide()
        library.delivery_changed.connect(self._renew)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(row.sentence for row in self._rows.values())

    @property
    def whose(self) -> str:
        """Whose result is shown."""
        return self._whose.text()

    def follow(self, post_id: str) -> None:
        """Shows the targets of this post from now on."""
        self._post_id = post_id
        record = self._library.record(post_id)
        self._mark.set_hat(record.hat if record else None)
        self._mark.setVisible(record is not None)
        self._whose.setText(whose(record) if record else "")
        for row in self._rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        self._troubles = frozenset()
        for delivery in self._library.deliveries(post_id):
            self._show(delivery)
        self.setVisible(bool(self._rows))

    def let_go(self) -> None:
        """Another draft is on the desk: the result goes. It comes back by itself if it runs into trouble."""
        self.hide()

    def let_go_if_well(self) -> None:
        """A new post has begun: goes as well, unless there is trouble that may not have been seen yet."""
        if not any(row.has_trouble for row in self._rows.values()):
            self.hide()

    def _renew(self, delivery: Delivery) -> None:
        if delivery.post_id != self._post_id:
            return
        known = self._troubles
        self._show(delivery)
        if self._troubles != known:
            self.show()  # each trouble once: a place that is tried again and again does not insist

    def _show(self, delivery: Delivery) -> None:
        row = self._rows.get(delivery.id)
        if row is None:
            row = self._rows[delivery.id] = _Row(self._theme, self._library)
            row.by_hand.page_wanted.connect(self._owner.open_page)
            self._list.addWidget(row)
        account = self._owner.account(delivery.account_id)
        before = row.sentence
        row.show_delivery(
            delivery, account.label if account else wording.sentence("network", delivery.rendition.network)
        )
        if row.has_trouble:
            self._troubles |= {(delivery.id, delivery.problem)}
        if row.sentence != before and before:
            self.sentence_changed.emit(row.sentence)


class _Row(QFrame):
    def __init__(self, theme: Theme, library: Library) -> None:
        super().__init__()
        self._library = library
        self._delivery: Delivery | None = None
        self._place = ""
        self._glyph = Glyph(theme, "clock", "text-soft", _GLYPH_PX)
        self._label = Label("", wraps=True)
        self._button = Button(theme, "", "small")
        self._button.clicked.connect(self._act)
        # The first line stands level with the button and with the icon, which has its place under the hat's mark.
        inset, lift = theme.px((_MARK_PX - _GLYPH_PX) / 2), theme.px(4)
        self._label.setContentsMargins(0, lift, 0, lift)
        icon = QVBoxLayout()
        icon.setContentsMargins(inset, lift + 1, inset, 0)
        icon.addWidget(self._glyph)
        icon.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._label, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self.by_hand = ByHandSteps(theme, library)
        self.by_hand.told.connect(self._tell_by_hand)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(row)
        words.addWidget(self.by_hand)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(icon)
        whole.addLayout(words, 1)

    @property
    def sentence(self) -> str:
        return self._label.text()

    @property
    def has_trouble(self) -> bool:
        """It has not arrived, and there is a reason."""
        return self._delivery is not None and not self._delivery.is_over and bool(self._delivery.problem)

    def show_delivery(self, delivery: Delivery, place: str) -> None:
        self._delivery = delivery
        self._place = place
        self.by_hand.setVisible(delivery.waits_for_hand)
        if delivery.waits_for_hand:
            self.by_hand.show_delivery(delivery, place)
        icon_name, tint, words, verb = told(delivery, place)
        if self.has_trouble and delivery.state is not DeliveryState.WAITING and self._library.holds_back(delivery):
            code = "alone_unknown" if delivery.state is DeliveryState.UNKNOWN else "alone"
            words = f"{words} {wording.sentence('blog_first', code)}"
        self._glyph.set_icon(icon_name, tint)
        self._label.setText(words)
        self._button.set_words(verb)
        self._button.setAccessibleName(f"{verb}: {place}")
        self._button.setVisible(bool(verb))

    def _tell_by_hand(self, words: str) -> None:
        self._label.setText(f"{self._place}: {words}")

    def _act(self) -> None:
        delivery = self._delivery
        if delivery is None:
            return
        if delivery.state is DeliveryState.SENT and delivery.receipt is not None:
            url = delivery.receipt.url
            QDesktopServices.openUrl(QUrl(url) if "://" in url else QUrl.fromLocalFile(url))
        elif delivery.state is DeliveryState.UNKNOWN:
            self._library.look_again(delivery.id)
        else:
            self._library.try_again(delivery.id)


def whose(record: Record) -> str:
    """ "Your post as Dr A. Lee: “Sleep in November”": by its title, or its first words."""
    words = " ".join((record.title or record.text).split())
    if len(words) > _LONGEST_NAME:
        words = words[:_LONGEST_NAME].rsplit(" ", 1)[0] + " \u2026"
    by = f"Your post as {record.posted_as}"
    return f"{by}: \u201c{words}\u201d" if words else by


def told(delivery: Delivery, place: str) -> tuple[str, str, str, str]:
    """How a delivery is shown: icon, its token, a sentence, and the verb of its button (empty for none)."""
    problem = wording.sentence("error", delivery.problem, **dict(delivery.problem_facts)) if delivery.problem else ""
    match delivery.state:
        case DeliveryState.WAITING:
            words = f"{place}: {problem}" if problem else f"On its way to {place}."
            if delivery.waits_for_blog:
                words = wording.sentence("blog_first", "waits_told", place=place)
            return "clock", "text-soft", words, ""
        case DeliveryState.SENDING:
            return "clock", "text-soft", f"Sending to {place}.", ""
        case DeliveryState.SENT:
            if delivery.went_by_hand:
                return "check", "good", " ".join((f"{place}:", *receipt_notes(delivery.receipt))), ""
            has_link = delivery.receipt is not None and bool(delivery.receipt.url)
            words = " ".join((f"Sent to {place}.", *receipt_notes(delivery.receipt)))
            return "check", "good", words, "Open" if has_link else ""
        case DeliveryState.HELD if delivery.waits_for_hand:
            return "pen", "text-soft", f"{place}: {by_hand_words(delivery)}", ""
        case DeliveryState.HELD:
            return "warning", "warn", f"{place}: {problem}", "Try again"
        case DeliveryState.FAILED:
            return "warning", "stop", f"{place}: {problem}", "Try again"
        case DeliveryState.UNKNOWN:
            return "help", "warn", f"{place}: {problem}", "Look again"
        case DeliveryState.CANCELLED:
            return "undo", "text-soft", f"{place}: taken back, nothing was sent.", ""
        case DeliveryState.TAKEN_DOWN:
            return "trash", "text-soft", f"{place}: taken down.", ""
        case _:
            assert_never(delivery.state)
