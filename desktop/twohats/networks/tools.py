"""What every network is given."""

import hashlib
from dataclasses import dataclass, field
from typing import Protocol

from twohats.model.errors import BadInput, StoreError
from twohats.model.ports import Clock
from twohats.model.rendition import RenderedPicture
from twohats.networks.http import Http


class PictureReader(Protocol):
    """The part of the media store that networks see. Raises StoreError or KeyError when the picture is gone."""

    def read(self, digest: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class NetworkTools:
    """Handed to each network's `make`: pictures by digest, the time, and the way out."""

    media: PictureReader
    clock: Clock
    http: Http = field(default_factory=Http)

    def picture(self, picture: RenderedPicture) -> bytes:
        """The bytes of a picture as they were approved. Raises BadInput("picture_missing")."""
        try:
            data = self.media.read(picture.digest)
        except (StoreError, KeyError, OSError):
            data = b""
        if hashlib.sha256(data).hexdigest() != picture.digest:
            raise BadInput("picture_missing", name=picture.name)
        return data
