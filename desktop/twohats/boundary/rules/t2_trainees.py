"""T2: students, supervisees, applicants and research participants who can be told apart."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Fix, Hit, Rule, Sentence, Surroundings
from twohats.model.finding import SuggestionKind

HITS = (
    # written before the rule
    "My intern botched an intake this morning.",
    "One participant fainted in our study.",
    "Grading the worst essay of the year, by Jonah.",
    "My supervisee is anxious and it shows.",
    "Our student Petra cried in the sluice after handover.",
    "A trainee of mine failed her viva twice.",
    "The kid in the red cap in my Tuesday seminar thinks Jung was a rapper.",
    "One of my interns copied a whole formulation.",
    "An applicant, Josie T., could not name one ethics rule.",
    "Participant 14 admitted that he lied on every form.",
    # written after it
    "Our placement student can't spell assessment.",
    "Half my seminar wept over their marks, and Gus swore at me.",
    "My PhD student burst into tears over a comma.",
    "One volunteer, a cellist from the city orchestra, snored through the scan.",
    "Devi R., third year, has failed the skills exam three times.",
    "The registrar on nights hides in the linen room.",
)
NEAR_MISSES = (
    # written before the rule
    "Our interns graduated, congratulations!",
    "40 participants completed the trial.",
    "Supervision slots open in June.",
    "Students often fear the first placement.",
    "My student won the poster prize, well deserved.",
    "Participants were paid for their time.",
    "Good supervision makes good trainees.",
    "A trainee may record sessions with consent.",
    "My intern Petra presents her study on Friday.",
    "Applicants should bring two references.",
    # written after it
    "How do you help a supervisee who is anxious?",
    "I love teaching trainees to leave silence alone.",
    "If a student cries in supervision, slow down.",
    "Our trainee passed all her exams this week.",
    "An intern and I wrote a guide to first sessions.",
    "Three students failed to find the new room, so here is a map.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every private fact or judgement about one learner, applicant or participant."""
    text = sentence.text
    if not _ANY.is_possible(text) or grammar.is_hypothetical(text):
        return
    spans: list[tuple[int, int]] = []
    for found in _LEARNER.finditer(text):
        if _FAULT.search(text[found.end() : found.end() + 80]) and not _QUESTION.match(text):
            spans.append(care.clause(text, found.start()))
    spans.extend(care.clause(text, found.start("from")) for found in _IDIOMS.finditer(text))
    for start, end in care.overlapping(spans):
        yield Hit(start, end, fixes=tuple(_without_name(text, start)))


def _without_name(text: str, start: int) -> Iterator[Fix]:
    """ "Our student Petra cried" -> "a student cried"."""
    found = _NAMED.match(text, start)
    if found is not None:
        noun = found.group("noun")
        article = "an" if noun[0].lower() in "aeiou" else "a"
        yield Fix(
            SuggestionKind.GENERALISE, start, found.end(), f"{article.capitalize() if start == 0 else article} {noun}"
        )


_LEARNERS = (
    r"(?:intern|trainee|student|supervisee|registrar|resident|house\s+officer|junior\s+doctor|mentee"
    r"|doctoral\s+student|phd\s+student|placement\s+student|applicant|candidate|participant|volunteer"
    r"|practicum\s+student|clerk|extern|postdoc|ta)"
)
_LEARNER = grammar.compile(
    r"\b(?:my|our|one\s+of\s+my|one\s+of\s+our|one|a|an|the|this|another|today)\s+(?:(?!who|to|for|of"
    rf"|and|in)[\w-]+\s+){{0,2}}?{_LEARNERS}s?\b(?:\s+of\s+mine|\s+on\s+(?:nights|days|my\s+\w+))?"
    rf"|\bparticipant\s+\d{{1,4}}\b"
)
_FAULT = grammar.compile(
    r"\b(?:botched|failed|fainted|cried|crying|wept|sobbed|in\s+tears|burst\s+into|anxious|copied"
    r"|plagiari\w+|lied|cheated|stole|hides|hid|vomited|threw\s+up|panicked|forgot|freaked|snored"
    r"|slept|swore|screamed|shouted|drunk|hungover|late\s+again"
    r"|useless|hopeless|lazy|rude|clueless|worst|can't\s+(?:spell|write|even|tell)|cannot\s+(?:spell"
    r"|write)|couldn't\s+(?:name|spell|tell|even)|could\s+not\s+(?:name|spell|tell)|thinks|breakdown"
    r"|divorc\w+|pregnant|struggl\w+|messed\s+up|screwed|walked\s+out|quit|dropped\s+out"
    r"|it\s+shows|admitted\s+that|bipolar|depress\w+|asleep)\b"
)
_QUESTION = grammar.compile(r"^(?:how|what|should|when|if|why|do|does)\b")
_IDIOMS = grammar.Patterns(
    grammar.compile(
        r"(?P<from>\b(?:[Gg]rading|[Mm]arking|[Rr]eading)\s+(?:the\s+)?(?:worst|dullest|laziest"
        r"|weakest)\b[^.!?]{0,60}\bby\s+[A-Z][a-z]+)",
        case=True,
    ),
    grammar.compile(
        r"\b(?P<from>the\s+(?:kid|girl|boy|guy|one|student|lad|woman|man)\s+(?:in"
        r"|with)\s+the\s+[\w\s-]{3,30}\bin\s+my\s+[\w\s-]{2,30}(?:section|class|seminar|lecture|tutorial"
        r"|course)\b)"
    ),
    grammar.compile(
        r"(?P<from>\b[A-Z][a-z]+(?:\s+[A-Z]\.)?,\s+(?:first|second|third|fourth"
        r"|final)\s+year,\s+(?:has\s+)?(?:failed|cheated|copied|cried|missed|skipped))",
        case=True,
    ),
    grammar.compile(
        r"(?P<from>\b(?:half\s+)?my\s+(?:seminar|class|cohort|tutorial\s+group)\s+(?:wept|cried|failed|cheated|swore))"
    ),
    grammar.compile(
        r"(?P<from>\bone\s+(?:participant|volunteer|subject|interviewee|respondent),\s+(?:a|an|the)\s+[^.!?]{4,80})"
    ),
)
_ANY = grammar.Patterns(_LEARNER, *_IDIOMS)
_NAMED = grammar.compile(rf"(?:[Mm]y|[Oo]ur)\s+(?P<noun>{_LEARNERS}),?\s+[A-Z][a-z]+(?:\s+[A-Z]\.)?", case=True)

RULE = Rule("T2", find, HITS, NEAR_MISSES, needs=_ANY)
