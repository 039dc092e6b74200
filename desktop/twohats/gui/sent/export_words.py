"""What an export of records says of itself and of each record, in the same words on every kind of paper."""

from twohats.flows.export_records import Export, Planned, Sent
from twohats.gui import wording
from twohats.gui.sent.moment import moment_of
from twohats.model.record import RecordedFinding

_SECTION = "records"
HEADINGS = (
    *("record", "posted_at", "hat", "posted_as", "network", "account", "state", "link", "title", "text", "findings"),
    *("approval", "previous_hash", "hash", "left_out", "after"),
)
"""The columns of the table. Names of columns are for programs, and are not translated."""


def about(export: Export) -> list[str]:
    """When it was made, of how many records, what was left out, and what it can be held against."""
    number, digest = export.head
    lines = [wording.sentence(_SECTION, "paper_made", when=moment_of(export.made_at), count=export.count)]
    if export.left_out:
        names = [wording.sentence(_SECTION, f"left_out_{kind.value}") for kind in sorted(export.left_out, key=str)]
        lines.append(wording.sentence(_SECTION, "paper_left_out", what="; ".join(names)))
    else:
        lines.append(wording.sentence(_SECTION, "paper_whole"))
    lines.append(wording.sentence(_SECTION, "paper_chain", number=number, seal=digest))
    return lines


def finding_line(finding: RecordedFinding) -> str:
    """One line: how grave, what kind, the words, and what was done and why."""
    note = f" ({finding.note})" if finding.note else ""
    match finding.action:
        case "answered":
            done = wording.sentence(_SECTION, "done_answered", reason=wording.answer(finding.answer) + note)
        case "allowed" | "noted" | "unasked":
            done = wording.sentence(_SECTION, f"done_{finding.action}")
        case _:
            done = finding.action
    return f"{finding.severity}: {wording.rule_title(finding.rule)}: “{finding.words}”. {done}"


def sent_line(sent: Sent) -> str:
    """Where to, how it stands, since when, and after which."""
    network = wording.sentence("network", sent.network)
    name = f"{network}, {sent.label}" if sent.label and sent.label != network else network
    when = f", {moment_of(sent.sent_at)}" if sent.sent_at else ""
    planned = (
        f" ({wording.sentence(_SECTION, 'done_planned', when=_planned_words(sent.planned))})" if sent.planned else ""
    )
    followed = wording.sentence("blog_first", "followed", blog=sent.after).removesuffix(".") if sent.after else ""
    after = f" ({followed[0].lower()}{followed[1:]})" if followed else ""
    return f"{name}: {sent.state.replace('_', ' ')}{when}{planned}{after}"


def _planned_words(planned: Planned) -> str:
    return f"{planned.local:%Y-%m-%d %H:%M} {planned.zone}"
