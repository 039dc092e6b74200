"""What a network said beside its receipt, in sentences."""

from datetime import UTC, datetime

from twohats.gui import wording
from twohats.gui.sent.moment import moment_of
from twohats.model.receipt import PLANNED_THERE, Receipt

_SECTION = "receipt"
_MOMENTS = ("appears_later", PLANNED_THERE)


def receipt_notes(receipt: Receipt | None) -> tuple[str, ...]:
    """One sentence for each note, in order. A code that nobody wrote a sentence for is left out: a network from outside
    may keep its own there."""
    lines = receipt.note.splitlines() if receipt is not None else []
    told = []
    for line in lines:
        code, _, what = line.partition(": ")
        if code in _MOMENTS:
            told.append(_later(code, what))
        elif wording.has_sentence(_SECTION, code):
            told.append(wording.sentence(_SECTION, code, what=what))
    return tuple(told)


def _later(code: str, when: str) -> str:
    """`when` is in UTC, and may not say so: "2026-11-22T09:30:00"."""
    try:
        moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    except ValueError:
        return wording.sentence(_SECTION, "appears_some_time")
    return wording.sentence(_SECTION, code, what=moment_of(moment))
