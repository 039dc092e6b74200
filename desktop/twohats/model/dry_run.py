"""What would be sent for one account, told without sending anything."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DryRequest:
    """One request as it would leave, with its secrets masked; or one file as it would be written ("WRITE").

    `address` is a URL, or a place on the disk. `body` is the text of the request as it is; where bytes of a picture
    would stand, their type and size stand in brackets: "<image/jpeg, 1234 bytes>".
    """

    method: str
    address: str
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """All requests for one account, in their order. `is_whole` is False where more would follow that depends on an
    answer which nobody can assume."""

    requests: tuple[DryRequest, ...]
    is_whole: bool = True
