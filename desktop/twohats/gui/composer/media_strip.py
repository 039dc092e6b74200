"""The pictures of a draft: each with its alt text, and what was taken out of its file."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui.composer.naming import listed
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import IconButton
from twohats.gui.widgets.frames import Card
from twohats.gui.widgets.glyph import Glyph
from twohats.gui.widgets.labels import Label
from twohats.model.media import Media

PICTURE_FILTER = "Pictures (*.jpg *.jpeg *.png *.webp *.gif)"
_THUMBNAIL_PX = 56


class MediaStrip(QScrollArea):
    """Hidden while there is no picture. Scrolls sideways when there are many."""

    alt_edited = Signal(str, str)
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, read: Callable[[Media], bytes]) -> None:
        super().__init__()
        self._theme = theme
        self._read = read
        self._items: dict[str, _Picture] = {}
        self.setAccessibleName("Pictures")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row_widget = self._row_widget = QWidget()
        row_widget.setProperty("role", "page")
        self._row = QHBoxLayout(row_widget)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addStretch(1)
        self.setWidget(row_widget)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(400, self._row_widget.sizeHint().height() + self.horizontalScrollBar().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def show_media(self, media: tuple[Media, ...]) -> None:
        """The pictures in their order; those that stay keep their field, and so the caret in it."""
        wanted = {picture.id for picture in media}
        for media_id in [i for i in self._items if i not in wanted]:
            item = self._items.pop(media_id)
            self._row.removeWidget(item)
            item.hide()
            item.deleteLater()
        for number, picture in enumerate(media):
            if picture.id not in self._items:
                self._items[picture.id] = self._made(picture)
            item = self._items[picture.id]
            if self._row.indexOf(item) != number:
                self._row.insertWidget(number, item)
            item.show_media(picture)
        if self.isHidden() == bool(media):
            self.setVisible(bool(media))
        self.updateGeometry()

    def show_item(self, media_id: str) -> None:
        """Scrolls to a picture and puts the caret into its alt text."""
        item = self._items.get(media_id)
        if item is not None:
            self.ensureWidgetVisible(item)
            item.alt.setFocus()

    def alt_field(self, media_id: str) -> QLineEdit:
        return self._items[media_id].alt

    def _made(self, media: Media) -> "_Picture":
        item = _Picture(self._theme, media, self._read(media))
        item.alt_edited.connect(lambda alt: self.alt_edited.emit(media.id, alt))
        item.removal_wanted.connect(lambda: self.removal_wanted.emit(media.id))
        return item


class _Picture(Card):
    alt_edited = Signal(str)
    removal_wanted = Signal()

    def __init__(self, theme: Theme, media: Media, data: bytes) -> None:
        super().__init__(padding=8, spacing=4)
        self.setFixedWidth(theme.px(320))
        self.alt = QLineEdit()
        self.alt.setPlaceholderText("What is in the picture (alt text)")
        self.alt.setAccessibleName(f"Alt text of {media.original_name or 'the picture'}")
        self.alt.textEdited.connect(self.alt_edited)
        self._told = Label(removed_sentence(media.removed), "small", wraps=True)
        remove = IconButton(theme, "close", f"Remove the picture {media.original_name}".strip(), size_px=14)
        remove.clicked.connect(self.removal_wanted)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(Glyph(theme, "location-off" if "location" in media.removed else "check", "good", 14))
        below.addWidget(self._told, 1)
        below.addWidget(remove)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.alt)
        words.addLayout(below)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Thumbnail(theme, data), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.setAccessibleName(f"Picture {media.original_name}".strip())

    def show_media(self, media: Media) -> None:
        if self.alt.text() != media.alt:
            with QSignalBlocker(self.alt):
                self.alt.setText(media.alt)
                self.alt.setCursorPosition(0)  # a long one shows its beginning


class Thumbnail(QWidget):
    def __init__(self, theme: Theme, data: bytes) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap.fromImage(QImage.fromData(data))
        side = theme.px(_THUMBNAIL_PX)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.color("surface-sunken"))
        if self._picture.isNull():
            return
        side = min(self._picture.width(), self._picture.height())
        left, top = (self._picture.width() - side) // 2, (self._picture.height() - side) // 2
        painter.drawPixmap(self.rect(), self._picture, self._picture.rect().adjusted(left, top, -left, -top))


def removed_sentence(removed: tuple[str, ...]) -> str:
    """What was taken out of the file, in words."""
    details = tuple(one for one in removed if one != "motion")
    told = f"{listed(details).capitalize()} removed" if details else "No hidden details in the file"
    return f"{told}; a still picture now" if "motion" in removed else told
