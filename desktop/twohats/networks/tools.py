"""What every network is given."""

from dataclasses import dataclass, field
from typing import Protocol

from twohats.model.ports import Clock
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
