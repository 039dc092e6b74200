"""Replies and likes of one post at one place: looked for when the person asks, told quietly, opened on a wish."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twohats.bridge.library import Found, Library
from twohats.gui import wording
from twohats.gui.composer.departure import dollars
from twohats.gui.sent.moment import ago, clock_of
from twohats.gui.theme import Theme
from twohats.gui.widgets.announce import announce
from twohats.gui.widgets.buttons import Button, IconButton
from twohats.gui.widgets.flow_layout import FlowLayout
from twohats.gui.widgets.labels import Label
from twohats.model.delivery import Delivery
from twohats.model.ports import Reactions, Reply

_SECTION = "reactions"
_WITHOUT = frozenset({"byhand", "folder"})
"""Places that nobody can answer at, or where no program may look."""


def has_reactions(delivery: Delivery) -> bool:
    """Whether there is something to look for."""
    is_named = delivery.receipt is not None and bool(delivery.receipt.remote_id)
    return delivery.is_out and is_named and delivery.rendition.network not in _WITHOUT


class ReactionsPart(QWidget):
    """Nothing is asked for by itself; what asking costs stands beside the button before it is pressed."""

    def __init__(self, theme: Theme, library: Library, delivery: Delivery) -> None:
        super().__init__()
        self._theme = theme
        self._library = library
        self._delivery = delivery
        self._network = wording.sentence("network", delivery.rendition.network)
        self._mills = library.reactions_cost_mills(delivery)
        self.look_button = Button(theme, self._look_words("look"), "small", "comment")
        self.look_button.setAccessibleName(f"{self._look_words('look')}: {self._network}")
        self.look_button.clicked.connect(self._look)
        self.show_button = Button(theme, "", "small", "chevron-down")
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._show_replies)
        self._told = Label("", "small", wraps=True)
        self._cost = Label(self._cost_sentence(), "small", wraps=True)
        self._cost.setVisible(bool(self._cost.text()))
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(self.look_button)
        flow.addWidget(self.show_button)
        self._list = QWidget()
        self.replies: list[ReplyLine] = []
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 4, 0, 0)
        self._lines.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._told)
        column.addWidget(row)
        column.addWidget(self._cost)
        column.addWidget(self._list)
        self._list.hide()
        self.show_button.hide()
        self._told.hide()
        library.reactions_came.connect(self._take)
        library.reactions_failed.connect(self._tell_failed)
        found = library.reactions_of(delivery.id)
        if found is not None:
            self._show(found)

    @property
    def sentence(self) -> str:
        return self._told.text()

    @property
    def cost(self) -> str:
        return self._cost.text()

    def _cost_sentence(self) -> str:
        return wording.sentence(_SECTION, "cost", name=self._network) if self._mills > 0 else ""

    def _look_words(self, code: str) -> str:
        """What the button says: where a look is charged for, the most that it may cost."""
        paid = f"{code}_paid"
        return wording.sentence(_SECTION, paid if self._mills > 0 else code, amount=dollars(self._mills))

    def _look(self) -> None:
        self.look_button.setEnabled(False)
        self._say(wording.sentence(_SECTION, "looking", name=self._network))
        self._library.ask_for_reactions(self._delivery.id)

    def _take(self, delivery_id: str) -> None:
        found = self._library.reactions_of(delivery_id)
        if delivery_id == self._delivery.id and found is not None:
            self._show(found)
            announce(self, self.sentence)

    def _tell_failed(self, delivery_id: str, code: str, facts: dict[str, object]) -> None:
        if delivery_id == self._delivery.id:
            self.look_button.setEnabled(True)
            self._say(wording.sentence("error", code, **facts))
            announce(self, self.sentence)

    def _show(self, found: Found) -> None:
        reactions = found.reactions
        self.look_button.setEnabled(True)
        if reactions is None:
            self._say(wording.sentence(_SECTION, "closed", name=self._network))
            self.look_button.hide()
            self._cost.hide()
            return
        self._say(f"{counts_of(reactions)} ({clock_of(found.at, datetime.now(UTC))})")
        self.look_button.set_words(self._look_words("look_again"))
        self._fill(reactions.replies)

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.show()

    def _fill(self, replies: tuple[Reply, ...]) -> None:
        for line in self.replies:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.replies = [ReplyLine(self._theme, reply) for reply in replies]
        for line in self.replies:
            self._lines.addWidget(line)
        self.show_button.setVisible(bool(replies))
        self._name_show_button()
        self._list.setVisible(self.show_button.isChecked() and bool(replies))

    def _show_replies(self, is_shown: bool) -> None:
        self._list.setVisible(is_shown)
        self.show_button.set_icon("chevron-up" if is_shown else "chevron-down")
        self._name_show_button()

    def _name_show_button(self) -> None:
        verb = "Hide" if self.show_button.isChecked() else "Show"
        count = len(self.replies)
        self.show_button.set_words(f"{verb} the reply" if count == 1 else f"{verb} {count} replies")


class ReplyLine(QWidget):
    """Who wrote, when, and what; the way there."""

    def __init__(self, theme: Theme, reply: Reply) -> None:
        super().__init__()
        self.setAccessibleName(f"{reply.author}: {reply.text}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(reply.author, "strong", wraps=True), 1)
        head.addWidget(Label(ago(reply.at, datetime.now(UTC)), "small"))
        if reply.url.startswith("https://") or reply.url.startswith("http://"):
            link = IconButton(theme, "external", f"Open the reply of {reply.author}", size_px=14)
            link.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(reply.url)))
            head.addWidget(link)
        words = Label(reply.text, wraps=True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(words)


def counts_of(reactions: Reactions) -> str:
    """ "3 likes, 1 repost, 2 replies"; what the network does not tell is left out."""
    counted = ((reactions.likes, "like", "likes"), (reactions.reposts, "repost", "reposts"))
    replies = reactions.reply_count if reactions.reply_count is not None else len(reactions.replies)
    told = [_counted(count, one, many) for count, one, many in (*counted, (replies, "reply", "replies")) if count]
    return ", ".join(told) or wording.sentence(_SECTION, "nothing")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
