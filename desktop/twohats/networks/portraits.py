"""The portrait that a network shows of somebody, fetched without a login."""

from dataclasses import replace

from twohats.model.errors import BadInput, NetworkError
from twohats.networks.http import Http, is_private_wire

_MOST_BYTES = 2 * 1024 * 1024
_PATIENCE_S = 10.0


def portrait_at(http: Http, url: object) -> bytes:
    """The bytes at an address that a network told; empty where there is none, or when it does not come soon. Connecting
    goes on without a portrait."""
    if not (isinstance(url, str) and is_private_wire(url)):
        return b""
    quick = replace(http, read_s=_PATIENCE_S, answer_s=_PATIENCE_S, most_bytes=_MOST_BYTES)
    try:
        answer = quick.read(url, accept="image/*")
    except (NetworkError, BadInput):
        return b""
    is_picture = answer.headers.get("content-type", "").startswith("image/")
    return answer.body if answer.status == 200 and is_picture else b""
