"""The program's icon in the forms that the systems want, drawn from one SVG: `python packaging/icons.py FOLDER`.

Windows takes an .ico, macOS an .icns, Linux the SVG itself and pictures of a few sizes.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parents[1] / "resources" / "program" / "icon.svg"
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""In pixels: what the taskbar, the Explorer and the Start menu ask for at 100 to 200 %."""
ICNS_SIZES = (16, 32, 64, 128, 256, 512, 1024)
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256)
_DOTS_PER_METRE = 3780  # 96 to the inch
_MAC_GRID = 824 / 1024
"""How much of its square an icon fills on a Mac; the rest is air."""


def png(size: int, fills: float = 1.0) -> bytes:
    """A picture of `size` pixels; the drawing takes `fills` of it, in the middle."""
    drawn = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.setDotsPerMeterX(_DOTS_PER_METRE)  # else those of this computer's screen stand in the file
    drawn.setDotsPerMeterY(_DOTS_PER_METRE)
    drawn.fill(0)
    painter = QPainter(drawn)
    painter.translate(size * (1 - fills) / 2, size * (1 - fills) / 2)
    painter.scale(fills, fills)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")
    return bytes(buffer.data().data())


def make_ico(to: Path) -> Path:
    """Writes the icon for Windows, in all its sizes."""
    return _save(to, "ICO", {size: png(size) for size in ICO_SIZES})


def make_icns(to: Path) -> Path:
    """Writes the icon for macOS, in all its sizes."""
    return _save(to, "ICNS", {size: png(size, _MAC_GRID) for size in ICNS_SIZES})


def make_pngs(folder: Path, name: str) -> list[Path]:
    """Writes `folder`/48x48/apps/`name`.png and so on, as the icon theme specification of freedesktop.org has it."""
    made = []
    for size in PNG_SIZES:
        file = folder / f"{size}x{size}" / "apps" / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(size))
        made.append(file)
    return made


def _save(to: Path, form: str, pictures: dict[int, bytes]) -> Path:
    *others, largest = [Image.open(BytesIO(picture)) for _, picture in sorted(pictures.items())]
    to.parent.mkdir(parents=True, exist_ok=True)
    sizes = [(size, size) for size in sorted(pictures)]
    largest.save(to, format=form, append_images=others, sizes=sizes)
    return to


def main() -> int:
    folder = Path(sys.argv[1])
    for made in (make_ico(folder / "twohats.ico"), make_icns(folder / "twohats.icns"), *make_pngs(folder, "twohats")):
        print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
