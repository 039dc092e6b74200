"""Finds the networks: ours and, when enabled by name, those that others wrote.

All come through the same entry points, so the seam for others is the one we use every day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from twohats.model.ports import Network
from twohats.networks.tools import NetworkTools

__all__ = ["GROUP", "NetworkTools", "Networks", "Unusable", "load_networks"]

GROUP = "twohats.networks"
_OURS = "twohats.networks.sites."
_CALLS = ("connect", "verify", "renew", "revoke", "render", "publish", "find", "delete", "reactions")


@dataclass(frozen=True, slots=True)
class Unusable:
    """A network that is installed and cannot be used. `code` tells why; `kind` is the fault's class, for the log."""

    name: str
    code: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Networks:
    """`asleep` are names of networks by others that nobody enabled; nothing of theirs was loaded."""

    networks: Mapping[str, Network]
    unusable: tuple[Unusable, ...] = ()
    asleep: tuple[str, ...] = ()


def load_networks(
    tools: NetworkTools, enabled: Collection[str] = (), declared: Iterable[EntryPoint] | None = None
) -> Networks:
    """Every network of ours, and those of others whose name is in `enabled`. Never raises for one that is broken."""
    found = {(e.name, e.value): e for e in (entry_points(group=GROUP) if declared is None else declared)}
    # Ours first, so that nobody can take the name of one.
    ordered = sorted(found.values(), key=lambda e: (not _is_ours(e), e.name, e.value))
    usable: dict[str, Network] = {}
    unusable: list[Unusable] = []
    asleep: list[str] = []
    for entry in ordered:
        if not _is_ours(entry) and entry.name not in enabled:
            asleep.append(entry.name)
        elif entry.name in usable:
            unusable.append(Unusable(entry.name, "network_name_taken"))
        else:
            network = _made(entry, tools)
            if isinstance(network, Unusable):
                unusable.append(network)
            else:
                usable[entry.name] = network
    return Networks(usable, tuple(unusable), tuple(asleep))


def _is_ours(entry: EntryPoint) -> bool:
    return entry.value.startswith(_OURS)


def _made(entry: EntryPoint, tools: NetworkTools) -> Network | Unusable:
    try:
        network: Network = entry.load()(tools)
        is_whole = network.name == entry.name and isinstance(network.needs_secret, bool)
        is_whole = is_whole and all(callable(getattr(network, call, None)) for call in _CALLS)
    except Exception as problem:  # other people's code: whatever it raises, the rest of the program goes on
        return Unusable(entry.name, "network_broken", type(problem).__name__)
    return network if is_whole else Unusable(entry.name, "network_incomplete")
