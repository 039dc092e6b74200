"""Line icons from resources/icons, tinted with a token of the theme and sharp at any pixel ratio."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from twohats.assets import resources
from twohats.gui.theme import Theme
from twohats.model.identity import Hat

NETWORK_ICONS = frozenset(
    {"folder", "wordpress", "facebook", "linkedin", "x", "mastodon", "bluesky", "threads", "byhand"}
)
"""The networks that have a shape of their own, by their names."""

_RATIOS = (1, 2, 3)


def icon(theme: Theme, name: str, tint: str = "text", size_px: int = 18) -> QIcon:
    """A QIcon of one icon in a token's colour; greyed by itself when disabled.

    It keeps the colours of this moment: ask again on `theme_changed`.
    """
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, theme.color(tint), size_px, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, theme.color("text-soft"), size_px, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: QColor, size_px: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size_px` device-independent pixels, drawn for a screen of this pixel ratio."""
    drawn = QPixmap(QSize(round(size_px * ratio), round(size_px * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_icon(painter, QRectF(drawn.rect()), name, color)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def paint_icon(painter: QPainter, box: QRectF, name: str, color: QColor) -> None:
    """Draws the icon into a box with a painter that is already at work."""
    _renderer(name, color.name()).render(painter, box)


def hat_icon(hat: Hat | None, chosen: str = "") -> str:
    """The icon's name for a hat: what the owner chose, else the house or the badge."""
    if hat is None:
        return "pen"
    if chosen and has_icon(chosen):
        return chosen
    return "house" if hat is Hat.PERSONAL else "badge"


def network_icon(network: str) -> str:
    """The neutral shape that stands for a network."""
    return network if network in NETWORK_ICONS else "globe"


def has_icon(name: str) -> bool:
    """Whether there is an icon of that name."""
    return (resources() / "icons" / f"{name}.svg").is_file()


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
