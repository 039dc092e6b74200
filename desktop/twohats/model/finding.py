"""Findings: stretches of a draft that cross, with the reason and what can be done."""

from dataclasses import dataclass
from enum import Enum, IntEnum

from twohats.model.span import Span


class Category(Enum):
    """What kind of crossing, as in the labelling guideline."""

    RELATIONSHIPS = "relationships"
    HEALTH = "health"
    WHEREABOUTS = "whereabouts"
    CONTACT = "contact"
    DEMOGRAPHICS = "demographics"
    BELIEFS = "beliefs"
    FINANCES = "finances"
    PRIVATE_LIFE = "private_life"
    FEELINGS = "feelings"
    WORKPLACE = "workplace"
    CLIENT = "client"
    THIRD_PARTY = "third_party"
    CONDUCT = "conduct"


class Severity(IntEnum):
    """`SILENT` is never shown; `NOTE` never gates; `WARN` asks once; `STOP` holds."""

    SILENT = 0
    NOTE = 1
    WARN = 2
    STOP = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class SuggestionKind(Enum):
    DROP = "drop"  # take the stretch out, mend the grammar around it
    GENERALISE = "generalise"  # a person to plural, a date to "recently", a place to a region
    OFFICE_LINE = "office_line"  # the card's phone, e-mail or address in place of a private one
    ABSENCE = "absence"  # the absence line in place of a private reason
    NEUTRAL_REPLY = "neutral_reply"  # the reply to a review that confirms nobody as a client
    MOVE = "move"  # the other hat


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Replace `span` by `text` (empty: take it out). For MOVE both are unused by the text."""

    kind: SuggestionKind
    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch that crosses.

    `rule` is an id such as "C2"; `reason` a code for the one sentence; `basis` codes of the guidelines behind it;
    `words` the stretch itself; `clues` are the signs that a combination (C3) was made of. `by_rule` is False when the
    tagger alone spoke, under the rule that is at home in its category; `sure` is the tagger's probability that such a
    stretch crosses, 0..1, and 0 when it did not speak.
    """

    rule: str
    category: Category
    span: Span
    words: str
    severity: Severity
    reason: str
    basis: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    clues: tuple[Span, ...] = ()
    by_rule: bool = True
    sure: float = 0.0

    @property
    def key(self) -> str:
        """The same crossing in the same words: stable while the text around it changes."""
        return f"{self.rule}:{self.span.field.value}:{' '.join(self.words.casefold().split())}"


def worst(findings: tuple[Finding, ...]) -> Severity:
    """The highest severity among findings; SILENT when there are none."""
    return max((finding.severity for finding in findings), default=Severity.SILENT)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check says of one draft under one hat.

    `complete` is False when a rule failed: never "clear" then. `by_rules_only`: no tagger read it. `language` is the
    ISO 639-1 code of the language that most of it is written in; other than "en", only what needs no English was
    looked for. `other_languages` are those of single paragraphs, treated in the same way.
    """

    findings: tuple[Finding, ...]
    complete: bool = True
    by_rules_only: bool = False
    language: str = "en"
    other_languages: tuple[str, ...] = ()
