"""What every build for the public needs, whatever it is built for."""

from twohats.updates.release_keys import PUBLIC_KEYS

_KEYS = 2
"""So that one can be changed while programs that know the other go on (update/keys.md)."""


def must_be_provable() -> None:
    """Raises ValueError when programs of this build could not tell an update of ours from anybody else's."""
    if len(PUBLIC_KEYS) < _KEYS:
        raise ValueError(
            f"A release proves its updates by {_KEYS} keys, and updates/release_keys.py holds {len(PUBLIC_KEYS)}: "
            "make them first (packaging/update/keys.md)."
        )
