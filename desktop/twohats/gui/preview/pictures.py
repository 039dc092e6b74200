"""The pictures of a preview, as they are or as those hear them who do not see them."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from twohats.gui.preview.look import Look
from twohats.gui.preview.tiles import TilesView
from twohats.gui.theme import Theme
from twohats.gui.widgets.buttons import Button
from twohats.gui.widgets.labels import Label
from twohats.model.errors import TwoHatsError
from twohats.model.rendition import RenderedPicture

ReadPicture = Callable[[str], bytes]
"""The bytes of a picture by its digest. Raises TwoHatsError or KeyError when they are gone."""

_LONGEST_SIDE = 900
_KEPT = 24


def flush(link: Button) -> QHBoxLayout:
    """A row in which the words of a link stand in line with the text above, not its focus ring."""
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addSpacing(-5)
    row.addWidget(link)
    row.addStretch(1)
    return row


class Album:
    """Decoded pictures by digest, small enough for a preview; the newest few are kept."""

    def __init__(self, read: ReadPicture) -> None:
        self._read = read
        self._pictures: dict[str, QPixmap] = {}

    def picture(self, digest: str) -> QPixmap:
        """The picture, or a null pixmap when it cannot be read."""
        if digest not in self._pictures:
            while len(self._pictures) >= _KEPT:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[digest] = self._decode(digest)
        return self._pictures[digest]

    def _decode(self, digest: str) -> QPixmap:
        try:
            data = self._read(digest)
        except (TwoHatsError, KeyError):
            return QPixmap()
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        size = reader.size()
        if size.isValid() and max(size.width(), size.height()) > _LONGEST_SIDE:
            reader.setScaledSize(size.scaled(QSize(_LONGEST_SIDE, _LONGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
        return QPixmap.fromImage(reader.read())


class PictureColumn(QWidget):
    """Pictures in their order: below each other, or in the tiles of a look. `switch` turns between them and their alt
    texts; it stands where the card puts it."""

    def __init__(self, theme: Theme, album: Album, look: Look | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._album = album
        self._look = look
        self._shown: tuple[RenderedPicture, ...] | None = None
        self._shows_alt = False
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._column)
        self.switch = Button(theme, "Show alt text", "link")
        self.switch.clicked.connect(self._turn)
        self.show_pictures(())

    def show_pictures(self, pictures: tuple[RenderedPicture, ...]) -> None:
        """Shows other pictures; nothing is done when they are the same."""
        if pictures == self._shown:
            return
        self._shown = pictures
        self.setVisible(bool(pictures))
        self.switch.setVisible(bool(pictures))
        self._fill()

    def _turn(self) -> None:
        self._shows_alt = not self._shows_alt
        self.switch.set_words("Show pictures" if self._shows_alt else "Show alt text")
        self._fill()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        pictures = self._shown or ()
        if self._look and pictures and not self._shows_alt:
            pixmaps = [self._album.picture(picture.digest) for picture in pictures]
            self._column.addWidget(TilesView(self._theme, self._look, pixmaps, [picture.alt for picture in pictures]))
            return
        for picture in pictures:
            self._column.addWidget(
                self._alt(picture) if self._shows_alt else _Picture(self._theme, self._album, picture)
            )

    def _alt(self, picture: RenderedPicture) -> QWidget:
        label = Label(f"“{picture.alt}”" if picture.alt else "No alt text yet", "", wraps=True)
        if not picture.alt:
            label.set_tone("warn")
        return label


class _Picture(QWidget):
    """One picture in the width there is, whole, with round corners."""

    def __init__(self, theme: Theme, album: Album, picture: RenderedPicture) -> None:
        super().__init__()
        self._theme = theme
        self._pixmap = album.picture(picture.digest)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(picture.alt or "A picture without alt text")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._pixmap.isNull():
            return self._theme.px(48)
        return max(1, min(self._theme.px(260), round(width * self._pixmap.height() / self._pixmap.width())))

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        if self._pixmap.isNull():
            painter.setPen(self._theme.color("text-soft"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "This picture cannot be shown")
            return
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(box.right())
        corners = QPainterPath()
        corners.addRoundedRect(place, 6, 6)
        painter.setClipPath(corners)
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
