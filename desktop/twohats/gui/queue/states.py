"""How a delivery stands, in words."""

from datetime import datetime
from typing import assert_never

from twohats.gui import wording
from twohats.gui.queue.by_hand import by_hand_words
from twohats.gui.sent.moment import clock_of
from twohats.model.delivery import Delivery, DeliveryState

_STOPPED = "thread_stopped"


def state_word(delivery: Delivery, now: datetime) -> str:
    """A word or two: "Sent", "Leaves in 12 s", "Held"."""
    match delivery.state:
        case DeliveryState.WAITING:
            waits = wording.sentence("blog_first", "waits")
            return waits if delivery.waits_for_blog else _leaving(delivery, now)
        case DeliveryState.SENDING:
            return "On its way"
        case DeliveryState.SENT:
            if delivery.asks_there:
                return wording.sentence("calendar", "held")
            return "Posted" if delivery.went_by_hand else "Sent"
        case DeliveryState.HELD:
            return "By hand" if delivery.waits_for_hand else "Held"
        case DeliveryState.UNKNOWN:
            return "Not known"
        case DeliveryState.FAILED:
            return wording.sentence(_STOPPED, "sign") if delivery.is_stopped_midway else "Not taken"
        case DeliveryState.CANCELLED:
            return "Taken back" if not delivery.attempts else "Given up"
        case DeliveryState.TAKEN_DOWN:
            return "Taken down"
        case _:
            assert_never(delivery.state)


def state_tone(delivery: Delivery) -> str:
    """The token that goes with the word, or empty."""
    if delivery.waits_for_hand:
        return ""
    if delivery.asks_there:
        return "warn"
    tones = {
        DeliveryState.SENT: "good",
        DeliveryState.HELD: "warn",
        DeliveryState.UNKNOWN: "warn",
        DeliveryState.FAILED: "stop",
    }
    return tones.get(delivery.state, "")


def state_icon(delivery: Delivery) -> str:
    if delivery.waits_for_hand:
        return "pen"
    if delivery.asks_there:
        return "warning"
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
    return icons[delivery.state]


def state_reason(delivery: Delivery) -> str:
    """Why it stands so, in a sentence; empty when there is nothing to say."""
    if delivery.waits_for_hand:
        return by_hand_words(delivery)
    if not delivery.problem:
        return ""
    facts = dict(delivery.problem_facts)
    told = wording.sentence("error", delivery.problem, **facts)
    why = facts.get("why", "") if delivery.is_stopped_midway else ""
    if not wording.has_sentence("error", why):
        return told
    # What went wrong, but not what such an answer means for a whole post: here a part of it is out.
    host = wording.sentence("network", delivery.rendition.network)
    if wording.has_sentence(_STOPPED, why):
        return f"{told} {wording.sentence(_STOPPED, why, host=host)}"
    first, _, _ = wording.sentence("error", why, host=host).partition(". ")
    return f"{told} {first.removesuffix('.')}."


def needs_person(delivery: Delivery) -> bool:
    """Whether nothing more happens until somebody decides, or something happens that they should know of."""
    stuck = (DeliveryState.HELD, DeliveryState.UNKNOWN, DeliveryState.FAILED)
    return delivery.state in stuck or delivery.asks_there


def _leaving(delivery: Delivery, now: datetime) -> str:
    seconds = (delivery.due_at - now).total_seconds()
    verb = "Tries again" if delivery.attempts else "Leaves"
    if seconds <= 0:
        return f"{verb} now"
    if seconds < 120:
        return f"{verb} in {int(seconds) + 1} s"
    return f"{verb} at {clock_of(delivery.due_at, now)}"
