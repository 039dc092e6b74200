"""H2: a personal post that speaks as the professional: credentials, the practice, "as a psychologist"."""

from collections.abc import Iterable

from twohats.boundary import grammar
from twohats.boundary.grammar import compile
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings
from twohats.model.span import Field

_SPEAKS_AS = compile(
    rf"\b(?:(?:speaking\s+)?as\s+an?|I'm\s+an?|I\s+am\s+an?|your\s+local|being\s+an?)\s+(?:\w+\s+){{0,2}}?{grammar.CLINICIAN}\b"
    r"|\b(?:my|our)\s+(?:private\s+)?(?:practice|clinic|caseload|consulting\s+room|clients|patients|therapy\s+room)\b"
    r"|\bmy\s+(?:professional|work)\s+(?:page|account|site|website|blog|profile)\b"
    rf"|\bI\s+(?:work|practise|practice)\s+as\s+an?\s+(?:\w+\s+)?{grammar.CLINICIAN}\b"
)
_LETTERS = compile(
    r"(?:,\s*|\()(?:Ph\.?D|Psy\.?D|Ed\.?D|LCSW|LICSW|LMFT|LMHC|LPC|LPCC|NCC|ABPP|RN|MRCPsych|CPsychol|DClinPsy|FRCPsych|M\.D)\b\.?",
    case=True,
)


def find(sentence: Sentence, around: Surroundings) -> Iterable[Hit]:
    """Where the sentence says, or shows by letters after a name, that a professional speaks."""
    if sentence.field is Field.FILE_NAME:
        return
    for pattern in (_SPEAKS_AS, _LETTERS):
        for found in pattern.finditer(sentence.text):
            yield Hit(found.start(), found.end())
            return


RULE = Rule(
    id="H2",
    find=find,
    needs=grammar.Patterns(_SPEAKS_AS, _LETTERS),
    hits=(
        "As a psychologist I think this ruling is a mistake.",
        "I'm a family therapist, so trust me on holidays with in-laws.",
        "My practice opens again on Monday, hurray.",
        "Posted by Robin Lee, PsyD",
        "Half of my clients would love this band.",
        "Speaking as a clinical psychologist, the ending was wrong.",
    ),
    near_misses=(
        "The psychologist in that film was awful.",
        "Practice makes perfect, says my piano teacher.",
        "See a doctor if the cough stays.",
        "My sister is a nurse.",
        "The vet's clients all brought cats.",
        "A good therapist is hard to find.",
    ),
)
