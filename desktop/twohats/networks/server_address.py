"""The server that a person means, however they typed it."""

import re
from urllib.parse import urlsplit

from twohats.model.errors import BadInput
from twohats.networks.http import host_of, is_private_wire

# What programs put around a handle when it is copied, and spaces.
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HANDLE = re.compile(r"@?(?P<name>[^@/:]+)@(?P<host>[^@/]+)")


def seen(typed: str) -> str:
    """What was typed, without spaces and marks that nobody sees."""
    return _UNSEEN.sub("", typed)


def handle_in(typed: str) -> tuple[str, str]:
    """Name and host of "@name@host"; empty where it is nothing of the kind."""
    found = _HANDLE.fullmatch(seen(typed))
    return (found["name"], found["host"].lower()) if found else ("", "")


def server_of(typed: str) -> str:
    """The address of a server, without path: of "host", "@name@host" or any address there. Always https, but on this
    very computer. Raises BadInput("address_wrong")."""
    typed = handle_in(typed)[1] or seen(typed)
    told = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(told)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_name = re.fullmatch(r"[^\s@/?#%\\]+\.[^\s@/?#%\\]+|localhost|[0-9a-f:]+", host) is not None
    if not is_name or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise BadInput("address_wrong", host=host_of(told))
    scheme = parts.scheme if is_private_wire(told) else "https"
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port}" if port else f"{scheme}://{shown}"
