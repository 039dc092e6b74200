"""Whether bytes bear a signature of ours: Ed25519 (RFC 8032), by `cryptography`."""

import base64
import binascii
from collections.abc import Sequence

from twohats.updates.release_keys import PUBLIC_KEYS

_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_MOST_LINES = 4


class Ed25519Signatures:
    """Meets Signatures. A signature file has one signature in base64 a line; one of one key is enough."""

    def __init__(self, public_keys: Sequence[str] = PUBLIC_KEYS) -> None:
        """Raises ValueError for a key that is none."""
        self._keys = tuple(_decoded(key, _KEY_BYTES) for key in public_keys)

    @property
    def is_ready(self) -> bool:
        """There are keys to tell by."""
        return bool(self._keys)

    def fit(self, data: bytes, signature: bytes) -> bool:
        """Never raises, whatever stands there."""
        # Imported here: a start should not wait for what only a look needs.
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        for line in signature.split(b"\n")[:_MOST_LINES]:
            try:
                one = _decoded(line.decode("ascii").strip(), _SIGNATURE_BYTES)
            except ValueError:
                continue
            for key in self._keys:
                try:
                    Ed25519PublicKey.from_public_bytes(key).verify(one, data)
                except (InvalidSignature, ValueError):
                    continue
                return True
        return False


def _decoded(text: str, size: int) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
    if len(data) != size:
        raise ValueError("of another length")
    return data
