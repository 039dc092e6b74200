"""D8: diagnosing people in public life."""

from collections.abc import Iterator

from twohats.boundary import care, grammar
from twohats.boundary.rule import Hit, Rule, Sentence, Surroundings

HITS = (
    # written before the rule
    "The senator is a textbook narcissist.",
    "That singer is clearly bipolar.",
    "He has dementia, trust me, I'm a doctor.",
    "Governor Pell shows every sign of psychopathy.",
    "About that actress in the papers: anorexia, I'd bet my licence.",
    "The prime minister is obviously a sociopath.",
    "That viral dad has intermittent explosive disorder, no question.",
    "Textbook narcissist, nothing behind the eyes.",
    "The mayor is losing it, classic early Alzheimer's.",
    "My diagnosis for that billionaire: mania.",
    # written after it
    "Clear-cut psychopath, that judge on the news.",
    "The coach on television has ADHD, any clinician can see it.",
    "President Orlo is a malignant narcissist.",
    "You only need to watch him speak to see the delusional disorder.",
    "As a psychiatrist I can tell you the minister is psychotic.",
)
NEAR_MISSES = (
    # written before the rule
    "What narcissistic traits are.",
    "The senator spoke about her own depression.",
    "We do not diagnose people we have never met.",
    "The singer told the paper that she has bipolar disorder.",
    "A textbook on narcissism for beginners.",
    "Is the president a narcissist? Why clinicians should not answer.",
    "The minister announced a dementia strategy.",
    "Narcissist is a word that has lost its shape.",
    "An actor with ADHD hosts the event.",
    "The governor signed the autism bill.",
    # written after it
    "The Goldwater rule: no diagnosis of public figures from afar.",
    "The mayor opened the psychosis unit.",
    "Classic papers on psychopathy, a reading list.",
    "The coach has spoken openly about his OCD.",
    "The film's senator is written as a textbook narcissist.",
    "The judge has no say in a diagnosis.",
)


def find(sentence: Sentence, around: Surroundings) -> Iterator[Hit]:
    """Every diagnosis put on somebody seen from afar."""
    text = sentence.text
    spans = [
        care.clause(text, found.start("from"))
        for found in _LABELS.finditer(text)
        if not _TOLD_OF_ONESELF.match(found.group()) or _CLAIM.search(text)
    ]
    if not spans or _OPEN.search(text) or grammar.is_question(text) or grammar.is_citation(text):
        return
    actor = _ACTOR.search(text)
    if care.is_unreal(text[: actor.start()] + text[actor.end() :] if actor else text):
        return
    for start, end in care.overlapping(spans):
        yield Hit(start, end)


