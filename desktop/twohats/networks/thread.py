"""A thread on its way: each part once, in order, going on where an earlier attempt was cut off.

Before a part is sent, the journal says that it was begun; when it is there, what the network calls it; and when it is
certain that nothing was taken, that it was not begun after all. A part that was begun and is not known to be there is
looked for before it is sent again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from twohats.model.errors import BadInput, NetworkError, OutcomeUnknown, Refused, StoppedMidway
from twohats.model.ports import NOT_THERE, PART, Clock, Journal
from twohats.model.receipt import Receipt

Sent = Mapping[str, str]
"""What a network says of a part: "id", "url" where it has one, and what the next part needs to hang on to it."""

Send = Callable[[int, Sequence[Sent]], Sent]
"""Sends the part of this number (from 0), given those before it."""

Look = Callable[[int, Sequence[Sent], datetime], Sent | None]
"""Looks for the part of this number, begun at that time (aware UTC) or later. None: certainly not there. Raises
OutcomeUnknown when the network cannot tell."""


def send_parts(count: int, journal: Journal, clock: Clock, send: Send, look: Look) -> Receipt:
    """Brings out what is not out yet. Raises what `send` and `look` do, and StoppedMidway when the network refuses a
    part after the first: what is out stays, and is named in its receipt. Only after OutcomeUnknown, or after a crash,
    is a part looked for; whatever else `send` raises says that nothing was taken."""
    out: list[Sent] = []
    for number in range(count):
        known = _known(journal, number)
        begun = begun_at(journal, number)
        if known is None and begun is not None:
            known = look(number, tuple(out), begun)
        if known is None:
            if begun is None:
                journal.note(f"begun.{number}", clock().isoformat())
            try:
                known = send(number, tuple(out))
            except OutcomeUnknown:
                raise
            except (NetworkError, BadInput) as problem:
                if begun is None:  # else an earlier one may still have brought it out
                    journal.note(f"begun.{number}", "")
                if not (out and isinstance(problem, Refused)):
                    raise
                stopped = StoppedMidway(
                    "thread_stopped", receipt_of(out, clock()), sent=len(out), of=count, why=problem.code
                )
                raise stopped from None
        _note(journal, number, known)
        out.append(known)
    return receipt_of(out, clock())


def find_parts(count: int, journal: Journal, clock: Clock, look: Look) -> Receipt | None:
    """The whole thread, if all of it is there; None when the rest can be sent without fear of a second."""
    out: list[Sent] = []
    for number in range(count):
        known = _known(journal, number)
        if known is None:
            begun = begun_at(journal, number)
            known = look(number, tuple(out), begun) if begun is not None else None
            if known is None:
                return None
            _note(journal, number, known)
        out.append(known)
    return receipt_of(out, clock())


def receipt_of(out: Sequence[Sent], at: datetime, note: str = "") -> Receipt:
    """The receipt of the parts that are there."""
    first, *more = out
    return Receipt(first["id"], first.get("url", ""), at, note, tuple(part["id"] for part in more))


def begun_at(journal: Journal, number: int) -> datetime | None:
    """When a part was first sent (aware UTC), if that may have brought it out: nobody knows better."""
    begun, not_there = (_moment(journal.read(step)) for step in (f"begun.{number}", NOT_THERE))
    return None if begun and not_there and begun <= not_there else begun


def _moment(noted: str | None) -> datetime | None:
    return datetime.fromisoformat(noted) if noted else None


def _known(journal: Journal, number: int) -> Sent | None:
    kept = journal.read(f"{PART}{number}")
    return {str(name): str(value) for name, value in json.loads(kept).items()} if kept is not None else None


def _note(journal: Journal, number: int, sent: Sent) -> None:
    if journal.read(f"{PART}{number}") is None:
        journal.note(f"{PART}{number}", json.dumps(dict(sent)))
