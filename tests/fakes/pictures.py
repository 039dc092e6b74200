"""Pictures in memory, as the store would hand them out."""

import hashlib
import io

from PIL import Image

from twohats.model.media import Media


class Pictures:
    """Implements MediaStore."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def add(self, digest: str, data: bytes) -> None:
        self._kept[digest] = data

    def read(self, digest: str) -> bytes:
        return self._kept[digest]

    def draw(self, colour: str, alt: str) -> Media:
        """A small picture of one colour, kept here."""
        return self.keep(Image.new("RGB", (64, 48), colour), "JPEG", alt, colour)

    def keep(self, picture: Image.Image, kind: str, alt: str, name: str = "picture") -> Media:
        """A picture, written as "JPEG" or "PNG" and kept here."""
        out = io.BytesIO()
        picture.save(out, kind)
        data = out.getvalue()
        digest = hashlib.sha256(data).hexdigest()
        self.add(digest, data)
        mime, ending = f"image/{kind.lower()}", {"JPEG": "jpg"}.get(kind, kind.lower())
        return Media(f"m-{name}", digest, mime, *picture.size, len(data), alt, f"{name} holiday.{ending}")