_FIGURE = (
    r"(?:senator|president|prime\s+minister|minister|governor|mayor|congress(?:man|woman)|mp"
    r"|politician|candidate|king|queen|prince|princess|singer|actor|actress|rapper|footballer|player"
    r"|striker|coach|celebrity|influencer|billionaire|ceo|judge|presenter|host|contestant|star"
    r"|dictator|leader|general|chancellor|secretary|youtuber|director|author|dad|mum|mom|man|woman"
    r"|guy)"
)
_ACTOR = grammar.compile(
    r"\b(?:the|that|this)\s+(?:\w+\s+)?(?:actor|actress)\b"
)  # a public person, not a part in a film
_LABEL = (
    r"(?:narcissis(?:t|tic|m)(?:\s+personality(?:\s+disorder)?)?|psychopath(?:ic|y)?|sociopath(?:ic"
    r"|y)?|bipolar|manic|mania|psychotic|psychosis|schizophreni\w+|borderline|bpd|npd|dementia"
    r"|alzheimer'?s|demented|senile|delusional(?:\s+disorder)?|paranoid|autistic|adhd|ocd|anorexi[ac]"
    r"|bulimi[ac]|ptsd|antisocial\s+personality|histrionic|intermittent\s+explosive\s+disorder"
    r"|an\s+addict|depressed|brain\s+damage)"
)
_LABELS = grammar.Patterns(
    grammar.compile(
        rf"(?P<from>\b(?:the|that|this|our)\s+(?:[\w'-]+\s+){{0,4}}?{_FIGURE}\b(?:\s+(?:on|in"
        r"|from)\s+[\w\s']{2,24}?)?\s+(?:is|was|has|shows|displays"
        rf"|suffers\s+from)\s+(?:\w+\s+){{0,4}}?{_LABEL}\b)"
    ),
    grammar.compile(
        r"(?P<from>\b(?:Senator|President|Minister|Governor|Mayor|Congressman|Congresswoman|King|Queen"
        r"|Prince|Princess|Chancellor|Secretary)\s+[A-Z]\w+(?:\s+[A-Z]\w+)?\s+(?:is|was|has|shows"
        rf"|displays)\s+(?:\w+\s+){{0,4}}?(?i:{_LABEL})\b)",
        case=True,
    ),
    grammar.compile(
        r"(?P<from>\b(?:textbook|clear-cut|classic|clear\s+case\s+of|malignant|grade-a|obvious"
        rf"|walking)\s+(?:early\s+|case\s+of\s+)?{_LABEL}\b(?!\s+(?:behaviou?r|traits|test|paper|papers"
        r"|study|symptoms|abuse|literature|cases)))"
    ),
    grammar.compile(
        r"(?P<from>\b(?:he|she)\s+(?:clearly\s+|obviously\s+|plainly\s+|definitely\s+)?(?:has"
        rf"|is)\s+(?:\w+\s+){{0,2}}?{_LABEL}\b[^.!?]{{0,20}}\b(?:trust\s+me|no\s+question"
        r"|i'm\s+a\s+(?:doctor|psych\w*)|any\s+clinician|obviously|plain\s+as))"
    ),
    grammar.compile(
        rf"(?P<from>:\s*{_LABEL},?\s+(?:no\s+question|i'd\s+(?:bet|stake)|plain\s+as|without\s+a\s+doubt|if\s+ever))"
    ),
    grammar.compile(
        rf"(?P<from>\b(?:my|the)\s+diagnosis\s+(?:for|of)\s+(?:that|the|this)\s+(?:\w+\s+){{0,2}}?{_FIGURE}\b)"
    ),
    grammar.compile(rf"(?P<from>\bto\s+see\s+(?:the|his|her)\s+{_LABEL}\b)"),
    grammar.compile(
        r"(?P<from>\b(?:miss|mr|mrs|ms|dr)\.?\s+\w+,?\s+(?:\w+\s+)?(?:obviously|clearly|plainly"
        rf"|definitely)\s+(?:has|is)\s+{_LABEL}\b)"
    ),
)
# "The author is autistic": who works in the open says such things of themselves, and they are no insult.
_TOLD_OF_ONESELF = grammar.compile(
    r"(?:the|our)\s+(?:[\w'-]+\s+){0,2}?(?:director|author|presenter|host|coach|singer|actor|actress|player|footballer|youtuber"
    r"|ceo|leader)\s+(?:is|has|was)\s+(?:autistic|adhd|ocd|bipolar|ptsd|dementia|depressed|alzheimer'?s)$"
)
_CLAIM = grammar.compile(
    r"\b(?:clearly|obviously|plainly|definitely|so|textbook|classic|clinician|trust\s+me|no\s+question|can\s+see|bet|shows|tell"
    r"|diagnos\w+|undiagnosed|watch)\b"
)
_OPEN = grammar.compile(
    r"\b(?:spoke|spoken|speaks|told|said|says|wrote|openly|her\s+own|his\s+own|their\s+own|announced"
    r"|signed|opened|goldwater|never\s+met|do\s+not\s+diagnose|don't\s+diagnose|reading\s+list"
    r"|hosts)\b"
)

RULE = Rule("D8", find, HITS, NEAR_MISSES, needs=_LABELS)
