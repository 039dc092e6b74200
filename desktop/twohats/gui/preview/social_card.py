"""One account on a social network: the post, or the thread, as it will stand there, from its rendition alone."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from twohats.bridge.session import Face
from twohats.gui import wording
from twohats.gui.composer.targets import counter
from twohats.gui.icons import network_icon, paint_icon
from twohats.gui.preview.elided import ElidedLabel
from twohats.gui.preview.figures import Figures
from twohats.gui.preview.look import Column, Look, look_of
from twohats.gui.preview.pictures import Album
from twohats.gui.preview.post_head import Byline
from twohats.gui.preview.post_part import BESIDE_PX, SIDE_PX, PartShown, PostPart
from twohats.gui.preview.telling import Telling, audience_of
from twohats.gui.preview.word_button import WordButton
from twohats.gui.theme import Theme
from twohats.gui.widgets.frames import Card, Hairline
from twohats.gui.widgets.glyph import Glyph
from twohats.model.rendition import Count, EntityKind, Part, Rendition
from twohats.model.wording import LinkCard

_SHORT_THREAD = 3
_LONGEST_THREAD = 30
_BELOW_PX = 8
_WHOLE_COUNT_FROM_PX = 250
_FAR_LIMIT = 10_000
_EMPTY = Part("", Count(0))


class SocialCard(Card):
    """A head and a foot of ours; between them the network's own rhythm and colours. A long thread shows its first parts
    until it is opened. An account that is not chosen shows its name alone."""

    def __init__(self, theme: Theme, album: Album, network: str) -> None:
        super().__init__(padding=0, spacing=0)
        self._theme = theme
        self._album = album
        self._look = look_of(network)
        self._network_name = wording.sentence("network", network)
        self._face: Face | None = None
        self._is_thread_open = False
        self._is_unveiled = False
        self.parts: list[PostPart] = []
        self._build()

    @property
    def face(self) -> Face | None:
        return self._face

    def show_face(self, face: Face) -> None:
        """Shows the newest rendition; what did not change is left alone."""
        before, self._face = self._face, face
        if before is not None and _looks_alike(face, before):
            return
        if before is None or (face.account, face.is_ticked) != (before.account, before.is_ticked):
            self._show_head(face)
        self._say_count(face)
        if face.is_ticked:
            self._show_parts(face)
            self.telling.show_rendition(face.rendition)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._face is not None:
            self._say_count(self._face)

    def _build(self) -> None:
        theme = self._theme
        self._glyph = _Sign(theme, self._look)
        self._name = ElidedLabel("", "strong")
        self._count = Figures(theme)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self._glyph)
        head.addWidget(self._name, 1)
        head.addWidget(self._count)
        self.body.addLayout(head)

        self._stage = _Stage(theme, self._look)
        self.more_button = WordButton(theme, self._look, "")
        self.more_button.clicked.connect(self._turn_thread)
        self._more_row = QWidget()
        more_row = self._more_line = QHBoxLayout(self._more_row)
        more_row.setSpacing(0)
        more_row.setContentsMargins(0, 0, SIDE_PX, _BELOW_PX)
        self._more_indent = QSpacerItem(0, 0)
        more_row.addItem(self._more_indent)
        more_row.addWidget(self.more_button)
        more_row.addStretch(1)
        self._stage.column.addWidget(self._more_row)
        self.telling = Telling(theme)

        self._whole = QWidget()
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline(theme))
        whole.addWidget(self._stage)
        whole.addWidget(Hairline(theme))
        whole.addWidget(self.telling)
        self.body.addWidget(self._whole)

        self._restyle()
        theme.theme_changed.connect(self._restyle)

    def _show_head(self, face: Face) -> None:
        label = face.account.label or face.identity.display_name
        self._glyph.set_icon(network_icon(self._look.network), self._look.sign if face.is_ticked else "text-soft")
        self._name.set_words(self._network_name if face.is_ticked else f"{self._network_name} · {label}")
        self._name.setProperty("role", "strong" if face.is_ticked else "soft")
        self._name.style().unpolish(self._name)
        self._name.style().polish(self._name)
        self._whole.setVisible(face.is_ticked)
        chosen = "" if face.is_ticked else ", not chosen"
        self.setAccessibleName(f"Preview for {self._network_name}, {label}{chosen}")

    def _say_count(self, face: Face) -> None:
        """How long a single post is; a thread says how many parts it has, and each part how long it is. A limit that is
        far away is left out where a card is narrow."""
        rendition = face.rendition
        words = whole = counter(rendition.count) if rendition.parts or rendition.count.used else ""
        if not face.is_ticked:
            words = whole = "not chosen"
        elif len(rendition.parts) > 1:
            words = whole = f"{len(rendition.parts)} parts"
        elif (rendition.count.limit or 0) >= _FAR_LIMIT and self.width() < self._theme.px(_WHOLE_COUNT_FROM_PX):
            words = whole.partition("/")[0]
        tone = "stop" if face.is_ticked and rendition.count.is_over else ""
        self._count.show_words(words, spoken=whole, tone=tone)

    def _show_parts(self, face: Face) -> None:
        told = _told(face, self._look, is_unveiled=self._is_unveiled)
        shown = told[: self._most_shown(face.rendition.parts)]
        for part in self.parts[len(shown) :]:
            part.hide()
        while len(self.parts) < len(shown):
            self._add_part()
        for part, one in zip(self.parts, shown, strict=False):
            part.show_part(one)
            part.setVisible(True)
        self._offer_more(len(told), len(shown))

    def _most_shown(self, parts: Sequence[Part]) -> int:
        """All of a thread that is short, or open, or has a part that is too long: nobody should look for it."""
        is_open = self._is_thread_open or any(part.count.is_over for part in parts[_SHORT_THREAD:])
        return _LONGEST_THREAD if is_open or len(parts) <= _SHORT_THREAD + 1 else _SHORT_THREAD

    def _offer_more(self, total: int, shown: int) -> None:
        left = total - shown
        self._more_row.setVisible(total > _SHORT_THREAD + 1)
        if left and shown >= _LONGEST_THREAD:
            self.more_button.set_words(f"Show less; {left} more follow")
        elif left:
            self.more_button.set_words("Show one more part" if left == 1 else f"Show {left} more parts")
        else:
            self.more_button.set_words("Show fewer parts")

    def _add_part(self) -> None:
        part = PostPart(self._theme, self._look, self._album)
        part.warning_turned.connect(self._turn_warning)
        self._stage.column.insertWidget(len(self.parts), part)
        self.parts.append(part)

    def _turn_thread(self) -> None:
        self._is_thread_open = not self._is_thread_open
        if self._face is not None:
            self._show_parts(self._face)

    def _turn_warning(self) -> None:
        self._is_unveiled = not self._is_unveiled
        if self._face is not None:
            self._show_parts(self._face)

    def _restyle(self) -> None:
        """What opens a thread stands in line with its words."""
        has_column = self._look.column is not Column.NEVER
        beside = self._theme.px(self._look.portrait_px) + BESIDE_PX if has_column else 0
        self._more_indent.changeSize(SIDE_PX + beside - WordButton.inset, 0)
        self._more_line.invalidate()


class _Sign(Glyph):
    """The network's shape, in its colour."""

    def __init__(self, theme: Theme, look: Look) -> None:
        super().__init__(theme, network_icon(look.network), look.sign, 16)
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        tint = self._look.color(self._theme, self._tint_name)
        paint_icon(QPainter(self), QRectF(self.rect()), self._icon_name, tint)


