"""Pictures: what a file tells besides what it shows, taken out before the picture is kept."""

import base64
import hashlib
import io
import struct
import zlib
from dataclasses import dataclass

from twohats.model.errors import BadInput

_LARGEST_BYTES = 40 * 1024 * 1024
# What Pillow lets through when a file is spoilt in ways that its formats did not foresee.
_SPOILT = (KeyError, IndexError, TypeError, EOFError, struct.error, zlib.error)
_LARGEST_PIXELS = 80_000_000
_PORTRAIT_PX = 96
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
# Exif tag numbers: CIPA DC-008 (Exif 2.32), read 2026-11-22.
_GPS_DIRECTORY = 0x8825
_CAMERA = {0x010F, 0x0110, 0x0131}
_TIME = {0x0132, 0x9003}
_WORDS = {0x010E, 0x013B, 0x8298, 0x9C9B, 0x9C9C}


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """`data` shows the same pixels, upright, in the same colours, without metadata. `digest` is its SHA-256 in hex."""

    data: bytes
    digest: str
    mime: str
    width: int
    height: int
    removed: tuple[str, ...]


def clean(data: bytes) -> CleanPicture:
    """Takes place, camera, time and words out of a picture; of one that moves the first is kept.

    Raises BadInput: "picture_too_large", or "picture_unreadable" for what is no JPEG, PNG, WebP or GIF.
    """
    # Imported here: pictures are rare, and a start should not wait for their library.
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > _LARGEST_BYTES:
        raise BadInput("picture_too_large", megabytes=_LARGEST_BYTES // 1024 // 1024)
    try:
        with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as picture:
            kind = {"MPO": "JPEG"}.get(str(picture.format), str(picture.format))  # two pictures in one: many phones
            if picture.width * picture.height > _LARGEST_PIXELS:
                raise BadInput("picture_too_large", megabytes=_LARGEST_BYTES // 1024 // 1024)
            removed = _told(picture)
            if kind != "JPEG" and getattr(picture, "is_animated", False):
                removed.append("motion")
            colours = picture.info.get("icc_profile")
            if kind == "GIF":
                upright = picture.convert("RGBA")
                kind = "PNG"
            else:
                upright = ImageOps.exif_transpose(picture)
            bare = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                upright = upright.convert("RGBA")
                bare = Image.new("RGBA", upright.size)
            bare.paste(upright)
            out = io.BytesIO()
            options = {"quality": 92, "subsampling": 0} if kind == "JPEG" else {}
            bare.save(out, kind, icc_profile=colours, **options)
    except BadInput:
        raise
    except Image.DecompressionBombError as problem:
        raise BadInput("picture_too_large", megabytes=_LARGEST_BYTES // 1024 // 1024) from problem
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, *_SPOILT) as problem:
        raise BadInput("picture_unreadable") from problem
    cleaned = out.getvalue()
    return CleanPicture(
        cleaned, hashlib.sha256(cleaned).hexdigest(), _FORMATS[kind], bare.width, bare.height, tuple(removed)
    )


def portrait(data: bytes) -> str:
    """A picture as a small square PNG in base64, to stand beside a name; empty for what is no picture."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(clean(data).data)) as picture:
            small = ImageOps.fit(picture.convert("RGBA"), (_PORTRAIT_PX, _PORTRAIT_PX))
    except (BadInput, OSError, ValueError):
        return ""
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _told(picture: object) -> list[str]:
    """What the metadata tells, in the words of Media.removed."""
    from PIL import Image

    assert isinstance(picture, Image.Image)  # noqa: S101 - tells the type checker; the caller opened it
    exif = picture.getexif()
    tags = set(exif) | set(exif.get_ifd(0x8769))
    told = []
    if exif.get_ifd(_GPS_DIRECTORY):
        told.append("location")
    if tags & _CAMERA:
        told.append("camera")
    if tags & _TIME:
        told.append("time")
    if tags & _WORDS or any(
        key in picture.info for key in ("comment", "Comment", "Description", "xmp", "XML:com.adobe.xmp")
    ):
        told.append("description")
    return told
