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
        out = io.BytesIO()
        Image.new("RGB", (64, 48), colour).save(out, "JPEG")
        data = out.getvalue()
        digest = hashlib.sha256(data).hexdigest()
        self.add(digest, data)
        return Media(f"m-{colour}", digest, "image/jpeg", 64, 48, len(data), alt, f"{colour} holiday.jpg")