class _Stage(QWidget):
    """The network's ground, and what it lies on where posts are cards there."""

    def __init__(self, theme: Theme, look: Look) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._rim = 6 if look.radius else 0
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(self._rim, self._rim, self._rim, self._rim)
        self.column.setSpacing(0)
        theme.theme_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme = self._look, self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color(theme, "around"))
        if not self._rim:
            painter.fillRect(self.rect(), look.color(theme, "ground"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._rim - 0.5
        painter.setPen(QPen(look.color(theme, "line"), 1))
        painter.setBrush(look.color(theme, "ground"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), look.radius, look.radius)


def _told(face: Face, look: Look, *, is_unveiled: bool) -> list[PartShown]:
    rendition = face.rendition
    byline = _byline(face, look)
    card_part = _card_part(rendition.parts, rendition.card)
    parts = rendition.parts or (_EMPTY,)
    return [
        PartShown(
            account=face.account,
            byline=byline,
            part=part,
            number=number,
            total=len(parts),
            pictures=rendition.pictures if number == 1 else (),
            card=rendition.card if number == card_part else None,
            warning=rendition.warning if rendition.parts else "",
            is_unveiled=is_unveiled,
            is_unwritten=not rendition.parts,
        )
        for number, part in enumerate(parts, 1)
    ]


def _byline(face: Face, look: Look) -> Byline:
    icons = look.audience_icons
    icon_name = icons.get(face.rendition.audience) or icons.get("", "")
    name = face.account.label or face.identity.display_name
    handle = face.account.handle if face.account.handle != name else ""
    return Byline(name, handle, audience_of(face.rendition) if icon_name else "", icon_name)


def _card_part(parts: Sequence[Part], card: LinkCard | None) -> int:
    """The number of the part that has the card's link."""
    if card is None:
        return 0
    for number, part in enumerate(parts, 1):
        if any(entity.kind is EntityKind.LINK and entity.target == card.url for entity in part.entities):
            return number
    return 1


def _looks_alike(face: Face, before: Face) -> bool:
    """Whether nothing that is seen has changed; the payload may have."""
    return (face.account, face.identity, face.is_ticked) == (before.account, before.identity, before.is_ticked) and (
        _seen(face.rendition) == _seen(before.rendition)
    )


def _seen(rendition: Rendition) -> tuple[object, ...]:
    return (
        rendition.parts,
        rendition.pictures,
        rendition.card,
        rendition.audience,
        rendition.warning,
        rendition.notes,
        rendition.problems,
        rendition.count,
        rendition.cost_mills,
    )
