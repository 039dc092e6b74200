"""Pictures as a network takes them: small enough, and in a format that it knows."""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twohats.model.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_QUALITIES = (90, 82, 74)
_SMALLER = 0.8
_SMALLEST_SIDE = 64
_MOST_PIXELS = 80_000_000  # a file of few bytes can hold far more than memory does
# What Pillow lets through when a file is spoilt in ways that its formats did not foresee.
_SPOILT = (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, EOFError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class FittedPicture:
    """`width` and `height` in pixels."""

    data: bytes = field(repr=False)
    mime: str
    width: int
    height: int


def fitted(
    data: bytes,
    *,
    most_bytes: int,
    mimes: Sequence[str] = tuple(_FORMATS.values()),
    most_pixels: int | None = None,
    longest_side: int | None = None,
) -> FittedPicture:
    """The picture as it is if it fits, else a JPEG of it that does; what was transparent becomes white.

    Raises BadInput("picture_unreadable")."""
    # Imported here: pictures are rare, and a start should not wait for their library.
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as opened:
            mime = _FORMATS.get({"MPO": "JPEG"}.get(str(opened.format), str(opened.format)), "")
            width, height = opened.size
            if width * height > _MOST_PIXELS:
                raise BadInput("picture_unreadable")
            side = max(width, height)
            if most_pixels and width * height > most_pixels:
                side = int(side * (most_pixels / (width * height)) ** 0.5)
            side = max(1, min(side, longest_side or side))
            if mime in mimes and len(data) <= most_bytes and side == max(width, height):
                return FittedPicture(data, mime, width, height)
            plain = _on_white(opened)
        for smaller, encoded in _tries(plain, side):
            if len(encoded) <= most_bytes:
                return FittedPicture(encoded, "image/jpeg", *smaller)
    except (*_SPOILT, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise BadInput("picture_unreadable") from problem
    raise BadInput("picture_unreadable")


def _on_white(picture: "Picture") -> "Picture":
    from PIL import Image

    if picture.has_transparency_data:
        layers = picture.convert("RGBA")
        plain = Image.new("RGB", layers.size, "white")
        plain.paste(layers, mask=layers.getchannel("A"))
        return plain
    if picture.mode.startswith("I;16"):  # converting alone would cut off all that is lighter than black
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    plain = picture.convert("RGB")
    plain.info = {"icc_profile": picture.info.get("icc_profile")} if picture.mode == "RGB" else {}
    return plain


def _tries(plain: "Picture", side: int) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The picture, from the best to the smallest that is still one, with its size."""
    from PIL import Image

    smallest = min(_SMALLEST_SIDE, side)
    while side >= smallest:
        share = side / max(plain.size)
        size = (max(1, round(plain.width * share)), max(1, round(plain.height * share)))
        smaller = plain if size == plain.size else plain.resize(size, Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            out = io.BytesIO()
            smaller.save(out, "JPEG", quality=quality, optimize=True, icc_profile=plain.info.get("icc_profile"))
            yield size, out.getvalue()
        side = int(side * _SMALLER)
