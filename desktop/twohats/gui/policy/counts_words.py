"""Counts in plain words: what became of a rule's findings, and the rule that offers to step down."""

from collections.abc import Iterable

from twohats.flows.tally import RuleCounts
from twohats.gui import wording
from twohats.gui.widgets.glyph import hat_name
from twohats.model.tally import Proposal


def times(count: int) -> str:
    """ "once", "twice", "12 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def what_became(counts: RuleCounts) -> str:
    """ "shown 12 times, changed 8, kept 4"."""
    told = (
        ("changed", counts.changed),
        (f"moved to {hat_name(counts.hat.other)}", counts.moved),
        ("kept", counts.kept),
        ("not personal", counts.not_personal),
        ("posted unasked", counts.left),
    )
    return ", ".join([f"shown {times(counts.shown)}", *(f"{name} {count}" for name, count in told if count)])


def of_rule(all_counts: Iterable[RuleCounts], rule: str) -> str:
    """A sentence for each hat under which a rule was shown; "" when it never was."""
    of_hats = sorted((c for c in all_counts if c.rule == rule and c.shown), key=lambda c: c.hat.value, reverse=True)
    return " ".join(f"As {hat_name(counts.hat)}: {what_became(counts)}." for counts in of_hats)


def reasons_of(all_counts: Iterable[RuleCounts], rule: str) -> str:
    """Why a rule's findings were kept, a line each."""
    lines = []
    for counts in all_counts:
        if counts.rule == rule:
            lines += [f"{hat_name(counts.hat)}, {_reason(code)}: {count}" for code, count in counts.reasons]
    return "\n".join(lines)


def proposed(made: Proposal) -> str:
    """ "Family detail was kept 15 of 20 times as Professional. Show it as a note?"."""
    name = wording.rule_title(made.rule)
    return f"{name} was kept {made.kept} of {made.shown} times as {hat_name(made.hat)}. Show it as a note?"


def lowered(made: Proposal) -> str:
    return f"{wording.rule_title(made.rule)} is shown as a note from now on, as {hat_name(made.hat)}."


_SCOPES = {"post": "kept in one post", "wording": "kept in this wording", "topic": "topic opened"}


def _reason(code: str) -> str:
    return _SCOPES.get(code) or wording.answer(code).lower()
