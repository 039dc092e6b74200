"""The bytes of a picture, only as they were approved."""

import hashlib
from typing import Protocol

from twohats.model.errors import BadInput, StoreError
from twohats.model.rendition import RenderedPicture


class KeepsPictures(Protocol):
    """Bytes of cleaned pictures, by their SHA-256 in hex. Raises StoreError."""

    def read(self, digest: str) -> bytes: ...


def approved_bytes(kept: KeepsPictures, picture: RenderedPicture) -> bytes:
    """The bytes of a picture as they were approved. Raises BadInput("picture_missing")."""
    try:
        data = kept.read(picture.digest)
    except (StoreError, KeyError, OSError):
        data = b""
    if hashlib.sha256(data).hexdigest() != picture.digest:
        raise BadInput("picture_missing", name=picture.name)
    return data
