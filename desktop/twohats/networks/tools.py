"""What every network is given."""

from dataclasses import dataclass, field

from twohats.model.approved_picture import KeepsPictures, approved_bytes
from twohats.model.ports import Clock
from twohats.model.rendition import RenderedPicture
from twohats.networks.http import Http


@dataclass(frozen=True, slots=True)
class NetworkTools:
    """Handed to each network's `make`: pictures by digest, the time, and the way out."""

    media: KeepsPictures
    clock: Clock
    http: Http = field(default_factory=Http)

    def picture(self, picture: RenderedPicture) -> bytes:
        """The bytes of a picture as they were approved. Raises BadInput("picture_missing")."""
        return approved_bytes(self.media, picture)
