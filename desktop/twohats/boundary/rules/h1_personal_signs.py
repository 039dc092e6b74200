"""H1: a post that seems to wear the personal hat: a private signature, or small private things gathered."""

from collections.abc import Iterable
from dataclasses import replace

from twohats.boundary.grammar import Patterns, compile
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.finding import Finding, Severity
from twohats.model.identity import Hat
from twohats.model.span import Field

_SIGNATURE = compile(
    r"(?:\b(?:lots\s+of\s+love|love\s+you\s+all|love\s+always|hugs\s+and\s+kisses|big\s+hugs|big\s+kiss|xoxo|mwah|ttyl)\b"
    r"|(?<!\w)x{2,4}(?!\w)|(?:^|[,.!]\s*)(?:love|hugs),\s*\w{2,15})[\s.!,\w]{0,25}$"
)
_ROMAN = compile(r"\b(?:volume|vol|part|chapter|chromosome|type|size|class|section)\.?\s+x+\W*$")
_GATHERED = 2


def find(sentence: Sentence, around: Surroundings) -> Iterable[Hit]:
    """A signature as one writes to friends, at the end of the sentence."""
    found = _SIGNATURE.search(sentence.text) if sentence.field is Field.TEXT else None
    if found and not _ROMAN.search(sentence.text):
        lead = len(found.group()) - len(found.group().lstrip(",.! "))
        yield Hit(found.start() + lead, found.end())


def gathered(findings: tuple[Finding, ...], hat: Hat) -> tuple[Finding, ...]:
    """The findings, the first private note saying so when two or more notes stand together in a professional post."""
    if hat is not Hat.PROFESSIONAL:
        return findings
    notes = [one for one in findings if one.rule.startswith("S")]
    if len(notes) < _GATHERED or any(one.severity is not Severity.NOTE for one in notes):
        return findings
    return tuple(replace(one, reason="H1.gathered") if one is notes[0] else one for one in findings)


RULE = Rule(
    id="H1",
    find=find,
    needs=Patterns(_SIGNATURE),
    hits=(
        "The new hours start on Monday, xoxo",
        "See you all at the open day xx",
        "Lots of love, Jamie",
        "The leaflet is out. Big hugs, Jo",
        "Thanks for reading, hugs and kisses!",
        "Love, Aunt Robin",
    ),
    near_misses=(
        "The XX chromosome and mood: a review.",
        "We love this new paper.",
        "Attachment is one of the shapes of love.",
        "Kind regards, the practice team.",
        "With warm wishes from all of us at the clinic.",
        "Touch matters: hugs, and when to ask first.",
        "Handbook of Clinical Psychology, volume XX",
    ),
)
