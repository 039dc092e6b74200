"""How a delivery stands, in words."""

from datetime import datetime
from typing import assert_never

from twohats.gui import wording
from twohats.gui.sent.moment import clock_of
from twohats.model.delivery import Delivery, DeliveryState


def state_word(delivery: Delivery, now: datetime) -> str:
    """A word or two: "Sent", "Leaves in 12 s", "Held"."""
    match delivery.state:
        case DeliveryState.WAITING:
            return _leaving(delivery, now)
        case DeliveryState.SENDING:
            return "On its way"
        case DeliveryState.SENT:
            return "Sent"
        case DeliveryState.HELD:
            return "Held"
        case DeliveryState.UNKNOWN:
            return "Not known"
        case DeliveryState.FAILED:
            return "Not taken"
        case DeliveryState.CANCELLED:
            return "Taken back" if not delivery.attempts else "Given up"
        case DeliveryState.TAKEN_DOWN:
            return "Taken down"
        case _:
            assert_never(delivery.state)


def state_tone(state: DeliveryState) -> str:
    """The token that goes with the word, or empty."""
    tones = {
        DeliveryState.SENT: "good",
        DeliveryState.HELD: "warn",
        DeliveryState.UNKNOWN: "warn",
        DeliveryState.FAILED: "stop",
    }
    return tones.get(state, "")


def state_icon(state: DeliveryState) -> str:
    icons = {
        DeliveryState.WAITING: "clock",
        DeliveryState.SENDING: "sent",
        DeliveryState.SENT: "check",
        DeliveryState.HELD: "lock",
        DeliveryState.UNKNOWN: "help",
        DeliveryState.FAILED: "stop",
        DeliveryState.CANCELLED: "undo",
        DeliveryState.TAKEN_DOWN: "trash",
    }
    return icons[state]


def state_reason(delivery: Delivery) -> str:
    """Why it stands so, in a sentence; empty when there is nothing to say."""
    if not delivery.problem:
        return ""
    return wording.sentence("error", delivery.problem, **dict(delivery.problem_facts))


def needs_person(delivery: Delivery) -> bool:
    """Whether nothing more happens until somebody decides."""
    return delivery.state in (DeliveryState.HELD, DeliveryState.UNKNOWN, DeliveryState.FAILED)


def _leaving(delivery: Delivery, now: datetime) -> str:
    seconds = (delivery.due_at - now).total_seconds()
    verb = "Tries again" if delivery.attempts else "Leaves"
    if seconds <= 0:
        return f"{verb} now"
    if seconds < 120:
        return f"{verb} in {int(seconds) + 1} s"
    return f"{verb} at {clock_of(delivery.due_at, now)}"
